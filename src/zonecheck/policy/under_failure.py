"""The rules hold when something fails (第36条第8項): what other checks say of the other states."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.policy.answer import Answer
from zonecheck.policy.check import Check
from zonecheck.policy.finding_id import finding_id
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


def answers_under_failure(
    answers: Mapping[str, Sequence[Answer]], profile: Profile, catalogue: Iterable[Check]
) -> list[Answer]:
    """Return what the checks of the first tier say of all states but the normal one."""
    return [
        replace(
            each,
            findings=tuple(_in_state(finding, check.id, each.state) for finding in each.findings),
            doubts=tuple(_in_state(finding, check.id, each.state) for finding in each.doubts),
        )
        for check in _judging(profile, catalogue)
        for each in answers.get(check.id, ())
        if each.state != _NORMAL
    ]


def under_failure(result: CheckResult, answers: Sequence[Answer]) -> CheckResult:
    """Return what the checks of the first tier add up to in all states but the normal one.

    Whether something still works then is what `redundancy-effective` asks.
    """
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = list(result.missing)
    unknown = result.status is Status.UNKNOWN
    for each in answers:
        if each.status is Status.VIOLATED:
            findings += map(_named, each.findings)
        elif each.status is Status.UNKNOWN:
            unknown = True
            missing += each.missing
    examined = len({each.state for each in answers})
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
    """Return the finding of a check as one of this: it stands for what its own name says."""
    message = Message.of(f"{UNDER_FAILURE}.breaks", check=check, state=state)
    name = finding_id(check, finding, ((state, finding.extent),))
    return replace(finding, message=message, state=state, extent=name or None)


def _named(finding: Finding) -> Finding:
    extents = ((finding.state, finding.extent),)
    return replace(finding, id=finding_id(UNDER_FAILURE, finding, extents))
