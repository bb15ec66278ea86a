"""What the plain decoder says of frames whose meaning is known."""

import struct

import pytest

from tests.captures.made_frames import (
    SENDER,
    TARGET,
    V4,
    V6,
    arp,
    ethernet,
    gre,
    ipv4,
    ipv6,
    tcp,
    udp,
    vxlan,
)
from zonecheck.capture.read.layer import Arp, Decoded, Layer
from zonecheck.capture.read.layers import LINK_TYPES, decode
from zonecheck.capture.read.link_types import SUPPORTED

SYN, RST, ACK = 0x02, 0x04, 0x10
MACS = {
    "source_mac": int.from_bytes(SENDER, "big"),
    "destination_mac": int.from_bytes(TARGET, "big"),
}


def seen(frame: bytes, link_type: int = 1, original: int | None = None, fcs: int = 0) -> Decoded:
    """Return what the decoder says, of an uncut Ethernet frame unless told otherwise."""
    return decode(frame, link_type, len(frame) if original is None else original, fcs)


def only(frame: bytes, link_type: int = 1, original: int | None = None) -> Layer:
    """Return the one layer of a frame."""
    (layer,) = seen(frame, link_type, original).layers
    return layer


def opening(**changed: object) -> dict[str, object]:
    """Return what the first segment of a connection says, with changes."""
    told = {"kind": "ipv4", "source": V4[0], "destination": V4[1], "protocol": 6}
    return {**told, "source_port": 1025, "destination_port": 443, "flag": "opening", **changed}


def says(layer: Layer, **expected: object) -> bool:
    """Return whether a layer has all these values."""
    return all(getattr(layer, name) == value for name, value in expected.items())


SEGMENT = tcp((1025, 443), SYN)


def test_a_plain_segment_says_all_and_nothing_else() -> None:
    """Every field that is not of TCP over IPv4 over Ethernet keeps its default."""
    expected = Layer(
        interface=0,
        source_mac=MACS["source_mac"],
        destination_mac=MACS["destination_mac"],
        kind="ipv4",
        source=V4[0],
        destination=V4[1],
        protocol=6,
        source_port=1025,
        destination_port=443,
        flag="opening",
    )
    assert only(ethernet(0x0800, ipv4(6, SEGMENT))) == expected


@pytest.mark.parametrize(
    ("flags", "flag"),
    [
        (SYN, "opening"),
        (SYN | 0xC0, "opening"),
        (SYN | ACK, "established"),
        (RST, "established"),
        (SYN | RST, "established"),
        (ACK, "established"),
        (0, "neither"),
        (0x01, "neither"),
        (0x29, "neither"),
    ],
)
def test_a_segment_opens_only_by_syn_without_ack_and_rst(flags: int, flag: str) -> None:
    """Other bits, ECN among them, change nothing; no flag at all is neither."""
    assert only(ethernet(0x0800, ipv4(6, tcp((1, 2), flags)))).flag == flag


@pytest.mark.parametrize(
    ("tags", "vlans"),
    [
        (((0x8100, 0x000A),), (10,)),
        (((0x8100, 0xE00A),), (10,)),
        (((0x8100, 0x6000),), ()),
        (((0x88A8, 20), (0x8100, 10)), (20, 10)),
        (((0x9100, 20), (0x8100, 10)), (20, 10)),
        (((0x9200, 30), (0x88A8, 0), (0x8100, 10)), (30, 10)),
        (((0x8100, 1), (0x8100, 2), (0x8100, 3), (0x8100, 4)), (1, 2, 3, 4)),
    ],
)
def test_all_tags_are_told_outermost_first_and_vlan_0_is_none(
    tags: tuple[tuple[int, int], ...], vlans: tuple[int, ...]
) -> None:
    """All four EtherTypes of tags count, and priority bits do not."""
    layer = only(ethernet(0x0800, ipv4(6, SEGMENT), tags))
    assert says(layer, **opening(vlans=vlans))


def test_arp_says_who_claims_which_address() -> None:
    """Binding rules need the addresses inside the message, not those of the frame."""
    layer = only(ethernet(0x0806, arp(2) + bytes(18)))
    told = Arp(2, MACS["source_mac"], MACS["destination_mac"])
    assert says(layer, kind="arp", source=V4[0], destination=V4[1], arp=told, protocol=None)


@pytest.mark.parametrize("hardware", [0, 1, 6, 19])
def test_arp_for_other_hardware_claims_nothing(hardware: int) -> None:
    """Hosts on Ethernet ignore it; what it says is not taken for a claim, but it is counted."""
    decoded = seen(ethernet(0x0806, hardware.to_bytes(2, "big") + arp(2)[2:]))
    (layer,) = decoded.layers
    claims = hardware in (1, 6)
    assert (layer.arp is not None, decoded.weird == ()) == (claims, claims)


