"""The routes shortest paths give to devices that declare none (docs/semantics.md, section 4).

Routers are the devices and hosts that forward, one for each VRF. Two are adjacent where they have
interfaces in one broadcast domain; a path is as long as it has hops. The routes found are those
of a link-state protocol with equal costs everywhere: all next hops of all shortest paths.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Address, IPv6Address, ip_network, summarize_address_range

from zonecheck.dataplane.broadcast import BroadcastDomains
from zonecheck.model.address import AddressRange, IPAddress, IPNetwork
from zonecheck.model.device import Device, L3Interface, Route
from zonecheck.model.external import External, ExternalEdge, Openness
from zonecheck.model.host import Host, HostInterface, HostRoute
from zonecheck.model.topology import Topology

DEFAULTS: tuple[IPNetwork, ...] = (ip_network("0.0.0.0/0"), ip_network("::/0"))
Router = tuple[str, str]
"""A node that forwards and one of its VRFs."""


@dataclass(frozen=True, slots=True)
class Hop:
    """A way out of a router: an interface and the address of who is next there."""

    interface: str
    address: IPAddress


@dataclass(frozen=True, slots=True)
class _Card:
    router: Router
    interface: str
    addresses: tuple[IPAddress, ...]
    prefixes: tuple[IPNetwork, ...]
    domains: tuple[int, ...]


@dataclass
class _Destination:
    """Who is connected to a prefix, and by which last hops (none: the prefix is on link)."""

    last: dict[Router, set[Hop]] = field(default_factory=dict)


def with_shortest_paths(topology: Topology) -> Topology:
    """Return the topology with routes for every device and forwarding host that declares none.

    A prefix that no path leads to gets no route. The topology must be in one state.
    """
    routes = _Paths(topology).routes()
    return replace(
        topology,
        devices=tuple(_device_with(device, routes) for device in topology.devices),
        hosts=tuple(_host_with(host, routes) for host in topology.hosts),
    )


_Routes = dict[Router, dict[IPNetwork, tuple[Hop, ...]]]


def _device_with(device: Device, routes: _Routes) -> Device:
    if not device.kind.forwards or device.routes is not None:
        return device
    found = [
        Route(prefix, (hop.address,), interface=hop.interface, vrf=vrf, source=device.source)
        for vrf in sorted({interface.vrf for interface in device.interfaces})
        for prefix, hops in routes.get((device.id, vrf), {}).items()
        for hop in hops
    ]
    return replace(device, routes=tuple(found))


def _host_with(host: Host, routes: _Routes) -> Host:
    if not _forwards(host) or host.routes is not None:
        return host
    found = [
        HostRoute(prefix, hop.address, interface=hop.interface, source=host.source)
        for prefix, hops in routes.get((host.id, "default"), {}).items()
        for hop in hops
    ]
    return replace(host, routes=tuple(found))


def _forwards(host: Host) -> bool:
    return host.ip_forward is True


class _Paths:
    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._domains = BroadcastDomains(topology)
        self._cards = tuple(self._find_cards())
        self._in_domain: dict[int, list[_Card]] = {}
        for card in self._cards:
            for domain in card.domains:
                self._in_domain.setdefault(domain, []).append(card)
        self._adjacent = {version: self._find_adjacent(version) for version in (4, 6)}

    def routes(self) -> _Routes:
        """Return for each router the next hops of each prefix that is not its own."""
        found: _Routes = {}
        for prefix, destination in sorted(self._destinations().items(), key=_prefix_order):
            for router, hops in self._towards(prefix, destination):
                found.setdefault(router, {})[prefix] = hops
        return found

    def _find_cards(self) -> Iterator[_Card]:
        for device in self._topology.devices:
            if device.kind.forwards:
                for face in device.interfaces:
                    yield self._card(device.id, face.vrf, face)
        for host in self._topology.hosts:
            if _forwards(host):
                for card in host.interfaces:
                    yield self._card(host.id, "default", card)

    def _card(self, node: str, vrf: str, interface: L3Interface | HostInterface) -> _Card:
        domains = self._domains.domains_of(node, interface)
        if isinstance(interface, L3Interface):
            addresses = tuple(item.ip for item in interface.addresses)
            prefixes = tuple(item.network for item in interface.addresses)
        else:
            addresses = tuple(item.low for item in interface.addresses)
            segment = self._topology.segment_by_id.get(interface.segment or "")
            prefixes = () if segment is None else segment.prefixes
        return _Card((node, vrf), interface.id, addresses, prefixes, domains)

    def _find_adjacent(self, version: int) -> dict[Router, dict[Router, set[Hop]]]:
        """Return by router its neighbours and the hops that lead there."""
        found: dict[Router, dict[Router, set[Hop]]] = {}
        for cards in self._in_domain.values():
            for card in cards:
                for other in cards:
                    if other.router[0] == card.router[0]:
                        continue
                    hops = found.setdefault(card.router, {}).setdefault(other.router, set())
                    hops |= {
                        Hop(card.interface, a) for a in other.addresses if a.version == version
                    }
        return found

    def _destinations(self) -> dict[IPNetwork, _Destination]:
        found: dict[IPNetwork, _Destination] = {}
        for card in self._cards:
            if card.domains:
                for prefix in card.prefixes:
                    found.setdefault(prefix, _Destination()).last.setdefault(card.router, set())
        for external in self._topology.externals:
            for edge in external.edges:
                for card in self._beside(external, edge):
                    for prefix in _prefixes_of(external):
                        hops = self._to_edge(card, edge, prefix.version)
                        if hops:
                            ways = found.setdefault(prefix, _Destination()).last
                            ways.setdefault(card.router, set()).update(hops)
        return found

    def _beside(self, external: External, edge: ExternalEdge) -> Iterator[_Card]:
        for domain in self._domains.domains_of_edge(external.id, edge):
            yield from self._in_domain.get(domain, ())

    def _to_edge(self, card: _Card, edge: ExternalEdge, version: int) -> set[Hop]:
        """Return the hop to an edge: its address, or one it may have made itself."""
        own = [item.low for item in edge.addresses if item.version == version]
        if edge.addresses:
            return {Hop(card.interface, address) for address in own}
        free = self._free_address(edge.segment, version)
        return set() if free is None else {Hop(card.interface, free)}

    def _free_address(self, segment: str, version: int) -> IPAddress | None:
        claimed = _claimed(self._topology)
        for prefix in self._topology.segment_by_id[segment].prefixes:
            if prefix.version != version:
                continue
            value, last = int(prefix.network_address) + 1, int(prefix.broadcast_address)
            while value < last:
                address = IPv4Address(value) if version == 4 else IPv6Address(value)
                holding = next((item for item in claimed if address in item), None)
                if holding is None:
                    return address
                value = int(holding.high) + 1
        return None

    def _towards(
        self, prefix: IPNetwork, destination: _Destination
    ) -> Iterator[tuple[Router, tuple[Hop, ...]]]:
        """Yield the next hops of each router that has a path, the nearest routers first."""
        for router, hops in destination.last.items():
            if hops:
                yield router, _ordered(hops)
        adjacent = self._adjacent[prefix.version]
        reached = set(destination.last)
        frontier = set(destination.last)
        while frontier:
            nearer: dict[Router, set[Hop]] = {}
            for router, neighbours in adjacent.items():
                if router not in reached:
                    ways = {
                        hop for other in neighbours.keys() & frontier for hop in neighbours[other]
                    }
                    if ways:
                        nearer[router] = ways
            for router in sorted(nearer):
                yield router, _ordered(nearer[router])
            reached |= nearer.keys()
            frontier = set(nearer)


def _prefixes_of(external: External) -> list[IPNetwork]:
    """Return what routes towards an external network are for.

    Its prefixes and peers; for one that is not closed, or declares neither, everything.
    """
    found = list(external.prefixes)
    for peer in external.peers:
        for item in peer.addresses:
            found += summarize_address_range(item.low, item.high)
    if external.openness is not Openness.CLOSED or not found:
        found += DEFAULTS
    return list(dict.fromkeys(found))


def _claimed(topology: Topology) -> tuple[AddressRange, ...]:
    found: list[AddressRange] = []
    for host in topology.hosts:
        for card in host.interfaces:
            found += card.addresses
    for device in topology.devices:
        for face in device.interfaces:
            found += (AddressRange.of_address(item.ip) for item in face.addresses)
    for external in topology.externals:
        for edge in external.edges:
            found += edge.addresses
        for peer in external.peers:
            found += peer.addresses
    return tuple(found)


def _ordered(hops: Iterable[Hop]) -> tuple[Hop, ...]:
    return tuple(sorted(hops, key=lambda hop: (hop.interface, int(hop.address))))


def _prefix_order(item: tuple[IPNetwork, _Destination]) -> tuple[int, int, int]:
    prefix = item[0]
    return prefix.version, int(prefix.network_address), prefix.prefixlen
