"""Checks that profiles ask for and this edition of zonecheck does not make.

They are listed as not run, so that no report passes over a clause in silence.
"""

from dataclasses import dataclass
from typing import Final

CAPTURE: Final = "capture"
"""A capture of packets on the real network."""
BASELINE: Final = "baseline"
"""An approved earlier edition of the design."""


@dataclass(frozen=True, slots=True)
class PendingCheck:
    """A check of the catalogue that is not made yet, and the input it waits for."""

    id: str
    tier: int
    needs: str


PENDING_CHECKS: Final = (
    PendingCheck("capture-traffic-surge", 3, CAPTURE),
    PendingCheck("change-impact-diff", 1, BASELINE),
    PendingCheck("topology-change-approved", 2, BASELINE),
    PendingCheck("model-capture-drift", 1, CAPTURE),
    PendingCheck("unknown-device-seen", 1, CAPTURE),
    PendingCheck("capture-zone-crossing", 1, CAPTURE),
)
"""In the order of reports."""

PENDING: Final = tuple(check.id for check in PENDING_CHECKS)
"""Ids in the order of reports."""
