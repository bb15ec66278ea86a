"""Changed designs, proved again near the design they come from."""

from collections.abc import Sequence
from functools import reduce

from zonecheck.model.topology import Topology
from zonecheck.policy.answer import Proofs
from zonecheck.policy.checks import CHECKS
from zonecheck.policy.evaluate import Progress
from zonecheck.policy.evidence import Simulators
from zonecheck.policy.explaining.explanation import Cost, Proposal
from zonecheck.policy.explaining.kept_flows import KeptFlows, LostFlow
from zonecheck.policy.explaining.standard import Standard
from zonecheck.policy.repairs import Repair, Size, entailed, following
from zonecheck.policy.verdict import CheckResult, Fall, Status, Verification

_MONOTONE = {check.id: check.monotone for check in CHECKS}
_RANK = {Status.HOLDS: 0, Status.WAIVED: 1, Status.UNKNOWN: 2, Status.VIOLATED: 3}


class Design:
    """A design with its proofs, what it says under each policy and the flows that work in it.

    A change for the sake of one policy must make nothing worse under the others.
    """

    def __init__(
        self, topology: Topology, standards: Sequence[Standard], progress: Progress | None = None
    ) -> None:
        self.topology = topology
        self.standards = tuple(standards)
        self._proofs = Proofs()
        self.verifications = tuple(
            standard.verdicts(topology, None, self._proofs, progress) for standard in standards
        )
        self.simulators = Simulators(topology)
        first = standards[0]
        self.flows = KeptFlows(topology, first.profile, self._proofs.fork(), first.routing)

    def fork(self, *, verdicts_only: bool = True) -> Proofs:
        """Return proofs near those of the design itself."""
        proofs = self._proofs.fork()
        proofs.verdicts_only = verdicts_only
        return proofs

    def worse(self, at: int, found: Verification) -> list[CheckResult]:
        """Return what is worse in a changed design under one of the policies, than before."""
        before = {result.check: result.status for result in self.verifications[at].results}
        return [
            result
            for result in found.results
            if result.status in _RANK and _RANK[result.status] > _RANK.get(before[result.check], 0)
        ]


class Trials:
    """The trials of changes of a design for the sake of one policy, by its number."""

    def __init__(self, design: Design, at: int = 0) -> None:
        self.design = design
        self.at = at
        self.topology = design.topology
        self.verification = design.verifications[at]
        self.before = {r.check: r.status for r in self.verification.results}
        self.simulators = design.simulators
        self.lost: dict[tuple[Repair, ...], tuple[LostFlow, ...]] = {}

    def trial(self, repairs: Sequence[Repair]) -> "Trial | None":
        """Return the design with some changes made, None if they change nothing."""
        edited = reduce(lambda design, repair: repair.edit(design), repairs, self.topology)
        if edited == self.topology:
            return None
        return Trial(self, tuple(repairs), edited)

    def verdicts(
        self, topology: Topology, checks: Sequence[str] | None, proofs: Proofs
    ) -> Verification:
        """Return verdicts on a changed design, as on the design itself."""
        return self.design.standards[self.at].verdicts(topology, checks, proofs)


class Trial:
    """A changed design: what holds in it and which flows it blocks, each found when asked."""

    def __init__(self, trials: Trials, repairs: tuple[Repair, ...], topology: Topology) -> None:
        self._trials = trials
        self.repairs = repairs
        self.topology = topology
        self._follow: tuple[Repair, ...] = ()
        self._proofs = trials.design.fork()

    @property
    def lost(self) -> tuple[LostFlow, ...]:
        """Return the declared flows it blocks."""
        known = self._trials.lost
        if self.repairs not in known:
            known[self.repairs] = self._trials.design.flows.lost(self.topology, self._proofs)
        return known[self.repairs]

    @property
    def cost(self) -> Cost:
        """Return what it costs at least as a proposal."""
        return Proposal(self.repairs, self.lost).cost

    def status(self, check: str) -> Status:
        """Return the verdict of a check on it."""
        found = self._trials.verdicts(self.topology, (check,), self._proofs)
        return found.result(check).status

    def makes_worse(self) -> bool:
        """Return whether a check of separation gets worse by it."""
        found = self._trials.verdicts(self.topology, None, self._proofs)
        return any(_MONOTONE[result.check] for result in self._worse(found))

    def in_full(self, check: str) -> CheckResult:
        """Return the result of a check with every finding."""
        proofs = self._trials.design.fork(verdicts_only=False)
        return self._trials.verdicts(self.topology, (check,), proofs).result(check)

    def proposal(self, check: str) -> Proposal | None:
        """Return it as a proposal, None if a check of separation gets worse by it.

        All checks are asked again. That something works which does not any more is no such check:
        the flows that are lost say so, and what gets worse by it is listed.
        """
        found = self._trials.verdicts(self.topology, None, self._proofs)
        if found.result(check).status is not Status.HOLDS:
            return None
        worse = self._worse(found)
        if any(_MONOTONE[result.check] for result in worse):
            followed = None if self._follow else self._followed(worse)
            return None if followed is None else followed.proposal(check)
        before = self._trials.before
        mends = tuple(
            result.check
            for result in found.results
            if result.status is Status.HOLDS
            and before[result.check] in (Status.UNKNOWN, Status.VIOLATED)
            and result.check != check
        )
        breaks = tuple(dict.fromkeys(Fall(result.check, result.status) for result in worse))
        # Where no waiver is left, none is wrong: that is no hollow success.
        hollow = any(repair.size is not Size.WAIVER for repair in self.repairs)
        vacuous = hollow and found.result(check).vacuous
        entails = entailed(self._trials.topology, self.repairs)
        return Proposal(self.repairs, self.lost, mends, breaks, vacuous, self._follow, entails)

    def _worse(self, found: Verification) -> list[CheckResult]:
        """Return what is worse than before, under whichever policy."""
        design = self._trials.design
        worse: list[CheckResult] = []
        for at, standard in enumerate(design.standards):
            if at != self._trials.at:
                found = standard.verdicts(self.topology, None, self._proofs)
            worse += design.worse(at, found)
        return worse

    def _followed(self, worse: Sequence[CheckResult]) -> "Trial | None":
        """Return it with what has to follow it, None if that is not what gets worse."""
        monotone = dict.fromkeys(result.check for result in worse if _MONOTONE[result.check])
        asked = [self.in_full(check) for check in monotone]
        found = [repair for result in asked for repair in following(self.topology, result)]
        if not found:
            return None
        edited = reduce(lambda design, repair: repair.edit(design), found, self.topology)
        trial = Trial(self._trials, self.repairs, edited)
        trial._follow = tuple(found)
        return trial
