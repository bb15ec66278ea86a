"""The rules hold when something fails (第36条第8項): what other checks say of the other states."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.policy.answer import Answer
from zonecheck.policy.check import Check
from zonecheck.policy.verdict import CheckResult, Finding, MissingDeclaration, Status

UNDER_FAILURE = "policy-holds-under-failure"
_NORMAL = ""


def needed_for(asked: Iterable[Check], profile: Profile, catalogue: Iterable[Check]) -> list[Check]:
    """Return the checks of the first tier whose answers the check needs and nobody asked for."""
    named = {check.id for check in asked}
    if UNDER_FAILURE not in named or profile.policy_for(UNDER_FAILURE) is None:
        return []
    return [check for check in _judging(profile, catalogue) if check.id not in named]


def _judging(profile: Profile, catalogue: Iterable[Check]) -> list[Check]:
    return [
        check
        for check in catalogue
        if check.tier == 1
        and check.monotone
        and check.id != UNDER_FAILURE
        and profile.policy_for(check.id)
    ]


def under_failure(
    result: CheckResult,
    answers: Mapping[str, Sequence[Answer]],
    profile: Profile,
    catalogue: Iterable[Check],
) -> CheckResult:
    """Return what the checks of the first tier add up to in all states but the normal one.

    Whether something still works then is what `redundancy-effective` asks.
    """
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = list(result.missing)
    unknown = result.status is Status.UNKNOWN
    others: set[str] = set()
    for check in _judging(profile, catalogue):
        for each in answers.get(check.id, ()):
            if each.state == _NORMAL:
                continue
            others.add(each.state)
            if each.status is Status.VIOLATED:
                findings += [_in_state(finding, check.id, each.state) for finding in each.findings]
            elif each.status is Status.UNKNOWN:
                unknown = True
                missing += each.missing
    examined = len(others)
    if findings:
        found = tuple(findings)
        return replace(
            result, status=Status.VIOLATED, findings=found, vacuous=False, examined=examined
        )
    if unknown:
        lacking = tuple(dict.fromkeys(missing))
        return replace(
            result, status=Status.UNKNOWN, missing=lacking, vacuous=False, examined=examined
        )
    return replace(result, status=Status.HOLDS, vacuous=not examined, examined=examined)


def _in_state(finding: Finding, check: str, state: str) -> Finding:
    message = Message.of(f"{UNDER_FAILURE}.breaks", check=check, state=state)
    return replace(finding, message=message, state=state)
