"""The order of violated checks: root causes first, what they entail under them."""

from collections.abc import Iterator, Sequence

from zonecheck.policy.verdict import CheckResult, Status


def by_root_cause(results: Sequence[CheckResult]) -> list[tuple[CheckResult, int]]:
    """Return each violated check once, with how deep it lies under its root cause.

    A check goes under the first of its causes, in the order of `results`. Checks that only
    entail each other in a circle come last, as roots.
    """
    violated = [result for result in results if result.status is Status.VIOLATED]
    ids = {result.check for result in violated}
    done: set[str] = set()

    def visit(result: CheckResult, depth: int) -> Iterator[tuple[CheckResult, int]]:
        if result.check in done:
            return
        done.add(result.check)
        yield result, depth
        for other in violated:
            if (
                result.check in other.consequence_of
                and _first_cause(other, violated) == result.check
            ):
                yield from visit(other, depth + 1)

    ordered: list[tuple[CheckResult, int]] = []
    for result in violated:
        if not ids & (set(result.consequence_of) - {result.check}):
            ordered += visit(result, 0)
    for result in violated:
        ordered += visit(result, 0)
    return ordered


def _first_cause(result: CheckResult, violated: Sequence[CheckResult]) -> str | None:
    for other in violated:
        if other.check in result.consequence_of and other.check != result.check:
            return other.check
    return None
