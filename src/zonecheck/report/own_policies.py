"""Reports of segments under a policy of their own, behind that of the city."""

from collections.abc import Sequence
from dataclasses import dataclass

from zonecheck.model.own_policy import OwnPolicy
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import Verification
from zonecheck.report.json_parts import Json
from zonecheck.report.json_report import report_json
from zonecheck.report.lang import Lang
from zonecheck.report.paint import Paint, plain
from zonecheck.report.text import render_text
from zonecheck.report.words import phrase


@dataclass(frozen=True)
class OwnReport:
    """The verdicts on some segments under their own profile."""

    policy: OwnPolicy
    profile: Profile
    verification: Verification
    exit_code: int


def own_reports_text(
    reports: Sequence[OwnReport],
    topology: Topology,
    lang: Lang,
    *,
    verbose: bool = False,
    paint: Paint = plain,
) -> str:
    """Return the reports, each under a line that says which segments it is about."""
    parts = []
    for report in reports:
        segments = ", ".join(report.policy.segments)
        head = phrase(lang, "report.own-policy", policy=report.policy.id, segments=segments)
        body = render_text(
            report.verification, topology, report.profile, lang, verbose=verbose, paint=paint
        )
        parts.append(f"\n{head}\n\n{body}")
    return "".join(parts)


def own_reports_json(reports: Sequence[OwnReport], topology: Topology) -> list[Json]:
    """Return the reports, each with the segments it is about."""
    return [
        {
            "id": report.policy.id,
            "segments": list(report.policy.segments),
            "report": report_json(report.verification, topology, report.profile, report.exit_code),
        }
        for report in reports
    ]
