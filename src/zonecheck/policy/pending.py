"""Checks that profiles ask for and this edition of zonecheck does not make.

They are listed as not run, so that no report passes over a clause in silence.
"""

from typing import Final

PENDING: Final = (
    "capture-traffic-surge",
    "change-impact-diff",
    "topology-change-approved",
    "model-capture-drift",
    "unknown-device-seen",
    "capture-zone-crossing",
)
"""Ids in the order of reports."""
