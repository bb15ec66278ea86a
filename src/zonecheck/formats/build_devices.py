"""Devices: first their interfaces, then what refers to those."""

from ipaddress import IPv4Interface, IPv6Interface, ip_interface

from zonecheck.formats.address_terms import AddressTerms
from zonecheck.formats.build_filters import FilterBuilder
from zonecheck.formats.context import (
    Context,
    attributes,
    check_next_hop,
    complete,
    report_outside,
)
from zonecheck.formats.names import listed
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.address import AddressRange, IPAddress, IPInterface, IPNetwork
from zonecheck.model.device import Device, DeviceKind, L3Interface, Opening, Route, SwitchPort
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.link import LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.source import Source

_WAYS = ("via", "interface", "discard")


def build_interfaces(name: str, element: Element, context: Context) -> tuple[L3Interface, ...]:
    """Return the interfaces of a device."""
    kind: DeviceKind | None = element["kind"]
    parts = element["interfaces"] or {}
    filters = element["filters"] or {}
    labels = {part["label"]: part.source_of("label") for part in parts.values() if part["label"]}
    for label, source in labels.items():
        if label in parts and parts[label]["label"] != label:
            context.problems.add(source, "interface.label-is-interface", label=label, device=name)
    return tuple(
        _Interface(name, kind, item, part, context).build(list(filters))
        for item, part in parts.items()
    )


class _Interface:
    """Builds one interface."""

    def __init__(
        self, device: str, kind: DeviceKind | None, name: str, element: Element, context: Context
    ) -> None:
        self._device = device
        self._kind = kind
        self._name = name
        self._element = element
        self._context = context
        self._segment = context.names.element(element["segment"], EndpointKind.SEGMENT)

    def build(self, filters: list[str]) -> L3Interface:
        element = self._element
        sources = element["sources"]
        vlan = self._vlan()
        bridged = self._kind is DeviceKind.L3_SWITCH and vlan is not None
        if not element.given("segment") and not bridged:
            end = LinkEnd(self._device, element["port"] or self._name)
            self._context.unplaced[end] = element.source
        return L3Interface(
            id=self._name,
            segment=self._segment,
            addresses=self._addresses(),
            vrf=element["vrf"],
            vlan=vlan,
            port=element["port"],
            zone_label=element["label"],
            sources=None if sources is None else tuple(sources),
            reverse_path=element["reverse_path"],
            filter_in=self._filter("filter_in", filters),
            filter_out=self._filter("filter_out", filters),
            source=element.source,
        )

    def _filter(self, key: str, filters: list[str]) -> str | None:
        node: ScalarNode | None = self._element[key]
        if node is None or node.text in filters:
            return None if node is None else node.text
        self._context.problems.add(
            node.source,
            "reference.unknown-filter",
            text=node.text,
            owner=self._device,
            known=listed(filters),
            hint=Message.of("hint.undefined-filter", name=node.text),
        )
        return None

    def _vlan(self) -> int | None:
        """Return the VLAN of an SVI or the tag of a subinterface."""
        element, problems = self._element, self._context.problems
        kind = self._kind
        if kind is None:
            return None
        wrong = "tag" if kind.bridges else "vlan"
        if element.given(wrong):
            hint = Message.of("hint.use-key", key="vlan" if wrong == "tag" else "tag")
            problems.add(
                element.source_of(wrong),
                "interface.wrong-tag",
                key=wrong,
                kind=kind.value,
                hint=hint,
            )
        if not kind.bridges:
            if element.given("tag") and not element.given("port"):
                problems.add(element.source_of("tag"), "interface.tag-without-port")
            tag: int | None = element["tag"]
            return tag
        if element.given("port"):
            if element.given("vlan"):
                problems.add(element.source_of("vlan"), "interface.vlan-and-port")
            return None
        vlan: int | None = element["vlan"]
        if vlan is not None or kind is not DeviceKind.L3_SWITCH:
            return vlan
        segment = self._context.segments.get(self._segment or "")
        return segment.vlan if segment is not None else None

    def _addresses(self) -> tuple[IPInterface, ...]:
        written: Items[IPAddress | IPInterface] | None = self._element["ip"]
        if written is None:
            return ()
        found: list[IPInterface] = []
        placed: list[tuple[AddressRange, Source]] = []
        for item, source in zip(written, written.sources, strict=True):
            address = self._address(item, source)
            if address is not None:
                found.append(address)
                placed.append((AddressRange.of_address(address.ip), source))
        owner = f"{self._device}/{self._name}"
        self._context.claim(Items.of(placed), owner, self._segment)
        return tuple(found)

    def _address(self, item: IPAddress | IPInterface, source: Source) -> IPInterface | None:
        if isinstance(item, IPv4Interface | IPv6Interface):
            return item
        segment = self._context.segments.get(self._segment or "")
        for prefix in segment.prefixes if segment is not None else ():
            if item in prefix:
                return ip_interface((item, prefix.prefixlen))
        if segment is None and not self._element.given("segment"):
            hint = Message.of("hint.length-or-segment", text=item)
            self._context.problems.add(source, "interface.no-length", text=item, hint=hint)
        elif segment is not None and segment.id not in self._context.unsure:
            report_outside(self._context, segment, str(item), source)
        return None


