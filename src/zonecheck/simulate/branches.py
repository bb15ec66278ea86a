"""Every way of one packet, each with the sessions it alone opens (docs/semantics.md, section 9).

A trace says where a packet arrives by any way; here the ways are kept apart, because a flow
takes one of them and its filters know no other.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.simulate.arrival import Arrival, Arrivals
from zonecheck.simulate.forwarding import Forwarding
from zonecheck.simulate.frame_filtering import FrameFiltering, Spread
from zonecheck.simulate.hops import Hop, Loss
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.routing import Exit
from zonecheck.simulate.sessions import FilterKey, Sessions
from zonecheck.simulate.switching import Switching


@dataclass(frozen=True, slots=True)
class Branch:
    """One way of a packet: where it was delivered, or None and how it was lost.

    `packet` is the packet as it arrived or was lost. `sessions` are those before it and what was
    remembered of it on this way. `first` is the interface of a router the sender handed it to,
    None where the destination is on the sender's own link.
    """

    at: AttachmentPoint | None
    packet: Packet
    hops: tuple[Hop, ...]
    sessions: Sessions
    first: AttachmentPoint | None
    lost: Loss | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """A packet on its way, about to be put into domains or to enter an interface at `point`."""

    point: AttachmentPoint
    packet: Packet
    first: AttachmentPoint | None
    hops: tuple[Hop, ...]
    sessions: Sessions

    @property
    def alike(self) -> tuple[object, ...]:
        """Return what decides about the rest of the way: ways alike in it are walked once.

        The packet, the first interface, the nodes that decided about it or changed it, and the
        sessions opened.
        """
        deciding = frozenset(hop.node for hop in self.hops if hop.decisions or hop.translations)
        return self.point, self.packet, self.first, deciding, self.sessions


class Branching:
    """The ways of packets through a network; filters decide by the sessions before them.

    What devices remember of a session or of a translation is there: nothing expires.
    """

    def __init__(
        self,
        switching: Switching,
        arrival: Arrival,
        frames: FrameFiltering,
        forwarding: Forwarding,
    ) -> None:
        self._switching = switching
        self._arrival = arrival
        self._frames = frames
        self._forwarding = forwarding

    def ways(self, packet: Packet, origin: AttachmentPoint, before: Sessions) -> tuple[Branch, ...]:
        """Return the ways of a packet, one of those alike in where it went and what decided."""
        found: list[Branch] = []
        done: set[tuple[object, ...]] = set()
        queue: deque[_Step] = deque()

        def take(moves: Iterable[Branch | _Step]) -> None:
            for move in moves:
                if isinstance(move, Branch):
                    found.append(move)
                elif move.alike not in done:
                    done.add(move.alike)
                    queue.append(move)

        take(self._put(_Step(origin, packet, None, (), before), None, before))
        while queue:
            take(self._enter(queue.popleft(), before))
        return tuple(found)

    def _put(self, step: _Step, way: Exit | None, before: Sessions) -> Iterator[Branch | _Step]:
        """Put a packet into the domains of a sender (`way` None) or of a router's interface."""
        domains = frozenset(self._switching.domains_of[step.point])
        spread = self._frames.spread(domains, step.packet, before)
        near = self._takers(domains, step, way)
        for reach in spread.reaches:
            known = replace(
                step,
                hops=(*step.hops, *reach.hops),
                sessions=_admitting(step.sessions, reach.admitted),
            )
            arrivals = self._takers(reach.domains, step, way)
            for point in arrivals.delivered:
                yield Branch(point, step.packet, known.hops, known.sessions, step.first)
            for point in arrivals.entered:
                yield replace(known, point=point, first=step.first or point)
        yield from self._lost(step, way, spread, {*near.delivered, *near.entered})

    def _lost(
        self, step: _Step, way: Exit | None, spread: Spread, near: set[AttachmentPoint]
    ) -> Iterator[Branch]:
        """Yield a branch for each taker a transparent firewall keeps a packet from.

        Bridges send nothing over a firewall to somebody who is `near`, in the same domain.
        """
        for crossed, loss in spread.lost:
            hops = (*step.hops, *crossed, loss.hop)
            beyond = self._takers(self._frames.beyond(crossed, loss.hop), step, way)
            for point in beyond.entered:
                if point not in near:
                    first = step.first or point
                    yield Branch(None, step.packet, hops, step.sessions, first, loss)
            if not near.issuperset(beyond.delivered):
                yield Branch(None, step.packet, hops, step.sessions, step.first, loss)

    def _takers(self, domains: frozenset[int], step: _Step, way: Exit | None) -> Arrivals:
        return self._arrival.in_domains(domains, step.packet.destination, way)

    def _enter(self, step: _Step, before: Sessions) -> Iterator[Branch | _Step]:
        """Let a node do with a packet what it does."""
        point, hops = step.point, step.hops
        passage = self._forwarding.enter(point, step.packet, before, expiring=False)
        known = _admitting(step.sessions, passage.admitted)
        for entry in passage.translated:
            known = known.translating(entry)
        for taken in passage.taken:
            over = (*hops, taken.hop) if point.kind is AttachmentKind.STACK else hops
            yield Branch(point, taken.packet, over, known, step.first)
        for loss in passage.lost:
            yield Branch(None, step.packet, (*hops, loss.hop), known, step.first, loss)
        for sent in passage.sent:
            outward = AttachmentPoint(point.kind, point.node, sent.way.interface)
            onward = _Step(outward, sent.packet, step.first, (*hops, sent.hop), known)
            yield from self._put(onward, sent.way, before)


def _admitting(sessions: Sessions, admitted: Iterable[tuple[FilterKey, Packet]]) -> Sessions:
    for key, packet in admitted:
        sessions = sessions.admitting(key, packet)
    return sessions
