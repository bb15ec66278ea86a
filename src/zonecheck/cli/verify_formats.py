"""The formats of `zonecheck verify`: what each is made of, and which need a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import click

from zonecheck.cli.format_names import GITHUB, HTML, JSON, JUNIT, MARKDOWN, SARIF, TEXT, XLSX
from zonecheck.cli.language import said
from zonecheck.cli.options import debug_option, lang_option, output_option
from zonecheck.formats.input_file import InputFile
from zonecheck.model.closure import Closure
from zonecheck.model.states import normal_state
from zonecheck.policy import Proofs, RoutingAssumption
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.questions.permitted import Passing, passing
from zonecheck.policy.routing_assumption import assuming
from zonecheck.report.lang import Lang
from zonecheck.report.machine.json_report import render_json
from zonecheck.report.own_policies import (
    OwnReport,
    overall_text,
    own_reports_json,
    own_reports_text,
)
from zonecheck.report.text.paint import Paint
from zonecheck.report.text.verification import render_text
from zonecheck.report.whole import WholeReport

F = TypeVar("F", bound=Callable[..., Any])

FORMATS: Final = (TEXT, JSON, SARIF, JUNIT, MARKDOWN, GITHUB, XLSX, HTML)


@dataclass(frozen=True)
class Rendering:
    """How a run is to be shown; `whole` is what it found, `files` what it read of the design."""

    whole: WholeReport
    own: Sequence[OwnReport]
    lang: Lang
    verbose: bool
    paint: Paint
    routing: RoutingAssumption
    proofs: Proofs
    files: Sequence[InputFile]


def verify_options(command: F) -> F:
    """Return the command with `--format`, `--lang`, `--output` and `--debug`."""
    form = click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default=TEXT,
        show_default=True,
        help=said(
            "出力の形式。xlsx と html には --output が必要。",
            "Form of the result; xlsx and html need --output.",
        ),
    )
    for option in (debug_option, output_option, lang_option, form):
        command = option(command)
    return command


def rendered(form: str, run: Rendering) -> str | bytes:
    """Return a run in a format; what machines read is UTF-8, whatever the terminal speaks."""
    if form == TEXT:
        return _text(run)
    if form == JSON:
        return _json(run)
    return _BYTES[form](run)


def _text(run: Rendering) -> str:
    whole, lang, verbose, paint = run.whole, run.lang, run.verbose, run.paint
    city, design = whole.city, whole.topology
    text = render_text(city.verification, design, city.profile, lang, verbose=verbose, paint=paint)
    text += own_reports_text(run.own, design, lang, verbose=verbose, paint=paint)
    if run.own:
        text += overall_text(city.verification, run.own, whole.exit_code, lang)
    return text


def _json(run: Rendering) -> str:
    whole, city = run.whole, run.whole.city
    policies = own_reports_json(run.own, whole.topology)
    return render_json(
        city.verification,
        whole.topology,
        city.profile,
        exit_code=whole.exit_code,
        policies=policies,
    )


def _sarif(run: Rendering) -> bytes:
    from zonecheck.report.machine.sarif import render_sarif

    return _encoded(render_sarif(run.whole))


def _junit(run: Rendering) -> bytes:
    from zonecheck.report.machine.junit import render_junit

    return _encoded(render_junit(run.whole, run.lang))


def _markdown(run: Rendering) -> bytes:
    from zonecheck.report.markdown import render_markdown

    return _encoded(render_markdown(run.whole, run.lang, verbose=run.verbose))


def _github(run: Rendering) -> bytes:
    from zonecheck.report.machine.annotations import render_annotations

    return _encoded(render_annotations(run.whole, run.lang))


def _xlsx(run: Rendering) -> bytes:
    from zonecheck.report.sheet.workbook import render_sheet

    return render_sheet(run.whole, _passing(run), run.lang)


def _html(run: Rendering) -> bytes:
    from zonecheck.report.html.page import render_html

    return _encoded(render_html(run.whole, _passing(run), run.files, run.lang))


_BYTES: Final[dict[str, Callable[[Rendering], bytes]]] = {
    SARIF: _sarif,
    JUNIT: _junit,
    MARKDOWN: _markdown,
    GITHUB: _github,
    XLSX: _xlsx,
    HTML: _html,
}


def _encoded(text: str) -> bytes:
    """Return a text in UTF-8; what has no encoding, as in odd file names, as an escape."""
    return text.encode(errors="backslashreplace")


def _passing(run: Rendering) -> Passing | None:
    """Return what passes between zones in the normal state, at worst."""
    design = assuming(normal_state(run.whole.topology), run.routing)
    return passing(Analysis(design, run.whole.city.profile, Closure.UPPER, run.proofs.space))
