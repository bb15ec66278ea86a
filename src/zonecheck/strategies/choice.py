"""Cheap choices that shrink to the plainest alternative."""

from collections.abc import Callable, Sequence
from functools import cache
from threading import local
from typing import Any, ParamSpec, TypeVar

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

P = ParamSpec("P")
T = TypeVar("T")
LARGEST = 64
_BELOW = tuple(st.integers(0, max(0, number - 1)) for number in range(LARGEST + 1))


class Chooser:
    """Choices drawn from hypothesis, the first alternative being the one shrinking ends at.

    A topology takes some hundred choices; each is one bounded integer, because building a
    `sampled_from` for every one of them costs more than drawing it.
    """

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def below(self, number: int) -> int:
        """Return an integer from 0 up to, not including, a number of at most `LARGEST`."""
        return self.draw(_BELOW[number]) if number > 1 else 0

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self.below(len(items)) if len(items) <= LARGEST else self._far(len(items))]

    def chance(self, of: int = 2) -> bool:
        """Return true once in a number of times; shrinks to false."""
        return self.below(of) == of - 1

    def usually(self, of: int = 4) -> bool:
        """Return true but for once in a number of times; shrinks to true."""
        return self.below(of) != of - 1

    def some(self, items: Sequence[T], *, least: int = 0) -> tuple[T, ...]:
        """Return some of the items in their order; shrinks to the fewest."""
        kept = [item for item in items if self.chance()]
        for item in items:
            if len(kept) >= least:
                break
            if item not in kept:
                kept.append(item)
        return tuple(kept)

    def part(self, build: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a function builds, its choices being one part of the example.

        Hypothesis copies, drops and shrinks parts as a whole, which keeps its mutations
        meaningful: one host like another rather than one number like another.
        """
        waiting = _parts.waiting
        depth = len(waiting)
        waiting.append((self, args, kwargs))
        try:
            whole: T = self.draw(_part(build))
        finally:
            del waiting[depth:]
        return whole

    def _far(self, number: int) -> int:
        return self.draw(st.integers(0, number - 1))


class _Parts(local):
    """The parts about to be drawn in a thread: whose choices, and what they are built of."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Chooser, tuple[Any, ...], dict[str, Any]]] = []


_parts = _Parts()


@cache
def _part(build: Callable[..., Any]) -> st.SearchStrategy[Any]:
    """Return the strategy for what a function builds, one for all its arguments.

    Hypothesis examines every strategy before it draws from it for the first time, which cost more
    than drawing the part when there was one for each.
    """

    @st.composite
    def whole(draw: st.DrawFn) -> object:
        choose, args, kwargs = _parts.waiting.pop()
        outer, choose.draw = choose.draw, draw
        try:
            return build(*args, **kwargs)
        finally:
            choose.draw = outer

    return whole()


def check_bounds(name: str, value: object, low: int, high: int) -> None:
    """Raise InvalidArgument unless a value is an integer between two bounds."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InvalidArgument(f"{name}={value!r} must be an integer from {low} to {high}")


def check_flags(**flags: object) -> None:
    """Raise InvalidArgument unless every value is a bool."""
    for name, value in flags.items():
        if not isinstance(value, bool):
            raise InvalidArgument(f"{name}={value!r} must be a bool")


def check_version(version: object) -> None:
    """Raise InvalidArgument unless a value is None or an IP version."""
    if version not in (None, 4, 6) or isinstance(version, bool):
        raise InvalidArgument(f"version={version!r} must be None, 4 or 6")
