"""`zonecheck export dot|mermaid|drawio`: the whole design for programs that draw."""

from collections.abc import Callable

import click

from zonecheck.cli.language import said
from zonecheck.cli.options import (
    debug_option,
    deliver,
    lang_option,
    output_option,
    topology_argument,
)
from zonecheck.cli.state_choice import in_state, state_option
from zonecheck.formats import read_topology
from zonecheck.report.diagram.dot import render_dot
from zonecheck.report.diagram.drawio import render_drawio
from zonecheck.report.diagram.mermaid import render_mermaid
from zonecheck.report.diagram.scheme import Scheme, scheme_of
from zonecheck.report.lang import Lang
from zonecheck.report.zone_names import zone_names

Renderer = Callable[[Scheme, Lang], str]


def _command(name: str, program: str, render: Renderer) -> click.Command:
    """Return the command that writes a design with one renderer."""

    @click.command(
        name,
        help=said(
            f"構成全体を {program} の図として書く。領域は囲みのまま残る。描くのは設計であり、"
            "証明した到達可能性ではない（それは matrix）。",
            f"Write the whole design as a drawing for {program}; zones stay boundaries. Drawn is "
            "what the file plans, not what was proved (that is `matrix`).",
        ),
    )
    @topology_argument
    @state_option
    @output_option
    @lang_option
    @debug_option
    def command(*, topology: str, state: str, output: str | None, lang: Lang) -> None:
        design = in_state(read_topology(topology), state)
        deliver(render(scheme_of(design, zone_names(design, None, lang)), lang), output)

    return command


DIAGRAMS = (
    _command("dot", "Graphviz", render_dot),
    _command("mermaid", "Mermaid", render_mermaid),
    _command("drawio", "draw.io", render_drawio),
)
