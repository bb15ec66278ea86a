"""What can be delivered where, for all packets at once (docs/semantics.md, section 4).

From each broadcast domain the headers its origins may send are pushed through the data plane
until nothing new arrives anywhere. Forwarding changes no header, so what arrives is a subset
of what was sent, and one run per domain serves every origin in it. Sessions of stateful filters
are a fixpoint around that: what one round admits, the next lets back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zonecheck.dataplane import DataPlane, Emission, FilterStep, Origin, Place, StateKey
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.filter import Action, Filter
from zonecheck.packets import PacketSet

Sessions = Mapping[StateKey, PacketSet]
Delivered = dict[AttachmentPoint, PacketSet]


@dataclass(frozen=True, slots=True)
class Flow:
    """What one origin can have delivered at one destination.

    `fresh` needs no session state; `through_state` is what only session state lets through.
    """

    fresh: PacketSet
    through_state: PacketSet

    @property
    def everything(self) -> PacketSet:
        """Return both together."""
        return self.fresh | self.through_state


class Reachability:
    """The reachability of a whole data plane.

    With `closed_filters`, every filter that ends in a deny (as declared, or under this closure
    by what is undeclared) lets nothing through: what still arrives crossed no such filter.
    Nodes in `without` hand nothing on; `sessions` are then those of the whole network, since
    nothing else changes when a way is left out.
    """

    def __init__(
        self,
        plane: DataPlane,
        *,
        closed_filters: bool = False,
        without: frozenset[str] = frozenset(),
        sessions: Sessions | None = None,
    ) -> None:
        self.plane = plane
        self.without = without
        self._closed = closed_filters
        self._flows: dict[tuple[tuple[int, ...], PacketSet, AttachmentPoint], Flow] = {}
        self._errors: dict[PacketSet, dict[int, Delivered]] = {}
        self._held = _Held()
        self._held_for: tuple[Sessions, PacketSet | None] = ({}, None)
        self._sent = _sent_by_domain(plane)
        self._fresh = {d: self._run(d, {})[0] for d in sorted(self._sent)}
        self.sessions = self._settle() if sessions is None else sessions
        self._full = (
            {d: self._run(d, self.sessions)[0] for d in sorted(self._sent)}
            if self.sessions
            else self._fresh
        )

    def flow(self, origin: Origin, destination: AttachmentPoint) -> Flow:
        """Return what an origin can have delivered at an attachment point."""
        key = (origin.domains, origin.may_send, destination)
        if key not in self._flows:
            self._flows[key] = self._find_flow(origin, destination)
        return self._flows[key]

    def _find_flow(self, origin: Origin, destination: AttachmentPoint) -> Flow:
        fresh, full = self.plane.space.empty, self.plane.space.empty
        for domain in origin.domains:
            nothing = self.plane.space.empty
            fresh |= self._fresh.get(domain, {}).get(destination, nothing)
            full |= self._full.get(domain, {}).get(destination, nothing)
        fresh &= origin.may_send
        return Flow(fresh, (full & origin.may_send) - fresh)

    def icmp_errors(
        self, origin: Origin, destination: AttachmentPoint, sessions: PacketSet
    ) -> PacketSet:
        """Return the ICMP errors delivered if state lets them through for `sessions` only.

        One more propagation for each set of first headers that is asked about.
        """
        if sessions not in self._errors:
            self._errors[sessions] = {
                d: self._run(d, self.sessions, quoting=sessions)[0] for d in sorted(self._sent)
            }
        found = self.plane.space.empty
        for domain in origin.domains:
            arrived = self._errors[sessions].get(domain, {})
            found |= arrived.get(destination, self.plane.space.empty)
        return found & origin.may_send & self.plane.filters.error_headers

    def destinations(self, origin: Origin) -> list[AttachmentPoint]:
        """Return where anything from an origin can arrive, in a stable order."""
        found = {p for d in origin.domains for p in self._full.get(d, {})}
        reached = [p for p in found if not self.flow(origin, p).everything.is_empty]
        return sorted(reached, key=lambda point: point.order)

    def _settle(self) -> dict[StateKey, PacketSet]:
        """Return the sessions every stateful filter can come to hold."""
        sessions: dict[StateKey, PacketSet] = {}
        while True:
            found: dict[StateKey, PacketSet] = {}
            for domain in sorted(self._sent):
                for key, admitted in self._run(domain, sessions)[1].items():
                    found[key] = found.get(key, self.plane.space.empty) | admitted
            found = {key: admitted for key, admitted in found.items() if not admitted.is_empty}
            if found == sessions:
                return sessions
            sessions = found

    def _run(
        self, domain: int, sessions: Sessions, quoting: PacketSet | None = None
    ) -> tuple[Delivered, dict[StateKey, PacketSet]]:
        """Push what a domain's origins send through the network."""
        if self._held_for[0] is not sessions or self._held_for[1] != quoting:
            self._held, self._held_for = _Held(), (sessions, quoting)
        run = _Run(
            self.plane,
            sessions,
            self._held,
            closed=self._closed,
            quoting=quoting,
            without=self.without,
        )
        run.enter(domain, self._sent[domain])
        run.settle()
        return run.delivered, run.admitted


