"""The lines of a first-match list on one IP version, and what each of them decides.

A *line* is what an author wrote: one rule, or the rules that one line of another system's file
became. What a rule matches may be undecidable (docs/semantics.md, section 7), so a line *surely*
has no effect only if lines that surely match leave it nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from zonecheck.dataplane.rule_boxes import KEYS, boxes_between, existing, header_at
from zonecheck.model.filter import Action, Rule
from zonecheck.model.source import NOWHERE
from zonecheck.packets import Header
from zonecheck.packets.meetings import Meetings, Spans

OBJECT = "object:"
"""How the reason begins for which a rule is uncertain because a group is undeclared."""

CHAIN_POLICY = " policy"
"""How the rule is called that a chain's policy became (`formats.iptables.chains`)."""


class Reading(Enum):
    """How what is undeclared is read: as raises least, or as raises most."""

    CAUTIOUS = "cautious"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class Line:
    """Rules that stand or fall together."""

    number: int
    first: Rule

    @property
    def permits(self) -> bool:
        """Return whether it permits."""
        return self.first.action is Action.PERMIT


class Plane:
    """The rules of one list on one IP version, as boxes that know their lines."""

    def __init__(
        self,
        placed: Iterable[tuple[int, Rule]],
        version: int,
        interfaces: Sequence[str],
        reading: Reading,
        *,
        opening: bool,
        denies: bool,
    ) -> None:
        self.version = version
        self._default_denies = denies
        self.numbers: list[int] = []
        self._opening = opening
        self._of_line: dict[int, int] = {}
        self._certain = self._denies = self._passed_over = self._gone = 0
        boxes: list[Spans] = []
        for number, rule in placed:
            for box in boxes_between(rule, version, interfaces):
                bit = 1 << len(boxes)
                boxes.append(box)
                self.numbers.append(number)
                self._of_line[number] = self._of_line.get(number, 0) | bit
                self._note(rule, bit, reading)
        self._meetings = Meetings(boxes, KEYS)

    def _note(self, rule: Rule, bit: int, reading: Reading) -> None:
        """Sort a box by what its rule is sure to decide, and whether it may deny."""
        permits = rule.action is Action.PERMIT
        bold = reading is Reading.BOLD and is_undeclared(rule)
        if not permits:
            self._denies |= bit
        if bold or (rule.uncertain is None and not rule.macs):
            self._certain |= bit
        if bold and not permits:
            self._passed_over |= bit

    def targets(self, line: Line) -> Iterator[tuple[int, Spans]]:
        """Yield the boxes of a line, each as its bit and a part that headers lie in."""
        mask = self._of_line.get(line.number, 0)
        while mask:
            bit = mask & -mask
            mask ^= bit
            box = self._meetings.boxes[bit.bit_length() - 1]
            for part in existing(box, self.version, opening=self._opening):
                yield bit, part

    def is_hit(self, line: Line) -> bool:
        """Return whether some packet comes to a line first, of the lines that surely match."""
        return any(
            self._meetings.outside(part, self._certain & (bit - 1)) is not None
            for bit, part in self.targets(line)
        )

    def deciders(self, line: Line) -> dict[int, Header]:
        """Return which lines decide the packets of one without effect, each with a packet."""
        found: dict[int, Header] = {}
        for bit, part in self.targets(line):
            firsts = self._meetings.firsts(part, self._certain & (bit - 1))
            for number, point in firsts.items():
                found.setdefault(self.numbers[number], header_at(point, self.version))
        return found

    def lies_within(self, line: Line, other: Line) -> bool:
        """Return whether one line surely matches whatever another does."""
        cover = self._of_line.get(other.number, 0) & self._certain
        return all(self._meetings.outside(part, cover) is None for _, part in self.targets(line))

    def is_needed(self, line: Line) -> bool:
        """Return whether some packet that a permit may decide might be denied without it."""
        for part, before, after in self._left_to(line):
            opposing = after & self._denies
            found = self._meetings.outside(
                part, before, after, opposing, otherwise=self._default_denies
            )
            if found is not None:
                return True
        return False

    def successors(self, line: Line) -> set[int]:
        """Return which lines decide the packets of a needless one instead."""
        found: set[int] = set()
        for part, before, after in self._left_to(line):
            firsts = self._meetings.firsts(part, before | after)
            found |= {self.numbers[number] for number in firsts if after >> number & 1}
        return found

    def _left_to(self, line: Line) -> Iterator[tuple[Spans, int, int]]:
        """Yield the boxes of a line, with what surely comes before and what may decide after it."""
        others = ~(self._of_line.get(line.number, 0) | self._gone)
        deciding = (self._certain | self._denies) & ~self._passed_over & others
        for bit, part in self.targets(line):
            yield part, self._certain & others & (bit - 1), deciding & -bit

    def forget(self, line: Line) -> None:
        """Take a line out of the list."""
        self._gone |= self._of_line.get(line.number, 0)

    def permits_any(self, rule: Rule, interfaces: Sequence[str]) -> bool:
        """Return whether a rule permits every packet, between the interfaces it names."""
        boxes = boxes_between(rule, self.version, interfaces)
        if not boxes:
            return False
        alone = Meetings(boxes, ())
        ways = boxes[0][:2]
        whole = boxes_between(Rule(Action.PERMIT, ""), self.version, interfaces)[0]
        return all(
            alone.outside(part, (1 << len(boxes)) - 1) is None
            for part in existing((*ways, *whole[2:]), self.version, opening=self._opening)
        )


def is_chain_policy(rule: Rule) -> bool:
    """Return whether a rule is the policy of a chain: a default, and no line anybody wrote."""
    free = not (rule.services or rule.in_interfaces or rule.out_interfaces)
    return rule.name.endswith(CHAIN_POLICY) and free


def is_undeclared(rule: Rule) -> bool:
    """Return whether a rule is uncertain only because of groups that are undeclared."""
    reasons = (rule.uncertain or "").split(", ")
    return not rule.macs and all(reason.startswith(OBJECT) for reason in reasons)


def line_key(rule: Rule) -> tuple[object, ...]:
    """Return what all rules of a line have in common; one written nowhere is a line alone."""
    return (id(rule),) if rule.source == NOWHERE else (rule.source, rule.action)


def lines_of(lists: Sequence[Sequence[Rule]]) -> tuple[list[Line], list[list[tuple[int, Rule]]]]:
    """Return the lines of some lists, and for each list its rules with the numbers of their lines.

    Rules that are written in one place and do the same are one line. Those made by a program are
    written nowhere and are each a line.
    """
    lines: list[Line] = []
    known: dict[tuple[object, ...], Line] = {}
    placed: list[list[tuple[int, Rule]]] = []
    for rules in lists:
        placed.append([])
        for rule in rules:
            written = line_key(rule)
            line = known.get(written) if rule.source != NOWHERE else None
            if line is None:
                line = Line(len(lines), rule)
                lines.append(line)
                known[written] = line
            placed[-1].append((line.number, rule))
    return lines, placed
