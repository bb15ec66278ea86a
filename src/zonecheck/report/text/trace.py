"""What `zonecheck trace` shows."""

from zonecheck.policy.questions.trace import TraceView
from zonecheck.report.lang import Lang
from zonecheck.report.text.columns import indented
from zonecheck.report.text.counterexample import hop_lines
from zonecheck.report.text.place import place_text, point_text
from zonecheck.report.words import phrase, say
from zonecheck.simulate import Delivery, Drop


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