@dataclass
class _Held:
    """What sessions let through, computed once for each round: by filter, and by its interfaces."""

    anywhere: dict[tuple[str, str, bool], PacketSet] = field(default_factory=dict)
    here: dict[StateKey, PacketSet] = field(default_factory=dict)


def _sent_by_domain(plane: DataPlane) -> dict[int, PacketSet]:
    sent: dict[int, PacketSet] = {}
    for origin in plane.origins:
        if not origin.may_send.is_empty:
            for domain in origin.domains:
                sent[domain] = sent.get(domain, plane.space.empty) | origin.may_send
    return sent


class _Run:
    """One propagation: what is still to be handed on, and what has arrived."""

    def __init__(
        self,
        plane: DataPlane,
        sessions: Sessions,
        held: "_Held",
        *,
        closed: bool,
        quoting: PacketSet | None = None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self._plane = plane
        self._held = held
        self._without = without
        self._quoting = quoting
        self._sessions = sessions
        self._closed = closed
        self._seen: dict[Place, PacketSet] = {}
        self._waiting: dict[Place, PacketSet] = {}
        self.delivered: Delivered = {}
        self.admitted: dict[StateKey, PacketSet] = {}

    def enter(self, domain: int, headers: PacketSet) -> None:
        """Put a sender's packets into a domain."""
        transfer = self._plane.enter(domain)
        for point, taken in transfer.deliveries:
            self._deliver(point, headers & taken)
        for place in transfer.places:
            self._hand_on(place, headers)

    def settle(self) -> None:
        """Hand packets on until nothing new arrives anywhere."""
        while self._waiting:
            place = next(iter(self._waiting))
            self._forward(place, self._waiting.pop(place))

    def _hand_on(self, place: Place, headers: PacketSet) -> None:
        new = headers - self._seen.get(place, self._plane.space.empty)
        if new.is_empty:
            return
        self._seen[place] = self._seen.get(place, self._plane.space.empty) | new
        self._waiting[place] = self._waiting.get(place, self._plane.space.empty) | new

    def _deliver(self, point: AttachmentPoint, headers: PacketSet) -> None:
        if not headers.is_empty:
            self.delivered[point] = self.delivered.get(point, self._plane.space.empty) | headers

    def _forward(self, place: Place, headers: PacketSet) -> None:
        transfer = self._plane.transfer(place)
        headers = self._through(transfer.inbound, headers & transfer.accepted)
        self._deliver(transfer.point, headers & transfer.taken)
        headers -= transfer.kept
        if headers.is_empty or place.node in self._without:
            return
        for emission in transfer.emissions:
            self._emit(emission, headers & emission.headers)

    def _emit(self, emission: Emission, headers: PacketSet) -> None:
        headers = self._through(emission.steps, headers)
        if headers.is_empty:
            return
        for point, taken in emission.deliveries:
            self._deliver(point, headers & taken)
        for place, taken in emission.places:
            self._hand_on(place, headers & taken)

    def _through(self, steps: tuple[FilterStep, ...], headers: PacketSet) -> PacketSet:
        for step in steps:
            if headers.is_empty:
                return headers
            headers = self._filtered(step, headers)
        return headers

    def _ends_in_deny(self, item: Filter) -> bool:
        if item.rules is None or item.default is None:
            return self._plane.closure is Closure.LOWER
        return item.default is Action.DENY

    def _filtered(self, step: FilterStep, headers: PacketSet) -> PacketSet:
        filters = self._plane.filters
        if self._closed and self._ends_in_deny(step.filter):
            return self._plane.space.empty
        permitted = filters.permitted(step.filter, step.in_interface, step.out_interface)
        if not step.filter.stateful or step.filter.rules is None:
            return headers & permitted
        fresh = headers & permitted & filters.new
        if not fresh.is_empty:
            known = self.admitted.get(step.state_key, self._plane.space.empty)
            self.admitted[step.state_key] = known | fresh
        return fresh | (headers & self._session_packets(step))

    def _session_packets(self, step: FilterStep) -> PacketSet:
        """Return what the sessions of a filter let through here.

        Packets of a session pass between any interfaces, ICMP errors only between its own two.
        """
        here, filters = step.state_key, self._plane.filters
        if here not in self._held.here:
            anywhere = here[:3]
            if anywhere not in self._held.anywhere:
                admitted = [a for key, a in self._sessions.items() if key[:3] == anywhere]
                packets = filters.session_packets(self._plane.space.union(admitted))
                self._held.anywhere[anywhere] = packets
            quoted = self._sessions.get(here, self._plane.space.empty)
            if self._quoting is not None:
                quoted &= self._quoting
            self._held.here[here] = self._held.anywhere[anywhere] | filters.icmp_errors(quoted)
        return self._held.here[here]
