"""The smallest change that makes a check hold: candidates tried one by one, each proved again.

What lies on every counterexample is tried first: the lines that decided, then everything on the
nodes they lead past. The rest is tried where a finding does not show all it rests on; a packet
cannot be stopped but on its way. The change that blocks the fewest declared flows, wholly or else
in part, is chosen, of those the smallest. Where no single element does it, changes are gathered
finding by finding, and those that are not needed left out again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import reduce
from itertools import chain

from zonecheck.model.topology import Topology
from zonecheck.policy.evidence import Culprits, culprits
from zonecheck.policy.explaining.explanation import Almost, Proposal, loss_of
from zonecheck.policy.explaining.survival import Survival, is_traceable
from zonecheck.policy.explaining.trials import Trial, Trials
from zonecheck.policy.repairs import Repair, Size, claims
from zonecheck.policy.verdict import CheckResult, Finding, Status

_MOST_ROUNDS = 6
_MOST_QUESTIONS = 3
"""How often declarations may ask for further ones."""
_MOST_TOGETHER = 24
"""How many candidates are tried for one finding where several changes are gathered."""
Tell = Callable[[str, int, int], None]


class RepairSearch:
    """The search for changes that make one check hold."""

    def __init__(
        self,
        trials: Trials,
        result: CheckResult,
        candidates: tuple[Repair, ...],
        most_elsewhere: int | None,
        tell: Tell | None,
    ) -> None:
        self._trials = trials
        self._result = result
        self._check = result.check
        self._tell = tell
        self._simulators = trials.simulators
        self._candidates = candidates
        found = culprits(result, trials.simulators)
        self._near, self._far = _near(candidates, found)
        lines = {line for each in found for line in each.lines}
        self._decided = [r for r in self._near if r.size <= Size.ROUTE and r.source in lines]
        self._near = [repair for repair in self._near if repair not in self._decided]
        self._traceable = bool(result.findings) and all(
            is_traceable(finding.counterexample) for finding in result.findings
        )
        self._lacks = any(finding.lacking for finding in result.findings)
        self._most = most_elsewhere
        self._best: Proposal | None = None
        self._several: list[Proposal] = []
        self._almost: Trial | None = None
        self._survival = Survival(result.findings)
        self.tried = 0
        self.tried_elsewhere = 0
        self.untried = 0

    def start_from(self, known: Proposal) -> None:
        """Keep a change found for another check, which this one holds with, unless it is beaten.

        Several changes may be more than this one needs: they wait until no single one does.
        """
        if len(known.repairs) > 1:
            self._several.append(known)
            return
        mends = tuple(check for check in known.mends if check != self._check)
        if self._best is None or known.cost < self._best.cost:
            self._best = replace(known, mends=mends)

    def proposals(self) -> tuple[Proposal, ...]:
        """Return the best change, and behind a mere declaration the best that is none."""
        declared = None
        asked = self._result.status is Status.UNKNOWN or self._lacks
        if asked:
            declared = self._declared()
            if declared is not None and not self._result.findings:
                # Only a fact is missing: if it is another one, something will be found.
                return (declared,)
        self._try(self._decided)
        if not self._is_free():
            near = _by_survivors(self._trials.topology, self._result.findings, self._near)
            self._try([repair for repair in near if repair.size <= Size.CARD])
            self._try([repair for repair in near if repair.size > Size.CARD])
        if not asked and not self._is_free():
            declared = self._declared()
        if declared is None and not self._blocks_nothing():
            elsewhere = self._elsewhere()
            chosen = elsewhere[: self._most]
            self.tried_elsewhere = len(chosen)
            self.untried = len(elsewhere) - len(chosen)
            self._try(chosen)
        if declared is None and self._best is None:
            for known in self._several:
                self._consider(self.needed_of(known))
        if declared is None and self._best is None:
            self._gather()
        return self._in_order(declared)

    def _in_order(self, declared: Proposal | None) -> tuple[Proposal, ...]:
        """Return what was found, the best first: what is only not said is to be said first."""
        best = self._best
        if declared is None:
            return () if best is None else (best,)
        if not declared.is_claim or best is None or best.vacuous or best.is_claim:
            return (declared,)
        if self._result.status is Status.UNKNOWN:
            return declared, best
        if self._lacks and not declared.lost:
            return (best, declared) if self._ends_more(best, declared) else (declared, best)
        return tuple(sorted((best, declared), key=lambda each: each.cost))

    def _ends_more(self, best: Proposal, declared: Proposal) -> bool:
        """Return whether a change at no cost ends violations that a declaration leaves as they are.

        Then more is wrong than that something was not written down.
        """
        left = set(best.mends) - set(declared.mends)
        before = self._trials.before
        return best.is_free and any(before[check] is Status.VIOLATED for check in left)

    @property
    def almost(self) -> Almost | None:
        """Return the best change after which nothing is found and the check is unknown."""
        if self._almost is None:
            return None
        after = self._almost.in_full(self._check)
        return Almost(self._almost.repairs, self._almost.lost, after.missing)

    def _elsewhere(self) -> list[Repair]:
        """Return the changes of what lies on no counterexample that are worth a try.

        A packet or payload whose whole way is shown can only be stopped there: what may help then
        is to take out what declarations elsewhere speak of.
        """
        return [repair for repair in self._far if repair.wide or not self._traceable]

    def _is_free(self) -> bool:
        """Return whether a change was found that no other can be better than but by its size."""
        return self._best is not None and self._best.is_free

    def _blocks_nothing(self) -> bool:
        """Return whether a change was found that blocks no declared flow."""
        return self._best is not None and not self._best.lost

    def _declared(self) -> Proposal | None:
        """Return the declarations that make the check hold, None if none do.

        One alone, else the likeliest about everything that is asked for, without those that turn
        out not to be needed.
        """
        found = None
        asked = list(claims(self._trials.topology, self._result))
        alone = asked if len(asked) <= _MOST_TOGETHER else []
        for repair in chain.from_iterable(alone):
            proposal = self.proved((repair,))
            if proposal is not None and (found is None or proposal.cost < found.cost):
                found = proposal
        for at in range(0 if found else max(map(len, asked), default=0)):
            likely = [options[min(at, len(options) - 1)] for options in asked]
            chosen = self._needed(self._with_more(likely))
            found = None if chosen is None else self.proved(chosen)
            if found is not None:
                break
        return found

    def _with_more(self, chosen: list[Repair]) -> list[Repair]:
        """Return declarations with what is asked for only once they are there."""
        for _ in range(_MOST_QUESTIONS):
            trial = self._trial(chosen)
            if trial is None or trial.status(self._check) is not Status.UNKNOWN:
                break
            more = self._left_open(chosen, trial.in_full(self._check))
            if not more:
                break
            chosen = [*chosen, *more]
        return chosen

    def needed_of(self, known: Proposal) -> tuple[Repair, ...]:
        """Return the changes found for another check that this one needs, all if it needs all."""
        return tuple(self._needed(list(known.repairs)) or known.repairs)

    def proved(self, chosen: Sequence[Repair]) -> Proposal | None:
        """Return changes as a proposal, None if the check does not hold with them."""
        trial = self._trial(chosen)
        if trial is None or trial.status(self._check) is not Status.HOLDS:
            return None
        return trial.proposal(self._check)

    def _needed(self, chosen: list[Repair]) -> list[Repair] | None:
        """Return changes without those that are not needed, None if all of them do not do."""
        trial = self._trial(chosen)
        if trial is None or trial.status(self._check) is not Status.HOLDS:
            return None
        for repair in tuple(chosen):
            fewer = [other for other in chosen if other is not repair]
            trial = self._trial(fewer)
            if trial is not None and trial.status(self._check) is Status.HOLDS:
                chosen = fewer
        return chosen

    def _try(self, candidates: Sequence[Repair]) -> None:
        for at, repair in enumerate(candidates):
            if self._is_free():
                return
            if self._tell is not None:
                self._tell(self._check, at, len(candidates))
            if self._best is None or not self._leaves_all(repair):
                self._consider((repair,))

    def _leaves_all(self, repair: Repair) -> bool:
        """Return whether taking an element out leaves every counterexample as it was.

        Neither zones nor what is declared is changed by that, so the packets are no less wrong.
        """
        if not (self._traceable and repair.removes and repair.size <= Size.LINK):
            return False
        edited = repair.edit(self._trials.topology)
        return self._survival.survivors(edited) == self._survival.number

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
        status = trial.status(self._check)
        if status is Status.UNKNOWN and self._result.status is Status.VIOLATED:
            self._keep_almost(trial)
        if status is not Status.HOLDS:
            return
        proposal = trial.proposal(self._check)
        if proposal is None or self._is_in_vain(proposal):
            return
        if self._best is None or proposal.cost < self._best.cost:
            self._best = proposal

    def _is_in_vain(self, proposal: Proposal) -> bool:
        """Return whether a check holds with it for no better reason than that all is gone.

        That is what is asked about a fact, or every declared flow.
        """
        if not proposal.vacuous:
            return False
        fact = self._result.status is Status.UNKNOWN and not self._result.findings
        return fact or loss_of(proposal.lost) == (self._trials.design.flows.number, 0)

    def _keep_almost(self, trial: Trial) -> None:
        """Keep a change that ends the violation if it costs less than the best of its kind."""
        if self._almost is not None and trial.cost >= self._almost.cost:
            return
        if not trial.makes_worse():
            self._almost = trial

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
            if not current.findings:
                chosen = self._with_more([*chosen, *self._left_open(chosen, current)])
                break
        needed = self._needed(chosen)
        if needed is not None:
            self._consider(needed)

    def _left_open(self, chosen: Sequence[Repair], current: CheckResult) -> list[Repair]:
        """Return the likeliest answers to what is missing once nothing is found any more."""
        design = reduce(lambda made, repair: repair.edit(made), chosen, self._trials.topology)
        return [options[0] for options in claims(design, current)]

    def _step(
        self, chosen: list[Repair], current: CheckResult
    ) -> tuple[Repair, CheckResult] | None:
        """Return the change that best ends the first finding left, and what is left then."""
        if not current.findings:
            return None
        first = current.findings[0]
        only = replace(current, findings=(first,), missing=())
        close, _ = _near(self._candidates, culprits(only, self._simulators))
        design = reduce(lambda made, repair: repair.edit(made), chosen, self._trials.topology)
        near = _by_survivors(design, (first,), close)
        best: tuple[tuple[object, ...], Repair, CheckResult] | None = None
        for repair in near[:_MOST_TOGETHER]:
            trial = self._trial((*chosen, repair))
            if trial is None:
                continue
            after = trial.in_full(self._check)
            if after.status is not Status.HOLDS and not _ended(first, after.findings, current):
                continue
            cost = (loss_of(trial.lost), len(after.findings), repair.size)
            if best is None or cost < best[0]:
                best = cost, repair, after
        return None if best is None else (best[1], best[2])


def _by_survivors(
    design: Topology, findings: Sequence[Finding], candidates: Sequence[Repair]
) -> list[Repair]:
    """Return candidates, first those with which no counterexample is as it was."""
    survival = Survival(findings)
    return sorted(candidates, key=lambda repair: survival.survivors(repair.edit(design)))


def _ended(finding: Finding, after: Sequence[Finding], before: CheckResult) -> bool:
    """Return whether a finding is gone and no other has come."""
    return finding not in after and len(after) < len(before.findings)


def _near(
    candidates: Iterable[Repair], found: Sequence[Culprits]
) -> tuple[list[Repair], list[Repair]]:
    """Return the candidates that touch every counterexample, and the others.

    Those that decided come first, then the smallest, then what findings blame; of the others those
    that touch any.
    """
    near: list[tuple[bool, Size, bool, Repair]] = []
    far: list[tuple[bool, Size, Repair]] = []
    for repair in candidates:
        touched = [each.touches(repair.source, repair.nodes) for each in found]
        if all(touched):
            decided = any(repair.source in each.lines for each in found)
            blamed = any(repair.source in each.blamed for each in found)
            near.append((not decided, repair.size, not blamed, repair))
        else:
            far.append((not any(touched), repair.size, repair))
    near.sort(key=lambda entry: entry[:-1])
    far.sort(key=lambda entry: entry[:-1])
    return [entry[-1] for entry in near], [entry[-1] for entry in far]
