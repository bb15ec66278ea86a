"""One packet, one attachment point, one place in a file: each on part of a line."""

from ipaddress import IPv6Address

from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.service import ICMP_PROTOCOLS, PORT_PROTOCOLS, PROTOCOL_NAMES
from zonecheck.model.source import NOWHERE, Source
from zonecheck.report.lang import Lang
from zonecheck.report.words import phrase
from zonecheck.simulate import Packet

_TCP = 6


def packet_line(packet: Packet) -> str:
    """Return a packet as `tcp 10.20.20.15:49152 -> 10.10.10.21:445`."""
    name = PROTOCOL_NAMES.get(packet.protocol, f"proto/{packet.protocol}")
    if packet.protocol in PORT_PROTOCOLS:
        source = _with_port(packet.source, packet.source_port)
        destination = _with_port(packet.destination, packet.destination_port)
    else:
        source, destination = str(packet.source), str(packet.destination)
    if packet.protocol in ICMP_PROTOCOLS:
        name += f"/{packet.destination_port}"
    flag = " established" if packet.protocol == _TCP and packet.established else ""
    return f"{name} {source} -> {destination}{flag}"


def point_text(point: AttachmentPoint, lang: Lang) -> str:
    """Return what an attachment point is called."""
    if point.kind is AttachmentKind.ACCESS:
        return phrase(lang, "point.access", segment=point.node)
    if point.kind is AttachmentKind.STACK:
        return phrase(lang, "point.stack", device=point.node, interface=point.port)
    if point.kind is AttachmentKind.EDGE:
        return phrase(lang, "point.edge", external=point.node, edge=point.port)
    return str(point)


def place_text(source: Source) -> str:
    """Return `file:line`, empty for what no file says."""
    return "" if source == NOWHERE or not source.line else source.short


def _with_port(address: IPAddress, port: int) -> str:
    return f"[{address}]:{port}" if isinstance(address, IPv6Address) else f"{address}:{port}"
