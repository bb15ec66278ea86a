"""One propagation: what a domain's senders get delivered anywhere, with given sessions.

docs/semantics.md, section 4. A propagation remembers what of the data plane it used, so that it
can stand for another one that would use just the same.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from zonecheck.dataplane import (
    DataPlane,
    DomainTransfer,
    Emission,
    FilterStep,
    Place,
    PlaceTransfer,
    Restoration,
    StateKey,
    Step,
    TerminalDenies,
    Translation,
    Way,
)
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT
from zonecheck.packets import PacketSet
from zonecheck.prove.flow import Part, sent_from

Memory = StateKey | Translation
"""What keeps state: a filter between two interfaces, or a translation."""
Sessions = Mapping[Memory, PacketSet]
Delivered = dict[AttachmentPoint, dict[Way, PacketSet]]
LONGEST_WAY = 6


class WayTooLongError(Exception):
    """A packet was translated more often than LONGEST_WAY; `args[0]` is the device where."""


@dataclass
class Held:
    """What sessions let through, computed once for each round: by filter, and by its interfaces."""

    anywhere: dict[tuple[str, str, bool], PacketSet] = field(default_factory=dict)
    errors: dict[StateKey, PacketSet] = field(default_factory=dict)
    here: dict[StateKey, PacketSet] = field(default_factory=dict)
    ruled: dict[tuple[StateKey, str | None, str | None], PacketSet] = field(default_factory=dict)
    restorers: "dict[tuple[str, str], list[Restorer]] | None" = None


@dataclass(frozen=True, slots=True)
class Restorer:
    """A restoration and the answers there can be."""

    step: Restoration
    match: PacketSet


def restorers_of(sessions: Sessions) -> dict[tuple[str, str], list[Restorer]]:
    """Return the restorations of each device, by the kind of rule they undo."""
    found: dict[tuple[str, str], list[Restorer]] = {}
    for translation, state in sessions.items():
        if isinstance(translation, Translation):
            remembered = state.with_fragments()
            wide = Translation(translation.node, translation.rule, remembered)
            step = Restoration(wide, remembered)
            key = translation.node, translation.rule.kind
            found.setdefault(key, []).append(Restorer(step, step.match))
    return found


class Propagation:
    """One propagation: what is still to be handed on, and what has arrived, by way."""

    def __init__(
        self,
        plane: DataPlane,
        sessions: Sessions,
        held: "Held",
        *,
        closed: TerminalDenies | None,
        quoting: PacketSet | None = None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self._plane = plane
        self._held = held
        self._without = without
        self._quoting = quoting
        self._sessions = sessions
        self._closed = closed
        self._seen: dict[tuple[Place, Way], PacketSet] = {}
        self._waiting: dict[tuple[Place, Way], PacketSet] = {}
        self._entered: dict[Way, PacketSet] = {}
        self._entries: tuple[DomainTransfer, ...] = ()
        self._transfers: dict[Place, PlaceTransfer] = {}
        self._let_through: dict[StateKey, tuple[FilterStep, PacketSet]] = {}
        self._restored: dict[tuple[str, str], list[Restorer]] = {}
        self.delivered: Delivered = {}
        self._opened: dict[tuple[Memory, Way], PacketSet] = {}

    @property
    def admitted(self) -> dict[Memory, PacketSet]:
        """Return what every filter and translation came to remember, as it saw it."""
        found: dict[Memory, PacketSet] = {}
        for (memory, _), headers in self._opened.items():
            found[memory] = found.get(memory, self._plane.space.empty) | headers
        return found

    def opened(self, memory: Memory) -> Iterator[Part]:
        """Yield what a filter or translation came to remember, as it was sent and as seen."""
        for (other, way), headers in self._opened.items():
            if other == memory:
                yield self.part(way, headers)

    @property
    def places(self) -> frozenset[Place]:
        """Return the places something was handed to."""
        return frozenset(place for place, _ in self._seen)

    def passed(self, headers: PacketSet) -> frozenset[str]:
        """Return the nodes that took in any of some headers, as they were sent."""
        return frozenset(
            place.node
            for (place, way), seen in self._seen.items()
            if not (self.part(way, seen).sent & headers).is_empty
        )

    def taken_in(self, places: Collection[Place]) -> Iterator[Part]:
        """Yield what some places took in, as it was sent and as it came there."""
        for (place, way), headers in self._seen.items():
            if place in places:
                yield self.part(way, headers)

    def part(self, way: Way, arrived: PacketSet) -> Part:
        """Return what arrived by a way together with what was sent."""
        if not way:
            return Part((), arrived, arrived)
        entered = tuple(self._entered[way[: length + 1]] for length in range(len(way)))
        return Part(way, sent_from(arrived, way, entered), arrived, entered)

    def enter(self, domain: int, headers: PacketSet) -> None:
        """Put a sender's packets into a domain."""
        self._entries = self._plane.enter(domain)
        for transfer in self._entries:
            passed = self._through(transfer.steps, headers, ())
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
        transfer = self._transfers[place] = self._plane.transfer(place)
        headers = self._through(transfer.inbound, headers & transfer.accepted, way)
        answered = self._restorers(place.node, SOURCE_NAT)
        for turned, left in self._translated(transfer.destinations, answered, way, headers):
            self._deliver(transfer.point, turned, left & transfer.taken)
            going = left - transfer.kept
            if going.is_empty or self._left_out(place):
                continue
            here = turned[-1] if turned != way else None
            for emission in transfer.emissions:
                self._emit(place.node, emission, turned, going & emission.headers, here)
        self._forward_owed(place, transfer, way, headers - transfer.kept)

    def _left_out(self, place: Place) -> bool:
        """Return whether what comes in at a place goes no further."""
        return bool({place.node, f"{place.node}/{place.interface}"} & self._without)

    def _forward_owed(
        self, place: Place, transfer: PlaceTransfer, way: Way, headers: PacketSet
    ) -> None:
        """Hand on answers whose source is yet to be restored: no destination rule turns them."""
        restorers = self._restorers(place.node, DESTINATION_NAT)
        if self._left_out(place) or not restorers:
            return
        owed = headers & self._plane.space.union([each.match for each in restorers])
        for emission in transfer.emissions:
            self._emit(place.node, emission, way, owed & emission.headers, None, owed=True)

    def _emit(
        self,
        node: str,
        emission: Emission,
        way: Way,
        headers: PacketSet,
        turned_by: Step | None,
        *,
        owed: bool = False,
    ) -> None:
        if emission.sees_original and isinstance(turned_by, Translation):
            before = turned_by.backward(headers) & self._entered[way]
            headers &= turned_by.forward(self._through(emission.policy, before, way[:-1]))
        else:
            headers = self._through(emission.policy, headers, way)
        restored = owed or isinstance(turned_by, Restoration)
        answered = self._restorers(node, DESTINATION_NAT) if restored else []
        steps = () if restored else emission.sources
        for turned, left in self._translated(steps, answered, way, headers):
            if owed and turned == way:
                continue
            passed = self._through(emission.steps, left, turned)
            if passed.is_empty:
                continue
            for point, taken in emission.deliveries:
                self._deliver(point, turned, passed & taken)
            for place, taken in emission.places:
                self._hand_on(place, turned, passed & taken)

    def _translated(
        self,
        steps: tuple[Translation, ...],
        answered: "list[Restorer]",
        way: Way,
        headers: PacketSet,
    ) -> Iterator[tuple[Way, PacketSet]]:
        """Yield what headers become, by way.

        An answer may be restored, or its entry be gone: then rules see it. Translation goes by
        connection: what is restored on its way through a device is turned by none of its rules.
        """
        for restorer in answered:
            yield from self._applied(restorer.step, way, headers & restorer.match)
        for step in steps:
            yield from self._applied(step, way, headers & step.match)
        rest = headers & self._plane.nat.unchanged(steps)
        if not rest.is_empty:
            yield way, rest

    def _applied(self, step: Step, way: Way, matched: PacketSet) -> Iterator[tuple[Way, PacketSet]]:
        if matched.is_empty:
            return
        if isinstance(step, Translation):
            self._remember(step, way, matched.whole.with_any_flag())
        if len(way) >= LONGEST_WAY:
            raise WayTooLongError(step.node)
        turned = (*way, step)
        known = self._entered.get(turned, self._plane.space.empty)
        self._entered[turned] = known | matched
        changed = step.forward(matched)
        if not changed.is_empty:
            yield turned, changed

    def _restorers(self, node: str, kind: str) -> "list[Restorer]":
        """Return what gives answers their addresses back at a device, for one kind of rule."""
        if self._held.restorers is None:
            self._held.restorers = restorers_of(self._sessions)
        found = self._held.restorers.get((node, kind), [])
        self._restored[node, kind] = found
        return found

    def _through(self, steps: tuple[FilterStep, ...], headers: PacketSet, way: Way) -> PacketSet:
        for step in steps:
            if headers.is_empty:
                return headers
            headers = self._filtered(step, headers, way)
        return headers

    def _remember(self, memory: Memory, way: Way, headers: PacketSet) -> None:
        known = self._opened.get((memory, way), self._plane.space.empty)
        self._opened[memory, way] = known | headers

    def _filtered(self, step: FilterStep, headers: PacketSet, way: Way) -> PacketSet:
        filters = self._plane.filters
        if self._closed is not None:
            ways = step.in_interface, step.out_interface
            headers &= self._closed.let_through(step.filter, *ways)
        fresh = headers & filters.by_rules(step.filter, step.in_interface, step.out_interface)
        if not step.filter.stateful or step.filter.rules is None:
            return fresh
        if not fresh.is_empty:
            self._remember(step.state_key, way, fresh.whole)
        held = session_packets(self._plane, self._sessions, self._held, step, self._quoting)
        self._let_through[step.state_key] = step, held
        if step.filter.session_rules is not None:
            held = self._ruled(step)
        return fresh | (headers & held)

    def _ruled(self, step: FilterStep) -> PacketSet:
        """Return what the session rules of a filter leave of its sessions, in this direction."""
        key = step.state_key, step.in_interface, step.out_interface
        if key not in self._held.ruled:
            belonging = self._held.anywhere[step.state_key[:3]]
            errors = self._held.errors[step.state_key]
            ways = step.in_interface, step.out_interface
            self._held.ruled[key] = self._plane.filters.of_sessions(
                step.filter, ways, belonging, errors
            )
        return self._held.ruled[key]

    def stands_for(self, plane: DataPlane, domain: int, sessions: Sessions, held: Held) -> bool:
        """Return whether a propagation in another plane would be just this one.

        Both planes share a packet space and a closure, and the same headers are put in.
        """
        if plane.enter(domain) is not self._entries:
            return False
        for place, known in self._transfers.items():
            if not plane.has(place) or plane.transfer(place) is not known:
                return False
        if held.restorers is None:
            held.restorers = restorers_of(sessions)
        if any(held.restorers.get(key, []) != known for key, known in self._restored.items()):
            return False
        return all(
            session_packets(plane, sessions, held, step, self._quoting) == known
            for step, known in self._let_through.values()
        )


def session_packets(
    plane: DataPlane, sessions: Sessions, held: Held, step: FilterStep, quoting: PacketSet | None
) -> PacketSet:
    """Return what the sessions of a filter let through at a step.

    Packets of a session pass between any interfaces, ICMP errors only between its own two, and
    of those only what quotes a session of `quoting`.
    """
    here, filters = step.state_key, plane.filters
    if here not in held.here:
        anywhere = here[:3]
        if anywhere not in held.anywhere:
            admitted = [
                admitted
                for key, admitted in sessions.items()
                if isinstance(key, tuple) and key[:3] == anywhere
            ]
            packets = filters.session_packets(step.filter, plane.space.union(admitted))
            held.anywhere[anywhere] = packets
        quoted = sessions.get(here, plane.space.empty)
        if quoting is not None:
            quoted &= quoting
        held.errors[here] = filters.icmp_errors(quoted)
        held.here[here] = held.anywhere[anywhere] | held.errors[here]
    return held.here[here]
