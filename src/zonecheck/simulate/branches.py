"""Every way of one packet, each with the sessions it alone opens (docs/semantics.md, section 9).

A trace says where a packet arrives by any way; here the ways are kept apart, because a flow
takes one of them and its filters know no other.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.simulate.arrival import Arrival
from zonecheck.simulate.forwarding import Forwarding
from zonecheck.simulate.frame_filtering import FrameFiltering
from zonecheck.simulate.hops import Hop, Loss
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.routing import Exit
from zonecheck.simulate.sessions import FilterKey, Sessions
from zonecheck.simulate.switching import Switching


@dataclass(frozen=True, slots=True)
class Branch:
    """One way of a packet: where it was delivered, or None and how it was lost.

    `packet` is the packet as it was then, `sessions` are those before it and those it opened on
    this way. `first` is the interface the sender handed it to, None where the destination is on
    the sender's own link.
    """

    at: AttachmentPoint | None
    packet: Packet
    hops: tuple[Hop, ...]
    sessions: Sessions
    lost: Loss | None = None

    @property
    def first(self) -> tuple[str, str] | None:
        """Return the node and interface the sender handed the packet to."""
        return (self.hops[0].node, self.hops[0].in_interface) if self.hops else None


@dataclass(frozen=True, slots=True)
class _Way:
    """A packet under way, and the interface it enters next."""

    packet: Packet
    point: AttachmentPoint
    first: AttachmentPoint
    hops: tuple[Hop, ...]
    sessions: Sessions

    @property
    def alike(self) -> tuple[object, ...]:
        """Return what decides about the rest of the way: ways alike in it are walked once.

        The first interface, the nodes at which filters decided, and the sessions opened.
        """
        deciding = frozenset(hop.node for hop in self.hops if hop.decisions)
        return self.packet, self.point, self.first, deciding, self.sessions


@dataclass(frozen=True)
class Branches:
    """The ways of packets, one of each that are alike in where it went and what decided.

    Of a reply the entry of the translation table is still there.
    """

    switching: Switching
    arrival: Arrival
    frames: FrameFiltering
    forwarding: Forwarding

    def of(self, packet: Packet, origin: AttachmentPoint, sessions: Sessions) -> tuple[Branch, ...]:
        """Return the ways of a packet that an origin sends."""
        walk = _Walk(self)
        walk.put(packet, origin, (), sessions)
        while walk.queue:
            walk.enter(walk.queue.popleft())
        return tuple(walk.found)


@dataclass
class _Walk:
    rooms: Branches
    found: list[Branch] = field(default_factory=list)
    queue: deque[_Way] = field(default_factory=deque)
    done: set[tuple[object, ...]] = field(default_factory=set)

    def put(
        self,
        packet: Packet,
        sender: AttachmentPoint,
        hops: tuple[Hop, ...],
        sessions: Sessions,
        way: Exit | None = None,
        first: AttachmentPoint | None = None,
    ) -> None:
        """Put a packet into the domains of a sender (`way` None) or of a router's interface."""
        domains = frozenset(self.rooms.switching.domains_of[sender])
        spread = self.rooms.frames.spread(domains, packet, sessions)
        for before, loss in spread.lost:
            known = _with(sessions, before.admitted)
            passed = (*hops, *before.hops, loss.hop)
            self.found.append(Branch(None, packet, passed, known, loss))
        for reach in spread.reaches:
            known = _with(sessions, reach.admitted)
            passed = (*hops, *reach.hops)
            arrivals = self.rooms.arrival.in_domains(reach.domains, packet.destination, way)
            self.found += [Branch(point, packet, passed, known) for point in arrivals.delivered]
            for point in arrivals.entered:
                step = _Way(packet, point, first or point, passed, known)
                if step.alike not in self.done:
                    self.done.add(step.alike)
                    self.queue.append(step)

    def enter(self, step: _Way) -> None:
        """Follow a packet through the interface it enters."""
        passage = self.rooms.forwarding.enter(
            step.point, step.packet, step.sessions, expiring=False
        )
        known = _with(step.sessions, passage.admitted)
        for entry in passage.translated:
            known = known.translating(entry)
        ends_here = step.point.kind is AttachmentKind.STACK
        for taken in passage.taken:
            hops = (*step.hops, taken.hop) if ends_here else step.hops
            self.found.append(Branch(step.point, taken.packet, hops, known))
        for loss in passage.lost:
            self.found.append(Branch(None, step.packet, (*step.hops, loss.hop), known, loss))
        for sent in passage.sent:
            outward = AttachmentPoint(step.point.kind, step.point.node, sent.way.interface)
            hops = (*step.hops, sent.hop)
            self.put(sent.packet, outward, hops, known, sent.way, step.first)


def _with(sessions: Sessions, admitted: Iterable[tuple[FilterKey, Packet]]) -> Sessions:
    for key, packet in admitted:
        sessions = sessions.admitting(key, packet)
    return sessions
