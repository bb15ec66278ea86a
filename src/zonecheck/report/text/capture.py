"""`zonecheck capture` for people."""

from collections.abc import Mapping
from typing import Final

from zonecheck.capture.judged import JudgedCapture
from zonecheck.capture.judgement import FlowVerdict
from zonecheck.capture.verdicts import CaptureCheck, CaptureStatus
from zonecheck.report.capture_lines import CaptureLines
from zonecheck.report.lang import Lang
from zonecheck.report.printable import printable_name
from zonecheck.report.text.columns import aligned, indented
from zonecheck.report.text.paint import Paint, plain
from zonecheck.report.words import phrase

_SHOWN: Final = 20
"""How many flows of each verdict are shown unless all are asked for."""
NOTED: Final = (FlowVerdict.VIOLATING, FlowVerdict.UNMODELLED, FlowVerdict.UNDECIDABLE)
"""What a reader is to be told of, in this order."""
_ROLES: Final = {CaptureStatus.VIOLATED: "violated", CaptureStatus.NOT_REFUTED: "holds"}


def render_capture_text(
    found: JudgedCapture,
    names: Mapping[str, str],
    lang: Lang,
    *,
    exit_code: int,
    every_flow: bool = False,
    filters: bool = True,
    paint: Paint = plain,
) -> str:
    """Return the report, ending in a newline; `names` are what zones are called.

    Without `filters` there are no display filters, which would name real addresses.
    """
    told = CaptureLines(found, names, lang, filters=filters)
    writer = _Writer(found, told, lang, paint)
    lines = [
        phrase(lang, "capture.title", name=printable_name(found.topology), profile=found.profile.id)
    ]
    lines += indented([*told.taken(), *(line for f in found.files for line in told.file(f))], 2)
    lines += ["", *writer.matrix()]
    for verdict in NOTED:
        lines += writer.rows(verdict, None if every_flow else _SHOWN)
    lines += ["", *writer.checks(), "", phrase(lang, "capture.evidence")]
    lines += indented(told.evidence(everything=every_flow), 2)
    lines += ["", told.summary(), phrase(lang, f"capture.result.{exit_code}")]
    lines.append(phrase(lang, "capture.limits"))
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, found: JudgedCapture, told: CaptureLines, lang: Lang, paint: Paint) -> None:
        self._found = found
        self._told = told
        self._lang: Lang = lang
        self._paint = paint

    def matrix(self) -> list[str]:
        lang = self._lang
        title = phrase(lang, "capture.matrix")
        verdicts = [phrase(lang, f"capture.verdict.{v.value}") for v in FlowVerdict]
        rows = [[phrase(lang, "capture.from"), phrase(lang, "capture.to"), *verdicts]]
        for zones, cell in sorted(self._found.matrix.items()):
            counts = [f"{cell[v]:,}" if cell.get(v) else "-" for v in FlowVerdict]
            rows.append([*map(self._told.zone, zones), *counts])
        return [title, *aligned(rows, indent=2)]

    def rows(self, verdict: FlowVerdict, limit: int | None) -> list[str]:
        rows = [row for row in self._found.rows if row.judgement.verdict is verdict]
        if not rows:
            return []
        title = phrase(self._lang, f"capture.rows.{verdict.value}", count=f"{len(rows):,}")
        lines = ["", self._paint(title, "violated" if verdict is NOTED[0] else "unknown")]
        for number, row in enumerate(rows[:limit], 1):
            lines += [f"  {number}. {self._told.title(row)}", *indented(self._told.flow(row), 5)]
        if limit is not None and len(rows) > limit:
            more = phrase(self._lang, "capture.more", count=f"{len(rows) - limit:,}")
            lines.append("  " + more)
        return lines

    def checks(self) -> list[str]:
        rows = [self._check(check) for check in self._found.checks]
        return [phrase(self._lang, "capture.checks"), *aligned(rows, indent=2)]

    def _check(self, check: CaptureCheck) -> list[str]:
        status = phrase(self._lang, f"capture.status.{check.status.value}")
        clauses = "、".join(citation.clause for citation in check.citations)
        painted = self._paint(status, _ROLES.get(check.status, "unknown"))
        return [painted, check.check, self._told.check(check), f"[{clauses}]" if clauses else ""]
