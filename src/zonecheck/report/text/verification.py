"""The report a person reads first: counts, verdicts, counterexamples, ledger, limits."""

from collections import Counter

from zonecheck import __version__
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import CheckResult, Status, Verification
from zonecheck.report.lang import Lang
from zonecheck.report.profile_standing import standing
from zonecheck.report.text.columns import aligned, cells
from zonecheck.report.text.finding import FindingWriter
from zonecheck.report.text.ledger import ledger_lines, limit_lines
from zonecheck.report.text.paint import Paint, plain
from zonecheck.report.text.root_causes import by_root_cause
from zonecheck.report.text.trust import trust_lines
from zonecheck.report.text.waiver import waiver_lines
from zonecheck.report.words import phrase

DECLARED = "declared"
"""The routing that reports do not mention, since it is what the file says."""
_COUNTED = (
    Status.HOLDS,
    Status.VIOLATED,
    Status.UNKNOWN,
    Status.WAIVED,
    Status.NOT_IN_PROFILE,
    Status.NOT_RUN,
)
_ALWAYS_COUNTED = frozenset({Status.HOLDS, Status.VIOLATED, Status.UNKNOWN})


def render_text(
    verification: Verification,
    topology: Topology,
    profile: Profile,
    lang: Lang,
    *,
    verbose: bool = False,
    paint: Paint = plain,
) -> str:
    """Return the whole report as text ending in a newline.

    `verbose` lists every finding and every assumption; `paint` may colour verdict words.
    """
    writer = FindingWriter(topology, profile, lang, verbose=verbose, paint=paint)
    blocks = [
        header_lines(verification, profile, lang),
        [summary_line(verification, lang, paint)],
        _table(verification, lang, paint),
    ]
    blocks += [writer.violated(result, at) for result, at in by_root_cause(verification.results)]
    waived = [result for result in verification.results if result.status is Status.WAIVED]
    blocks += [writer.waived(result) for result in waived]
    unknown = [result for result in verification.results if result.status is Status.UNKNOWN]
    blocks += [writer.unknown(result) for result in unknown]
    others = writer.other_undeclared(verification)
    if others:
        blocks.append(others)
    blocks.append(waiver_lines(verification, lang))
    blocks.append(ledger_lines(verification, lang, verbose=verbose))
    if verification.trust is not None:
        blocks.append(trust_lines(verification, verification.trust, lang, verbose=verbose))
    blocks.append(limit_lines(lang))
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def header_lines(verification: Verification, profile: Profile, lang: Lang) -> list[str]:
    """Return the design, its file, the profile and the tool."""
    edition = f" {profile.edition}" if profile.edition else ""
    rows = [
        (phrase(lang, "report.file"), verification.topology_file),
        (phrase(lang, "report.profile"), f"{profile.title}{edition} [{profile.id}]"),
        *standing(profile, lang),
        (phrase(lang, "report.tool"), f"zonecheck {__version__}"),
    ]
    if len(verification.states) > 1:
        normal = phrase(lang, "report.state-normal")
        names = ", ".join(name or normal for name in verification.states)
        rows.append((phrase(lang, "report.states"), names))
    if verification.routing != DECLARED:
        routing = phrase(lang, f"report.routing-{verification.routing}")
        rows.append((phrase(lang, "report.routing"), routing))
    return [verification.topology, *aligned(rows, indent=2)]


def summary_line(verification: Verification, lang: Lang, paint: Paint = plain) -> str:
    """Return how many checks have which verdict, in one line."""
    counts = Counter(result.status for result in verification.results)
    vacuous = sum(result.vacuous for result in verification.results)
    parts = []
    for status in _COUNTED:
        if not counts[status] and status not in _ALWAYS_COUNTED:
            continue
        word = phrase(lang, f"status.{status.value}")
        text = phrase(lang, "report.count", status=word, number=counts[status])
        text = paint(text, status.value) if counts[status] else text
        if status is Status.HOLDS and vacuous:
            text += phrase(lang, "report.of-them-vacuous", number=vacuous)
        parts.append(text)
    total = phrase(lang, "report.of-checks", number=len(verification.results))
    if lang == "ja":
        return "、".join(parts) + total
    return ", ".join(parts) + " " + total


def _table(verification: Verification, lang: Lang, paint: Paint) -> list[str]:
    if not verification.results:
        return []
    columns = ("check", "verdict", "severity", "title", "clause")
    rows = [tuple(phrase(lang, f"report.column-{name}") for name in columns)]
    rows += [_row(result, lang) for result in verification.results]
    lines = aligned(rows, indent=2)
    for at, result in enumerate(verification.results, 1):
        word = rows[at][1]
        lines[at] = _painted(lines[at], rows, word, result, paint)
    if any(result.vacuous for result in verification.results):
        lines.append("  " + phrase(lang, "report.vacuous-note"))
    if any(result.status is Status.NOT_RUN for result in verification.results):
        lines.append("  " + phrase(lang, "report.not-run-note"))
    return lines


def _painted(
    line: str, rows: list[tuple[str, ...]], word: str, result: CheckResult, paint: Paint
) -> str:
    """Return a table line with its verdict painted, which must not disturb the alignment."""
    start = 2 + max(cells(row[0]) for row in rows) + 2
    before = line[:start]
    return before + paint(word, result.status.value) + line[start + len(word) :]


def _row(result: CheckResult, lang: Lang) -> tuple[str, ...]:
    verdict = phrase(lang, f"status.{result.status.value}")
    if result.vacuous:
        verdict += f" ({phrase(lang, 'report.vacuous')})"
    severity = clause = ""
    if result.policy is not None:
        severity = phrase(lang, f"severity.{result.policy.severity}")
        clause = result.policy.citations[0].clause if result.policy.citations else ""
    return result.check, verdict, severity, phrase(lang, f"check.{result.check}.title"), clause
