"""What goes by columns: all ordinary traffic; and it says what the plain decoder says."""

import numpy as np
import pytest
from hypothesis import example, given

from tests.captures.frame_strategies import captured
from tests.captures.made_chunks import ETHERNET, chunk_of
from tests.captures.made_frames import arp, ethernet, ipv4, ipv6, tcp, udp
from zonecheck.capture.read.fast import plain
from zonecheck.capture.read.flow_row import NOTHING, layer_of
from zonecheck.capture.read.layers import decode

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


@pytest.mark.parametrize("tags", TAGS)
def test_ordinary_traffic_goes_by_columns(tags: tuple[tuple[int, int], ...]) -> None:
    """Otherwise the law that both decoders agree would be kept by having one only."""
    shown = b"".join(kind.to_bytes(2, "big") + bits.to_bytes(2, "big") for kind, bits in tags)
    frames = [frame[:12] + shown + frame[12:] for frame in ORDINARY]
    groups = list(plain(chunk_of(frames), [ETHERNET]))
    packets = np.concatenate([group.packets for group in groups])
    assert sorted(packets.tolist()) == list(range(len(frames)))


@given(captured())
@example((ORDINARY[0], 54, 0))
def test_a_packet_decoded_by_columns_is_decoded_plainly_without_anything_weird(
    packet: tuple[bytes, int, int],
) -> None:
    """Columns hold one whole layer, its flags and its payload, or the packet is not in them."""
    frame, original, time = packet
    for group in plain(chunk_of([frame], [original], [time]), [ETHERNET]):
        for place in range(len(group.packets)):
            decoded = decode(frame, 1, original)
            (layer,), (share,) = decoded.layers, decoded.shares
            assert layer_of(group.columns[:, place].tolist(), NOTHING, None) == layer
            assert (group.tcp_flags[place], group.payload[place]) == (
                share.tcp_flags,
                share.payload,
            )
            assert share.fragment_id is None
            assert decoded.weird == ()
