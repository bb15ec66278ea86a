"""What can be delivered where, for all packets at once (docs/semantics.md, section 4).

From each broadcast domain the headers its origins may send are pushed through the data plane
until nothing new arrives anywhere, one run a domain for all origins in it. Only translation
changes a header; then the packet keeps its *way*, from which the header at its origin is found.
Sessions of stateful filters and the memory of translations are a fixpoint around that: what one
round admits, the next lets back.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from zonecheck.dataplane import DataPlane, Origin, Place, TerminalDenies, Translation, Way
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.packets import PacketSet
from zonecheck.prove.flow import Flow, Part
from zonecheck.prove.propagation import Held, Memory, Propagation, Sessions

Spread = tuple[frozenset[AttachmentPoint], frozenset[Place]]
"""Where packets are delivered, and the places that take them in."""


class Reachability:
    """The reachability of a whole data plane.

    With `closed`, every filter that ends in a deny (as declared, or under this closure by what
    is undeclared) lets nothing through: what still arrives crossed no such filter.

    `earlier` is that of another design in the same packet space under the same closure: what
    would be propagated just as there is taken from there. Nodes in `without`, and interfaces
    `node/interface` for what comes in by them, hand nothing on; `sessions` are then those of the
    whole network, since nothing else changes when a way is left out.
    """

    def __init__(
        self,
        plane: DataPlane,
        *,
        closed: TerminalDenies | None = None,
        earlier: "Reachability | None" = None,
        without: frozenset[str] = frozenset(),
        sessions: Sessions | None = None,
    ) -> None:
        self.plane = plane
        self.without = without
        self._closed = closed
        self._known: dict[PacketSet, list[Propagation]] = {}
        self._earlier: dict[PacketSet, list[Propagation]] = {}
        if earlier is not None:
            if earlier.plane.space is not plane.space or earlier.plane.closure != plane.closure:
                raise ValueError("an earlier answer must be in the same space under one closure")
            alike = earlier._closed == closed  # noqa: SLF001 - of the same class
            if alike and earlier.without == without:
                self._earlier = earlier._known  # noqa: SLF001
        self._flows: dict[tuple[tuple[int, ...], PacketSet, AttachmentPoint], Flow] = {}
        self._reached: dict[tuple[tuple[int, ...], PacketSet], list[AttachmentPoint]] = {}
        self._errors: dict[PacketSet, dict[int, Propagation]] = {}
        self._answers: dict[frozenset[AttachmentPoint], Spread] = {}
        self._held = Held()
        self._held_for: tuple[Sessions, PacketSet | None] = ({}, None)
        self._sent = _sent_by_domain(plane)
        self.rounds: list[Sessions] = [{}]
        if sessions is None:
            self._fresh: Mapping[int, Propagation] = self._runs({})
            self.sessions = self._settle()
            self._full: Mapping[int, Propagation] = (
                self._runs(self.sessions) if self.sessions else self._fresh
            )
            self._earlier = {}
            self._answered = self._answered_by(earlier)
        else:
            # Few senders are asked about: each is followed when it is.
            self.sessions = sessions
            self._fresh = _Lazily(sorted(self._sent), lambda domain: self._run(domain, {}))
            self._full = _Lazily(sorted(self._sent), lambda domain: self._run(domain, sessions))
            self._answered = _Answered()

    def flow(self, origin: Origin, destination: AttachmentPoint) -> Flow:
        """Return what an origin can have delivered at an attachment point."""
        key = (origin.domains, origin.may_send, destination)
        found = self._flows.get(key)
        if found is None:
            known = self._answered.flows.get(key) if self._answered.all(origin.domains) else None
            found = self._flows[key] = known or self._find_flow(origin, destination)
        return found

    def passing(self, origin: Origin, domains: Collection[int]) -> list[Part]:
        """Return what of an origin's packets is on the wire of some broadcast domains.

        `arrived` are the headers as they are there, delivered there or on their way; what a
        domain's own senders put on its wire is there whatever becomes of it.
        """
        wanted = frozenset(domains)
        places = frozenset(p for d in wanted for p, _, _ in self.plane.places_in(d))
        points = [p for p, own in self.plane.domains_of.items() if wanted.intersection(own)]
        found: dict[tuple[Way, tuple[PacketSet, ...]], Part] = {}
        for domain in origin.domains:
            if domain in wanted:
                _add(found, Part((), origin.may_send, origin.may_send))
            if domain not in self._full:
                continue
            run = self._full[domain]
            for part in run.taken_in(places):
                _add(found, part.starting(origin.may_send))
            for point in points:
                for way, arrived in run.delivered.get(point, {}).items():
                    _add(found, run.part(way, arrived).starting(origin.may_send))
        return list(found.values())

    def passed(self, origin: Origin, headers: PacketSet) -> frozenset[str]:
        """Return the nodes that take in any of some headers of an origin on their way."""
        if headers.is_empty:
            return frozenset()
        runs = [self._full[domain] for domain in origin.domains if domain in self._full]
        return frozenset(node for run in runs for node in run.passed(headers & origin.may_send))

    def settle(self) -> None:
        """Let go of the earlier answers."""
        self._answered = _Answered()
        self._earlier = {}

    def _runs(self, sessions: Sessions) -> dict[int, Propagation]:
        return {domain: self._run(domain, sessions) for domain in sorted(self._sent)}

    def _answered_by(self, earlier: "Reachability | None") -> "_Answered":
        """Return the flows of an earlier answer, and the domains for which they are still true."""
        if earlier is None:
            return _Answered()
        same = frozenset(
            domain
            for domain in self._sent
            if earlier._fresh.get(domain) is self._fresh[domain]  # noqa: SLF001
            and earlier._full.get(domain) is self._full[domain]  # noqa: SLF001
        )
        return _Answered(earlier._flows, same)  # noqa: SLF001

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
        self, runs: Mapping[int, Propagation], origin: Origin, destination: AttachmentPoint
    ) -> list[Part]:
        """Return what arrives, one part for each way; the same way from all domains is one."""
        found: dict[tuple[Way, tuple[PacketSet, ...]], Part] = {}
        for domain in origin.domains:
            run = runs.get(domain)
            for way, arrived in run.delivered.get(destination, {}).items() if run else ():
                _add(found, run.part(way, arrived).starting(origin.may_send) if run else None)
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
        key = origin.domains, origin.may_send
        if key not in self._reached:
            self._reached[key] = self._find_destinations(origin)
        return self._reached[key]

    def _find_destinations(self, origin: Origin) -> list[AttachmentPoint]:
        runs = [self._full[d] for d in origin.domains if d in self._full]
        found = {point for run in runs for point in run.delivered}
        reached = [p for p in found if not self.flow(origin, p).everything.is_empty]
        return sorted(reached, key=lambda point: point.order)

    def spread(self, domain: int) -> Spread:
        """Return where packets from a domain are delivered, and the places that take them in."""
        runs = [kept[domain] for kept in (self._fresh, self._full) if domain in kept]
        points = frozenset(point for run in runs for point in run.delivered)
        return points, frozenset(place for run in runs for place in run.places)

    def answers_spread(self, points: Iterable[AttachmentPoint]) -> Spread:
        """Return where the answers of a device's own stack go, wherever it sends them out.

        One propagation of the replies to all that arrives at these points of its stack.
        """
        wanted = frozenset(points)
        if wanted not in self._answers:
            self._answers[wanted] = self._find_answers_spread(wanted)
        return self._answers[wanted]

    def _find_answers_spread(self, wanted: frozenset[AttachmentPoint]) -> Spread:
        answers = self.plane.space.empty
        for run in {id(r): r for r in (*self._fresh.values(), *self._full.values())}.values():
            for point in wanted & run.delivered.keys():
                for arrived in run.delivered[point].values():
                    answers |= arrived.mirror()
        if answers.is_empty:
            return frozenset(), frozenset()
        run = Propagation(self.plane, self.sessions, Held(), closed=self._closed)
        for domain in sorted({d for point in wanted for d in self.plane.domains_of[point]}):
            run.enter(domain, answers)
        run.settle()
        return frozenset(run.delivered), run.places

    def runs_of_round(self, number: int) -> Iterator[tuple[int, Propagation]]:
        """Yield the propagations that knew the sessions of a round, by domain."""
        for domain in sorted(self._sent):
            yield domain, self._run(domain, self.rounds[number])

    def _settle(self) -> Sessions:
        """Return what every stateful filter and every translation can come to remember."""
        while True:
            sessions = self.rounds[-1]
            found: dict[Memory, PacketSet] = {}
            for domain in sorted(self._sent):
                for key, admitted in self._run(domain, sessions).admitted.items():
                    found[key] = found.get(key, self.plane.space.empty) | admitted
            found = {key: admitted for key, admitted in found.items() if not admitted.is_empty}
            if found == sessions:
                return sessions
            self.rounds.append(found)

    def _run(
        self, domain: int, sessions: Sessions, quoting: PacketSet | None = None
    ) -> Propagation:
        """Push what a domain's origins send through the network."""
        if self._held_for[0] is not sessions or self._held_for[1] != quoting:
            self._held, self._held_for = Held(), (sessions, quoting)
        sent = self._sent[domain]
        run = self._reusable(domain, sent, sessions) if quoting is None else None
        if run is None:
            run = Propagation(
                self.plane,
                sessions,
                self._held,
                closed=self._closed,
                quoting=quoting,
                without=self.without,
            )
            run.enter(domain, sent)
            run.settle()
        if quoting is None and run not in self._known.setdefault(sent, []):
            self._known[sent].append(run)
        return run

    def _reusable(self, domain: int, sent: PacketSet, sessions: Sessions) -> Propagation | None:
        known = [*reversed(self._known.get(sent, [])), *self._earlier.get(sent, [])]
        for run in known:
            if run.stands_for(self.plane, domain, sessions, self._held):
                return run
        return None


