"""The laws of the algebra of packet sets."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.packets.drawing import (
    GRIDS,
    headers,
    intervals_of,
    matches,
    matches_header,
    packet_sets,
    versions,
)
from zonecheck.packets import (
    FLAG_FRAGMENT,
    GRE,
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

EVERY_HEADER = GRIDS[4] + GRIDS[6]


def members(found: PacketSet) -> set[Header]:
    """Return the headers of the grid that are in the set."""
    return {header for header in EVERY_HEADER if found.contains(header)}


@settings(max_examples=50)
@given(packet_sets(3))
def test_the_sets_form_a_boolean_algebra(sets: list[PacketSet]) -> None:
    """De Morgan, absorption, distributivity, double complement and the rest hold as identities."""
    a, b, c = sets
    empty, everything = a.space.empty, a.space.everything
    assert ~(a | b) == ~a & ~b
    assert ~(a & b) == ~a | ~b
    assert ~~a == a
    assert a | (a & b) == a
    assert a & (a | b) == a
    assert a & (b | c) == (a & b) | (a & c)
    assert a | (b & c) == (a | b) & (a | c)
    assert (a | b) | c == a | (b | c) == a.space.union([c, a, b])
    assert (a & b) & c == a & (b & c)
    assert a | b == b | a
    assert a & b == b & a
    assert a - b == a & ~b
    assert a | ~a == everything
    assert a & ~a == empty
    assert a | empty == a == a & everything


@settings(max_examples=50)
@given(packet_sets(2))
def test_inclusion_is_an_empty_difference(sets: list[PacketSet]) -> None:
    """`a <= b`, `a - b` empty, `a & b == a` and `a | b == b` say the same."""
    a, b = sets
    assert (a <= b) == (a - b).is_empty == (a & b == a) == (a | b == b) == (b >= a)
    assert a & b <= a <= a | b


@settings(max_examples=40)
@given(packet_sets(2))
def test_operations_agree_with_sets_of_headers(sets: list[PacketSet]) -> None:
    """On every header of the grid the operations are those of Python's sets."""
    a, b = sets
    ours, theirs = members(a), members(b)
    assert members(a | b) == ours | theirs
    assert members(a & b) == ours & theirs
    assert members(a - b) == ours - theirs
    assert members(~a) == set(EVERY_HEADER) - ours


@settings(max_examples=40)
@given(packet_sets(2))
def test_equal_sets_are_one_object(sets: list[PacketSet]) -> None:
    """Sets with the same members have the same diagram and hash, however they were made."""
    a, b = sets
    other = ((a - b) | (b - a)).sample()
    assert (a == b) == (other is None)
    assert other is None or a.contains(other) != b.contains(other)
    rebuilt = a.space.union([a.space.box(box.version, *box.fields) for box in a.boxes()])
    assert rebuilt.roots == a.roots
    assert hash(rebuilt) == hash(a)


@given(versions.flatmap(lambda version: st.tuples(st.just(version), matches(version))))
def test_a_box_holds_the_valid_headers_within_its_bounds(
    drawn: tuple[int, dict[str, list[Interval] | None]],
) -> None:
    """A header is in a box iff each of its values lies in one of the field's intervals."""
    version, match = drawn
    box = PacketSpace().box(version, **match)
    rule = Rule(permit=True, **match)
    for header in GRIDS[version]:
        assert box.contains(header) == matches_header(rule, header)
    assert box.only(10 - version).is_empty


@settings(max_examples=60)
@given(packet_sets(1))
def test_boxes_partition_the_set(sets: list[PacketSet]) -> None:
    """Every member lies in exactly one box and nothing else lies in any."""
    (found,) = sets
    boxes = found.boxes()
    for header in EVERY_HEADER[::7]:
        assert sum(box.contains(header) for box in boxes) == found.contains(header)
    assert len(boxes) <= found.box_count
    assert boxes == sorted(boxes)


@settings(max_examples=60)
@given(packet_sets(1), st.integers(0, 5))
def test_limited_boxes_are_the_largest(sets: list[PacketSet], limit: int) -> None:
    """With a limit come the largest boxes, largest first."""
    (found,) = sets
    limited = found.boxes(limit)
    assert limited == sorted(found.boxes(), key=lambda box: (-box.size, box))[:limit]


def test_the_largest_boxes_of_a_huge_set_lie_within_it() -> None:
    """A set too large to enumerate still gives its largest boxes, disjoint and inside it."""
    space = PacketSpace()
    hosts = [space.box(4, [(9 * i, 9 * i + i % 7)], [(5 * i, 5 * i)]) for i in range(5_000)]
    found = space.union(hosts)
    boxes = found.boxes(3)
    sets = [space.box(box.version, *box.fields) for box in boxes]
    assert found.box_count > 4096
    assert len(boxes) == 3
    assert all(each <= found for each in sets)
    assert (sets[0] & sets[1]).is_empty


