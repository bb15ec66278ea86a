"""Addresses, services and filters in the canonical form (docs/dataplane.md).

A *match* is a mapping with `src`, `dst` and `services`, a header being in it if it is in each;
what is absent is any, and an empty list is nothing. Interval lists are sorted, neither overlap nor
touch, and hold IPv4 before IPv6; an address is text of a fixed width (IPv4 dotted, IPv6 with all
its digits), because 128-bit numbers do not survive every reader of JSON.
"""

import json
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import TypeAlias

from zonecheck.dataplane.filtering import address_intervals, service_fields
from zonecheck.model.address import AddressRange, IPAddress, IPNetwork
from zonecheck.model.closure import Closure
from zonecheck.model.filter import ALG_PORTS, Action, AddressMatch, Filter, Rule
from zonecheck.model.service import Service
from zonecheck.packets import MAXIMA, Field, Interval, PacketSet, PacketSpace, normalise

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
Match = dict[str, Json]

VERSIONS = (4, 6)


def in_order(items: Iterable[Json]) -> list[Json]:
    """Return values, each once, in the order of their canonical text."""
    by_text = {json.dumps(item, sort_keys=True, ensure_ascii=False): item for item in items}
    return [by_text[text] for text in sorted(by_text)]


def address_text(address: IPAddress) -> str:
    """Return an address as text of a fixed width."""
    return address.exploded


def prefix_text(prefix: IPNetwork) -> str:
    """Return a prefix with its first address as text of a fixed width."""
    first = prefix.network_address
    digits = first.exploded if isinstance(prefix, IPv6Network) else str(first)
    return f"{digits}/{prefix.prefixlen}"


def interval_texts(version: int, intervals: Iterable[Interval]) -> list[Json]:
    """Return the intervals of one IP version as pairs of texts."""
    address = IPv4Address if version == 4 else IPv6Address
    return [
        [address_text(address(low)), address_text(address(high))]
        for low, high in intervals
        if low <= high
    ]


def destinations(headers: PacketSet) -> list[Json]:
    """Return the destination addresses that occur in a set."""
    return [pair for v in VERSIONS for pair in interval_texts(v, headers.destinations(v))]


def sources(headers: PacketSet) -> list[Json]:
    """Return the source addresses that occur in a set."""
    return [pair for v in VERSIONS for pair in interval_texts(v, headers.sources(v))]


def range_addresses(ranges: Iterable[AddressRange]) -> list[Json]:
    """Return the addresses that lie in any of some ranges."""
    found = tuple(ranges)
    return [
        pair
        for v in VERSIONS
        for pair in interval_texts(
            v, normalise((r.interval for r in found if r.version == v), MAXIMA[v][Field.DST])
        )
    ]


def matched_addresses(match: AddressMatch) -> list[Json] | None:
    """Return the addresses an address match accepts, None if it is every one."""
    by_version = {version: address_intervals(match, version) for version in VERSIONS}
    if all(intervals is None for intervals in by_version.values()):
        return None
    return [p for v, intervals in by_version.items() for p in interval_texts(v, intervals or ())]


def service_entries(services: tuple[Service, ...]) -> list[Json] | None:
    """Return what services accept, None if any of them is any service."""
    if not services or any(service.protocol is None for service in services):
        return None
    return in_order(entry for service in services for entry in _entries(service))


def _entries(service: Service) -> list[Json]:
    """Return one entry for both IP versions where they agree, else one for each that has any."""
    by_version: dict[int, list[Json]] = {}
    for version in VERSIONS:
        by_version[version] = []
        for protocols, dst_ports, src_ports, flags in service_fields(service, version):
            entry: dict[str, Json] = {"protocols": _pairs(protocols)}
            if dst_ports is not None:
                entry["dst_ports"] = _pairs(dst_ports)
            if src_ports is not None:
                entry["src_ports"] = _pairs(src_ports)
            if flags is not None:
                entry["established" if service.established else "opening"] = True
            by_version[version].append(entry)
    if by_version[4] == by_version[6]:
        return by_version[4]
    return [
        {**entry, "version": version}
        for version, entries in by_version.items()
        for entry in entries
        if isinstance(entry, dict)
    ]


def _pairs(intervals: Iterable[Interval] | None) -> list[Json]:
    return [[low, high] for low, high in sorted(intervals or ())]


def match_of(
    src: list[Json] | None, dst: list[Json] | None, services: tuple[Service, ...]
) -> Match | None:
    """Return the match with these sources, destinations and services; None if it is empty."""
    parts = {"src": src, "dst": dst, "services": service_entries(services)}
    if [] in parts.values():
        return None
    return {key: value for key, value in parts.items() if value is not None}


def filter_form(item: Filter, closure: Closure, *, conditions: bool) -> dict[str, Json]:
    """Return a filter as it acts under a closure.

    Without `conditions` those on interfaces are left out. Rules that match nothing, or under this
    closure do not count, are left out; an undeclared list is stateless and without rules. A rule
    on MAC addresses permits whatever they are, and denies nothing.
    """
    upper = closure is Closure.UPPER
    default = item.default if item.rules is not None else None
    if default is None:
        default = Action.PERMIT if upper else Action.DENY
    rules = _rule_forms(item.rules or (), closure, conditions=conditions)
    stateful = item.stateful and item.rules is not None
    found: dict[str, Json] = {"rules": rules, "default": default.value, "stateful": stateful}
    if stateful and item.loose:
        found["loose"] = True
    if stateful and item.session_rules is not None:
        found["session_rules"] = _rule_forms(item.session_rules, closure, conditions=conditions)
    if stateful and item.alg:
        found["control"] = in_order(
            {"protocols": [[protocol, protocol]], "dst_ports": [[port, port]]}
            for name in item.alg
            for protocol, port in ALG_PORTS[name]
        )
    return found


def _rule_forms(rules: Iterable[Rule], closure: Closure, *, conditions: bool) -> list[Json]:
    upper = closure is Closure.UPPER
    found: list[Json] = []
    for rule in rules:
        permits = rule.action is Action.PERMIT
        if rule.uncertain is not None and permits is not upper:
            continue
        if rule.macs and not permits:
            continue
        form = _rule_form(rule, conditions=conditions)
        if form is not None:
            found.append(form)
    return found


def _rule_form(rule: Rule, *, conditions: bool) -> dict[str, Json] | None:
    match = match_of(
        matched_addresses(rule.sources), matched_addresses(rule.destinations), rule.services
    )
    if match is None:
        return None
    form: dict[str, Json] = {"action": rule.action.value, "match": match}
    if conditions and rule.in_interfaces:
        form["in"] = in_order(rule.in_interfaces)
    if conditions and rule.out_interfaces:
        form["out"] = in_order(rule.out_interfaces)
    return form


def only_sources(space: PacketSpace, headers: PacketSet) -> PacketSet:
    """Return every header with a source that occurs in a set."""
    return space.union([space.box(v, src=headers.sources(v)) for v in VERSIONS])


def only_destinations(space: PacketSpace, headers: PacketSet) -> PacketSet:
    """Return every header with a destination that occurs in a set."""
    return space.union([space.box(v, dst=headers.destinations(v)) for v in VERSIONS])
