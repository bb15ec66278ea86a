"""Counterexamples, as `report.counterexample_json` writes them."""

from typing import Final

from zonecheck.prove.evidence import ADMISSION, DATASTORE, HYPERVISOR, OUT_OF_BAND, SPAN
from zonecheck.report.schema.parts import SOURCE
from zonecheck.report.schema.shapes import (
    FLAG,
    TEXT,
    Shape,
    among,
    closed,
    exactly,
    listed,
    one_of,
    or_null,
    ref,
)

_SENT: Final[dict[str, Shape]] = {
    "forged": FLAG,
    "hops": listed(ref("hop")),
}
_JOIN: Final = closed({"a": TEXT, "b": TEXT, "source": SOURCE})
_BY: Final = one_of(*map(ref, ("packet-path", "shared-domain", "service", "platform")))
_STEP: Final = closed({"origin": TEXT, "target": TEXT, "by": _BY})
_KINDS: Final = (
    "packet-path",
    "relay-chain",
    "shared-domain",
    "missing-control",
    "rule-conflict",
    "missing-declaration",
)


def _kind(name: str, properties: dict[str, Shape]) -> Shape:
    return closed({"kind": exactly(name), **properties})


COUNTEREXAMPLES: Final[dict[str, Shape]] = {
    "packet-path": _kind(
        "packet-path",
        {
            "packet": ref("packet"),
            "origin": ref("point"),
            "destination": ref("point"),
            **_SENT,
            "after": listed(ref("opening-packet")),
        },
    ),
    "shared-domain": _kind(
        "shared-domain", {"a": ref("point"), "b": ref("point"), "joins": listed(_JOIN)}
    ),
    "service": _kind("service", {"host": TEXT, "method": TEXT, "reverse": FLAG, "source": SOURCE}),
    "platform": _kind(
        "platform",
        {
            "platform": among((HYPERVISOR, DATASTORE, SPAN, OUT_OF_BAND, ADMISSION)),
            "subject": TEXT,
            "source": SOURCE,
        },
    ),
    "relay-chain": _kind("relay-chain", {"nodes": listed(TEXT, 1), "steps": listed(_STEP)}),
    "missing-control": _kind(
        "missing-control",
        {"place": TEXT, "source": SOURCE, "passes": or_null(ref("packet-path"))},
    ),
    "rule-conflict": _kind(
        "rule-conflict",
        {
            "place": TEXT,
            "deciding": listed(closed({"rule": TEXT, "source": SOURCE})),
            "packet": or_null(ref("packet")),
        },
    ),
    "missing-declaration": _kind("missing-declaration", {"item": ref("message"), "source": SOURCE}),
    "counterexample": one_of(*map(ref, _KINDS)),
    "opening-packet": closed(
        {
            "packet": ref("packet"),
            "origin": ref("point"),
            "destination": or_null(ref("point")),
            **_SENT,
        }
    ),
}
