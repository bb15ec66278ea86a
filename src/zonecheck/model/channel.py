"""Declared traffic: channels between zones and the specific flows (特定通信) of マイナンバー."""

from dataclasses import dataclass, field

from zonecheck.model.address import AddressRange
from zonecheck.model.attribute import Attributes
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.service import Service
from zonecheck.model.source import NOWHERE, Source

SANITISED_KINDS = frozenset({"mail-text", "screen-transfer", "file-clean"})
ONE_WAY_KIND = "one-way"
NECESSARY_KIND = "necessary"
LOCAL_BREAKOUT_KIND = "local-breakout"
CHANNEL_KINDS = (LOCAL_BREAKOUT_KIND, *sorted(SANITISED_KINDS), ONE_WAY_KIND, NECESSARY_KIND)


@dataclass(frozen=True, slots=True)
class Leg:
    """Sessions one endpoint opens to another; a channel through a relay has one leg a session.

    `addressed_as` are the addresses the origin writes where translation replaces them on the
    way; empty means the destination's own.
    """

    origin: EndpointRef
    destination: EndpointRef
    services: tuple[Service, ...]
    addressed_as: tuple[AddressRange, ...] = ()
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Channel:
    """A declared, named flow between zones.

    `data` is the direction the policy wants payload to take, as a pair of zones: a requirement,
    never evidence. `initiator` is the zone that opens the first leg. `via` are the hosts and
    devices that a channel of local breakout has to pass.
    """

    id: str
    kind: str
    legs: tuple[Leg, ...]
    data: tuple[str, str] | None = None
    initiator: str | None = None
    clause: str = ""
    basis: str | None = None
    note: str = ""
    via: tuple[str, ...] = ()
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SpecificFlow:
    """An enumerated exception of the My Number area, from one origin to one destination."""

    id: str
    origin: EndpointRef
    destination: EndpointRef
    services: tuple[Service, ...]
    addressed_as: tuple[AddressRange, ...] = ()
    bind: tuple[str, ...] = ()
    clause: str = ""
    note: str = ""
    source: Source = field(default=NOWHERE, compare=False)

    @property
    def leg(self) -> Leg:
        """Return the flow as one leg."""
        return Leg(self.origin, self.destination, self.services, self.addressed_as, self.source)


@dataclass(frozen=True, slots=True)
class Maintenance:
    """Remote maintenance of one vendor: who enters, what is maintained, by which safeguards.

    `legs` are the sessions it needs, from the vendor to the systems maintained, stepping stones
    included. They are declared like the legs of a channel. With `staff` it is staff who come in
    from outside, not a vendor.
    """

    id: str
    legs: tuple[Leg, ...]
    authentication: str | None = None
    encryption: str | None = None
    window: str | None = None
    clause: str = ""
    staff: bool = False
    attributes: Attributes = ()
    source: Source = field(default=NOWHERE, compare=False)
