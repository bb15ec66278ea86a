"""Filters compiled to packet sets (docs/semantics.md, section 4)."""

from dataclasses import replace
from functools import cached_property

from zonecheck.model.closure import Closure
from zonecheck.model.filter import ALG_PORTS, Action, AddressMatch, Filter, Rule
from zonecheck.model.service import ICMP_PROTOCOLS, PORT_PROTOCOLS, PortRange, Service
from zonecheck.packets import (
    FLAG_ESTABLISHED,
    FLAG_NEW,
    ICMP_OF,
    MAXIMA,
    TCP,
    UDP,
    Field,
    Interval,
    PacketSet,
    PacketSpace,
    complement,
    normalise,
)
from zonecheck.packets import Rule as PacketRule

_ESTABLISHED = ((FLAG_ESTABLISHED, FLAG_ESTABLISHED),)
ICMP_ERROR_TYPES = {4: (3, 4, 5, 11, 12), 6: (1, 2, 3, 4)}


class FilterCompiler:
    """Compiles filters under one closure; results are kept per filter and interface pair."""

    def __init__(self, space: PacketSpace, closure: Closure) -> None:
        self._space = space
        self._closure = closure
        self._permitted: dict[tuple[int, str | None, str | None], PacketSet] = {}
        self._by_rules: dict[tuple[PacketSet, PacketSet], PacketSet] = {}
        self._compiled: dict[tuple[int, tuple[int, ...]], PacketSet] = {}
        self._filters: dict[int, tuple[Filter, Filter]] = {}
        self._alike: dict[Filter, Filter] = {}
        self._ruled: dict[int, tuple[Filter, Filter]] = {}
        self._services: dict[tuple[Service, ...], PacketSet] = {}
        self._first_tcp = space.box(protocols=[(TCP, TCP)], flags=[(FLAG_NEW, FLAG_NEW)])
        self.everything = space.everything
        self.new = space.everything.whole - space.box(protocols=[(TCP, TCP)], flags=_ESTABLISHED)

    @cached_property
    def error_headers(self) -> PacketSet:
        """Return all ICMP errors of both IP versions."""
        result = self._space.empty
        for version, types in ICMP_ERROR_TYPES.items():
            protocol = ICMP_OF[version]
            numbers = [(number, number) for number in types]
            result |= self._space.box(version, protocols=[(protocol, protocol)], dst_ports=numbers)
        return result

    def permitted(
        self, item: Filter, in_interface: str | None, out_interface: str | None
    ) -> PacketSet:
        """Return what the rules permit between two interfaces; None ignores that condition."""
        item = self._known(item)
        pair = (id(item), in_interface, out_interface)
        if pair not in self._permitted:
            chosen = tuple(
                number
                for number, rule in enumerate(item.rules or ())
                if _applies(rule.in_interfaces, in_interface)
                and _applies(rule.out_interfaces, out_interface)
            )
            alike = (id(item), chosen)
            if alike not in self._compiled:
                self._compiled[alike] = self._compile(item, chosen)
            self._permitted[pair] = self._compiled[alike]
        return self._permitted[pair]

    def by_rules(
        self, item: Filter, in_interface: str | None, out_interface: str | None
    ) -> PacketSet:
        """Return what passes without a session: of a stateful filter what may be new."""
        permitted = self.permitted(item, in_interface, out_interface)
        if not item.stateful or item.rules is None:
            return permitted
        key = permitted, self.opening(item)
        if key not in self._by_rules:
            self._by_rules[key] = (permitted & key[1]).with_fragments()
        return self._by_rules[key]

    def of_sessions(
        self,
        item: Filter,
        ways: tuple[str | None, str | None],
        belonging: PacketSet,
        errors: PacketSet,
    ) -> PacketSet:
        """Return what the session rules leave of what belongs to sessions, and of ICMP errors.

        `ways` are the two interfaces. No error has fragments of its own.
        """
        if item.session_rules is None:
            return belonging | errors
        ruled = replace(item, rules=item.session_rules, session_rules=None, id=f"{item.id} ")
        kept = self._ruled.setdefault(id(item), (item, ruled))[1]
        permitted = self.permitted(kept, *ways).whole
        return (belonging.whole & permitted).with_fragments() | (errors & permitted)

    def _known(self, item: Filter) -> Filter:
        """Return the first filter seen that says the same; hashing a long list is done once.

        Filters are kept alive, so that no other can come to have the id of one.
        """
        if id(item) not in self._filters:
            self._filters[id(item)] = item, self._alike.setdefault(item, item)
        return self._filters[id(item)][1]

    def _compile(self, item: Filter, chosen: tuple[int, ...]) -> PacketSet:
        """Compile the rules that apply between two interfaces, which most pairs share."""
        upper = self._closure is Closure.UPPER
        if item.rules is None:
            return self._space.everything if upper else self._space.empty
        default = item.default
        if default is None:
            default = Action.PERMIT if upper else Action.DENY
        boxes: dict[int, list[PacketRule]] = {4: [], 6: []}
        for rule in (item.rules[number] for number in chosen):
            permits = rule.action is Action.PERMIT
            if rule.uncertain is not None and permits is not upper:
                continue
            if rule.macs and not permits:
                continue
            for version in (4, 6):
                boxes[version] += rule_boxes(rule, version)
        found = self._space.from_rules(boxes[4], boxes[6], default=default is Action.PERMIT)
        return found.with_fragments()

    def services(self, services: tuple[Service, ...]) -> PacketSet:
        """Return the headers of one of the services and their fragments; no service means any."""
        if services not in self._services:
            self._services[services] = self._find_services(services)
        return self._services[services]

    def _find_services(self, services: tuple[Service, ...]) -> PacketSet:
        if not services:
            return self._space.everything
        result = self._space.empty
        for service in services:
            for version in (4, 6):
                for fields in service_fields(service, version):
                    result |= self._space.box(
                        version,
                        protocols=fields[0],
                        dst_ports=fields[1],
                        src_ports=fields[2],
                        flags=fields[3],
                    )
        return result.with_fragments()

    def addresses(self, match: AddressMatch, *, source: bool) -> PacketSet:
        """Return the headers whose source (or destination) a match accepts."""
        result = self._space.empty
        for version in sorted(match.versions):
            intervals = address_intervals(match, version)
            if intervals is None:
                result |= self._space.box(version)
            elif intervals:
                if source:
                    result |= self._space.box(version, src=intervals)
                else:
                    result |= self._space.box(version, dst=intervals)
        return result

    def opening(self, item: Filter) -> PacketSet:
        """Return the headers that may open a session at a stateful filter."""
        return self._space.everything.whole if item.loose else self.new

    def session_packets(self, item: Filter, admitted: PacketSet) -> PacketSet:
        """Return what belongs to sessions with these first headers, ICMP errors left out."""
        if admitted.is_empty:
            return admitted
        belonging = (admitted.with_any_flag() - self._first_tcp) | admitted.mirror()
        return (belonging | self._pinholes(item, admitted)).with_fragments()

    def _pinholes(self, item: Filter, admitted: PacketSet) -> PacketSet:
        """Return what application gateways let through between the ends of control sessions."""
        result = self._space.empty
        for name in item.alg:
            for protocol, port in ALG_PORTS[name]:
                control = self._space.box(
                    protocols=[(protocol, protocol)], dst_ports=[(port, port)]
                )
                result |= admitted & control
        if result.is_empty:
            return result
        data = self._space.box(protocols=[(TCP, TCP), (UDP, UDP)])
        between = result.forget(Field.PROTOCOL, Field.DST_PORT, Field.SRC_PORT, Field.FLAG) & data
        return between | between.mirror().with_any_flag()

    def icmp_errors(self, admitted: PacketSet) -> PacketSet:
        """Return the ICMP errors, from whatever source, to either end of admitted sessions."""
        result = self._space.empty
        for version, types in ICMP_ERROR_TYPES.items():
            protocol = ICMP_OF[version]
            intervals = [*admitted.destinations(version), *admitted.sources(version)]
            if intervals:
                result |= self._space.box(
                    version,
                    dst=intervals,
                    protocols=[(protocol, protocol)],
                    dst_ports=[(t, t) for t in types],
                )
        return result


