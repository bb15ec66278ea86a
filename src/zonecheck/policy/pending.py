"""Checks that profiles ask for and that need more than a design.

Without it they are listed as not run, so that no report passes over a clause in silence. What an
older design answers (`compare.baseline`) is given to `verify`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from zonecheck.policy.check import PACKETS, STRUCTURE, Statement

CAPTURE: Final = "capture"
"""A capture of packets on the real network."""
BASELINE: Final = "baseline"
"""An approved earlier edition of the design."""
CHANGE_IMPACT: Final = "change-impact-diff"
CHANGE_APPROVED: Final = "topology-change-approved"


@dataclass(frozen=True, slots=True)
class PendingCheck:
    """A check of the catalogue that no design alone answers, and the input it waits for."""

    id: str
    tier: int
    needs: str


PENDING_CHECKS: Final = (
    PendingCheck("capture-traffic-surge", 3, CAPTURE),
    PendingCheck(CHANGE_IMPACT, 1, BASELINE),
    PendingCheck(CHANGE_APPROVED, 2, BASELINE),
    PendingCheck("model-capture-drift", 1, CAPTURE),
    PendingCheck("unknown-device-seen", 1, CAPTURE),
    PendingCheck("capture-zone-crossing", 1, CAPTURE),
)
"""In the order of reports."""

PENDING: Final = tuple(check.id for check in PENDING_CHECKS)
"""Ids in the order of reports."""


ANSWERED: Final[Mapping[str, Statement]] = {
    CHANGE_IMPACT: Statement(CHANGE_IMPACT, 1, (PACKETS,)),
    CHANGE_APPROVED: Statement(CHANGE_APPROVED, 2, (STRUCTURE,)),
}
"""What the checks state whose answers `verify` is given."""
