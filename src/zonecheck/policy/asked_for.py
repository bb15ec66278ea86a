"""Which declarations a check may ask for, read off the code that asks for them.

A check that lacks a declaration says so by a code `missing.*`. Which of these a check may say is
found by following its question through the functions of `policy` that it calls, so that no table
of them can fall behind.
"""

from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType, FunctionType
from typing import Any, Final

from zonecheck.policy.check import Check

_MISSING: Final = "missing."
_ROOM: Final = "zonecheck.policy."
_MACHINERY: Final = frozenset(f"{_ROOM}{name}" for name in ("analysis", "replay", "verdict"))
"""Modules that prove for every check and ask for nothing on behalf of one."""
_ACCEPTS: Final = "listened"
"""The function by which a question learns what a host accepts."""


def codes_asked_for(check: Check) -> tuple[str, ...]:
    """Return the codes of all declarations a check itself may find missing, sorted."""
    return codes_in(check.ask)


@cache
def codes_in(function: Callable[..., Any]) -> tuple[str, ...]:
    """Return the codes of missing declarations that a function of this room may give, sorted."""
    found = {
        constant
        for each in _called_by(function)
        for constant in _constants(each.__code__)
        if isinstance(constant, str) and constant.startswith(_MISSING)
    }
    return tuple(sorted(found))


@cache
def goes_by_listens(check: Check) -> bool:
    """Return whether a check takes what hosts are declared to listen to for what they accept."""
    return any(_ACCEPTS in set(_names(each.__code__)) for each in _called_by(check.ask))


def _called_by(function: Callable[..., Any]) -> Iterator[FunctionType]:
    """Yield a function and all functions and methods of this room that it names, each once."""
    known: set[FunctionType] = set()
    waiting: list[object] = [function]
    while waiting:
        each = waiting.pop()
        if not isinstance(each, FunctionType) or each in known:
            continue
        known.add(each)
        yield each
        for name in _names(each.__code__):
            named = each.__globals__.get(name)
            if not _is_of_policy(named):
                continue
            waiting.append(named)
            if isinstance(named, type):
                waiting += [getattr(member, "fget", member) for member in vars(named).values()]


def _is_of_policy(named: object) -> bool:
    module = str(getattr(named, "__module__", ""))
    return module.startswith(_ROOM) and module not in _MACHINERY


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def _constants(code: CodeType) -> Iterator[object]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _constants(constant)
        else:
            yield constant
