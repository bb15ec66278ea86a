"""Captures made for tests, as scapy reads them back."""

from functools import cache
from ipaddress import ip_address
from pathlib import Path

from scapy.layers.inet import IP, TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Dot1Q, Dot3, Ether
from scapy.packet import Packet as Layer

from zonecheck.formats import read_topology
from zonecheck.model.topology import Topology
from zonecheck.replay.capture_file import Frame
from zonecheck.replay.synthesise import synthesised_frames
from zonecheck.simulate import Packet

TOPOLOGIES = Path(__file__).parents[2] / "topologies"
LEAK = Path(__file__).parent / "minimal-leak.zones.yaml"


@cache
def design(name: str) -> Topology:
    """Return a design of the repository, read once."""
    return read_topology(TOPOLOGIES / name)


@cache
def declared_at(name: str, place: str, *, background: bool = False) -> tuple[Frame, ...]:
    """Return the frames of what a design declares at a place."""
    return tuple(synthesised_frames(design(name), place, background=background))


@cache
def case_at(name: str, place: str, case: str) -> tuple[Frame, ...]:
    """Return the frames of one case alone."""
    frames = synthesised_frames(design(name), place, flows=(), background=False, violations=(case,))
    return tuple(frames)


def parsed(frame: Frame | bytes) -> Layer:
    """Return a frame as scapy layers."""
    data = frame if isinstance(frame, bytes) else frame.data
    return Dot3(data) if int.from_bytes(data[12:14], "big") < 0x600 else Ether(data)


def header(layer: Layer) -> Packet | None:
    """Return the header of the model of a frame with TCP or UDP, None for any other."""
    if IP not in layer and IPv6 not in layer:
        return None
    network = layer[IP] if IP in layer else layer[IPv6]
    upper = network.payload
    if not isinstance(upper, TCP | UDP):
        return None
    protocol = 6 if isinstance(upper, TCP) else 17
    flag = protocol == 6 and bool(int(upper.flags) & 0x14)
    return Packet(
        ip_address(network.src),
        ip_address(network.dst),
        protocol,
        upper.sport,
        upper.dport,
        established=flag,
    )


def tags_of(layer: Layer) -> list[int]:
    """Return the VLAN tags of a frame, the outer one first."""
    found = []
    inner = layer.payload
    while isinstance(inner, Dot1Q):
        found.append(inner.vlan)
        inner = inner.payload
    return found
