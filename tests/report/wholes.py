"""Whole reports of every kind, tame ones and ones whose every name is hostile."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import partial
from typing import Any, TypeVar

from tests.report import samples
from zonecheck.model.message import Message
from zonecheck.model.own_policy import OwnPolicy
from zonecheck.policy.verdict import CheckResult, Status, Verification
from zonecheck.policy.weight import Weigh, Weight, weight
from zonecheck.report.whole import Part, WholeReport

T = TypeVar("T")

SAMPLES: dict[str, Callable[[], Verification]] = {
    "everything": samples.verification,
    "holding": samples.holding,
    "empty": samples.empty,
    "waived": samples.waived,
}
THRESHOLDS: tuple[Weigh, ...] = (
    weight,
    partial(weight, fail_on="advice"),
    partial(weight, allow_unknown=True),
)

HOSTILE = (
    '=HYPERLINK("http://x.example")',
    "+1-1@SUM(A1)|cmd",
    "＝1+1",
    "<script>alert(1)</script><img src=x onerror=y>",
    "]]></failure></system-out><!-- -->",
    "\n::error file=a,line=1::pwned",
    "%0A::error::pwned%25,title=x:y",
    "##[add-mask]x",
    "\n```\n````\n# pwned\n</details>",
    "| a | b |\\| `x` *y* _z_ ~~w~~",
    "@everyone #1 http://x.example www.x.example [a](http://b) ![c](d)",
    "{0} {{1}} }",
    "\x00\x07\x1b[31m\x85\u2028\u202e\ud800\ufffe",
    "&amp;&#64;'\"\\",
)

_NAMES = frozenset(
    {
        *("name", "note", "node", "subject", "basis", "clause", "quote", "title", "edition"),
        *("reason", "approver", "file", "topology_file", "state", "origin", "target", "host"),
        *("port", "in_interface", "out_interface", "filter_id", "place", "document", "topology"),
        "declared",
    }
)


def whole_of(
    verification: Verification, weigh: Weigh = weight, *, own: Verification | None = None
) -> WholeReport:
    """Return a run that found this, and under a policy of its own for one segment `own`."""
    parts = [Part(samples.profile(), verification, weigh)]
    if own is not None:
        policy = OwnPolicy("council", "sample-1", ("M-SRV",))
        parts.append(Part(samples.profile(), own, weigh, policy))
    return WholeReport(samples.topology(), tuple(parts), code_of(parts))


def code_of(parts: list[Part]) -> int:
    """Return the exit code that weights add up to."""
    found = {part.weigh(result) for part in parts for result in part.verification.results}
    if Weight.FAILS in found:
        return 1
    return 2 if Weight.UNDECIDED in found else 0


def of_every_kind() -> WholeReport:
    """Return a run under two policies with every status and kind of counterexample."""
    return whole_of(samples.verification(), own=samples.waived())


def not_run(check: str = "capture-traffic-surge") -> CheckResult:
    """Return a check the profile asks for that was not made."""
    policy = replace(samples.profile().checks[0], check=check)
    return CheckResult(check, Status.NOT_RUN, policy)


def hostile(text: str) -> WholeReport:
    """Return that run with a text in every name somebody else chose."""
    return _spoilt(of_every_kind(), text)


def _after(text: str, named: Any) -> Any:
    if isinstance(named, str):
        return text + named
    if isinstance(named, tuple) and all(isinstance(each, str) for each in named):
        return tuple(text + each for each in named)
    return _spoilt(named, text)


def _spoilt(value: T, text: str) -> T:
    """Return a value with a text after every name in it; what the program names stays."""
    found: Any = value
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        found = tuple(_spoilt(each, text) for each in value)
    elif isinstance(value, Message):
        found = Message(value.code, tuple((name, text + told) for name, told in value.arguments))
    elif is_dataclass(value) and not isinstance(value, type | Enum):
        changes = {
            field.name: (
                _after(text, getattr(value, field.name))
                if field.name in _NAMES
                else _spoilt(getattr(value, field.name), text)
            )
            for field in fields(value)
            if field.init
        }
        found = replace(value, **changes)
    return found  # type: ignore[no-any-return]
