"""`zonecheck trace` as JSON."""

from zonecheck.policy.questions.trace import TraceView
from zonecheck.report.machine.json_parts import (
    Json,
    drop_json,
    dumped,
    hop_json,
    packet_json,
    point_json,
)
from zonecheck.simulate import Delivery

SCHEMA = "zonecheck.trace/1"


def render_trace_json(view: TraceView) -> str:
    """Return the view as JSON, `zonecheck.trace/1`."""
    return dumped(
        {
            "schema": SCHEMA,
            "packet": packet_json(view.packet),
            "origin": point_json(view.origin),
            "destination": view.destination,
            "wanted": None if view.wanted is None else [point_json(p) for p in view.wanted],
            "closure": "upper",
            "forged": view.forged,
            "arrived": view.arrived,
            "deliveries": [_delivery_json(delivery, view) for delivery in view.trace.deliveries],
            "drops": [drop_json(drop) for drop in view.trace.drops],
        }
    )


def _delivery_json(delivery: Delivery, view: TraceView) -> Json:
    found: Json = {"at": point_json(delivery.at), "meant": view.meant(delivery.at)}
    if delivery.packet != view.packet:
        found["packet"] = packet_json(delivery.packet)
    return found | {"hops": [hop_json(hop) for hop in delivery.hops]}
