"""The data plane: places a packet can be in and what each does to sets of packets.

A *place* is an interface at which a node that forwards takes packets in. Everything here is
compiled from the model under one closure; docs/semantics.md, sections 2 to 4, is the contract.
"""

from dataclasses import InitVar, dataclass, field
from functools import cached_property

from zonecheck.dataplane.addressing import Addressing
from zonecheck.dataplane.broadcast import BroadcastDomains, cabling_of
from zonecheck.dataplane.filtering import FilterCompiler
from zonecheck.dataplane.forwarding import Forwarding
from zonecheck.dataplane.frames import FrameFilters
from zonecheck.dataplane.places import DomainTransfer, Origin, Place, PlaceTransfer
from zonecheck.dataplane.routing import Routing
from zonecheck.dataplane.translation import NatCompiler
from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, L3Interface
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.service import Service
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSet, PacketSpace

TunnelEnds = tuple[IPAddress, IPAddress, tuple[Service, ...]]
"""The near end, the far end, and what they say to each other outside."""


@dataclass
class DataPlane:
    """The compiled network of one topology under one closure.

    `earlier` is that of another design in the same space under the same closure; what both have
    alike (filters, domains, routes) is not compiled again, and places and entries that are equal
    in both are one object.
    """

    topology: Topology
    space: PacketSpace
    closure: Closure
    earlier: InitVar["DataPlane | None"] = None
    domains: BroadcastDomains = field(init=False)
    addressing: Addressing = field(init=False)
    filters: FilterCompiler = field(init=False)
    routing: Routing = field(init=False)
    nat: NatCompiler = field(init=False)
    frames: FrameFilters = field(init=False)

    def __post_init__(self, earlier: "DataPlane | None") -> None:
        """Compile domains, attachments and origins; places are compiled when first asked for."""
        if earlier is None:
            self.domains = BroadcastDomains(self.topology)
            self.filters = FilterCompiler(self.space, self.closure)
            self.routing = Routing(self.topology, self.space)
        else:
            self.filters = earlier.filters
            same = cabling_of(self.topology) == cabling_of(earlier.topology)
            self.domains = earlier.domains if same else BroadcastDomains(self.topology)
            self.routing = earlier.routing.for_topology(self.topology)
        self.addressing = Addressing(self.topology, self.space)
        self.nat = NatCompiler(self.filters)
        self._before = earlier
        self._entries: dict[int, tuple[DomainTransfer, ...]] = {}
        self._transfers: dict[Place, PlaceTransfer] = {}
        self._owners: dict[int, list[tuple[AttachmentPoint, PacketSet]]] = {}
        self._edges: dict[int, list[tuple[AttachmentPoint, PacketSet]]] = {}
        self._places: dict[int, list[tuple[Place, PacketSet, PacketSet]]] = {}
        self.domains_of: dict[AttachmentPoint, tuple[int, ...]] = {}
        self._interfaces: dict[Place, L3Interface | HostInterface] = {}
        self._attach_hosts()
        self._attach_access_ports()
        self._attach_devices()
        self._attach_edges()
        self.frames = FrameFilters(self.topology, self.domains)
        self._forwarding = Forwarding(self)
        self.origins = tuple(sorted(self._origins(), key=lambda o: o.point.order))

    def forwards(self, host: Host) -> bool:
        """Return whether a host forwards under this closure."""
        if host.ip_forward is not None:
            return host.ip_forward
        return len(host.interfaces) > 1 and self.closure is Closure.UPPER

    def enter(self, domain: int) -> tuple[DomainTransfer, ...]:
        """Return what a sender's packets do in a domain, and behind each transparent firewall."""
        if domain not in self._entries:
            found = self._compile_entry(domain)
            before = self._before.enter(domain) if self._before is not None else None
            self._entries[domain] = before if before == found and before else found
        return self._entries[domain]

    def _compile_entry(self, domain: int) -> tuple[DomainTransfer, ...]:
        everything = self.space.everything
        return tuple(
            DomainTransfer(
                steps,
                tuple(self._owners.get(heard, ()))
                + tuple((point, everything) for point, _ in self._edges.get(heard, ())),
                tuple(place for place, _, _ in self._places.get(heard, ())),
            )
            for heard, steps in self.frames.heard_in(domain)
        )

    def common_domain(self, domain: int) -> int:
        """Return the domain that stands for those sharing frames that are not IP with one."""
        return self.frames.common(domain, self.closure)

    def has(self, place: Place) -> bool:
        """Return whether there is such a place."""
        return place in self._interfaces

    def transfer(self, place: Place) -> PlaceTransfer:
        """Return what a place does with packets."""
        if place not in self._transfers:
            interface = self._interfaces[place]
            if isinstance(interface, L3Interface):
                device = self.topology.device_by_id[place.node]
                found = self._forwarding.of_device(device, interface, place)
            else:
                host = self.topology.host_by_id[place.node]
                found = self._forwarding.of_host(host, place)
            if self._before is not None and self._before.has(place):
                before = self._before.transfer(place)
                found = before if before == found else found
            self._transfers[place] = found
        return self._transfers[place]

    def settle(self) -> None:
        """Let go of the earlier plane."""
        self._before = None

    # --- attachments -----------------------------------------------------------------------

    def _attach_hosts(self) -> None:
        for host in self.topology.hosts:
            owned = self.addressing.host_owns(host)
            for interface in host.interfaces:
                point = AttachmentPoint(AttachmentKind.HOST, host.id, interface.id)
                self.domains_of[point] = self.domains.domains_of(host.id, interface)
                carried = self.addressing.interface_owns(interface)
                place = Place(host.id, interface.id)
                self._interfaces[place] = interface
                for domain in self.domains_of[point]:
                    self._owners.setdefault(domain, []).append((point, owned))
                    if self.forwards(host):
                        self._places.setdefault(domain, []).append(
                            (place, carried, self.space.empty)
                        )

    def _attach_access_ports(self) -> None:
        for segment in self.topology.segments:
            point = AttachmentPoint(AttachmentKind.ACCESS, segment.id)
            self.domains_of[point] = self.domains.domains_of_segment(segment.id)
            if segment.guarded:
                continue
            unclaimed = self.addressing.unclaimed(segment.id)
            for domain in self.domains_of[point]:
                self._owners.setdefault(domain, []).append((point, unclaimed))

    def _attach_devices(self) -> None:
        for device in self.topology.devices:
            for interface in device.interfaces:
                point = AttachmentPoint(AttachmentKind.STACK, device.id, interface.id)
                self.domains_of[point] = self.domains.domains_of(device.id, interface)
                if device.kind.filters_frames and not interface.addresses:
                    continue
                place = Place(device.id, interface.id)
                self._interfaces[place] = interface
                carried = self.addresses_of((interface,))
                own = self.addresses_of(same_vrf(device, interface))
                for domain in self.domains_of[point]:
                    self._places.setdefault(domain, []).append((place, carried, own))

    def _attach_edges(self) -> None:
        for external in self.topology.externals:
            for edge in external.edges:
                point = AttachmentPoint(AttachmentKind.EDGE, external.id, edge.id)
                self.domains_of[point] = self.domains.domains_of_edge(external.id, edge)
                addresses = self.addressing.edge_owns(edge)
                for domain in self.domains_of[point]:
                    self._edges.setdefault(domain, []).append((point, addresses))

    def addresses_of(self, interfaces: tuple[L3Interface, ...]) -> PacketSet:
        """Return the headers to the addresses of interfaces."""
        result = self.space.empty
        for interface in interfaces:
            for address in interface.addresses:
                interval = [(int(address.ip), int(address.ip))]
                result |= self.space.box(address.version, dst=interval)
        return result

    def _origins(self) -> list[Origin]:
        found: list[Origin] = []
        for point, domains in self.domains_of.items():
            honest = self.addressing.swap(self.addressing.rightful(point))
            found.append(Origin(point, domains, self._may_send(point, honest), honest))
        return found

    def _may_send(self, point: AttachmentPoint, honest: PacketSet) -> PacketSet:
        segments = self.topology.segment_by_id
        if point.kind is AttachmentKind.EDGE:
            return self.space.everything
        if point.kind is AttachmentKind.STACK:
            return self.opened(point.node) & honest & self.leaves_by(point.node, point.port)
        if point.kind is AttachmentKind.ACCESS:
            return self.space.empty if segments[point.node].guarded else self.space.everything
        interface = self.topology.host_by_id[point.node].interface(point.port)
        segment = interface.segment
        if segment is None or not segments[segment].guarded:
            return self.space.everything
        if not self.domains.on_access_port(point.node, interface):
            return self.space.everything
        if interface.addresses:
            return self.addressing.come_from(interface.addresses)
        return self.addressing.swap(self.addressing.unclaimed(segment))

    def opened(self, device: str) -> PacketSet:
        """Return the headers of the sessions a device is declared to open, from any source."""
        result = self.space.empty
        for opening in self.topology.device_by_id[device].opens:
            to = self.addressing.to(self.topology.addresses_of(opening.to))
            result |= to & self.filters.services(opening.services)
        for near, far, services in self.tunnels_of(device):
            between = self._to(far) & self.addressing.swap(self._to(near))
            result |= between & self.filters.services(services)
        return result

    def leaves_by(self, device: str, interface: str) -> PacketSet:
        """Return the headers a device's own packets leave by an interface with: by its routes.

        All of them where its routes are not declared, or some packets go their own way.
        """
        own = self.topology.device_by_id[device]
        vrf = own.interface(interface).vrf
        if own.policy_routes or not self.routing.declared(device, vrf):
            return self.space.everything
        ways = self.routing.exits(device, vrf).items()
        return self.space.union([to for way, to in ways if way.interface == interface])

    def admitted_by_tunnels(self, device: str) -> PacketSet:
        """Return what the far ends of a device's declared tunnels say to it."""
        result = self.space.empty
        for near, far, services in self.tunnels_of(device):
            sent = self._to(near) & self.addressing.swap(self._to(far))
            result |= sent & self.filters.services(services)
        return result

    def tunnels_of(self, device: str) -> list[TunnelEnds]:
        """Return the declared tunnels a device owns an end of, its own end first."""
        own = self._owned_by.get(device, ())
        return [ends for ends in self._tunnel_ends if ends[0] in own]

    @cached_property
    def tunnelled(self) -> PacketSet:
        """Return what the ends of declared tunnels say to each other outside."""
        result = self.space.empty
        for near, far, services in self._tunnel_ends:
            between = self._to(far) & self.addressing.swap(self._to(near))
            result |= between & self.filters.services(services)
        return result

    @cached_property
    def _tunnel_ends(self) -> list[TunnelEnds]:
        found: list[TunnelEnds] = []
        for tunnel in self.topology.tunnels:
            if tunnel.ends:
                a, b = tunnel.ends
                found += [(a, b, tunnel.outer_services), (b, a, tunnel.outer_services)]
        return found

    @cached_property
    def _owned_by(self) -> dict[str, set[IPAddress]]:
        return {
            device.id: {a.ip for i in device.interfaces for a in i.addresses}
            for device in self.topology.devices
        }

    def _to(self, address: IPAddress) -> PacketSet:
        return self.addressing.to((AddressRange.of_address(address),))

    # --- what forwarding asks ---------------------------------------------------------------

    def places_in(self, domain: int) -> list[tuple[Place, PacketSet, PacketSet]]:
        """Return the places of a domain: the addresses they carry, and those they answer for."""
        return self._places.get(domain, [])

    def owners_in(self, domain: int) -> list[tuple[AttachmentPoint, PacketSet]]:
        """Return what hosts and access ports of a domain own."""
        return self._owners.get(domain, [])

    def edges_in(self, domain: int) -> list[tuple[AttachmentPoint, PacketSet]]:
        """Return the external edges of a domain with their addresses."""
        return self._edges.get(domain, [])


def same_vrf(device: Device, interface: L3Interface) -> tuple[L3Interface, ...]:
    """Return the interfaces of a device in the VRF of one of them."""
    return tuple(i for i in device.interfaces if i.vrf == interface.vrf)
