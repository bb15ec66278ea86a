"""What a design is judged by, and its verdicts where most are proved without whole findings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.answer import Proofs
from zonecheck.policy.checks import CHECKS
from zonecheck.policy.evaluate import Progress, verify
from zonecheck.policy.own_policies import BY_ZONES
from zonecheck.policy.routing_assumption import RoutingAssumption
from zonecheck.policy.verdict import Verification
from zonecheck.policy.waiver_standing import EXCEPTION_VALID

_KNOWN = frozenset(check.id for check in CHECKS)


@dataclass(frozen=True, slots=True)
class Standard:
    """A profile, for the whole design or, with `segments`, for these under a policy of their own.

    `today` is the day that counts, by default the one it is in Japan.
    """

    profile: Profile
    routing: RoutingAssumption = RoutingAssumption.DECLARED
    segments: tuple[str, ...] = ()
    today: date | None = None

    def verdicts(
        self,
        topology: Topology,
        checks: Sequence[str] | None,
        proofs: Proofs,
        progress: Progress | None = None,
    ) -> Verification:
        """Return the verdicts on a design, those of `verify` also by proofs of verdicts only.

        Such proofs know no whole findings. What hangs on them is proved once more in full: the
        checks that waivers speak of, whether the waivers name what there is, and what is left of
        a check where only some segments count.
        """
        found = self._verified(topology, checks, proofs, progress)
        in_full = self._in_full(topology, checks, verdicts_only=proofs.verdicts_only)
        if not in_full:
            return found
        whole = proofs.fork()
        whole.verdicts_only = False
        proved = self._verified(topology, in_full, whole, None)
        known = {result.check: result for result in proved.results}
        results = tuple(known.get(result.check, result) for result in found.results)
        return replace(found, results=results, waivers=proved.waivers)

    def _in_full(
        self, topology: Topology, checks: Sequence[str] | None, *, verdicts_only: bool
    ) -> tuple[str, ...]:
        """Return the checks to prove in full besides, of some or of all (None)."""
        waived = {waiver.check for waiver in topology.waivers} & _KNOWN
        asked = _KNOWN if checks is None else frozenset(checks)
        chosen: set[str] = set()
        if verdicts_only:
            chosen |= asked & (waived | (BY_ZONES if self.segments else frozenset()))
        # Alone it could not tell whether what a waiver names is there.
        if topology.waivers and EXCEPTION_VALID in asked and (verdicts_only or checks is not None):
            chosen |= {*waived, EXCEPTION_VALID}
        return tuple(check.id for check in CHECKS if check.id in chosen)

    def _verified(
        self,
        topology: Topology,
        checks: Sequence[str] | None,
        proofs: Proofs,
        progress: Progress | None,
    ) -> Verification:
        return verify(
            topology,
            self.profile,
            checks=checks,
            progress=progress,
            routing=self.routing,
            proofs=proofs,
            today=self.today,
            segments=self.segments,
        )
