"""Places a packet can be in, who sends into them, and what each does to sets of packets."""

from dataclasses import dataclass

from zonecheck.dataplane.translation import Translation
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.filter import Filter
from zonecheck.packets import PacketSet


@dataclass(frozen=True, slots=True)
class Place:
    """An interface of a device or forwarding host where packets come in."""

    node: str
    interface: str


StateKey = tuple[str, str, bool, frozenset[str]]
"""Node, filter, whether it is a policy, and the interfaces a session runs between."""


@dataclass(frozen=True, slots=True)
class FilterStep:
    """A filter applied on the way, between two interfaces (None: conditions ignored)."""

    node: str
    filter: Filter
    in_interface: str | None = None
    out_interface: str | None = None

    @property
    def state_key(self) -> StateKey:
        """Return what its sessions are kept under: the filter and the two interfaces."""
        ends = {self.in_interface or "", self.out_interface or ""}
        return self.node, self.filter.id, self.in_interface is not None, frozenset(ends)


Deliveries = tuple[tuple[AttachmentPoint, PacketSet], ...]


@dataclass(frozen=True, slots=True)
class Emission:
    """Where the packets that leave by one exit arrive, and with which of them.

    `headers` leave by this exit: through `policy`, then the translations of `sources`, then
    `steps`; then each delivery and each next place takes its share. With `sees_original` the
    policy judges headers as they were before the destination translation of this device.
    """

    headers: PacketSet
    policy: tuple[FilterStep, ...]
    sources: tuple[Translation, ...]
    steps: tuple[FilterStep, ...]
    deliveries: Deliveries
    places: tuple[tuple[Place, PacketSet], ...]
    sees_original: bool = False


@dataclass(frozen=True, slots=True)
class PlaceTransfer:
    """What a place does with what comes in.

    The `accepted` headers that pass `inbound` go through the translations of `destinations`; then
    `taken` are delivered to the node itself at `point`, and all but `kept` go on.
    """

    accepted: PacketSet
    point: AttachmentPoint
    taken: PacketSet
    kept: PacketSet
    inbound: tuple[FilterStep, ...]
    destinations: tuple[Translation, ...]
    emissions: tuple[Emission, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """An attachment point that sends: from where, what, and what of it is honest."""

    point: AttachmentPoint
    domains: tuple[int, ...]
    may_send: PacketSet
    honest: PacketSet


@dataclass(frozen=True, slots=True)
class DomainTransfer:
    """What happens to a sender's packets in a broadcast domain, once they passed `steps`."""

    steps: tuple[FilterStep, ...]
    deliveries: Deliveries
    places: tuple[Place, ...]
