"""What can be delivered where, for all packets at once (docs/semantics.md, section 4).

From each broadcast domain the headers its origins may send are pushed through the data plane
until nothing new arrives anywhere, one run a domain for all origins in it. Only translation
changes a header; then the packet keeps its *way*, from which the header at its origin is found.
Sessions of stateful filters and the memory of translations are a fixpoint around that: what one
round admits, the next lets back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zonecheck.dataplane import (
    DataPlane,
    Emission,
    FilterStep,
    Origin,
    Place,
    Restoration,
    StateKey,
    Step,
    Translation,
    Way,
)
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.filter import Action, Filter
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT
from zonecheck.packets import PacketSet
from zonecheck.prove.flow import Flow, Part, sent_from

Memory = StateKey | Translation
"""What keeps state: a filter between two interfaces, or a translation."""
Sessions = Mapping[Memory, PacketSet]
Delivered = dict[AttachmentPoint, dict[Way, PacketSet]]
LONGEST_WAY = 6


class Reachability:
    """The reachability of a whole data plane.

    With `closed_filters`, every filter that ends in a deny (as declared, or under this closure
    by what is undeclared) lets nothing through: what still arrives crossed no such filter.
    """

    def __init__(self, plane: DataPlane, *, closed_filters: bool = False) -> None:
        self.plane = plane
        self._closed = closed_filters
        self._flows: dict[tuple[tuple[int, ...], PacketSet, AttachmentPoint], Flow] = {}
        self._errors: dict[PacketSet, dict[int, _Run]] = {}
        self._held = _Held()
        self._held_for: tuple[Sessions, PacketSet | None] = ({}, None)
        self._sent = _sent_by_domain(plane)
        self._fresh = {d: self._run(d, {}) for d in sorted(self._sent)}
        self.sessions = self._settle()
        self._full = (
            {d: self._run(d, self.sessions) for d in sorted(self._sent)}
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
        nothing = self.plane.space.empty
        fresh = self._parts(self._fresh, origin, destination)
        known = nothing
        for part in fresh:
            known |= part.sent
        state: list[Part] = []
        if self._full is not self._fresh:
            for part in self._parts(self._full, origin, destination):
                left = part.without(known)
                if not left.sent.is_empty:
                    state.append(left)
        return Flow(tuple(fresh), tuple(state), nothing)

    def _parts(
        self, runs: "dict[int, _Run]", origin: Origin, destination: AttachmentPoint
    ) -> list[Part]:
        """Return what arrives, one part for each way; the same way from all domains is one."""
        found: dict[tuple[Way, tuple[PacketSet, ...]], Part] = {}
        for domain in origin.domains:
            run = runs.get(domain)
            for way, arrived in run.delivered.get(destination, {}).items() if run else ():
                part = run.part(way, arrived).starting(origin.may_send) if run else None
                if part is None or part.sent.is_empty:
                    continue
                key = way, part.entered
                if key in found:
                    other = found[key]
                    part = Part(
                        way, part.sent | other.sent, part.arrived | other.arrived, part.entered
                    )
                found[key] = part
        return list(found.values())

    def icmp_errors(
        self, origin: Origin, destination: AttachmentPoint, sessions: PacketSet
    ) -> PacketSet:
        """Return the ICMP errors delivered if state lets them through for `sessions` only.

        One more propagation for each set of first headers that is asked about.
        """
        if sessions not in self._errors:
            self._errors[sessions] = {
                d: self._run(d, self.sessions, quoting=self._as_filters_see(sessions))
                for d in sorted(self._sent)
            }
        found = self.plane.space.empty
        for part in self._parts(self._errors[sessions], origin, destination):
            found |= part.sent
        return found & self.plane.filters.error_headers

    def _as_filters_see(self, sessions: PacketSet) -> PacketSet:
        """Return first headers together with what translations make of them."""
        while True:
            made = sessions
            for step in self.sessions:
                if isinstance(step, Translation):
                    made |= step.forward(sessions)
            if made == sessions:
                return sessions
            sessions = made

    def destinations(self, origin: Origin) -> list[AttachmentPoint]:
        """Return where anything from an origin can arrive, in a stable order."""
        runs = [self._full[d] for d in origin.domains if d in self._full]
        found = {point for run in runs for point in run.delivered}
        reached = [p for p in found if not self.flow(origin, p).everything.is_empty]
        return sorted(reached, key=lambda point: point.order)

    def _settle(self) -> dict[Memory, PacketSet]:
        """Return what every stateful filter and every translation can come to remember."""
        sessions: dict[Memory, PacketSet] = {}
        while True:
            found: dict[Memory, PacketSet] = {}
            for domain in sorted(self._sent):
                for key, admitted in self._run(domain, sessions).admitted.items():
                    found[key] = found.get(key, self.plane.space.empty) | admitted
            found = {key: admitted for key, admitted in found.items() if not admitted.is_empty}
            if found == sessions:
                return sessions
            sessions = found

    def _run(self, domain: int, sessions: Sessions, quoting: PacketSet | None = None) -> "_Run":
        """Push what a domain's origins send through the network."""
        if self._held_for[0] is not sessions or self._held_for[1] != quoting:
            self._held, self._held_for = _Held(), (sessions, quoting)
        run = _Run(self.plane, sessions, self._held, closed=self._closed, quoting=quoting)
        run.enter(domain, self._sent[domain])
        run.settle()
        return run


