"""A judged capture, as `report.capture_json` writes it."""

from typing import Final, get_args

from zonecheck.capture.judgement import FlowVerdict
from zonecheck.capture.read.layer import Flag, Fragment, Kind, Undecided
from zonecheck.capture.rows import Answered
from zonecheck.capture.verdicts import CaptureStatus
from zonecheck.report.schema.parts import EXIT_CODE, LEVEL, PORT, SOURCE, TOOL
from zonecheck.report.schema.shapes import (
    COUNT,
    FLAG,
    TEXT,
    TEXT_OR_NULL,
    Shape,
    among,
    closed,
    listed,
    mapping,
    matching,
    number,
    or_null,
    ref,
)

_OCTET: Final = or_null(number(0, 255))
_MAC: Final = or_null(matching("^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"))
_TIME: Final = or_null(
    matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{9}Z$")
)
_VERDICT: Final = among(FlowVerdict)
_COUNTS: Final[dict[str, Shape]] = {verdict.value: COUNT for verdict in FlowVerdict}
_STOPPED: Final = closed({"code": TEXT, "offset": COUNT, "found": TEXT, "expected": TEXT})

CAPTURED: Final[dict[str, Shape]] = {
    "file": closed(
        {
            "name": TEXT,
            "packets": COUNT,
            "octets": COUNT,
            "sha256": or_null(matching("^[0-9a-f]{64}$")),
            "first": _TIME,
            "last": _TIME,
            "time_steps_back": COUNT,
            "odd": mapping(COUNT),
            "passed_over": FLAG,
            "stopped": or_null(_STOPPED),
        }
    ),
    "judged-check": closed(
        {
            "id": TEXT,
            "status": among(CaptureStatus),
            "level": LEVEL,
            "clauses": listed(TEXT),
            "flows": COUNT,
            "packets": COUNT,
            "reasons": listed(ref("message")),
        }
    ),
    "header": closed(
        {
            "kind": among(get_args(Kind)),
            "link_protocol": TEXT_OR_NULL,
            "source_mac": _MAC,
            "destination_mac": _MAC,
            "vlans": listed(number(0, 4095)),
            "wrapped": listed(TEXT),
            "source": TEXT_OR_NULL,
            "destination": TEXT_OR_NULL,
            "protocol": _OCTET,
            "source_port": or_null(PORT),
            "destination_port": or_null(PORT),
            "icmp_type": _OCTET,
            "icmp_code": _OCTET,
            "flag": among((None, *get_args(Flag))),
            "fragment": among(get_args(Fragment)),
            "undecided": among((None, *get_args(Undecided))),
        }
    ),
    "frame": closed(
        {"file": TEXT, "number": {"type": "integer", "minimum": 1}, "time": _TIME},
    ),
    "flow": closed(
        {
            "verdict": _VERDICT,
            "from": listed(TEXT),
            "to": listed(TEXT),
            "reasons": listed(
                closed(
                    {
                        "check": TEXT,
                        "verdict": _VERDICT,
                        "clauses": listed(TEXT),
                        "message": ref("message"),
                    }
                )
            ),
            "background": TEXT_OR_NULL,
            "flow": TEXT,
            "header": ref("header"),
            "tunnel": TEXT_OR_NULL,
            "packets": COUNT,
            "octets": COUNT,
            "cut": COUNT,
            "answered": among(Answered),
            "first": ref("frame"),
            "last": ref("frame"),
            "path": or_null(ref("packet-path")),
            "blocked": or_null(closed({"node": TEXT, "reason": ref("message"), "source": SOURCE})),
            "community_id": TEXT_OR_NULL,
            "display_filter": TEXT_OR_NULL,
        }
    ),
}

CAPTURE: Final = closed(
    {
        "tool": TOOL,
        "exit_code": EXIT_CODE,
        "topology": TEXT,
        "file": TEXT,
        "profile": TEXT,
        "place": TEXT_OR_NULL,
        "state": TEXT,
        "complete": FLAG,
        "files": listed(ref("file")),
        "packets": closed(_COUNTS),
        "matrix": listed(
            closed(
                {
                    "from": listed(TEXT),
                    "to": listed(TEXT),
                    "packets": closed(_COUNTS, optional=tuple(_COUNTS)),
                }
            )
        ),
        "checks": listed(ref("judged-check")),
        "flows": listed(ref("flow")),
        "flows_in_capture": COUNT,
        "background": mapping(COUNT),
        "packets_with_mac_not_judged": COUNT,
        "zones_not_seen": listed(TEXT),
        "declared_flows_not_seen": listed(TEXT),
        "rules_not_exercised": listed(TEXT),
    }
)
