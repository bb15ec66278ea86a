"""Every flow between zones that the design lets pass, by the two places it joins."""

from dataclasses import dataclass

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.crossing import Judge, crossings, excused_by, nothing_excused
from zonecheck.policy.ledger.undeclared import undeclared_items
from zonecheck.policy.questions.matrix import (
    MatrixView,
    declared_by,
    matrix_view,
    services_only,
)
from zonecheck.policy.questions.reach import ShownSet
from zonecheck.prove import WayTooLongError


@dataclass(frozen=True, slots=True)
class PermittedFlow:
    """What one place gets delivered at another that lies in another zone.

    `services` is what needs no session, `replies` what only session state lets through, both
    without addresses. `declared_by` are the declarations some of it belongs to; `beyond` tells
    that some of it belongs to none.
    """

    zones: tuple[str, str]
    origin: AttachmentPoint
    destination: AttachmentPoint
    services: ShownSet
    replies: ShownSet
    declared_by: tuple[str, ...]
    beyond: bool


@dataclass(frozen=True, slots=True)
class Passing:
    """All that passes between zones: zone by zone, and place by place."""

    matrix: MatrixView
    flows: tuple[PermittedFlow, ...]


def passing(analysis: Analysis) -> Passing | None:
    """Return what passes in the state of an analysis, None where no proof of that ends."""
    try:
        undeclared = len(undeclared_items(analysis.topology))
        return Passing(matrix_view(analysis, undeclared=undeclared), permitted_flows(analysis))
    except WayTooLongError:
        return None


def permitted_flows(analysis: Analysis) -> tuple[PermittedFlow, ...]:
    """Return the flows between places of different zones, ordered by zones and places."""

    def between_zones(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return analysis.zone_of(a) != analysis.zone_of(b)

    excuses = excused_by(analysis.excuses(analysis.declared_legs, tunnels=True))
    flows = [
        PermittedFlow(
            crossing.zones,
            origin.point,
            destination,
            services_only(headers & analysis.reach.flow(origin, destination).fresh),
            services_only(headers - analysis.reach.flow(origin, destination).fresh),
            declared_by(analysis, [(origin, destination, headers)]),
            not _excused(analysis, origin, destination, excuses),
        )
        for crossing in crossings(analysis, analysis.reach, between_zones, nothing_excused)
        for origin, destination, headers in crossing.parts
    ]
    return tuple(sorted(flows, key=lambda f: (f.zones, f.origin.order, f.destination.order)))


def _excused(
    analysis: Analysis, origin: Origin, destination: AttachmentPoint, excuses: Judge
) -> bool:
    """Return whether declarations excuse all that passes between two places."""
    flow = analysis.reach.flow(origin, destination)
    return excuses(flow, origin, destination).is_empty
