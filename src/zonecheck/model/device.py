"""Network devices: switches, routers and firewalls."""

from dataclasses import dataclass, field
from enum import Enum

from zonecheck.model.address import IPAddress, IPInterface, IPNetwork
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.filter import AddressMatch, Filter
from zonecheck.model.service import PortRange, Service
from zonecheck.model.source import NOWHERE, Source


class DeviceKind(Enum):
    """What a network device is."""

    L2_SWITCH = "l2-switch"
    L3_SWITCH = "l3-switch"
    ROUTER = "router"
    FIREWALL = "firewall"

    @property
    def bridges(self) -> bool:
        """Return whether frames are switched between its ports."""
        return self in (DeviceKind.L2_SWITCH, DeviceKind.L3_SWITCH)

    @property
    def forwards(self) -> bool:
        """Return whether it forwards IP packets between its interfaces."""
        return self is not DeviceKind.L2_SWITCH


class PortMode(Enum):
    """How a switch port treats VLAN tags."""

    ACCESS = "access"
    TRUNK = "trunk"


class ReversePath(Enum):
    """The reverse-path check of an interface (RFC 3704)."""

    STRICT = "strict"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class SwitchPort:
    """A port of a switch.

    An access port has `vlan`; a trunk has the `allowed` VLANs and a `native` VLAN for untagged
    frames (None: untagged frames are dropped). A native VLAN is carried only if allowed.
    """

    id: str
    mode: PortMode
    vlan: int | None = None
    allowed: tuple[PortRange, ...] = ()
    native: int | None = None
    shutdown: bool = False
    source: Source = field(default=NOWHERE, compare=False)

    def allows(self, vlan: int) -> bool:
        """Return whether a trunk carries a VLAN."""
        return any(vlan in item for item in self.allowed)


@dataclass(frozen=True, slots=True)
class L3Interface:
    """An IP interface of a device.

    On a switch, `vlan` makes it the SVI of that VLAN; on a router or firewall it is the 802.1Q
    tag of a subinterface of `port`. `sources` are the only source prefixes accepted inbound.
    `filter_in` and `filter_out` name filters of the device. `zone_label` is the firewall's own
    zone name for it, used by rules.
    """

    id: str
    segment: str | None
    addresses: tuple[IPInterface, ...] = ()
    vrf: str = "default"
    vlan: int | None = None
    port: str | None = None
    zone_label: str | None = None
    sources: tuple[IPNetwork, ...] | None = None
    reverse_path: ReversePath | None = None
    filter_in: str | None = None
    filter_out: str | None = None
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Route:
    """A static route: to next hops (several: ECMP), out of an interface, or discarded.

    `interface` alone means the prefix is on that interface's link, in whatever VRF the interface
    is: that is how routes leak between VRFs.
    """

    prefix: IPNetwork
    next_hops: tuple[IPAddress, ...] = ()
    interface: str | None = None
    discard: bool = False
    vrf: str = "default"
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ManagementAccess:
    """Who may open a session to the device itself; an empty tuple of interfaces means any."""

    sources: AddressMatch
    services: tuple[Service, ...] = ()
    interfaces: tuple[str, ...] = ()
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """A session the device itself opens: log, time, RADIUS and the like."""

    to: EndpointRef
    services: tuple[Service, ...]
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Device:
    """A switch, router or firewall.

    `policy` filters everything the device forwards; `filters` are lists that interfaces name.
    `routes` None means routes are not declared: then a packet may leave by any interface.
    `management` None means who may reach the device itself is not declared. `zones` are the
    zones the device is declared to stand between.
    """

    id: str
    kind: DeviceKind
    interfaces: tuple[L3Interface, ...] = ()
    ports: tuple[SwitchPort, ...] = ()
    routes: tuple[Route, ...] | None = ()
    policy: Filter | None = None
    filters: tuple[Filter, ...] = ()
    management: tuple[ManagementAccess, ...] | None = ()
    opens: tuple[Opening, ...] = ()
    zones: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    note: str = ""
    source: Source = field(default=NOWHERE, compare=False)

    def interface(self, name: str) -> L3Interface:
        """Return an interface by its id; raises KeyError."""
        for interface in self.interfaces:
            if interface.id == name:
                return interface
        raise KeyError(name)

    def port(self, name: str) -> SwitchPort:
        """Return a switch port by its id; raises KeyError."""
        for port in self.ports:
            if port.id == name:
                return port
        raise KeyError(name)

    def filter_named(self, name: str) -> Filter:
        """Return one of its filters by id; raises KeyError."""
        for item in self.filters:
            if item.id == name:
                return item
        raise KeyError(name)
