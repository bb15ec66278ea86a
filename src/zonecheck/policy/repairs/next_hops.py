"""Routes whose next hop is in no connected prefix any more: no file may hold them."""

from collections.abc import Iterable
from dataclasses import replace

from zonecheck.model.address import IPAddress
from zonecheck.model.device import Device, L3Interface, PolicyRoute, Route, Standby
from zonecheck.model.host import Host
from zonecheck.model.topology import Topology


def without_lost_hops(before: Topology, edited: Topology) -> Topology:
    """Return an edited topology without next hops that only what was taken out led to.

    A route with none left goes.
    """
    devices, hosts = before.device_by_id, before.host_by_id
    return replace(
        edited,
        devices=tuple(_device(devices[d.id], d) if d.id in devices else d for d in edited.devices),
        hosts=tuple(
            _host(before, hosts[h.id], edited, h) if h.id in hosts else h for h in edited.hosts
        ),
    )


def _device(before: Device, device: Device) -> Device:
    if before.interfaces == device.interfaces:
        return device

    def lost(vrf: str | None, hop: IPAddress) -> bool:
        return _leads(before.interfaces, vrf, hop) and not _leads(device.interfaces, vrf, hop)

    def route_left(route: Route) -> Route | None:
        hops = tuple(hop for hop in route.next_hops if not lost(route.vrf, hop))
        if route.next_hops and not hops:
            return None
        return route if hops == route.next_hops else replace(route, next_hops=hops)

    def routes_left(routes: tuple[Route, ...] | None) -> tuple[Route, ...] | None:
        if routes is None:
            return None
        return tuple(left for route in routes if (left := route_left(route)) is not None)

    def policy_left(route: PolicyRoute) -> bool:
        return route.next_hop is None or not lost(None, route.next_hop)

    def member_left(member: Standby) -> Standby:
        return replace(member, routes=routes_left(member.routes))

    return replace(
        device,
        routes=routes_left(device.routes),
        policy_routes=tuple(filter(policy_left, device.policy_routes)),
        standby=tuple(map(member_left, device.standby)),
    )


def _leads(interfaces: Iterable[L3Interface], vrf: str | None, hop: IPAddress) -> bool:
    """Return whether an address is in a connected prefix of a VRF, of any for None."""
    return any(
        hop in address.network
        for interface in interfaces
        if vrf in (None, interface.vrf)
        for address in interface.addresses
        if address.version == hop.version
    )


def _host(before: Topology, was: Host, edited: Topology, host: Host) -> Host:
    if host.routes is None or was.interfaces == host.interfaces:
        return host
    routes = tuple(
        route
        for route in host.routes
        if route.next_hop is None
        or not _beside(before, was, route.next_hop)
        or _beside(edited, host, route.next_hop)
    )
    return replace(host, routes=routes)


def _beside(topology: Topology, host: Host, hop: IPAddress) -> bool:
    """Return whether an address is in a prefix of a segment a host stands in."""
    segments = (topology.segment_by_id.get(card.segment or "") for card in host.interfaces)
    return any(
        hop.version == prefix.version and hop in prefix
        for segment in segments
        if segment is not None
        for prefix in segment.prefixes
    )
