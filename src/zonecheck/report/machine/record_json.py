"""The record of one run (点検記録), `zonecheck.record/2`; its schema is in `schemas/`."""

from collections.abc import Sequence
from datetime import datetime

from zonecheck import __version__
from zonecheck.formats.input_file import InputFile
from zonecheck.model.profile import Profile
from zonecheck.policy.verdict import CheckResult, Verification
from zonecheck.report.machine.json_parts import Json, dumped
from zonecheck.report.machine.json_report import policy_json, waiver_json
from zonecheck.report.own_policies import OwnReport

SCHEMA = "zonecheck.record/2"


def render_record(
    verification: Verification,
    profile: Profile,
    files: Sequence[InputFile],
    others: Sequence[OwnReport],
    *,
    exit_code: int,
    made: datetime,
) -> str:
    """Return the record of a run as JSON.

    `files` is everything the design was read from; `others` are the verdicts on segments under a
    policy of their own; `exit_code` is that of all together; `made` is the time of the run, which
    the day that counted need not be.
    """
    today = verification.today
    return dumped(
        {
            "schema": SCHEMA,
            "tool": {"name": "zonecheck", "version": __version__},
            "made": made.isoformat(timespec="seconds"),
            "date": None if today is None else today.isoformat(),
            "topology": verification.topology,
            "files": [{"path": file.path, "sha256": file.sha256} for file in files],
            "routing": verification.routing,
            "states": list(verification.states),
            "exit_code": exit_code,
            **_verdicts_json(verification, profile),
            "policies": [_own_json(other) for other in others],
        }
    )


def _own_json(report: OwnReport) -> Json:
    return {
        "id": report.policy.id,
        "segments": list(report.policy.segments),
        "exit_code": report.exit_code,
        **_verdicts_json(report.verification, report.profile),
    }


def _verdicts_json(verification: Verification, profile: Profile) -> Json:
    """Return a profile and what came out under it, the same for every policy of a design."""
    return {
        "profile": {
            "id": profile.id,
            "title": profile.title,
            "edition": profile.edition,
            "sha256": profile.sha256,
        },
        "checks": [_check_json(result) for result in verification.results],
        "clauses": _clauses_json(verification),
        "waivers": [waiver_json(use) for use in verification.waivers],
    }


def _check_json(result: CheckResult) -> Json:
    return {
        "id": result.check,
        "status": result.status.value,
        "vacuous": result.vacuous,
        "policy": None if result.policy is None else policy_json(result.policy),
        "findings": [
            {
                "id": finding.id or None,
                "waiver": None if finding.waiver is None else finding.waiver.id,
                "code": finding.message.code,
                "zones": list(finding.zones),
            }
            for finding in result.findings
        ],
    }


def _clauses_json(verification: Verification) -> list[Json]:
    """Return the verdicts by clause of the policy, in the order in which they are cited."""
    found: dict[str, list[Json]] = {}
    for result in verification.results:
        for citation in result.policy.citations if result.policy is not None else ():
            entry = {"check": result.check, "status": result.status.value}
            found.setdefault(citation.clause, []).append(entry)
    return [{"clause": clause, "verdicts": verdicts} for clause, verdicts in found.items()]
