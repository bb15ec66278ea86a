"""Which verdicts a change of the design turns, and what is found now that was not before."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from zonecheck.model.topology import Topology
from zonecheck.policy.pending import PENDING
from zonecheck.policy.verdict import CheckResult, Finding, Status, Verification
from zonecheck.policy.waiver_standing import EXCEPTION_VALID, VERIFICATION_RECORD

_EXAMPLES = frozenset({"origin", "destination", "packet", "a", "b", "interfaces"})


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A check whose verdict is another; `appeared` and `gone` are findings of one design only.

    `policy` is the policy of segments that asks, empty for that of the whole design.
    """

    check: str
    before: CheckResult
    after: CheckResult
    appeared: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    policy: str = ""


def waived_checks(design: Topology) -> tuple[str, ...]:
    """Return the checks whose verdicts the waivers of a design may turn."""
    named = (waiver.check for waiver in design.waivers)
    return tuple(dict.fromkeys((*named, EXCEPTION_VALID)))


def as_waived(
    renamed: Verification, given: Verification, new: Verification, kept: Collection[str]
) -> Verification:
    """Return the verification of a renamed design with the verdicts of the design as it is.

    A waiver names a finding by all it says, names of elements included: it does not cover what the
    same finding is called after renaming, in either direction. Where it covers something in one
    design only, and the check is violated all the same, the findings are those of the design as it
    is. `kept` are the findings that waivers of both designs name.
    """
    known = {result.check: result for result in given.results}
    later = {result.check: _covered(result) for result in new.results}
    results = []
    for result in renamed.results:
        told = known.get(result.check)
        if told is None:
            results.append(result)
            continue
        turned = (_covered(told) ^ later.get(result.check, frozenset())) & frozenset(kept)
        results.append(told if turned else replace(result, status=told.status))
    return replace(renamed, results=tuple(results))


def _covered(result: CheckResult) -> frozenset[str]:
    return frozenset(finding.id for finding in result.findings if finding.waiver is not None)


def verdict_changes(
    old: Verification, new: Verification, policy: str = ""
) -> tuple[VerdictChange, ...]:
    """Return the checks whose status differs, or that find other things where they are violated.

    Checks of a capture or of an older design are left out: they are asked in one of them only.
    """
    before = {result.check: result for result in old.results}
    found = []
    for after in new.results:
        was = before.get(after.check)
        if was is None or after.check in (*PENDING, VERIFICATION_RECORD):
            continue
        appeared = _only_in(after.findings, was.findings)
        gone = _only_in(was.findings, after.findings)
        violated = was.status is after.status is Status.VIOLATED
        if was.status is not after.status or (violated and (appeared or gone)):
            found.append(VerdictChange(after.check, was, after, appeared, gone, policy))
    return tuple(found)


def _only_in(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    known = {_key(finding) for finding in others}
    return tuple(finding for finding in findings if _key(finding) not in known)


def _key(finding: Finding) -> object:
    if finding.id:
        return finding.id
    message = finding.message
    told = tuple(pair for pair in message.arguments if pair[0] not in _EXAMPLES)
    return message.code, told, finding.zones, finding.state