@settings(max_examples=50)
@given(packet_sets(3))
def test_a_sample_is_a_member_and_honours_preferences_in_order(sets: list[PacketSet]) -> None:
    """A preference narrows the choice unless nothing would be left; none exists only if empty."""
    found, first, second = sets
    sample = found.sample([first, second])
    assert (sample is None) == found.is_empty
    if sample is not None:
        narrowed = found & first or found
        narrowed = narrowed & second or narrowed
        assert narrowed.contains(sample)
        assert narrowed.sample() == sample
        assert all(sample <= header for header in EVERY_HEADER if narrowed.contains(header))


@given(headers())
def test_a_single_header_is_a_set_of_one(header: Header) -> None:
    """The set of a header holds it and nothing else."""
    only = PacketSpace().header(header)
    assert only.sample() == header
    assert sum(box.size for box in only.boxes()) == 1


def test_no_set_holds_an_invalid_header() -> None:
    """Ports without a protocol that has them, a flag outside TCP or a large ICMP type are out."""
    space = PacketSpace()
    invalid = [
        Header(4, 1, 2, GRE, dst_port=1),
        Header(4, 1, 2, UDP, flag=1),
        Header(4, 1, 2, UDP, dst_port=1, flag=FLAG_FRAGMENT),
        Header(4, 1, 2, GRE, flag=FLAG_FRAGMENT),
        Header(4, 1, 2, TCP, flag=3),
        Header(4, 1, 2, 1, dst_port=256),
        Header(4, 1, 2, 1, src_port=1),
        Header(4, 1, 2, 58, dst_port=128),
        Header(6, 1, 2, 1, dst_port=8),
    ]
    assert not any(space.everything.contains(header) for header in invalid)
    assert all(space.header(header).is_empty for header in invalid)
    assert space.everything.contains(Header(6, 1, 2, 58, dst_port=255))
    assert space.everything.contains(Header(6, 1, 2, SCTP, 7, 7))


@settings(max_examples=60)
@given(packet_sets(1), st.sampled_from(Field))
def test_forgetting_a_field_frees_it_within_the_valid_headers(
    sets: list[PacketSet], field: Field
) -> None:
    """Forgetting grows the set, twice is once, and each member agrees with an old one elsewhere."""
    (found,) = sets
    freed = found.forget(field)
    assert found <= freed == freed.forget(field)
    old = {_without(header, field) for header in members(found)}
    assert all(map(freed.contains, (h for h in EVERY_HEADER if _without(h, field) in old)))
    added = (freed - found).sample()
    if added is not None:
        fixed = [((value, value),) for value in added.values()]
        fixed[field] = ((0, MAXIMA[added.version][field]),)
        assert found & found.space.box(added.version, *fixed)


def _without(header: Header, field: Field) -> tuple[int, ...]:
    values = header.values()
    return (header.version, *values[:field], *values[field + 1 :])


@settings(max_examples=50)
@given(packet_sets(1))
def test_any_flag_adds_the_other_class_of_tcp_only(sets: list[PacketSet]) -> None:
    """A header is in `with_any_flag` iff it was, or as whole header its twin of the other flag."""
    (found,) = sets
    freed = found.with_any_flag()
    for header in EVERY_HEADER[::5]:
        cut = header.flag == FLAG_FRAGMENT
        twins = [header] if cut else [replace(header, flag=flag) for flag in (0, 1)]
        assert freed.contains(header) == any(map(found.contains, twins))


@settings(max_examples=50)
@given(packet_sets(1))
def test_fragments_are_those_of_some_whole_header_with_the_same_hosts_and_protocol(
    sets: list[PacketSet],
) -> None:
    """A fragment is added iff a member agrees with it in version, addresses and protocol."""
    (found,) = sets
    grown = found.with_fragments()
    assert grown.whole == found.whole
    assert found.without_own_fragments().with_fragments() == grown
    for header in EVERY_HEADER[::3]:
        alike = found.space.box(
            header.version,
            dst=[(header.dst, header.dst)],
            src=[(header.src, header.src)],
            protocols=[(header.protocol, header.protocol)],
        )
        cut = header.flag == FLAG_FRAGMENT
        added = cut and not (alike & found.whole).is_empty
        assert grown.contains(header) == (found.contains(header) or added)


