"""The INPUT chain as management entries: who may open a session to the device itself.

Entries only permit, and they say nothing of which of the device's addresses is meant. What they
cannot say leaves the device's management undeclared, which is unknown rather than closed.
"""

from collections.abc import Iterable, Iterator, Mapping
from ipaddress import ip_address

from zonecheck.formats.iptables.model_rules import address_terms
from zonecheck.formats.iptables.product import meet
from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.device import L3Interface, ManagementAccess
from zonecheck.model.filter import Action, AddressMatch, Rule
from zonecheck.model.service import ICMP_PROTOCOLS, PORT_PROTOCOLS, PortRange, Service
from zonecheck.packets import (
    FLAG_ESTABLISHED,
    FLAG_NEW,
    ICMP_OF,
    MAXIMA,
    TCP,
    Box,
    Field,
    Intervals,
    PacketSet,
    PacketSpace,
    complement,
)
from zonecheck.packets import Rule as PacketRule

_MOST_ENTRIES = 2000


def management_of(
    rules: Iterable[Rule], version: int, interfaces: Mapping[str, L3Interface]
) -> tuple[ManagementAccess, ...] | None:
    """Return the entries that admit just what the rules permit to the device's own addresses.

    None if the rules leave it open, or if it depends on which of its addresses is meant.
    """
    listed = tuple(rules)
    own = tuple(
        (int(item.ip), int(item.ip))
        for interface in interfaces.values()
        for item in interface.addresses
        if item.version == version
    )
    if not own:
        return ()
    found: list[ManagementAccess] = []
    for name in interfaces:
        space = PacketSpace()
        admitted = _admitted(space, listed, name, version, own)
        if admitted is None:
            return None
        found += _entries(admitted, space.box(version).whole, name, version)
        if len(found) > _MOST_ENTRIES:
            return None
    return tuple(found)


def _admitted(
    space: PacketSpace, rules: tuple[Rule, ...], name: str, version: int, own: Intervals
) -> PacketSet | None:
    """Return what the rules permit from one interface, None if that is not one answer."""
    to_it = space.box(version, dst=own).whole
    upper, lower = (
        _permitted(space, rules, name, version, upper=closure) & to_it for closure in (True, False)
    )
    if upper != lower:
        return None
    denied = (to_it - upper).forget(Field.DST)
    admitted = upper.forget(Field.DST)
    return None if denied & admitted else admitted


def _permitted(
    space: PacketSpace, rules: tuple[Rule, ...], name: str, version: int, *, upper: bool
) -> PacketSet:
    boxes: dict[int, list[PacketRule]] = {4: [], 6: []}
    for rule in rules:
        permits = rule.action is Action.PERMIT
        if (rule.uncertain is not None and permits is not upper) or (rule.macs and not permits):
            continue
        if rule.in_interfaces and name not in rule.in_interfaces:
            continue
        boxes[version] += _boxes(rule, version)
    return space.from_rules(boxes[4], boxes[6], default=False).whole


def _boxes(rule: Rule, version: int) -> Iterator[PacketRule]:
    for service in rule.services or (Service(),):
        numbers = service.icmp_types if service.protocol == ICMP_OF[version] else service.ports
        flag = FLAG_ESTABLISHED if service.established else FLAG_NEW
        flagged = service.established or service.opening
        yield PacketRule(
            rule.action is Action.PERMIT,
            _intervals(rule.destinations),
            _intervals(rule.sources),
            None if service.protocol is None else [(service.protocol, service.protocol)],
            [(item.low, item.high) for item in numbers] or None,
            [(item.low, item.high) for item in service.source_ports] or None,
            [(flag, flag)] if flagged else None,
        )


def _intervals(match: AddressMatch) -> list[tuple[int, int]] | None:
    return None if match.ranges is None else [item.interval for item in match.ranges]


def _entries(
    admitted: PacketSet, whole: PacketSet, name: str, version: int
) -> Iterator[ManagementAccess]:
    """Yield the entries of a set: first the sources that may open everything, then the rest."""
    highest = MAXIMA[version][Field.SRC]
    bounded = (whole - admitted).sources(version)
    free = tuple(item for item in complement(bounded, highest) if item[0] <= item[1])
    if free:
        yield ManagementAccess(_sources(free, version), (), (name,))
    for box in admitted.boxes():
        left = meet(box.src, bounded)
        if left:
            services = tuple(
                _service(box, number)
                for low, high in box.protocols
                for number in range(low, high + 1)
            )
            yield ManagementAccess(_sources(left, version), services, (name,))


def _sources(intervals: Intervals, version: int) -> AddressMatch:
    ranges = tuple(
        AddressRange(_address(low, version), _address(high, version)) for low, high in intervals
    )
    return AddressMatch(ranges, text=", ".join(address_terms(ranges, most=3)))


def _service(box: Box, number: int) -> Service:
    ports = number in PORT_PROTOCOLS and not box.is_free(Field.DST_PORT)
    types = number in ICMP_PROTOCOLS and not box.is_free(Field.DST_PORT)
    numbers = tuple(PortRange(low, high) for low, high in box.dst_ports)
    origins = number in PORT_PROTOCOLS and not box.is_free(Field.SRC_PORT)
    only = box.flags if number == TCP and not box.is_free(Field.FLAG) else ()
    return Service(
        number,
        ports=numbers if ports else (),
        source_ports=tuple(PortRange(*item) for item in box.src_ports) if origins else (),
        icmp_types=tuple(item for item in numbers if item.low < 256) if types else (),
        established=bool(only) and only[0][0] == FLAG_ESTABLISHED,
        opening=bool(only) and only[0][0] == FLAG_NEW,
    )


def _address(number: int, version: int) -> IPAddress:
    return ip_address(number.to_bytes(4 if version == 4 else 16, "big"))
