"""`zonecheck reach` as JSON."""

from zonecheck.policy.questions.reach import ReachView, ShownSet
from zonecheck.report.machine.json_parts import Json, box_json, dumped, point_json

SCHEMA = "zonecheck.reach/1"


def render_reach_json(view: ReachView) -> str:
    """Return the view as JSON, `zonecheck.reach/1`."""
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
