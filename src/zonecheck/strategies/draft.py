"""A network being drawn: what exists so far, and the addresses still free."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from ipaddress import ip_interface

from zonecheck.model.address import AddressRange, IPAddress, IPInterface, IPNetwork
from zonecheck.model.device import DeviceKind, L3Interface, SwitchPort
from zonecheck.model.external import External
from zonecheck.model.host import Host
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.segment import Segment
from zonecheck.strategies.addresses import BITS, address_of
from zonecheck.strategies.choice import Chooser

NAMED_AT_EACH_END = 6


@dataclass(frozen=True, slots=True)
class Options:
    """What may occur in a topology; see `topologies`."""

    max_segments: int
    max_hosts: int
    max_devices: int
    vlans: bool
    ipv6: bool
    stateful: bool
    undeclared: bool
    externals: bool
    wide: bool
    zones: tuple[str, ...]


@dataclass(slots=True)
class DeviceDraft:
    """A device while its interfaces and ports are being drawn."""

    id: str
    kind: DeviceKind
    interfaces: list[L3Interface] = field(default_factory=list)
    ports: list[SwitchPort] = field(default_factory=list)

    def carries(self, vlan: int) -> bool:
        """Return whether the switch carries a VLAN."""
        return any(interface.vlan == vlan for interface in self.interfaces) or any(
            port.vlan == vlan or port.allows(vlan) for port in self.ports
        )

    def replace_interface(self, name: str, **changes: object) -> None:
        """Change fields of one interface."""
        for position, interface in enumerate(self.interfaces):
            if interface.id == name:
                self.interfaces[position] = replace(interface, **changes)  # type: ignore[arg-type]


class Draft:
    """A topology in the making."""

    def __init__(self, choose: Chooser, options: Options) -> None:
        self.choose = choose
        self.options = options
        self.segments: list[Segment] = []
        self.devices: list[DeviceDraft] = []
        self.hosts: list[Host] = []
        self.externals: list[External] = []
        self.links: list[Link] = []
        self._free: dict[IPNetwork, list[int]] = {}
        self._numbers: dict[str, int] = defaultdict(int)

    @property
    def switches(self) -> list[DeviceDraft]:
        """Return the devices that switch frames."""
        return [device for device in self.devices if device.kind.bridges]

    @property
    def routers(self) -> list[DeviceDraft]:
        """Return the devices that forward packets."""
        return [device for device in self.devices if device.kind.forwards]

    def segment(self, name: str | None) -> Segment | None:
        """Return a segment by its id."""
        return next((item for item in self.segments if item.id == name), None)

    def number(self, what: str) -> int:
        """Return 0, 1, 2, ... for each kind of thing counted."""
        self._numbers[what] += 1
        return self._numbers[what] - 1

    def open_prefix(self, prefix: IPNetwork) -> None:
        """Make the first and last addresses of a prefix ready to be declared."""
        low, high = AddressRange.of_network(prefix).interval
        if prefix.prefixlen < BITS[prefix.version] - 1:
            low, high = low + 1, high - 1
        count = high - low + 1
        if count <= 2 * NAMED_AT_EACH_END:
            self._free[prefix] = list(range(low, high + 1))
        else:
            ends = range(NAMED_AT_EACH_END)
            self._free[prefix] = [low + i for i in ends] + [high - i for i in reversed(ends)]

    def take(self, prefix: IPNetwork, *, leave: int = 0) -> IPAddress | None:
        """Return an address of a prefix that nobody has, from one end, or None to leave some."""
        free = self._free[prefix]
        if len(free) <= leave:
            return None
        return address_of(prefix.version, free.pop(-1 if self.choose.chance(4) else 0))

    def take_range(self, prefix: IPNetwork, most: int, *, leave: int = 0) -> AddressRange | None:
        """Return a range of neighbouring addresses that nobody has, or None to leave some."""
        free = self._free[prefix]
        if len(free) <= leave:
            return None
        low = high = free.pop(0)
        while len(free) > leave and free[0] == high + 1 and high - low + 1 < most:
            high = free.pop(0)
        return AddressRange(address_of(prefix.version, low), address_of(prefix.version, high))

    def peek(self, prefix: IPNetwork) -> IPAddress | None:
        """Return an address of a prefix that stays free."""
        free = self._free[prefix]
        return address_of(prefix.version, free[0]) if free else None

    def interface_addresses(self, prefixes: tuple[IPNetwork, ...]) -> tuple[IPInterface, ...]:
        """Return an address in most of the prefixes, with their lengths."""
        found = []
        for prefix in prefixes:
            address = self.take(prefix) if self.choose.usually(8) else None
            if address is not None:
                found.append(ip_interface((address, prefix.prefixlen)))
        return tuple(found)

    def connect(self, a: LinkEnd, b: LinkEnd) -> None:
        """Lay a cable; its zone tag is drawn when everything is in place."""
        self.links.append(Link(a, b))

    def linked(self, node: str, port: str) -> bool:
        """Return whether a cable ends at a port."""
        end = LinkEnd(node, port)
        return any(end in link.ends for link in self.links)

    def declared(self) -> Iterator[AddressRange]:
        """Yield what hosts, devices, edges and peers declare as their own."""
        for host in self.hosts:
            for card in host.interfaces:
                yield from card.addresses
        for device in self.devices:
            for interface in device.interfaces:
                for address in interface.addresses:
                    yield AddressRange.of_address(address.ip)
        for external in self.externals:
            for edge in external.edges:
                yield from edge.addresses
            for peer in external.peers:
                yield from peer.addresses

    def near(self) -> tuple[AddressRange, ...]:
        """Return every range the network names, segments first."""
        prefixes = [item for segment in self.segments for item in segment.ranges]
        for external in self.externals:
            prefixes += map(AddressRange.of_network, external.prefixes)
        return tuple(dict.fromkeys((*prefixes, *self.declared())))
