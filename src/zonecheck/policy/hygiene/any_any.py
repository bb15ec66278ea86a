"""What is wrong with rules only because of any-any permits in the same list (docs/hygiene.md).

Beside a permit of anything, good rules change nothing. Whoever takes those out instead of the
permit keeps the one rule that had to go.
"""

from collections.abc import Sequence
from dataclasses import replace

from zonecheck.model.filter import Filter, Rule
from zonecheck.policy.hygiene.rule_anomalies import Anomaly, Kind, anomalies
from zonecheck.policy.hygiene.rule_lines import line_key


def any_permits(found: Sequence[Anomaly]) -> tuple[Rule, ...]:
    """Return the any-any permits among anomalies."""
    return tuple(each.rule for each in found if each.kind is Kind.ANY_ANY)


def only_by_any(
    item: Filter, interfaces: Sequence[str], found: Sequence[Anomaly]
) -> frozenset[int]:
    """Return which anomalies of a filter are none without its any-any permits, by `id`."""
    permits = any_permits(found)
    if not permits or len(permits) == len(found):
        return frozenset()
    lines = {line_key(rule) for rule in permits}
    sessions = item.session_rules
    without = replace(
        item,
        rules=_without(item.rules or (), lines),
        session_rules=None if sessions is None else _without(sessions, lines),
    )
    left = {line_key(each.rule) for each in anomalies(without, interfaces)}
    others = (each for each in found if each.kind is not Kind.ANY_ANY)
    return frozenset(id(each) for each in others if line_key(each.rule) not in left)


def _without(rules: Sequence[Rule], lines: set[tuple[object, ...]]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if line_key(rule) not in lines)
