"""What a verdict weighs in the end: whether it fails a run, leaves it undecided, or neither."""

from collections.abc import Callable, Sequence
from enum import Enum

from zonecheck.policy.verdict import CheckResult, Status

LEVELS = ("advice", "warning", "error")
_SILENT = frozenset({Status.NOT_RUN, Status.NOT_IN_PROFILE})


class Weight(Enum):
    """What a verdict does to a run."""

    NOTHING = 0
    UNDECIDED = 2
    FAILS = 1


Weigh = Callable[[CheckResult], Weight]


def weight(
    result: CheckResult,
    fail_on: str = "error",
    *,
    allow_unknown: bool = False,
    asked: Sequence[str] = (),
) -> Weight:
    """Return what a verdict does to a run.

    A violation fails it at or above the level `fail_on`. What is unknown, or was asked for by name
    and did not run, leaves it undecided, unless `allow_unknown`.
    """
    level = result.policy.level if result.policy is not None else "error"
    if result.status is Status.VIOLATED:
        fails = LEVELS.index(level) >= LEVELS.index(fail_on)
        return Weight.FAILS if fails else Weight.NOTHING
    not_run = result.status in _SILENT and result.check in asked
    unknown = result.status is Status.UNKNOWN or not_run
    return Weight.UNDECIDED if unknown and not allow_unknown else Weight.NOTHING
