"""Verdicts and what they rest on, as `report.json_report` writes them, and the report itself."""

from typing import Final

from zonecheck.formats.profile_schema import SEVERITIES
from zonecheck.model.profile import STRENGTHS
from zonecheck.policy.verdict import Status
from zonecheck.policy.waiver_standing import Standing
from zonecheck.report.schema.parts import (
    DATE,
    EXIT_CODE,
    FINDING_ID,
    LEVEL,
    PROFILE,
    ROUTING,
    SOURCE,
    STATES,
    STATUS,
    TOOL,
    TOPOLOGY,
)
from zonecheck.report.schema.shapes import (
    COUNT,
    FLAG,
    TEXT,
    TEXT_OR_NULL,
    Shape,
    among,
    closed,
    listed,
    or_null,
    ref,
)

POLICY: Final[dict[str, Shape]] = {
    "level": LEVEL,
    "severity": among(SEVERITIES),
    "citations": listed(closed({"clause": TEXT, "quote": TEXT})),
    "strength": among(STRENGTHS),
    "waivable": FLAG,
}
_ASSUMPTION: Final[dict[str, Shape]] = {
    "id": TEXT,
    "subject": TEXT,
    "declared": or_null(listed(TEXT)),
    "basis": TEXT,
    "source": SOURCE,
}
_NEEDED: Final = closed(
    {"declarations": listed(ref("assumption"), 1), "falls": listed(ref("fall"), 1)}
)
CHECK: Final[dict[str, Shape]] = {
    "id": TEXT,
    "status": STATUS,
    "policy": or_null(ref("policy")),
    "vacuous": FLAG,
    "examined": COUNT,
    "consequence_of": listed(TEXT),
    "findings": listed(ref("finding")),
    "missing": listed(ref("missing-declaration")),
    "assumptions": listed(ref("assumption")),
}

VERDICTS: Final[dict[str, Shape]] = {
    "finding": closed(
        {
            "id": FINDING_ID,
            "waiver": TEXT_OR_NULL,
            "message": ref("message"),
            "zones": listed(TEXT),
            "state": TEXT,
            "source": SOURCE,
            "counterexample": or_null(ref("counterexample")),
            "boxes": listed(ref("box")),
            "more_boxes": FLAG,
            "lacking": listed(ref("missing-declaration")),
        }
    ),
    "waiver": closed(
        {
            "id": TEXT,
            "standing": among(Standing),
            "check": TEXT,
            "finding": TEXT,
            "clause": TEXT_OR_NULL,
            "approver": TEXT_OR_NULL,
            "reason": TEXT_OR_NULL,
            "expires": or_null(DATE),
            "emergency": FLAG,
            "reported": or_null(DATE),
            "note": TEXT,
            "source": SOURCE,
        }
    ),
    "policy": closed(POLICY),
    "assumption": closed(_ASSUMPTION),
    "check": closed(CHECK),
    "fall": closed({"check": TEXT, "to": among((Status.VIOLATED, Status.UNKNOWN))}),
    "trust": closed(
        {
            "withdrawn": listed(ref("assumption")),
            "needed": listed(_NEEDED),
            "together": listed(ref("fall")),
        }
    ),
}

REPORT: Final = closed(
    {
        "tool": TOOL,
        "topology": TOPOLOGY,
        "profile": PROFILE,
        "routing": ROUTING,
        "states": STATES,
        "date": or_null(DATE),
        "exit_code": EXIT_CODE,
        "summary": closed({status.value: COUNT for status in Status}),
        "checks": listed(ref("check")),
        "assumptions": listed(closed({**_ASSUMPTION, "checks": listed(TEXT)})),
        "trust": or_null(ref("trust")),
        "waivers": listed(ref("waiver")),
        "undeclared": listed(ref("missing-declaration")),
        "limits": listed(TEXT),
        "policies": listed(
            closed({"id": TEXT, "segments": listed(TEXT), "report": {"$ref": "#"}}),
        ),
    },
    optional=("policies",),
)
