"""What application gateways let through beside a session (docs/semantics.md, section 4)."""

from collections.abc import Iterable

from zonecheck.model.filter import ALG_PORTS
from zonecheck.simulate.packet import TCP, Packet

UDP = 17


def is_opened_by_gateway(
    packet: Packet, admitted: Iterable[Packet], gateways: tuple[str, ...]
) -> bool:
    """Return whether a gateway opened the way for a packet between the ends of a session.

    `admitted` are the packets that opened sessions; one on a gateway's control port lets all TCP
    and UDP between its two addresses through.
    """
    if not gateways or packet.protocol not in (TCP, UDP):
        return False
    control = {known for name in gateways for known in ALG_PORTS[name]}
    return any(
        (opener.protocol, opener.destination_port) in control
        and {opener.source, opener.destination} == {packet.source, packet.destination}
        for opener in admitted
    )
