"""What the ends of declared tunnels say to each other outside (docs/semantics.md, section 6)."""

from zonecheck.model.address import IPAddress
from zonecheck.model.service import Service
from zonecheck.model.topology import Topology
from zonecheck.simulate.matching import services_fit
from zonecheck.simulate.packet import Packet

Side = tuple[IPAddress, IPAddress, tuple[Service, ...]]


class Tunnels:
    """The tunnels that end at devices: near end, far end and outer services, by device."""

    def __init__(self, topology: Topology) -> None:
        self._sides: dict[str, list[Side]] = {}
        for device in topology.devices:
            own = {item.ip for face in device.interfaces for item in face.addresses}
            self._sides[device.id] = [
                (near, far, tunnel.outer_services)
                for tunnel in topology.tunnels
                for near in tunnel.ends
                for far in tunnel.ends
                if near in own and far != near and tunnel.outer_services
            ]

    def opens(self, device: str, packet: Packet) -> bool:
        """Return whether a device opens this packet as the end of a tunnel, to its other end."""
        return any(
            (packet.source, packet.destination) == (near, far) and services_fit(services, packet)
            for near, far, services in self._sides[device]
        )

    def admits(self, device: str, packet: Packet) -> bool:
        """Return whether a device's stack takes this packet from the other end of a tunnel."""
        return any(
            (packet.source, packet.destination) == (far, near) and services_fit(services, packet)
            for near, far, services in self._sides[device]
        )
