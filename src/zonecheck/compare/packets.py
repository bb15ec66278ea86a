"""Which packets one design lets from zone to zone and the other does not.

Zones are compared, not places: what a zone's honest senders can have delivered in another, as it
is sent. A packet counts by what it needs, nothing or a session before it: what only came back
through a session and now may open one is newly permitted too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from zonecheck.compare.designs import AnalysisPair
from zonecheck.compare.ends import inside, zone_name
from zonecheck.compare.fate import Fate, fate_of
from zonecheck.dataplane import Origin
from zonecheck.model.closure import Closure
from zonecheck.model.source import Source
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.crossing import Crossing, blamed, telling_part
from zonecheck.policy.replay import replay
from zonecheck.policy.verdict import PacketPath
from zonecheck.prove import find_witness

Zones = tuple[str, str]
CELLS = "compare.cells"


class Direction(Enum):
    """Whether the newer design lets a packet through that the older does not, or the reverse."""

    PERMITTED = "permitted"
    BLOCKED = "blocked"


@dataclass(slots=True)
class Cell:
    """What is delivered from one zone in another: all of it, and what of it needs no session."""

    fresh: PacketSet
    everything: PacketSet


@dataclass(frozen=True, slots=True)
class PacketChange:
    """Packets from one zone to another that only one of the designs lets through.

    `headers` is the exact set, as it is sent; `replies` the part that only a session lets
    through. They differ in all of these `states` under all of these `closures`. `path` is one of
    them, delivered by the simulator in the design that permits it; `blamed` the line that let it
    through; `elsewhere` what becomes of it in the other design, None if nobody in its zone sends
    such a packet there.
    """

    direction: Direction
    zones: Zones
    headers: PacketSet
    replies: PacketSet
    states: tuple[str, ...]
    closures: tuple[Closure, ...]
    path: PacketPath = field(compare=False)
    blamed: Source = field(compare=False)
    elsewhere: Fate | None = field(compare=False)

    @property
    def crosses(self) -> bool:
        """Return whether it leaves its zone."""
        return self.zones[0] != self.zones[1]


def cells(analysis: Analysis, *, forged: bool = False) -> dict[Zones, Cell]:
    """Return what honest senders can have delivered, or all that can be sent, by zones."""
    return analysis.once((CELLS, forged), lambda: _cells(analysis, forged))


def sent(origin: Origin, forged: bool) -> PacketSet:  # noqa: FBT001
    """Return what counts of what an origin may send."""
    return origin.may_send if forged else origin.honest & origin.may_send


def _cells(analysis: Analysis, forged: bool) -> dict[Zones, Cell]:  # noqa: FBT001
    found: dict[Zones, Cell] = {}
    for origin in analysis.plane.origins:
        headers = sent(origin, forged)
        if headers.is_empty:
            continue
        for destination in analysis.reach.destinations(origin):
            if inside(origin.point, destination):
                continue
            flow = analysis.reach.flow(origin, destination)
            everything = flow.everything & headers
            if everything.is_empty:
                continue
            zones = zone_name(analysis, origin.point), zone_name(analysis, destination)
            empty = analysis.space.empty
            cell = found.setdefault(zones, Cell(empty, empty))
            cell.fresh |= flow.fresh & headers
            cell.everything |= everything
    return found


def newly(after: Analysis, before: Analysis, *, forged: bool = False) -> list[Crossing]:
    """Return what the first lets through and the second does not, or only through a session.

    Both must be in one packet space. With `forged`, what senders may forge counts as well.
    """
    empty = after.space.empty
    was, now = cells(before, forged=forged), cells(after, forged=forged)
    nothing = Cell(empty, empty)
    found: dict[Zones, Crossing] = {}
    for zones, cell in now.items():
        other = was.get(zones, nothing)
        risen = (cell.fresh - other.fresh) | (cell.everything - other.everything)
        if not risen.is_empty:
            fresh = not (risen & cell.fresh).is_empty
            found[zones] = Crossing(zones, risen, fresh)
    if found:
        _find_parts(after, found, forged)
    return sorted(found.values(), key=lambda c: (c.zones[0] == c.zones[1], not c.fresh, c.zones))


def _find_parts(analysis: Analysis, found: dict[Zones, Crossing], forged: bool) -> None:  # noqa: FBT001
    """Say of crossings between which ends they are."""
    known = cells(analysis, forged=forged)
    for origin in analysis.plane.origins:
        for destination in analysis.reach.destinations(origin):
            crossing = found.get(
                (zone_name(analysis, origin.point), zone_name(analysis, destination))
            )
            if crossing is None or inside(origin.point, destination):
                continue
            flow = analysis.reach.flow(origin, destination)
            # Of what needs no session somewhere, only the ends between which it needs none count.
            replies = crossing.headers - known[crossing.zones].fresh
            own = (flow.fresh & crossing.headers) | (flow.everything & replies)
            own &= sent(origin, forged)
            if not own.is_empty:
                crossing.parts.append((origin, destination, own))


def packet_changes(
    pairs: Iterable[AnalysisPair], *, forged: bool = False
) -> tuple[PacketChange, ...]:
    """Return all packets that only one of two designs lets through.

    What differs in the same way in several states, or under both closures, is one change.

    Raises:
        DisagreementError: if the simulator does not find what the engine says.
    """
    found: dict[tuple[Direction, Zones, PacketSet], PacketChange] = {}
    for pair in pairs:
        for direction in Direction:
            permitted = direction is Direction.PERMITTED
            after, before = (pair.new, pair.old) if permitted else (pair.old, pair.new)
            for crossing in newly(after, before, forged=forged):
                key = direction, crossing.zones, crossing.headers
                if key in found:
                    found[key] = _also(found[key], pair)
                else:
                    found[key] = _change(direction, crossing, pair, forged)
    order = list(Direction)
    return tuple(
        sorted(
            found.values(),
            key=lambda c: (order.index(c.direction), not c.crosses, c.headers == c.replies),
        )
    )


def _also(change: PacketChange, pair: AnalysisPair) -> PacketChange:
    return replace(
        change,
        states=tuple(dict.fromkeys((*change.states, pair.state))),
        closures=tuple(dict.fromkeys((*change.closures, pair.closure))),
    )


def _change(
    direction: Direction,
    crossing: Crossing,
    pair: AnalysisPair,
    forged: bool,  # noqa: FBT001
) -> PacketChange:
    permitted = direction is Direction.PERMITTED
    after, before = (pair.new, pair.old) if permitted else (pair.old, pair.new)
    origin, destination, headers = telling_part(after, crossing, after.reach)
    fresh = headers & after.reach.flow(origin, destination).fresh
    witness = find_witness(after.plane, origin, destination, headers if fresh.is_empty else fresh)
    if witness is None:
        raise ValueError("a crossing holds at least one header")
    path = replay(after, witness)
    own = cells(after, forged=forged)[crossing.zones]
    return PacketChange(
        direction,
        crossing.zones,
        crossing.headers,
        crossing.headers - own.fresh,
        (pair.state,),
        (pair.closure,),
        path,
        blamed(after, path),
        fate_of(before, witness, crossing.zones, [hop.node for hop in path.hops], forged=forged),
    )
