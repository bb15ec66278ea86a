"""Changed designs, proved again near the design they come from."""

from collections.abc import Sequence
from functools import reduce

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.answer import Proofs
from zonecheck.policy.checks import CHECKS
from zonecheck.policy.evaluate import Progress, verify
from zonecheck.policy.evidence import Simulators
from zonecheck.policy.explanation import Cost, Proposal
from zonecheck.policy.kept_flows import KeptFlows, LostFlow
from zonecheck.policy.repairs import Repair, tags
from zonecheck.policy.routing_assumption import RoutingAssumption
from zonecheck.policy.verdict import CheckResult, Fall, Status, Verification

_MONOTONE = {check.id: check.monotone for check in CHECKS}
_RANK = {Status.HOLDS: 0, Status.UNKNOWN: 1, Status.VIOLATED: 2}


class Trials:
    """A design with its verdicts and flows, beside which changed designs are proved."""

    def __init__(
        self,
        topology: Topology,
        profile: Profile,
        routing: RoutingAssumption,
        progress: Progress | None = None,
    ) -> None:
        self.topology = topology
        self._profile = profile
        self._routing = routing
        self._proofs = Proofs()
        self.verification: Verification = verify(
            topology, profile, routing=routing, proofs=self._proofs, progress=progress
        )
        self.before = {r.check: r.status for r in self.verification.results}
        self.simulators = Simulators(topology)
        self.lost: dict[tuple[Repair, ...], tuple[LostFlow, ...]] = {}
        self.flows = KeptFlows(topology, profile, self._proofs.fork(), routing)

    def trial(self, repairs: Sequence[Repair]) -> "Trial | None":
        """Return the design with some changes made, None if they change nothing."""
        edited = reduce(lambda design, repair: repair.edit(design), repairs, self.topology)
        if edited == self.topology:
            return None
        return Trial(self, tuple(repairs), edited)

    def fork(self, *, verdicts_only: bool = True) -> Proofs:
        """Return proofs near those of the design itself."""
        proofs = self._proofs.fork()
        proofs.verdicts_only = verdicts_only
        return proofs

    def verify(
        self, topology: Topology, checks: Sequence[str] | None, proofs: Proofs
    ) -> Verification:
        """Return verdicts on a changed design, as on the design itself."""
        return verify(topology, self._profile, checks=checks, routing=self._routing, proofs=proofs)


class Trial:
    """A changed design: what holds in it and which flows it blocks, each found when asked."""

    def __init__(self, trials: Trials, repairs: tuple[Repair, ...], topology: Topology) -> None:
        self._trials = trials
        self.repairs = repairs
        self.topology = topology
        self._follow: tuple[Repair, ...] = ()
        self._proofs = trials.fork()

    @property
    def lost(self) -> tuple[LostFlow, ...]:
        """Return the declared flows it blocks."""
        known = self._trials.lost
        if self.repairs not in known:
            known[self.repairs] = self._trials.flows.lost(self.topology, self._proofs)
        return known[self.repairs]

    @property
    def cost(self) -> Cost:
        """Return what it costs at least as a proposal."""
        return Proposal(self.repairs, self.lost).cost

    def holds(self, check: str) -> bool:
        """Return whether a check holds in it."""
        found = self._trials.verify(self.topology, (check,), self._proofs)
        return found.result(check).status is Status.HOLDS

    def in_full(self, check: str) -> CheckResult:
        """Return the result of a check with every finding."""
        proofs = self._trials.fork(verdicts_only=False)
        return self._trials.verify(self.topology, (check,), proofs).result(check)

    def proposal(self, check: str) -> Proposal | None:
        """Return it as a proposal, None if a check of separation gets worse by it.

        All checks are asked again. That something works which does not any more is no such check:
        the flows that are lost say so, and what gets worse by it is listed.
        """
        found = self._trials.verify(self.topology, None, self._proofs)
        if found.result(check).status is not Status.HOLDS:
            return None
        before = self._trials.before
        worse = [
            result
            for result in found.results
            if result.status in _RANK and _RANK[result.status] > _RANK.get(before[result.check], 0)
        ]
        if any(_MONOTONE[result.check] for result in worse):
            followed = None if self._follow else self._followed(worse)
            return None if followed is None else followed.proposal(check)
        mends = tuple(
            result.check
            for result in found.results
            if result.status is Status.HOLDS
            and before[result.check] in (Status.UNKNOWN, Status.VIOLATED)
            and result.check != check
        )
        breaks = tuple(Fall(result.check, result.status) for result in worse)
        vacuous = found.result(check).vacuous
        return Proposal(self.repairs, self.lost, mends, breaks, vacuous, self._follow)

    def _followed(self, worse: Sequence[CheckResult]) -> "Trial | None":
        """Return it with the zone tags written anew, None if they are not what gets worse."""
        monotone = [result.check for result in worse if _MONOTONE[result.check]]
        found = [tag for check in monotone for tag in tags(self.topology, self.in_full(check))]
        if not found:
            return None
        edited = reduce(lambda design, repair: repair.edit(design), found, self.topology)
        trial = Trial(self._trials, self.repairs, edited)
        trial._follow = tuple(found)
        return trial
