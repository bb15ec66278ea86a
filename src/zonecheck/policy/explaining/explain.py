"""Why checks do not hold, each with the smallest change that makes it hold."""

from collections.abc import Sequence
from dataclasses import replace

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.evaluate import Progress
from zonecheck.policy.explaining.explanation import Explained, Explanation, Proposal
from zonecheck.policy.explaining.repair_search import RepairSearch, Tell
from zonecheck.policy.explaining.standard import Standard
from zonecheck.policy.explaining.trials import Design, Trials
from zonecheck.policy.repairs import Size, also_at, repairs, shared_lines
from zonecheck.policy.routing_assumption import RoutingAssumption
from zonecheck.policy.verdict import CheckResult, Status

MOST_ELSEWHERE = 100
"""How many changes of elements off the counterexamples are tried, unless said otherwise."""


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
    changes of elements off the counterexamples are tried for all together (None: all). `progress`
    is told of the proofs of the design itself, `tell` of each check how many changes were tried of
    how many.

    Raises:
        KeyError: if `checks` names a check that does not exist.
    """
    standards = (Standard(profile, routing),)
    (explanation,) = explain_each(
        topology,
        standards,
        checks=checks,
        most_elsewhere=most_elsewhere,
        progress=progress,
        tell=tell,
    )
    return explanation


def explain_each(
    topology: Topology,
    standards: Sequence[Standard],
    *,
    checks: Sequence[str] | None = None,
    most_elsewhere: int | None = MOST_ELSEWHERE,
    progress: Progress | None = None,
    tell: Tell | None = None,
) -> tuple[Explanation, ...]:
    """Return an explanation under each policy a design is judged by.

    What is proposed for one of them makes no check of separation worse under any.

    Raises:
        KeyError: if `checks` names a check that does not exist.
    """
    design = Design(topology, standards, progress)
    found = []
    for at in range(len(design.standards)):
        trials = Trials(design, at)
        search = _Search(trials, most_elsewhere, tell)
        wanted = [trials.verification.result(check) for check in checks or ()]
        if checks is None:
            wanted = [r for r in trials.verification.results if _fails(r)]
        explained = [search.explained(result) for result in wanted]
        reconsidered = tuple(map(search.reconsidered, explained))
        found.append(Explanation(trials.verification, reconsidered, design.flows.number))
    return tuple(found)


def _is_small(proposal: Proposal) -> bool:
    """Return whether a change found for one check is worth no search for another."""
    # Of several another check may need fewer.
    (first, *others) = proposal.repairs
    return proposal.is_free and not others and first.size <= Size.CARD


def _fails(result: CheckResult) -> bool:
    return result.status in (Status.VIOLATED, Status.UNKNOWN)


def _lacks(result: CheckResult) -> bool:
    """Return whether findings may merely lack a declaration, which is asked about first."""
    return any(finding.lacking for finding in result.findings)


class _Search:
    """The search for changes of one design, check by check."""

    def __init__(self, trials: Trials, most_elsewhere: int | None, tell: Tell | None) -> None:
        self._trials = trials
        self._left = most_elsewhere
        self._tell = tell
        self._repairs = tuple(repairs(trials.topology))
        self._shared = shared_lines(self._repairs)
        self._found: list[tuple[str, Proposal]] = []

    def explained(self, result: CheckResult) -> Explained:
        """Return a check with the changes that make it hold."""
        if not _fails(result):
            return Explained(result, ())
        for other, known in self._found:
            if result.check in known.mends and _is_small(known) and not _lacks(result):
                return Explained(result, (known,), as_for=other)
        one = self._search(result)
        for _, known in self._found:
            if result.check in known.mends:
                one.start_from(known)
        proposals = tuple(map(self._with_places, one.proposals()))
        if self._left is not None:
            self._left -= one.tried_elsewhere
        self._found += [(result.check, proposal) for proposal in proposals[:1]]
        almost = None if proposals else one.almost
        return Explained(result, proposals, one.tried, one.untried, almost=almost)

    def reconsidered(self, each: Explained) -> Explained:
        """Return it with what was found for a later check, if it holds with that at less cost.

        Several changes take the place of no single one, and are those it needs.
        """
        single = any(len(proposal.repairs) == 1 for proposal in each.proposals)
        known = [
            (p.cost, name, p)
            for name, p in self._found
            if each.result.check in p.mends and not (single and len(p.repairs) > 1)
        ]
        if not known or not _fails(each.result):
            return each
        _, name, best = min(known, key=lambda entry: entry[:2])
        if _lacks(each.result) and each.proposals and each.proposals[0].is_claim:
            # Nothing is taken away for what may only not have been written down.
            return each
        if each.proposals and each.proposals[0].cost <= best.cost:
            return each
        if len(best.repairs) > 1:
            one = self._search(each.result)
            fewer = one.needed_of(best)
            proposal = one.proved(fewer) if len(fewer) < len(best.repairs) else None
            if proposal is not None:
                return replace(each, proposals=(self._with_places(proposal),), almost=None)
        return replace(each, proposals=(best,), as_for=name, almost=None)

    def _search(self, result: CheckResult) -> RepairSearch:
        return RepairSearch(self._trials, result, self._repairs, self._left, self._tell)

    def _with_places(self, proposal: Proposal) -> Proposal:
        return replace(proposal, also=also_at(proposal.repairs, self._shared))
