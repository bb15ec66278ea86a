"""A design for Graphviz: a cluster for each zone, and what stands between zones outside of all."""

from collections.abc import Iterable, Iterator

from zonecheck.model.graph import DEVICE, EXTERNAL, HOST, SEGMENT
from zonecheck.report.diagram.captions import caption
from zonecheck.report.diagram.palette import PLAIN, colours_of
from zonecheck.report.diagram.scheme import Node, Scheme
from zonecheck.report.lang import Lang

_SHAPES = {SEGMENT: "box", HOST: "ellipse", DEVICE: "box3d", EXTERNAL: "tripleoctagon"}


def render_dot(scheme: Scheme, lang: Lang) -> str:
    """Return the drawing in the language of Graphviz.

    Each node has the id of its element; names of zones and ids are quoted and never read as HTML
    or as commands. The same design gives the same text.
    """
    colours = colours_of(scheme.regions)
    lines = [
        f"graph {quoted(scheme.title)} {{",
        '  graph [compound=true, rankdir=TB, fontname="sans-serif", newrank=true];',
        '  node [fontname="sans-serif", fontsize=10, style=filled, fillcolor=white];',
        '  edge [fontname="sans-serif", fontsize=8];',
    ]
    for at, region in enumerate(scheme.regions):
        colour = colours[region.zone]
        style = "dashed" if region.outside else "filled"
        lines += [
            f"  subgraph cluster_{at} {{",
            f"    label={quoted(region.name)}; style={quoted(style)};",
            f'    color="{colour.line}"; fillcolor="{colour.fill}"; fontcolor="{colour.line}";',
        ]
        inside = [node for node in scheme.nodes if node.zones == (region.zone,)]
        lines += [f"    {text}" for text in _nodes(inside, lang, colour.line)]
        if not inside:
            lines.append(f"    empty_{at} [style=invis, label={quoted('')}];")
        lines.append("  }")
    lines += [f"  {text}" for text in _nodes(scheme.between, lang, PLAIN.line)]
    for join in scheme.joins:
        line = colours[join.zones[0]].line if len(join.zones) == 1 else PLAIN.line
        style = "dashed" if join.attached else "solid"
        label = "" if len(join.zones) == 1 else ", ".join(join.zones)
        lines.append(
            f"  {quoted(join.a)} -- {quoted(join.b)} "
            f'[color="{line}", style={style}, label={quoted(label)}];'
        )
    return "\n".join([*lines, "}"]) + "\n"


def quoted(text: str) -> str:
    """Return a text as a quoted string of Graphviz, in which nothing has a meaning of its own."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _nodes(nodes: Iterable[Node], lang: Lang, colour: str) -> Iterator[str]:
    for node in nodes:
        label = "\\n".join(quoted(line)[1:-1] for line in caption(node, lang))
        yield f'{quoted(node.id)} [label="{label}", shape={_SHAPES[node.kind]}, color="{colour}"];'
