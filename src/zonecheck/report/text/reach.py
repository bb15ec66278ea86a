"""What `zonecheck reach` shows."""

from zonecheck.model.topology import Topology
from zonecheck.policy.questions.reach import ReachView, ShownSet
from zonecheck.report.known_names import KnownNames
from zonecheck.report.lang import Lang
from zonecheck.report.text.box import box_lines
from zonecheck.report.text.columns import aligned
from zonecheck.report.text.place import point_text
from zonecheck.report.words import phrase


def render_reach_text(view: ReachView, topology: Topology, lang: Lang) -> str:
    """Return the exact packet sets as boxes, ending in a newline."""
    ends = {"origin": view.origin, "destination": view.destination}
    lines = [phrase(lang, "reach.title", **ends)]
    if view.undeclared:
        lines.append("  " + phrase(lang, "reach.closure"))
    if not view.parts:
        lines.append("  " + phrase(lang, "reach.nothing"))
    names = KnownNames(topology)
    for part in view.parts:
        arrow = {
            "origin": point_text(part.origin, lang),
            "destination": point_text(part.destination, lang),
        }
        lines += ["", "  " + phrase(lang, "matrix.cell", **arrow)]
        lines += _set_lines(part.fresh, "reach.fresh", names, lang)
        lines += _set_lines(part.through_state, "reach.state", names, lang)
    return "\n".join(lines) + "\n"


def _set_lines(shown: ShownSet, code: str, names: KnownNames, lang: Lang) -> list[str]:
    if not shown.boxes:
        return []
    lines = ["    " + phrase(lang, code)]
    lines += aligned(box_lines(shown.boxes, names, lang), indent=6)
    if shown.more:
        lines.append("      " + phrase(lang, "report.more-boxes-unknown"))
    return lines
