"""One packet, sent from one place: where it arrives, by which way, and where it is dropped."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.message import Message
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.topology import Topology
from zonecheck.simulate.arrival import Arrival, Arrivals
from zonecheck.simulate.branches import Branch, Branching
from zonecheck.simulate.completions import Completions
from zonecheck.simulate.forwarding import Forwarding
from zonecheck.simulate.frame_filtering import FrameFiltering
from zonecheck.simulate.hops import Hop
from zonecheck.simulate.own_stack import OwnStack
from zonecheck.simulate.ownership import Ownership
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.routing import Exit
from zonecheck.simulate.senders import Senders
from zonecheck.simulate.sessions import Sessions
from zonecheck.simulate.ssids import with_prefixes_of_ssids
from zonecheck.simulate.switching import Step, Switching


@dataclass(frozen=True, slots=True)
class Delivery:
    """A packet arrived, over the nodes it passed; for a device's own stack that device is last.

    `packet` is what arrived: the packet sent, or what translations made of it. Of a packet that
    arrives at one place in several forms there is one delivery each.
    """

    at: AttachmentPoint
    hops: tuple[Hop, ...]
    packet: Packet


@dataclass(frozen=True, slots=True)
class Drop:
    """A packet went no further; the last hop, if any, is where."""

    hops: tuple[Hop, ...]
    reason: Message
    source: Source


@dataclass(frozen=True, slots=True)
class Trace:
    """All that becomes of one packet, on every branch.

    `packet` is the packet as sent. `sessions` are what filters and translation tables remembered
    before and what they remember of this packet.
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

    The topology is in one state (model.states): every route it has is in use. Domains,
    attachments and route tables are computed once; `send` then walks the packet breadth first,
    so the first way found to a place is a shortest one.
    """

    def __init__(self, topology: Topology, closure: Closure = Closure.LOWER) -> None:
        self.topology = topology
        self.closure = closure
        topology = with_prefixes_of_ssids(topology)
        self._switching = Switching(topology)
        ownership = Ownership(topology)
        completions = Completions(topology)
        self._senders = Senders(topology, ownership, completions)
        self._arrival = Arrival(topology, self._switching, ownership, closure)
        self._frames = FrameFiltering(topology, self._switching, completions, closure)
        stacks = OwnStack(self._senders, completions, closure)
        self._forwarding = Forwarding(topology, ownership, stacks, completions, closure)

    def origins(self) -> tuple[AttachmentPoint, ...]:
        """Return every attachment point, in its order; some may send nothing (section 2)."""
        return self._switching.points

    def domains_of(self, point: AttachmentPoint) -> tuple[int, ...]:
        """Return the numbers of the broadcast domains a point attaches to (section 1)."""
        return self._switching.domains_of[point]

    def chain(self, a: AttachmentPoint, b: AttachmentPoint) -> tuple[Step, ...]:
        """Return the ports and VLANs that join two attachment points, empty if nothing does."""
        return self._switching.chain(a, b, self.closure)

    def needs_double_tags(self, steps: tuple[Step, ...]) -> bool:
        """Return whether a way of `chain` holds only for frames with two VLAN tags."""
        return self._switching.needs_double_tags(steps)

    def send(
        self,
        packet: Packet,
        origin: AttachmentPoint,
        sessions: Sessions = Sessions.NONE,
        *,
        without: frozenset[str] = frozenset(),
        further: Iterable[IPAddress] = (),
    ) -> Trace:
        """Return what becomes of a packet that an origin sends.

        Filters and translation tables decide by the sessions given; what they remember of this
        packet counts for the next. A translation to any address of a range is followed for one
        address of each class that anything in the topology or in the sessions tells apart, and
        for those of `further` that lie in the range. Nodes in `without`, and interfaces
        `node/interface` for what comes in by them, hand nothing on, so that only ways around
        them are walked. The cost is one look at each interface each form of the
        packet enters.

        Raises:
            KeyError: if the topology has no such attachment point.
        """
        if origin not in self._switching.domains_of:
            raise KeyError(str(origin))
        refusal = self._senders.refusal(origin, packet)
        if refusal is not None:
            return Trace(packet, origin, (), (Drop((), *refusal),), sessions)
        walk = _Walk(
            self._switching,
            self._arrival,
            self._frames,
            self._forwarding,
            sessions,
            without,
            frozenset(further),
        )
        return walk.trace(packet, origin)

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
        branching = Branching(self._switching, self._arrival, self._frames, self._forwarding)
        return branching.ways(packet, origin, sessions)


class _Walk:
    """The way of one packet, over every branch."""

    def __init__(
        self,
        switching: Switching,
        arrival: Arrival,
        frames: FrameFiltering,
        forwarding: Forwarding,
        sessions: Sessions,
        without: frozenset[str],
        further: frozenset[IPAddress],
    ) -> None:
        self._switching = switching
        self._arrival = arrival
        self._frames = frames
        self._forwarding = forwarding
        self._before = sessions
        self._after = sessions
        self._without = without
        self._further = further
        self._deliveries: dict[tuple[AttachmentPoint, Packet], Delivery] = {}
        self._drops: dict[Drop, None] = {}
        self._entered: set[tuple[AttachmentPoint, Packet]] = set()
        self._queue: deque[tuple[tuple[Hop, ...], AttachmentPoint, Packet]] = deque()

    def trace(self, packet: Packet, origin: AttachmentPoint) -> Trace:
        """Walk until nothing moves and return what became of the packet."""
        self._put((), origin, packet, None)
        while self._queue:
            self._enter(*self._queue.popleft())
        deliveries = sorted(self._deliveries.values(), key=lambda found: found.at.order)
        return Trace(packet, origin, tuple(deliveries), tuple(self._drops), self._after)

    def _put(
        self, hops: tuple[Hop, ...], sender: AttachmentPoint, packet: Packet, way: Exit | None
    ) -> None:
        """Put a packet into the domains of a sender (`way` None) or of a router's interface."""
        domains = frozenset(self._switching.domains_of[sender])
        spread = self._frames.spread(domains, packet, self._before, self._without)
        for key, seen in spread.admitted:
            self._after = self._after.admitting(key, seen)
        for crossed, loss in spread.lost:
            self._drop((*hops, *crossed, loss.hop), loss.reason, loss.source)
        taken = False
        for reach in spread.reaches:
            arrivals = self._arrival.in_domains(reach.domains, packet.destination, way)
            self._take((*hops, *reach.hops), packet, arrivals)
            taken = taken or not arrivals.nobody
        if not taken and not spread.lost:
            reason = Message.of("drop.nobody", node=sender.node, interface=sender.port)
            self._drop(hops, reason, NOWHERE)

    def _take(self, hops: tuple[Hop, ...], packet: Packet, arrivals: Arrivals) -> None:
        """Deliver to those who are delivered to at once and line up the interfaces entered."""
        for point in arrivals.delivered:
            self._deliver(hops, point, packet)
        for point in arrivals.entered:
            if (point, packet) not in self._entered:
                self._entered.add((point, packet))
                self._queue.append((hops, point, packet))
            elif any((hop.node, hop.in_interface) == (point.node, point.port) for hop in hops):
                reason = Message.of("drop.loop", node=point.node, interface=point.port)
                self._drop(hops, reason, NOWHERE)

    def _enter(self, hops: tuple[Hop, ...], point: AttachmentPoint, packet: Packet) -> None:
        passage = self._forwarding.enter(point, packet, self._before, self._further)
        for key, seen in passage.admitted:
            self._after = self._after.admitting(key, seen)
        for entry in passage.translated:
            self._after = self._after.translating(entry)
        for taken in passage.taken:
            ends_here = point.kind is AttachmentKind.STACK
            self._deliver((*hops, taken.hop) if ends_here else hops, point, taken.packet)
        for loss in passage.lost:
            self._drop((*hops, loss.hop), loss.reason, loss.source)
        left_out = {point.node, f"{point.node}/{point.port}"} & self._without
        for sent in () if left_out else passage.sent:
            outward = AttachmentPoint(point.kind, point.node, sent.way.interface)
            self._put((*hops, sent.hop), outward, sent.packet, sent.way)

    def _deliver(self, hops: tuple[Hop, ...], point: AttachmentPoint, packet: Packet) -> None:
        self._deliveries.setdefault((point, packet), Delivery(point, hops, packet))

    def _drop(self, hops: tuple[Hop, ...], reason: Message, source: Source) -> None:
        self._drops[Drop(hops, reason, source)] = None
