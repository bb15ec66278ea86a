"""A judged capture as tables: for a workbook, and for the page that browsers show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from zonecheck import __version__
from zonecheck.capture.judged import JudgedCapture
from zonecheck.capture.judgement import FlowVerdict
from zonecheck.capture.layer_text import ends_text
from zonecheck.capture.rows import FileEvidence, FlowRow
from zonecheck.capture.verdicts import CaptureCheck, CaptureStatus
from zonecheck.report.capture_lines import CaptureLines, shortfall_line, shown_time
from zonecheck.report.lang import Lang
from zonecheck.report.sheet.tables import Cell, Table, columns
from zonecheck.report.words import phrase

ROLES: Final[Mapping[FlowVerdict, str]] = {
    FlowVerdict.ALLOWED: "holds",
    FlowVerdict.VIOLATING: "violated",
    FlowVerdict.UNDECIDABLE: "unknown",
    FlowVerdict.UNMODELLED: "unknown",
}
"""What a verdict on packets looks like: allowed alone is good."""
STATUS_ROLES: Final[Mapping[CaptureStatus, str]] = {
    CaptureStatus.VIOLATED: "violated",
    CaptureStatus.UNKNOWN: "unknown",
    CaptureStatus.NOT_REFUTED: "holds",
    CaptureStatus.NOT_RUN: "not-run",
}
MOST_ROWS: Final = 1_000_000
"""A sheet holds 1,048,576 rows."""
Hide = Callable[[str], str]


@dataclass(frozen=True)
class CaptureReport:
    """A judged capture as it is to be shown.

    `names` are what zones are called, in each language. `hide` replaces the addresses in a text
    where a report is to name none; then there are no display filters either.
    """

    found: JudgedCapture
    names: Mapping[Lang, Mapping[str, str]]
    exit_code: int
    hide: Hide | None = None

    def lines(self, lang: Lang) -> CaptureLines:
        """Return what says things in a language."""
        return CaptureLines(self.found, self.names[lang], lang, filters=self.hide is None)

    def hidden(self, text: str) -> str:
        """Return a text without what is to be hidden."""
        return text if self.hide is None else self.hide(text)

    def hidden_table(self, table: Table) -> Table:
        """Return a table without it."""
        if self.hide is None:
            return table
        rows = (tuple(self._hidden_cell(cell) for cell in row) for row in table.rows)
        heads = tuple((self.hidden(head), width) for head, width in table.columns)
        return replace(table, columns=heads, rows=tuple(rows))

    def _hidden_cell(self, cell: Cell) -> Cell:
        return cell if isinstance(cell.value, int) else cell._replace(value=self.hidden(cell.value))


def capture_tables(report: CaptureReport, lang: Lang) -> list[Table]:
    """Return all tables of a workbook, in their order."""
    made = (summary, matrix, checks, flows, files, evidence)
    return [report.hidden_table(table(report, lang)) for table in made]


def summary(report: CaptureReport, lang: Lang) -> Table:
    """Return what it comes to, of which design, and what no capture can say."""
    found, told = report.found, report.lines(lang)
    counts = [(phrase(lang, f"capture.verdict.{v.value}"), n) for v, n in found.totals.items()]
    pairs: list[tuple[str, str | int]] = [
        (phrase(lang, "sheet.result"), phrase(lang, f"capture.outcome.{report.exit_code}")),
        (phrase(lang, "sheet.exit-code"), report.exit_code),
        (phrase(lang, "report.file"), f"{found.topology} {found.file}"),
        (phrase(lang, "report.profile"), _profile(found)),
        *told.circumstances(),
        *((phrase(lang, "capture.column-packets-of", verdict=name), n) for name, n in counts),
        (phrase(lang, "capture.column-flows"), found.flows),
        (phrase(lang, "report.tool"), f"zonecheck {__version__}"),
        (phrase(lang, "report.limits"), phrase(lang, "capture.limits")),
    ]
    rows = tuple((Cell(name, "heading"), Cell(value)) for name, value in pairs)
    head = (("zonecheck", 30), (found.topology, 100))
    return Table(phrase(lang, "sheet.summary"), head, rows)


def _profile(found: JudgedCapture) -> str:
    return f"{found.profile.title} {found.profile.edition} [{found.profile.id}]"


def matrix(report: CaptureReport, lang: Lang) -> Table:
    """Return how many packets go from zone to zone, by verdict."""
    told = report.lines(lang)
    heads = [(phrase(lang, "sheet.from-zone"), 30), (phrase(lang, "sheet.to-zone"), 30)]
    heads += [(phrase(lang, f"capture.verdict.{v.value}"), 14) for v in FlowVerdict]
    rows = []
    for zones, cell in sorted(report.found.matrix.items()):
        counts = [Cell(cell.get(v, 0), ROLES[v] if cell.get(v) else "") for v in FlowVerdict]
        rows.append((*(Cell(told.zone(zone), "heading") for zone in zones), *counts))
    return Table(phrase(lang, "sheet.matrix"), tuple(heads), tuple(rows))


def checks(report: CaptureReport, lang: Lang) -> Table:
    """Return what the capture says of every check it can speak about."""
    told = report.lines(lang)
    heads = (
        (phrase(lang, "report.column-verdict"), 14),
        (phrase(lang, "report.column-check"), 28),
        (phrase(lang, "capture.column-title"), 40),
        (phrase(lang, "report.column-clause"), 60),
        (phrase(lang, "capture.column-level"), 16),
        (phrase(lang, "capture.column-says"), 60),
    )
    rows = [_check(check, told, lang) for check in report.found.checks]
    return Table(phrase(lang, "sheet.verdicts"), heads, tuple(rows))


def _check(check: CaptureCheck, told: CaptureLines, lang: Lang) -> tuple[Cell, ...]:
    cited = [
        f"{each.clause} 「{each.quote}」" if each.quote else each.clause for each in check.citations
    ]
    return (
        Cell(phrase(lang, f"capture.status.{check.status.value}"), STATUS_ROLES[check.status]),
        Cell(check.check),
        Cell(phrase(lang, f"check.{check.check}.title")),
        Cell("\n".join(cited)),
        Cell(phrase(lang, f"level.{check.level}")),
        Cell(told.check(check)),
    )


def flows(report: CaptureReport, lang: Lang) -> Table:
    """Return the flows, those that are not simply allowed first."""
    told = report.lines(lang)
    heads = (
        (phrase(lang, "report.column-verdict"), 12),
        *columns(lang, from_zone=22, to_zone=22),
        (phrase(lang, "capture.column-flow"), 46),
        (phrase(lang, "capture.column-answered"), 14),
        *columns(lang, says=60),
        (phrase(lang, "capture.column-packets"), 10),
        (phrase(lang, "capture.column-octets"), 12),
        (phrase(lang, "capture.column-first"), 40),
        (phrase(lang, "capture.column-last"), 40),
        (phrase(lang, "capture.column-frame"), 46),
        (phrase(lang, "capture.column-way"), 80),
        (phrase(lang, "capture.column-filter"), 60),
    )
    every = (*report.found.rows, *report.found.allowed)
    rows = [_flow(row, told, lang) for row in every[:MOST_ROWS]]
    if len(every) > MOST_ROWS:
        left = phrase(lang, "capture.more-elsewhere", count=f"{len(every) - MOST_ROWS:,}")
        rows.append((Cell(left), *(Cell("") for _ in heads[1:])))
    return Table(phrase(lang, "capture.sheet-flows"), heads, tuple(rows))


def _flow(row: FlowRow, told: CaptureLines, lang: Lang) -> tuple[Cell, ...]:
    judgement, traffic = row.judgement, row.traffic
    name = phrase(lang, f"capture.verdict.{judgement.verdict.value}")
    return (
        Cell(name, ROLES[judgement.verdict]),
        *(Cell(told.zone(zone)) for zone in judgement.zones),
        Cell(ends_text(judgement.layer)),
        Cell(phrase(lang, f"capture.answered.{row.answered.value}")),
        Cell("\n".join(told.reasons(row))),
        Cell(traffic.packets),
        Cell(traffic.octets),
        Cell(told.packet(traffic.first)),
        Cell(told.packet(traffic.last)),
        Cell("\n".join(told.frame_cells(row))),
        Cell("\n".join(told.way_cells(row))),
        Cell(told.bare_filter(row)),
    )


def files(report: CaptureReport, lang: Lang) -> Table:
    """Return the files that were read, and how far."""
    heads = (
        *columns(lang, file=50),
        (phrase(lang, "capture.column-packets"), 12),
        (phrase(lang, "capture.column-octets"), 16),
        (phrase(lang, "capture.column-first"), 40),
        (phrase(lang, "capture.column-last"), 40),
        ("SHA-256", 68),
        *columns(lang, says=60),
    )
    rows = [_file(file, lang) for file in report.found.files]
    return Table(phrase(lang, "capture.sheet-files"), heads, tuple(rows))


def _file(file: FileEvidence, lang: Lang) -> tuple[Cell, ...]:
    notes = []
    if file.passed_over:
        notes.append(phrase(lang, "capture.passed-over", file=file.name))
    elif file.shortfall is not None:
        notes.append(shortfall_line(file.name, file.shortfall, lang))
    elif not file.packets:
        notes.append(phrase(lang, "capture.no-packets", file=file.name))
    return (
        Cell(file.name),
        Cell(file.packets),
        Cell(file.octets),
        Cell("" if file.first is None else shown_time(file.first)),
        Cell("" if file.last is None else shown_time(file.last)),
        Cell(file.sha256),
        Cell("\n".join(notes), "" if file.is_whole else "unknown"),
    )


def evidence(report: CaptureReport, lang: Lang) -> Table:
    """Return what was odd, what was not judged, and all that never occurs."""
    lines = report.lines(lang).evidence(everything=True)
    heads = ((phrase(lang, "capture.sheet-evidence"), 120),)
    return Table(heads[0][0], heads, tuple((Cell(line),) for line in lines))