@pytest.mark.parametrize(
    ("frame", "name"),
    [
        (ethernet(0x88CC, bytes(46)), "ethertype:0x88cc"),
        (ethernet(38, b"\x42\x42\x03" + bytes(43)), "llc:0x4242"),
        (ethernet(38, bytes.fromhex("aaaa0300000c2000") + bytes(38)), "snap:0x00000c:0x2000"),
        (ethernet(0x8864, bytes.fromhex("110000110004c02101010004")), "ppp:0xc021"),
        (ethernet(0x8847, bytes.fromhex("00064140") + bytes(40)), "ethertype:0x8847"),
    ],
)
def test_what_is_no_ip_is_named_by_its_link_protocol(frame: bytes, name: str) -> None:
    """Discovery and spanning tree are frames between devices, too."""
    assert says(only(frame), kind="other", link_protocol=name, undecided=None)


def test_snap_of_an_ethertype_is_read_on() -> None:
    """IP does not hide behind LLC."""
    packet = ipv4(6, SEGMENT)
    snap = bytes.fromhex("aaaa030000000800") + packet
    assert says(only(ethernet(len(snap), snap)), **opening())


@pytest.mark.parametrize(
    ("frame", "wrapped"),
    [
        (
            ethernet(0x8864, struct.pack("!BBHHH", 0x11, 0, 17, 42, 0x0021) + ipv4(6, SEGMENT)),
            ("pppoe:17",),
        ),
        (
            ethernet(
                0x8847, struct.pack("!II", 100 << 12 | 64, 200 << 12 | 0x140) + ipv4(6, SEGMENT)
            ),
            ("mpls:100/200",),
        ),
    ],
)
def test_wrappers_are_seen_through(frame: bytes, wrapped: tuple[str, ...]) -> None:
    """The flow is that of the packet inside; how it was wrapped is part of its key."""
    assert says(only(frame), **opening(wrapped=wrapped))


@pytest.mark.parametrize(
    ("link_type", "frame", "mac"),
    [
        (12, b"", None),
        (14, b"", None),
        (101, b"", None),
        (228, b"", None),
        (0, b"\x02\0\0\0", None),
        (0, b"\0\0\0\x02", None),
        (108, b"\0\0\0\x02", None),
        (113, struct.pack("!HHH", 0, 1, 6) + SENDER + b"\0\0\x08\0", MACS["source_mac"]),
        (113, struct.pack("!HHH", 0, 772, 0) + bytes(8) + b"\x08\0", None),
        (
            276,
            struct.pack("!HHIHBB", 0x0800, 0, 3, 1, 0, 6) + SENDER + b"\0\0",
            MACS["source_mac"],
        ),
    ],
)
def test_every_link_type_leads_to_ip(link_type: int, frame: bytes, mac: int | None) -> None:
    """What a link type has no address for is not known; cooked headers have the sender only."""
    layer = only(frame + ipv4(6, SEGMENT), link_type)
    assert says(layer, **opening(source_mac=mac, destination_mac=None))


def test_every_link_type_that_is_read_is_decoded() -> None:
    """Containers refuse the others, by number."""
    assert set(LINK_TYPES) == SUPPORTED


def test_ipv6_extension_headers_are_walked_to_the_ports() -> None:
    """Routing, options, authentication, mobility: none of them hides the ports."""
    chain = (
        (b"\x2b" + bytes(7))
        + (b"\x3c\x02" + bytes(22))
        + (b"\x33" + bytes(7))
        + (b"\x87\x01" + bytes(10))
        + (b"\x06\x00" + bytes(6))
    )
    told = opening(kind="ipv6", source=V6[0], destination=V6[1])
    assert says(only(ethernet(0x86DD, ipv6(0, chain + SEGMENT))), **told)


def test_esp_ends_what_can_be_seen() -> None:
    """What is encrypted is not undecided: there are no ports to be known."""
    layer = only(ethernet(0x86DD, ipv6(0, b"\x32" + bytes(7) + bytes(40))))
    assert says(layer, protocol=50, source_port=None, undecided=None)


TUNNELS = [
    (ipv4(4, ipv4(6, SEGMENT)), 0x0800, "ipip"),
    (ipv4(41, ipv6(6, SEGMENT)), 0x0800, "6in4"),
    (ipv6(4, ipv4(6, SEGMENT)), 0x86DD, "4in6"),
    (ipv6(41, ipv6(6, SEGMENT)), 0x86DD, "6in6"),
    (ipv4(47, gre(0x0800, ipv4(6, SEGMENT))), 0x0800, "gre"),
    (ipv4(47, gre(0x86DD, ipv6(6, SEGMENT), 9)), 0x0800, "gre:9"),
    (ipv4(47, gre(0x883E, ipv4(6, SEGMENT))), 0x0800, "gre"),
    (ipv4(47, gre(0x883E, bytes(4) + ipv4(6, SEGMENT))), 0x0800, "gre"),
    (ipv4(47, gre(0x6558, ethernet(0x0800, ipv4(6, SEGMENT)))), 0x0800, "gretap"),
    (
        ipv4(
            47, bytes.fromhex("100088be00000001") + bytes.fromhex("1000002a00000000")
            + ethernet(0x0800, ipv4(6, SEGMENT)),
        ),
        0x0800,
        "erspan:42",
    ),
    (
        ipv4(17, udp((5, 4789), vxlan(5001, ethernet(0x0800, ipv4(6, SEGMENT))))),
        0x0800,
        "vxlan:5001",
    ),
    (
        ipv6(
            17,
            udp(
                (5, 6081),
                bytes.fromhex("0100655800000c00") + bytes(4) + ethernet(0x0800, ipv4(6, SEGMENT)),
            ),
        ),
        0x86DD,
        "geneve:12",
    ),
    (ipv4(97, b"\x30\0" + ethernet(0x0800, ipv4(6, SEGMENT))), 0x0800, "etherip"),
    (ipv4(51, b"\x06\x01" + bytes(10) + SEGMENT), 0x0800, "ah"),
]  # fmt: skip


