"""External networks: what the municipality does not run, and who is known inside."""

from dataclasses import dataclass, field
from enum import Enum

from zonecheck.model.address import AddressRange, IPNetwork
from zonecheck.model.attribute import Attributes
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.zone import external_zone


class Openness(Enum):
    """Whether anyone (open) or only admitted members (closed) can send from a network."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Peer:
    """A known system inside an external network.

    A system a public body built (`public_body`) names its `operator` and the `legal_basis` on
    which it may be an exception.
    """

    id: str
    addresses: tuple[AddressRange, ...]
    internet_connected: bool | None = None
    basis: str | None = None
    public_body: bool = False
    operator: str | None = None
    legal_basis: str | None = None
    attributes: Attributes = ()
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExternalEdge:
    """Where an external network meets one of our segments: the neighbour's interface there.

    `purpose`, `line`, `owner` are the entry of the register of external attachments. `macs` are
    those of the neighbour's interface, if they are known.
    """

    id: str
    segment: str
    addresses: tuple[AddressRange, ...] = ()
    purpose: str | None = None
    line: str | None = None
    owner: str | None = None
    macs: tuple[str, ...] = ()
    attributes: Attributes = ()
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class External:
    """A network run by others. Whatever is handed to one of its edges has arrived in it.

    `openness` None is undeclared. `basis` says on what the declarations about it rest. An open
    network holds every address not declared elsewhere. `role` says what it is to the policy
    (EXTERNAL_ROLES); `gateways` are the devices its traffic has to pass; `scope` says why a
    network the policy leaves out (a school, another body) is one.
    """

    id: str
    edges: tuple[ExternalEdge, ...] = ()
    openness: Openness | None = None
    zone_tag: str | None = None
    prefixes: tuple[IPNetwork, ...] = ()
    peers: tuple[Peer, ...] = ()
    basis: str | None = None
    role: str | None = None
    gateways: tuple[str, ...] = ()
    scope: str | None = None
    attributes: Attributes = ()
    note: str = ""
    source: Source = field(default=NOWHERE, compare=False)

    @property
    def zone(self) -> str:
        """Return its zone: the tag, or a zone of its own."""
        return self.zone_tag or external_zone(self.id)

    def peer(self, name: str) -> Peer:
        """Return a peer by its id; raises KeyError."""
        for peer in self.peers:
            if peer.id == name:
                return peer
        raise KeyError(name)


LGWAN_ROLE = "lgwan"
SECURITY_CLOUD_ROLE = "security-cloud"
MAINTENANCE_ROLE = "maintenance"
INTERNET_ROLE = "internet"
PUBLIC_BODY_ROLE = "public-body"
EXTERNAL_ROLES = (
    LGWAN_ROLE,
    SECURITY_CLOUD_ROLE,
    MAINTENANCE_ROLE,
    INTERNET_ROLE,
    PUBLIC_BODY_ROLE,
)
