"""Headers of the model as scapy frames. Importing this module imports scapy."""

from collections.abc import Sequence
from dataclasses import dataclass

from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.inet6 import ICMPv6EchoReply, ICMPv6EchoRequest, ICMPv6Unknown, IPv6
from scapy.layers.l2 import Dot1Q, Ether
from scapy.packet import Packet as Layer
from scapy.packet import Raw

from zonecheck.simulate import Packet

HOPS = 64
_SHORTEST = 60
_TCP, _UDP = 6, 17
_ECHOES = {(58, 128): ICMPv6EchoRequest, (58, 129): ICMPv6EchoReply}


@dataclass(frozen=True, slots=True)
class Content:
    """What a packet says beside its header of the model: flags and numbers, payload, IP id."""

    flags: str = ""
    sequence: int = 0
    acknowledged: int = 0
    payload: bytes = b""
    identification: int = 1
    hops: int = HOPS


def ether(source: str, destination: str, tags: Sequence[int] = ()) -> Layer:
    """Return an Ethernet header with its 802.1Q tags, the outer one first."""
    frame: Layer = Ether(src=source, dst=destination)
    for tag in tags:
        frame = frame / Dot1Q(vlan=tag)
    return frame


def wire_bytes(frame: Layer) -> bytes:
    """Return a frame as a receiver sees it: padded to the least Ethernet carries."""
    return bytes(frame).ljust(_SHORTEST, b"\0")


def ip_layers(packet: Packet, content: Content, routers: int = 0) -> Layer:
    """Return a header of the model from the IP header on, after some routers passed it on."""
    layers = network_layer(packet, content, routers) / transport_layer(packet, content)
    return layers / Raw(content.payload) if content.payload else layers


def network_layer(packet: Packet, content: Content, routers: int = 0) -> Layer:
    """Return the IP header of a packet."""
    source, destination = str(packet.source), str(packet.destination)
    hops = max(1, content.hops - routers)
    layer: Layer
    if packet.version == 6:
        layer = IPv6(src=source, dst=destination, nh=packet.protocol, hlim=hops)
    else:
        layer = IP(
            src=source,
            dst=destination,
            proto=packet.protocol,
            ttl=hops,
            id=content.identification,
        )
        if packet.fragment:
            layer.frag = 1
    return layer


def transport_layer(packet: Packet, content: Content) -> Layer:
    """Return what follows the IP header, without the payload."""
    ports = {"sport": packet.source_port, "dport": packet.destination_port}
    layer: Layer
    if packet.fragment:
        return Raw(bytes(8))
    if packet.protocol == _TCP:
        flags = content.flags or ("A" if packet.established else "S")
        layer = TCP(**ports, flags=flags, seq=content.sequence, ack=content.acknowledged)
    elif packet.protocol == _UDP:
        layer = UDP(**ports)
    elif packet.has_type:
        layer = _icmp(packet)
    else:
        layer = Raw(bytes(8))
    return layer


def _icmp(packet: Packet) -> Layer:
    kind = packet.destination_port
    echo = _ECHOES.get((packet.protocol, kind))
    if echo is not None:
        return echo(id=1, seq=1)
    return ICMP(type=kind) if packet.version == 4 else ICMPv6Unknown(type=kind)
