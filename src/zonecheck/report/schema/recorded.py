"""The record of a run, as `report.record_json` writes it."""

from typing import Final

from zonecheck.report.schema.parts import (
    DATE,
    EXIT_CODE,
    ROUTING,
    STATES,
    STATUS,
    TOOL,
)
from zonecheck.report.schema.shapes import (
    FLAG,
    TEXT,
    TEXT_OR_NULL,
    Shape,
    closed,
    listed,
    matching,
    or_null,
    ref,
)

_FINDING: Final = closed(
    {"id": TEXT_OR_NULL, "waiver": TEXT_OR_NULL, "code": TEXT, "zones": listed(TEXT)}
)
_VERDICT: Final = closed({"check": TEXT, "status": STATUS})
_OUTCOME: Final[dict[str, Shape]] = {
    "profile": ref("profile"),
    "checks": ref("checks"),
    "clauses": ref("clauses"),
    "waivers": listed(ref("waiver")),
}


def _described(shape: Shape, description: str) -> Shape:
    return {**shape, "description": description}


RECORDED: Final[dict[str, Shape]] = {
    "ownPolicy": closed(
        {
            "id": TEXT,
            "segments": listed(TEXT),
            "exit_code": _described(EXIT_CODE, "That of this policy alone."),
            **_OUTCOME,
        }
    ),
    "profile": closed(
        {"id": TEXT, "title": TEXT, "edition": TEXT, "sha256": matching("^([0-9a-f]{64})?$")}
    ),
    "checks": listed(
        closed(
            {
                "id": TEXT,
                "status": STATUS,
                "vacuous": FLAG,
                "policy": or_null(ref("policy")),
                "findings": listed(_FINDING),
            }
        )
    ),
    "clauses": _described(
        listed(closed({"clause": TEXT, "verdicts": listed(_VERDICT, 1)})),
        "The same verdicts by clause of the policy.",
    ),
}

RECORD: Final = closed(
    {
        "tool": TOOL,
        "made": _described(
            matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\+09:00$"),
            "When the run was, in Japan.",
        ),
        "date": _described(or_null(DATE), "The day that counted for what expires."),
        "topology": TEXT,
        "files": _described(
            listed(closed({"path": TEXT, "sha256": matching("^[0-9a-f]{64}$")})),
            "Everything the design was read from, as it was read.",
        ),
        "routing": ROUTING,
        "states": STATES,
        "exit_code": _described(
            EXIT_CODE,
            "That of the run: a violation under any policy, else what is unknown under one.",
        ),
        **_OUTCOME,
        "policies": _described(
            listed(ref("ownPolicy")),
            "What came out under each policy of some segments of their own.",
        ),
    }
)
