"""A concrete header out of a set: honest and natural where the set allows it."""

from dataclasses import dataclass

from zonecheck.dataplane import DataPlane, Origin
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.packets import ICMP, ICMPV6, TCP, UDP, Header, PacketSet

_KNOWN_PORTS = (443, 445, 80, 22, 25, 3389, 53)
_CLIENT_PORTS = (49152, 65535)


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

    Prefers, in this order: an honest source, IPv4, an address the destination rightly has,
    TCP, UDP or echo requests, a well-known port, an ephemeral source port, a first packet.
    """
    space = plane.space
    to_destination = plane.addressing.rightful(destination)
    known = space.box(protocols=[(TCP, UDP)], dst_ports=[(p, p) for p in _KNOWN_PORTS])
    echo = space.box(protocols=[(ICMP, ICMP), (ICMPV6, ICMPV6)], dst_ports=[(8, 8), (128, 128)])
    preferences = [
        origin.honest,
        space.box(4),
        to_destination,
        space.box(protocols=[(TCP, TCP)]),
        space.box(protocols=[(TCP, TCP), (UDP, UDP)]) | echo,
        *(known & space.box(dst_ports=[(p, p)]) for p in _KNOWN_PORTS),
        space.box(src_ports=[_CLIENT_PORTS]),
        space.box(flags=[(0, 0)]),
    ]
    header = headers.sample(preferences)
    if header is None:
        return None
    return Witness(origin.point, destination, header, not origin.honest.contains(header))
