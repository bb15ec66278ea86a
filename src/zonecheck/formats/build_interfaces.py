"""The interfaces of devices, with their addresses, shared ones included."""

from ipaddress import IPv4Interface, IPv6Interface, ip_interface

from zonecheck.formats.context import Context, complete, report_outside
from zonecheck.formats.names import listed
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.address import AddressRange, IPAddress, IPInterface
from zonecheck.model.device import DeviceKind, L3Interface
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.link import LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.source import Source

_ROUTED_ONLY = ("vrrp", "sources", "reverse_path", "filter_in", "filter_out", "vrf")


def bridges_frames(kind: DeviceKind | None, element: Element) -> bool:
    """Return whether an interface is one of the sides a transparent firewall stands between."""
    return kind is not None and kind.filters_frames and not element.given("ip")


def all_placed(interface: L3Interface, element: Element) -> bool:
    """Return whether every address written for an interface is among those it has."""
    written = {_without_length(item) for item in element["ip"] or ()}
    written |= {address for group in element["vrrp"] or () for address in group["ip"] or ()}
    groups = (group for group in element["vrrp"] or ())
    return (
        complete(element, "ip")
        and complete(element, "vrrp")
        and all(complete(group, "ip") for group in groups)
        and written == {address.ip for address in interface.addresses}
    )


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


def _without_length(item: IPAddress | IPInterface) -> IPAddress:
    return item.ip if isinstance(item, IPv4Interface | IPv6Interface) else item


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
        self._check_bridged()
        bridged = self._kind is DeviceKind.L3_SWITCH and vlan is not None
        if not element.given("segment") and not bridged and not element.has_strays:
            end = LinkEnd(self._device, element["port"] or self._name)
            self._context.unplaced[end] = element.source
        return L3Interface(
            id=self._name,
            segment=self._segment,
            addresses=self._addresses(),
            virtual=tuple(self._virtual()),
            vrf=element["vrf"],
            vlan=vlan,
            port=element["port"],
            zone_label=element["label"],
            sources=None if sources is None else tuple(sources),
            reverse_path=element["reverse_path"],
            filter_in=self._filter("filter_in", filters),
            filter_out=self._filter("filter_out", filters),
            macs=self._context.claimed_macs(element, self._device),
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

    def _check_bridged(self) -> None:
        """Report what a side of a transparent firewall cannot have: it is no IP interface."""
        if bridges_frames(self._kind, self._element):
            for key in _ROUTED_ONLY:
                if self._element.given(key):
                    source = self._element.source_of(key)
                    self._context.problems.add(source, "interface.bridged", key=key)

    def _virtual(self) -> dict[IPAddress, Source]:
        """Return the addresses it shares, with their places."""
        groups: Items[Element] = self._element["vrrp"] or Items.of([])
        found: dict[IPAddress, Source] = {}
        for group in groups:
            shared: Items[IPAddress] = group["ip"] or Items.of([])
            for address, source in zip(shared, shared.sources, strict=True):
                found.setdefault(address, source)
        return found

    def _addresses(self) -> tuple[IPInterface, ...]:
        written: Items[IPAddress | IPInterface] = self._element["ip"] or Items.of([])
        virtual = self._virtual()
        found: list[IPInterface] = []
        for item, source in zip(written, written.sources, strict=True):
            address = self._address(item, source)
            if address is not None:
                found.append(address)
                self._claim(address.ip, source, virtual=address.ip in virtual)
        own = {address.ip for address in found}
        for item, source in virtual.items():
            if item in own:
                continue
            holding = next((a.network for a in found if item in a.network), None)
            address = (
                self._address(item, source)
                if holding is None
                else ip_interface((item, holding.prefixlen))
            )
            if address is not None:
                found.append(address)
                self._claim(item, source, virtual=True)
        return tuple(found)

    def _claim(self, address: IPAddress, source: Source, *, virtual: bool) -> None:
        places = Items.of([(AddressRange.of_address(address), source)])
        owner = f"{self._device}/{self._name}"
        self._context.claim(places, owner, self._segment, virtual=virtual)

    def _address(self, item: IPAddress | IPInterface, source: Source) -> IPInterface | None:
        if isinstance(item, IPv4Interface | IPv6Interface):
            return item
        segment = self._context.segments.get(self._segment or "")
        for prefix in segment.prefixes if segment is not None else ():
            if item in prefix:
                return ip_interface((item, prefix.prefixlen))
        if segment is None and not self._element.given("segment"):
            if self._element.has_strays:
                return None
            hint = Message.of("hint.length-or-segment", text=item)
            self._context.problems.add(source, "interface.no-length", text=item, hint=hint)
        elif segment is not None and segment.id not in self._context.unsure:
            report_outside(self._context, segment, str(item), source)
        return None
