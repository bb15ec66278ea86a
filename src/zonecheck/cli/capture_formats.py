"""The formats of `zonecheck capture`, and which need a file or the digests of what was read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zonecheck.capture.judged import JudgedCapture
from zonecheck.capture.pseudonyms import Pseudonyms
from zonecheck.cli.format_names import CSV, HTML, JSON, XLSX
from zonecheck.cli.streams import note
from zonecheck.formats.input_file import InputFile
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.printable import printable_name
from zonecheck.report.sheet.capture import CaptureReport
from zonecheck.report.text.paint import Paint
from zonecheck.report.words import phrase
from zonecheck.report.zone_names import zone_names


@dataclass(frozen=True)
class Rendering:
    """How a judged capture is to be shown; with `hidden` no address of it is.

    `files` is what was read of the design.
    """

    found: JudgedCapture
    design: Topology
    profile: Profile
    files: Sequence[InputFile]
    exit_code: int
    lang: Lang
    verbose: bool
    paint: Paint
    hidden: Pseudonyms | None


def rendered(form: str, run: Rendering) -> str | bytes:
    """Return a judged capture in a format."""
    if form == XLSX:
        return _xlsx(run)
    if form == HTML:
        return _html(run)
    return {JSON: _json, CSV: _csv}.get(form, _text)(run)


def as_file(form: str, made: str | bytes) -> str | bytes:
    """Return what was made as it is to be in a file: a table with the mark of UTF-8.

    Without it Excel on a Japanese Windows takes the table for Shift_JIS. What goes to standard
    output is for programs and has none.
    """
    return f"\ufeff{made}" if form == CSV and isinstance(made, str) else made


def _text(run: Rendering) -> str:
    from zonecheck.report.text.capture import render_capture_text

    text = render_capture_text(
        run.found,
        zone_names(run.design, run.profile, run.lang),
        run.lang,
        exit_code=run.exit_code,
        every_flow=run.verbose,
        filters=run.hidden is None,
        paint=run.paint,
    )
    return text if run.hidden is None else run.hidden.in_text(text)


def _json(run: Rendering) -> str:
    from zonecheck.report.machine.capture_json import render_capture_json

    return render_capture_json(run.found, exit_code=run.exit_code, hide=_hide(run))


def _csv(run: Rendering) -> str:
    from zonecheck.report.machine.capture_json import render_capture_csv

    _tell_gaps(run)
    return render_capture_csv(run.found, hide=_hide(run))


def _xlsx(run: Rendering) -> bytes:
    from zonecheck.report.sheet.capture import capture_tables
    from zonecheck.report.sheet.workbook import workbook

    report = _report(run)
    return workbook(capture_tables(report, run.lang), report.hidden(run.found.topology), None)


def _html(run: Rendering) -> bytes:
    from zonecheck.report.html.capture_page import render_capture_html

    page = render_capture_html(_report(run), run.design, run.files, run.lang)
    return page.encode(errors="backslashreplace")


def _report(run: Rendering) -> CaptureReport:
    names = {lang: zone_names(run.design, run.profile, lang) for lang in LANGS}
    return CaptureReport(run.found, names, run.exit_code, _hide(run))


def _hide(run: Rendering) -> Callable[[str], str] | None:
    return None if run.hidden is None else run.hidden.in_text


def _tell_gaps(run: Rendering) -> None:
    """Say on stderr what a table of flows cannot: what was not read, and what is unknown."""
    from zonecheck.report.capture_lines import shortfall_line

    lang, report = run.lang, _report(run)
    for file in run.found.files:
        if file.shortfall is not None and not file.passed_over:
            note(report.hidden(shortfall_line(file.name, file.shortfall, lang)))
        elif not file.packets:
            name = printable_name(file.name)
            note(report.hidden(phrase(lang, "capture.no-packets", file=name)))
    for check in run.found.checks:
        if check.status.value == "unknown":
            note(f"{phrase(lang, 'capture.status.unknown')}: {check.check}")
