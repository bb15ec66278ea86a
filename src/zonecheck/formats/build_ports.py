"""Links, and the switch ports that the file declares or links imply."""

from collections.abc import Mapping
from dataclasses import dataclass

from zonecheck.formats.context import Context
from zonecheck.formats.fold import fold
from zonecheck.formats.names import listed
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.device import DeviceKind, L3Interface, PortMode, SwitchPort
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.host import Host
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.service import PortRange
from zonecheck.model.source import Source

_BOTH = 2


def declared_ports(name: str, element: Element, context: Context) -> dict[str, SwitchPort]:
    """Return the ports a device declares itself."""
    kind: DeviceKind | None = element["kind"]
    if element.given("ports") and kind is not None and not kind.bridges:
        context.problems.add(
            element.source_of("ports"), "device.ports-on-non-switch", device=name, kind=kind.value
        )
        return {}
    ports = (_port(port, part, context) for port, part in (element["ports"] or {}).items())
    return {port.id: port for port in ports if port is not None}


def _port(name: str, element: Element, context: Context) -> SwitchPort | None:
    mode: PortMode | None = element["mode"]
    if mode is None:
        return None
    access = mode is PortMode.ACCESS
    for key in ("allowed", "native") if access else ("vlan", "dot1x", "dtp"):
        if element.given(key) and element[key] is not False:
            context.problems.add(
                element.source_of(key), "port.key-of-other-mode", key=key, mode=mode.value
            )
    needed = "vlan" if access else "allowed"
    if not element.given(needed) and not element["shutdown"]:
        context.problems.add(element.source, "port.missing-key", key=needed, mode=mode.value)
    return SwitchPort(
        id=name,
        mode=mode,
        vlan=element["vlan"] if access else None,
        allowed=() if access else tuple(element["allowed"] or ()),
        native=None if access else element["native"],
        shutdown=element["shutdown"],
        other_vlans=_other_vlans(element) if access else (),
        dtp=access and element["dtp"],
        source=element.source,
    )


