"""Network devices: switches, routers and firewalls."""

from dataclasses import dataclass, field
from enum import Enum

from zonecheck.model.address import IPAddress, IPInterface, IPNetwork
from zonecheck.model.attribute import Attributes
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.filter import ANY_ADDRESS, AddressMatch, Filter
from zonecheck.model.nat import NatRule
from zonecheck.model.service import PortRange, Service
from zonecheck.model.source import NOWHERE, Source


class DeviceKind(Enum):
    """What a network device is."""

    L2_SWITCH = "l2-switch"
    L3_SWITCH = "l3-switch"
    ROUTER = "router"
    FIREWALL = "firewall"
    TRANSPARENT_FIREWALL = "transparent-firewall"

    @property
    def bridges(self) -> bool:
        """Return whether frames are switched between its ports."""
        return self in (DeviceKind.L2_SWITCH, DeviceKind.L3_SWITCH)

    @property
    def forwards(self) -> bool:
        """Return whether it forwards IP packets between its interfaces."""
        return self not in (DeviceKind.L2_SWITCH, DeviceKind.TRANSPARENT_FIREWALL)

    @property
    def filters_frames(self) -> bool:
        """Return whether it hands frames from one of its interfaces to another, filtered."""
        return self is DeviceKind.TRANSPARENT_FIREWALL

    @property
    def has_rules(self) -> bool:
        """Return whether it forwards packets or frames by rules."""
        return self.forwards or self.filters_frames


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
    `other_vlans` are those 802.1X may put an access port in instead (assigned, guest, critical);
    with `dtp` an access port may be talked into being a trunk.
    """

    id: str
    mode: PortMode
    vlan: int | None = None
    allowed: tuple[PortRange, ...] = ()
    native: int | None = None
    shutdown: bool = False
    other_vlans: tuple[int, ...] = ()
    dtp: bool = False
    source: Source = field(default=NOWHERE, compare=False)

    def allows(self, vlan: int) -> bool:
        """Return whether a trunk carries a VLAN."""
        # Asked of every port for every VLAN: a plain loop is three times as fast as `any`.
        for item in self.allowed:  # noqa: SIM110
            if item.low <= vlan <= item.high:
                return True
        return False


@dataclass(frozen=True, slots=True)
class L3Interface:
    """An IP interface of a device.

    On a switch, `vlan` makes it the SVI of that VLAN; on a router or firewall it is the 802.1Q
    tag of a subinterface of `port`. `sources` are the only source prefixes accepted inbound.
    `filter_in` and `filter_out` name filters of the device. `zone_label` is the firewall's own
    zone name for it, used by rules. `virtual` are those of its `addresses` it shares by VRRP or
    the like: any member of the group may hold them at any time, so each of them does. `macs` are
    all the MAC addresses its frames may come from, those of standby members included; none
    declared is none known. Only captures are judged by them.
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
    virtual: tuple[IPAddress, ...] = ()
    macs: tuple[str, ...] = ()
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Route:
    """A static route: to next hops (several: ECMP), out of an interface, or discarded.

    `interface` alone means the prefix is on that interface's link, in whatever VRF the interface
    is: that is how routes leak between VRFs. Of several routes of one prefix those of the least
    `distance` are used; the others float (model.states).
    """

    prefix: IPNetwork
    next_hops: tuple[IPAddress, ...] = ()
    interface: str | None = None
    discard: bool = False
    vrf: str = "default"
    distance: int = 1
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PolicyRoute:
    """What goes its own way, before the routes are asked; the first that matches decides.

    An empty tuple of interfaces or services means any. The way out is `next_hop` in the prefix
    of a connected interface, or `interface` alone for its link.
    """

    name: str
    sources: AddressMatch = ANY_ADDRESS
    destinations: AddressMatch = ANY_ADDRESS
    services: tuple[Service, ...] = ()
    in_interfaces: tuple[str, ...] = ()
    next_hop: IPAddress | None = None
    interface: str | None = None
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Span:
    """A mirror session: a copy of all frames of a port or VLAN goes to a host."""

    to: str
    port: str | None = None
    vlan: int | None = None
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Standby:
    """A further member of a firewall pair or cluster, which takes the device's place if it fails.

    What is None is as on the device. Cables of the member end at its own id.
    """

    id: str
    routes: tuple[Route, ...] | None = None
    policy: Filter | None = None
    filters: tuple[Filter, ...] | None = None
    nat: tuple[NatRule, ...] | None = None
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


ALSO_FORWARDED = ("directed-broadcast", "multicast", "proxy-arp", "source-routing")
"""What equipment may forward beside unicast, taken to be off unless declared on (section 3)."""
UNTRANSLATED = "untranslated"
"""What connection tracking does not know and rules of netfilter permit: no translation applies."""


@dataclass(frozen=True, slots=True)
class Device:
    """A switch, router or firewall.

    `policy` filters everything the device forwards; `filters` are lists that interfaces name.
    `routes` None means routes are not declared: then a packet may leave by any interface.
    `management` None means who may reach the device itself is not declared. `zones` are the
    zones the device is declared to stand between.

    `nat` translates addresses; `policy_sees_original` tells that the policy still sees the
    destination before its translation. `non_ip` tells whether a transparent firewall hands on
    frames that are not IP (None: undeclared). `standby` are the members that may take its place.
    `also_forwards` names what it is switched on to forward that no proof covers (ALSO_FORWARDED);
    UNTRANSLATED is read out of rules only. `config_digests` are the SHA-256 digests of the files
    its rules were read from, in hexadecimal digits.
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
    nat: tuple[NatRule, ...] = ()
    policy_sees_original: bool = False
    policy_routes: tuple[PolicyRoute, ...] = ()
    spans: tuple[Span, ...] = ()
    standby: tuple[Standby, ...] = ()
    non_ip: bool | None = None
    also_forwards: tuple[str, ...] = ()
    config_digests: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    attributes: Attributes = ()
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
