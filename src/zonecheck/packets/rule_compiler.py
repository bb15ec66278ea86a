"""First-match rule lists compiled to the diagram of what they permit.

A list is cut into blocks; a block becomes a three-valued diagram (deny, permit, undecided) by a
sweep down the levels that carries the rules still relevant as the bits of one integer; blocks are
then overlaid pairwise, left over right, because the overlay is associative but a long fold from
one end would walk the growing result once per block.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Final

from zonecheck.packets.diagram import DiagramTable
from zonecheck.packets.field import MAXIMA, Field, Interval, Intervals, normalise
from zonecheck.packets.node_merge import DENY, PERMIT, UNDECIDED, Node
from zonecheck.packets.services import MOST_CELLS, Services, services_for

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

Match = tuple[Intervals | None, ...]
"""Normalised intervals in level order, `None` for a free field."""

Decision = tuple[Match, Node]
"""A normalised rule: what it matches, and PERMIT or DENY."""

_ADDRESSES: Final = (Field.DST, Field.SRC)


def compile_rules(
    table: DiagramTable,
    rules: Sequence[Rule],
    version: int,
    valid: Node,
    *,
    default: bool,
    most_cells: int = MOST_CELLS,
) -> Node:
    """Return the diagram in `table` of the headers that the first matching rule permits.

    `default` decides headers that no rule matches; `valid` are the headers that exist, told apart
    below the addresses only. Intermediate diagrams live in a scratch table that is gone on return.
    """
    (root,) = compile_lists(table, [(rules, default)], version, valid, most_cells=most_cells)
    return root


def compile_lists(
    table: DiagramTable,
    lists: Sequence[tuple[Sequence[Rule], bool]],
    version: int,
    valid: Node,
    *,
    most_cells: int = MOST_CELLS,
) -> list[Node]:
    """Return the diagrams of lists with their defaults, as `compile_rules` does one by one.

    Lists of one network name the same services over and over; taken together they pay for them
    once. Scratch memory follows the sum of the lists.
    """
    listed = [decisions_of(rules, version) for rules, _ in lists]
    scratch = DiagramTable()
    matches = {match[Field.PROTOCOL :] for decisions in listed for match, _ in decisions}
    services = services_for(scratch, version, matches, most_cells)
    known: dict[tuple[Node, Node], Node] = {}

    def settled(node: Node, otherwise: Node) -> Node:
        if (node, otherwise) not in known:
            found = services.settled(node, otherwise, table)
            known[node, otherwise] = table.intersection(found, valid)
        return known[node, otherwise]

    roots: list[Node] = []
    for decisions, (_, default) in zip(listed, lists, strict=True):
        otherwise = PERMIT if default else DENY
        root = overlay_of_decisions(services, decisions, version)
        roots.append(
            table.adopt(scratch, root, Field.PROTOCOL, partial(settled, otherwise=otherwise))
        )
    return roots


def overlay_of_decisions(services: Services, decisions: Sequence[Decision], version: int) -> Node:
    """Return the three-valued diagram of a first-match list without its default."""
    blocks = _blocks(decisions)
    pending = [_Block(services, block, version).compile() for block in blocks] or [UNDECIDED]
    overlay = services.overlay
    while len(pending) > 1:
        joined = [overlay(a, b) for a, b in zip(pending[::2], pending[1::2], strict=False)]
        pending = joined + pending[2 * len(joined) :]
    return pending[0]


def decisions_of(rules: Sequence[Rule], version: int) -> list[Decision]:
    """Return the rules normalised, without those that no header can match."""
    maxima = MAXIMA[version]
    normal: list[dict[Intervals, Intervals | None]] = [{} for _ in Field]
    decisions: list[Decision] = []
    for rule in rules:
        match: list[Intervals | None] = []
        for intervals, known, highest in zip(_MATCHES(rule), normal, maxima, strict=True):
            if not intervals:
                match.append(None)
                continue
            key = tuple(intervals)
            if key not in known:
                known[key] = _normalised(key, highest)
            match.append(known[key])
        if () not in match:
            decisions.append((tuple(match), PERMIT if rule.permit else DENY))
    return decisions


def _normalised(intervals: Intervals, highest: int) -> Intervals | None:
    """Return the intervals normalised, `None` if they hold every value."""
    if len(intervals) != 1 or not 0 <= intervals[0][0] <= intervals[0][1] <= highest:
        intervals = normalise(intervals, highest)
    return None if intervals == ((0, highest),) else intervals


def _blocks(decisions: Sequence[Decision]) -> Iterator[Sequence[Decision]]:
    """Yield the list in runs short enough for one sweep each."""
    start = wide = 0
    for index, (match, _) in enumerate(decisions):
        wide += match[Field.DST] is None or match[Field.SRC] is None
        if wide == MOST_WIDE or index - start + 1 == LONGEST_BLOCK:
            yield decisions[start : index + 1]
            start, wide = index + 1, 0
    if start < len(decisions):
        yield decisions[start:]


class _Block:
    """A short run of rules, compiled in one sweep down the address levels.

    Bit `i` of a mask stands for rule `i`, so the lowest bit is the rule that decides first.
    """

    def __init__(self, services: Services, decisions: Sequence[Decision], version: int) -> None:
        self._table = services.table
        self._overlay = services.overlay
        self._ends = [highest + 1 for highest in MAXIMA[version]]
        self._chains: list[tuple[Node, ...]] = []
        self._edges: list[list[tuple[int, ...]]] = [[] for _ in _ADDRESSES]
        self._constrained = [0] * len(_ADDRESSES)
        self._memo: list[dict[int, Node]] = [{} for _ in _ADDRESSES]
        final = 0
        for match, action in decisions:
            service = services.of(match[Field.PROTOCOL :], action)
            final |= (service == action) << len(self._chains)
            self._add(match, service)
        self._size = len(decisions)
        self._open = self._open_masks(final)

    def _add(self, match: Match, service: Node) -> None:
        """Note a rule's edges, and its diagrams from every address level down."""
        bit = 1 << len(self._chains)
        chain = [service]
        for level in reversed(_ADDRESSES):
            intervals = match[level]
            edges: tuple[int, ...] = ()
            if intervals is not None:
                self._constrained[level] |= bit
                edges = tuple([edge for low, high in intervals for edge in (low, high + 1)])
                highest = self._ends[level] - 1
                node = self._table.within(level, intervals, highest, chain[-1], UNDECIDED)
                chain.append(node)
            else:
                chain.append(chain[-1])
            self._edges[level].append(edges)
        self._chains.append(tuple(reversed(chain)))

    def _open_masks(self, final: int) -> list[int]:
        """Return per level the rules that decide everything from that level down.

        `final` are the rules that match any service.
        """
        masks = [final]
        for constrained in reversed(self._constrained):
            masks.append(masks[-1] & ~constrained)
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
        if level == Field.PROTOCOL:
            return self._stack(mask)
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

    def _stack(self, mask: int) -> Node:
        """Return the overlay of the rules' services, joined from last to first.

        Services are few and shared by all blocks, so a remembered overlay is worth more here than
        a sweep keyed by the block's own bits.
        """
        node: Node = UNDECIDED
        while mask:
            index = mask.bit_length() - 1
            mask ^= 1 << index
            node = self._overlay(self._chains[index][-1], node)
        return node
