"""`zonecheck reach` for people and for machines."""

from zonecheck.model.topology import Topology
from zonecheck.policy.questions.reach import ReachView, ShownSet
from zonecheck.report.known_names import KnownNames
from zonecheck.report.lang import Lang
from zonecheck.report.machine.json_parts import Json, box_json, dumped, point_json
from zonecheck.report.text.box import box_lines
from zonecheck.report.text.columns import aligned
from zonecheck.report.text.place import point_text
from zonecheck.report.words import phrase

SCHEMA = "zonecheck.reach/1"


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


def render_reach_json(view: ReachView) -> str:
    """Return the same as JSON, `zonecheck.reach/1`."""
    return dumped(
        {
            "schema": SCHEMA,
            "origin": view.origin,
            "destination": view.destination,
            "closure": "upper",
            "undeclared": view.undeclared,
            "parts": [
                {
                    "origin": point_json(part.origin),
                    "destination": point_json(part.destination),
                    "fresh": set_json(part.fresh),
                    "through_state": set_json(part.through_state),
                }
                for part in view.parts
            ],
        }
    )


def set_json(shown: ShownSet) -> Json:
    """Return boxes and whether there are more."""
    return {"boxes": [box_json(box) for box in shown.boxes], "more": shown.more}
