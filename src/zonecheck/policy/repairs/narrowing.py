"""Rules cut down to the declared flows they carry."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from zonecheck.model.address import AddressRange
from zonecheck.model.channel import Leg
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.filter import Action, AddressMatch, Filter, Rule
from zonecheck.model.service import PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.sanitisers import zones_of_end

TCP = 6


def narrowed(
    topology: Topology, item: Filter, rule: Rule, *, facing: bool = False
) -> tuple[Rule, ...] | None:
    """Return a permit as one rule for each declared leg it carries; None if that changes nothing.

    A rule of a stateless filter carries the replies of a leg, too. With `facing`, a leg to or from
    a two-sided host is one of the side that lies in a zone of its other end: who declares mail
    for a sanitiser names the host, and means the card that takes it.
    """
    if rule.action is not Action.PERMIT:
        return None
    kept: list[Rule] = []
    for leg in topology.declared_legs():
        for origin, destination, services in _directions(topology, leg, item, facing=facing):
            part = _cut(rule, origin, destination, services)
            if part is not None and part not in kept:
                kept.append(part)
    return None if not kept or rule in kept else tuple(kept)


Ranges = tuple[AddressRange, ...] | None


def _directions(
    topology: Topology, leg: Leg, item: Filter, *, facing: bool
) -> Iterator[tuple[Ranges, Ranges, tuple[Service, ...]]]:
    """Yield from where to where and by what services a leg goes, and its replies."""
    origin = _addresses(topology, leg.origin, leg.destination if facing else None)
    destination = _addresses(topology, leg.destination, leg.origin if facing else None)
    if destination is not None:
        destination = (*destination, *leg.addressed_as)
    yield origin, destination, leg.services
    if not item.stateful:
        yield destination, origin, tuple(_answering(service) for service in leg.services)


def _addresses(topology: Topology, end: EndpointRef, towards: EndpointRef | None) -> Ranges:
    """Return the addresses of an end, of a two-sided host those of its side towards the other."""
    host = topology.host_by_id.get(end.id) if end.kind is EndpointKind.HOST else None
    if towards is not None and host is not None and host.two_sided:
        zones = zones_of_end(topology, towards)
        cards = [c for c in host.interfaces if topology.zone_of_segment(c.segment) in zones]
        addresses = tuple(each for card in cards for each in card.addresses)
        if addresses:
            return addresses
    return topology.addresses_of(end)


def _answering(service: Service) -> Service:
    return replace(
        service,
        ports=service.source_ports,
        source_ports=service.ports,
        icmp_types=(),
        established=service.protocol == TCP,
        opening=False,
    )


def _cut(
    rule: Rule, origin: Ranges, destination: Ranges, services: tuple[Service, ...]
) -> Rule | None:
    """Return what of a rule lies in a leg, None if nothing does."""
    sources = _match(rule.sources, origin)
    destinations = _match(rule.destinations, destination)
    kept = _services(rule.services, services)
    if sources is None or destinations is None or kept is None:
        return None
    return replace(rule, sources=sources, destinations=destinations, services=kept)


def _match(match: AddressMatch, ranges: Ranges) -> AddressMatch | None:
    if ranges is None:
        return match
    if match.ranges is None:
        return AddressMatch(ranges, text=", ".join(map(str, ranges))) if ranges else None
    if match.negated:
        return None
    if all(any(_within(one, other) for other in ranges) for one in match.ranges):
        return match
    both = tuple(
        AddressRange(max(a.low, b.low), min(a.high, b.high))
        for a, b in product(match.ranges, ranges)
        if _overlap(a, b)
    )
    return AddressMatch(both, text=", ".join(map(str, both))) if both else None


def _within(one: AddressRange, other: AddressRange) -> bool:
    return one.low in other and one.high in other


def _overlap(one: AddressRange, other: AddressRange) -> bool:
    (low, high), (first, last) = one.interval, other.interval
    return one.version == other.version and low <= last and first <= high


def _services(ones: tuple[Service, ...], others: tuple[Service, ...]) -> tuple[Service, ...] | None:
    if not ones or not others:
        return others or ones
    both = [_meet(one, other) for one, other in product(ones, others)]
    found = tuple(dict.fromkeys(service for service in both if service is not None))
    return found or None


def _meet(one: Service, other: Service) -> Service | None:
    """Return what two services have in common."""
    if one.protocol is None or other.protocol is None:
        return other if one.protocol is None else one
    if one.protocol != other.protocol:
        return None
    ports = _numbers(one.ports, other.ports)
    source_ports = _numbers(one.source_ports, other.source_ports)
    icmp_types = _numbers(one.icmp_types, other.icmp_types)
    established = one.established or other.established
    opening = one.opening or other.opening
    if ports is None or source_ports is None or icmp_types is None or (established and opening):
        return None
    return Service(one.protocol, ports, source_ports, icmp_types, established, opening)


def _numbers(
    ones: tuple[PortRange, ...], others: tuple[PortRange, ...]
) -> tuple[PortRange, ...] | None:
    """Return the numbers in both, where none at all means any; None if there are none."""
    if not ones or not others:
        return ones or others
    both = tuple(
        PortRange(max(a.low, b.low), min(a.high, b.high))
        for a, b in product(ones, others)
        if a.low <= b.high and b.low <= a.high
    )
    return both or None
