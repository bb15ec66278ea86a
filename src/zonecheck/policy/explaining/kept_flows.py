"""Which declared flows work in a design, and which of them a change blocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.profile import Profile
from zonecheck.model.service import Service
from zonecheck.model.topology import Topology
from zonecheck.packets import UDP, PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.answer import Proofs, StateViews, distinct_states
from zonecheck.policy.checks.consistency import CHECKS, UNANSWERED_UDP
from zonecheck.policy.legs import (
    LegPair,
    LegPart,
    leg_pairs,
    leg_parts,
    party,
    used_parts,
)
from zonecheck.policy.routing_assumption import RoutingAssumption

(_WORKS,) = CHECKS
"""The check that declared flows work: packets go their ways for flows as they do for it."""


@dataclass(frozen=True, slots=True)
class LostFlow:
    """A declared flow that worked and does not any more, `wholly` or for some who use it."""

    part: LegPart
    wholly: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is delivered of one flow between two points in one state, and what is answered.

    `by_place` tells that it is a use by whoever is in a segment.
    """

    part: LegPart
    pair: LegPair
    delivered: PacketSet
    answered: PacketSet
    by_place: bool


class KeptFlows:
    """The declared flows of a design that are delivered, state by state, uses of systems too.

    `proofs` are those of the design: what they know of it is used.
    """

    def __init__(
        self,
        topology: Topology,
        profile: Profile,
        proofs: Proofs,
        routing: RoutingAssumption,
    ) -> None:
        self._profile = profile
        self._routing = routing
        self._parts = tuple(leg_parts(topology))
        self._uses = _uses_beside(topology, self._parts)
        self._kept: dict[str, list[_Kept]] = {}
        for state in distinct_states(topology):
            analysis = self._analysis(state, proofs)
            self._kept[state.state] = list(self._working(analysis))

    @property
    def number(self) -> int:
        """Return how many declared flows are delivered in some state."""
        return len({kept.part for each in self._kept.values() for kept in each})

    def _analysis(self, state: Topology, proofs: Proofs) -> Analysis:
        views: StateViews = proofs.views(state, self._profile, self._routing)
        return views.analysis(_WORKS, Closure.LOWER)

    def _working(self, analysis: Analysis) -> Iterator[_Kept]:
        ways = _Ways(analysis)
        for part in (*self._parts, *self._uses):
            pairs = leg_pairs(analysis, part)
            used = part in self._uses
            by_place = used and part.leg.origin.kind is EndpointKind.SEGMENT
            for pair in _of_users(analysis, pairs) if used else pairs:
                delivered, answered = ways.works(pair.origin, pair)
                if not delivered.is_empty:
                    yield _Kept(part, pair, delivered, answered, by_place)

    def lost(self, topology: Topology, proofs: Proofs) -> tuple[LostFlow, ...]:
        """Return the flows that do not work as before in a changed design.

        A flow that is no longer declared is lost, and so is one in a state that is gone only if
        another state has it no more.
        """
        parts = chain(leg_parts(topology), used_parts(topology))
        declared = {(part.name, part.leg, part.service) for part in parts}
        found: dict[LegPart, bool] = {}
        states = {state.state: state for state in distinct_states(topology)}
        left: dict[LegPart, bool] = {}
        for name, before in self._kept.items():
            state = states.get(name) or states[""]
            ways = _Ways(self._analysis(state, proofs))
            for kept in before:
                part = kept.part
                gone, rest = ways.gone(kept)
                if (part.name, part.leg, part.service) not in declared:
                    gone, rest = True, False
                found[part] = found.get(part, False) or gone
                left[part] = left.get(part, False) or rest
        return tuple(LostFlow(part, not left[part]) for part, gone in found.items() if gone)


def _uses_beside(topology: Topology, declared: Iterable[LegPart]) -> dict[LegPart, None]:
    """Return the uses of systems that are not declared as flows, each once."""
    known = {_ends(part) for part in declared}
    uses = {_ends(part): part for part in used_parts(topology)}
    return dict.fromkeys(part for ends, part in uses.items() if ends not in known)


def _of_users(analysis: Analysis, pairs: Sequence[LegPair]) -> list[LegPair]:
    """Return the pairs between which a use is meant.

    Between zones it has to be declared as a flow; what else a leak delivers is none. Equipment
    that anybody may plug in uses a system only where the segment names no host of its own.
    """
    within = [
        p for p in pairs if analysis.zone_of(p.origin.point) == analysis.zone_of(p.destination)
    ]
    named = [pair for pair in within if pair.origin.point.kind is not AttachmentKind.ACCESS]
    return named or within


def _ends(part: LegPart) -> tuple[EndpointRef, EndpointRef, Service]:
    return part.leg.origin, part.leg.destination, part.service


class _Ways:
    """What gets where in one design and what of it is answered.

    Most flows share their ends with many others, so what serves several is found once.
    """

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._homes: dict[object, list[AttachmentPoint]] = {}
        for point in analysis.plane.domains_of:
            self._homes.setdefault(party(point), []).append(point)
        self._back: dict[tuple[AttachmentPoint, object], PacketSet] = {}
        self._reports = analysis.space.box(
            protocols=[(UDP, UDP)], dst_ports=[(port, port) for port in sorted(UNANSWERED_UDP)]
        )

    def gone(self, kept: _Kept) -> tuple[bool, bool]:
        """Return whether something of a flow is lost, and whether something is left."""
        origin = self._analysis.origin_at.get(kept.pair.origin.point)
        if origin is None and kept.by_place and party(kept.pair.origin.point) in self._homes:
            # The host is there without its card in the segment: it is no client any more.
            return False, False
        if origin is None or kept.pair.destination not in self._analysis.plane.domains_of:
            return True, False
        delivered, answered = self.works(origin, kept.pair)
        lost = kept.delivered - delivered
        unanswered = kept.answered - answered
        working = delivered if kept.answered.is_empty else answered
        return not (lost.is_empty and unanswered.is_empty), not working.is_empty

    def works(self, origin: Origin, pair: LegPair) -> tuple[PacketSet, PacketSet]:
        """Return what of a pair is delivered, and what of that is answered.

        What a device's own stack answers is not modelled, and nobody answers mere reports.
        """
        analysis = self._analysis
        flow = analysis.reach.flow(origin, pair.destination)
        parts = [part.starting(pair.headers) for part in flow.fresh_parts]
        delivered = analysis.space.union([part.sent for part in parts])
        answered = analysis.space.empty
        answering = analysis.origin_at.get(pair.destination)
        if pair.destination.kind is AttachmentKind.STACK or answering is None:
            return delivered, delivered
        back = self._back_to(origin.point, answering)
        for part in parts:
            replies = part.arrived.mirror() & back
            answered |= part.arriving(replies.mirror().with_any_flag()).sent
        return delivered, answered | (delivered & self._reports)

    def _back_to(self, point: AttachmentPoint, answering: Origin) -> PacketSet:
        """Return everything an end gets to any attachment of who began."""
        key = answering.point, party(point)
        if key not in self._back:
            reach = self._analysis.reach
            ways = [reach.flow(answering, home).everything for home in self._homes[party(point)]]
            self._back[key] = self._analysis.space.union(ways)
        return self._back[key]
