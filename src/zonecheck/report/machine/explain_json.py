"""An explanation for machines, `zonecheck.explain/1`."""

from collections.abc import Sequence
from dataclasses import replace

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.explaining.explanation import Almost, Explained, Explanation, Proposal
from zonecheck.policy.explaining.kept_flows import LostFlow
from zonecheck.policy.repairs import Repair
from zonecheck.report.machine.counterexample_json import missing_json
from zonecheck.report.machine.json_parts import Json, dumped, message_json, source_json
from zonecheck.report.machine.json_report import report_json
from zonecheck.report.text.explain import OwnExplanation, shown_result

SCHEMA = "zonecheck.explain/1"


def render_explanation_json(
    explanation: Explanation,
    topology: Topology,
    profile: Profile,
    exit_code: int,
    others: Sequence[OwnExplanation] = (),
) -> str:
    """Return the explanation as JSON, each check as in a report and with its proposals.

    `others` are explanations of segments under a policy of their own.
    """
    document = _document(explanation, topology, profile, exit_code)
    policies = [
        {
            "id": other.policy.id,
            "segments": list(other.policy.segments),
            "explanation": _document(other.explanation, topology, other.profile, other.exit_code),
        }
        for other in others
    ]
    return dumped({**document, "policies": policies} if policies else document)


def _document(
    explanation: Explanation, topology: Topology, profile: Profile, exit_code: int
) -> Json:
    results = tuple(shown_result(each) for each in explanation.explained)
    about = replace(explanation.verification, results=results)
    report = report_json(about, topology, profile, exit_code)
    checks = [
        {**check, **_explained_json(each)}
        for check, each in zip(report["checks"], explanation.explained, strict=True)
    ]
    kept = ("tool", "topology", "profile", "routing", "states", "exit_code")
    return {
        "schema": SCHEMA,
        **{key: report[key] for key in kept},
        "flows": explanation.flows,
        "checks": checks,
    }


def _explained_json(each: Explained) -> Json:
    return {
        "finding": each.finding or None,
        "as_for": each.as_for,
        "tried": each.tried,
        "untried": each.untried,
        "proposals": [_proposal_json(proposal) for proposal in each.proposals],
        "almost": None if each.almost is None else _almost_json(each.almost),
    }


def _almost_json(almost: Almost) -> Json:
    return {
        "changes": [_repair_json(repair) for repair in almost.repairs],
        "lost": [_lost_json(lost) for lost in almost.lost],
        "missing": [missing_json(item) for item in almost.missing],
    }


def _proposal_json(proposal: Proposal) -> Json:
    return {
        "changes": [_repair_json(repair) for repair in proposal.repairs],
        "entails": [
            {"message": message_json(each.message), "source": source_json(each.source)}
            for each in proposal.entails
        ],
        "also": [
            {"node": place.node, "filter": place.filter, "port": place.port}
            for place in proposal.also
        ],
        "follow": [_repair_json(repair) for repair in proposal.follow],
        "claim": proposal.is_claim,
        "vacuous": proposal.vacuous,
        "lost": [_lost_json(lost) for lost in proposal.lost],
        "mends": list(proposal.mends),
        "breaks": [{"check": fall.check, "to": fall.status.value} for fall in proposal.breaks],
    }


def _repair_json(repair: Repair) -> Json:
    return {
        "message": message_json(repair.message),
        "size": repair.size.name.lower(),
        "removes": repair.removes,
        "source": source_json(repair.source),
    }


def _lost_json(lost: LostFlow) -> Json:
    part = lost.part
    return {
        "flow": part.name,
        "origin": str(part.leg.origin),
        "destination": str(part.leg.destination),
        "service": str(part.service),
        "wholly": lost.wholly,
        "source": source_json(part.leg.source),
    }
