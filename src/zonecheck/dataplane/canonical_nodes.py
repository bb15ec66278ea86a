"""Forwarding nodes in the canonical form: filters, routes, next hops and places."""

from zonecheck.dataplane.canonical_matches import (
    Json,
    address_text,
    destinations,
    filter_form,
    in_order,
    match_of,
    matched_addresses,
    only_destinations,
    only_sources,
    prefix_text,
    sources,
)
from zonecheck.dataplane.graph import DataPlane
from zonecheck.dataplane.places import Place, PlaceTransfer
from zonecheck.dataplane.routing import Exit, Fib, device_fib, host_fib
from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, L3Interface
from zonecheck.model.host import Host
from zonecheck.packets import PacketSet


class CanonicalNodes:
    """Brings the devices and forwarding hosts of a data plane into the canonical form."""

    def __init__(self, plane: DataPlane) -> None:
        self._plane = plane
        self._members: dict[int, list[AttachmentPoint]] = {}
        for point, domains in plane.domains_of.items():
            for domain in domains:
                self._members.setdefault(domain, []).append(point)

    def nodes(self) -> dict[str, Json]:
        """Return every device with an interface and every host that forwards, by id."""
        found: dict[str, Json] = {}
        for device in self._plane.topology.devices:
            if device.interfaces:
                found[device.id] = self._device(device)
        for host in self._plane.topology.hosts:
            if self._plane.forwards(host):
                found[host.id] = self._host(host)
        return found

    def _device(self, device: Device) -> Json:
        closure = self._plane.closure
        forwards = device.kind.forwards
        used = {name for i in device.interfaces for name in (i.filter_in, i.filter_out)}
        tables: dict[str, Fib | None] = {}
        for vrf in sorted({i.vrf for i in device.interfaces}) if forwards else ():
            tables[vrf] = None if device.routes is None else device_fib(device, vrf)
        form: dict[str, Json] = {
            "forwards": forwards,
            "filters": {
                name: filter_form(device.filter_named(name), closure, conditions=False)
                for name in used - {None}
                if name is not None
            },
            "tables": {vrf: _table(fib) for vrf, fib in tables.items()},
            "next_hops": self._next_hops(device.id, tables),
            "places": {i.id: self._device_place(device, i) for i in device.interfaces},
        }
        if device.policy is not None and forwards:
            form["policy"] = filter_form(device.policy, closure, conditions=True)
        return form

    def _host(self, host: Host) -> Json:
        fib = None if host.routes is None else host_fib(host, self._plane.topology)
        return {
            "forwards": True,
            "filters": {},
            "tables": {"default": _table(fib)},
            "next_hops": self._next_hops(host.id, {"default": fib}),
            "places": {i.id: self._host_place(host.id, i.id) for i in host.interfaces},
        }

    # --- places ----------------------------------------------------------------------------

    def _device_place(self, device: Device, interface: L3Interface) -> Json:
        transfer = self._plane.transfer(Place(device.id, interface.id))
        form = self._place(transfer, interface.vrf)
        if interface.filter_in is not None:
            form["filter_in"] = interface.filter_in
        if interface.filter_out is not None:
            form["filter_out"] = interface.filter_out
        form["admits"] = self._admits(device, interface)
        admitted = self._admitted(device, interface) | self._answered(transfer.point)
        _require((transfer.kept & admitted) == transfer.taken, transfer.point)
        return form

    def _host_place(self, host: str, interface: str) -> Json:
        transfer = self._plane.transfer(Place(host, interface))
        form = self._place(transfer, "default")
        form["admits"] = [{}]
        owned = self._plane.addressing.host_owns(self._plane.topology.host_by_id[host])
        _require(transfer.taken == owned, transfer.point)
        return form

    def _place(self, transfer: PlaceTransfer, vrf: str) -> dict[str, Json]:
        """Return what every place has, once sure that it says all its transfer does."""
        space = self._plane.space
        form: dict[str, Json] = {"vrf": vrf, "keeps": destinations(transfer.kept)}
        _require(only_destinations(space, transfer.kept) == transfer.kept, transfer.point)
        if transfer.accepted != space.everything:
            form["accepts"] = sources(transfer.accepted)
            _require(only_sources(space, transfer.accepted) == transfer.accepted, transfer.point)
        return form

    def _admits(self, device: Device, interface: L3Interface) -> Json:
        if device.management is None:
            return [{}] if self._plane.closure is Closure.UPPER else []
        found = (
            match_of(matched_addresses(access.sources), None, access.services)
            for access in device.management
            if not access.interfaces or interface.id in access.interfaces
        )
        return in_order(match for match in found if match is not None)

    def _admitted(self, device: Device, interface: L3Interface) -> PacketSet:
        """Return what `_admits` says as a set."""
        plane = self._plane
        if device.management is None:
            upper = plane.closure is Closure.UPPER
            return plane.space.everything if upper else plane.space.empty
        return plane.space.union(
            [
                plane.filters.addresses(access.sources, source=True)
                & plane.filters.services(access.services)
                for access in device.management
                if not access.interfaces or interface.id in access.interfaces
            ]
        )

    def _answered(self, stack: AttachmentPoint) -> PacketSet:
        """Return the replies to what a device may send."""
        return next(o for o in self._plane.origins if o.point == stack).may_send.mirror()

    # --- next hops -------------------------------------------------------------------------

    def _next_hops(self, node: str, tables: dict[str, Fib | None]) -> Json:
        ways = {way for fib in tables.values() if fib for label in fib.values() for way in label}
        return in_order(
            {
                "interface": way.interface,
                "address": address_text(way.next_hop),
                "owners": in_order(str(owner) for owner in self._owners(node, way)),
            }
            for way in ways
            if way.next_hop is not None
        )

    def _owners(self, node: str, way: Exit) -> list[AttachmentPoint]:
        """Return who takes what is sent to a next hop."""
        if way.next_hop is None:
            return []
        kind = AttachmentKind.STACK
        if node in self._plane.topology.host_by_id:
            kind = AttachmentKind.HOST
        domains = self._plane.domains_of[AttachmentPoint(kind, node, way.interface)]
        members = {point for domain in domains for point in self._members[domain]}
        return [point for point in members if self._answers(point, way.next_hop)]

    def _answers(self, point: AttachmentPoint, hop: IPAddress) -> bool:
        topology, addressing = self._plane.topology, self._plane.addressing
        at_hop = self._plane.space.box(hop.version, dst=[(int(hop), int(hop))])
        if point.kind is AttachmentKind.STACK:
            stack = topology.device_by_id[point.node].interface(point.port)
            return any(address.ip == hop for address in stack.addresses)
        if point.kind is AttachmentKind.HOST:
            host = topology.host_by_id[point.node]
            own = addressing.interface_owns(host.interface(point.port))
            return self._plane.forwards(host) and bool(own & at_hop)
        if point.kind is AttachmentKind.EDGE:
            edges = topology.external_by_id[point.node].edges
            own = addressing.edge_owns(next(edge for edge in edges if edge.id == point.port))
            return bool(own & at_hop)
        segment = topology.segment_by_id[point.node]
        return not segment.guarded and bool(addressing.unclaimed(point.node) & at_hop)


def _table(fib: Fib | None) -> Json:
    if fib is None:
        return None
    return {prefix_text(prefix): in_order(map(_exit, label)) for prefix, label in fib.items()}


def _exit(way: Exit) -> Json:
    if way.next_hop is None:
        return {"interface": way.interface}
    return {"interface": way.interface, "next_hop": address_text(way.next_hop)}


def _require(said_all: bool, point: AttachmentPoint) -> None:  # noqa: FBT001 - it is the subject
    """Stop where the canonical form would say less, or more, than the engine computes with."""
    if not said_all:
        raise ValueError(f"the canonical form has no words for what happens at {point}")
