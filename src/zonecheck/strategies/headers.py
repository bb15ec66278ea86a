"""Concrete headers, biased to what a topology names and to the edges of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from zonecheck.model.address import AddressRange, IPNetwork
from zonecheck.model.filter import AddressMatch, Filter
from zonecheck.model.service import PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.strategies.addresses import BITS, FOREIGN, VERSIONS
from zonecheck.strategies.choice import Chooser, check_flags
from zonecheck.strategies.lazy import lazily
from zonecheck.strategies.services import PORTS, PROTOCOLS, TCP, has_ports, has_types

HIGHEST_PORT, HIGHEST_TYPE = 65535, 255
FIRST_OF_SEGMENT = 8
TYPES = (8, 0, 3, 11, 128, 129, 1, 255)


@dataclass(frozen=True, slots=True)
class HeaderValues:
    """One header (docs/semantics.md, section 3) as plain numbers, of neither engine's types.

    For ICMP on IPv4 and ICMPv6 on IPv6 the destination port is the type. A non-first fragment has
    neither ports nor a type.
    """

    version: int
    destination: int
    source: int
    protocol: int
    destination_port: int
    source_port: int
    established: bool
    fragment: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """What headers are drawn near of: addresses by IP version, and services."""

    declared: dict[int, tuple[int, ...]]
    unclaimed: dict[int, tuple[int, ...]]
    named: dict[int, tuple[int, ...]]
    services: tuple[Service, ...]
    fragments: bool


@lazily
def headers(topology: Topology, *, fragments: bool = True) -> st.SearchStrategy[HeaderValues]:
    """Return a strategy for headers, some of them of non-first fragments unless told otherwise.

    Addresses are declared ones, neighbours of the bounds of every range the topology names,
    unclaimed and foreign ones; protocols and ports are those of its services and their
    neighbours.
    """
    if not isinstance(topology, Topology):
        raise InvalidArgument(f"topology={topology!r} must be a Topology")
    check_flags(fragments=fragments)
    declared = {version: _points(declared_ranges(topology), version) for version in VERSIONS}
    unclaimed = {version: _unclaimed(topology, version) for version in VERSIONS}
    named = {version: _points(_named(topology), version, around=1) for version in VERSIONS}
    services = tuple(dict.fromkeys(_services(topology)))

    return _header(_Named(declared, unclaimed, named, services, fragments))


# Made once and not for each topology: hypothesis reads the source of every composite it makes.
@st.composite
def _header(draw: st.DrawFn, near: _Named) -> HeaderValues:
    choose = Chooser(draw)
    known = tuple(v for v in VERSIONS if near.declared[v] or near.named[v])
    version = choose.pick(known) if known and choose.usually(8) else choose.pick(VERSIONS)
    tables = (near.declared, near.unclaimed, near.named, near.declared)
    pools = [table[version] for table in tables if table[version]]
    pools.append(_points(map(AddressRange.of_network, FOREIGN[version]), version))
    destination = choose.pick(choose.pick(pools))
    source = choose.pick(choose.pick(pools))
    if near.fragments and choose.chance(8):
        return _fragment(choose, version, destination, source)
    return _over(choose, version, destination, source, near.services)


def _over(
    choose: Chooser, version: int, destination: int, source: int, services: tuple[Service, ...]
) -> HeaderValues:
    """Return a header whose protocol and ports lie in, or just beside, one of the services."""
    service = choose.pick(services) if services and choose.usually(4) else Service()
    protocol = service.protocol
    if protocol is None or choose.chance(8):
        protocol = choose.pick(PROTOCOLS)
    destination_port = source_port = 0
    if has_ports(protocol):
        destination_port = _number(choose, service.ports, PORTS, HIGHEST_PORT)
        source_port = _number(choose, service.source_ports, PORTS[3:], HIGHEST_PORT)
    elif has_types(version, protocol):
        destination_port = _number(choose, service.icmp_types, TYPES, HIGHEST_TYPE)
    established = protocol == TCP and choose.chance(3)
    return HeaderValues(
        version, destination, source, protocol, destination_port, source_port, established
    )


def _fragment(choose: Chooser, version: int, destination: int, source: int) -> HeaderValues:
    numbered = [p for p in PROTOCOLS if has_ports(p) or has_types(version, p)]
    protocol = choose.pick(numbered)
    return HeaderValues(
        version, destination, source, protocol, 0, 0, established=False, fragment=True
    )


def _number(
    choose: Chooser, ranges: tuple[PortRange, ...], usual: tuple[int, ...], highest: int
) -> int:
    if not ranges or choose.chance(5):
        return choose.pick(usual)
    chosen = choose.pick(ranges)
    bound = choose.pick((chosen.low, chosen.high, chosen.low - 1, chosen.high + 1))
    return min(max(bound, 0), highest)


def _points(ranges: Iterable[AddressRange], version: int, *, around: int = 0) -> tuple[int, ...]:
    """Return the bounds of ranges of one IP version and the addresses just inside and outside."""
    found: dict[int, None] = {}
    for item in ranges:
        if item.version != version:
            continue
        low, high = item.interval
        steps = range(-around, around + 1)
        found |= dict.fromkeys(bound + step for step in steps for bound in (low, high))
    return tuple(value for value in found if 0 <= value < 1 << BITS[version])


def _unclaimed(topology: Topology, version: int) -> tuple[int, ...]:
    """Return some addresses of each segment that nobody declares."""
    taken = [item.interval for item in declared_ranges(topology) if item.version == version]
    found: dict[int, None] = {}
    for segment in topology.segments:
        for item in segment.ranges:
            if item.version == version:
                low, high = item.interval
                near = (*range(low, min(low + FIRST_OF_SEGMENT, high + 1)), high - 1, high)
                found |= dict.fromkeys(value for value in near if low <= value)
    return tuple(v for v in found if not any(low <= v <= high for low, high in taken))


def declared_ranges(topology: Topology) -> Iterator[AddressRange]:
    """Yield the addresses that hosts, devices, edges and peers declare."""
    for host in topology.hosts:
        for card in host.interfaces:
            yield from card.addresses
    for device in topology.devices:
        for interface in device.interfaces:
            yield from (AddressRange.of_address(address.ip) for address in interface.addresses)
    for external in topology.externals:
        for edge in external.edges:
            yield from edge.addresses
        for peer in external.peers:
            yield from peer.addresses


def _named(topology: Topology) -> Iterator[AddressRange]:
    """Yield every range in the topology but the declared ones, filters included."""
    networks: list[IPNetwork] = []
    matches: list[AddressMatch] = []
    for segment in topology.segments:
        networks += segment.prefixes
    for external in topology.externals:
        networks += external.prefixes
    for host in topology.hosts:
        networks += (route.prefix for route in host.routes or ())
    for device in topology.devices:
        networks += (route.prefix for route in device.routes or ())
        for interface in device.interfaces:
            networks += (address.network for address in interface.addresses)
            networks += interface.sources or ()
        matches += (access.sources for access in device.management or ())
    for item in _filters(topology):
        for rule in (*(item.rules or ()), *(item.session_rules or ())):
            matches += (rule.sources, rule.destinations)
    yield from map(AddressRange.of_network, networks)
    for match in matches:
        yield from match.ranges or ()


def _services(topology: Topology) -> Iterator[Service]:
    for item in _filters(topology):
        for rule in (*(item.rules or ()), *(item.session_rules or ())):
            yield from rule.services
    for device in topology.devices:
        for access in device.management or ():
            yield from access.services
        for opening in device.opens:
            yield from opening.services
    for leg in topology.declared_legs():
        yield from leg.services


def _filters(topology: Topology) -> Iterator[Filter]:
    for device in topology.devices:
        yield from device.filters
        if device.policy is not None:
            yield device.policy
