"""The smallest change that makes a check hold: candidates tried one by one, each proved again.

What lies on the counterexamples is tried first: the lines that decided, then everything on the
nodes they lead past, then all the rest. The change that blocks the fewest declared flows is
chosen, of those the smallest. Where no single element does it without a loss, changes are
gathered finding by finding and those that are not needed left out again.
"""

from collections.abc import Callable, Iterable, Sequence

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.evaluate import Progress
from zonecheck.policy.evidence import Culprits, culprits
from zonecheck.policy.explanation import Explained, Explanation, Proposal
from zonecheck.policy.repairs import Repair, claims, repairs
from zonecheck.policy.routing_assumption import RoutingAssumption
from zonecheck.policy.trials import Trial, Trials
from zonecheck.policy.verdict import CheckResult, Finding, Status

MOST_ELSEWHERE = 200
"""How many elements off the counterexamples are tried for one check, unless said otherwise."""
_MOST_ROUNDS = 8
_MOST_TOGETHER = 40
"""How many candidates are tried for one finding where several changes are gathered."""
Tell = Callable[[str, int, int], None]
_DECIDED, _TOUCHED, _ELSEWHERE = range(3)


def explain(
    topology: Topology,
    profile: Profile,
    *,
    checks: Sequence[str] | None = None,
    routing: RoutingAssumption = RoutingAssumption.DECLARED,
    most_elsewhere: int | None = MOST_ELSEWHERE,
    progress: Progress | None = None,
    tell: Tell | None = None,
) -> Explanation:
    """Return why checks do not hold, and the smallest change that makes each hold.

    All checks that are violated or unknown, or those named. `most_elsewhere` limits how many
    elements off the counterexamples are tried for each (None: all). `progress` is told of the
    proofs of the design itself, `tell` of each check how many changes were tried of how many.

    Raises:
        KeyError: if `checks` names a check that does not exist.
    """
    trials = Trials(topology, profile, routing, progress)
    search = _Search(trials, most_elsewhere, tell)
    wanted = [trials.verification.result(check) for check in checks or ()]
    if checks is None:
        wanted = [r for r in trials.verification.results if _fails(r)]
    explained = tuple(search.explained(result) for result in wanted)
    return Explanation(trials.verification, explained, trials.flows.number)


def _fails(result: CheckResult) -> bool:
    return result.status in (Status.VIOLATED, Status.UNKNOWN)


class _Search:
    """The search for changes of one design, check by check."""

    def __init__(self, trials: Trials, most_elsewhere: int | None, tell: Tell | None) -> None:
        self._trials = trials
        self._most = most_elsewhere
        self._tell = tell
        self._repairs = tuple(repairs(trials.topology))
        self._found: list[tuple[str, Proposal]] = []

    def explained(self, result: CheckResult) -> Explained:
        """Return a check with the changes that make it hold."""
        if not _fails(result):
            return Explained(result, ())
        for other, known in self._found:
            if result.check in known.mends and not known.lost and not known.is_claim:
                return Explained(result, (known,), as_for=other)
        one = _OfCheck(self._trials, result, self._repairs, self._most, self._tell)
        proposals = one.proposals()
        self._found += [(result.check, proposal) for proposal in proposals]
        return Explained(result, proposals, one.tried, one.untried)


