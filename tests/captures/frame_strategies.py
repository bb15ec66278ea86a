"""Frames drawn at random: structured ones, stacked as networks stack them, and damaged ones."""

from hypothesis import strategies as st

from tests.captures.made_frames import arp, ethernet, gre, ipv4, ipv6, tcp, udp, vxlan

# Few values, so that packets meet in flows.
_PORTS = st.tuples(st.sampled_from([0, 53, 1025, 4789]), st.sampled_from([53, 443, 4789, 6081]))
_TAGS = st.lists(
    st.tuples(
        st.sampled_from([0x8100, 0x88A8, 0x9100, 0x9200]), st.sampled_from([0, 1, 0x6001, 0xFFF])
    ),
    max_size=4,
).map(tuple)
_V4_ENDS = st.tuples(st.sampled_from([1, 2]), st.sampled_from([2, 0xFFFFFFFF]))
_V6_ENDS = st.tuples(st.sampled_from([1, 2]), st.sampled_from([2, (1 << 128) - 1]))
_ETHERTYPES = st.sampled_from(
    [0x0800, 0x86DD, 0x0806, 0x8847, 0x8864, 0x88CC, 0x8100, 0x22F0, 0x05DC, 0x0000, 0x0026, 0x0600]
)
_PROTOCOLS = st.sampled_from([0, 1, 2, 4, 6, 17, 41, 44, 47, 50, 51, 58, 59, 60, 89, 97, 132, 255])
_REST = st.binary(max_size=24)


def _segments() -> st.SearchStrategy[bytes]:
    words = st.sampled_from([5, 5, 5, 4, 6, 15])
    return st.builds(tcp, _PORTS, st.integers(0, 255), _REST, words)


def _inside_ip(inner: st.SearchStrategy[bytes]) -> st.SearchStrategy[tuple[int, bytes]]:
    extension = st.builds(
        lambda following, rest: bytes([following, 0]) + bytes(6) + rest, _PROTOCOLS, _segments()
    )
    return st.one_of(
        st.tuples(st.just(6), _segments()),
        st.tuples(st.just(17), st.builds(udp, _PORTS, _REST)),
        st.tuples(_PROTOCOLS, _REST),
        st.tuples(st.sampled_from([0, 43, 44, 60, 51]), extension),
        st.tuples(st.just(47), st.builds(gre, _ETHERTYPES, inner)),
        st.tuples(
            st.just(17),
            inner.map(lambda frame: udp((9, 4789), vxlan(7, frame))),
        ),
    )


def _packets(inner: st.SearchStrategy[bytes]) -> st.SearchStrategy[tuple[int, bytes]]:
    inside = _inside_ip(inner)
    places = st.sampled_from([0, 0, 0, 0x4000, 0x2000, 1, 0x2001, 0x1FFF])
    totals = st.sampled_from([None, None, None, 0, 19, 24, 900])
    options = st.sampled_from([b"", b"", bytes(4), bytes(40)])
    v4 = st.builds(
        lambda what, ends, option, place, total: ipv4(
            what[0], what[1], ends=ends, options=option, place=place, total=total
        ),
        inside,
        _V4_ENDS,
        options,
        places,
        totals,
    )
    v6 = st.builds(
        lambda what, ends, length: ipv6(what[0], what[1], ends=ends, length=length),
        inside,
        _V6_ENDS,
        st.sampled_from([None, None, None, 0, 7, 900]),
    )
    nested = st.one_of(v4, v6).flatmap(
        lambda packet: st.sampled_from([packet, ipv4((packet[0] >> 4 == 6 and 41) or 4, packet)])
    )
    return st.one_of(
        v4.map(lambda packet: (0x0800, packet)),
        v6.map(lambda packet: (0x86DD, packet)),
        nested.map(lambda packet: (0x0800 if packet[0] >> 4 == 4 else 0x86DD, packet)),
        st.sampled_from([(0x0806, arp(1)), (0x0806, arp(2)), (0x0806, arp(9)[:20])]),
        st.tuples(_ETHERTYPES, _REST),
    )


def _ethernet(inner: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    return st.builds(
        lambda packet, tags, padding: ethernet(packet[0], packet[1], tags) + padding,
        _packets(inner),
        _TAGS,
        st.sampled_from([b"", b"", bytes(6), bytes(46)]),
    )


@st.composite
def damaged(draw: st.DrawFn, frames: st.SearchStrategy[bytes]) -> bytes:
    """Return a frame with a few octets changed."""
    frame = bytearray(draw(frames))
    for _ in range(draw(st.integers(0, 3))):
        if frame:
            frame[draw(st.integers(0, len(frame) - 1))] = draw(st.integers(0, 255))
    return bytes(frame)


STRUCTURED = _ethernet(_ethernet(st.binary(max_size=60)))
FRAMES = st.one_of(STRUCTURED, STRUCTURED, damaged(STRUCTURED), st.binary(max_size=80))
"""Ethernet frames of all sorts."""


@st.composite
def captured(draw: st.DrawFn) -> tuple[bytes, int, int]:
    """Return what was captured of a frame, its length on the wire, and the time."""
    frame = draw(FRAMES)
    original = len(frame)
    cut = draw(st.sampled_from(["whole", "whole", "whole", "short", "longer"]))
    if cut == "short":
        frame = frame[: draw(st.integers(0, original))]
    if cut == "longer":  # a length on the wire below what was captured, as damaged files have
        original = draw(st.integers(0, original))
    return frame, original, draw(st.integers(0, 5)) * 10_000_000_000