def rule_boxes(rule: Rule, version: int) -> list[PacketRule]:
    """Return the boxes of one rule on one IP version; none if it cannot match there."""
    sources = address_intervals(rule.sources, version)
    destinations = address_intervals(rule.destinations, version)
    if sources == () or destinations == ():
        return []
    permit = rule.action is Action.PERMIT
    found: list[PacketRule] = []
    for service in rule.services or (Service(),):
        for protocols, dst_ports, src_ports, flags in service_fields(service, version):
            found.append(
                PacketRule(permit, destinations, sources, protocols, dst_ports, src_ports, flags)
            )
    return found


def address_intervals(match: AddressMatch, version: int) -> tuple[Interval, ...] | None:
    """Return what a match accepts on one IP version: None any, () nothing."""
    if match.ranges is None:
        return () if match.negated else None
    highest = MAXIMA[version][Field.DST]
    intervals = normalise((r.interval for r in match.ranges if r.version == version), highest)
    if not match.negated:
        return intervals
    return complement(intervals, highest) if intervals else ()


Fields = tuple[
    tuple[Interval, ...] | None,
    tuple[Interval, ...] | None,
    tuple[Interval, ...] | None,
    tuple[Interval, ...] | None,
]


def service_fields(service: Service, version: int) -> list[Fields]:
    """Return (protocols, destination ports, source ports, flags) of a service on one version."""
    if service.protocol is None:
        return [(None, None, None, None)]
    protocol = service.protocol
    flags: tuple[Interval, ...] | None = None
    if service.established:
        if protocol != TCP or service.opening:
            return []
        flags = _ESTABLISHED
    elif service.opening:
        if protocol != TCP:
            return []
        flags = ((FLAG_NEW, FLAG_NEW),)
    native_icmp = protocol in ICMP_PROTOCOLS and (protocol == 1) == (version == 4)
    numbers = service.icmp_types if native_icmp else service.ports
    if service.icmp_types and not native_icmp:
        return []
    if (
        protocol not in PORT_PROTOCOLS
        and not native_icmp
        and (service.ports or service.source_ports)
    ):
        return []
    return [
        (
            ((protocol, protocol),),
            _intervals(numbers) or None,
            _intervals(service.source_ports) or None,
            flags,
        )
    ]


def _applies(named: tuple[str, ...], interface: str | None) -> bool:
    return not named or interface is None or interface in named


def _intervals(ranges: tuple[PortRange, ...]) -> tuple[Interval, ...]:
    return tuple((item.low, item.high) for item in ranges)
