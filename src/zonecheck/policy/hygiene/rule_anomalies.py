"""Rules of a filter that decide nothing, or nothing that would be decided otherwise.

The definitions are those of docs/hygiene.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.packets import Header
from zonecheck.policy.hygiene.rule_lines import Line, Plane, Reading, is_chain_policy, lines_of

VERSIONS = (4, 6)


class Kind(Enum):
    """What is wrong with a rule."""

    SHADOWED = "shadowed"
    CONTRADICTORY = "contradictory"
    REDUNDANT = "redundant"
    NEEDLESS = "needless"
    NEVER_HIT = "never-hit"
    ANY_ANY = "any-any"


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A rule with what is wrong with it, by which rules, and a packet that shows it.

    Of a rule without effect the packet is one it matches and a cause decides, otherwise than the
    rule would if there is such a one. A needless rule without causes leaves all to the default.
    """

    kind: Kind
    rule: Rule
    causes: tuple[Rule, ...] = ()
    header: Header | None = None


def anomalies(
    item: Filter, interfaces: Sequence[str] = (), reading: Reading = Reading.CAUTIOUS
) -> tuple[Anomaly, ...]:
    """Return the anomalies of a filter in the order of its lines; none if it is not declared.

    `interfaces` are those its rules may name. All lines reported but those that permit anything
    may be taken out together, and nothing changes.
    """
    return () if item.rules is None else _Audit(item, interfaces, reading).found()


class _Audit:
    """The lines of one filter, on both IP versions and for new packets and those of sessions."""

    def __init__(self, item: Filter, interfaces: Sequence[str], reading: Reading) -> None:
        self._interfaces = interfaces
        lists = [item.rules or (), item.session_rules or ()]
        self._lines, placed = lines_of(lists)
        self._opening: dict[int, list[Rule]] = {}
        for number, rule in placed[0]:
            self._opening.setdefault(number, []).append(rule)
        denies = item.default is Action.DENY or (
            item.default is None and reading is Reading.CAUTIOUS
        )
        strict = item.stateful and not item.loose

        def planes(number: int, *, opening: bool) -> list[Plane]:
            return [
                Plane(placed[number], version, interfaces, reading, opening=opening, denies=denies)
                for version in VERSIONS
            ]

        self._new = planes(0, opening=strict)
        self._planes = [*self._new, *planes(1, opening=False)]

    def found(self) -> tuple[Anomaly, ...]:
        """Return the anomalies by line."""
        by_line: dict[int, Anomaly] = {}
        dead = [line for line in self._lines if not self._some(Plane.is_hit, line)]
        for line in dead:
            found = self._without_effect(line)
            if found is not None:
                by_line[line.number] = found
        for line in dead:
            if line.permits:
                self._forget(line)
        unhit = {line.number for line in dead}
        for line in self._lines:
            if line.number in unhit or not line.permits or is_chain_policy(line.first):
                continue
            if not self._some(Plane.is_needed, line):
                by_line[line.number] = self._needless(line)
                self._forget(line)
            elif self._permits_anything(line):
                by_line[line.number] = Anomaly(Kind.ANY_ANY, line.first)
        return tuple(by_line[number] for number in sorted(by_line))

    def _some(self, holds: Callable[[Plane, Line], bool], line: Line) -> bool:
        return any(holds(plane, line) for plane in self._planes)

    def _forget(self, line: Line) -> None:
        for plane in self._planes:
            plane.forget(line)

    def _without_effect(self, line: Line) -> Anomaly | None:
        """Return what is wrong with a line that no packet comes to.

        A deny may match nothing, and the policy of a chain be left with nothing.
        """
        if is_chain_policy(line.first):
            return None
        deciders: dict[int, Header] = {}
        for plane in self._planes:
            deciders = {**plane.deciders(line), **deciders}
        if not deciders:
            return Anomaly(Kind.NEVER_HIT, line.first) if line.permits else None
        causes = [self._lines[number] for number in sorted(deciders)]
        opposed = [cause for cause in causes if cause.permits != line.permits]
        kind = Kind.SHADOWED if opposed else Kind.REDUNDANT
        if opposed and len(causes) == 1 and self._is_within(causes[0], line):
            kind = Kind.CONTRADICTORY
        header = deciders[(opposed or causes)[0].number]
        return Anomaly(kind, line.first, tuple(cause.first for cause in causes), header)

    def _is_within(self, line: Line, other: Line) -> bool:
        return all(plane.lies_within(line, other) for plane in self._planes)

    def _needless(self, line: Line) -> Anomaly:
        numbers = {number for plane in self._planes for number in plane.successors(line)}
        causes = tuple(self._lines[number].first for number in sorted(numbers))
        return Anomaly(Kind.NEEDLESS, line.first, causes)

    def _permits_anything(self, line: Line) -> bool:
        """Return whether a line surely permits every new packet of an IP version."""
        return any(
            rule.uncertain is None
            and not rule.macs
            and any(plane.permits_any(rule, self._interfaces) for plane in self._new)
            for rule in self._opening.get(line.number, ())
        )
