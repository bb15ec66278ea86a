"""A design for Mermaid, which GitHub and GitLab draw: a subgraph for each zone."""

from collections.abc import Iterable, Iterator

from zonecheck.model.graph import DEVICE, EXTERNAL, HOST, SEGMENT
from zonecheck.report.diagram.captions import caption
from zonecheck.report.diagram.palette import colours_of
from zonecheck.report.diagram.scheme import Node, Scheme
from zonecheck.report.lang import Lang

_SHAPES = {SEGMENT: "[{}]", HOST: "({})", DEVICE: "[[{}]]", EXTERNAL: "{{{{{}}}}}"}
_PLAIN = frozenset("-_./:×,")


def render_mermaid(scheme: Scheme, lang: Lang) -> str:
    """Return the drawing as a flow chart of Mermaid.

    Ids of elements stand in labels only, with all that Mermaid could read as its own as entities;
    the nodes are numbered. The same design gives the same text.
    """
    names = {node.id: f"n{at}" for at, node in enumerate(scheme.nodes)}
    colours = colours_of(scheme.regions)
    lines = ["flowchart TB"]
    for at, region in enumerate(scheme.regions):
        inside = [node for node in scheme.nodes if node.zones == (region.zone,)]
        lines.append(f"  subgraph z{at}[{escaped(region.name)}]")
        lines += [f"    {text}" for text in _nodes(inside, names, lang)]
        lines.append("  end")
    lines += [f"  {text}" for text in _nodes(scheme.between, names, lang)]
    for join in scheme.joins:
        line = "-.-" if join.attached else "---"
        label = f"|{escaped(', '.join(join.zones))}|" if len(join.zones) > 1 else ""
        lines.append(f"  {names[join.a]} {line}{label} {names[join.b]}")
    for at, region in enumerate(scheme.regions):
        fill, line = colours[region.zone].fill, colours[region.zone].line
        dashes = ",stroke-dasharray:6 3" if region.outside else ""
        lines.append(f"  style z{at} fill:{fill},stroke:{line},color:{line}{dashes}")
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return a text as a quoted label: what is neither letter nor digit nor harmless, as entity."""
    return '"' + "".join(map(_character, text)) + '"'


def _character(char: str) -> str:
    if char.isalnum() or char in _PLAIN or char == " ":
        return char
    return f"#{ord(char)};" if char.isprintable() else " "


def _nodes(nodes: Iterable[Node], names: dict[str, str], lang: Lang) -> Iterator[str]:
    for node in nodes:
        label = '"' + "<br>".join(escaped(line)[1:-1] for line in caption(node, lang)) + '"'
        yield names[node.id] + _SHAPES[node.kind].format(label)
