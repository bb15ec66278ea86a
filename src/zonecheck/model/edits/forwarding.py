"""Edits of routes, address translation and management access."""

from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network

from zonecheck.model.address import AddressRange
from zonecheck.model.device import Device, L3Interface, ManagementAccess, Route
from zonecheck.model.edits.edit import (
    Edit,
    EditError,
    device_of,
    host_of,
    item_at,
    with_device,
)
from zonecheck.model.edits.rules import ADDED, services_of
from zonecheck.model.filter import ANY_ADDRESS, AddressMatch
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.model.topology import Topology


@dataclass(frozen=True, slots=True)
class AddRoute(Edit):
    """A static route to a prefix by a next hop on a connected network."""

    device: str
    prefix: str
    next_hop: str

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the route, the last of its device."""
        device = device_of(topology, self.device)
        try:
            prefix, hop = ip_network(self.prefix), ip_address(self.next_hop)
        except ValueError as error:
            raise EditError(str(error)) from error
        if device.routes is None:
            raise EditError(f"the routes of {self.device!r} are not declared")
        if prefix.version != hop.version:
            raise EditError(f"{prefix} and {hop} are of different IP versions")
        for interface in device.interfaces:
            if any(hop in address.network for address in interface.addresses):
                route = Route(prefix, (hop,), vrf=interface.vrf)
                return with_device(topology, replace(device, routes=(*device.routes, route)))
        raise EditError(f"{self.device!r} is not connected to {hop}")


@dataclass(frozen=True, slots=True)
class RemoveRoute(Edit):
    """A static route is taken out."""

    device: str
    position: int

    def apply(self, topology: Topology) -> Topology:
        """Return the topology without the route."""
        device = device_of(topology, self.device)
        item_at(device.routes, self.position, f"route of {self.device!r}")
        routes = tuple(r for at, r in enumerate(device.routes or ()) if at != self.position)
        return with_device(topology, replace(device, routes=routes))


@dataclass(frozen=True, slots=True)
class Publish(Edit):
    """What comes in by an interface for a port of its address goes on to a host."""

    device: str
    interface: str
    host: str
    protocol: str = "tcp"
    port: int = 443

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the destination translated, before all other translations."""
        device, interface = _interface(topology, self.device, self.interface)
        inside = [a for card in host_of(topology, self.host).interfaces for a in card.addresses]
        for address in interface.addresses:
            for target in inside:
                if target.version == address.version:
                    rule = NatRule(
                        ADDED,
                        DESTINATION_NAT,
                        destinations=_only(AddressRange.of_address(address.ip)),
                        services=services_of(self.protocol, self.port),
                        in_interfaces=(interface.id,),
                        destination_to=AddressRange.of_address(target.low),
                    )
                    return with_device(topology, replace(device, nat=(rule, *device.nat)))
        raise EditError(f"{self.interface!r} and {self.host!r} have no IP version in common")


@dataclass(frozen=True, slots=True)
class Masquerade(Edit):
    """What leaves by an interface gets the interface's address for a source."""

    device: str
    interface: str

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the source translated, before all other translations."""
        device, interface = _interface(topology, self.device, self.interface)
        if not interface.addresses:
            raise EditError(f"{self.interface!r} of {self.device!r} has no address")
        first = AddressRange.of_address(interface.addresses[0].ip)
        rule = NatRule(ADDED, SOURCE_NAT, out_interfaces=(interface.id,), source_to=(first,))
        return with_device(topology, replace(device, nat=(rule, *device.nat)))


@dataclass(frozen=True, slots=True)
class RemoveNat(Edit):
    """A line of the translation table is taken out."""

    device: str
    position: int

    def apply(self, topology: Topology) -> Topology:
        """Return the topology without the translation."""
        device = device_of(topology, self.device)
        item_at(device.nat, self.position, f"translation of {self.device!r}")
        nat = tuple(r for at, r in enumerate(device.nat) if at != self.position)
        return with_device(topology, replace(device, nat=nat))


@dataclass(frozen=True, slots=True)
class OpenManagement(Edit):
    """Anybody may open a session to the device itself."""

    device: str

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the device open to all."""
        device = device_of(topology, self.device)
        if device.management is None:
            raise EditError(f"the management of {self.device!r} is not declared")
        access = (*device.management, ManagementAccess(ANY_ADDRESS))
        return with_device(topology, replace(device, management=access))


def _interface(topology: Topology, device: str, name: str) -> tuple[Device, L3Interface]:
    owner = device_of(topology, device)
    if not owner.kind.forwards:
        raise EditError(f"{device!r} does not forward, so it translates nothing")
    for interface in owner.interfaces:
        if interface.id == name:
            return owner, interface
    raise EditError(f"{device!r} has no interface {name!r}")


def _only(item: AddressRange) -> AddressMatch:
    return AddressMatch((item,), text=str(item))
