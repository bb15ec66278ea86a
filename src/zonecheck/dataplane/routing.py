"""Routes compiled to destination classes (docs/semantics.md, section 4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from zonecheck.model.address import IPAddress, IPNetwork
from zonecheck.model.device import Device
from zonecheck.model.host import Host
from zonecheck.model.topology import Topology
from zonecheck.packets import Intervals, PacketSet, PacketSpace, prefix_classes


@dataclass(frozen=True, slots=True, order=True)
class Exit:
    """One way out: an interface, and the next hop there (None: the destination itself)."""

    interface: str
    next_hop: IPAddress | None = None

    @property
    def key(self) -> tuple[str, int, int]:
        """Return a key that sorts exits the same way everywhere."""
        hop = self.next_hop
        return self.interface, 0 if hop is None else hop.version, 0 if hop is None else int(hop)


Label = frozenset[Exit]
Fib = dict[IPNetwork, Label]


class Routing:
    """For each (node, VRF) the headers that leave by each exit; None where not declared."""

    def __init__(self, topology: Topology, space: PacketSpace) -> None:
        self._space = space
        self._fibs = _fibs(topology)
        self._routed: dict[tuple[str, str], PacketSet] = dict.fromkeys(self._fibs, space.empty)
        self._classes: dict[int, list[Intervals]] = {}
        self._exits = self._compile(self._fibs)

    def for_topology(self, topology: Topology) -> "Routing":
        """Return the routing of another topology: this one, if its tables are the same."""
        return self if _fibs(topology) == self._fibs else Routing(topology, self._space)

    def declared(self, node: str, vrf: str) -> bool:
        """Return whether the routes of a VRF are declared."""
        return (node, vrf) in self._exits

    def exits(self, node: str, vrf: str) -> dict[Exit, PacketSet]:
        """Return the headers that may leave by each exit of a VRF with declared routes."""
        return self._exits[node, vrf]

    def routed(self, node: str, vrf: str) -> PacketSet:
        """Return the headers to addresses a VRF has any route for, discarding ones included."""
        return self._routed[node, vrf]

    def class_of(self, version: int, address: int) -> Intervals:
        """Return the addresses that every node with declared routes forwards like this one."""
        for intervals in self._classes[version]:
            if any(low <= address <= high for low, high in intervals):
                return intervals
        return ((address, address),)

    def _compile(
        self, fibs: dict[tuple[str, str], Fib]
    ) -> dict[tuple[str, str], dict[Exit, PacketSet]]:
        keys = list(fibs)
        exits: dict[tuple[str, str], dict[Exit, PacketSet]] = {key: {} for key in keys}
        for version in (4, 6):
            tables = [_table(fibs[key], version) for key in keys]
            found: dict[tuple[tuple[str, str], Exit], list[tuple[int, int]]] = {}
            classes = prefix_classes(tables, version)
            self._classes[version] = [item.intervals for item in classes]
            for item in classes:
                for key, label in zip(keys, item.labels, strict=True):
                    if label is None:
                        continue
                    self._routed[key] |= self._space.box(version, dst=item.intervals)
                    for way in label:
                        found.setdefault((key, way), []).extend(item.intervals)
            for (key, way), intervals in found.items():
                to = self._space.box(version, dst=intervals)
                exits[key][way] = exits[key].get(way, self._space.empty) | to
        return {
            key: dict(sorted(ways.items(), key=lambda w: w[0].key)) for key, ways in exits.items()
        }


def _fibs(topology: Topology) -> dict[tuple[str, str], Fib]:
    """Return the forwarding tables of all nodes with declared routes, by node and VRF."""
    fibs: dict[tuple[str, str], Fib] = {}
    for device in topology.devices:
        if device.kind.forwards and device.routes is not None:
            for vrf in sorted({i.vrf for i in device.interfaces}):
                fibs[device.id, vrf] = device_fib(device, vrf)
    for host in topology.hosts:
        if host.routes is not None:
            fibs[host.id, "default"] = host_fib(host, topology)
    return fibs


def device_fib(device: Device, vrf: str) -> Fib:
    """Return the forwarding table of one VRF: connected prefixes win over static routes."""
    members = [i for i in device.interfaces if i.vrf == vrf]
    connected = _gather((a.network, Exit(i.id)) for i in members for a in i.addresses)
    static: dict[IPNetwork, set[Exit]] = {}
    for route in device.routes or ():
        if route.vrf != vrf:
            continue
        ways = static.setdefault(route.prefix, set())
        if route.interface is not None and not route.next_hops:
            ways.add(Exit(route.interface))
        for hop in route.next_hops:
            ways.update(Exit(way.interface, hop) for way in _longest(connected, hop))
            if route.interface is not None:
                ways.add(Exit(route.interface, hop))
    return {prefix: frozenset(ways) for prefix, ways in static.items()} | connected


def connected_ways(device: Device, vrf: str, address: IPAddress) -> Label:
    """Return the connected ways of a VRF to an address on one of its links."""
    members = [i for i in device.interfaces if i.vrf == vrf]
    return _longest(_gather((a.network, Exit(i.id)) for i in members for a in i.addresses), address)


def host_fib(host: Host, topology: Topology) -> Fib:
    """Return the forwarding table of a host that forwards and declares routes."""
    on_link = [
        (prefix, interface.id)
        for interface in host.interfaces
        if interface.segment is not None
        for prefix in topology.segment_by_id[interface.segment].prefixes
    ]
    connected = _gather((prefix, Exit(name)) for prefix, name in on_link)
    static: dict[IPNetwork, set[Exit]] = {}
    for route in host.routes or ():
        ways = static.setdefault(route.prefix, set())
        if route.next_hop is None and route.interface is not None:
            ways.add(Exit(route.interface))
        elif route.next_hop is not None:
            ways.update(
                Exit(way.interface, route.next_hop) for way in _longest(connected, route.next_hop)
            )
            if route.interface is not None:
                ways.add(Exit(route.interface, route.next_hop))
    return {prefix: frozenset(ways) for prefix, ways in static.items()} | connected


def _longest(connected: Fib, address: IPAddress) -> Label:
    """Return the connected ways of the longest prefix that holds an address."""
    holding = [prefix for prefix in connected if address in prefix]
    best = max(holding, key=lambda prefix: prefix.prefixlen, default=None)
    return connected[best] if best is not None else frozenset()


def _gather(pairs: Iterable[tuple[IPNetwork, Exit]]) -> Fib:
    ways: dict[IPNetwork, set[Exit]] = {}
    for prefix, way in pairs:
        ways.setdefault(prefix, set()).add(way)
    return {prefix: frozenset(found) for prefix, found in ways.items()}


def _table(fib: Fib, version: int) -> list[tuple[int, int, int, Label]]:
    return [
        (int(p.network_address), int(p.broadcast_address), p.prefixlen, label)
        for p, label in fib.items()
        if p.version == version
    ]
