"""Filters and their rules."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from zonecheck.model.address import AddressRange
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.strategies.addresses import check_near, draw_match
from zonecheck.strategies.choice import Chooser, check_bounds, check_flags
from zonecheck.strategies.lazy import lazily
from zonecheck.strategies.services import draw_services

ACTIONS = (Action.PERMIT, Action.DENY)
UNCERTAIN = "object:group"


def draw_rule(
    choose: Chooser,
    name: str,
    near: Sequence[AddressRange] = (),
    interfaces: Sequence[str] = (),
    *,
    undeclared: bool = False,
) -> Rule:
    """Return a rule about the given addresses and interfaces."""
    version = choose.pick((None, None, 4, 6))
    return Rule(
        action=ACTIONS[choose.below(3) // 2],
        name=name,
        sources=choose.part(draw_match, choose, near, version=version),
        destinations=choose.part(draw_match, choose, near, version=version),
        services=draw_services(choose),
        in_interfaces=choose.some(interfaces) if interfaces and choose.chance(3) else (),
        out_interfaces=choose.some(interfaces) if interfaces and choose.chance(3) else (),
        uncertain=UNCERTAIN if undeclared and choose.chance(6) else None,
    )


def draw_filter(
    choose: Chooser,
    name: str,
    near: Sequence[AddressRange] = (),
    interfaces: Sequence[str] = (),
    *,
    max_rules: int = 3,
    stateful: bool = True,
    undeclared: bool = False,
) -> Filter:
    """Return a filter of a few rules."""
    default: Action | None = (Action.DENY, Action.DENY, Action.PERMIT)[choose.below(3)]
    if undeclared and choose.chance(5):
        default = None
    kept = stateful and choose.chance()
    if undeclared and choose.chance(6):
        return Filter(name, None, default, kept)
    drawn = tuple(
        choose.part(
            draw_rule, choose, f"{name}-{position}", near, interfaces, undeclared=undeclared
        )
        for position in range(choose.below(max_rules + 1))
    )
    return Filter(name, drawn, default, kept)


@lazily
def rules(
    *,
    actions: st.SearchStrategy[Action] | st.SearchStrategy[str] | None = None,
    near: Sequence[AddressRange] = (),
    interfaces: Sequence[str] = (),
    undeclared: bool = False,
) -> st.SearchStrategy[Rule]:
    """Return a strategy for rules.

    Args:
        actions: what the rules do, by default both; members of `Action` or their values.
        near: ranges whose bounds are of interest.
        interfaces: ids that interface conditions may name; without any, rules have none.
        undeclared: whether rules that may or may not match occur.
    """
    check_near(near)
    _check_interfaces(interfaces)
    check_flags(undeclared=undeclared)
    if actions is not None and not isinstance(actions, st.SearchStrategy):
        raise InvalidArgument(f"actions={actions!r} must be a strategy")

    return _rule(tuple(near), tuple(interfaces), actions, undeclared=undeclared)


# Made once and not for each call: hypothesis reads the source of every composite it makes.
@st.composite
def _rule(
    draw: st.DrawFn,
    near: Sequence[AddressRange],
    interfaces: Sequence[str],
    actions: st.SearchStrategy[Action] | st.SearchStrategy[str] | None,
    *,
    undeclared: bool,
) -> Rule:
    rule = draw_rule(Chooser(draw), "rule", near, interfaces, undeclared=undeclared)
    return rule if actions is None else replace(rule, action=Action(draw(actions)))


@lazily
def filters(
    *,
    near: Sequence[AddressRange] = (),
    interfaces: Sequence[str] = (),
    max_rules: int = 3,
    stateful: bool = True,
    undeclared: bool = False,
) -> st.SearchStrategy[Filter]:
    """Return a strategy for filters.

    Args:
        near: ranges whose bounds are of interest.
        interfaces: ids that interface conditions may name; without any, rules have none.
        max_rules: the most rules a filter has.
        stateful: whether filters that keep sessions occur.
        undeclared: whether undeclared rules, undeclared defaults and uncertain rules occur.
    """
    check_near(near)
    _check_interfaces(interfaces)
    check_bounds("max_rules", max_rules, 0, 60)
    check_flags(stateful=stateful, undeclared=undeclared)
    return st.composite(
        lambda draw: draw_filter(
            Chooser(draw),
            "filter",
            near,
            interfaces,
            max_rules=max_rules,
            stateful=stateful,
            undeclared=undeclared,
        )
    )()


def _check_interfaces(interfaces: object) -> None:
    if isinstance(interfaces, str) or not isinstance(interfaces, Sequence):
        raise InvalidArgument(f"interfaces={interfaces!r} must be a sequence of ids")
