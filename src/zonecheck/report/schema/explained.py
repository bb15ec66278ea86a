"""An explanation, as `report.explain_json` writes it."""

from typing import Final

from zonecheck.policy.repairs import Size
from zonecheck.report.schema.parts import (
    EXIT_CODE,
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
from zonecheck.report.schema.verdicts import CHECK

EXPLAINED: Final[dict[str, Shape]] = {
    "change": closed(
        {
            "message": ref("message"),
            "size": among(size.name.lower() for size in Size),
            "removes": FLAG,
            "source": SOURCE,
        }
    ),
    "lost-flow": closed(
        {
            "flow": TEXT,
            "origin": TEXT,
            "destination": TEXT,
            "service": TEXT,
            "wholly": FLAG,
            "source": SOURCE,
        }
    ),
    "proposal": closed(
        {
            "changes": listed(ref("change"), 1),
            "entails": listed(closed({"message": ref("message"), "source": SOURCE})),
            "also": listed(closed({"node": TEXT, "filter": TEXT_OR_NULL, "port": TEXT_OR_NULL})),
            "follow": listed(ref("change")),
            "claim": FLAG,
            "vacuous": FLAG,
            "lost": listed(ref("lost-flow")),
            "mends": listed(TEXT),
            "breaks": listed(closed({"check": TEXT, "to": STATUS})),
        }
    ),
    "almost": closed(
        {
            "changes": listed(ref("change"), 1),
            "lost": listed(ref("lost-flow")),
            "missing": listed(ref("missing-declaration")),
        }
    ),
}

_CHECK: Final = closed(
    {
        **CHECK,
        "finding": or_null({"type": "integer", "minimum": 1}),
        "as_for": TEXT_OR_NULL,
        "tried": COUNT,
        "untried": COUNT,
        "proposals": listed(ref("proposal")),
        "almost": or_null(ref("almost")),
    }
)

EXPLAIN: Final = closed(
    {
        "tool": TOOL,
        "topology": TOPOLOGY,
        "profile": PROFILE,
        "routing": ROUTING,
        "states": STATES,
        "exit_code": EXIT_CODE,
        "flows": COUNT,
        "checks": listed(_CHECK),
        "policies": listed(
            closed({"id": TEXT, "segments": listed(TEXT), "explanation": {"$ref": "#"}})
        ),
    },
    optional=("policies",),
)
