"""Definitions that many documents share: places, messages, packets, hops and packet sets.

What `report.json_parts` writes, declared; enums are those of the code.
"""

from typing import Final

from zonecheck.formats.profile_schema import LEVELS
from zonecheck.model.attachment import AttachmentKind
from zonecheck.model.filter import Action
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT
from zonecheck.policy.routing_assumption import RoutingAssumption
from zonecheck.policy.verdict import Status
from zonecheck.report.schema.shapes import (
    COUNT,
    FLAG,
    TEXT,
    TEXT_OR_NULL,
    Shape,
    among,
    closed,
    exactly,
    listed,
    mapping,
    matching,
    number,
    one_of,
    or_null,
    ref,
)
from zonecheck.simulate.filtering import ALG, DENY, ICMP_ERROR, PERMIT, SESSION

VERSION: Final = among((4, 6))
PORT: Final = number(0, 65535)
EXIT_CODE: Final = among((0, 1, 2))
STATUS: Final = among(Status)
LEVEL: Final = among(LEVELS)
ROUTING: Final = among(RoutingAssumption)
STATES: Final = listed(TEXT, 1)
FINDING_ID: Final = or_null(matching("^f-[a-z2-7]{16}$"))
DATE: Final = matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
SOURCE: Final = or_null(ref("source"))
MESSAGE_CODE: Final = matching("^[a-z0-9-]+(\\.[a-z0-9-]+)+$")
TOOL: Final = closed({"name": exactly("zonecheck"), "version": TEXT})
ZONES: Final = listed(closed({"id": TEXT, "ja": TEXT}))
TOPOLOGY: Final = closed({"name": TEXT, "file": TEXT, "zones": ZONES})
PROFILE: Final = closed(
    dict.fromkeys(("id", "title", "document", "edition", "date", "basis", "note"), TEXT)
)

_INTERVALS: Final = one_of(exactly("any"), listed(TEXT, 1))
_RULE: Final = closed({"name": TEXT, "action": among(Action), "note": TEXT})

PARTS: Final[dict[str, Shape]] = {
    "source": closed(
        {
            "file": TEXT,
            "line": {"type": "integer", "minimum": 1},
            "column": COUNT,
        }
    ),
    "message": closed({"code": MESSAGE_CODE, "arguments": mapping(TEXT)}),
    "point": closed({"kind": among(AttachmentKind), "node": TEXT, "port": TEXT}),
    "packet": closed(
        {
            "version": VERSION,
            "source": TEXT,
            "destination": TEXT,
            "protocol": number(0, 255),
            "protocol_name": TEXT_OR_NULL,
            "source_port": PORT,
            "destination_port": PORT,
            "established": FLAG,
            "fragment": FLAG,
        }
    ),
    "decision": closed(
        {
            "filter": TEXT,
            "verdict": among((PERMIT, DENY, SESSION, ICMP_ERROR, ALG)),
            "rule": or_null(_RULE),
            "source": SOURCE,
        }
    ),
    "hop": closed(
        {
            "node": TEXT,
            "in": TEXT_OR_NULL,
            "out": TEXT_OR_NULL,
            "decisions": listed(ref("decision")),
            "route": SOURCE,
            "policy_route": TEXT,
            "translations": listed(ref("translation")),
        },
        optional=("policy_route", "translations"),
    ),
    "translation": closed(
        {
            "kind": among((SOURCE_NAT, DESTINATION_NAT)),
            "before": ref("packet"),
            "after": ref("packet"),
            "rule": TEXT,
            "source": SOURCE,
            "restores": or_null(ref("packet")),
            "decided": {"type": "integer"},
        }
    ),
    "drop": closed(
        {"reason": ref("message"), "source": SOURCE, "hops": listed(ref("hop"))},
    ),
    "box": closed(
        {
            "version": VERSION,
            "source": _INTERVALS,
            "destination": _INTERVALS,
            "protocols": _INTERVALS,
            "source_ports": _INTERVALS,
            "destination_ports": _INTERVALS,
            "established": one_of(exactly("any"), FLAG),
            "fragments": FLAG,
        }
    ),
    "packet-set": closed({"boxes": listed(ref("box")), "more": FLAG}),
}
