"""Nothing a packet can look like covers what it does: found by an attack, kept as laws."""

import struct
from functools import cache

import pytest

from tests.captures.made_chunks import ETHERNET, chunk_of
from tests.captures.made_frames import ethernet, gre, ipv4, ipv6, tcp, udp, vxlan
from zonecheck.capture.judge import Judge
from zonecheck.capture.judgement import FlowVerdict
from zonecheck.capture.place import find_place
from zonecheck.capture.read import FlowTable
from zonecheck.formats import read_topology
from zonecheck.model.closure import Closure
from zonecheck.policy import load_profile
from zonecheck.policy.analysis import Analysis

LGWAN, NEIGHBOUR, INTERNET, MYNUMBER = 0x0A141405, 0x0A141406, 0x0A1E1405, 0x0A0A1405
LGWAN_6 = 0x20010DB8002000000000000000000005
MYNUMBER_6 = 0x20010DB8001000000000000000000005
MYNUMBER_BROADCAST = 0x0A0A14FF
ZERO, APIPA = 0, 0xA9FE0101
FE80 = 0xFE80 << 112 | 1
SYN = tcp((50000, 445), 2)


@cache
def minimal() -> Analysis:
    """Return the minimal design, analysed."""
    topology = read_topology("topologies/minimal")
    return Analysis(topology, load_profile("soumu-alpha"), Closure.UPPER)


def verdicts(frame: bytes, at: str = "L-TERM") -> list[FlowVerdict]:
    """Return what is said of the layers of a frame, outermost first."""
    place = find_place(minimal().plane, at)
    assert place is not None
    table = FlowTable([ETHERNET])
    table.add(chunk_of([frame]))
    judge = Judge(minimal(), place)
    return [judge.judge(table.layer(flow)).verdict for flow in range(len(table))]


def v4(source: int, target: int, inside: bytes = SYN, protocol: int = 6) -> bytes:
    """Return an IPv4 frame between two addresses."""
    return ethernet(0x0800, ipv4(protocol, inside, ends=(source, target)))


def v6(source: int, target: int, inside: bytes = SYN, protocol: int = 6) -> bytes:
    """Return an IPv6 frame between two addresses."""
    return ethernet(0x86DD, ipv6(protocol, inside, ends=(source, target)))


def neighbour_discovery(kind: int) -> bytes:
    """Return an ICMPv6 message of a type."""
    return struct.pack("!BBHI", kind, 0, 0, 0) + bytes(16)


COVERS = {
    "a link-local source": v4(APIPA, INTERNET),
    "no source": v4(ZERO, INTERNET),
    "a link-local source of IPv6": v6(FE80, MYNUMBER_6),
    "no source of IPv6": v6(0, MYNUMBER_6),
    "the ports of DHCP": v4(LGWAN, INTERNET, udp((67, 68), bytes(100)), 17),
    "the ports of DHCPv6": v6(LGWAN_6, MYNUMBER_6, udp((547, 546), bytes(100)), 17),
    "a neighbour solicitation": v6(LGWAN_6, MYNUMBER_6, neighbour_discovery(135), 58),
    "a redirect": v6(LGWAN_6, MYNUMBER_6, neighbour_discovery(137), 58),
    "a listener report": v6(LGWAN_6, MYNUMBER_6, neighbour_discovery(143), 58),
    "an ICMP error": v4(LGWAN, INTERNET, struct.pack("!BBHI", 3, 1, 0, 0), 1),
    "the broadcast address of another wire": v4(LGWAN, MYNUMBER_BROADCAST),
    "the broadcast address of another VLAN of the trunk": ethernet(
        0x0800, ipv4(6, SYN, ends=(LGWAN, MYNUMBER_BROADCAST)), ((0x8100, 220),)
    ),
    "no TCP flags": v4(LGWAN, INTERNET, tcp((50000, 445), 0)),
    "an answer nobody asked for": v4(LGWAN, INTERNET, tcp((443, 50000), 0x12)),
}


@pytest.mark.parametrize("cover", COVERS)
def test_a_crossing_is_never_allowed_under_cover(cover: str) -> None:
    """By no address, protocol or flag."""
    at = "sw/1" if "trunk" in cover else "L-TERM"
    assert verdicts(COVERS[cover], at) == [FlowVerdict.VIOLATING]


INNER = ipv4(6, SYN, ends=(MYNUMBER, MYNUMBER + 1))
TUNNELS = {
    "GRE": v4(LGWAN, NEIGHBOUR, gre(0x0800, INNER), 47),
    "IP in IP": v4(LGWAN, NEIGHBOUR, INNER, 4),
    "VXLAN": v4(LGWAN, NEIGHBOUR, udp((50000, 4789), vxlan(7, ethernet(0x0800, INNER))), 17),
}


@pytest.mark.parametrize("tunnel", TUNNELS)
def test_an_undeclared_tunnel_carries_nothing_of_other_zones(tunnel: str) -> None:
    """Even what would be allowed where it comes from: that zone is stretched to this wire."""
    outer, inner = verdicts(TUNNELS[tunnel])
    assert (outer, inner) == (FlowVerdict.ALLOWED, FlowVerdict.VIOLATING)


@pytest.mark.parametrize(
    "frame",
    [
        v4(APIPA, 0xE00000FB, udp((5353, 5353)), 17),
        v4(ZERO, 0xFFFFFFFF, udp((68, 67)), 17),
        v4(LGWAN, 0x0A1414FF, udp((137, 137)), 17),
        v6(FE80, LGWAN_6, neighbour_discovery(136), 58),
        v6(LGWAN_6, FE80, neighbour_discovery(135), 58),
        v6(FE80, 0xFF02 << 112 | 1, neighbour_discovery(134), 58),
    ],
    ids=["mdns", "dhcp", "netbios", "advertisement", "solicitation", "router"],
)
def test_what_stays_on_its_wire_is_background(frame: bytes) -> None:
    """To groups, to everyone of the wire, and among neighbours."""
    everyone = bytes(b"\xff" * 6) + frame[6:]
    assert verdicts(everyone) == [FlowVerdict.ALLOWED]
