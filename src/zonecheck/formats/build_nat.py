"""Translation tables: each line of the file makes one rule, or one of each kind."""

from collections.abc import Iterable
from dataclasses import replace

from zonecheck.formats.address_terms import AddressTerms
from zonecheck.formats.context import Context
from zonecheck.formats.labels import InterfaceLabels
from zonecheck.formats.nat_schema import OUTGOING
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items
from zonecheck.model.address import AddressRange
from zonecheck.model.device import L3Interface
from zonecheck.model.filter import AddressMatch
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.model.service import PORT_PROTOCOLS, PortRange, Service

_TARGETS = ("source", "destination", "static", "exempt")
_NOT_WITH_STATIC = ("from", "to", "service", "source", "destination", "port", "exempt", "kind")


class NatBuilder:
    """Builds the translation table of one device, whose interfaces are known."""

    def __init__(
        self,
        interfaces: tuple[L3Interface, ...],
        labels: InterfaceLabels,
        terms: AddressTerms,
        context: Context,
    ) -> None:
        self._interfaces = {interface.id: interface for interface in interfaces}
        self._labels = labels
        self._terms = terms
        self._problems = context.problems
        self._services = context.services

    def rules(self, section: Items[Element] | None) -> tuple[NatRule, ...]:
        """Return the rules; of each kind in the order of their lines."""
        return tuple(
            rule
            for number, part in enumerate(section or (), 1)
            for rule in self._line(part["name"] or str(number), part)
        )

    def _line(self, name: str, part: Element) -> list[NatRule]:
        if part.given("static"):
            return self._static(name, part)
        if not (part.given("source") or part.given("destination") or part["exempt"]):
            self._problems.add(part.source, "nat.nothing", keys=", ".join(_TARGETS))
            return []
        line = NatRule(
            name=name,
            kind=SOURCE_NAT,
            sources=self._terms.certain(part, "from"),
            destinations=self._terms.certain(part, "to"),
            services=self._services.services(part["service"]),
            in_interfaces=self._labels.interfaces(part["in"]),
            out_interfaces=self._labels.interfaces(part["out"]),
            source=part.source,
        )
        if part["exempt"]:
            return self._exemption(line, part)
        if part.given("kind"):
            self._problems.add(part.source_of("kind"), "nat.kind-without-exempt")
        found: list[NatRule] = []
        if part.given("destination"):
            found = self._destination(line, part)
            line = _translated(line, found[0]) if found else line
        elif part.given("port"):
            self._problems.add(part.source_of("port"), "nat.port-without-destination")
        if part["source"] is not None:
            found += self._sources(line, part)
        return found

    def _exemption(self, line: NatRule, part: Element) -> list[NatRule]:
        for key in ("source", "destination", "port"):
            if part.given(key):
                self._problems.add(part.source_of(key), "nat.exempt-with-target", key=key)
        kind: str | None = part["kind"]
        if kind is None:
            if not part.given("kind"):
                self._problems.add(part.source_of("exempt"), "nat.exempt-without-kind")
            return []
        if kind == DESTINATION_NAT:
            self._refuse_out(part)
            line = replace(line, out_interfaces=())
        return [replace(line, kind=kind)]

    def _refuse_out(self, part: Element) -> None:
        if part.given("out"):
            self._problems.add(part.source_of("out"), "nat.out-of-destination")

    def _destination(self, line: NatRule, part: Element) -> list[NatRule]:
        self._refuse_out(part)
        target: AddressRange | None = part["destination"]
        if part.given("port"):
            self._check_port(line.services, part)
        if target is None:
            return []
        for match in (line.sources, line.destinations):
            self._check_versions(match, (target,), part, "destination")
        several = target.low != target.high
        if several and not _same_size(line.destinations, target):
            self._problems.add(part.source_of("destination"), "nat.destination-size", target=target)
            return []
        return [
            replace(
                line,
                kind=DESTINATION_NAT,
                out_interfaces=(),
                destination_to=target,
                port_to=part["port"],
                one_to_one=several,
            )
        ]

    def _check_port(self, services: tuple[Service, ...], part: Element) -> None:
        if not part.given("service"):
            self._problems.add(part.source_of("port"), "nat.port-without-service")
        elif any(service.protocol not in PORT_PROTOCOLS for service in services):
            self._problems.add(part.source_of("service"), "nat.service-without-ports")

    def _check_versions(
        self, match: AddressMatch, targets: Iterable[AddressRange], part: Element, key: str
    ) -> None:
        """Report a translation between IP versions: it would match nothing."""
        versions = {target.version for target in targets}
        if versions and match.ranges and not versions & match.versions:
            self._problems.add(part.source_of(key), "nat.versions", match=match.text)

    def _sources(self, line: NatRule, part: Element) -> list[NatRule]:
        line = replace(line, kind=SOURCE_NAT)
        if part["source"] == OUTGOING:
            return self._outgoing(line, part)
        targets: Items[AddressRange] = part["source"]
        for match in (line.sources, line.destinations):
            self._check_versions(match, targets, part, "source")
        return _by_version(line, targets)

    def _outgoing(self, line: NatRule, part: Element) -> list[NatRule]:
        """Return a rule for each outgoing interface: the source becomes its address."""
        if not part.given("out"):
            self._problems.add(part.source_of("source"), "nat.interface-without-out")
            return []
        found: list[NatRule] = []
        for name in line.out_interfaces:
            own = [AddressRange.of_address(a.ip) for a in self._interfaces[name].addresses]
            if not own:
                self._problems.add(part.source_of("out"), "nat.no-address", interface=name)
            found += _by_version(replace(line, out_interfaces=(name,)), own)
        return found

    def _static(self, name: str, part: Element) -> list[NatRule]:
        for key in _NOT_WITH_STATIC:
            if part.given(key):
                self._problems.add(part.source_of(key), "nat.key-with-static", key=key)
        incoming = self._labels.interfaces(part["in"])
        outgoing = self._labels.interfaces(part["out"])
        pair: Element | None = part["static"]
        inside: AddressRange | None = pair["inside"] if pair is not None else None
        outside: AddressRange | None = pair["outside"] if pair is not None else None
        if inside is None or outside is None:
            return []
        if inside.version != outside.version or _size(inside) != _size(outside):
            self._problems.add(
                part.source_of("static"), "nat.static-size", inside=inside, outside=outside
            )
            return []
        return [
            NatRule(
                name=name,
                kind=SOURCE_NAT,
                sources=AddressMatch((inside,), text=str(inside)),
                out_interfaces=outgoing,
                source_to=(outside,),
                one_to_one=True,
                source=part.source,
            ),
            NatRule(
                name=name,
                kind=DESTINATION_NAT,
                destinations=AddressMatch((outside,), text=str(outside)),
                in_interfaces=incoming,
                destination_to=inside,
                one_to_one=True,
                source=part.source,
            ),
        ]


def _translated(line: NatRule, rule: NatRule) -> NatRule:
    """Return the line as its packets look after its destination translation."""
    target = rule.destination_to
    if target is None:
        return line
    services = line.services
    if rule.port_to is not None:
        ports = (PortRange(rule.port_to, rule.port_to),)
        services = tuple(dict.fromkeys(replace(item, ports=ports) for item in services))
    return replace(line, destinations=AddressMatch((target,), text=str(target)), services=services)


def _by_version(line: NatRule, targets: Iterable[AddressRange]) -> list[NatRule]:
    """Return one rule for each IP version: a packet keeps its own."""
    found: dict[int, list[AddressRange]] = {}
    for target in targets:
        found.setdefault(target.version, []).append(target)
    return [replace(line, source_to=tuple(ranges)) for ranges in found.values()]


def _same_size(match: AddressMatch, target: AddressRange) -> bool:
    if match.negated or match.ranges is None or len(match.ranges) != 1:
        return False
    return match.ranges[0].version == target.version and _size(match.ranges[0]) == _size(target)


def _size(item: AddressRange) -> int:
    low, high = item.interval
    return high - low + 1
