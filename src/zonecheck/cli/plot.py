"""`zonecheck plot`: a design, its matrix or a counterexample drawn; imports matplotlib late."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zonecheck.cli.failure import Failure
from zonecheck.cli.finding_choice import find_finding
from zonecheck.cli.language import said
from zonecheck.cli.options import debug_option, lang_option, profile_option, topology_argument
from zonecheck.cli.profile_choice import profile_for
from zonecheck.cli.result_file import replace_file
from zonecheck.cli.state_choice import in_state, state_option
from zonecheck.cli.streams import note
from zonecheck.formats import read_topology
from zonecheck.model.closure import Closure
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.ledger.undeclared import undeclared_items
from zonecheck.policy.questions.matrix import matrix_view
from zonecheck.report.lang import Lang
from zonecheck.report.plot.presence import NoMatplotlibError, need_matplotlib
from zonecheck.report.words import phrase
from zonecheck.report.zone_names import zone_names

if TYPE_CHECKING:
    from zonecheck.report.plot.canvas import Sheet

TOPOLOGY, MATRIX = "topology", "matrix"
_SUFFIXES = (".png", ".svg", ".pdf")


@click.command(
    help=said(
        "構成を絵にする。領域を囲みとし、その間に立つ機器を示す。--what matrix は領域間で通るもの、"
        "--finding は違反の反例の経路。形式は FILE の名前の終わりで決まる。"
        "pip install matplotlib matplotlib-fontja が必要。"
        "描くのは設計であり、証明した到達可能性ではない"
        "（--what matrix と --finding は証明したもの）。",
        "Draw a design: zones as regions, and what stands between them. --what matrix draws what "
        "may pass between zones, --finding the path of a counterexample. The end of FILE's name "
        "chooses the form. Needs matplotlib (pip install matplotlib matplotlib-fontja). A drawing "
        "of the topology shows what the file plans; the matrix and findings show what was proved.",
    )
)
@topology_argument
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE.{png,svg,pdf}",
    help=said("書くファイル。", "The file to write."),
)
@click.option(
    "--what",
    type=click.Choice([TOPOLOGY, MATRIX]),
    help=said("何を描くか。なければ topology。", "What to draw; topology if not given."),
)
@click.option(
    "--finding",
    metavar="CHECK#N",
    help=said(
        "違反。「検査」「検査#番号」か f- で始まる ID。",
        "A finding: CHECK, CHECK#N or an id that begins f-.",
    ),
)
@profile_option
@state_option
@lang_option
@debug_option
def plot(
    *,
    topology: str,
    output: str,
    what: str | None,
    finding: str | None,
    profile_name: str | None,
    state: str,
    lang: Lang,
) -> None:
    """Write one picture."""
    form = Path(output).suffix.lower()
    if form not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        raise Failure(Message.of("plot.unknown-suffix", path=output, known=known))
    if finding is not None and what is not None:
        raise Failure(Message.of("plot.one-thing"))
    try:
        need_matplotlib()
    except NoMatplotlibError as error:
        raise Failure(error.reason) from error
    design = read_topology(topology)
    if finding is not None:
        sheet = _path(design, profile_for(design, profile_name), finding, state, lang)
    else:
        named = profile_name or design.profile
        profile = profile_for(design, profile_name) if named else None
        draw = _matrix if what == MATRIX else _topology
        sheet = draw(in_state(design, state), profile, lang)
    replace_file(Path(output), sheet.saved(form[1:]))
    if sheet.fonts.missing:
        characters = " ".join(f"{char} (U+{ord(char):04X})" for char in sheet.fonts.missing)
        font, mark = sheet.fonts.first, sheet.fonts.mark
        note(phrase(lang, "plot.no-glyph", font=font, mark=mark, characters=characters))


def _topology(design: Topology, profile: Profile | None, lang: Lang) -> "Sheet":
    from zonecheck.report.plot.topology import topology_sheet

    return topology_sheet(design, zone_names(design, profile, lang), lang)


def _matrix(design: Topology, profile: Profile | None, lang: Lang) -> "Sheet":
    from zonecheck.report.plot.matrix import matrix_sheet

    analysis = Analysis(design, profile or Profile("", "", "", "", (), ()), Closure.UPPER)
    view = matrix_view(analysis, undeclared=len(undeclared_items(design)))
    return matrix_sheet(design, view, zone_names(design, profile, lang), lang)


def _path(design: Topology, profile: Profile, given: str, state: str, lang: Lang) -> "Sheet":
    from zonecheck.report.plot.path import NoPathError, path_sheet

    name, finding = find_finding(design, profile, given)
    there = in_state(design, state or finding.state)
    try:
        return path_sheet(there, name, finding, zone_names(design, profile, lang), lang)
    except NoPathError as error:
        raise Failure(Message.of("plot.no-path", finding=name)) from error
