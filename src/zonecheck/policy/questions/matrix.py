"""What may pass between every two zones, ready to be shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.channel import Leg
from zonecheck.packets import Field, PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.crossing import UNZONED, crossings, excused_by, nothing_excused
from zonecheck.policy.questions.reach import ShownSet, shown_set
from zonecheck.prove import Flow, covers

SERVICE_LIMIT = 12
_NOT_SERVICE = (Field.DST, Field.SRC, Field.SRC_PORT, Field.FLAG)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What may pass from one zone to another.

    `services` are what needs no session and `replies` what only session state lets through, both
    without addresses. `declared_by` are the channels, the specific flows and the remote
    maintenance some of it belongs to; `beyond` tells that some of it belongs to none.
    """

    origin: str
    destination: str
    services: ShownSet
    replies: ShownSet
    declared_by: tuple[str, ...]
    beyond: bool


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The zones and the cells of those pairs between which something may pass."""

    zones: tuple[str, ...]
    cells: tuple[MatrixCell, ...]
    undeclared: int


def matrix_view(analysis: Analysis, *, undeclared: int = 0) -> MatrixView:
    """Return the matrix of a topology under the closure of the analysis."""

    def between_zones(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return analysis.zone_of(a) != analysis.zone_of(b)

    def without_session(flow: Flow, _a: Origin, _b: AttachmentPoint) -> PacketSet:
        return flow.fresh

    reach = analysis.reach
    excuses = excused_by(analysis.excuses(analysis.declared_legs, tunnels=True))
    everything = crossings(analysis, reach, between_zones, nothing_excused)
    fresh = {c.zones: c.headers for c in crossings(analysis, reach, between_zones, without_session)}
    beyond = {c.zones for c in crossings(analysis, reach, between_zones, excuses)}
    cells = []
    for crossing in everything:
        first = fresh.get(crossing.zones, analysis.space.empty)
        cells.append(
            MatrixCell(
                *crossing.zones,
                services=services_only(first),
                replies=services_only(crossing.headers - first),
                declared_by=declared_by(analysis, crossing.parts),
                beyond=crossing.zones in beyond,
            )
        )
    return MatrixView(_zones(analysis), tuple(cells), undeclared)


def services_only(headers: PacketSet) -> ShownSet:
    """Return a packet set without its addresses."""
    fragments = headers.without_own_fragments() - headers.whole
    services = headers.whole.forget(*_NOT_SERVICE).whole
    return shown_set(services | fragments.forget(Field.DST, Field.SRC), SERVICE_LIMIT)


def _zones(analysis: Analysis) -> tuple[str, ...]:
    """Return the zones in which anything lies, those of the design in its own order first."""
    present = {analysis.zone_of(origin.point) or UNZONED for origin in analysis.plane.origins}
    ordered = [zone.id for zone in analysis.topology.zones if zone.id in present]
    return (*ordered, *sorted(present - set(ordered)))


def declared_by(
    analysis: Analysis, parts: list[tuple[Origin, AttachmentPoint, PacketSet]]
) -> tuple[str, ...]:
    """Return the ids of declarations that excuse some packet of these parts, in file order."""
    found: list[str] = []
    for name, leg in _named_legs(analysis):
        if name in found:
            continue
        excuses = None
        for origin, destination, headers in parts:
            if not _concerns(analysis, leg, origin.point, destination):
                continue
            excuses = excuses or analysis.excuses([leg], tunnels=True)
            excused = excuses.declared(origin.point, destination).with_any_flag()
            excused |= excuses.declared(destination, origin.point).mirror()
            if not (excused & headers).is_empty:
                found.append(name)
                break
    return tuple(found)


def _named_legs(analysis: Analysis) -> Iterator[tuple[str, Leg]]:
    for channel in analysis.topology.channels:
        for leg in channel.legs:
            yield channel.id, leg
    for flow in analysis.topology.specific_flows:
        yield flow.id, flow.leg
    for entry in analysis.topology.maintenance:
        for leg in entry.legs:
            yield entry.id, leg


def _concerns(analysis: Analysis, leg: Leg, a: AttachmentPoint, b: AttachmentPoint) -> bool:
    topology = analysis.topology
    ways = ((a, b), (b, a))
    return any(
        covers(topology, leg.origin, one) and covers(topology, leg.destination, other)
        for one, other in ways
    )
