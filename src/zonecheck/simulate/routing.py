"""Which way a packet leaves a forwarding node (docs/semantics.md, section 4, step 5)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from zonecheck.model.address import IPAddress, IPNetwork
from zonecheck.model.device import Device
from zonecheck.model.host import Host
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology


@dataclass(frozen=True, slots=True)
class Exit:
    """Out of an interface: to the owner of the destination, or to a next hop, or to anyone.

    `route` is where the static route that leads there is written, `policy_route` the name of the
    policy route that did.
    """

    interface: str
    next_hop: IPAddress | None = None
    anyone: bool = False
    route: Source | None = field(default=None, compare=False)
    policy_route: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One route; a route with `discard` or one that leads nowhere has no exits."""

    prefix: IPNetwork
    exits: tuple[Exit, ...]
    source: Source
    connected: bool = False
    discard: bool = False


@dataclass(frozen=True, slots=True)
class RouteTable:
    """The connected prefixes and static routes of one VRF."""

    entries: tuple[Entry, ...]

    def best(self, address: IPAddress) -> tuple[Entry, ...]:
        """Return the routes of the longest prefix, the connected ones if there are any."""
        found = [entry for entry in self.entries if address in entry.prefix]
        if not found:
            return ()
        longest = max(entry.prefix.prefixlen for entry in found)
        found = [entry for entry in found if entry.prefix.prefixlen == longest]
        return tuple([entry for entry in found if entry.connected] or found)


@dataclass(frozen=True, slots=True)
class _Static:
    prefix: IPNetwork
    next_hops: tuple[IPAddress, ...]
    interface: str | None
    source: Source
    discard: bool = False


def device_tables(device: Device) -> dict[str, RouteTable] | None:
    """Return the route tables of a device by VRF, None if its routes are not declared."""
    if device.routes is None:
        return None
    vrfs = {face.vrf for face in device.interfaces} | {route.vrf for route in device.routes}
    tables = {}
    for vrf in sorted(vrfs):
        statics = [
            _Static(r.prefix, r.next_hops, r.interface, r.source, discard=r.discard)
            for r in device.routes
            if r.vrf == vrf
        ]
        tables[vrf] = _table(links_of(device, vrf).entries, statics)
    return tables


def links_of(device: Device, vrf: str) -> RouteTable:
    """Return the connected prefixes of a VRF."""
    return RouteTable(
        tuple(
            Entry(item.network, (Exit(face.id),), face.source, connected=True)
            for face in device.interfaces
            if face.vrf == vrf
            for item in face.addresses
        )
    )


def host_table(host: Host, topology: Topology) -> RouteTable | None:
    """Return the route table of a forwarding host, None if its routes are not declared."""
    if host.routes is None:
        return None
    connected = [
        Entry(prefix, (Exit(card.id),), card.source, connected=True)
        for card in host.interfaces
        if card.segment in topology.segment_by_id
        for prefix in topology.segment_by_id[card.segment].prefixes
    ]
    statics = [
        _Static(r.prefix, (r.next_hop,) if r.next_hop else (), r.interface, r.source)
        for r in host.routes
    ]
    return _table(connected, statics)


def _table(connected: Iterable[Entry], statics: Iterable[_Static]) -> RouteTable:
    links = RouteTable(tuple(connected))
    resolved = tuple(
        Entry(route.prefix, _exits(route, links), route.source, discard=route.discard)
        for route in statics
    )
    return RouteTable(links.entries + resolved)


def _exits(route: _Static, links: RouteTable) -> tuple[Exit, ...]:
    if route.discard:
        return ()
    return exits_of(route.next_hops, route.interface, route.source, links)


def exits_of(
    next_hops: tuple[IPAddress, ...], interface: str | None, source: Source, links: RouteTable
) -> tuple[Exit, ...]:
    """Return where a route leads; next hops are looked up in the connected prefixes.

    A route that names next hops and an interface reaches them through that interface too.
    """
    if not next_hops:
        return (Exit(interface, route=source),) if interface is not None else ()
    exits = [
        Exit(link.interface, next_hop, route=source)
        for next_hop in next_hops
        for entry in links.best(next_hop)
        for link in entry.exits
    ]
    if interface is not None:
        exits += [Exit(interface, next_hop, route=source) for next_hop in next_hops]
    return tuple(dict.fromkeys(exits))
