"""The exit code of a verification; no output format has a say in it."""

from collections.abc import Sequence

from zonecheck.policy.verdict import Verification
from zonecheck.policy.weight import LEVELS, Weight, weight

__all__ = ["LEVELS", "exit_code"]


def exit_code(
    verification: Verification,
    fail_on: str = "error",
    *,
    allow_unknown: bool = False,
    asked: Sequence[str] = (),
) -> int:
    """Return 1 if a check at or above `fail_on` is violated, else 2 if one is unknown, else 0.

    A check that was not run counts as unknown if it was asked for by name. `allow_unknown`
    turns the 2 into 0.
    """
    found = {
        weight(result, fail_on, allow_unknown=allow_unknown, asked=asked)
        for result in verification.results
    }
    if Weight.FAILS in found:
        return Weight.FAILS.value
    return Weight.UNDECIDED.value if Weight.UNDECIDED in found else Weight.NOTHING.value