class WayTooLongError(Exception):
    """A packet was translated more often than LONGEST_WAY; `args[0]` is the device where."""


@dataclass
class _Held:
    """What sessions let through, computed once for each round: by filter, and by its interfaces."""

    anywhere: dict[tuple[str, str, bool], PacketSet] = field(default_factory=dict)
    here: dict[StateKey, PacketSet] = field(default_factory=dict)
    restorers: "dict[tuple[str, str], list[_Restorer]] | None" = None


@dataclass(frozen=True, slots=True)
class _Restorer:
    """A restoration and the answers there can be."""

    step: Restoration
    match: PacketSet


def _restorers(sessions: Sessions) -> dict[tuple[str, str], list[_Restorer]]:
    """Return the restorations of each device, by the kind of rule they undo."""
    found: dict[tuple[str, str], list[_Restorer]] = {}
    for translation, state in sessions.items():
        if isinstance(translation, Translation):
            wide = Translation(translation.node, translation.rule, state)
            step = Restoration(wide, state)
            key = translation.node, translation.rule.kind
            found.setdefault(key, []).append(_Restorer(step, step.match))
    return found


def _sent_by_domain(plane: DataPlane) -> dict[int, PacketSet]:
    sent: dict[int, PacketSet] = {}
    for origin in plane.origins:
        if not origin.may_send.is_empty:
            for domain in origin.domains:
                sent[domain] = sent.get(domain, plane.space.empty) | origin.may_send
    return sent


