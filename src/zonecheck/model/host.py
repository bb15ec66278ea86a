"""Hosts and host groups, sanitisers and one-way relays included."""

from dataclasses import dataclass, field
from enum import Enum

from zonecheck.model.address import AddressRange, IPAddress, IPNetwork
from zonecheck.model.attribute import Attributes
from zonecheck.model.service import Service
from zonecheck.model.source import NOWHERE, Source


class Side(Enum):
    """The two sides of a sanitiser or one-way relay."""

    OUTER = "outer"
    INNER = "inner"

    @property
    def other(self) -> "Side":
        """Return the opposite side."""
        return Side.INNER if self is Side.OUTER else Side.OUTER


class Method(Enum):
    """How a relay service treats what it hands from one side to the other."""

    MAIL_TEXT = "mail-text"
    SCREEN_TRANSFER = "screen-transfer"
    FILE_CLEAN = "file-clean"
    ONE_WAY = "one-way"


@dataclass(frozen=True, slots=True)
class RelayService:
    """One service of a sanitiser or one-way relay, and the settings that make it one.

    `outer` and `inner` are the ports on which that side accepts sessions of this service (none
    if it only opens them). `data_from` is the side payload comes from. Undeclared settings are
    None. `reverse_blocked` is the basis on which the opposite direction is enforced shut; None
    leaves that direction open as an edge of its own.
    """

    method: Method
    data_from: Side
    outer: tuple[Service, ...] = ()
    inner: tuple[Service, ...] = ()
    mail_mode: str | None = None
    file_mode: str | None = None
    unsanitisable: str | None = None
    redirection: tuple[tuple[str, bool], ...] = ()
    reverse_blocked: str | None = None
    source: Source = field(default=NOWHERE, compare=False)

    def accepts(self, side: Side) -> tuple[Service, ...]:
        """Return the services accepted on one side."""
        return self.outer if side is Side.OUTER else self.inner


@dataclass(frozen=True, slots=True)
class Listens:
    """A closed list of the services one side of a host accepts, with the basis of that claim."""

    services: tuple[Service, ...]
    basis: str | None
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class HostInterface:
    """A network card of a host. No addresses means: any unclaimed address of its segment."""

    id: str
    segment: str | None
    addresses: tuple[AddressRange, ...] = ()
    mac: str | None = None
    side: Side | None = None
    listens: Listens | None = None
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class HostRoute:
    """A route of a host that forwards: to a next hop, or onto the link of an interface."""

    prefix: IPNetwork
    next_hop: IPAddress | None = None
    interface: str | None = None
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Host:
    """A host, or a group of `count` hosts that are alike in all the model says.

    `ip_forward` None is undeclared, which matters for hosts with several interfaces; `routes`
    None means a forwarding host may send by any interface. `relays`
    False needs a basis and takes the host out of the relay closure. `basis` says on what the
    isolation of a sanitiser's two sides rests. `zones` are the host's zone tags; a role that
    may span zones must name the zones it is declared for. `fax` says of a printer whether its
    telephone line is `none`, `isolated` from the network or `bridged` (None: undeclared).
    """

    id: str
    interfaces: tuple[HostInterface, ...]
    role: str = "server"
    count: int = 1
    zones: tuple[str, ...] = ()
    ip_forward: bool | None = None
    routes: tuple[HostRoute, ...] | None = None
    relays: bool = True
    relay_basis: str | None = None
    basis: str | None = None
    services: tuple[RelayService, ...] = ()
    fax: str | None = None
    attributes: Attributes = ()
    note: str = ""
    source: Source = field(default=NOWHERE, compare=False)

    @property
    def two_sided(self) -> bool:
        """Return whether its role keeps an outer and an inner side apart."""
        return self.role in TWO_SIDED_ROLES

    def interface(self, name: str) -> HostInterface:
        """Return an interface by its id; raises KeyError."""
        for interface in self.interfaces:
            if interface.id == name:
                return interface
        raise KeyError(name)


SANITISER = "sanitiser"
VDI_BROKER = "vdi-broker"
ONE_WAY = "one-way"
TWO_SIDED_ROLES = frozenset({SANITISER, VDI_BROKER, ONE_WAY})
