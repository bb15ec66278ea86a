"""Static routes, and the policy routes that are asked before them."""

from collections.abc import Mapping

from zonecheck.formats.address_terms import AddressTerms
from zonecheck.formats.build_interfaces import all_placed
from zonecheck.formats.context import Context, check_next_hop
from zonecheck.formats.labels import InterfaceLabels
from zonecheck.formats.names import listed
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.address import IPAddress, IPNetwork
from zonecheck.model.device import L3Interface, PolicyRoute, Route

_WAYS = ("via", "interface", "discard")
_POLICY_WAYS = ("via", "interface")


class RouteBuilder:
    """Builds the routes of one device, whose interfaces are known."""

    def __init__(
        self,
        device: str,
        interfaces: tuple[L3Interface, ...],
        parts: Mapping[str, Element],
        context: Context,
    ) -> None:
        self._device = device
        self._context = context
        self._interfaces = interfaces
        self._known = [interface.id for interface in interfaces]
        self._connected: dict[str, list[IPNetwork]] = {i.vrf: [] for i in interfaces}
        for interface in interfaces:
            self._connected[interface.vrf] += [a.network for a in interface.addresses]
        self._sure = all(
            all_placed(interface, part)
            for interface, part in zip(interfaces, parts.values(), strict=True)
        )

    def routes(self, section: Items[Element] | None) -> tuple[Route, ...] | None:
        """Return the static routes; None if they are undeclared."""
        if section is None:
            return None
        found = (self._route(part) for part in section)
        return tuple(route for route in found if route is not None)

    def _route(self, part: Element) -> Route | None:
        ways = [key for key in _WAYS if part.given(key)]
        if len(ways) != 1 or (ways == ["discard"] and not part["discard"]):
            self._context.problems.add(part.source, "route.one-way", keys=", ".join(_WAYS))
            return None
        node: ScalarNode | None = part["interface"]
        out = self._context.names.interface(node, self._known, self._device)
        if part["vrf"] not in self._connected and part.given("vrf"):
            self._report_vrf(part)
            return None
        if part["to"] is None or not (part["via"] or out or part["discard"]):
            return None
        hops: Items[IPAddress] = part["via"] or Items.of([])
        here = self._connected.get(part["vrf"], []) if self._sure else None
        for hop, source in zip(hops, hops.sources, strict=True):
            check_next_hop(self._context, part["to"], hop, here, source)
        return Route(
            prefix=part["to"],
            next_hops=tuple(hops),
            interface=out,
            discard=part["discard"],
            vrf=part["vrf"],
            distance=part["distance"],
            source=part.source,
        )

    def _report_vrf(self, part: Element) -> None:
        known = list(self._connected)
        self._context.problems.add(
            part.source_of("vrf"),
            "reference.unknown-vrf",
            text=part["vrf"],
            owner=self._device,
            known=listed(known),
            hint=did_you_mean(part["vrf"], known),
        )

    def policy_routes(
        self, section: Items[Element] | None, labels: InterfaceLabels, terms: AddressTerms
    ) -> tuple[PolicyRoute, ...]:
        """Return the policy routes in their order."""
        found = (
            self._policy_route(number, part, labels, terms)
            for number, part in enumerate(section or (), 1)
        )
        return tuple(route for route in found if route is not None)

    def _policy_route(
        self, number: int, part: Element, labels: InterfaceLabels, terms: AddressTerms
    ) -> PolicyRoute | None:
        incoming = labels.interfaces(part["in"])
        sources, destinations = terms.certain(part, "from"), terms.certain(part, "to")
        services = self._context.services.services(part["service"])
        if part.given("via") == part.given("interface"):
            self._context.problems.add(part.source, "route.one-way", keys=", ".join(_POLICY_WAYS))
            return None
        out = self._context.names.interface(part["interface"], self._known, self._device)
        if part["via"] is None and out is None:
            return None
        if part["via"] is not None:
            self._check_hop(part, incoming)
        return PolicyRoute(
            name=part["name"] or str(number),
            sources=sources,
            destinations=destinations,
            services=services,
            in_interfaces=incoming,
            next_hop=part["via"],
            interface=out,
            source=part.source,
        )

    def _check_hop(self, part: Element, incoming: tuple[str, ...]) -> None:
        """Report a next hop that is in no connected prefix of the VRFs packets come in by."""
        vrfs = {i.vrf for i in self._interfaces if i.id in incoming or not incoming}
        here = {network for vrf in vrfs for network in self._connected[vrf]}
        if self._sure and not any(part["via"] in network for network in here):
            self._context.problems.add(
                part.source_of("via"),
                "route.next-hop-nowhere",
                hop=part["via"],
                known=", ".join(sorted(map(str, here))) or "-",
            )
