"""Which waivers count (例外措置), and what becomes of the findings they name (docs/waivers.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.waiver import Waiver
from zonecheck.policy.answer import Answer
from zonecheck.policy.finding_id import finding_id
from zonecheck.policy.verdict import (
    CheckResult,
    Finding,
    MissingDeclaration,
    Status,
    Verification,
)
from zonecheck.policy.waiver_standing import (
    VERIFICATION_RECORD,
    Standing,
    WaiverUse,
    standing_of,
)


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers of a design under a profile on a day."""

    given: tuple[Waiver, ...]
    profile: Profile
    today: date

    def of(self, check: str) -> dict[str, Waiver]:
        """Return the waivers that count for a check, by the finding they name; of two the first."""
        found: dict[str, Waiver] = {}
        for waiver in self.given:
            counts = standing_of(waiver, self.profile, self.today) is Standing.COUNTS
            if waiver.check == check and counts:
                found.setdefault(waiver.finding, waiver)
        return found

    def uses(self, results: Iterable[CheckResult]) -> tuple[WaiverUse, ...]:
        """Return what became of each waiver, given the results of what was asked."""
        asked = {result.check: result for result in results}
        return tuple(self._use(waiver, asked) for waiver in self.given)

    def _use(self, waiver: Waiver, asked: Mapping[str, CheckResult]) -> WaiverUse:
        standing = standing_of(waiver, self.profile, self.today)
        if standing is not Standing.COUNTS:
            return WaiverUse(waiver, standing)
        result = asked.get(waiver.check)
        if result is None or result.policy is None:
            return WaiverUse(waiver, Standing.NOT_ASKED)
        named = {finding.id for finding in result.findings if finding.id}
        if waiver.finding not in named:
            return WaiverUse(waiver, Standing.UNMATCHED)
        first = self.of(waiver.check)[waiver.finding]
        return WaiverUse(waiver, standing, "" if first.id == waiver.id else first.id)


def waive(result: CheckResult, answers: Sequence[Answer], waivers: Waivers) -> CheckResult:
    """Return a violated result as it is with the waivers that count.

    It is waived if every finding is, in every state. If so, but what the design leaves undeclared
    might do more than was waived, it is unknown: a waiver never makes anything hold.
    """
    valid = waivers.of(result.check)
    if result.status is not Status.VIOLATED or not valid:
        return result
    findings = tuple(replace(each, waiver=valid.get(each.id)) for each in result.findings)
    if any(each.waiver is None for each in findings):
        return replace(result, findings=findings)
    open_findings, missing = _left_open(result.check, answers)
    if open_findings or missing:
        status = Status.UNKNOWN
        return replace(result, status=status, findings=(*findings, *open_findings), missing=missing)
    return replace(result, status=Status.WAIVED, findings=findings)


def _left_open(
    check: str, answers: Sequence[Answer]
) -> tuple[tuple[Finding, ...], tuple[MissingDeclaration, ...]]:
    """Return what might leak besides what was found, and what is missing to tell."""
    certain = {
        _alone(check, finding, each.state)
        for each in answers
        if each.status is Status.VIOLATED
        for finding in each.findings
    }
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    for each in answers:
        violated = each.status is Status.VIOLATED
        worst = each.doubts if violated else each.findings
        left = [f for f in worst if _alone(check, f, each.state) not in certain - {""}]
        findings += [replace(finding, state=each.state) for finding in left]
        missing += each.undeclared
        if left or not worst:
            missing += each.lacking if violated else each.missing
    return tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(missing))


def _alone(check: str, finding: Finding, state: str) -> str:
    """Return the name a finding would have if it occurred in its state only."""
    return finding_id(check, finding, ((state, finding.extent),))


def judged(
    result: CheckResult,
    uses: Sequence[WaiverUse],
    results: Sequence[CheckResult],
    profile: Profile,
) -> CheckResult:
    """Return the result of `exception-valid` with the waivers that name nothing there is.

    It does not hold as long as one does: what it excused is gone, or has become something else.
    If others violate it, they are told beside them, so that one run tells of all. `results` are
    those of all checks: the finding may be one of another.
    """
    owners = {finding.id: each.check for each in results for finding in each.findings}
    missing = tuple(
        MissingDeclaration(_unmatched(use, owners, profile), use.waiver.source)
        for use in uses
        if use.standing in (Standing.UNMATCHED, Standing.NOT_ASKED)
    )
    if not missing or result.status in (Status.NOT_IN_PROFILE, Status.NOT_RUN):
        return result
    violated = result.status is Status.VIOLATED
    return replace(
        result,
        status=Status.VIOLATED if violated else Status.UNKNOWN,
        missing=(*result.missing, *missing),
        assumptions=(),
        vacuous=False,
    )


def _unmatched(use: WaiverUse, owners: Mapping[str, str], profile: Profile) -> Message:
    waiver = use.waiver
    given = {"waiver": waiver.id, "check": waiver.check, "finding": waiver.finding}
    owner = owners.get(waiver.finding)
    if owner is not None:
        return Message.of("missing.waived-elsewhere", subject=waiver.id, owner=owner, **given)
    if profile.policy_for(waiver.check) is None:
        return Message.of("missing.waived-not-in-profile", subject=waiver.id, **given)
    if use.standing is Standing.NOT_ASKED:
        return Message.of("missing.waived-check", subject=waiver.id, **given)
    return Message.of("missing.waived-finding", subject=waiver.id, **given)


def recorded(verification: Verification) -> Verification:
    """Return a verification as it is once the record of this run is written."""
    results = tuple(
        replace(result, status=Status.HOLDS, examined=1)
        if result.check == VERIFICATION_RECORD and result.policy is not None
        else result
        for result in verification.results
    )
    return replace(verification, results=results)
