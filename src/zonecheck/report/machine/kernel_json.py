"""`zonecheck replay --kernel` as JSON."""

from collections.abc import Iterable

from zonecheck.model.message import Message
from zonecheck.policy.questions.kernel import KernelDisagreement, KernelView
from zonecheck.report.machine.json_parts import Json, dumped, message_json, packet_json

SCHEMA = "zonecheck.kernel/1"


def render_kernel_json(view: KernelView) -> str:
    """Return the view as JSON, `zonecheck.kernel/1`."""
    return dumped(
        {
            "schema": SCHEMA,
            "design": view.design,
            "state": view.state,
            "agrees": view.agrees,
            "probes": view.probes,
            "copies": view.copies,
            "deliveries": view.deliveries,
            "denials": dict(view.denials),
            "disagreements": [_disagreement_json(each) for each in view.disagreements],
            "left_out": [
                {"reason": message_json(reason), "count": count} for reason, count in view.left_out
            ],
            "real": _codes(view.real),
            "emulated": _codes(view.emulated),
            "absent": _codes(view.absent),
            "chosen": _codes(view.chosen),
            "differences": _codes(view.differences),
        }
    )


def _disagreement_json(each: KernelDisagreement) -> Json:
    return {
        "packet": packet_json(each.packet),
        "origin": each.origin,
        "turn": each.turn,
        "leaks": each.leaks,
        "by_kernel": _codes(each.by_kernel),
        "by_model": _codes(each.by_model),
    }


def _codes(messages: Iterable[Message]) -> list[object]:
    return [message_json(message) for message in messages]
