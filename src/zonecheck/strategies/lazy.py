"""Strategies that check their arguments when they are first drawn from, as hypothesis' own do."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from hypothesis import strategies as st

from zonecheck.model.topology import Topology

P = ParamSpec("P")
T = TypeVar("T")


def lazily(
    function: Callable[P, st.SearchStrategy[T]],
) -> Callable[P, st.SearchStrategy[T]]:
    """Return a strategy function that does its work when the strategy is first used.

    So one can be made at import time for next to nothing, and a senseless argument fails the test
    that uses it, not the collection of a whole file.
    """

    @wraps(function)
    def made(*args: P.args, **kwargs: P.kwargs) -> st.SearchStrategy[T]:
        def definition() -> st.SearchStrategy[T]:
            return function(*args, **kwargs)

        definition.__name__ = _called(function.__name__, args, kwargs)
        return st.deferred(definition)

    return made


def _called(name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> str:
    """Return the call as it would be written; a topology by its name."""
    shown = [_short(value) for value in args]
    shown += [f"{key}={_short(value)}" for key, value in kwargs.items()]
    return f"{name}({', '.join(shown)})"


def _short(value: object) -> str:
    return f"<topology {value.name}>" if isinstance(value, Topology) else repr(value)