def _add(found: dict[tuple[Way, tuple[PacketSet, ...]], Part], part: Part | None) -> None:
    """Put a part to others: the same way is one."""
    if part is None or part.sent.is_empty:
        return
    key = part.way, part.entered
    if key in found:
        other = found[key]
        part = Part(part.way, part.sent | other.sent, part.arrived | other.arrived, part.entered)
    found[key] = part


class _Lazily(Mapping[int, Propagation]):
    """Propagations by domain, each made when it is first asked for."""

    def __init__(self, domains: list[int], run: Callable[[int], Propagation]) -> None:
        self._domains = domains
        self._run = run
        self._made: dict[int, Propagation] = {}

    def __getitem__(self, domain: int) -> Propagation:
        if domain not in self._made:
            if domain not in self._domains:
                raise KeyError(domain)
            self._made[domain] = self._run(domain)
        return self._made[domain]

    def __contains__(self, domain: object) -> bool:
        return domain in self._domains

    def __iter__(self) -> Iterator[int]:
        return iter(self._domains)

    def __len__(self) -> int:
        return len(self._domains)


@dataclass(frozen=True, slots=True)
class _Answered:
    """Flows known from before, which hold for origins in these domains."""

    flows: Mapping[tuple[tuple[int, ...], PacketSet, AttachmentPoint], Flow] = field(
        default_factory=dict
    )
    domains: frozenset[int] = frozenset()

    def all(self, domains: tuple[int, ...]) -> bool:
        """Return whether the flows of an origin in these domains are known."""
        return self.domains.issuperset(domains)


def _sent_by_domain(plane: DataPlane) -> dict[int, PacketSet]:
    sent: dict[int, PacketSet] = {}
    for origin in plane.origins:
        if not origin.may_send.is_empty:
            for domain in origin.domains:
                sent[domain] = sent.get(domain, plane.space.empty) | origin.may_send
    return sent
