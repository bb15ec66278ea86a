"""Reports of segments under a policy of their own, behind that of the city."""

from collections.abc import Sequence
from dataclasses import dataclass

from zonecheck.model.own_policy import OwnPolicy
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import Verification
from zonecheck.report.lang import Lang
from zonecheck.report.machine.json_parts import Json
from zonecheck.report.machine.json_report import report_json
from zonecheck.report.text.columns import aligned
from zonecheck.report.text.paint import Paint, plain
from zonecheck.report.text.verification import render_text, summary_line
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
    return "".join(
        under_policy(
            each.policy,
            render_text(
                each.verification, topology, each.profile, lang, verbose=verbose, paint=paint
            ),
            lang,
        )
        for each in reports
    )


def under_policy(policy: OwnPolicy, body: str, lang: Lang) -> str:
    """Return what is said under a policy of its own, with the segments it is about."""
    segments = ", ".join(policy.segments)
    head = phrase(lang, "report.own-policy", policy=policy.id, segments=segments)
    return f"\n{head}\n\n{body}"


def overall_text(
    verification: Verification, reports: Sequence[OwnReport], exit_code: int, lang: Lang
) -> str:
    """Return what all policies together come to, as the last lines of a report."""
    rows = [(f"[{verification.profile}]", summary_line(verification, lang))]
    rows += [
        (f"{report.policy.id} [{report.profile.id}]", summary_line(report.verification, lang))
        for report in reports
    ]
    head, result = phrase(lang, "report.overall"), overall_line(exit_code, lang)
    return "\n".join(["", head, "", *aligned(rows, indent=2), f"  {result}"]) + "\n"


def overall_line(exit_code: int, lang: Lang) -> str:
    """Return the result of a run under several policies, in one line."""
    return phrase(lang, f"report.overall-{exit_code}", number=exit_code)


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
