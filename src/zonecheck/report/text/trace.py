"""`zonecheck trace` for people and for machines."""

from zonecheck.policy.questions.trace import TraceView
from zonecheck.report.lang import Lang
from zonecheck.report.machine.json_parts import (
    Json,
    dumped,
    hop_json,
    message_json,
    packet_json,
    point_json,
    source_json,
)
from zonecheck.report.text.columns import indented
from zonecheck.report.text.counterexample import hop_lines
from zonecheck.report.text.place import place_text, point_text
from zonecheck.report.words import phrase, say
from zonecheck.simulate import Delivery, Drop

SCHEMA = "zonecheck.trace/1"


def render_trace_text(view: TraceView, lang: Lang) -> str:
    """Return each delivery and drop with the hops before it and the rules that decided."""
    origin = point_text(view.origin, lang)
    lines = [phrase(lang, "trace.title", packet=view.packet, origin=origin)]
    trace = view.trace
    counted = {"delivered": len(trace.deliveries), "dropped": len(trace.drops)}
    lines.append("  " + phrase(lang, "trace.count", **counted))
    if view.forged:
        lines.append("  " + phrase(lang, "trace.forged", source=view.packet.source, origin=origin))
    if not trace.deliveries and not trace.drops:
        lines.append("  " + phrase(lang, "trace.nothing"))
    elif not view.arrived:
        lines.append("  " + phrase(lang, "trace.not-meant", destination=view.destination))
    for delivery in trace.deliveries:
        lines += ["", *indented(_delivery_lines(delivery, view, lang), 2)]
    for drop in trace.drops:
        lines += ["", *indented(_drop_lines(drop, lang), 2)]
    return "\n".join(lines) + "\n"


def _delivery_lines(delivery: Delivery, view: TraceView, lang: Lang) -> list[str]:
    head = phrase(lang, "trace.delivered", point=point_text(delivery.at, lang))
    if view.meant(delivery.at):
        head += phrase(lang, "trace.meant")
    lines = hop_lines(delivery.hops, lang)
    if delivery.packet != view.packet:
        lines.append(phrase(lang, "trace.arrived-as", packet=delivery.packet))
    return [head, *indented(lines, 2)]


def _drop_lines(drop: Drop, lang: Lang) -> list[str]:
    head = phrase(lang, "trace.dropped", reason=say(drop.reason, lang))
    head = f"{head}  {place_text(drop.source)}".rstrip()
    return [head, *(indented(hop_lines(drop.hops, lang), 2) if drop.hops else [])]


def render_trace_json(view: TraceView) -> str:
    """Return the same as JSON, `zonecheck.trace/1`."""
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
            "drops": [_drop_json(drop) for drop in view.trace.drops],
        }
    )


def _delivery_json(delivery: Delivery, view: TraceView) -> Json:
    found: Json = {"at": point_json(delivery.at), "meant": view.meant(delivery.at)}
    if delivery.packet != view.packet:
        found["packet"] = packet_json(delivery.packet)
    return found | {"hops": [hop_json(hop) for hop in delivery.hops]}


def _drop_json(drop: Drop) -> Json:
    return {
        "reason": message_json(drop.reason),
        "source": source_json(drop.source),
        "hops": [hop_json(hop) for hop in drop.hops],
    }
