"""A concrete header out of a set: honest and natural where the set allows it."""

from dataclasses import dataclass

from zonecheck.dataplane import DataPlane, Origin
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.packets import FLAG_NEW, ICMP, ICMPV6, TCP, UDP, Header, PacketSet, PacketSpace

_KNOWN_PORTS = (443, 445, 80, 22, 25, 3389, 53)
_CLIENT_PORTS = ((49152, 65535),)


@dataclass(frozen=True, slots=True)
class Witness:
    """One header that an origin can have delivered, and whether its source is forged."""

    origin: AttachmentPoint
    destination: AttachmentPoint
    header: Header
    forged: bool


def find_witness(
    plane: DataPlane, origin: Origin, destination: AttachmentPoint, headers: PacketSet
) -> Witness | None:
    """Return a witness of `headers` from an origin, None if the set is empty.

    Prefers, in this order: an honest source, a whole packet, IPv4, an address the destination
    rightly has, addresses a person would expect, and then a service: TCP, UDP or echo requests, a
    well-known port at the server and an ephemeral one at the client.
    """
    addressing = plane.addressing
    preferences = [
        origin.honest,
        plane.space.everything.whole,
        plane.space.box(4),
        addressing.rightful(destination),
        addressing.everyday,
        addressing.swap(addressing.everyday),
    ]
    header = headers.sample([*preferences, *_natural_services(plane.space, headers)])
    if header is None:
        return None
    return Witness(origin.point, destination, header, not origin.honest.contains(header))


def _natural_services(space: PacketSpace, headers: PacketSet) -> list[PacketSet]:
    """Return preferences among services; in replies the well-known port is the source."""
    tcp_udp = [(TCP, TCP), (UDP, UDP)]
    first = space.box(protocols=[(TCP, TCP)], flags=[(FLAG_NEW, FLAG_NEW)])
    echo = space.box(protocols=[(ICMP, ICMP), (ICMPV6, ICMPV6)], dst_ports=[(8, 8), (128, 128)])
    service = [space.box(protocols=[(TCP, TCP)]), space.box(protocols=tcp_udp) | echo]
    known = [
        space.box(protocols=tcp_udp, dst_ports=[(port, port)], src_ports=_CLIENT_PORTS)
        for port in _KNOWN_PORTS
    ]
    client = [space.box(protocols=tcp_udp, src_ports=_CLIENT_PORTS)]
    only_replies = (headers & space.box(protocols=[(TCP, TCP)])) and not (headers & first)
    if not only_replies:
        return [first, *service, *known, *client]
    replies = [
        space.box(protocols=tcp_udp, src_ports=[(port, port)], dst_ports=_CLIENT_PORTS)
        for port in _KNOWN_PORTS
    ]
    return [*service, *replies, space.box(protocols=tcp_udp, dst_ports=_CLIENT_PORTS)]
