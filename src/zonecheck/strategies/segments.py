"""Segments: a zone, a VLAN or none, and prefixes that overlap with no other's."""

from dataclasses import replace
from ipaddress import ip_network

from zonecheck.model.address import IPNetwork
from zonecheck.model.segment import Segment
from zonecheck.strategies.draft import Draft

EDGE_VLANS = (1, 4094, 2)
GUARDS = (
    (False, False),
    (False, False),
    (False, False),
    (True, True),
    (True, True),
    (True, False),
    (False, True),
)


def draw_segments(draft: Draft) -> None:
    """Draw the segments; devices are known, so a VLAN id may mean two things on two switches."""
    least = min(2, draft.options.max_segments)
    for _ in range(least + draft.choose.below(draft.options.max_segments - least + 1)):
        draft.segments.append(draft.choose.part(_segment, draft, len(draft.segments)))


def _segment(draft: Draft, number: int) -> Segment:
    choose, options = draft.choose, draft.options
    zone: str | None = choose.pick(options.zones)
    if options.undeclared and choose.chance(6):
        zone = None
    vlan, switches = _vlan(draft, number)
    prefixes = _prefixes(draft, number)
    for prefix in prefixes:
        draft.open_prefix(prefix)
    ip_source_guard, port_security = choose.pick(GUARDS)
    return Segment(
        id=f"s{number}",
        zone=zone,
        vlan=vlan,
        prefixes=prefixes,
        switches=switches,
        ip_source_guard=ip_source_guard,
        port_security=port_security,
    )


def _vlan(draft: Draft, number: int) -> tuple[int | None, tuple[str, ...]]:
    """Return a VLAN id and the switches on which it means this segment."""
    choose, names = draft.choose, [switch.id for switch in draft.switches]
    shape = choose.below(8) if draft.options.vlans else 0
    if shape == 0 or (shape <= 2 and not names):
        return None, ()
    taken = {segment.vlan for segment in draft.segments}
    vlan = 10 * (number + 1)
    if shape == 6:
        vlan = next((edge for edge in EDGE_VLANS if edge not in taken), vlan)
    if shape >= 5 and len(names) > 1:
        twin = _twin(draft, names)
        if twin is not None:
            return twin
    return vlan, choose.some(names, least=1) if names and choose.chance(8) else ()


def _twin(draft: Draft, names: list[str]) -> tuple[int, tuple[str, ...]] | None:
    """Return the VLAN id of another segment, each of both on a switch of its own."""
    for position, other in enumerate(draft.segments):
        alone = all(item is other or item.vlan != other.vlan for item in draft.segments)
        if other.vlan is not None and not other.switches and alone:
            draft.segments[position] = replace(other, switches=(names[0],))
            return other.vlan, (names[1],)
    return None


def _prefixes(draft: Draft, number: int) -> tuple[IPNetwork, ...]:
    choose = draft.choose
    shape = choose.below(10)
    if shape == 9:
        return ()
    found: list[IPNetwork] = []
    if shape != 8 or not draft.options.ipv6:
        length = choose.pick((29, 29, 29, 30, 31, 24))
        base = f"10.1.{number}.0" if length == 24 else f"10.0.0.{8 * number}"
        found.append(ip_network(f"{base}/{length}"))
    if shape == 7:
        found.append(ip_network(f"10.0.1.{8 * number}/29"))
    if shape in (4, 5, 6, 8) and draft.options.ipv6:
        length = choose.pick((125, 125, 126, 127, 64))
        base = f"fd00:0:0:{number + 1:x}::" if length == 64 else f"fd00::{8 * number:x}"
        found.append(ip_network(f"{base}/{length}"))
    return tuple(found)
