"""The report for machines, `zonecheck.report/1`; its schema is `schemas/report.schema.json`."""

from collections import Counter
from collections.abc import Sequence

from zonecheck import __version__
from zonecheck.model.profile import CheckPolicy, Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import (
    Assumption,
    CheckResult,
    Fall,
    Finding,
    Status,
    Trust,
    Verification,
)
from zonecheck.policy.waiver_standing import WaiverUse
from zonecheck.report.machine.counterexample_json import counterexample_json, missing_json
from zonecheck.report.machine.json_parts import Json, box_json, dumped, message_json, source_json
from zonecheck.report.words.ledger import LIMITS

SCHEMA = "zonecheck.report/1"


def render_json(
    verification: Verification,
    topology: Topology,
    profile: Profile,
    *,
    exit_code: int | None = None,
    policies: Sequence[Json] = (),
) -> str:
    """Return the whole report as JSON, the same text for the same verification.

    `exit_code` is what the command returns; without it that of the verification itself.
    `policies` are the reports on segments under a policy of their own.
    """
    code = verification.exit_code if exit_code is None else exit_code
    document = report_json(verification, topology, profile, code)
    return dumped({**document, "policies": list(policies)} if policies else document)


def report_json(
    verification: Verification, topology: Topology, profile: Profile, exit_code: int
) -> Json:
    """Return the report as a document of dictionaries and lists."""
    counts = Counter(result.status for result in verification.results)
    return {
        "schema": SCHEMA,
        "tool": {"name": "zonecheck", "version": __version__},
        "topology": {
            "name": verification.topology,
            "file": verification.topology_file,
            "zones": [{"id": zone.id, "ja": zone.ja} for zone in topology.zones],
        },
        "profile": {
            "id": profile.id,
            "title": profile.title,
            "document": profile.document,
            "edition": profile.edition,
            "date": profile.date,
            "basis": profile.basis,
            "note": profile.note,
        },
        "routing": verification.routing,
        "states": list(verification.states),
        "date": None if verification.today is None else verification.today.isoformat(),
        "exit_code": exit_code,
        "summary": {status.value: counts[status] for status in Status},
        "checks": [_check_json(result) for result in verification.results],
        "assumptions": [
            {**assumption_json(item), "checks": _resting_on(item, verification)}
            for item in verification.assumptions
        ],
        "trust": None if verification.trust is None else trust_json(verification.trust),
        "waivers": [waiver_json(use) for use in verification.waivers],
        "undeclared": [missing_json(item) for item in verification.undeclared],
        "limits": list(LIMITS),
    }


def assumption_json(assumption: Assumption) -> Json:
    """Return an entry of the ledger."""
    return {
        "id": assumption.id,
        "subject": assumption.subject,
        "declared": None if assumption.declared is None else list(assumption.declared),
        "basis": assumption.basis,
        "source": source_json(assumption.source),
    }


def trust_json(trust: Trust) -> Json:
    """Return which declarations the verdicts need."""
    return {
        "withdrawn": [assumption_json(item) for item in trust.withdrawn],
        "needed": [
            {
                "declarations": [assumption_json(item) for item in each.declarations],
                "falls": [_fall_json(fall) for fall in each.falls],
            }
            for each in trust.needed
        ],
        "together": [_fall_json(fall) for fall in trust.together],
    }


def waiver_json(use: WaiverUse) -> Json:
    """Return a waiver with what became of it."""
    waiver = use.waiver
    return {
        "id": waiver.id,
        "standing": use.standing.value,
        "check": waiver.check,
        "finding": waiver.finding,
        "clause": waiver.clause,
        "approver": waiver.approver,
        "reason": waiver.reason,
        "expires": None if waiver.expires is None else waiver.expires.isoformat(),
        "emergency": waiver.emergency,
        "reported": None if waiver.reported is None else waiver.reported.isoformat(),
        "note": waiver.note,
        "source": source_json(waiver.source),
    }


def _fall_json(fall: Fall) -> Json:
    return {"check": fall.check, "to": fall.status.value}


def _resting_on(assumption: Assumption, verification: Verification) -> list[str]:
    return [r.check for r in verification.results if assumption in r.assumptions]


def _check_json(result: CheckResult) -> Json:
    return {
        "id": result.check,
        "status": result.status.value,
        "policy": None if result.policy is None else policy_json(result.policy),
        "vacuous": result.vacuous,
        "examined": result.examined,
        "consequence_of": list(result.consequence_of),
        "findings": [_finding_json(finding) for finding in result.findings],
        "missing": [missing_json(item) for item in result.missing],
        "assumptions": [assumption_json(item) for item in result.assumptions],
    }


def policy_json(policy: CheckPolicy) -> Json:
    """Return how a profile asks for a check."""
    return {
        "level": policy.level,
        "severity": policy.severity,
        "strength": policy.strength,
        "waivable": policy.waivable,
        "citations": [{"clause": c.clause, "quote": c.quote} for c in policy.citations],
    }


def _finding_json(finding: Finding) -> Json:
    found = finding.counterexample
    return {
        "id": finding.id or None,
        "waiver": None if finding.waiver is None else finding.waiver.id,
        "message": message_json(finding.message),
        "zones": list(finding.zones),
        "state": finding.state,
        "source": source_json(finding.source),
        "counterexample": None if found is None else counterexample_json(found),
        "boxes": [box_json(box) for box in finding.boxes],
        "more_boxes": finding.more_boxes,
        "lacking": [missing_json(item) for item in finding.lacking],
    }
