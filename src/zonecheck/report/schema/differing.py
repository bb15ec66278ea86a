"""What differs between two designs, as `report.diff_json` writes it."""

from typing import Final

from zonecheck.compare import Direction
from zonecheck.compare.elements import ChangeKind
from zonecheck.model.closure import Closure
from zonecheck.policy.pending import CHANGE_APPROVED, CHANGE_IMPACT
from zonecheck.report.schema.parts import EXIT_CODE, FINDING_ID, SOURCE, STATUS
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
    or_null,
    ref,
)

_GIVEN: Final = closed({"given": TEXT, "name": TEXT})
_FINDINGS: Final = listed(ref("told-finding"))


def _packets(direction: Direction) -> Shape:
    return closed(
        {
            "direction": exactly(direction.value),
            "from_zone": TEXT,
            "to_zone": TEXT,
            "headers": ref("packet-set"),
            "replies": ref("packet-set"),
            "states": listed(TEXT, 1),
            "closures": listed(among(Closure), 1),
            "witness": ref("packet-path"),
            "blamed": SOURCE,
            "elsewhere": or_null(ref("fate")),
            "causes": listed(closed({"element": COUNT, "path": TEXT, "alone": FLAG})),
        }
    )


DIFFERING: Final[dict[str, Shape]] = {
    "permitted": _packets(Direction.PERMITTED),
    "blocked": _packets(Direction.BLOCKED),
    "fate": closed(
        {
            "origin": ref("point"),
            "dropped": or_null(ref("drop")),
            "delivered": or_null(ref("point")),
        }
    ),
    "element": closed(
        {
            "kind": among(ChangeKind),
            "section": TEXT,
            "path": TEXT,
            "old": SOURCE,
            "new": SOURCE,
            "fields": listed(closed({"name": TEXT, "old": TEXT_OR_NULL, "new": TEXT_OR_NULL})),
        }
    ),
    "told-finding": closed(
        {
            "id": FINDING_ID,
            "message": ref("message"),
            "zones": listed(TEXT),
            "state": TEXT,
            "source": SOURCE,
        }
    ),
    "verdict-change": closed(
        {
            "check": TEXT,
            "policy": TEXT_OR_NULL,
            "old": STATUS,
            "new": STATUS,
            "appeared": _FINDINGS,
            "gone": _FINDINGS,
        }
    ),
}

DIFF: Final = closed(
    {
        "old": _GIVEN,
        "new": _GIVEN,
        "profile": TEXT,
        "exit_code": EXIT_CODE,
        "differs": FLAG,
        "renamed": mapping(TEXT),
        "undeclared": COUNT,
        "forged": FLAG,
        "permitted": listed(ref("permitted")),
        "blocked": listed(ref("blocked")),
        "elements": listed(ref("element")),
        "verdicts": or_null(listed(ref("verdict-change"))),
        "baseline": listed(
            closed(
                {
                    "check": among((CHANGE_IMPACT, CHANGE_APPROVED)),
                    "status": STATUS,
                    "findings": _FINDINGS,
                }
            )
        ),
    }
)