def _other_vlans(element: Element) -> tuple[int, ...]:
    """Return the VLANs 802.1X may put an access port in besides its own."""
    dot1x: Element | None = element["dot1x"]
    if dot1x is None:
        return ()
    found = [*(dot1x["assigned"] or ()), dot1x["guest_vlan"], dot1x["critical_vlan"]]
    return tuple(dict.fromkeys(v for v in found if v is not None and v != element["vlan"]))


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a link; `owner` is the device whose port it is, also for a standby member."""

    end: LinkEnd
    node: ScalarNode
    owner: str
    undeclared_port: bool = False


class LinkBuilder:
    """Reads links; `ports` grows by the switch ports that only links name."""

    def __init__(
        self,
        devices: Mapping[str, Element],
        interfaces: Mapping[str, tuple[L3Interface, ...]],
        hosts: tuple[Host, ...],
        context: Context,
    ) -> None:
        self._context = context
        self._kinds: dict[str, DeviceKind | None] = {n: e["kind"] for n, e in devices.items()}
        self._interfaces = interfaces
        self._cards = {host.id: [card.id for card in host.interfaces] for host in hosts}
        self.ports = {name: declared_ports(name, e, context) for name, e in devices.items()}
        self._written = {name: set(e["ports"] or ()) for name, e in devices.items()}
        self._taken: dict[LinkEnd, Source] = {}

    def links(self, section: Items[Element] | None) -> tuple[Link, ...]:
        """Return the links."""
        found = (self._link(element) for element in section or ())
        return tuple(link for link in found if link is not None)

    def report_unplaced(self) -> None:
        """Report interfaces with neither a segment nor a link: nothing could reach them."""
        for end, source in self._context.unplaced.items():
            if end not in self._taken:
                self._context.problems.add(source, "interface.nowhere", interface=end)

    def _link(self, element: Element) -> Link | None:
        written: Items[ScalarNode] | None = element["between"]
        if written is None or not written.complete:
            return None
        if len(written) != _BOTH:
            source = element.source_of("between")
            self._context.problems.add(source, "link.two-ends", found=len(written))
            return None
        ends = [self._end(node) for node in written]
        self._take_ports(element, [end for end in ends if end is not None])
        zones = self._context.names.zone_list(element["zone"])
        if ends[0] is None or ends[1] is None:
            return None
        return Link(
            a=ends[0].end,
            b=ends[1].end,
            zones=zones if element.given("zone") else None,
            note=element["note"],
            source=element.source,
        )

    def _end(self, node: ScalarNode) -> _End | None:
        name, slash, port = fold(node.text).partition("/")
        owner = ScalarNode(name, node.plain, node.source)
        kinds = (EndpointKind.DEVICE, EndpointKind.HOST)
        if not slash or not port:
            self._context.problems.add(node.source, "link.no-port", text=node.text)
            return None
        members = self._context.names.members
        if name not in members and self._context.names.element(owner, *kinds) is None:
            return None
        end = LinkEnd(name, port)
        if end in self._taken:
            first = self._taken[end].short
            self._context.problems.add(node.source, "link.port-taken", end=end, first=first)
            return None
        self._taken[end] = node.source
        return self._known_end(end, node, members.get(name, name))

    def _known_end(self, end: LinkEnd, node: ScalarNode, owner: str) -> _End | None:
        routed = [item.port or item.id for item in self._interfaces.get(owner, ())]
        kind = self._kinds.get(owner)
        if end.node in self._cards:
            found = self._context.names.interface(
                ScalarNode(end.port, node.plain, node.source), self._cards[end.node], end.node
            )
            return None if found is None else _End(end, node, owner)
        if kind is not None and kind.bridges and end.port not in routed:
            return _End(end, node, owner, end.port not in self._written[owner])
        if kind is not None and end.port not in routed:
            known = list(dict.fromkeys(routed))
            self._context.problems.add(
                node.source,
                "link.unknown-port",
                text=end.port,
                owner=end.node,
                known=listed(known),
                hint=did_you_mean(end.port, known),
            )
            return None
        return _End(end, node, owner)

    def _take_ports(self, element: Element, ends: list[_End]) -> None:
        """Give undeclared switch ports the link's VLANs."""
        problems = self._context.problems
        vlans: Items[PortRange] | None = element["vlans"]
        undeclared = [end for end in ends if end.undeclared_port]
        for end in undeclared:
            if not element.given("vlans"):
                hint = Message.of("hint.vlans-or-ports", device=end.owner)
                problems.add(end.node.source, "link.no-vlans", end=end.end, hint=hint)
            elif vlans is not None:
                port = _implied(end.end.port, vlans, element["native"], element.source)
                self._imply(port, end)
        if not element.given("vlans"):
            if element.given("native"):
                problems.add(element.source_of("native"), "link.native-without-vlans")
            return
        for end in ends:
            declared = self._written.get(end.owner, ())
            if end.end.port in declared:
                problems.add(element.source_of("vlans"), "link.vlans-of-declared-port", end=end.end)
        if len(ends) == _BOTH and not undeclared and not self._any_switch(ends):
            problems.add(element.source_of("vlans"), "link.vlans-without-switch")

    def _imply(self, port: SwitchPort, end: _End) -> None:
        """Give a device a port; cables of its standby members must not say otherwise."""
        first = self.ports[end.owner].setdefault(port.id, port)
        if first != port:
            self._context.problems.add(
                end.node.source, "link.other-vlans", end=end.end, first=first.source.short
            )

    def _any_switch(self, ends: list[_End]) -> bool:
        return any(end.end.port in self._written.get(end.owner, ()) for end in ends)


def _implied(name: str, vlans: Items[PortRange], native: int | None, source: Source) -> SwitchPort:
    single = len(vlans) == 1 and vlans[0].low == vlans[0].high and native is None
    if single:
        return SwitchPort(name, PortMode.ACCESS, vlan=vlans[0].low, source=source)
    return SwitchPort(name, PortMode.TRUNK, allowed=tuple(vlans), native=native, source=source)
