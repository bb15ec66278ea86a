"""First-match rule lists compiled to the diagram of what they permit.

A list is cut into blocks; a block becomes a three-valued diagram (deny, permit, undecided) by a
sweep down the levels that carries the rules still relevant as the bits of one integer; blocks are
then overlaid pairwise, left over right, because the overlay is associative but a long fold from
one end would walk the growing result once per block.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from zonecheck.packets.diagram import (
    DENY,
    PERMIT,
    TERMINAL_LEVEL,
    UNDECIDED,
    DiagramTable,
    Node,
)
from zonecheck.packets.field import MAXIMA, Field, Interval, Intervals, normalise

LONGEST_BLOCK: Final = 512
MOST_WIDE: Final = 16
"""A block ends at so many rules, or at so many that leave an address free.

A sweep is cheaper than the overlays it saves while few rules meet in one place; rules that leave an
address free meet everywhere.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a first-match list: intervals per field, and whether a match is permitted.

    CAUTION: `None` and the empty tuple both mean *any value*. A match that no value satisfies (the
    complement of everything, an empty group) is written `NOTHING`, as `field.complement` does.
    """

    permit: bool
    dst: Sequence[Interval] | None = None
    src: Sequence[Interval] | None = None
    protocols: Sequence[Interval] | None = None
    dst_ports: Sequence[Interval] | None = None
    src_ports: Sequence[Interval] | None = None
    flags: Sequence[Interval] | None = None


_MATCHES = attrgetter("dst", "src", "protocols", "dst_ports", "src_ports", "flags")

_Match = tuple[Intervals | None, ...]


def compile_rules(
    table: DiagramTable, rules: Sequence[Rule], version: int, valid: Node, *, default: bool
) -> Node:
    """Return the diagram in `table` of the headers that the first matching rule permits.

    `default` decides headers that no rule matches; `valid` are the headers that exist, told apart
    below the addresses only. Intermediate diagrams live in a scratch table that is gone on return.
    """
    scratch = DiagramTable()
    root = overlay_of_rules(scratch, rules, version)
    otherwise = PERMIT if default else DENY

    def decided(node: Node) -> Node:
        service = table.adopt(scratch, node)
        return table.intersection(table.overlay(service, otherwise), valid)

    return table.adopt(scratch, root, Field.PROTOCOL, decided)


def overlay_of_rules(table: DiagramTable, rules: Sequence[Rule], version: int) -> Node:
    """Return the three-valued diagram of a first-match list without its default."""
    chains = _Chains(table, version)
    pending = [_Block(table, chains, block).compile() for block in _blocks(rules)] or [UNDECIDED]
    while len(pending) > 1:
        joined = [table.overlay(a, b) for a, b in zip(pending[::2], pending[1::2], strict=False)]
        pending = joined + pending[2 * len(joined) :]
    return pending[0]


def _blocks(rules: Sequence[Rule]) -> Iterator[Sequence[Rule]]:
    """Yield the list in runs short enough for one sweep each."""
    start = wide = 0
    for index, rule in enumerate(rules):
        wide += not rule.dst or not rule.src
        if wide == MOST_WIDE or index - start + 1 == LONGEST_BLOCK:
            yield rules[start : index + 1]
            start, wide = index + 1, 0
    if start < len(rules):
        yield rules[start:]


class _Chains:
    """The diagrams of single rules, remembered by content.

    `chain[level]` of a rule is its diagram if the levels above are known to match.
    """

    def __init__(self, table: DiagramTable, version: int) -> None:
        self._table = table
        self.maxima = MAXIMA[version]
        self._known: dict[tuple[object, ...], tuple[Node, ...]] = {}
        self._normal: list[dict[Intervals, Intervals | None]] = [{} for _ in Field]

    def match(self, rule: Rule) -> _Match | None:
        """Return the rule's normalised intervals per level, `None` if no header can match."""
        matches: list[Intervals | None] = []
        for intervals, known, highest in zip(
            _MATCHES(rule), self._normal, self.maxima, strict=True
        ):
            if not intervals:
                matches.append(None)
                continue
            key = tuple(intervals)
            if key not in known:
                known[key] = _normalised(key, highest)
            normal = known[key]
            if normal == ():
                return None
            matches.append(normal)
        return tuple(matches)

    def chain(self, match: _Match, action: Node) -> tuple[Node, ...]:
        """Return the rule's diagrams from every level down, the bare action last."""
        nodes = [action] * (TERMINAL_LEVEL + 1)
        head = self._tail(match[Field.PROTOCOL :], action)
        nodes[Field.PROTOCOL :] = head
        node = head[0]
        for level in range(Field.PROTOCOL - 1, -1, -1):
            intervals = match[level]
            if intervals is not None:
                node = self._table.within(level, intervals, self.maxima[level], node, UNDECIDED)
            nodes[level] = node
        return tuple(nodes)

    def _tail(self, match: _Match, action: Node) -> tuple[Node, ...]:
        key = (*match, action)
        known = self._known.get(key)
        if known is None:
            nodes = [action]
            for level in range(TERMINAL_LEVEL - 1, Field.PROTOCOL - 1, -1):
                intervals = match[level - Field.PROTOCOL]
                node = nodes[-1]
                if intervals is not None:
                    highest = self.maxima[level]
                    node = self._table.within(level, intervals, highest, node, UNDECIDED)
                nodes.append(node)
            known = self._known[key] = tuple(reversed(nodes))
        return known


