"""All verdicts on a design as `zonecheck verify` comes to them, and which of them fail a test."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zonecheck.cli.exit_code import LEVELS
from zonecheck.cli.own_policies import own_profiles, verified_policies
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import CheckResult, Proofs, RoutingAssumption, Status, Verification, verify


@dataclass(frozen=True)
class Verdicts:
    """The verdicts under one policy: of the design (`policy` is empty) or of a body within it."""

    policy: str
    profile: Profile
    verification: Verification


def all_verdicts(
    topology: Topology,
    profile: Profile,
    checks: Sequence[str] | None = None,
    *,
    routing: RoutingAssumption = RoutingAssumption.DECLARED,
    today: date | None = None,
) -> list[Verdicts]:
    """Return the verdicts under the profile, then under those of bodies with one of their own."""
    proofs = Proofs()
    found = verify(topology, profile, checks=checks, routing=routing, proofs=proofs, today=today)
    others = verified_policies(
        topology,
        own_profiles(topology),
        checks,
        proofs,
        fail_on=LEVELS[-1],
        allow_unknown=False,
        routing=routing,
        progress=None,
        today=today,
    )
    own = [Verdicts(each.policy.id, each.profile, each.verification) for each in others]
    return [Verdicts("", profile, found), *own]


def counts(result: CheckResult, fail_on: str) -> bool:
    """Return whether a violation of a check is of the level that fails a test, or above."""
    level = result.policy.level if result.policy is not None else LEVELS[-1]
    return LEVELS.index(level) >= LEVELS.index(fail_on)


def failing(
    verdicts: Verdicts, fail_on: str, *, allow_unknown: bool, asked: Sequence[str] = ()
) -> list[str]:
    """Return the checks that fail a test; one asked for by name that is not made does."""
    silent = (Status.NOT_RUN, Status.NOT_IN_PROFILE)
    return [
        result.check
        for result in verdicts.verification.results
        if (result.status is Status.VIOLATED and counts(result, fail_on))
        or (result.status is Status.UNKNOWN and not allow_unknown)
        or (result.status in silent and result.check in asked and not allow_unknown)
    ]
