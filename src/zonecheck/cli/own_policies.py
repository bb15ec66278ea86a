"""The verdicts on segments that stand under a policy of their own."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from zonecheck.cli.exit_code import exit_code
from zonecheck.cli.profile_choice import named_profile, written_in
from zonecheck.model.own_policy import OwnPolicy
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import Progress, Proofs, RoutingAssumption, verify
from zonecheck.report.own_policies import OwnReport


def verified_policies(
    topology: Topology,
    checks: Sequence[str] | None,
    proofs: Proofs,
    *,
    fail_on: str,
    allow_unknown: bool,
    routing: RoutingAssumption,
    progress: Progress | None,
    today: date | None = None,
) -> list[OwnReport]:
    """Return the verdicts under each further policy of a topology, with their exit codes."""
    reports: list[OwnReport] = []
    for policy in topology.policies:
        profile = profile_of(policy)
        found = verify(
            topology,
            profile,
            checks=checks,
            progress=progress,
            routing=routing,
            proofs=proofs,
            segments=policy.segments,
            today=today,
        )
        code = exit_code(found, fail_on, allow_unknown=allow_unknown)
        reports.append(OwnReport(policy, profile, found, code))
    return reports


def profile_of(policy: OwnPolicy) -> Profile:
    """Return the profile of a further policy of a topology."""
    return named_profile(written_in(Path(policy.source.file), policy.profile))


def together(codes: Sequence[int]) -> int:
    """Return the exit code of several verifications: a violation outweighs what is unknown."""
    return 1 if 1 in codes else max(codes, default=0)