def build_device(
    name: str,
    element: Element,
    interfaces: tuple[L3Interface, ...],
    ports: dict[str, SwitchPort],
    terms: AddressTerms,
    context: Context,
) -> Device:
    """Return a device whose interfaces are known."""
    kind: DeviceKind = element["kind"]
    filters = FilterBuilder(name, interfaces, terms, context)
    management = filters.management(element)
    if management is None and not any(interface.addresses for interface in interfaces):
        management = ()
    return Device(
        id=name,
        kind=kind,
        interfaces=interfaces,
        ports=tuple(ports.values()),
        routes=_routes(name, element, interfaces, context),
        policy=filters.policy(element, kind) if kind is not None else None,
        filters=filters.named(element),
        management=management,
        opens=_opens(element, context),
        zones=context.names.zone_list(element["zones"]),
        attributes=attributes(element),
        note=element["note"],
        source=element.source,
    )


def _opens(element: Element, context: Context) -> tuple[Opening, ...]:
    found: list[Opening] = []
    for part in element["opens"] or ():
        services = context.services.services(part["service"])
        for node in part["to"] or ():
            to = context.names.endpoint(node)
            if to is not None:
                found.append(Opening(to, services, part.source))
    return tuple(found)


def _routes(
    name: str, element: Element, interfaces: tuple[L3Interface, ...], context: Context
) -> tuple[Route, ...] | None:
    if element["routes"] is None:
        return None
    known = [interface.id for interface in interfaces]
    connected: dict[str, list[IPNetwork]] = {interface.vrf: [] for interface in interfaces}
    for interface in interfaces:
        connected[interface.vrf] += [address.network for address in interface.addresses]
    sure = all(
        len(interface.addresses) == len(part["ip"] or ()) and complete(part, "ip")
        for interface, part in zip(interfaces, (element["interfaces"] or {}).values(), strict=True)
    )
    found: list[Route] = []
    for part in element["routes"]:
        ways = [key for key in _WAYS if part.given(key)]
        if len(ways) != 1 or (ways == ["discard"] and not part["discard"]):
            context.problems.add(part.source, "route.one-way", keys=", ".join(_WAYS))
            continue
        node: ScalarNode | None = part["interface"]
        out = context.names.interface(node, known, name)
        if part["vrf"] not in connected and part.given("vrf"):
            _report_vrf(name, part, list(connected), context)
            continue
        if part["to"] is None or not (part["via"] or out or part["discard"]):
            continue
        hops: Items[IPAddress] = part["via"] or Items.of([])
        here = connected.get(part["vrf"], []) if sure else None
        for hop, source in zip(hops, hops.sources, strict=True):
            check_next_hop(context, part["to"], hop, here, source)
        found.append(
            Route(part["to"], tuple(hops), out, part["discard"], part["vrf"], source=part.source)
        )
    return tuple(found)


def _report_vrf(name: str, part: Element, known: list[str], context: Context) -> None:
    context.problems.add(
        part.source_of("vrf"),
        "reference.unknown-vrf",
        text=part["vrf"],
        owner=name,
        known=listed(known),
        hint=did_you_mean(part["vrf"], known),
    )
