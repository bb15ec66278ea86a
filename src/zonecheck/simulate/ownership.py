"""Who holds which address (docs/semantics.md, sections 2 and 4)."""

from collections.abc import Iterator

from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.device import Device
from zonecheck.model.external import ExternalEdge
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.topology import Topology


class Ownership:
    """The declared and the unclaimed addresses of a topology."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._claims = tuple(dict.fromkeys(_claims(topology)))
        self._claimed: dict[IPAddress, bool] = {}
        self._edges = {
            (external.id, edge.id): edge
            for external in topology.externals
            for edge in external.edges
        }

    def edge(self, point: AttachmentPoint) -> ExternalEdge:
        """Return the external edge of an attachment point."""
        return self._edges[point.node, point.port]

    def is_claimed(self, address: IPAddress) -> bool:
        """Return whether a host, device interface, external edge or peer declares an address."""
        if address not in self._claimed:
            self._claimed[address] = any(address in claim for claim in self._claims)
        return self._claimed[address]

    def is_unclaimed_in(self, segment: str | None, address: IPAddress) -> bool:
        """Return whether an address lies in a segment's prefixes and nobody declares it."""
        if segment not in self._topology.segment_by_id:
            return False
        prefixes = self._topology.segment_by_id[segment].prefixes
        return any(address in prefix for prefix in prefixes) and not self.is_claimed(address)

    def interface_holds(self, interface: HostInterface, address: IPAddress) -> bool:
        """Return whether a host interface holds an address.

        Declared, or unclaimed if it declares none of that IP version.
        """
        declared = [item for item in interface.addresses if item.version == address.version]
        if declared:
            return any(address in item for item in declared)
        return self.is_unclaimed_in(interface.segment, address)

    def may_use(self, interface: HostInterface, address: IPAddress) -> bool:
        """Return whether a guard lets an interface send from an address (section 2)."""
        if interface.addresses:
            return any(address in item for item in interface.addresses)
        return self.is_unclaimed_in(interface.segment, address)

    def host_owns(self, host: Host, address: IPAddress) -> bool:
        """Return whether a host owns an address on any of its interfaces (section 4)."""
        return any(self.interface_holds(interface, address) for interface in host.interfaces)

    def host_declares(self, host: Host, address: IPAddress) -> bool:
        """Return whether an address is declared on one of a host's interfaces."""
        return any(address in item for face in host.interfaces for item in face.addresses)

    def device_owns(self, device: Device, vrf: str, address: IPAddress) -> bool:
        """Return whether a device owns an address on some interface of a VRF (section 4)."""
        return any(
            address == item.ip
            for interface in device.interfaces
            if interface.vrf == vrf
            for item in interface.addresses
        )

    def owns(self, point: AttachmentPoint, address: IPAddress) -> bool:
        """Return whether what stands at a host, stack or edge takes an address for its own."""
        if point.kind is AttachmentKind.HOST:
            return self.host_owns(self._topology.host_by_id[point.node], address)
        if point.kind is AttachmentKind.STACK:
            device = self._topology.device_by_id[point.node]
            return self.device_owns(device, device.interface(point.port).vrf, address)
        if point.kind is AttachmentKind.EDGE:
            edge = self.edge(point)
            if not edge.addresses:
                return self.is_unclaimed_in(edge.segment, address)
            return any(address in item for item in edge.addresses)
        if self._topology.segment_by_id[point.node].guarded:
            return False
        return self.is_unclaimed_in(point.node, address)

    def is_free_port(self, point: AttachmentPoint) -> bool:
        """Return whether a point stands for access ports that anything may be plugged into."""
        if point.kind is not AttachmentKind.ACCESS:
            return False
        return not self._topology.segment_by_id[point.node].guarded

    def carries(self, point: AttachmentPoint, address: IPAddress) -> bool:
        """Return whether this very interface or edge carries a next hop's address."""
        if point.kind is AttachmentKind.HOST:
            interface = self._topology.host_by_id[point.node].interface(point.port)
            return self.interface_holds(interface, address)
        if point.kind is AttachmentKind.STACK:
            face = self._topology.device_by_id[point.node].interface(point.port)
            return any(address == item.ip for item in face.addresses)
        return self.owns(point, address)


def _claims(topology: Topology) -> Iterator[AddressRange]:
    for host in topology.hosts:
        for card in host.interfaces:
            yield from card.addresses
    for device in topology.devices:
        for interface in device.interfaces:
            for item in interface.addresses:
                yield AddressRange.of_address(item.ip)
    for external in topology.externals:
        for edge in external.edges:
            yield from edge.addresses
        for peer in external.peers:
            yield from peer.addresses
