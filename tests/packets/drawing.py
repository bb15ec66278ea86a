"""Strategies for packet sets and rule lists, and the small grid of headers that tells them apart.

Drawn intervals start and end on a few values per field, so the product of the values where
something may change is small enough to enumerate.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import strategies as st

from zonecheck.packets import (
    ECHO_OF,
    FLAG_FRAGMENT,
    GRE,
    ICMP,
    ICMP_OF,
    MAXIMA,
    SCTP,
    TCP,
    UDP,
    Field,
    Header,
    Interval,
    PacketSet,
    PacketSpace,
    Rule,
)

_EDGES: dict[Field, tuple[int, ...]] = {
    Field.DST: (0, 1, 2, 3),
    Field.SRC: (0, 1, 3),
    Field.PROTOCOL: (0, ICMP, TCP, UDP, GRE, ICMP_OF[6], SCTP),
    Field.DST_PORT: (0, 1, 8, 128, 129),
    Field.SRC_PORT: (0, 1, 8),
    Field.FLAG: (0, 1, 2),
}

_NAMES = ("dst", "src", "protocols", "dst_ports", "src_ports", "flags")


@st.composite
def intervals_of(draw: st.DrawFn, field: Field, version: int) -> list[Interval] | None:
    """Draw one or two intervals of `field`, or `None` for any value."""
    if draw(st.booleans()):
        return None
    edges = (*_EDGES[field], MAXIMA[version][field])
    pair = st.tuples(st.sampled_from(edges), st.sampled_from(edges))
    return [(min(a, b), max(a, b)) for a, b in draw(st.lists(pair, min_size=1, max_size=2))]


def matches(version: int) -> st.SearchStrategy[dict[str, list[Interval] | None]]:
    """Draw the keyword arguments of a box or a rule."""
    return st.fixed_dictionaries(
        {name: intervals_of(field, version) for name, field in zip(_NAMES, Field, strict=True)}
    )


@st.composite
def rules(draw: st.DrawFn, version: int) -> Rule:
    """Draw a rule."""
    return Rule(draw(st.booleans()), **draw(matches(version)))


def rule_lists(version: int, most: int = 8) -> st.SearchStrategy[list[Rule]]:
    """Draw a first-match list."""
    return st.lists(rules(version), max_size=most)


versions = st.sampled_from((4, 6))


@st.composite
def packet_sets(draw: st.DrawFn, count: int) -> list[PacketSet]:
    """Draw some sets of one fresh space: unions of boxes, complements of them, lists' permits."""
    space = PacketSpace()
    return [_packet_set(draw, space) for _ in range(count)]


def _packet_set(draw: st.DrawFn, space: PacketSpace) -> PacketSet:
    if draw(st.booleans()):
        v4, v6 = draw(rule_lists(4, 4)), draw(rule_lists(6, 2))
        return space.from_rules(v4, v6, default=draw(st.booleans()))
    found = space.empty
    for _ in range(draw(st.integers(0, 3))):
        version = draw(versions)
        found |= space.box(version, **draw(matches(version)))
    return ~found if draw(st.booleans()) else found


def is_valid(header: Header) -> bool:
    """Return whether a header is valid, written from the definition."""
    if header.flag == FLAG_FRAGMENT:
        numbered = header.protocol in (TCP, UDP, SCTP, ICMP_OF[header.version])
        return numbered and header.dst_port == header.src_port == 0
    if header.protocol == TCP:
        return header.flag < FLAG_FRAGMENT
    if header.flag:
        return False
    if header.protocol in (UDP, SCTP):
        return True
    highest_type = 255 if header.protocol == ICMP_OF[header.version] else 0
    return header.src_port == 0 and header.dst_port <= highest_type


def _grid(version: int) -> Iterator[Header]:
    """Yield valid headers of the cells that drawn sets can tell apart."""
    highest = MAXIMA[version]
    destinations, sources = (0, 1, 3, highest[Field.DST]), (0, 1, highest[Field.SRC])
    for dst, src, protocol in product(destinations, sources, (0, 1, 2, 6, 17, 47, 58, 132, 255)):
        flags = (0, 1, FLAG_FRAGMENT) if protocol == TCP else (0, FLAG_FRAGMENT)
        types = {0, 1, 8, 9, *ECHO_OF[version], 65535}
        for dst_port, src_port, flag in product(sorted(types), (0, 1, 9), flags):
            header = Header(version, dst, src, protocol, dst_port, src_port, flag)
            if is_valid(header):
                yield header


GRIDS = {version: list(_grid(version)) for version in (4, 6)}


def headers() -> st.SearchStrategy[Header]:
    """Draw a valid header of the grid."""
    return st.sampled_from(GRIDS[4] + GRIDS[6])


def matches_header(rule: Rule, header: Header) -> bool:
    """Return whether the rule matches, written from the definition."""
    fields = (rule.dst, rule.src, rule.protocols, rule.dst_ports, rule.src_ports, rule.flags)
    return all(
        not intervals or any(low <= value <= high for low, high in intervals)
        for intervals, value in zip(fields, header.values(), strict=True)
    )


def first_match(found: Sequence[Rule], header: Header, *, default: bool) -> bool:
    """Return what the list says to the header, one rule after the other."""
    return next((rule.permit for rule in found if matches_header(rule, header)), default)
