"""The pieces of machine-readable reports: ids, numbers and text that no language changes."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.message import Message
from zonecheck.model.service import PROTOCOL_NAMES
from zonecheck.model.source import NOWHERE, Source
from zonecheck.packets import FLAG_ESTABLISHED, Box, Field, Interval, Intervals
from zonecheck.report.text.box import address_range
from zonecheck.simulate import Decision, Drop, Hop, Packet, Translation

Json = dict[str, Any]


def dumped(document: Mapping[str, Any]) -> str:
    """Return a document as text: keys in the order given, Japanese as it is, a newline last."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def with_texts(document: Any, change: Callable[[str], str]) -> Any:
    """Return a document in which every text is changed, keys as well."""
    if isinstance(document, str):
        return change(document)
    if isinstance(document, Mapping):
        return {change(key): with_texts(value, change) for key, value in document.items()}
    if isinstance(document, list | tuple):
        return [with_texts(value, change) for value in document]
    return document


def source_json(source: Source) -> Json | None:
    """Return file, line and column; None for what no file says."""
    if source == NOWHERE or not source.line:
        return None
    return {"file": source.file, "line": source.line, "column": source.column}


def message_json(message: Message) -> Json:
    """Return the code of a message and its arguments."""
    return {"code": message.code, "arguments": message.named}


def point_json(point: AttachmentPoint) -> Json:
    """Return kind, node and port of an attachment point."""
    return {"kind": point.kind.value, "node": point.node, "port": point.port}


def packet_json(packet: Packet) -> Json:
    """Return the header fields of a packet."""
    return {
        "version": packet.source.version,
        "source": str(packet.source),
        "destination": str(packet.destination),
        "protocol": packet.protocol,
        "protocol_name": PROTOCOL_NAMES.get(packet.protocol),
        "source_port": packet.source_port,
        "destination_port": packet.destination_port,
        "established": packet.established,
        "fragment": packet.fragment,
    }


def hop_json(hop: Hop) -> Json:
    """Return a hop with what its filters decided; the last two keys only where they say anything.

    `policy_route` is the name of the policy route that `route` points at.
    """
    found: Json = {
        "node": hop.node,
        "in": hop.in_interface,
        "out": hop.out_interface,
        "decisions": [decision_json(decision) for decision in hop.decisions],
        "route": None if hop.route is None else source_json(hop.route),
    }
    if hop.policy_route is not None:
        found["policy_route"] = hop.policy_route
    if hop.translations:
        found["translations"] = [translation_json(step) for step in hop.translations]
    return found


def drop_json(drop: Drop) -> Json:
    """Return where and why a packet ends."""
    return {
        "reason": message_json(drop.reason),
        "source": source_json(drop.source),
        "hops": [hop_json(hop) for hop in drop.hops],
    }


def translation_json(step: Translation) -> Json:
    """Return a packet before and after a translation; `restores` is what is undone, if it is."""
    return {
        "kind": step.kind,
        "before": packet_json(step.before),
        "after": packet_json(step.after),
        "rule": step.rule.name,
        "source": source_json(step.rule.source),
        "restores": None if step.restores is None else packet_json(step.restores.before),
        "decided": step.decided,
    }


def decision_json(decision: Decision) -> Json:
    """Return what a filter decided; `rule` is null for a default or a session."""
    rule = None
    if decision.rule is not None:
        rule = {
            "name": decision.rule.name,
            "action": decision.rule.action.value,
            "note": decision.rule.note,
        }
    return {
        "filter": decision.filter_id,
        "verdict": decision.verdict,
        "rule": rule,
        "source": source_json(decision.source),
    }


def box_json(box: Box) -> Json:
    """Return a box as intervals in text form; a field left free is `any`."""
    version = box.version

    def numbers(field: Field) -> str | list[str]:
        if box.is_free(field):
            return "any"
        return [_number(interval) for interval in box.fields[field]]

    def addresses(field: Field, intervals: Intervals) -> str | list[str]:
        if box.is_free(field):
            return "any"
        return [address_range(version, interval) for interval in intervals]

    return {
        "version": version,
        "source": addresses(Field.SRC, box.src),
        "destination": addresses(Field.DST, box.dst),
        "protocols": numbers(Field.PROTOCOL),
        "source_ports": numbers(Field.SRC_PORT),
        "destination_ports": numbers(Field.DST_PORT),
        "established": _flags(box),
        "fragments": box.is_of_fragments,
    }


def _flags(box: Box) -> str | bool:
    return "any" if box.is_free(Field.FLAG) else box.flags[0][0] == FLAG_ESTABLISHED


def _number(interval: Interval) -> str:
    low, high = interval
    return str(low) if low == high else f"{low}-{high}"
