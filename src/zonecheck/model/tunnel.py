"""Declared tunnels: what goes between two addresses and carries a segment inside."""

from dataclasses import dataclass, field

from zonecheck.model.address import IPAddress
from zonecheck.model.service import PortRange, Service
from zonecheck.model.source import NOWHERE, Source


@dataclass(frozen=True, slots=True)
class Tunnel:
    """A tunnel. What it carries is the segment `carries`, modelled like any other.

    `ends` are the two outer addresses (empty for a circuit the carrier runs: `ip-vpn`).
    """

    id: str
    kind: str
    carries: str
    ends: tuple[IPAddress, ...] = ()
    source: Source = field(default=NOWHERE, compare=False)

    @property
    def outer_services(self) -> tuple[Service, ...]:
        """Return what its ends say to each other outside."""
        return OUTER_SERVICES[self.kind]


def _udp(*ports: int) -> Service:
    return Service(17, tuple(PortRange(port, port) for port in ports))


OUTER_SERVICES: dict[str, tuple[Service, ...]] = {
    "ipsec": (_udp(500, 4500), Service(50)),
    "gre": (Service(47),),
    "vxlan": (_udp(4789),),
    "capwap": (_udp(5246, 5247),),
    "wireguard": (_udp(51820),),
    "l2tp": (_udp(1701), Service(115)),
    "6in4": (Service(41),),
    "ip-in-ip": (Service(4),),
    "ip-vpn": (),
}
TUNNEL_KINDS = tuple(OUTER_SERVICES)
