"""One packet, sent from one place: where it arrives, by which way, and where it is dropped."""

from collections import deque
from dataclasses import dataclass

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.message import Message
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.topology import Topology
from zonecheck.simulate.arrival import Arrival, Arrivals
from zonecheck.simulate.branches import Branch, branches
from zonecheck.simulate.forwarding import Forwarding, Hop
from zonecheck.simulate.ownership import Ownership
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.senders import Senders
from zonecheck.simulate.sessions import Sessions
from zonecheck.simulate.switching import Step, Switching


@dataclass(frozen=True, slots=True)
class Delivery:
    """A packet arrived, over the nodes it passed; for a device's own stack that device is last."""

    at: AttachmentPoint
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """A packet went no further; the last hop, if any, is where."""

    hops: tuple[Hop, ...]
    reason: Message
    source: Source


@dataclass(frozen=True, slots=True)
class Trace:
    """All that becomes of one packet, on every branch.

    `sessions` are those the filters remembered before and those this packet opened.
    """

    packet: Packet
    origin: AttachmentPoint
    deliveries: tuple[Delivery, ...]
    drops: tuple[Drop, ...]
    sessions: Sessions

    def delivered_at(self, point: AttachmentPoint) -> Delivery | None:
        """Return the delivery at an attachment point, None if there is none."""
        for delivery in self.deliveries:
            if delivery.at == point:
                return delivery
        return None


class Simulator:
    """The network as an interpreter of one packet at a time: the definition of the semantics.

    Domains, attachments and route tables are computed once; `send` then walks the packet
    breadth first, so the first way found to a place is a shortest one.
    """

    def __init__(self, topology: Topology, closure: Closure = Closure.LOWER) -> None:
        self.topology = topology
        self.closure = closure
        self._switching = Switching(topology)
        ownership = Ownership(topology)
        self._senders = Senders(topology, ownership)
        self._arrival = Arrival(topology, self._switching, ownership, closure)
        self._forwarding = Forwarding(topology, ownership, self._senders, closure)

    def origins(self) -> tuple[AttachmentPoint, ...]:
        """Return every attachment point, in its order; some may send nothing (section 2)."""
        return self._switching.points

    def domains_of(self, point: AttachmentPoint) -> tuple[int, ...]:
        """Return the numbers of the broadcast domains a point attaches to (section 1)."""
        return self._switching.domains_of[point]

    def chain(self, a: AttachmentPoint, b: AttachmentPoint) -> tuple[Step, ...]:
        """Return the ports and VLANs that join two attachment points, empty if nothing does."""
        return self._switching.chain(a, b)

    def needs_double_tags(self, steps: tuple[Step, ...]) -> bool:
        """Return whether a way of `chain` holds only for frames with two VLAN tags."""
        return self._switching.needs_double_tags(steps)

    def send(
        self, packet: Packet, origin: AttachmentPoint, sessions: Sessions = Sessions.NONE
    ) -> Trace:
        """Return what becomes of a packet that an origin sends.

        Filters decide by the sessions given; those the packet opens count for the next packet.
        The cost is one look at each interface the packet enters.

        Raises:
            KeyError: if the topology has no such attachment point.
        """
        if origin not in self._switching.domains_of:
            raise KeyError(str(origin))
        refusal = self._senders.refusal(origin, packet)
        if refusal is not None:
            return Trace(packet, origin, (), (Drop((), *refusal),), sessions)
        walk = _Walk(self._arrival, self._forwarding, packet, sessions)
        return walk.trace(origin)

    def branches(
        self, packet: Packet, origin: AttachmentPoint, sessions: Sessions = Sessions.NONE
    ) -> tuple[Branch, ...]:
        """Return every way a packet takes, each with the sessions it alone opens.

        Raises:
            KeyError: if the topology has no such attachment point.
        """
        if origin not in self._switching.domains_of:
            raise KeyError(str(origin))
        if self._senders.refusal(origin, packet) is not None:
            return ()
        return branches(self._arrival, self._forwarding, packet, origin, sessions)


class _Walk:
    """The way of one packet, over every branch."""

    def __init__(
        self, arrival: Arrival, forwarding: Forwarding, packet: Packet, sessions: Sessions
    ) -> None:
        self._arrival = arrival
        self._forwarding = forwarding
        self._packet = packet
        self._before = sessions
        self._after = sessions
        self._deliveries: dict[AttachmentPoint, Delivery] = {}
        self._drops: dict[Drop, None] = {}
        self._entered: set[AttachmentPoint] = set()
        self._queue: deque[tuple[tuple[Hop, ...], AttachmentPoint]] = deque()

    def trace(self, origin: AttachmentPoint) -> Trace:
        """Walk until nothing moves and return what became of the packet."""
        arrivals = self._arrival.of_sender(origin, self._packet.destination)
        self._take((), origin, arrivals)
        while self._queue:
            hops, point = self._queue.popleft()
            self._enter(hops, point)
        deliveries = sorted(self._deliveries.values(), key=lambda found: found.at.order)
        return Trace(self._packet, origin, tuple(deliveries), tuple(self._drops), self._after)

    def _take(self, hops: tuple[Hop, ...], sender: AttachmentPoint, arrivals: Arrivals) -> None:
        """Deliver to those who are delivered to at once and line up the interfaces entered."""
        if arrivals.nobody:
            reason = Message.of("drop.nobody", node=sender.node, interface=sender.port)
            self._drop(hops, reason, NOWHERE)
        for point in arrivals.delivered:
            self._deliver(hops, point)
        for point in arrivals.entered:
            if point not in self._entered:
                self._entered.add(point)
                self._queue.append((hops, point))
            elif any((hop.node, hop.in_interface) == (point.node, point.port) for hop in hops):
                reason = Message.of("drop.loop", node=point.node, interface=point.port)
                self._drop(hops, reason, NOWHERE)

    def _enter(self, hops: tuple[Hop, ...], point: AttachmentPoint) -> None:
        passage = self._forwarding.enter(point, self._packet, self._before)
        for key in passage.admitted:
            self._after = self._after.admitting(key, self._packet)
        if passage.taken is not None:
            ends_here = point.kind is AttachmentKind.STACK
            self._deliver((*hops, passage.taken) if ends_here else hops, point)
        for loss in passage.lost:
            self._drop((*hops, loss.hop), loss.reason, loss.source)
        for hop, way in passage.sent:
            outward = AttachmentPoint(point.kind, point.node, way.interface)
            arrivals = self._arrival.of_emission(outward, way, self._packet.destination)
            self._take((*hops, hop), outward, arrivals)

    def _deliver(self, hops: tuple[Hop, ...], point: AttachmentPoint) -> None:
        self._deliveries.setdefault(point, Delivery(point, hops))

    def _drop(self, hops: tuple[Hop, ...], reason: Message, source: Source) -> None:
        self._drops[Drop(hops, reason, source)] = None
