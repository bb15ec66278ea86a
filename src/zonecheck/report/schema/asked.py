"""Answers to questions about packets: `trace`, `reach`, `matrix` and `replay`."""

from typing import Final

from zonecheck.model.closure import Closure
from zonecheck.report.schema.parts import VERSION
from zonecheck.report.schema.shapes import (
    COUNT,
    FLAG,
    TEXT,
    closed,
    exactly,
    listed,
    mapping,
    matching,
    number,
    or_null,
    ref,
)

_UPPER: Final = exactly(Closure.UPPER.value)
_CLASS: Final = matching("^[a-z]+$")
_PAIR: Final = {"minItems": 2, "maxItems": 2}
_MESSAGES: Final = listed(ref("message"))
_COUNTED: Final = listed(closed({"reason": ref("message"), "count": COUNT}))
_HOPS: Final = listed(ref("hop"))

TRACE: Final = closed(
    {
        "packet": ref("packet"),
        "origin": ref("point"),
        "destination": TEXT,
        "wanted": or_null(listed(ref("point"))),
        "closure": _UPPER,
        "forged": FLAG,
        "arrived": FLAG,
        "deliveries": listed(
            closed(
                {"at": ref("point"), "meant": FLAG, "packet": ref("packet"), "hops": _HOPS},
                optional=("packet",),
            )
        ),
        "drops": listed(ref("drop")),
    }
)

REACH: Final = closed(
    {
        "origin": TEXT,
        "destination": TEXT,
        "closure": _UPPER,
        "undeclared": COUNT,
        "parts": listed(
            closed(
                {
                    "origin": ref("point"),
                    "destination": ref("point"),
                    "fresh": ref("packet-set"),
                    "through_state": ref("packet-set"),
                }
            )
        ),
    }
)

MATRIX: Final = closed(
    {
        "closure": _UPPER,
        "undeclared": COUNT,
        "zones": listed(TEXT),
        "cells": listed(
            closed(
                {
                    "origin": TEXT,
                    "destination": TEXT,
                    "services": ref("packet-set"),
                    "replies": ref("packet-set"),
                    "declared_by": listed(TEXT),
                    "beyond": FLAG,
                }
            )
        ),
    }
)

SERVICE_MATRIX: Final = closed(
    {
        "place": TEXT,
        "service": TEXT,
        "closure": _UPPER,
        "widened": COUNT,
        "rights": listed(
            closed(
                {
                    "version": VERSION,
                    "classes": mapping(listed({**listed(TEXT), **_PAIR}, 1), _CLASS),
                    "pairs": listed({**listed(_CLASS), **_PAIR}),
                }
            )
        ),
    }
)

REPLAY: Final = closed(
    {
        "design": TEXT,
        "state": TEXT,
        "subject": TEXT,
        "arrived": FLAG,
        "neighbours": listed(closed({"a": ref("point"), "b": ref("point")})),
        "packets": listed(
            closed(
                {
                    "packet": ref("packet"),
                    "origin": ref("point"),
                    "opens": FLAG,
                    "first_frame": or_null({"type": "integer", "minimum": 1}),
                    "frames": COUNT,
                    "delivered": listed(
                        closed({"at": ref("point"), "packet": ref("packet"), "hops": _HOPS})
                    ),
                    "dropped": listed(ref("drop")),
                }
            )
        ),
        "skipped": _COUNTED,
        "files": listed(TEXT),
    }
)

KERNEL: Final = closed(
    {
        "design": TEXT,
        "state": TEXT,
        "agrees": FLAG,
        "probes": COUNT,
        "copies": COUNT,
        "deliveries": COUNT,
        "denials": mapping(COUNT),
        "disagreements": listed(
            closed(
                {
                    "packet": ref("packet"),
                    "origin": TEXT,
                    "turn": number(0, 3),
                    "leaks": FLAG,
                    "by_kernel": _MESSAGES,
                    "by_model": _MESSAGES,
                }
            )
        ),
        "left_out": _COUNTED,
        **dict.fromkeys(("real", "emulated", "absent", "chosen", "differences"), _MESSAGES),
    }
)
