"""What changed in the policies two designs are judged by, though they are called the same.

Both designs are judged by one profile; a check that is gone from it, or asked for less strictly,
would turn no verdict and be no difference of a network.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from zonecheck.compare.elements import DESIGN, ChangeKind, ElementChange, FieldChange
from zonecheck.compare.value_text import SAYS_NOTHING, value_text
from zonecheck.model.profile import CheckPolicy, Profile
from zonecheck.model.source import NOWHERE
from zonecheck.model.topology import Topology

_CHECKS: Final = "checks"


@dataclass(frozen=True, slots=True)
class Judges:
    """The profile a design names, None if it names none, and those of its `policies` by id."""

    own: Profile | None
    policies: Mapping[str, Profile]


def profile_changes(
    old: Topology, new: Topology, was: Judges, now: Judges
) -> tuple[ElementChange, ...]:
    """Return what differs between profiles named alike; another name is a change of the design."""
    found: list[ElementChange] = []
    if old.profile == new.profile and was.own is not None and now.own is not None:
        found += _between(was.own, now.own, DESIGN, DESIGN)
    before = {policy.id: policy.profile for policy in old.policies}
    for policy in new.policies:
        if before.get(policy.id) == policy.profile:
            pair = was.policies[policy.id], now.policies[policy.id]
            found += _between(*pair, "policies", f"policies.{policy.id}")
    return tuple(found)


def _between(old: Profile, new: Profile, section: str, element: str) -> Iterator[ElementChange]:
    told = tuple(_fields(old, new))
    if told:
        before, after = (None if p.source == NOWHERE else p.source for p in (old, new))
        path = f"{element}.{new.id}"
        yield ElementChange(
            ChangeKind.CHANGED, section, element, path, before, after, told, _as_it_is
        )


def _as_it_is(topology: Topology) -> Topology:
    """Return the design: what a profile says is not in it."""
    return topology


def _fields(old: Profile, new: Profile) -> Iterator[FieldChange]:
    for each in fields(Profile):
        was, now = getattr(old, each.name), getattr(new, each.name)
        if not each.compare or each.name in SAYS_NOTHING or was == now:
            continue
        if each.name != _CHECKS:
            yield FieldChange(each.name, value_text(was), value_text(now))
            continue
        before, after = ({check.check: check for check in checks} for checks in (was, now))
        for name in dict.fromkeys((*before, *after)):
            a, b = _text(before.get(name)), _text(after.get(name))
            if a != b:
                yield FieldChange(f"{_CHECKS}[{name}]", a, b)


def _text(check: CheckPolicy | None) -> str | None:
    if check is None:
        return None
    values: dict[str, Any] = {f.name: getattr(check, f.name) for f in fields(check)[1:]}
    return " ".join(f"{k}={value_text(v)}" for k, v in values.items() if k not in SAYS_NOTHING)
