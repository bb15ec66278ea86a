"""What `zonecheck replay` of findings and captures shows."""

from zonecheck.model.attachment import AttachmentKind
from zonecheck.policy.questions.replayed import Replayed, ReplayView
from zonecheck.report.lang import Lang
from zonecheck.report.text.columns import aligned
from zonecheck.report.text.place import place_text, point_text
from zonecheck.report.words import phrase, say
from zonecheck.simulate import Delivery


def render_replay_text(view: ReplayView, lang: Lang, *, verbose: bool = False) -> str:
    """Return a line for each packet and end, what was skipped, and the files written.

    Unless `verbose`, drops are told only of packets that arrive nowhere, and whatever could be
    plugged in there only where no host or device takes a packet.
    """
    state = phrase(lang, "kernel.in-state", name=view.state) if view.state else ""
    lines = [phrase(lang, "replay.title", subject=view.subject, design=view.design, state=state)]
    rows = [row for each in view.rows for row in _rows(each, lang, verbose=verbose)]
    lines += aligned(rows, indent=2)
    for a, b in view.neighbours:
        ends = {"a": point_text(a, lang), "b": point_text(b, lang)}
        lines.append("  " + phrase(lang, "replay.neighbours", **ends))
    if view.skipped:
        lines += ["", "  " + phrase(lang, "replay.skipped")]
        lines += aligned([[str(n), say(m, lang)] for m, n in view.skipped], indent=4)
    if view.files:
        lines += ["", "  " + phrase(lang, "replay.files", number=len(view.files))]
        lines += [f"    {name}" for name in view.files]
    return "\n".join(lines) + "\n"


def _rows(each: Replayed, lang: Lang, *, verbose: bool) -> list[list[str]]:
    """Return the lines of one packet: number, packet, sender, end, and what decided."""
    head = [_number(each, lang), str(each.trace.packet), point_text(each.trace.origin, lang)]
    named = [found for found in each.arrivals if found.at.kind is not AttachmentKind.ACCESS]
    ends = [
        [phrase(lang, "replay.delivered", point=point_text(found.at, lang)), _deciding(found)]
        for found in (each.arrivals if verbose else named or each.arrivals)
    ]
    if verbose or not ends:
        for drop in each.trace.drops:
            told = phrase(lang, "replay.dropped", reason=say(drop.reason, lang))
            ends.append([told, place_text(drop.source)])
    ends = [row for at, row in enumerate(ends) if row not in ends[:at]]
    ends = ends or [[phrase(lang, "replay.nowhere"), ""]]
    return [[*([""] * len(head) if at else head), *row] for at, row in enumerate(ends)]


def _number(each: Replayed, lang: Lang) -> str:
    if each.opens:
        return phrase(lang, "replay.opens")
    return phrase(lang, "replay.seen", first=each.first, frames=each.frames) if each.frames else ""


def _deciding(found: Delivery) -> str:
    """Return the rules that let a packet through, each with its device and line."""
    told = []
    for hop in found.hops:
        for decision in hop.decisions:
            name = decision.rule.name if decision.rule is not None else decision.verdict
            told.append(f"{hop.node}/{name} {place_text(decision.source)}".rstrip())
    return ", ".join(told)
