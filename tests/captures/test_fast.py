"""What goes by columns: all ordinary traffic; and it says what the plain decoder says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.captures.made_chunks import ETHERNET, chunk_of
from tests.captures.made_frames import arp, ethernet, ipv4, ipv6, tcp, udp, vxlan
from zonecheck.capture.read import entries
from zonecheck.capture.read.fast import plain
from zonecheck.capture.read.flow_table import FlowTable
from zonecheck.capture.read.layer import Layer
from zonecheck.capture.read.layers import decode
from zonecheck.capture.read.record import Chunk

ORDINARY = [
    ethernet(0x0800, ipv4(6, tcp((1025, 443), 2))),
    ethernet(0x0800, ipv4(6, tcp((1025, 443), 24, bytes(1400), words=8))),
    ethernet(0x0800, ipv4(17, udp((1025, 53), bytes(30)), options=bytes(8))),
    ethernet(0x0800, ipv4(1, bytes.fromhex("0800000000010001"))),
    ethernet(0x0800, ipv4(89, bytes(44))),
    ethernet(0x86DD, ipv6(6, tcp((1025, 443), 16))),
    ethernet(0x86DD, ipv6(58, bytes.fromhex("8700000000000000") + bytes(16))),
    ethernet(0x0806, arp(1)),
    ethernet(0x0806, arp(2) + bytes(18)),
    ethernet(0x88CC, bytes(46)),
]
TAGS = [(), ((0x8100, 10),), ((0x8100, 0),), ((0x88A8, 20), (0x8100, 10))]
TAGS.append(((0x9100, 30), (0x88A8, 20), (0x8100, 10)))


ORDINARY += [
    ethernet(0x0800, ipv4(4, ipv4(6, tcp((1025, 443), 2)))),
    ethernet(0x0800, ipv4(41, ipv6(17, udp((1025, 53))))),
    ethernet(0x86DD, ipv6(4, ipv4(6, tcp((1025, 443), 16)))),
    ethernet(0x86DD, ipv6(41, ipv6(6, tcp((1025, 443), 16)))),
    *(
        ethernet(0x0800, ipv4(17, udp((1025, 4789), vxlan(number, frame))))
        for number, frame in enumerate(ORDINARY)
    ),
]


@pytest.mark.parametrize("tags", TAGS)
def test_ordinary_traffic_goes_by_columns(
    tags: tuple[tuple[int, int], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the law that both decoders agree would be kept by having one only."""
    shown = b"".join(kind.to_bytes(2, "big") + bits.to_bytes(2, "big") for kind, bits in tags)
    frames = [frame[:12] + shown + frame[12:] for frame in ORDINARY]
    expected = sum(len(decode(frame, 1, len(frame)).layers) for frame in frames)

    def unasked(*_: object) -> None:
        raise AssertionError("the plain decoder was asked")

    monkeypatch.setattr(entries, "decode", unasked)
    table = FlowTable([ETHERNET])
    table.add(chunk_of(frames))
    assert int(table.counts.packets.sum()) == expected


def both(chunk: Chunk) -> list[dict[Layer, tuple[int, ...]]]:
    """Return what the table says with and without the fast decoder."""
    answers = []
    for fast in (plain, lambda *_: iter(())):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(entries, "plain", fast)
            table = FlowTable([ETHERNET])
            table.add(chunk)
        counts = table.counts
        columns = (getattr(counts, name).tolist() for name in counts.__slots__)
        answers.append(
            {table.layer(flow): each for flow, each in enumerate(zip(*columns, strict=True))}
        )
    return answers


@given(st.sampled_from(ORDINARY), st.data())
def test_damage_in_ordinary_packets_is_seen_alike(frame: bytes, data: st.DataObject) -> None:
    """One octet changed, or the packet cut: near what is plain, columns are not fooled."""
    place = data.draw(st.integers(0, len(frame) - 1))
    changed = frame[:place] + bytes([data.draw(st.integers(0, 255))]) + frame[place + 1 :]
    kept = data.draw(st.integers(0, len(frame)))
    frames = [changed, frame[:kept], changed[:kept]]
    originals = [len(frame), len(frame), data.draw(st.integers(0, len(frame) + 4))]
    fast, slow = both(chunk_of(frames, originals))
    assert fast == slow