class _OfCheck:
    """The search for changes that make one check hold."""

    def __init__(
        self,
        trials: Trials,
        result: CheckResult,
        candidates: Iterable[Repair],
        most_elsewhere: int | None,
        tell: Tell | None,
    ) -> None:
        self._trials = trials
        self._result = result
        self._check = result.check
        self._tell = tell
        self._tiers = _tiers(candidates, culprits(result))
        self._most = most_elsewhere
        self._best: Proposal | None = None
        self.tried = 0
        self.untried = len(self._tiers[_ELSEWHERE])

    def proposals(self) -> tuple[Proposal, ...]:
        """Return the best change, and behind a mere declaration the best that is none."""
        declared = None
        if self._result.status is Status.UNKNOWN:
            declared = self._declared()
        self._try(self._tiers[_DECIDED])
        self._try(self._tiers[_TOUCHED])
        if declared is None and not self._is_free():
            declared = self._declared()
        if declared is None and not self._is_free():
            elsewhere = self._tiers[_ELSEWHERE][: self._most]
            self.untried -= len(elsewhere)
            self._try(elsewhere)
            if not self._is_free():
                self._gather()
        found = [each for each in (declared, self._best) if each is not None]
        return tuple(sorted(found, key=lambda each: len(each.lost)))

    def _is_free(self) -> bool:
        """Return whether a change was found that blocks nothing: no other blocks less."""
        return self._best is not None and not self._best.lost

    def _declared(self) -> Proposal | None:
        """Return the declaration that makes the check hold, None if none does."""
        found = None
        for repair in claims(self._trials.topology, self._result):
            trial = self._trial((repair,))
            if trial is None or not trial.holds(self._check):
                continue
            proposal = trial.proposal(self._check)
            if proposal is not None and (found is None or proposal.cost < found.cost):
                found = proposal
        return found

    def _try(self, candidates: Sequence[Repair]) -> None:
        for at, repair in enumerate(candidates):
            if self._is_free():
                return
            if self._tell is not None:
                self._tell(self._check, at, len(candidates))
            self._consider((repair,))

    def _trial(self, chosen: Sequence[Repair]) -> Trial | None:
        trial = self._trials.trial(chosen)
        self.tried += trial is not None
        return trial

    def _consider(self, chosen: Sequence[Repair]) -> None:
        """Keep a change if the check holds with it and it costs less than the best."""
        trial = self._trial(chosen)
        if trial is None:
            return
        if self._best is not None and trial.cost >= self._best.cost:
            return
        if not trial.holds(self._check):
            return
        if self._best is not None and trial.cost >= self._best.cost:
            return
        self._best = trial.proposal(self._check) or self._best

    def _gather(self) -> None:
        """Try one change a finding together, and leave out what is not needed."""
        chosen: list[Repair] = []
        current = self._result
        for _ in range(_MOST_ROUNDS):
            step = self._step(chosen, current)
            if step is None:
                return
            repair, current = step
            chosen.append(repair)
            if current.status is Status.HOLDS:
                break
        if current.status is not Status.HOLDS:
            return
        for repair in tuple(chosen):
            fewer = [other for other in chosen if other is not repair]
            trial = self._trial(fewer)
            if trial is not None and trial.holds(self._check):
                chosen = fewer
        self._consider(chosen)

    def _step(
        self, chosen: list[Repair], current: CheckResult
    ) -> tuple[Repair, CheckResult] | None:
        """Return the change that best ends the first finding left, and what is left then."""
        if not current.findings:
            return None
        first = current.findings[0]
        tiers = _tiers(
            [*repairs(self._trials.topology)], culprits(current, (first,))
        )
        best: tuple[tuple[object, ...], Repair, CheckResult] | None = None
        for repair in (*tiers[_DECIDED], *tiers[_TOUCHED])[:_MOST_TOGETHER]:
            trial = self._trial((*chosen, repair))
            if trial is None:
                continue
            after = trial.in_full(self._check)
            if after.status is not Status.HOLDS and not _ended(first, after.findings, current):
                continue
            cost = (len(trial.lost), len(after.findings), repair.size)
            if best is None or cost < best[0]:
                best = cost, repair, after
        return None if best is None else (best[1], best[2])


def _ended(finding: Finding, after: Sequence[Finding], before: CheckResult) -> bool:
    """Return whether a finding is gone and no other has come."""
    return finding not in after and len(after) < len(before.findings)


def _tiers(candidates: Iterable[Repair], found: Culprits) -> list[list[Repair]]:
    """Return candidates by how near the counterexamples they are, the smallest first."""
    tiers: list[list[Repair]] = [[], [], []]
    for repair in candidates:
        if repair.source in found.lines:
            tiers[_DECIDED].append(repair)
        elif not found.names.isdisjoint(repair.nodes):
            tiers[_TOUCHED].append(repair)
        else:
            tiers[_ELSEWHERE].append(repair)
    return [sorted(tier, key=lambda repair: repair.size) for tier in tiers]
