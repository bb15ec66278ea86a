"""Exceptions from the policy are valid, and each run of zonecheck leaves its record."""

from zonecheck.model.message import Message
from zonecheck.model.waiver import Waiver
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import Check, Outcome
from zonecheck.policy.verdict import Finding, MissingControl
from zonecheck.policy.waiver_standing import (
    EXCEPTION_VALID,
    VERIFICATION_RECORD,
    Standing,
    lacking,
    reported_later,
    standing_of,
)


def ask_exception_valid(analysis: Analysis) -> Outcome:
    """Every waiver says what it must and counts today.

    Whether what it names is there is seen once all checks were made (`waivers.judged`).
    """
    findings: list[Finding] = []
    for waiver in analysis.topology.waivers:
        message = _fault(analysis, waiver)
        if message is not None:
            control = MissingControl(waiver.id, waiver.source)
            findings.append(Finding(message, (), control, waiver.source))
    return Outcome(tuple(findings), len(analysis.topology.waivers))


def _fault(analysis: Analysis, waiver: Waiver) -> Message | None:
    """Return why a waiver does not count, None if it does."""
    standing = standing_of(waiver, analysis.profile, analysis.today)
    if standing is Standing.INCOMPLETE:
        keys = ", ".join(lacking(waiver))
        return Message.of("exception-valid.incomplete", waiver=waiver.id, keys=keys)
    if standing is Standing.EXPIRED:
        return Message.of("exception-valid.expired", waiver=waiver.id, expires=waiver.expires)
    if standing is Standing.NOT_REPORTED and reported_later(waiver, analysis.today):
        code = "exception-valid.reported-later"
        return Message.of(code, waiver=waiver.id, reported=waiver.reported, today=analysis.today)
    if standing is Standing.NOT_REPORTED:
        return Message.of("exception-valid.not-reported", waiver=waiver.id)
    if standing is Standing.FORBIDDEN:
        return Message.of("exception-valid.forbidden", waiver=waiver.id, check=waiver.check)
    return None


def ask_verification_record(analysis: Analysis) -> Outcome:
    """Return nothing: no design says whether a record of this run is written."""
    del analysis
    return Outcome((), 0)


CHECKS = (
    Check(EXCEPTION_VALID, 1, (), ask_exception_valid),
    Check(VERIFICATION_RECORD, 3, (), ask_verification_record),
)
