"""The data plane: places a packet can be in and what each does to sets of packets.

A *place* is an interface at which a node that forwards takes packets in. Everything here is
compiled from the model under one closure; docs/semantics.md, sections 2 to 4, is the contract.
"""

from dataclasses import dataclass, field

from zonecheck.dataplane.addressing import Addressing
from zonecheck.dataplane.broadcast import BroadcastDomains
from zonecheck.dataplane.filtering import FilterCompiler
from zonecheck.dataplane.places import (
    DomainTransfer,
    Emission,
    FilterStep,
    Origin,
    Place,
    PlaceTransfer,
)
from zonecheck.dataplane.routing import Exit, Routing
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, L3Interface, ReversePath
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSet, PacketSpace


@dataclass
class DataPlane:
    """The compiled network of one topology under one closure."""

    topology: Topology
    space: PacketSpace
    closure: Closure
    domains: BroadcastDomains = field(init=False)
    addressing: Addressing = field(init=False)
    filters: FilterCompiler = field(init=False)
    routing: Routing = field(init=False)

    def __post_init__(self) -> None:
        """Compile domains, attachments and origins; places are compiled when first asked for."""
        self.domains = BroadcastDomains(self.topology)
        self.addressing = Addressing(self.topology, self.space)
        self.filters = FilterCompiler(self.space, self.closure)
        self.routing = Routing(self.topology, self.space)
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
        self.origins = tuple(sorted(self._origins(), key=lambda o: o.point.order))

    def forwards(self, host: Host) -> bool:
        """Return whether a host forwards under this closure."""
        if host.ip_forward is not None:
            return host.ip_forward
        return len(host.interfaces) > 1 and self.closure is Closure.UPPER

    def enter(self, domain: int) -> DomainTransfer:
        """Return what a sender's packets do in a domain."""
        everything = self.space.everything
        return DomainTransfer(
            tuple(self._owners.get(domain, ()))
            + tuple((point, everything) for point, _ in self._edges.get(domain, ())),
            tuple(place for place, _, _ in self._places.get(domain, ())),
        )

    def transfer(self, place: Place) -> PlaceTransfer:
        """Return what a place does with packets."""
        if place not in self._transfers:
            interface = self._interfaces[place]
            if isinstance(interface, L3Interface):
                device = self.topology.device_by_id[place.node]
                self._transfers[place] = self._device_transfer(device, interface, place)
            else:
                self._transfers[place] = self._host_transfer(place)
        return self._transfers[place]

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
                place = Place(device.id, interface.id)
                self._interfaces[place] = interface
                carried = self._addresses_of((interface,))
                own = self._addresses_of(_same_vrf(device, interface))
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

    def _addresses_of(self, interfaces: tuple[L3Interface, ...]) -> PacketSet:
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
            return self.opened(point.node) & honest
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
        return result

    # --- places ----------------------------------------------------------------------------

    def _device_transfer(
        self, device: Device, interface: L3Interface, place: Place
    ) -> PlaceTransfer:
        inbound: tuple[FilterStep, ...] = ()
        if interface.filter_in is not None:
            inbound = (FilterStep(device.id, device.filter_named(interface.filter_in)),)
        emissions = self._device_emissions(device, interface) if device.kind.forwards else ()
        own = self._addresses_of(_same_vrf(device, interface))
        return PlaceTransfer(
            accepted=self._source_checked(device, interface),
            point=AttachmentPoint(AttachmentKind.STACK, place.node, place.interface),
            taken=own & self._admitted(device, interface),
            kept=own,
            inbound=inbound,
            emissions=emissions,
        )

    def _host_transfer(self, place: Place) -> PlaceTransfer:
        host = self.topology.host_by_id[place.node]
        return PlaceTransfer(
            accepted=self.space.everything,
            point=AttachmentPoint(AttachmentKind.HOST, place.node, place.interface),
            taken=self.addressing.host_owns(host),
            kept=self.addressing.to(tuple(r for i in host.interfaces for r in i.addresses)),
            inbound=(),
            emissions=self._emissions(host.id, "default", [i.id for i in host.interfaces], {}),
        )

    def _source_checked(self, device: Device, interface: L3Interface) -> PacketSet:
        result = self.space.everything
        if interface.sources is not None:
            to = self.addressing.to_networks(interface.sources)
            result &= self.addressing.swap(to)
        if interface.reverse_path is None or not self.routing.declared(device.id, interface.vrf):
            return result
        if interface.reverse_path is ReversePath.LOOSE:
            return result & self.addressing.swap(self.routing.routed(device.id, interface.vrf))
        back = self.space.empty
        for way, headers in self.routing.exits(device.id, interface.vrf).items():
            if way.interface == interface.id:
                back |= headers
        return result & self.addressing.swap(back)

    def _admitted(self, device: Device, interface: L3Interface) -> PacketSet:
        if device.management is None:
            upper = self.closure is Closure.UPPER
            return self.space.everything if upper else self._replies(device)
        result = self._replies(device)
        for access in device.management:
            if access.interfaces and interface.id not in access.interfaces:
                continue
            sources = self.filters.addresses(access.sources, source=True)
            result |= sources & self.filters.services(access.services)
        return result

    def _replies(self, device: Device) -> PacketSet:
        """Return the replies to the sessions a device opens from its own addresses."""
        own = self.topology.addresses_of(EndpointRef(EndpointKind.DEVICE, device.id))
        return (self.opened(device.id) & self.addressing.come_from(own)).mirror()

    def _device_emissions(self, device: Device, interface: L3Interface) -> tuple[Emission, ...]:
        steps: dict[str, tuple[FilterStep, ...]] = {}
        for out in device.interfaces:
            chain: list[FilterStep] = []
            if device.policy is not None:
                chain.append(FilterStep(device.id, device.policy, interface.id, out.id))
            if out.filter_out is not None:
                chain.append(FilterStep(device.id, device.filter_named(out.filter_out)))
            steps[out.id] = tuple(chain)
        names = [i.id for i in device.interfaces]
        return self._emissions(device.id, interface.vrf, names, steps)

    def _emissions(
        self,
        node: str,
        vrf: str,
        interfaces: list[str],
        steps: dict[str, tuple[FilterStep, ...]],
    ) -> tuple[Emission, ...]:
        found: list[Emission] = []
        if not self.routing.declared(node, vrf):
            for name in interfaces:
                deliveries, places = self._anywhere(node, name)
                headers = self.space.everything
                found.append(Emission(headers, steps.get(name, ()), deliveries, places))
            return tuple(found)
        for way, headers in self.routing.exits(node, vrf).items():
            deliveries, places = self._emit(node, way)
            found.append(Emission(headers, steps.get(way.interface, ()), deliveries, places))
        return tuple(found)

    def _out_domains(self, node: str, interface: str) -> tuple[int, ...]:
        kind = AttachmentKind.HOST if node in self.topology.host_by_id else AttachmentKind.STACK
        return self.domains_of[AttachmentPoint(kind, node, interface)]

    def _emit(
        self, node: str, way: Exit
    ) -> tuple[tuple[tuple[AttachmentPoint, PacketSet], ...], tuple[tuple[Place, PacketSet], ...]]:
        deliveries: list[tuple[AttachmentPoint, PacketSet]] = []
        places: list[tuple[Place, PacketSet]] = []
        hop = way.next_hop
        at_hop = None
        if hop is not None:
            at_hop = self.space.box(hop.version, dst=[(int(hop), int(hop))])
        for domain in self._out_domains(node, way.interface):
            if at_hop is None:
                deliveries += self._owners.get(domain, ())
                deliveries += self._edges.get(domain, ())
                deliveries += self._answered_for(domain)
                places += [(place, own) for place, _, own in self._places.get(domain, ())]
                continue
            everything = self.space.everything
            for place, carried, _ in self._places.get(domain, ()):
                if not (carried & at_hop).is_empty:
                    places.append((place, everything))
            for point, addresses in self._edges.get(domain, ()):
                if not (addresses & at_hop).is_empty:
                    deliveries.append((point, everything))
            for point, owned in self._owners.get(domain, ()):
                access = point.kind is AttachmentKind.ACCESS
                if access and not (owned & at_hop).is_empty:
                    deliveries.append((point, everything))
        return tuple(deliveries), tuple(places)

    def _answered_for(self, domain: int) -> list[tuple[AttachmentPoint, PacketSet]]:
        """Return what access ports take because nobody in the whole design claims the address."""
        rest = self.space.everything - self.addressing.claimed
        owners = self._owners.get(domain, ())
        return [(point, rest) for point, _ in owners if point.kind is AttachmentKind.ACCESS]

    def _anywhere(
        self, node: str, interface: str
    ) -> tuple[tuple[tuple[AttachmentPoint, PacketSet], ...], tuple[tuple[Place, PacketSet], ...]]:
        everything = self.space.everything
        deliveries: list[tuple[AttachmentPoint, PacketSet]] = []
        places: list[tuple[Place, PacketSet]] = []
        for domain in self._out_domains(node, interface):
            deliveries += self._owners.get(domain, ())
            deliveries += self._answered_for(domain)
            deliveries += [(point, everything) for point, _ in self._edges.get(domain, ())]
            places += [(place, everything) for place, _, _ in self._places.get(domain, ())]
        return tuple(deliveries), tuple(places)


def _same_vrf(device: Device, interface: L3Interface) -> tuple[L3Interface, ...]:
    return tuple(i for i in device.interfaces if i.vrf == interface.vrf)