@pytest.mark.parametrize(("packet", "ethertype", "name"), TUNNELS)
def test_both_flows_of_a_tunnel_are_told(packet: bytes, ethertype: int, name: str) -> None:
    """The outer flow is a fact of its own, and the inner one names it."""
    decoded = seen(ethernet(ethertype, packet))
    outer, inner = decoded.layers
    assert outer.tunnel is None
    assert says(inner, protocol=6, source_port=1025, destination_port=443, flag="opening")
    assert inner.tunnel is not None
    assert (inner.tunnel.encapsulation, inner.tunnel.outer) == (name, outer)
    assert decoded.weird == ()


def test_tunnels_are_followed_so_deep_and_no_deeper() -> None:
    """What is not followed is said, not dropped."""
    packet = ipv4(6, SEGMENT)
    for _ in range(30):
        packet = ipv4(4, packet)
    decoded = seen(packet, 101)
    assert decoded.weird == ("nested-too-deep",)
    assert decoded.layers[-1].undecided == "link"


def test_ports_are_never_taken_from_what_an_icmp_error_quotes() -> None:
    """The quoted packet went another way."""
    quote = struct.pack("!BBHI", 3, 1, 0, 0) + ipv4(6, SEGMENT)
    layer = only(ethernet(0x0800, ipv4(1, quote)))
    assert says(layer, icmp_type=3, icmp_code=1, source_port=None, destination_port=None)


FULL = ethernet(0x0800, ipv4(6, SEGMENT, options=bytes(4)))


@pytest.mark.parametrize(
    ("kept", "undecided"),
    [
        *[(kept, "link") for kept in (0, 10, 13)],
        *[(kept, "addresses") for kept in (14, 33)],
        *[(kept, "ports") for kept in (34, 37, 41)],
        *[(kept, "flag") for kept in (42, 51)],
        (52, None),
    ],
)
def test_a_cut_packet_says_what_is_missing_first(kept: int, undecided: str | None) -> None:
    """A short snapshot is no defect of the packet; what is shown is what the whole one says."""
    decoded = seen(FULL[:kept], original=len(FULL))
    (layer,) = decoded.layers
    assert layer.undecided == undecided
    assert decoded.weird == ()
    whole = only(FULL)
    for name in ("source_mac", "source", "protocol", "source_port", "flag"):
        assert getattr(layer, name) in (None, getattr(whole, name))


@pytest.mark.parametrize("kept", range(54))
def test_a_frame_that_was_sent_too_short_is_weird(kept: int) -> None:
    """Here it was the wire that had no more."""
    decoded = seen(ethernet(0x0800, ipv4(6, SEGMENT))[:kept])
    assert decoded.weird


def test_the_frame_check_sequence_is_no_part_of_a_packet() -> None:
    """It is neither payload nor header, also where the packet was cut within it."""
    frame = ethernet(0x0800, ipv4(6, SEGMENT, total=0))
    assert seen(frame + b"abcd", fcs=4).shares[0].payload == 0
    assert seen(frame + b"abcd").shares[0].payload == 4
    cut = FULL[:50]
    assert seen(cut + b"abcd", fcs=4) == decode(cut, 1, 50)


def test_padding_is_no_payload() -> None:
    """The IP header says where the packet ends."""
    frame = ethernet(0x0800, ipv4(6, tcp((1, 2), ACK))) + bytes(6)
    assert seen(frame).shares[0].payload == 0


@pytest.mark.parametrize(
    ("packet", "code"),
    [
        (b"\x42" + ipv4(6, SEGMENT)[1:], "bad-ip-header-length"),
        (ipv4(6, SEGMENT, total=19), "ip-length-below-header"),
        (ipv4(6, SEGMENT, total=99), "ip-length-beyond-frame"),
        (b"\x65" + ipv4(6, SEGMENT)[1:], "wrong-ip-version"),
        (ipv4(6, tcp((1, 2), SYN, words=4)), "bad-tcp-header-length"),
        (ipv4(6, SEGMENT[:8], place=0x2000), "tiny-fragment"),
        (ipv4(6, SEGMENT[8:], place=1), "tiny-fragment"),
        (ipv4(17, bytes(64), place=0x1FFF), "fragment-beyond-packet"),
        (ipv4(17, bytes(3)), "truncated-transport"),
    ],
)
def test_what_is_wrong_inside_ip_is_named(packet: bytes, code: str) -> None:
    """One fault, one code."""
    assert seen(ethernet(0x0800, packet)).weird == (code,)