@settings(max_examples=60)
@given(
    packet_sets(1), versions.flatmap(lambda v: st.tuples(st.just(v), intervals_of(Field.DST, v)))
)
def test_rewriting_a_destination_keeps_the_rest(
    sets: list[PacketSet], drawn: tuple[int, list[Interval] | None]
) -> None:
    """The rewritten set has the new destinations only, and the old sources and services."""
    (found,) = sets
    version, intervals = drawn
    if intervals is None:
        return
    written = found.rewrite(version, Field.DST, intervals)
    assert written <= found.space.box(version, dst=intervals)
    assert written.forget(Field.DST) == found.only(version).forget(Field.DST)


@settings(max_examples=60)
@given(packet_sets(1), st.sampled_from((Field.DST, Field.SRC)), st.integers(-3, 3))
def test_shifting_moves_every_header(sets: list[PacketSet], field: Field, offset: int) -> None:
    """A header is in the shifted set iff the header one offset back was in the set."""
    (found,) = sets
    moved = found.shift(4, field, offset)
    for header in GRIDS[4][::11]:
        values = list(header.values())
        values[field] -= offset
        inside = 0 <= values[field] <= MAXIMA[4][field]
        assert moved.contains(header) == (inside and found.contains(Header(4, *values)))
    assert moved.only(6).is_empty


@settings(max_examples=50)
@given(packet_sets(1), versions)
def test_addresses_are_those_that_occur(sets: list[PacketSet], version: int) -> None:
    """Destinations and sources are the exact projections."""
    (found,) = sets
    space, plane = found.space, found.only(version)
    destinations, sources = found.destinations(version), found.sources(version)
    assert plane <= space.box(version, dst=destinations, src=sources)
    for low, high in destinations:
        assert plane & space.box(version, dst=[(low, low)])
        assert plane & space.box(version, dst=[(high, high)])
    for low, high in sources:
        assert plane & space.box(version, src=[(low, low)])
        assert plane & space.box(version, src=[(high, high)])
    assert plane.forget(Field.SRC, Field.PROTOCOL, Field.DST_PORT, Field.SRC_PORT, Field.FLAG) <= (
        space.box(version, dst=destinations)
    )


@settings(max_examples=50)
@given(packet_sets(1), st.sampled_from([TCP, UDP]), headers())
def test_most_of_a_measure_lies_between_addresses_if_more_than_half_of_its_headers_do(
    sets: list[PacketSet], protocol: int, header: Header
) -> None:
    """Counted header by header, two addresses at a time."""
    (found,) = sets
    measure = found.space.box(protocols=[(protocol, protocol)], dst_ports=[(0, 443)])
    ends = ((header.dst, header.dst),), ((header.src, header.src),)
    here = measure & found.space.box(header.version, *ends)
    assert found.between_most_of(measure).contains(header) == (2 * size(found & here) > size(here))


def size(found: PacketSet) -> int:
    """Return the number of headers of a set."""
    return sum(box.size for box in found.boxes())


@settings(max_examples=50)
@given(packet_sets(1), versions)
def test_pairs_of_addresses_are_counted_once_whatever_is_between_them(
    sets: list[PacketSet], version: int
) -> None:
    """One header of a protocol without ports stands for each pair."""
    (found,) = sets
    below = [field for field in Field if field > Field.SRC]
    one_each = (found.forget(*below) & found.space.box(protocols=[(GRE, GRE)])).whole
    assert found.address_pairs(version) == size(one_each.only(version))


def test_sets_of_two_spaces_do_not_mix() -> None:
    """Combining sets of two spaces is an error, and they are never equal."""
    one, other = PacketSpace(), PacketSpace()
    with pytest.raises(ValueError, match="do not mix"):
        _ = one.everything | other.everything
    with pytest.raises(ValueError, match="do not mix"):
        one.union([other.empty])
    assert one.empty != other.empty
    assert one.empty != 0


def test_bad_bounds_are_refused() -> None:
    """Addresses without a version and values outside a field are errors; empty means nothing."""
    space = PacketSpace()
    with pytest.raises(ValueError, match="need an IP version"):
        space.box(dst=[(0, 1)])
    with pytest.raises(ValueError, match="leaves 0"):
        space.box(4, dst=[(0, 1 << 32)])
    with pytest.raises(ValueError, match="leaves 0"):
        space.box(protocols=[(TCP, 256)])
    assert space.box(4, dst=[]).is_empty


def test_forgetting_results_changes_no_set() -> None:
    """After the memos are dropped the same operations give the same sets."""
    space = PacketSpace()
    a, b = space.box(4, [(1, 9)]), space.box(protocols=[(TCP, UDP)])
    before = (a & b, a | b, (a & b).mirror())
    space.forget_results()
    assert (a & b, a | b, (a & b).mirror()) == before
