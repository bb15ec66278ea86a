"""The catalogues of checks and profiles, as `report.catalogue_json` writes them."""

from typing import Final

from zonecheck.formats.profile_schema import PAYLOAD, SANITISE
from zonecheck.model.host import Method
from zonecheck.model.profile import BASES, ISOLATION_EXCEPTIONS
from zonecheck.report.lang import LANGS
from zonecheck.report.pages.check_facts import INPUTS
from zonecheck.report.pages.check_families import FAMILIES
from zonecheck.report.schema.parts import MESSAGE_CODE, ZONES
from zonecheck.report.schema.shapes import (
    FLAG,
    TEXT,
    among,
    closed,
    listed,
    mapping,
    ref,
)
from zonecheck.report.schema.verdicts import POLICY

_SAID: Final = closed(dict.fromkeys(LANGS, TEXT))

CHECKS: Final = closed(
    {
        "checks": listed(
            closed(
                {
                    "id": TEXT,
                    "tier": {"type": "integer", "minimum": 1},
                    "title": _SAID,
                    "proves": _SAID,
                    "profiles": listed(TEXT),
                    "counterexample": _SAID,
                    "family": among(FAMILIES),
                    "runs": FLAG,
                    "input": among(INPUTS),
                    "messages": mapping(_SAID, MESSAGE_CODE),
                    "declarations": closed(
                        {
                            "attributes": mapping(listed(TEXT, 1)),
                            "missing": listed(TEXT),
                            "listens": FLAG,
                        }
                    ),
                    "rests_on": closed({"kinds": listed(TEXT), "entries": listed(TEXT)}),
                    "policies": mapping(ref("policy")),
                    "entails": listed(TEXT),
                    "entailed_by": listed(TEXT),
                }
            )
        )
    }
)

PROFILES: Final = closed(
    {
        "profiles": listed(
            closed(
                {
                    "id": TEXT,
                    "title": TEXT,
                    "document": TEXT,
                    "edition": TEXT,
                    "date": TEXT,
                    "basis": among(BASES),
                    "note": TEXT,
                    "zones": ZONES,
                    "methods": listed(among(Method)),
                    "sanitise": among(SANITISE),
                    "isolation": listed(
                        closed(
                            {
                                "zone": TEXT,
                                "from": listed(TEXT),
                                "exceptions": listed(among(ISOLATION_EXCEPTIONS)),
                                "payload": among(PAYLOAD),
                            }
                        )
                    ),
                    "checks": listed(closed({"id": TEXT, **POLICY})),
                }
            )
        )
    }
)
