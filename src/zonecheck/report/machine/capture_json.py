"""`zonecheck capture` for machines: JSON (`zonecheck.capture/1`) and CSV."""

import csv
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Final

from zonecheck import __version__
from zonecheck.capture.display_filter import display_filter
from zonecheck.capture.judged import JudgedCapture
from zonecheck.capture.judgement import Blocked, Reason
from zonecheck.capture.layer_text import ends_text, tunnel_path
from zonecheck.capture.read import Layer, community_id
from zonecheck.capture.rows import FileEvidence, FlowRow, PacketRef
from zonecheck.capture.seen_headers import shown_address, shown_mac, version_of
from zonecheck.capture.verdicts import CaptureCheck
from zonecheck.report.machine.counterexample_json import path_json
from zonecheck.report.machine.json_parts import Json, dumped, message_json, source_json, with_texts
from zonecheck.report.printable import printable_name
from zonecheck.report.text.place import place_text

Hide = Callable[[str], str]
SCHEMA: Final = "zonecheck.capture/1"
_COLUMNS: Final = (
    "verdict",
    "checks",
    "reasons",
    "clauses",
    "from_zone",
    "to_zone",
    "protocol",
    "source",
    "source_port",
    "destination",
    "destination_port",
    "icmp_type",
    "flag",
    "source_mac",
    "destination_mac",
    "vlans",
    "tunnel",
    "packets",
    "octets",
    "answered",
    "blocked_at",
    "first_file",
    "first_number",
    "first_utc",
    "last_file",
    "last_number",
    "last_utc",
    "community_id",
    "display_filter",
)


def render_capture_json(found: JudgedCapture, *, exit_code: int, hide: Hide | None = None) -> str:
    """Return the judgement as JSON; `hide` replaces the addresses in a text, if none is to be told.

    What cannot be told without them is left out then.
    """
    flows = [*found.rows, *found.allowed]
    document = _document(found, flows, exit_code, addresses=hide is None)
    # Text by text: in what is dumped an address may follow the letter of an escape.
    return dumped(document if hide is None else with_texts(document, hide))


def _document(
    found: JudgedCapture, flows: Sequence[FlowRow], exit_code: int, *, addresses: bool
) -> Json:
    return {
        "schema": SCHEMA,
        "tool": {"name": "zonecheck", "version": __version__},
        "exit_code": exit_code,
        "topology": found.topology,
        "file": found.file,
        "profile": found.profile.id,
        "place": found.place or None,
        "state": found.state,
        "complete": found.is_whole,
        "files": [_file_json(file) for file in found.files],
        "packets": {verdict.value: count for verdict, count in found.totals.items()},
        "matrix": [
            {
                "from": _zones(zones[0]),
                "to": _zones(zones[1]),
                "packets": {verdict.value: count for verdict, count in cell.items()},
            }
            for zones, cell in sorted(found.matrix.items())
        ],
        "checks": [_check_json(check) for check in found.checks],
        "flows": [_flow_json(found, row, addresses=addresses) for row in flows],
        "flows_in_capture": found.flows,
        "background": dict(sorted(found.background.items())),
        "packets_with_mac_not_judged": found.unnamed_macs,
        "zones_not_seen": list(found.unseen_zones),
        "declared_flows_not_seen": list(found.unseen_flows),
        "rules_not_exercised": list(found.unseen_rules),
    }


def _zones(joined: str) -> list[str]:
    return joined.split(", ") if joined else []


def _file_json(file: FileEvidence) -> Json:
    short = file.shortfall
    return {
        "name": file.name,
        "packets": file.packets,
        "octets": file.octets,
        "sha256": file.sha256 or None,
        "first": iso_time(file.first),
        "last": iso_time(file.last),
        "time_steps_back": file.time_steps_back,
        "odd": dict(sorted(file.weird.items())),
        "passed_over": file.passed_over,
        "stopped": None
        if short is None
        else {
            "code": short.code,
            "offset": short.offset,
            "found": short.found,
            "expected": short.expected,
        },
    }


def _check_json(check: CaptureCheck) -> Json:
    return {
        "id": check.check,
        "status": check.status.value,
        "level": check.level,
        "clauses": [citation.clause for citation in check.citations],
        "flows": check.flows,
        "packets": check.packets,
        "reasons": [message_json(reason) for reason in check.reasons],
    }


