"""What `zonecheck replay --kernel` shows."""

from collections.abc import Iterable

from zonecheck.model.message import Message
from zonecheck.policy.questions.kernel import KernelDisagreement, KernelView
from zonecheck.report.lang import Lang
from zonecheck.report.text.columns import indented
from zonecheck.report.words import phrase, say


def render_kernel_text(view: KernelView, lang: Lang, *, verbose: bool = False) -> str:
    """Return the figures, every disagreement, and what the comparison does not cover."""
    state = phrase(lang, "kernel.in-state", name=view.state) if view.state else ""
    lines = [phrase(lang, "kernel.title", design=view.design, state=state)]
    counted = phrase(
        lang,
        "kernel.count",
        probes=view.probes,
        copies=view.copies,
        deliveries=view.deliveries,
        disagreements=len(view.disagreements),
    )
    lines.append(f"  {counted}")
    if view.denials:
        lines.append("  " + phrase(lang, "kernel.endings"))
        for code, count in view.denials:
            why = _why(code, lang)
            lines.append("    " + phrase(lang, "kernel.ending", why=why, count=count))
    for each in view.disagreements:
        lines += ["", *indented(_disagreement(each, lang), 2)]
    if view.left_out:
        lines += ["", "  " + phrase(lang, "kernel.left-out")]
        for reason, count in view.left_out:
            text = phrase(lang, "kernel.counted", text=say(reason, lang), count=count)
            lines.append(f"    {text}")
    lines += ["", "  " + phrase(lang, "kernel.built")]
    lines += _said((*view.real, *view.emulated, *view.absent), lang)
    if view.chosen:
        lines += ["", "  " + phrase(lang, "kernel.chosen", count=len(view.chosen))]
        lines += _said(view.chosen if verbose else (), lang)
    lines += ["", "  " + phrase(lang, "kernel.differs")]
    lines += _said(view.differences, lang)
    return "\n".join(lines) + "\n"


def _disagreement(each: KernelDisagreement, lang: Lang) -> list[str]:
    turn = phrase(lang, f"kernel.turn-{each.turn}")
    head = phrase(lang, "kernel.disagreement", packet=each.packet, origin=each.origin, turn=turn)
    kernel = [phrase(lang, "kernel.by-kernel", text=_outcome(m, lang)) for m in each.by_kernel]
    model = [phrase(lang, "kernel.by-model", text=_outcome(m, lang)) for m in each.by_model]
    return [head, *indented([*kernel, *model], 2)]


def _outcome(message: Message, lang: Lang) -> str:
    """Return a sentence; the reason of a drop is a code of its own."""
    values = message.named
    if "why" in values:
        values["why"] = _why(values["why"], lang)
    return say(Message.of(message.code, **values), lang)


def _why(code: str, lang: Lang) -> str:
    return phrase(lang, f"kernel.why-{code.removeprefix('drop.')}")


def _said(messages: Iterable[Message], lang: Lang) -> list[str]:
    return ["    " + say(message, lang) for message in messages]
