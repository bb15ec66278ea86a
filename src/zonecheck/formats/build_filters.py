"""Filters, their rules, and who may open sessions to a device."""

from collections.abc import Iterable

from zonecheck.formats.address_terms import AddressTerms
from zonecheck.formats.context import Context
from zonecheck.formats.device_schema import UNDEFINED
from zonecheck.formats.fold import fold
from zonecheck.formats.names import listed
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items, Table
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.device import DeviceKind, L3Interface, ManagementAccess
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.message import Message

POLICY = "rules"
"""The id of the filter that a device's own `rules` make."""


class FilterBuilder:
    """Builds the filters of one device."""

    def __init__(
        self,
        device: str,
        interfaces: tuple[L3Interface, ...],
        terms: AddressTerms,
        context: Context,
    ) -> None:
        self._device = device
        self._terms = terms
        self._context = context
        self._named: dict[str, list[str]] = {item.id: [item.id] for item in interfaces}
        for item in interfaces:
            if item.zone_label is not None and item.zone_label not in self._ids(interfaces):
                self._named.setdefault(item.zone_label, []).append(item.id)

    @staticmethod
    def _ids(interfaces: tuple[L3Interface, ...]) -> set[str]:
        return {item.id for item in interfaces}

    def policy(self, element: Element, kind: DeviceKind) -> Filter | None:
        """Return what the device's own rules make; None filters nothing."""
        firewall = kind is DeviceKind.FIREWALL
        declared = [key for key in ("rules", "default", "stateful") if element.given(key)]
        if declared and not kind.forwards:
            self._context.problems.add(
                element.source_of(declared[0]), "device.rules-on-switch", device=self._device
            )
            return None
        if not firewall and not element.given("rules"):
            if declared:
                self._context.problems.add(
                    element.source_of(declared[0]), "filter.without-rules", key=declared[0]
                )
            return None
        return self._filter(POLICY, element, stateful=firewall)

    def named(self, element: Element) -> tuple[Filter, ...]:
        """Return the filters that interfaces may name."""
        found: list[Filter] = []
        section: Table[str, Element | str] | None = element["filters"]
        for name, part in section.items() if section is not None else ():
            source = section.sources[name] if section is not None else element.source
            if name == POLICY:
                self._context.problems.add(source, "name.reserved", name=name)
            elif part == UNDEFINED:
                found.append(Filter(name, (), Action.PERMIT, source=source))
            elif isinstance(part, Element):
                self._refuse_conditions(name, part)
                found.append(self._filter(name, part, stateful=False))
        return tuple(found)

    def _refuse_conditions(self, name: str, element: Element) -> None:
        """Report `in` and `out` in a filter that interfaces name: it stands at one already."""
        rules: Items[Element] | None = element["rules"]
        for rule in rules or ():
            for key in ("in", "out"):
                if rule.given(key):
                    source = rule.source_of(key)
                    self._context.problems.add(source, "filter.condition", key=key, filter=name)

    def _filter(self, name: str, element: Element, *, stateful: bool) -> Filter:
        rules: Items[Element] | None = element["rules"]
        built = tuple(self._rule(number, rule) for number, rule in enumerate(rules or (), 1))
        return Filter(
            id=name,
            rules=None if not element.given("rules") else built,
            default=element["default"],
            stateful=stateful if element["stateful"] is None else element["stateful"],
            source=element.source_of("rules") if name == POLICY else element.source,
        )

    def _rule(self, number: int, element: Element) -> Rule:
        sources = self._terms.match(element["from"])
        destinations = self._terms.match(element["to"])
        return Rule(
            action=element["action"],
            name=element["name"] or str(number),
            sources=sources.match,
            destinations=destinations.match,
            services=self._context.services.services(element["service"]),
            in_interfaces=self._interfaces(element["in"]),
            out_interfaces=self._interfaces(element["out"]),
            uncertain=sources.uncertain or destinations.uncertain,
            note=element["note"],
            source=element.source,
        )

    def management(self, element: Element) -> tuple[ManagementAccess, ...] | None:
        """Return who may open sessions to the device; None if that is undeclared."""
        written: Items[Element] | None = element["management"]
        if written is None:
            return None
        return tuple(self._access(part) for part in written)

    def _access(self, element: Element) -> ManagementAccess:
        found = self._terms.match(element["from"])
        if found.uncertain is not None:
            self._context.problems.add(
                element.source_of("from"),
                "management.empty-object",
                object=found.uncertain.partition(":")[2],
                hint=Message.of("hint.when-empty"),
            )
        return ManagementAccess(
            sources=found.match,
            services=self._context.services.services(element["service"]),
            interfaces=self._interfaces(element["interface"]),
            source=element.source,
        )

    def _interfaces(self, nodes: Iterable[ScalarNode] | None) -> tuple[str, ...]:
        found: list[str] = []
        for node in nodes or ():
            name = fold(node.text)
            if name in self._named:
                found += self._named[name]
                continue
            self._context.problems.add(
                node.source,
                "reference.unknown-label",
                text=name,
                owner=self._device,
                known=listed(self._named),
                hint=did_you_mean(name, self._named),
            )
        return tuple(dict.fromkeys(found))
