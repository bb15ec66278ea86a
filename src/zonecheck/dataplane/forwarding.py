"""What a place does with packets: take, translate, route, filter, emit.

docs/semantics.md, section 4, in its order.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zonecheck.dataplane.places import Deliveries, Emission, FilterStep, Place, PlaceTransfer
from zonecheck.dataplane.routing import Exit, connected_ways
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, L3Interface, PolicyRoute, ReversePath
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.host import Host
from zonecheck.packets import PacketSet

if TYPE_CHECKING:
    from zonecheck.dataplane.graph import DataPlane

Places = tuple[tuple[Place, PacketSet], ...]
Exits = list[tuple[str, PacketSet, Exit | None]]
"""Interface, the headers that leave by it, and the exit; None: to anyone there."""


class Forwarding:
    """Compiles the places of one data plane."""

    def __init__(self, plane: "DataPlane") -> None:
        self._plane = plane
        self._everything = plane.space.everything

    def of_device(self, device: Device, interface: L3Interface, place: Place) -> PlaceTransfer:
        """Return what a device does with packets that come in by one of its interfaces."""
        plane = self._plane
        inbound: tuple[FilterStep, ...] = ()
        if interface.filter_in is not None:
            inbound = (FilterStep(device.id, device.filter_named(interface.filter_in)),)
        own = plane.addresses_of(tuple(i for i in device.interfaces if i.vrf == interface.vrf))
        forwards = device.kind.forwards
        return PlaceTransfer(
            accepted=self._source_checked(device, interface),
            point=AttachmentPoint(AttachmentKind.STACK, place.node, place.interface),
            taken=own & self._admitted(device, interface),
            kept=own,
            inbound=inbound,
            destinations=plane.nat.destination_steps(device, interface.id) if forwards else (),
            emissions=tuple(self._device_emissions(device, interface, own)) if forwards else (),
        )

    def of_host(self, host: Host, place: Place) -> PlaceTransfer:
        """Return what a forwarding host does with packets."""
        addressing = self._plane.addressing
        exits = self._routed(host.id, "default", [i.id for i in host.interfaces])
        return PlaceTransfer(
            accepted=self._everything,
            point=AttachmentPoint(AttachmentKind.HOST, place.node, place.interface),
            taken=addressing.host_owns(host),
            kept=addressing.to(tuple(r for i in host.interfaces for r in i.addresses)),
            inbound=(),
            destinations=(),
            emissions=tuple(
                Emission(headers, (), (), steps, deliveries, places)
                for name, headers, way in exits
                for steps, deliveries, places in self._reached(host.id, name, way)
            ),
        )

    # --- the device itself ------------------------------------------------------------------

    def _source_checked(self, device: Device, interface: L3Interface) -> PacketSet:
        addressing, routing = self._plane.addressing, self._plane.routing
        result = self._everything
        if interface.sources is not None:
            result &= addressing.swap(addressing.to_networks(interface.sources))
        if interface.reverse_path is None or not routing.declared(device.id, interface.vrf):
            return result
        if interface.reverse_path is ReversePath.LOOSE:
            return result & addressing.swap(routing.routed(device.id, interface.vrf))
        back = self._plane.space.empty
        for way, headers in routing.exits(device.id, interface.vrf).items():
            if way.interface == interface.id:
                back |= headers
        return result & addressing.swap(back)

    def _admitted(self, device: Device, interface: L3Interface) -> PacketSet:
        plane = self._plane
        result = self._replies(device) | plane.admitted_by_tunnels(device.id)
        if device.management is None:
            return self._everything if plane.closure is Closure.UPPER else result
        for access in device.management:
            if access.interfaces and interface.id not in access.interfaces:
                continue
            sources = plane.filters.addresses(access.sources, source=True)
            result |= sources & plane.filters.services(access.services)
        return result

    def _replies(self, device: Device) -> PacketSet:
        """Return the replies to the sessions a device opens from its own addresses."""
        plane = self._plane
        own = plane.topology.addresses_of(EndpointRef(EndpointKind.DEVICE, device.id))
        sent = plane.space.union([plane.leaves_by(device.id, i.id) for i in device.interfaces])
        return (plane.opened(device.id) & plane.addressing.come_from(own) & sent).mirror()

    # --- where packets leave ----------------------------------------------------------------

    def _device_emissions(
        self, device: Device, interface: L3Interface, own: PacketSet
    ) -> Iterator[Emission]:
        names = [i.id for i in device.interfaces]
        directed, rest = self._policy_routed(device, interface, own)
        exits = list(directed)
        for name, headers, way in self._routed(device.id, interface.vrf, names):
            left = headers & rest
            if not left.is_empty:
                exits.append((name, left, way))
        for name, headers, way in exits:
            out = device.interface(name)
            policy: tuple[FilterStep, ...] = ()
            if device.policy is not None:
                policy = (FilterStep(device.id, device.policy, interface.id, name),)
            outbound: tuple[FilterStep, ...] = ()
            if out.filter_out is not None:
                outbound = (FilterStep(device.id, device.filter_named(out.filter_out)),)
            sources = self._plane.nat.source_steps(device, interface.id, name)
            for steps, deliveries, places in self._reached(device.id, name, way):
                yield Emission(
                    headers,
                    policy,
                    sources,
                    (*outbound, *steps),
                    deliveries,
                    places,
                    sees_original=device.policy_sees_original,
                )

    def _policy_routed(
        self, device: Device, interface: L3Interface, own: PacketSet
    ) -> tuple[Exits, PacketSet]:
        """Return what policy routes send where, and what they leave to the routes."""
        left = (self._everything - own).whole
        found: Exits = []
        for entry in device.policy_routes:
            if entry.in_interfaces and interface.id not in entry.in_interfaces:
                continue
            match = left & self._matched(entry)
            left -= match
            for way in directed_ways(device, interface.vrf, entry):
                found.append((way.interface, match.with_fragments(), way))
        return found, left.with_fragments()

    def _matched(self, entry: PolicyRoute) -> PacketSet:
        filters = self._plane.filters
        return (
            filters.addresses(entry.sources, source=True)
            & filters.addresses(entry.destinations, source=False)
            & filters.services(entry.services)
        )

    def _routed(self, node: str, vrf: str, interfaces: list[str]) -> Exits:
        routing = self._plane.routing
        if not routing.declared(node, vrf):
            return [(name, self._everything, None) for name in interfaces]
        return [(w.interface, headers, w) for w, headers in routing.exits(node, vrf).items()]

    def _reached(
        self, node: str, interface: str, way: Exit | None
    ) -> Iterator[tuple[tuple[FilterStep, ...], Deliveries, Places]]:
        """Yield whom packets that leave by an exit reach, by the frame filters on the way."""
        by_steps: dict[tuple[FilterStep, ...], list[int]] = {}
        for domain in self._out_domains(node, interface):
            for heard, steps in self._plane.frames.heard_in(domain):
                by_steps.setdefault(steps, []).append(heard)
        for steps, domains in by_steps.items():
            deliveries: list[tuple[AttachmentPoint, PacketSet]] = []
            places: list[tuple[Place, PacketSet]] = []
            for domain in domains:
                if way is None:
                    self._to_anyone(domain, deliveries, places)
                elif way.next_hop is None:
                    self._to_owners(domain, deliveries, places)
                else:
                    self._to_next_hop(domain, way, deliveries, places)
            yield steps, tuple(deliveries), tuple(places)

    def _out_domains(self, node: str, interface: str) -> tuple[int, ...]:
        is_host = node in self._plane.topology.host_by_id
        kind = AttachmentKind.HOST if is_host else AttachmentKind.STACK
        return self._plane.domains_of[AttachmentPoint(kind, node, interface)]

    def _to_owners(
        self,
        domain: int,
        deliveries: list[tuple[AttachmentPoint, PacketSet]],
        places: list[tuple[Place, PacketSet]],
    ) -> None:
        plane = self._plane
        deliveries += plane.owners_in(domain)
        deliveries += plane.edges_in(domain)
        deliveries += self._answered_for(domain)
        places += [(place, own) for place, _, own in plane.places_in(domain)]

    def _to_next_hop(
        self,
        domain: int,
        way: Exit,
        deliveries: list[tuple[AttachmentPoint, PacketSet]],
        places: list[tuple[Place, PacketSet]],
    ) -> None:
        plane, hop = self._plane, way.next_hop
        if hop is None:
            return
        at_hop = plane.space.box(hop.version, dst=[(int(hop), int(hop))])
        for place, carried, _ in plane.places_in(domain):
            if not (carried & at_hop).is_empty:
                places.append((place, self._everything))
        for point, addresses in plane.edges_in(domain):
            if not (addresses & at_hop).is_empty:
                deliveries.append((point, self._everything))
        for point, owned in plane.owners_in(domain):
            if point.kind is AttachmentKind.ACCESS and not (owned & at_hop).is_empty:
                deliveries.append((point, self._everything))

    def _to_anyone(
        self,
        domain: int,
        deliveries: list[tuple[AttachmentPoint, PacketSet]],
        places: list[tuple[Place, PacketSet]],
    ) -> None:
        """Let the owner take it, and everyone who may be the next hop, known or plugged in."""
        plane = self._plane
        for point, owned in plane.owners_in(domain):
            unknown = point.kind is AttachmentKind.ACCESS
            deliveries.append((point, self._everything if unknown else owned))
        deliveries += [(point, self._everything) for point, _ in plane.edges_in(domain)]
        places += [(place, self._everything) for place, _, _ in plane.places_in(domain)]

    def _answered_for(self, domain: int) -> list[tuple[AttachmentPoint, PacketSet]]:
        """Return what access ports take because nobody in the whole design claims the address."""
        plane = self._plane
        rest = self._everything - plane.addressing.claimed
        owners = plane.owners_in(domain)
        return [(point, rest) for point, _ in owners if point.kind is AttachmentKind.ACCESS]


def directed_ways(device: Device, vrf: str, entry: PolicyRoute) -> list[Exit]:
    """Return the ways out a policy route means."""
    if entry.next_hop is None:
        return [Exit(entry.interface)] if entry.interface is not None else []
    found = [
        Exit(way.interface, entry.next_hop) for way in connected_ways(device, vrf, entry.next_hop)
    ]
    if entry.interface is not None:
        found.append(Exit(entry.interface, entry.next_hop))
    return sorted(set(found), key=lambda way: way.key)
