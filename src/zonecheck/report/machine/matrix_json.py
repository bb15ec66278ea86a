"""`zonecheck matrix` as JSON."""

from zonecheck.policy.questions.matrix import MatrixView
from zonecheck.report.machine.json_parts import dumped
from zonecheck.report.machine.reach_json import set_json

SCHEMA = "zonecheck.matrix/1"


def render_matrix_json(view: MatrixView) -> str:
    """Return the view as JSON, `zonecheck.matrix/1`."""
    return dumped(
        {
            "schema": SCHEMA,
            "closure": "upper",
            "undeclared": view.undeclared,
            "zones": list(view.zones),
            "cells": [
                {
                    "origin": cell.origin,
                    "destination": cell.destination,
                    "services": set_json(cell.services),
                    "replies": set_json(cell.replies),
                    "declared_by": list(cell.declared_by),
                    "beyond": cell.beyond,
                }
                for cell in view.cells
            ],
        }
    )
