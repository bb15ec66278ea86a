"""What a check says of one state of a topology (docs/semantics.md, section 7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from zonecheck.model.closure import Closure
from zonecheck.model.link import Link
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.states import states
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSpace
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import FLOW, PACKETS, PEERS, Check, Outcome
from zonecheck.policy.ledger.undeclared import beyond_proof, undeclared_items
from zonecheck.policy.replay import DisagreementError
from zonecheck.policy.routing_assumption import RoutingAssumption, assuming, routing_for
from zonecheck.policy.verdict import (
    Finding,
    MissingDeclaration,
    OpeningPacket,
    PacketPath,
    PlatformStep,
    RelayChain,
    Status,
)
from zonecheck.policy.zones_named import zones_in_doubt
from zonecheck.prove import WayTooLongError

_PACKETS_IN = frozenset({PACKETS, FLOW, PEERS})
"""The kinds of statements that speak of what is forwarded."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict of one check in one state, with the findings that make it one.

    `undeclared` is what the check itself asked for and the state does not say. Of a violated check
    `doubts` are the findings in the closure that must be without any to hold, and `lacking` is
    what they hang on.
    """

    state: str
    status: Status
    examined: int
    findings: tuple[Finding, ...] = ()
    missing: tuple[MissingDeclaration, ...] = ()
    undeclared: tuple[MissingDeclaration, ...] = ()
    doubts: tuple[Finding, ...] = ()
    lacking: tuple[MissingDeclaration, ...] = ()


class StateViews:
    """The analyses of one state: both closures, each as isolation and availability route.

    `earlier` are those of another state or design in the same space, taken over where they agree.
    """

    def __init__(
        self,
        state: Topology,
        profile: Profile,
        routing: RoutingAssumption,
        space: PacketSpace,
        earlier: "StateViews | None" = None,
        *,
        verdicts_only: bool = False,
        today: date | None = None,
        cables: tuple[Link, ...] | None = None,
    ) -> None:
        self.topology = state
        self._today = today
        self._cables = cables
        self.profile = profile
        self._routing = routing
        self._space = space
        self._earlier = earlier
        self.verdicts_only = verdicts_only
        self._analyses: dict[tuple[RoutingAssumption, Closure], Analysis] = {}

    @cached_property
    def undeclared(self) -> tuple[MissingDeclaration, ...]:
        """Return what makes the two closures of this state differ."""
        return undeclared_items(self.topology)

    def analysis(self, check: Check, closure: Closure) -> Analysis:
        """Return the analysis to ask a check under a closure."""
        routing = routing_for(check, self._routing)
        key = routing, closure if self.undeclared else Closure.UPPER
        if key not in self._analyses:
            self._analyses[key] = self._alike(key) or self._made_anew(key)
        return self._analyses[key]

    def _alike(self, key: tuple[RoutingAssumption, Closure]) -> Analysis | None:
        """Return an analysis of the very same network, where all routes are declared."""
        topology = assuming(self.topology, key[0])
        for (other, closure), analysis in self._analyses.items():
            if closure is key[1] and assuming(self.topology, other) == topology:
                return analysis
        return None

    def _made_anew(self, key: tuple[RoutingAssumption, Closure]) -> Analysis:
        known = self._earlier.made(key) if self._earlier is not None else None
        topology = assuming(self.topology, key[0])
        return Analysis(
            topology,
            self.profile,
            key[1],
            self._space,
            known,
            verdicts_only=self.verdicts_only,
            today=self._today,
            cables=self._cables,
        )

    def made(self, key: tuple[RoutingAssumption, Closure]) -> Analysis | None:
        """Return the analysis made for a routing and closure, None if none was."""
        return self._analyses.get(key)

    def settle(self) -> None:
        """Let go of the earlier analyses, so that a long row of verifications can be freed."""
        self._earlier = None
        for analysis in self._analyses.values():
            analysis.settle()


class Proofs:
    """What verifications proved, for the next one to take over where nothing changed.

    With `verdicts_only` they come to the same verdicts by fewer findings: one of a question stands
    for all, a check that one state violates is not asked in the others, and no packet is sent in
    the simulator.
    """

    def __init__(self, *, verdicts_only: bool = False) -> None:
        self.space = PacketSpace()
        self.verdicts_only = verdicts_only
        self._views: dict[str, StateViews] = {}

    def fork(self) -> "Proofs":
        """Return proofs that start from these and add nothing to them."""
        copy = Proofs(verdicts_only=self.verdicts_only)
        copy.space = self.space
        copy._views = dict(self._views)
        return copy

    def views(
        self,
        state: Topology,
        profile: Profile,
        routing: RoutingAssumption,
        today: date | None = None,
        cables: tuple[Link, ...] | None = None,
    ) -> StateViews:
        """Return the analyses of a state, near those of the same or else the normal state.

        `cables` are those of the design, also those that wait or are dead in this state.
        """
        earlier = self._views.get(state.state) or self._views.get("")
        found = StateViews(
            state,
            profile,
            routing,
            self.space,
            earlier,
            verdicts_only=self.verdicts_only,
            today=today,
            cables=cables,
        )
        self._views[state.state] = found
        return found


def distinct_states(topology: Topology) -> tuple[Topology, ...]:
    """Return the states of a topology, each network once."""
    found: dict[str, Topology] = {}
    for state in states(topology):
        nameless = replace(state, state="")
        if not any(replace(known, state="") == nameless for known in found.values()):
            found[state.state] = state
    return tuple(found.values())


def unprovable(error: Exception, topology: Topology) -> tuple[MissingDeclaration, ...]:
    """Return why there is no proof: ways without end mostly lack routes where they translate."""
    if isinstance(error, DisagreementError):
        return (MissingDeclaration(Message.of("missing.replay", detail=error), topology.source),)
    lacking = [item for item in topology.devices if item.nat and item.routes is None]
    source = lacking[0].source if lacking else topology.source
    return (
        *(
            MissingDeclaration(Message.of("missing.routes", subject=item.id), item.source)
            for item in lacking
        ),
        MissingDeclaration(Message.of("missing.long-way", detail=error), source),
    )


def answer(check: Check, views: StateViews) -> Answer:
    """Return what a check says of a state."""
    state = views.topology.state
    try:
        worst, best = _asked(check, views)
    except (DisagreementError, WayTooLongError) as error:
        return Answer(state, Status.UNKNOWN, 0, missing=unprovable(error, views.topology))
    if _PACKETS_IN.intersection(check.rests_on):
        beyond = beyond_proof(views.topology)
        worst = replace(worst, missing=tuple(dict.fromkeys((*worst.missing, *beyond))))
    doubts = zones_in_doubt(check.id, views.topology, views.profile)
    worst = replace(worst, missing=(*worst.missing, *doubts))
    if not worst.findings and not best.findings:
        status = Status.UNKNOWN if worst.missing else Status.HOLDS
        return Answer(
            state, status, worst.examined, missing=worst.missing, undeclared=worst.missing
        )
    relevant = _relevant(worst.findings, views.undeclared)
    lacking = tuple(dict.fromkeys((*relevant, *worst.missing)))
    if best.findings:
        return Answer(
            state,
            Status.VIOLATED,
            best.examined,
            best.findings,
            undeclared=worst.missing,
            doubts=worst.findings,
            lacking=lacking,
        )
    return Answer(state, Status.UNKNOWN, worst.examined, worst.findings, lacking, worst.missing)


def _asked(check: Check, views: StateViews) -> tuple[Outcome, Outcome]:
    """Return the outcome that must be without findings to hold, and that which shows a violation.

    For a question that is not monotone, the first has the findings of either closure, the second
    those found under both.
    """
    upper = check.ask(views.analysis(check, Closure.UPPER))
    if not views.undeclared:
        return upper, upper
    # Not everything the undeclared might do leaks more: what fails even at best is violated.
    lower = check.ask(views.analysis(check, Closure.LOWER))
    if check.monotone:
        return upper, lower
    above = {_subject(finding) for finding in upper.findings}
    below = {_subject(finding) for finding in lower.findings}
    either = [f for f in lower.findings if _subject(f) not in above]
    both = [f for f in lower.findings if _subject(f) in above & below]
    lacking = tuple(dict.fromkeys((*upper.missing, *lower.missing)))
    examined = max(upper.examined, lower.examined)
    return (
        Outcome((*upper.findings, *either), examined, lacking),
        Outcome(tuple(both), lower.examined, lacking),
    )


def _subject(finding: Finding) -> tuple[object, ...]:
    """Return what a finding is about, which may fail in another way under the other closure."""
    named = finding.message.named
    about = named.get("flow") or f"{finding.message.code} {named.get('place', '')}"
    return about, finding.zones, finding.source


def _relevant(
    findings: Sequence[Finding], undeclared: tuple[MissingDeclaration, ...]
) -> tuple[MissingDeclaration, ...]:
    """Return the undeclared items that lie on the counterexamples, all if none does."""
    named = {name for finding in findings for name in _names(finding)}
    chosen = tuple(item for item in undeclared if item.item.named["subject"] in named)
    return chosen or undeclared


def _names(finding: Finding) -> Iterator[str]:
    yield from finding.message.named.values()
    evidence = finding.counterexample
    if isinstance(evidence, PacketPath):
        yield from _path_names(evidence)
    elif isinstance(evidence, RelayChain):
        for node in evidence.nodes:
            yield node.split("/")[0]
        for step in evidence.steps:
            if isinstance(step.by, PacketPath):
                yield from _path_names(step.by)
            elif isinstance(step.by, PlatformStep):
                yield step.by.subject
    elif isinstance(evidence, MissingDeclaration):
        yield from evidence.item.named.values()


def _path_names(path: PacketPath | OpeningPacket) -> Iterator[str]:
    yield path.origin.node
    if path.destination is not None:
        yield path.destination.node
    for hop in path.hops:
        yield hop.node
    for opener in path.after if isinstance(path, PacketPath) else ():
        yield from _path_names(opener)
