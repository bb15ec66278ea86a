"""Addresses, services and interfaces as conditions of nft rules."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address

from zonecheck.model.filter import AddressMatch
from zonecheck.model.service import PORT_PROTOCOLS, PortRange, Service
from zonecheck.packets import MAXIMA, Field, Interval, complement, normalise

FAMILY = {4: "ip", 6: "ip6"}
TCP_OPENING = "tcp flags & (syn | ack | rst) == syn"
TCP_ANSWERING = "tcp flags & (ack | rst) != 0"
TCP_NOT_ANSWERING = "tcp flags & (ack | rst) == 0"
ICMP_OF = {4: 1, 6: 58}

_PORTED = {6: "tcp", 17: "udp", 132: "sctp"}
_ICMP_WORD = {1: "icmp", 58: "icmpv6"}


def address_terms(match: AddressMatch, version: int, side: str) -> str | None:
    """Return the condition a match puts on `saddr` or `daddr`, None if it can never hold.

    The empty text means that it holds for every address of that IP version.
    """
    highest = MAXIMA[version][Field.DST]
    if match.ranges is None:
        return None if match.negated else ""
    intervals = normalise((r.interval for r in match.ranges if r.version == version), highest)
    if not intervals:
        return None
    if match.negated:
        intervals = complement(intervals, highest)
        if intervals[0][0] > intervals[0][1]:
            return None
    return interval_terms(intervals, version, side)


def interval_terms(intervals: Sequence[Interval], version: int, side: str) -> str:
    """Return the condition that an address lies in sorted, disjoint intervals."""
    if list(intervals) == [(0, MAXIMA[version][Field.DST])]:
        return ""
    return f"{FAMILY[version]} {side} {{ {address_list(intervals, version)} }}"


def address_list(intervals: Iterable[Interval], version: int) -> str:
    """Return intervals of addresses as the elements of an nft set."""
    return ", ".join(range_text(low, high, version) for low, high in intervals)


def range_text(low: int, high: int, version: int) -> str:
    """Return one interval of addresses as nft writes it."""
    first, last = address_text(low, version), address_text(high, version)
    return first if low == high else f"{first}-{last}"


def address_text(number: int, version: int) -> str:
    """Return an address by its number."""
    return str(IPv4Address(number) if version == 4 else IPv6Address(number))


def service_terms(service: Service, version: int) -> str | None:
    """Return the condition of a service on one IP version, None if it can never hold there."""
    protocol = service.protocol
    if protocol is None:
        return ""
    if (service.established or service.opening) and protocol != 6:
        return None
    typed = protocol == ICMP_OF[version]
    if service.icmp_types:
        if not typed:
            return None
        return f"{_ICMP_WORD[protocol]} type {_numbers(service.icmp_types)}"
    if (service.ports or service.source_ports) and protocol not in PORT_PROTOCOLS:
        return None
    parts = [f"meta l4proto {protocol}"]
    if service.ports:
        parts.append(f"{_PORTED[protocol]} dport {_numbers(service.ports)}")
    if service.source_ports:
        parts.append(f"{_PORTED[protocol]} sport {_numbers(service.source_ports)}")
    if service.established:
        parts.append(TCP_ANSWERING)
    if service.opening:
        parts.append(TCP_NOT_ANSWERING)
    return " ".join(parts)


def conditions(
    sources: AddressMatch, destinations: AddressMatch, services: Sequence[Service]
) -> list[str]:
    """Return the conditions of which at least one holds for exactly the headers meant.

    No condition means that nothing is meant; the empty text that everything is. Several of one
    list are alternatives, one for each IP version and service that can occur.
    """
    found: list[str] = []
    for version in (4, 6):
        source = address_terms(sources, version, "saddr")
        destination = address_terms(destinations, version, "daddr")
        if source is None or destination is None:
            continue
        for service in services or (Service(),):
            terms = service_terms(service, version)
            if terms is None:
                continue
            bound = source or destination
            family = "" if bound else f"meta nfproto ipv{version}"
            found.append(joined(family, source, destination, terms))
    return _both_versions(found)


def joined(*parts: str) -> str:
    """Return the parts that say something, with a space between."""
    return " ".join(part for part in parts if part)


def interfaces_term(word: str, names: Sequence[str]) -> str:
    """Return the condition that `iifname` or `oifname` is one of some names."""
    if len(names) == 1:
        return f'{word} "{names[0]}"'
    return f"{word} {{ {', '.join(f'{chr(34)}{name}{chr(34)}' for name in names)} }}"


def _numbers(ranges: Sequence[PortRange]) -> str:
    intervals = normalise(((item.low, item.high) for item in ranges), 65535)
    texts = [str(low) if low == high else f"{low}-{high}" for low, high in intervals]
    return texts[0] if len(texts) == 1 else f"{{ {', '.join(texts)} }}"


def _both_versions(found: list[str]) -> list[str]:
    """Return the conditions with those that hold for both IP versions alike said once."""
    v4, v6 = "meta nfproto ipv4", "meta nfproto ipv6"
    result: list[str] = []
    for condition in found:
        if condition.startswith(v6) and condition.replace(v6, v4, 1) in found:
            continue
        if condition.startswith(v4) and condition.replace(v4, v6, 1) in found:
            result.append(condition.removeprefix(v4).strip())
        else:
            result.append(condition)
    return list(dict.fromkeys(result))