def _normalised(intervals: Intervals, highest: int) -> Intervals | None:
    """Return the intervals normalised, `None` if they hold every value."""
    if len(intervals) != 1 or not 0 <= intervals[0][0] <= intervals[0][1] <= highest:
        intervals = normalise(intervals, highest)
    return None if intervals == ((0, highest),) else intervals


class _Block:
    """A short run of rules, compiled in one sweep.

    Bit `i` of a mask stands for rule `i`, so the lowest bit is the rule that decides first.
    """

    def __init__(self, table: DiagramTable, chains: _Chains, rules: Sequence[Rule]) -> None:
        self._table = table
        self._ends = [highest + 1 for highest in chains.maxima]
        self._chains: list[tuple[Node, ...]] = []
        self._edges: list[list[tuple[int, ...]]] = [[] for _ in Field]
        self._constrained = [0] * len(Field)
        self._memo: list[dict[int, Node]] = [{} for _ in Field]
        for rule in rules:
            match = chains.match(rule)
            if match is not None:
                self._add(chains, match, PERMIT if rule.permit else DENY)
        self._size = len(self._chains)
        self._open = self._open_masks()

    def _add(self, chains: _Chains, match: _Match, action: Node) -> None:
        bit = 1 << len(self._chains)
        for level, intervals in enumerate(match):
            edges: tuple[int, ...] = ()
            if intervals is not None:
                self._constrained[level] |= bit
                edges = tuple(edge for low, high in intervals for edge in (low, high + 1))
            self._edges[level].append(edges)
        self._chains.append(chains.chain(match, action))

    def _open_masks(self) -> list[int]:
        """Return per level the rules that decide everything from that level down."""
        mask = (1 << self._size) - 1
        masks = [mask]
        for constrained in reversed(self._constrained):
            mask &= ~constrained
            masks.append(mask)
        return masks[::-1]

    def compile(self) -> Node:
        """Return the block's three-valued diagram."""
        return self._sweep(0, (1 << self._size) - 1)

    def _sweep(self, level: int, mask: int) -> Node:
        """Return the diagram from `level` down of the rules in `mask`."""
        deciding = mask & self._open[level]
        if deciding:
            mask &= ((deciding & -deciding) << 1) - 1
        if not mask & (mask - 1):
            return self._chains[mask.bit_length() - 1][level] if mask else UNDECIDED
        if level >= Field.PROTOCOL:
            return self._stack(level, mask)
        active = mask & self._constrained[level]
        if not active:
            return self._sweep(level + 1, mask)
        memo = self._memo[level]
        node = memo.get(mask)
        if node is None:
            node = memo[mask] = self._split(level, mask, active)
        return node

    def _split(self, level: int, mask: int, active: int) -> Node:
        toggles: dict[int, int] = {}
        edges = self._edges[level]
        rest = active
        while rest:
            bit = rest & -rest
            rest ^= bit
            for edge in edges[bit.bit_length() - 1]:
                toggles[edge] = toggles.get(edge, 0) ^ bit
        current = (mask ^ active) ^ toggles.pop(0, 0)
        toggles.pop(self._ends[level], 0)
        last = self._sweep(level + 1, current)
        cuts: list[int] = []
        children = [last]
        for edge in sorted(toggles):
            current ^= toggles[edge]
            child = self._sweep(level + 1, current)
            if child != last:
                cuts.append(edge)
                children.append(child)
                last = child
        return self._table.node(level, cuts, children)

    def _stack(self, level: int, mask: int) -> Node:
        """Overlay the rules' own diagrams, last to first.

        Below the addresses rules are services: few distinct ones, so the overlays are remembered
        across blocks, which a sweep keyed by the block's own bits could not be.
        """
        node: Node = UNDECIDED
        overlay = self._table.overlay
        while mask:
            index = mask.bit_length() - 1
            mask ^= 1 << index
            node = overlay(self._chains[index][level], node)
        return node
