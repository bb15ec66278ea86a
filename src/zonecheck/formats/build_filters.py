"""Filters, their rules, and who may open sessions to a device."""

from zonecheck.formats.address_terms import AddressTerms
from zonecheck.formats.context import Context
from zonecheck.formats.filter_schema import FILTER_FIELDS, OPEN_CONDITIONS, UNDEFINED
from zonecheck.formats.labels import InterfaceLabels
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items, Table
from zonecheck.model.device import DeviceKind, ManagementAccess
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.source import NOWHERE

POLICY = "rules"
"""The id of the filter that a device's own `rules` make."""


class FilterBuilder:
    """Builds the filters of one device."""

    def __init__(
        self,
        device: str,
        labels: InterfaceLabels,
        terms: AddressTerms,
        context: Context,
    ) -> None:
        self._device = device
        self._labels = labels
        self._terms = terms
        self._context = context

    def policy(self, element: Element, kind: DeviceKind | None) -> Filter | None:
        """Return what the device's own rules make; None filters nothing.

        Rules are read though the kind could not be: it only decides what they do.
        """
        if kind is None:
            return self._filter(POLICY, element, stateful=True)
        firewall = kind in (DeviceKind.FIREWALL, DeviceKind.TRANSPARENT_FIREWALL)
        declared = [key for key in FILTER_FIELDS if element.given(key)]
        if declared and not kind.has_rules:
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
        session_rules: Items[Element] | None = element["session_rules"]
        for rule in (*(rules or ()), *(session_rules or ())):
            for key in ("in", "out"):
                if rule.given(key):
                    source = rule.source_of(key)
                    self._context.problems.add(source, "filter.condition", key=key, filter=name)

    def _filter(self, name: str, element: Element, *, stateful: bool) -> Filter:
        rules: Items[Element] | None = element["rules"]
        built = tuple(self._rule(number, rule) for number, rule in enumerate(rules or (), 1))
        if element["stateful"] is not None:
            stateful = element["stateful"]
        for key in ("loose", "alg", "session_rules"):
            said = element.given(key) if key == "session_rules" else element[key]
            if said and not stateful:
                source = element.source_of(key)
                self._context.problems.add(source, "filter.needs-state", key=key)
        return Filter(
            id=name,
            rules=None if not element.given("rules") else built,
            default=element["default"],
            stateful=stateful,
            loose=element["loose"],
            alg=tuple(dict.fromkeys(element["alg"] or ())),
            session_rules=self._listed(element["session_rules"]),
            source=element.source_of("rules") if name == POLICY else element.source,
            default_source=element.source_of("default") if element.given("default") else NOWHERE,
        )

    def _listed(self, rules: Items[Element] | None) -> tuple[Rule, ...] | None:
        if rules is None:
            return None
        return tuple(self._rule(number, rule) for number, rule in enumerate(rules, 1))

    def _rule(self, number: int, element: Element) -> Rule:
        sources = self._terms.match(element["from"])
        destinations = self._terms.match(element["to"])
        open_questions = [
            *dict.fromkeys(m.uncertain for m in (sources, destinations) if m.uncertain is not None),
            *(f"{key} {text}" for key in OPEN_CONDITIONS for text in element[key] or ()),
        ]
        return Rule(
            action=element["action"],
            name=element["name"] or str(number),
            sources=sources.match,
            destinations=destinations.match,
            services=self._context.services.services(element["service"]),
            in_interfaces=self._labels.interfaces(element["in"]),
            out_interfaces=self._labels.interfaces(element["out"]),
            uncertain=", ".join(open_questions) or None,
            macs=tuple(dict.fromkeys(element["mac"] or ())),
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
        return ManagementAccess(
            sources=self._terms.certain(element, "from"),
            services=self._context.services.services(element["service"]),
            interfaces=self._labels.interfaces(element["interface"]),
            source=element.source,
        )
