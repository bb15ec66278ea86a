"""Replies: the mirror of a set is the set of its members' replies."""

from hypothesis import given, settings

from tests.packets.drawing import GRIDS, headers, packet_sets
from zonecheck.packets import (
    ECHO_OF,
    FLAG_FRAGMENT,
    ICMP_OF,
    TCP,
    Header,
    PacketSet,
    PacketSpace,
    reply_header,
)


def requests_of(header: Header) -> list[Header]:
    """Return every header whose reply, by the words of the definition, is `header`."""
    swapped = (header.version, header.src, header.dst, header.protocol)
    if header.flag == FLAG_FRAGMENT:
        return [Header(*swapped, 0, 0, FLAG_FRAGMENT)]
    if header.protocol == TCP:
        if header.flag == 0:
            return []
        return [Header(*swapped, header.src_port, header.dst_port, flag) for flag in (0, 1)]
    if header.protocol == ICMP_OF[header.version]:
        request, answer = ECHO_OF[header.version]
        other = {request: answer, answer: request}.get(header.dst_port)
        return [] if other is None else [Header(*swapped, other)]
    return [Header(*swapped, header.src_port, header.dst_port)]


@settings(max_examples=80)
@given(packet_sets(1))
def test_a_header_is_in_the_mirror_iff_it_answers_a_member(sets: list[PacketSet]) -> None:
    """`h` is in `s.mirror()` iff some `g` in `s` has `reply_header(g) == h`."""
    (found,) = sets
    mirror = found.mirror()
    for header in GRIDS[4][::3] + GRIDS[6][::3]:
        assert mirror.contains(header) == any(map(found.contains, requests_of(header)))


@given(headers())
def test_a_reply_answers_exactly_its_requests(header: Header) -> None:
    """The forward and the backward definition of a reply are one relation."""
    assert all(reply_header(request) == header for request in requests_of(header))
    reply = reply_header(header)
    assert reply is None or header in requests_of(reply)
    mirror = PacketSpace().header(header).mirror()
    assert mirror.sample() == reply
    assert sum(box.size for box in mirror.boxes()) == (reply is not None)


@settings(max_examples=40)
@given(packet_sets(1))
def test_mirroring_twice_restores_established_answerable_headers(sets: list[PacketSet]) -> None:
    """Twice mirrored, a set has lost unanswerable ICMP and made its TCP headers established."""
    (found,) = sets
    space = found.space
    answerable = space.everything.mirror()
    assert found.mirror().mirror() == found.with_any_flag() & answerable
    assert (found & answerable) <= found.mirror().mirror()


@settings(max_examples=40)
@given(packet_sets(2))
def test_mirroring_distributes_over_union(sets: list[PacketSet]) -> None:
    """The replies to a union are the union of the replies; inclusion is kept."""
    a, b = sets
    assert (a | b).mirror() == a.mirror() | b.mirror()
    assert (a & b).mirror() <= a.mirror() & b.mirror()


@settings(max_examples=40)
@given(packet_sets(1))
def test_mirroring_swaps_addresses(sets: list[PacketSet]) -> None:
    """The destinations of the replies are the sources of what can be answered."""
    (found,) = sets
    mirror = found.mirror()
    for version in (4, 6):
        answered = mirror.mirror()
        assert mirror.destinations(version) == answered.sources(version)
        assert mirror.sources(version) == answered.destinations(version)
    assert mirror.with_any_flag() == found.with_any_flag().mirror().with_any_flag()
