"""`zonecheck replay` of findings and captures as JSON."""

from zonecheck.policy.questions.replayed import Replayed, ReplayView
from zonecheck.report.machine.json_parts import (
    Json,
    drop_json,
    dumped,
    hop_json,
    message_json,
    packet_json,
    point_json,
)

SCHEMA = "zonecheck.replay/1"


def render_replay_json(view: ReplayView) -> str:
    """Return the view as JSON, `zonecheck.replay/1`."""
    return dumped(
        {
            "schema": SCHEMA,
            "design": view.design,
            "state": view.state,
            "subject": view.subject,
            "arrived": view.arrived,
            "neighbours": [{"a": point_json(a), "b": point_json(b)} for a, b in view.neighbours],
            "packets": [_json(each) for each in view.rows],
            "skipped": [
                {"reason": message_json(reason), "count": count} for reason, count in view.skipped
            ],
            "files": list(view.files),
        }
    )


def _json(each: Replayed) -> Json:
    return {
        "packet": packet_json(each.trace.packet),
        "origin": point_json(each.trace.origin),
        "opens": each.opens,
        "first_frame": each.first or None,
        "frames": each.frames,
        "delivered": [
            {
                "at": point_json(found.at),
                "packet": packet_json(found.packet),
                "hops": [hop_json(hop) for hop in found.hops],
            }
            for found in each.arrivals
        ],
        "dropped": [drop_json(drop) for drop in each.trace.drops],
    }
