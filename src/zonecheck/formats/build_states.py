"""The states an author declares, each reference of which must exist."""

from collections.abc import Iterable

from zonecheck.formats.context import Context
from zonecheck.formats.fold import fold
from zonecheck.formats.names import listed
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Table
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.device import Device, Route
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.link import BETWEEN, Link
from zonecheck.model.states import DeclaredState


def build_states(
    section: Table[str, Element] | None,
    devices: tuple[Device, ...],
    links: tuple[Link, ...],
    context: Context,
) -> tuple[DeclaredState, ...]:
    """Return the declared states."""
    builder = _States(devices, links, context)
    return tuple(builder.state(name, element) for name, element in (section or {}).items())


class _States:
    """Builds states of one design."""

    def __init__(
        self, devices: tuple[Device, ...], links: tuple[Link, ...], context: Context
    ) -> None:
        self._context = context
        self._members = context.names.members
        self._devices = {device.id: device for device in devices}
        self._ports = [f"{d.id}/{port.id}" for d in devices for port in d.ports]
        self._links = {end: str(link) for link in links for end in _spellings(link)}

    def state(self, name: str, element: Element) -> DeclaredState:
        if name in self._members:
            # A member in charge makes a state of its own, which bears the member's id.
            self._context.problems.add(element.source, "state.member", name=name)
        active = self._active(element["active"])
        return DeclaredState(
            id=name,
            active=active,
            floating=self._floating(element["floating"], active),
            down=self._down(element["down"]),
            source=element.source,
        )

    def _active(self, nodes: Iterable[ScalarNode] | None) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for node in nodes or ():
            member = fold(node.text)
            device = self._members.get(member)
            if device is None:
                self._context.problems.add(
                    node.source,
                    "state.unknown-member",
                    text=node.text,
                    known=listed(self._members),
                    hint=did_you_mean(member, self._members),
                )
            elif found.setdefault(device, member) != member:
                self._context.problems.add(
                    node.source, "state.two-in-charge", device=device, first=found[device]
                )
        return tuple(found.values())

    def _floating(
        self, nodes: Iterable[ScalarNode] | None, active: tuple[str, ...]
    ) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for node in nodes or ():
            name = self._context.names.element(node, EndpointKind.DEVICE)
            device = self._devices.get(name or "")
            if device is None:
                continue
            found[device.id] = None
            if not _floats(_routes_of(device, active)):
                self._context.problems.add(node.source, "state.nothing-floats", device=name)
        return tuple(found)

    def _down(self, nodes: Iterable[ScalarNode] | None) -> tuple[str, ...]:
        found = [self._dead(node) for node in nodes or ()]
        return tuple(dict.fromkeys(name for name in found if name is not None))

    def _dead(self, node: ScalarNode) -> str | None:
        text = fold(node.text)
        if BETWEEN in text:
            link = self._links.get(text)
            if link is None:
                known = list(dict.fromkeys(self._links.values()))
                self._report(node, known)
            return link
        if "/" in text:
            if text in self._ports:
                return text
            self._report(node, self._ports)
            return None
        return self._context.names.element(node, EndpointKind.DEVICE, EndpointKind.EXTERNAL)

    def _report(self, node: ScalarNode, known: list[str]) -> None:
        self._context.problems.add(
            node.source,
            "state.unknown-part",
            text=node.text,
            known=listed(known),
            hint=did_you_mean(fold(node.text), known),
        )


def _spellings(link: Link) -> tuple[str, str]:
    return f"{link.a}{BETWEEN}{link.b}", f"{link.b}{BETWEEN}{link.a}"


def _routes_of(device: Device, active: tuple[str, ...]) -> tuple[Route, ...]:
    """Return the routes of whoever is in charge of a device."""
    for member in device.standby:
        if member.id in active and member.routes is not None:
            return member.routes
    return device.routes or ()


def _floats(routes: tuple[Route, ...]) -> bool:
    """Return whether a route waits behind a better one of its prefix."""
    distances = {(route.prefix, route.vrf, route.distance) for route in routes}
    return len(distances) > len({(route.prefix, route.vrf) for route in routes})
