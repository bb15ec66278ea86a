"""Every way of one packet, each with the sessions it alone opens (docs/semantics.md, section 9).

A trace says where a packet arrives by any way; here the ways are kept apart, because a flow
takes one of them and its filters know no other.
"""

from collections import deque
from dataclasses import dataclass

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.simulate.arrival import Arrival, Arrivals
from zonecheck.simulate.forwarding import Forwarding, Hop, Loss
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.sessions import Sessions


@dataclass(frozen=True, slots=True)
class Branch:
    """One way of a packet: where it was delivered, or None and how it was lost.

    `sessions` are those before it and those it opened on this way. `first` is the interface the
    sender handed it to, None where the destination is on the sender's own link.
    """

    at: AttachmentPoint | None
    hops: tuple[Hop, ...]
    sessions: Sessions
    lost: Loss | None = None

    @property
    def first(self) -> tuple[str, str] | None:
        """Return the node and interface the sender handed the packet to."""
        return (self.hops[0].node, self.hops[0].in_interface) if self.hops else None


@dataclass(frozen=True, slots=True)
class _Step:
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
        return self.point, self.first, deciding, self.sessions


def branches(
    arrival: Arrival,
    forwarding: Forwarding,
    packet: Packet,
    origin: AttachmentPoint,
    sessions: Sessions,
) -> tuple[Branch, ...]:
    """Return the ways of a packet, one of each that are alike in where it went and what decided."""
    found: list[Branch] = []
    done: set[tuple[object, ...]] = set()
    queue: deque[_Step] = deque()

    def take(
        first: AttachmentPoint | None, hops: tuple[Hop, ...], known: Sessions, arrivals: Arrivals
    ) -> None:
        found.extend(Branch(point, hops, known) for point in arrivals.delivered)
        for point in arrivals.entered:
            step = _Step(point, first or point, hops, known)
            if step.alike not in done:
                done.add(step.alike)
                queue.append(step)

    take(None, (), sessions, arrival.of_sender(origin, packet.destination))
    while queue:
        step = queue.popleft()
        passage = forwarding.enter(step.point, packet, step.sessions)
        known = step.sessions
        for key in passage.admitted:
            known = known.admitting(key, packet)
        if passage.taken is not None:
            ends_here = step.point.kind is AttachmentKind.STACK
            hops = (*step.hops, passage.taken) if ends_here else step.hops
            found.append(Branch(step.point, hops, known))
        found.extend(Branch(None, (*step.hops, loss.hop), known, loss) for loss in passage.lost)
        for hop, way in passage.sent:
            outward = AttachmentPoint(step.point.kind, step.point.node, way.interface)
            arrivals = arrival.of_emission(outward, way, packet.destination)
            take(step.first, (*step.hops, hop), known, arrivals)
    return tuple(found)