class _Run:
    """One propagation: what is still to be handed on, and what has arrived, by way."""

    def __init__(
        self,
        plane: DataPlane,
        sessions: Sessions,
        held: "_Held",
        *,
        closed: bool,
        quoting: PacketSet | None = None,
    ) -> None:
        self._plane = plane
        self._held = held
        self._quoting = quoting
        self._sessions = sessions
        self._closed = closed
        self._seen: dict[tuple[Place, Way], PacketSet] = {}
        self._waiting: dict[tuple[Place, Way], PacketSet] = {}
        self._entered: dict[Way, PacketSet] = {}
        self.delivered: Delivered = {}
        self.admitted: dict[Memory, PacketSet] = {}

    def part(self, way: Way, arrived: PacketSet) -> Part:
        """Return what arrived by a way together with what was sent."""
        if not way:
            return Part((), arrived, arrived)
        entered = tuple(self._entered[way[: length + 1]] for length in range(len(way)))
        return Part(way, sent_from(arrived, way, entered), arrived, entered)

    def enter(self, domain: int, headers: PacketSet) -> None:
        """Put a sender's packets into a domain."""
        for transfer in self._plane.enter(domain):
            passed = self._through(transfer.steps, headers)
            for point, taken in transfer.deliveries:
                self._deliver(point, (), passed & taken)
            for place in transfer.places:
                self._hand_on(place, (), passed)

    def settle(self) -> None:
        """Hand packets on until nothing new arrives anywhere."""
        while self._waiting:
            place, way = next(iter(self._waiting))
            self._forward(place, way, self._waiting.pop((place, way)))

    def _hand_on(self, place: Place, way: Way, headers: PacketSet) -> None:
        key = place, way
        new = headers - self._seen.get(key, self._plane.space.empty)
        if new.is_empty:
            return
        self._seen[key] = self._seen.get(key, self._plane.space.empty) | new
        self._waiting[key] = self._waiting.get(key, self._plane.space.empty) | new

    def _deliver(self, point: AttachmentPoint, way: Way, headers: PacketSet) -> None:
        if not headers.is_empty:
            known = self.delivered.setdefault(point, {})
            known[way] = known.get(way, self._plane.space.empty) | headers

    def _forward(self, place: Place, way: Way, headers: PacketSet) -> None:
        transfer = self._plane.transfer(place)
        headers = self._through(transfer.inbound, headers & transfer.accepted)
        answered = self._restorers(place.node, SOURCE_NAT)
        for turned, left in self._translated(transfer.destinations, answered, way, headers):
            self._deliver(transfer.point, turned, left & transfer.taken)
            going = left - transfer.kept
            if going.is_empty:
                continue
            here = turned[-1] if turned != way else None
            for emission in transfer.emissions:
                self._emit(place.node, emission, turned, going & emission.headers, here)

    def _emit(
        self,
        node: str,
        emission: Emission,
        way: Way,
        headers: PacketSet,
        turned_by: Step | None,
    ) -> None:
        if emission.sees_original and turned_by is not None:
            before = turned_by.backward(headers) & self._entered[way]
            headers &= turned_by.forward(self._through(emission.policy, before))
        else:
            headers = self._through(emission.policy, headers)
        answered = self._restorers(node, DESTINATION_NAT)
        for turned, left in self._translated(emission.sources, answered, way, headers):
            passed = self._through(emission.steps, left)
            if passed.is_empty:
                continue
            for point, taken in emission.deliveries:
                self._deliver(point, turned, passed & taken)
            for place, taken in emission.places:
                self._hand_on(place, turned, passed & taken)

    def _translated(
        self,
        steps: tuple[Translation, ...],
        answered: "list[_Restorer]",
        way: Way,
        headers: PacketSet,
    ) -> Iterator[tuple[Way, PacketSet]]:
        """Yield what headers become, by way; an answer may be restored, or its entry be gone."""
        rest = headers
        for restorer in answered:
            yield from self._applied(restorer.step, way, headers & restorer.match)
        for step in steps:
            rest -= step.match
            yield from self._applied(step, way, headers & step.match)
        if not rest.is_empty:
            yield way, rest

    def _applied(self, step: Step, way: Way, matched: PacketSet) -> Iterator[tuple[Way, PacketSet]]:
        if matched.is_empty:
            return
        if isinstance(step, Translation):
            known = self.admitted.get(step, self._plane.space.empty)
            self.admitted[step] = known | matched.with_any_flag()
        if len(way) >= LONGEST_WAY:
            raise WayTooLongError(step.node)
        turned = (*way, step)
        known = self._entered.get(turned, self._plane.space.empty)
        self._entered[turned] = known | matched
        changed = step.forward(matched)
        if not changed.is_empty:
            yield turned, changed

    def _restorers(self, node: str, kind: str) -> "list[_Restorer]":
        """Return what gives answers their addresses back at a device, for one kind of rule."""
        if self._held.restorers is None:
            self._held.restorers = _restorers(self._sessions)
        return self._held.restorers.get((node, kind), [])

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
        fresh = headers & permitted & filters.opening(step.filter)
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
                admitted = [
                    admitted
                    for key, admitted in self._sessions.items()
                    if isinstance(key, tuple) and key[:3] == anywhere
                ]
                packets = filters.session_packets(step.filter, self._plane.space.union(admitted))
                self._held.anywhere[anywhere] = packets
            quoted = self._sessions.get(here, self._plane.space.empty)
            if self._quoting is not None:
                quoted &= self._quoting
            self._held.here[here] = self._held.anywhere[anywhere] | filters.icmp_errors(quoted)
        return self._held.here[here]
