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
    """Draw the segments."""
    least = min(2, draft.options.max_segments)
    for _ in range(least + draft.choose.below(draft.options.max_segments - least + 1)):
        draft.segments.append(draft.choose.part(_segment, draft, len(draft.segments)))


def _segment(draft: Draft, number: int) -> Segment:
    choose, options = draft.choose, draft.options
    zone: str | None = choose.pick(options.zones)
    if options.undeclared and choose.chance(6):
        zone = None
    prefixes = _prefixes(draft, number)
    for prefix in prefixes:
        draft.open_prefix(prefix)
    ip_source_guard, port_security = choose.pick(GUARDS)
    return Segment(
        id=f"s{number}",
        zone=zone,
        vlan=_vlan(draft, number),
        prefixes=prefixes,
        ip_source_guard=ip_source_guard,
        port_security=port_security,
    )


def _vlan(draft: Draft, number: int) -> int | None:
    shape = draft.choose.below(8) if draft.options.vlans else 0
    if shape <= 1:
        return None
    taken = {segment.vlan for segment in draft.segments}
    edges = [edge for edge in EDGE_VLANS if edge not in taken]
    return edges[0] if shape == 7 and edges else 10 * (number + 1)


def place_segments(draft: Draft) -> None:
    """Draw where VLAN ids mean which segment; two segments may share one on different switches."""
    choose, names = draft.choose, [switch.id for switch in draft.switches]
    if not names:
        return
    for position, segment in enumerate(draft.segments):
        if segment.vlan is not None and choose.chance(8):
            switches = choose.some(names, least=1)
            draft.segments[position] = replace(segment, switches=switches)
    tagged = [p for p, segment in enumerate(draft.segments) if segment.vlan is not None]
    if len(names) > 1 and len(tagged) > 1 and choose.chance(3):
        one, other = (draft.segments[position] for position in tagged[:2])
        draft.segments[tagged[0]] = replace(one, switches=(names[0],))
        draft.segments[tagged[1]] = replace(other, vlan=one.vlan, switches=(names[1],))


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
