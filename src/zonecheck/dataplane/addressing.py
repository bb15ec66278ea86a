"""Who owns which address, and which nobody claims (docs/semantics.md, sections 2 and 4)."""

from functools import cached_property

from zonecheck.model.address import AddressRange, IPNetwork
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import External, ExternalEdge, Openness
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSet, PacketSpace

Ranges = tuple[AddressRange, ...]


class Addressing:
    """Addresses as packet sets: by destination (`to`) and by source (`come_from`)."""

    def __init__(self, topology: Topology, space: PacketSpace) -> None:
        self._topology = topology
        self._space = space
        self._unclaimed: dict[str, PacketSet] = {}

    def to(self, ranges: Ranges | None) -> PacketSet:
        """Return all headers whose destination lies in the ranges; None means every address."""
        return self._space.everything if ranges is None else self._by("dst", ranges)

    def come_from(self, ranges: Ranges | None) -> PacketSet:
        """Return all headers whose source lies in the ranges; None means every address."""
        return self._space.everything if ranges is None else self._by("src", ranges)

    def to_networks(self, networks: tuple[IPNetwork, ...]) -> PacketSet:
        """Return all headers whose destination lies in one of the prefixes."""
        return self.to(tuple(map(AddressRange.of_network, networks)))

    def _by(self, field: str, ranges: Ranges) -> PacketSet:
        result = self._space.empty
        for version in (4, 6):
            intervals = [item.interval for item in ranges if item.version == version]
            if not intervals:
                continue
            if field == "dst":
                result |= self._space.box(version, dst=intervals)
            else:
                result |= self._space.box(version, src=intervals)
        return result

    def swap(self, to_set: PacketSet) -> PacketSet:
        """Return the headers whose source is a destination of `to_set` (an address-only set)."""
        result = self._space.empty
        for version in (4, 6):
            result |= self._space.box(version, src=to_set.destinations(version))
        return result

    @cached_property
    def claimed(self) -> PacketSet:
        """Return the headers to addresses that hosts, devices, edges or peers declare."""
        ranges: list[AddressRange] = []
        for host in self._topology.hosts:
            for interface in host.interfaces:
                ranges += interface.addresses
        for device in self._topology.devices:
            for l3 in device.interfaces:
                ranges += [AddressRange.of_address(a.ip) for a in l3.addresses]
        for external in self._topology.externals:
            for edge in external.edges:
                ranges += edge.addresses
            for peer in external.peers:
                ranges += peer.addresses
        return self.to(tuple(ranges))

    @cached_property
    def everyday(self) -> PacketSet:
        """Return the headers to addresses a person would expect: no network, no broadcast."""
        odd: list[AddressRange] = []
        for segment in self._topology.segments:
            for prefix in segment.prefixes:
                if prefix.num_addresses > 2:
                    odd.append(AddressRange.of_address(prefix.network_address))
                    odd.append(AddressRange.of_address(prefix.broadcast_address))
        low = self._space.box(4, dst=[(0, 2**24 - 1)]) | self._space.box(6, dst=[(0, 2**64 - 1)])
        return self._space.everything - self.to(tuple(odd)) - low

    def unclaimed(self, segment: str | None) -> PacketSet:
        """Return the headers to addresses of a segment's prefixes that nobody claims."""
        if segment is None:
            return self._space.empty
        if segment not in self._unclaimed:
            ranges = self._topology.segment_by_id[segment].ranges
            self._unclaimed[segment] = self.to(ranges) - self.claimed
        return self._unclaimed[segment]

    def interface_owns(self, interface: HostInterface) -> PacketSet:
        """Return the headers to the addresses one host interface owns.

        Of an IP version it declares no address of, it may take any that nobody claims.
        """
        declared = {item.version for item in interface.addresses}
        free = self.unclaimed(interface.segment)
        own = self.to(interface.addresses)
        for version in {4, 6} - declared:
            own |= free.only(version)
        return own

    def edge_owns(self, edge: ExternalEdge) -> PacketSet:
        """Return the headers to the addresses of an external edge: declared, else unclaimed."""
        return self.to(edge.addresses) if edge.addresses else self.unclaimed(edge.segment)

    def host_owns(self, host: Host) -> PacketSet:
        """Return the headers to any address of a host: it answers on all of them."""
        result = self._space.empty
        for interface in host.interfaces:
            result |= self.interface_owns(interface)
        return result

    def external_holds(self, external: External) -> PacketSet:
        """Return the headers to the addresses that belong to an external network.

        Its prefixes, peers and edges with what nobody claims in the edges' segments; an open
        network, and one that declares neither prefixes nor peers, holds every address not
        declared elsewhere as well.
        """
        own = self.to_networks(external.prefixes)
        for peer in external.peers:
            own |= self.to(peer.addresses)
        closed = external.openness is Openness.CLOSED and not own.is_empty
        for edge in external.edges:
            own |= self.to(edge.addresses) | self.unclaimed(edge.segment)
        if closed:
            return own
        elsewhere = self._space.empty
        for segment in self._topology.segments:
            elsewhere |= self.to(segment.ranges)
        for other in self._topology.externals:
            if other.id != external.id:
                elsewhere |= self.to_networks(other.prefixes)
                for peer in other.peers:
                    elsewhere |= self.to(peer.addresses)
        return own | (self._space.everything - elsewhere - self.claimed)

    def endpoint_addresses(self, endpoint: EndpointRef) -> PacketSet:
        """Return the headers to the addresses a declared endpoint may rightly use.

        A host without declared addresses may use what nobody claims in its segment.
        """
        if endpoint.kind is EndpointKind.HOST:
            return self.host_owns(self._topology.host_by_id[endpoint.id])
        if endpoint.kind is EndpointKind.EXTERNAL:
            return self.external_holds(self._topology.external_by_id[endpoint.id])
        return self.to(self._topology.addresses_of(endpoint))

    def rightful(self, point: AttachmentPoint) -> PacketSet:
        """Return the headers *to* the addresses an attachment point may rightly use."""
        if point.kind is AttachmentKind.HOST:
            return self.host_owns(self._topology.host_by_id[point.node])
        if point.kind is AttachmentKind.ACCESS:
            return self.unclaimed(point.node)
        if point.kind is AttachmentKind.EDGE:
            return self.external_holds(self._topology.external_by_id[point.node])
        return self.to(self._topology.addresses_of(EndpointRef(EndpointKind.DEVICE, point.node)))
