"""From every router, for every class of destinations, the chains to where it is delivered.

A matrix of numbered chain sets is grown from the deliveries backwards until nothing changes. Each
round handles only cells one of whose next cells has changed, all classes and routers at once; what
there is to compute is computed once per distinct pair of numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import InitVar, dataclass, field

import numpy as np
from numpy.typing import NDArray

from zonecheck.dataplane.forwarding_classes import ForwardingClasses
from zonecheck.dataplane.hops import Behaviour, Hop
from zonecheck.dataplane.route_tables import RoutedNetwork
from zonecheck.packets import Field
from zonecheck.packets.prefix_tree import Indices, Labels
from zonecheck.prove.filter_chains import NO_CHAINS, Chain, ChainSets

_Flags = NDArray[np.bool_]


@dataclass
class Lane:
    """At most one hop of every behaviour, as arrays by behaviour; -1 is no router."""

    router: Labels
    steps: Indices
    delivered: Indices
    translation: Labels

    @classmethod
    def of(cls, hops: Sequence[Hop | None], sets: ChainSets) -> "Lane":
        """Return the lane of a hop per behaviour."""
        lane = cls(
            np.full(len(hops), -1, np.int32),
            np.zeros(len(hops), np.int64),
            np.zeros(len(hops), np.int64),
            np.full(len(hops), -1, np.int32),
        )
        for number, hop in enumerate(hops):
            if hop is None:
                continue
            lane.steps[number] = sets.steps(hop.steps)
            if hop.router is not None:
                lane.router[number] = hop.router
            elif hop.zone is not None:
                lane.delivered[number] = sets.number([Chain(hop.zone)])
            if hop.translation is not None:
                lane.translation[number] = hop.translation
        return lane


@dataclass
class ClassWalk:
    """The chains from every router to every class.

    `chains[g, r]` is the number in `sets` of the chains a packet to class `g` has before it once
    router `r` has taken it in.
    """

    network: RoutedNetwork
    classes: ForwardingClasses
    sets: ChainSets
    known: InitVar["ClassWalk | None"] = None
    chains: Indices = field(init=False)
    lanes: list[Lane] = field(init=False)

    def __post_init__(self, known: "ClassWalk | None") -> None:
        """Walk from the deliveries of every class but the first ones, which `known` has walked."""
        behaviours = self.classes.behaviours
        if known is not None and known.classes.behaviours is behaviours:
            self.lanes = known.lanes
        else:
            self.lanes = _lanes(behaviours, self.sets)
        self._translate()
        first = 0 if known is None else len(known.chains)
        self.chains = np.full((len(self.classes), len(self.network.tables)), NO_CHAINS, np.int64)
        if known is not None:
            self.chains[:first] = known.chains
        self._settle(np.arange(first, len(self.classes)))

    def extended(self, network: RoutedNetwork, classes: ForwardingClasses) -> "ClassWalk":
        """Return the walk for classes of which these are the first; only new ones are walked.

        With translations of destinations, which lead from class to class, all are walked again.
        """
        known = None if self._target else self
        return ClassWalk(network, classes, self.sets, known)

    def entering(self, entries: Sequence[Behaviour], rows: Indices) -> Indices:
        """Return for each class in `rows` and each way of entering (a column) the chains ahead."""
        lanes = _lanes(entries, self.sets)
        classes = np.repeat(rows, len(entries))
        behaviours = np.tile(np.arange(len(entries)), len(rows))
        return self._through(lanes, classes, behaviours).reshape(len(rows), len(entries))

    def _translate(self) -> None:
        """Note which classes each translation of destinations matches, and where they then go."""
        self._matched: dict[int, _Flags] = {}
        self._target: dict[int, int] = {}
        for number, item in enumerate(self.network.translations):
            if item.field is Field.DST:
                self._matched[number] = self.classes.within(tuple(item.match.dst or ()))
                self._target[number] = self.classes.class_of(item.to)

    def _settle(self, rows: Indices) -> None:
        """Grow the chains of these classes until nothing changes."""
        # Behind the routers' columns stand those that tell translated addresses apart.
        behaviours = self.classes.columns[rows, : len(self.network.tables)]
        active = np.zeros(behaviours.shape, dtype=np.bool_)
        for lane in self.lanes:
            active |= (lane.delivered != NO_CHAINS)[behaviours]
        while active.any():
            where, routers = np.nonzero(active)
            cells = rows[where], routers
            found = self._through(self.lanes, cells[0], behaviours[where, routers])
            new = found != self.chains[cells]
            self.chains[cells[0][new], cells[1][new]] = found[new]
            changed = np.zeros(self.chains.shape, dtype=np.bool_)
            changed[cells[0][new], cells[1][new]] = True
            active = self._affected(changed, rows, behaviours)

    def _affected(self, changed: _Flags, rows: Indices, behaviours: Labels) -> _Flags:
        """Return the cells that have a next cell among the changed."""
        affected = np.zeros(behaviours.shape, dtype=np.bool_)
        if not changed.any():
            return affected
        for lane in self.lanes:
            routers = lane.router[behaviours]
            plain = changed[rows[:, None], routers] & (routers >= 0)
            for number, target in self._target.items():
                chosen = (lane.translation == number)[behaviours]
                moved = self._matched[number][rows][:, None] & changed[target][routers]
                plain = np.where(chosen, moved, plain)
            affected |= plain
        return affected

    def _through(
        self, lanes: Sequence[Lane], rows: Indices, behaviours: Indices | Labels
    ) -> Indices:
        """Return the chains of cells given their classes and behaviours."""
        result = np.full(len(rows), NO_CHAINS, dtype=np.int64)
        for lane in lanes:
            routers = lane.router[behaviours]
            goes = routers >= 0
            following = np.where(goes, self.chains[rows, routers], lane.delivered[behaviours])
            for number, target in self._target.items():
                chosen = lane.translation[behaviours] == number
                moved = np.where(
                    self._matched[number][rows], self.chains[target, routers], NO_CHAINS
                )
                following = np.where(chosen, moved, following)
            steps = lane.steps[behaviours]
            passed = np.where(steps == 0, following, NO_CHAINS)
            real = (steps != 0) & (following != NO_CHAINS)
            passed[real] = _each(self.sets.after, steps[real], following[real])
            both = (result != NO_CHAINS) & (passed != NO_CHAINS) & (result != passed)
            joined = np.where(result == NO_CHAINS, passed, result)
            joined[both] = _each(self.sets.union, result[both], passed[both])
            result = joined
        return result


def _lanes(behaviours: Sequence[Behaviour], sets: ChainSets) -> list[Lane]:
    listed = [sorted(hops, key=_order) for hops in behaviours]
    return [
        Lane.of([hops[lane] if lane < len(hops) else None for hops in listed], sets)
        for lane in range(max(map(len, listed), default=0))
    ]


def _order(hop: Hop) -> tuple[object, ...]:
    names = tuple((step.kind.value, step.number) for step in hop.steps)
    ends = (hop.router, hop.zone, hop.translation)
    return *(-1 if end is None else end for end in ends), names


def _each(function: Callable[[int, int], int], a: Indices, b: Indices) -> Indices:
    """Return the function of each pair, asked once per distinct pair."""
    pairs, inverse = np.unique(a << 32 | b, return_inverse=True)
    values = [function(pair >> 32, pair & 0xFFFFFFFF) for pair in pairs.tolist()]
    found: Indices = np.array(values, dtype=np.int64)[inverse.reshape(-1)]
    return found