def _flow_json(found: JudgedCapture, row: FlowRow, *, addresses: bool) -> Json:
    judgement, layer, traffic = row.judgement, row.judgement.layer, row.traffic
    return {
        "verdict": judgement.verdict.value,
        "from": _zones(judgement.zones[0]),
        "to": _zones(judgement.zones[1]),
        "reasons": [_reason_json(found, reason, row) for reason in judgement.reasons],
        "background": judgement.background or None,
        "flow": ends_text(layer),
        "header": _layer_json(layer),
        "tunnel": tunnel_path(layer) or None,
        "packets": traffic.packets,
        "octets": traffic.octets,
        "cut": traffic.cut,
        "answered": row.answered.value,
        "first": _ref_json(found, traffic.first),
        "last": _ref_json(found, traffic.last),
        "path": None if judgement.path is None else path_json(judgement.path),
        "blocked": None if judgement.blocked is None else _blocked_json(judgement.blocked),
        "community_id": community_id(layer) if addresses else None,
        "display_filter": display_filter(layer) if addresses else None,
    }


def _reason_json(found: JudgedCapture, reason: Reason, row: FlowRow) -> Json:
    return {
        "check": reason.check,
        "verdict": reason.verdict.value,
        "clauses": list(found.clauses_of(reason, row)),
        "message": message_json(reason.message),
    }


def _blocked_json(blocked: Blocked) -> Json:
    return {
        "node": blocked.node,
        "reason": message_json(blocked.reason),
        "source": source_json(blocked.source),
    }


def _layer_json(layer: Layer) -> Json:
    version = version_of(layer) or (4 if layer.kind == "arp" else None)
    return {
        "kind": layer.kind,
        "link_protocol": layer.link_protocol,
        "source_mac": _mac(layer.source_mac),
        "destination_mac": _mac(layer.destination_mac),
        "vlans": list(layer.vlans),
        "wrapped": list(layer.wrapped),
        "source": _address(version, layer.source),
        "destination": _address(version, layer.destination),
        "protocol": layer.protocol,
        "source_port": layer.source_port,
        "destination_port": layer.destination_port,
        "icmp_type": layer.icmp_type,
        "icmp_code": layer.icmp_code,
        "flag": layer.flag,
        "fragment": layer.fragment,
        "undecided": layer.undecided,
    }


def _mac(mac: int | None) -> str | None:
    return None if mac is None else shown_mac(mac)


def _address(version: int | None, address: int | None) -> str | None:
    return None if version is None or address is None else shown_address(version, address)


def _ref_json(found: JudgedCapture, ref: PacketRef) -> Json:
    return {"file": found.files[ref.file].name, "number": ref.number, "time": iso_time(ref.time)}


def iso_time(time: int | None) -> str | None:
    """Return a time (ns since 1970, UTC) as ISO 8601 with all its digits."""
    if time is None:
        return None
    seconds, rest = divmod(time, 1_000_000_000)
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{rest:09}Z"


def render_capture_csv(found: JudgedCapture, *, hide: Hide | None = None) -> str:
    """Return one line a flow, those that are not simply allowed first; `hide` as for JSON."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in (*found.rows, *found.allowed):
        flow = _flow_json(found, row, addresses=hide is None)
        header, first, last = flow["header"], flow["first"], flow["last"]
        reasons = flow["reasons"]
        clauses = dict.fromkeys(clause for reason in reasons for clause in reason["clauses"])
        values = [
            flow["verdict"],
            " ".join(dict.fromkeys(reason["check"] for reason in reasons)),
            " ".join(dict.fromkeys(reason["message"]["code"] for reason in reasons)),
            " ".join(clauses),
            " ".join(flow["from"]),
            " ".join(flow["to"]),
            header["protocol"] if header["protocol"] is not None else header["kind"],
            header["source"],
            header["source_port"],
            header["destination"],
            header["destination_port"],
            header["icmp_type"],
            header["flag"],
            header["source_mac"],
            header["destination_mac"],
            " ".join(map(str, header["vlans"])),
            flow["tunnel"],
            flow["packets"],
            flow["octets"],
            flow["answered"],
            _blocked_at(row),
            first["file"],
            first["number"],
            first["time"],
            last["file"],
            last["number"],
            last["time"],
            flow["community_id"],
            flow["display_filter"],
        ]
        writer.writerow([_cell(value, hide) for value in values])
    return text.getvalue()


def _blocked_at(row: FlowRow) -> str:
    """Return the device and the line that drop it, if the design does."""
    blocked = row.judgement.blocked
    return "" if blocked is None else f"{blocked.node} {place_text(blocked.source)}".rstrip()


def _cell(value: object, hide: Hide | None) -> str:
    """Return a value as a cell of one line that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    text = printable_name(text if hide is None else hide(text))
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
