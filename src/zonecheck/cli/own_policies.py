"""The verdicts on segments that stand under a policy of their own."""

from collections.abc import Sequence
from datetime import date

from zonecheck.cli.baseline import Baseline
from zonecheck.cli.exit_code import exit_code
from zonecheck.cli.profile_choice import profile_of_policy
from zonecheck.model.own_policy import OwnPolicy
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import Progress, Proofs, RoutingAssumption, verify
from zonecheck.policy.waivers import recorded
from zonecheck.report.own_policies import OwnReport


def own_profiles(topology: Topology) -> list[tuple[OwnPolicy, Profile]]:
    """Return each further policy of a topology with its profile.

    Raises:
        BadInput: there is none of a name that the topology says.
    """
    return [(policy, profile_of_policy(policy)) for policy in topology.policies]


def verified_policies(
    topology: Topology,
    own: Sequence[tuple[OwnPolicy, Profile]],
    checks: Sequence[str] | None,
    proofs: Proofs,
    *,
    fail_on: str,
    allow_unknown: bool,
    routing: RoutingAssumption,
    progress: Progress | None,
    today: date | None = None,
    baseline: Baseline | None = None,
    record: bool = False,
) -> list[OwnReport]:
    """Return the verdicts under each further policy of a topology, with their exit codes.

    `record` means that a record of this run is kept. Against a `baseline` every policy that asks
    for it is told of all that changed: a change elsewhere may be a way to these segments.
    """
    reports: list[OwnReport] = []
    for policy, profile in own:
        found = verify(
            topology,
            profile,
            checks=checks,
            progress=progress,
            routing=routing,
            proofs=proofs,
            segments=policy.segments,
            today=today,
            given=None if baseline is None else baseline.answers(topology, profile, proofs),
        )
        if record:
            found = recorded(found)
        code = exit_code(found, fail_on, allow_unknown=allow_unknown)
        reports.append(OwnReport(policy, profile, found, code))
    return reports


def together(codes: Sequence[int]) -> int:
    """Return the exit code of several verifications: a violation outweighs what is unknown."""
    return 1 if 1 in codes else max(codes, default=0)
