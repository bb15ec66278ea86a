"""Nodes in the canonical form: what each does with packets that come in at its places."""

from zonecheck.dataplane.canonical_matches import (
    Json,
    Match,
    destinations,
    filter_form,
    in_order,
    match_of,
    matched_addresses,
    only_destinations,
    only_sources,
    range_addresses,
    sources,
)
from zonecheck.dataplane.canonical_translation import translation_tables
from zonecheck.dataplane.canonical_ways import CanonicalWays, policy_routes, table_form
from zonecheck.dataplane.graph import DataPlane
from zonecheck.dataplane.places import Place, PlaceTransfer
from zonecheck.dataplane.routing import Fib, device_fib, host_fib
from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, L3Interface
from zonecheck.model.host import Host
from zonecheck.packets import PacketSet


class CanonicalNodes:
    """Brings the devices and forwarding hosts of a data plane into the canonical form."""

    def __init__(self, plane: DataPlane) -> None:
        self._plane = plane
        self._ways = CanonicalWays(plane)

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
        sides = [i for i in device.interfaces if device.kind.filters_frames and not i.addresses]
        faces = [i for i in device.interfaces if i not in sides]
        used = {name for i in faces for name in (i.filter_in, i.filter_out)}
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
            "tables": {vrf: table_form(fib) for vrf, fib in tables.items()},
            "next_hops": self._ways.next_hops(device.id, tables),
            "places": {i.id: self._device_place(device, i) for i in faces},
        }
        if device.kind.filters_frames:
            form["sides"] = in_order(i.id for i in sides)
        if device.policy is not None and (forwards or device.kind.filters_frames):
            form["policy"] = filter_form(device.policy, closure, conditions=True)
        if device.nat and forwards:
            form["nat"] = translation_tables(device)
        if device.policy_sees_original and forwards:
            form["policy_sees_original"] = True
        return form

    def _host(self, host: Host) -> Json:
        fib = None if host.routes is None else host_fib(host, self._plane.topology)
        return {
            "forwards": True,
            "filters": {},
            "tables": {"default": table_form(fib)},
            "next_hops": self._ways.next_hops(host.id, {"default": fib}),
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
        directed = policy_routes(device, interface) if device.kind.forwards else []
        if directed:
            form["policy_routes"] = directed
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
        upper = self._plane.closure is Closure.UPPER
        if device.management is None and upper:
            return [{}]
        found: list[Match | None] = [
            match_of(matched_addresses(access.sources), None, access.services)
            for access in device.management or ()
            if not access.interfaces or interface.id in access.interfaces
        ]
        found += [
            match_of(_just(far), _just(near), services)
            for near, far, services in self._plane.tunnels_of(device.id)
        ]
        return in_order(match for match in found if match is not None)

    def _admitted(self, device: Device, interface: L3Interface) -> PacketSet:
        """Return what `_admits` says as a set."""
        plane = self._plane
        if device.management is None and plane.closure is Closure.UPPER:
            return plane.space.everything
        return plane.admitted_by_tunnels(device.id) | plane.space.union(
            [
                plane.filters.addresses(access.sources, source=True)
                & plane.filters.services(access.services)
                for access in device.management or ()
                if not access.interfaces or interface.id in access.interfaces
            ]
        )

    def _answered(self, stack: AttachmentPoint) -> PacketSet:
        """Return the replies to what a device may send, wherever that leaves."""
        own = [
            origin.may_send
            for origin in self._plane.origins
            if (origin.point.kind, origin.point.node) == (stack.kind, stack.node)
        ]
        return self._plane.space.union(own).mirror()


def _just(address: IPAddress) -> list[Json]:
    return range_addresses((AddressRange.of_address(address),))


def _require(said_all: bool, point: AttachmentPoint) -> None:  # noqa: FBT001 - it is the subject
    """Stop where the canonical form would say less, or more, than the engine computes with."""
    if not said_all:
        raise ValueError(f"the canonical form has no words for what happens at {point}")
