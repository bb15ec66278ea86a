"""The page of a judged capture: its matrix first, then checks, graph, flows and evidence."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from zonecheck.capture.judgement import FlowVerdict, Judgement
from zonecheck.capture.rows import FlowRow
from zonecheck.capture.verdicts import CaptureStatus
from zonecheck.formats.input_file import InputFile
from zonecheck.model.topology import Topology
from zonecheck.report.capture_lines import CaptureLines
from zonecheck.report.diagram.steps import steps_of
from zonecheck.report.html.elements import Both, both, element, grid_of, preformatted, shown
from zonecheck.report.html.frame import Sections, framed, header, inputs
from zonecheck.report.html.graph import graph_json
from zonecheck.report.html.tools import Count, filter_bar, graph_part
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.sheet.capture import (
    CaptureReport,
    checks,
    evidence,
    files,
    matrix,
    summary,
)
from zonecheck.report.sheet.tables import Table
from zonecheck.report.text.capture import NOTED
from zonecheck.report.words import phrase

MOST_FLOWS: Final = 500
"""How many flows of each verdict a page shows; a browser has to hold them all."""
_STATUSES: Final[Mapping[FlowVerdict, str]] = {
    FlowVerdict.VIOLATING: "violated",
    FlowVerdict.UNMODELLED: "unmodelled",
    FlowVerdict.UNDECIDABLE: "unknown",
}
_SECTIONS = Sections(
    {
        "matrix": "sheet.matrix",
        "clauses": "html.clauses",
        "graph": "html.graph",
        "findings": "capture.sheet-flows",
        "captures": "capture.sheet-files",
        "ledger": "capture.sheet-evidence",
        "inputs": "html.inputs",
    }
)


MadeTable = Callable[[CaptureReport, Lang], Table]


class _Entry(NamedTuple):
    key: str
    row: FlowRow


def render_capture_html(
    report: CaptureReport, design: Topology, files_read: Sequence[InputFile], lang: Lang
) -> str:
    """Return the page; `lang` is the language it opens in, `files_read` what says the design."""
    found, section = report.found, _SECTIONS.section
    entries = list(_entries(found.rows))
    numbers = _zone_numbers(design, entries)
    ways = {entry.key: list(_way(design, entry.row.judgement)) for entry in entries}
    graph = graph_json(design, found.profile, ways, numbers)
    articles = [
        _article(report, entry, numbers, drawn=entry.key in graph["paths"]) for entry in entries
    ]
    used = {entry.row.judgement.verdict for entry in entries}
    statuses = {_STATUSES[v]: f"capture.verdict.{v.value}" for v in NOTED if v in used}
    counts = (Count("findings", "capture.sheet-flows", len(entries)),)
    body = [
        _head(report),
        filter_bar(design, found.profile, numbers, statuses, counts),
        section("matrix", _grid(report, matrix, class_="matrix-of-counts")),
        section("clauses", _grid(report, checks, class_="capture-checks")),
        section("graph", graph_part()),
        section("findings", *_left_out(found.rows), *(articles or [_none(report)])),
        section("captures", _grid(report, files)),
        section("ledger", _grid(report, evidence)),
        element("section", element("p", _said("capture.limits"))),
        section("inputs", _inputs(report, files_read)),
    ]
    return framed(f"zonecheck: {report.hidden(found.topology)}", body, graph, lang)


def _grid(report: CaptureReport, made: MadeTable, **attributes: object) -> str:
    return grid_of(lambda lang: report.hidden_table(made(report, lang)), **attributes)


def _entries(rows: Iterable[FlowRow]) -> Iterator[_Entry]:
    """Yield the flows that are shown, in the order of the report."""
    for verdict in NOTED:
        of_verdict = [row for row in rows if row.judgement.verdict is verdict]
        for at, row in enumerate(of_verdict[:MOST_FLOWS]):
            yield _Entry(f"f-{verdict.value}-{at}", row)


def _left_out(rows: Sequence[FlowRow]) -> Iterator[str]:
    """Yield how many flows the page has no room for: they must not seem absent."""
    for verdict in NOTED:
        number = sum(row.judgement.verdict is verdict for row in rows)
        if number > MOST_FLOWS:
            said = both(partial(_most_are_elsewhere, verdict, number))
            yield element("p", element("b", shown(said)))


def _most_are_elsewhere(verdict: FlowVerdict, number: int, lang: Lang) -> str:
    name = phrase(lang, f"capture.verdict.{verdict.value}")
    counted = {"count": f"{number:,}", "shown": f"{MOST_FLOWS:,}"}
    return phrase(lang, "capture.page-holds", verdict=name, **counted)


def _zone_numbers(design: Topology, entries: Iterable[_Entry]) -> dict[str, int]:
    zones = [zone.id for zone in design.zones]
    zones += [external.zone for external in design.externals]
    for entry in entries:
        zones += _zones(entry.row)
    return {zone: number for number, zone in enumerate(dict.fromkeys(zones))}


def _zones(row: FlowRow) -> list[str]:
    joined = row.judgement.zones
    return [zone for zones in joined for zone in zones.split(", ") if zone]


def _way(design: Topology, judgement: Judgement) -> Iterator[str]:
    """Yield by which hosts, devices and networks the design delivers a flow, or where it stops."""
    if judgement.path is not None:
        yield from (step.node for step in steps_of(design, judgement.path, "en"))
    elif judgement.blocked is not None:
        yield from judgement.blocked.way


def _head(report: CaptureReport) -> str:
    found, code = report.found, report.exit_code
    open_ = {CaptureStatus.VIOLATED, CaptureStatus.UNKNOWN}
    clean = found.is_whole and not any(check.status in open_ for check in found.checks)
    # The best a capture says is that it does not refute; with something open it is not green.
    role = "clean" if clean and not code else f"result-{code}"
    mark = element("span", _said(f"capture.result.{code}"), class_=f"result {role}")
    counts = element("p", shown(both(lambda lang: report.lines(lang).summary())), class_="counts")
    details = element(
        "details",
        element("summary", _said("sheet.summary")),
        _grid(report, summary, class_="summary"),
    )
    return header(
        report.hidden(found.topology), mark, counts, details, contents=_SECTIONS.contents()
    )


def _none(report: CaptureReport) -> str:
    code = "html.all-allowed" if report.found.totals[FlowVerdict.ALLOWED] else "html.no-flows"
    return element("p", _said(code))


def _article(
    report: CaptureReport, entry: _Entry, numbers: Mapping[str, int], *, drawn: bool
) -> str:
    """Return a flow with everything about it; `drawn` tells that the graph can show its way."""
    row, verdict = entry.row, entry.row.judgement.verdict
    told = {lang: report.lines(lang) for lang in LANGS}
    mark = element(
        "span", _said(f"capture.verdict.{verdict.value}"), class_=f"status {_STATUSES[verdict]}"
    )

    def lines(lang: Lang) -> list[str]:
        return [report.hidden(line) for line in _more(told[lang], row)]

    title = both(lambda lang: report.hidden(told[lang].title(row)))
    both_reasons = zip(*(told[lang].reasons(row) for lang in LANGS), strict=True)
    reasons = [
        element("li", shown(Both(report.hidden(ja), report.hidden(en)))) for ja, en in both_reasons
    ]
    inner = [element("p", mark), element("h3", shown(title)), element("ul", *reasons)]
    inner.append(preformatted(lines))
    if drawn:
        said = _said("html.show-path")
        inner.append(element("button", said, type="button", class_="show", hidden=True))
    return element(
        "article",
        *inner,
        id=entry.key,
        class_="finding",
        tabindex="0",
        data_status=_STATUSES[verdict],
        data_zones=" ".join(dict.fromkeys(str(numbers[zone]) for zone in _zones(row))),
    )


def _more(told: CaptureLines, row: FlowRow) -> list[str]:
    return [*told.frame(row), told.counted(row), *told.way(row), *told.filter(row)]


def _inputs(report: CaptureReport, files_read: Sequence[InputFile]) -> str:
    profile = report.found.profile
    pairs = [(file.path, file.sha256) for file in files_read]
    pairs += [(profile.id, profile.sha256)]
    pairs += [(file.name, file.sha256) for file in report.found.files]
    return inputs([(report.hidden(name), digest) for name, digest in pairs])


def _said(code: str) -> str:
    return shown(both(lambda lang: phrase(lang, code)))
