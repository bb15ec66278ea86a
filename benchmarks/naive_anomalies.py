"""The anomalies of a filter found rule against rule on packet sets, with no cleverness at all.

The judge of `policy.hygiene.rule_anomalies` in tests, and what its time is compared with. It
knows lists without interfaces and without rules for sessions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zonecheck.dataplane.filtering import rule_boxes
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.source import NOWHERE
from zonecheck.packets import FLAG_NEW, TCP, PacketSet, PacketSpace
from zonecheck.policy.hygiene.rule_lines import is_chain_policy


@dataclass(frozen=True, slots=True)
class _Entry:
    rule: Rule
    line: object
    matched: PacketSet

    @property
    def certain(self) -> bool:
        return self.rule.uncertain is None and not self.rule.macs

    @property
    def permits(self) -> bool:
        return self.rule.action is Action.PERMIT


def called(rule: Rule) -> str:
    """Return what a rule is called in an answer."""
    return f"{rule.action.value} {rule.name} {rule.source}"


def naive_anomalies(item: Filter) -> dict[str, tuple[str, frozenset[str]]]:
    """Return what is wrong with each rule, and the names of those that decide instead."""
    space = PacketSpace()
    universe = space.everything.whole
    if item.stateful and not item.loose:
        tcp = space.box(protocols=[(TCP, TCP)])
        universe -= tcp - space.box(protocols=[(TCP, TCP)], flags=[(FLAG_NEW, FLAG_NEW)])
    entries = [
        _Entry(rule, _line(rule), _matched(space, rule) & universe) for rule in item.rules or ()
    ]
    lines: dict[object, list[int]] = {}
    for number, entry in enumerate(entries):
        lines.setdefault(entry.line, []).append(number)
    dead = {
        line for line, numbers in lines.items() if not any(_reached(entries, n) for n in numbers)
    }
    found: dict[str, tuple[str, frozenset[str]]] = {}
    gone: set[object] = set()
    for line in dead:
        first = entries[lines[line][0]]
        kind, causes = _without_effect(entries, lines[line])
        if kind and not is_chain_policy(first.rule):
            found[called(first.rule)] = kind, causes
        if first.permits:
            gone.add(line)
    for line, numbers in lines.items():
        first = entries[numbers[0]]
        if line in dead or not first.permits or is_chain_policy(first.rule):
            continue
        if not any(
            _needed(entries, n, gone, denies=item.default is not Action.PERMIT) for n in numbers
        ):
            causes = frozenset(c for n in numbers for c in _successors(entries, n, gone))
            found[called(first.rule)] = "needless", causes
            gone.add(line)
        elif any(_is_any(entries[n], universe) for n in numbers):
            found[called(first.rule)] = "any-any", frozenset()
    return found


def _line(rule: Rule) -> object:
    return id(rule) if rule.source == NOWHERE else (rule.source, rule.action)


def _matched(space: PacketSpace, rule: Rule) -> PacketSet:
    parts = [
        space.box(v, b.dst, b.src, b.protocols, b.dst_ports, b.src_ports, b.flags)
        for v in (4, 6)
        for b in rule_boxes(rule, v)
    ]
    return space.union(parts).whole


def _reached(entries: Sequence[_Entry], number: int) -> bool:
    """Return whether something is left of a rule by those before it that surely match."""
    left = entries[number].matched
    for other in entries[:number]:
        if other.certain:
            left -= other.matched
    return bool(left)


def _without_effect(entries: Sequence[_Entry], numbers: list[int]) -> tuple[str, frozenset[str]]:
    causes: dict[int, _Entry] = {}
    for number in numbers:
        left = entries[number].matched
        for at, other in enumerate(entries[:number]):
            if other.certain and left & other.matched:
                causes[at] = other
                left -= other.matched
    own = entries[numbers[0]]
    names = frozenset(called(_first(entries, other).rule) for other in causes.values())
    if not causes:
        return ("never-hit" if own.permits else ""), names
    if all(other.permits == own.permits for other in causes.values()):
        return "redundant", names
    deciding = {other.line for other in causes.values()}
    whole = own.matched.space.union([entries[n].matched for n in numbers if entries[n].certain])
    cause = own.matched.space.union([e.matched for e in entries if e.line in deciding])
    same = len(deciding) == 1 and cause <= whole
    return ("contradictory" if same else "shadowed"), names


def _first(entries: Sequence[_Entry], entry: _Entry) -> _Entry:
    return next(other for other in entries if other.line == entry.line)


def _needed(entries: Sequence[_Entry], number: int, gone: set[object], *, denies: bool) -> bool:
    """Return whether something a permit may decide may be denied without it."""
    left = _own(entries, number, gone)
    for other in _after(entries, number, gone):
        if not other.permits and left & other.matched:
            return True
        if other.permits and other.certain:
            left -= other.matched
    return denies and bool(left)


def _successors(entries: Sequence[_Entry], number: int, gone: set[object]) -> Iterator[str]:
    left = _own(entries, number, gone)
    for other in _after(entries, number, gone):
        if other.certain and left & other.matched:
            yield called(_first(entries, other).rule)
            left -= other.matched


def _own(entries: Sequence[_Entry], number: int, gone: set[object]) -> PacketSet:
    entry = entries[number]
    left = entry.matched
    for other in entries[:number]:
        if other.certain and other.line != entry.line and other.line not in gone:
            left -= other.matched
    return left


def _after(entries: Sequence[_Entry], number: int, gone: set[object]) -> Iterator[_Entry]:
    line = entries[number].line
    return (e for e in entries[number + 1 :] if e.line != line and e.line not in gone)


def _is_any(entry: _Entry, universe: PacketSet) -> bool:
    return entry.certain and any(
        bool(universe.only(version)) and universe.only(version) <= entry.matched
        for version in (4, 6)
    )
