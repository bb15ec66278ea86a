"""What changed in the policies two designs are judged by, though they are called the same.

Both designs are judged by one profile; a check that is gone from it, or asked for less strictly,
would turn no verdict and be no difference of a network.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from zonecheck.compare.designs import Designs
from zonecheck.compare.elements import DESIGN, ChangeKind, ElementChange, FieldChange
from zonecheck.compare.value_text import SAYS_NOTHING, value_text
from zonecheck.model.own_policy import OwnPolicy
from zonecheck.model.profile import CheckPolicy, Profile
from zonecheck.model.source import NOWHERE
from zonecheck.model.topology import Topology

_CHECKS: Final = "checks"


@dataclass(frozen=True, slots=True)
class Judges:
    """The profile a design names, None if it names none, and those of its `policies` by id."""

    own: Profile | None
    policies: Mapping[str, Profile]


@dataclass(frozen=True, slots=True)
class PolicyPair:
    """A policy that both designs have, whatever each calls it.

    `old` is as the older design has it, `inner` the same in the words of the newer one.
    """

    old: OwnPolicy
    inner: OwnPolicy
    new: OwnPolicy


def policy_pairs(old: Topology, both: Designs) -> tuple[PolicyPair, ...]:
    """Return the policies of segments that an older design and a newer one both have."""
    # Renaming keeps their order.
    inner = {
        to.id: (policy, to) for policy, to in zip(old.policies, both.old.policies, strict=True)
    }
    return tuple(PolicyPair(*inner[p.id], p) for p in both.new.policies if p.id in inner)


def profile_changes(
    old: Topology, both: Designs, was: Judges, now: Judges
) -> tuple[ElementChange, ...]:
    """Return what differs between profiles named alike; another name is a change of the design.

    `old` is the older design as it is, in whose words its judges are.
    """
    found: list[ElementChange] = []
    if old.profile == both.new.profile and was.own is not None and now.own is not None:
        found += _between(was.own, now.own, DESIGN, DESIGN)
    for pair in policy_pairs(old, both):
        if pair.old.profile == pair.new.profile:
            before, after = was.policies[pair.old.id], now.policies[pair.new.id]
            found += _between(before, after, "policies", f"policies.{pair.new.id}")
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
