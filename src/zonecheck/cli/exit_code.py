"""The exit code of a verification; no output format has a say in it."""

from collections.abc import Sequence

from zonecheck.policy.verdict import Status, Verification

LEVELS = ("advice", "warning", "error")


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
    threshold = LEVELS.index(fail_on)
    unknown = False
    for result in verification.results:
        level = result.policy.level if result.policy is not None else "error"
        if result.status is Status.VIOLATED and LEVELS.index(level) >= threshold:
            return 1
        silent = (Status.NOT_RUN, Status.NOT_IN_PROFILE)
        not_run = result.status in silent and result.check in asked
        unknown = unknown or result.status is Status.UNKNOWN or not_run
    return 2 if unknown and not allow_unknown else 0
