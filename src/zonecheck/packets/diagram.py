"""Interval decision diagrams: canonical functions from field values to a terminal.

INVARIANTS of a node `(level, cuts, children)`, kept by `DiagramTable.node`:

- `cuts` is not empty, rises strictly, and child `i` covers the values from `cuts[i - 1]` (0 for the
  first) up to but not including `cuts[i]` (the end of the field for the last);
- no two neighbouring children are equal, and every child's level is greater than the node's;
- a node is stored once, so two functions of one table are equal iff their numbers are.

CHOICE OF DATA STRUCTURE: nodes are small integers into one list of tuples rather than objects. A
number is cheaper to hash than an object, a pair of numbers makes one integer memo key, and tuples
of integers leave the garbage collector alone.

CAUTION: the nodes of one table mean nothing in another; only `PacketSpace` hands them around.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from operator import eq
from typing import Final, NamedTuple

from zonecheck.packets.field import Field, Interval
from zonecheck.packets.splice import END, Splicer

Node = int
Cuts = tuple[int, ...]
Children = tuple[Node, ...]

DENY: Final[Node] = 0
PERMIT: Final[Node] = 1
UNDECIDED: Final[Node] = 2
TERMINALS: Final = (DENY, PERMIT, UNDECIDED)

TERMINAL_LEVEL: Final = len(Field)

_OTHER: Final = -1
_DESCEND: Final = -2
_MEMO_SHIFT: Final = 40

_LONG: Final = 24
"""From this many cuts on, looking for an earlier merge to splice pays."""

_LOPSIDED: Final = 4
"""From this ratio of sizes on, bisecting the larger node beats walking along it."""


class _Operation(NamedTuple):
    """How a binary operation treats terminals.

    `left[t]` is the result of `t op x` for every `x`: a terminal, `_OTHER` for `x` itself, or
    `_DESCEND` if it depends on `x`; `right[t]` likewise for `x op t`. `same` is the result of
    `x op x`.
    """

    left: tuple[int, int, int]
    right: tuple[int, int, int]
    same: int
    commutes: bool


_INTERSECTION = _Operation(
    (DENY, _OTHER, _DESCEND), (DENY, _OTHER, _DESCEND), _OTHER, commutes=True
)
_UNION = _Operation((_OTHER, PERMIT, _DESCEND), (_OTHER, PERMIT, _DESCEND), _OTHER, commutes=True)
_DIFFERENCE = _Operation((DENY, _DESCEND, _DESCEND), (_OTHER, DENY, _DESCEND), DENY, commutes=False)
_OVERLAY = _Operation((DENY, PERMIT, _OTHER), (_DESCEND, _DESCEND, _OTHER), _OTHER, commutes=False)


def _terminal(node: Node) -> Node:
    """Return `node`, a terminal being the same in every table."""
    return node


class DiagramTable:
    """The store of one family of diagrams, with the operations on them.

    `union`, `intersection` and `difference` expect diagrams that end in DENY and PERMIT only;
    `overlay(a, b)` is `a` where `a` is decided and `b` elsewhere, is associative, and has
    UNDECIDED as its unit.

    COSTS: comparing and testing for emptiness are O(1). A binary operation is at most the product
    of the two sizes, and in practice near the smaller operand's: wherever one side is a unit or a
    zero the other is copied by slices or dropped. Results are remembered until `forget`. Nodes
    live as long as their table: drop the table (or compile in a scratch table and `adopt` the
    result) to give memory back.
    """

    def __init__(self) -> None:
        self.nodes: list[tuple[int, Cuts, Children]] = [(TERMINAL_LEVEL, (), ())] * len(TERMINALS)
        self._numbers: dict[tuple[int, Cuts, Children], Node] = {}
        self._memos: list[dict[int, Node]] = []
        self._splicers: list[Splicer] = []
        self.intersection = self._binary(_INTERSECTION)
        self.union = self._binary(_UNION)
        self.difference = self._binary(_DIFFERENCE)
        self.overlay = self._binary(_OVERLAY)

    def __len__(self) -> int:
        return len(self.nodes)

    def node(self, level: int, cuts: Sequence[int], children: Sequence[Node]) -> Node:
        """Return the node with these parts; neighbouring children must differ already."""
        if not cuts:
            return children[0]
        key = (level, tuple(cuts), tuple(children))
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.nodes)
            self.nodes.append(key)
        return number

    def reduced(self, level: int, cuts: Sequence[int], children: Sequence[Node]) -> Node:
        """Return the node for these children, merging neighbours that are equal."""
        if not any(map(eq, children, islice(children, 1, None))):
            return self.node(level, cuts, children)
        last = children[0]
        kept_cuts: list[int] = []
        kept = [last]
        for cut, child in zip(cuts, children[1:], strict=True):
            if child != last:
                kept_cuts.append(cut)
                kept.append(child)
                last = child
        return self.node(level, kept_cuts, kept)

    def within(
        self, level: int, intervals: Iterable[Interval], highest: int, inside: Node, outside: Node
    ) -> Node:
        """Return `inside` for the values in `intervals` (normalised) and `outside` elsewhere."""
        if inside == outside:
            return inside
        cuts: list[int] = []
        children = [outside]
        for low, high in intervals:
            if low:
                cuts.append(low)
                children.append(inside)
            else:
                children = [inside]
            if high < highest:
                cuts.append(high + 1)
                children.append(outside)
        return self.node(level, cuts, children)

    def at(self, node: Node, level: int, value: int) -> Node:
        """Return what `node` becomes once the field of `level` (its top one or above) is known."""
        top, cuts, children = self.nodes[node]
        return children[bisect_right(cuts, value)] if top == level else node

    def pieces(self, node: Node, level: int, highest: int) -> list[tuple[int, int, Node]]:
        """Return `(lowest, highest, child)` for every interval of `node` at `level`."""
        top, cuts, children = self.nodes[node]
        if top != level:
            return [(0, highest, node)]
        return list(zip((0, *cuts), (*(cut - 1 for cut in cuts), highest), children, strict=True))

    def evaluate(self, node: Node, values: Sequence[int]) -> Node:
        """Return the terminal that `node` gives the field values."""
        while node > UNDECIDED:
            level, cuts, children = self.nodes[node]
            node = children[bisect_right(cuts, values[level])]
        return node

    def union_all(self, operands: Sequence[Node]) -> Node:
        """Return the union of all operands, folded as a balanced tree."""
        pending = list(operands) or [DENY]
        while len(pending) > 1:
            joined = [self.union(a, b) for a, b in zip(pending[::2], pending[1::2], strict=False)]
            pending = joined + pending[2 * len(joined) :]
        return pending[0]

    def reachable(self, *roots: Node) -> int:
        """Return how many inner nodes the roots use together."""
        seen: set[Node] = set(TERMINALS)
        pending = list(roots)
        while pending:
            node = pending.pop()
            if node not in seen:
                seen.add(node)
                pending.extend(self.nodes[node][2])
        return len(seen) - len(TERMINALS)

    def adopt(
        self,
        other: "DiagramTable",
        root: Node,
        level: int = TERMINAL_LEVEL,
        image: Callable[[Node], Node] = _terminal,
    ) -> Node:
        """Return this table's node equal to `root` of `other`; linear in the size of `root`.

        Subdiagrams that start at `level` or below are replaced by their `image`, which must be a
        node of this table.
        """
        known: dict[Node, Node] = {}

        def copy(node: Node) -> Node:
            mine = known.get(node)
            if mine is None:
                top, cuts, children = other.nodes[node]
                if top >= level:
                    mine = image(node)
                else:
                    images = {child: copy(child) for child in set(children)}
                    mine = self.reduced(top, cuts, [images[child] for child in children])
                known[node] = mine
            return mine

        return copy(root)

    def forget(self) -> None:
        """Drop every remembered result; nodes keep their numbers."""
        for memo in self._memos:
            memo.clear()
        for splicer in self._splicers:
            splicer.forget()

    def leaf(self, level: int, payload: tuple[int, int]) -> Node:
        """Return the number of an opaque leaf; only `overlay_of_leaves` and `adopt` know these."""
        key = (level, (), payload)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.nodes)
            self.nodes.append(key)
        return number

    def overlay_of_leaves(
        self, level: int, overlay: Callable[[Node, Node], Node]
    ) -> Callable[[Node, Node], Node]:
        """Return the overlay for diagrams that end at `level` in leaves of the caller's own.

        `overlay` combines two leaves, or a leaf and a terminal.
        """
        return self._binary(_OVERLAY, level, overlay)

    def _binary(
        self,
        operation: _Operation,
        leaf_level: int = TERMINAL_LEVEL,
        leaves: Callable[[Node, Node], Node] | None = None,
    ) -> Callable[[Node, Node], Node]:
        """Return `operation` as a function with its own memo.

        The recursion is at most one call deep per level of either operand.
        """
        left, right, same, commutes = operation
        nodes, memo = self.nodes, dict[int, Node]()
        self._memos.append(memo)

        def combine(a: Node, b: Node) -> Node:
            if a <= UNDECIDED and (settled := left[a]) != _DESCEND:
                return b if settled == _OTHER else settled
            if b <= UNDECIDED and (settled := right[b]) != _DESCEND:
                return a if settled == _OTHER else settled
            if a == b:
                return a if same == _OTHER else same
            if commutes and a > b:
                a, b = b, a
            key = a << _MEMO_SHIFT | b
            result = memo.get(key)
            if result is not None:
                return result
            level_a, cuts_a, children_a = nodes[a]
            level_b, cuts_b, children_b = nodes[b]
            if leaves and level_a >= leaf_level and level_b >= leaf_level:
                result = leaves(a, b)
            elif level_a < level_b:
                images = {x: combine(x, b) for x in set(children_a)}
                result = self.reduced(level_a, cuts_a, [images[x] for x in children_a])
            elif level_b < level_a:
                images = {y: combine(a, y) for y in set(children_b)}
                result = self.reduced(level_b, cuts_b, [images[y] for y in children_b])
            elif cuts_a == cuts_b:
                result = self.reduced(level_a, cuts_a, [*map(combine, children_a, children_b)])
            elif len(cuts_a) * _LOPSIDED < len(cuts_b):
                parts = driven(cuts_a, children_a, cuts_b, children_b, left, combine)
                result = self.node(level_a, *parts)
            elif len(cuts_b) * _LOPSIDED < len(cuts_a):
                parts = driven(cuts_b, children_b, cuts_a, children_a, right, flipped)
                result = self.node(level_a, *parts)
            elif len(cuts_a) < _LONG:
                result = self.node(level_a, *zipped(cuts_a, children_a, cuts_b, children_b))
            else:
                result = self.node(level_a, *splicer.merged(a, b))
                splicer.note(a, b, result)
            memo[key] = result
            return result

        def flipped(b: Node, a: Node) -> Node:
            return combine(a, b)

        zipped, driven = _zipper(operation, memo, combine), _driven
        splicer = Splicer(nodes, zipped)
        self._splicers.append(splicer)
        return combine


_Parts = tuple[list[int], list[Node]]


def _zipper(
    operation: _Operation, memo: dict[int, Node], combine: Callable[[Node, Node], Node]
) -> Callable[[Cuts, Children, Cuts, Children], _Parts]:
    """Return the merge of two nodes of like size: one walk along both, step by step.

    What `combine` would settle at once is settled here, because the call costs more than the rest
    of the step.
    """
    left, right = operation.left, operation.right
    remembered = memo.get

    def zipped(cuts_a: Cuts, children_a: Children, cuts_b: Cuts, children_b: Children) -> _Parts:
        ends_a, ends_b = iter((*cuts_a, END)), iter((*cuts_b, END))
        nodes_a, nodes_b = iter(children_a), iter(children_b)
        end_a, end_b, a, b = next(ends_a), next(ends_b), next(nodes_a), next(nodes_b)
        cuts: list[int] = []
        out: list[Node] = []
        last, low = -1, 0
        while True:
            if a <= UNDECIDED and (settled := left[a]) != _DESCEND:
                result = b if settled == _OTHER else settled
            elif b <= UNDECIDED and (settled := right[b]) != _DESCEND:
                result = a if settled == _OTHER else settled
            elif (known := remembered(a << _MEMO_SHIFT | b)) is not None:
                result = known
            else:
                result = combine(a, b)
            if result != last:
                cuts.append(low)
                out.append(result)
                last = result
            if end_a < end_b:
                low, end_a, a = end_a, next(ends_a), next(nodes_a)
            elif end_b < end_a:
                low, end_b, b = end_b, next(ends_b), next(nodes_b)
            elif end_a == END:
                return cuts[1:], out
            else:
                low, end_a, a = end_a, next(ends_a), next(nodes_a)
                end_b, b = next(ends_b), next(nodes_b)

    return zipped


def _driven(
    cuts: Cuts,
    children: Children,
    other_cuts: Cuts,
    other_children: Children,
    settled: tuple[int, int, int],
    combine: Callable[[Node, Node], Node],
) -> _Parts:
    """Return the merge of two nodes of unlike size, driven from the smaller.

    Where the driver's child is a unit the other's cuts are copied by slices; where it is a zero
    they are skipped by bisection.
    """
    out_cuts: list[int] = []
    out: list[Node] = []
    last = -1
    low = first = 0
    end = len(children) - 1
    for position, child in enumerate(children):
        stop = (
            len(other_cuts) if position == end else bisect_left(other_cuts, cuts[position], first)
        )
        action = settled[child] if child <= UNDECIDED else _DESCEND
        if action >= 0:
            if action != last:
                out_cuts.append(low)
                out.append(action)
                last = action
        elif action == _OTHER:
            skip = other_children[first] == last
            out_cuts += other_cuts[first:stop] if skip else (low, *other_cuts[first:stop])
            out += other_children[first + skip : stop + 1]
            last = out[-1]
        else:
            start = low
            for index in range(first, stop + 1):
                result = combine(child, other_children[index])
                if result != last:
                    out_cuts.append(start)
                    out.append(result)
                    last = result
                if index < stop:
                    start = other_cuts[index]
        if position < end:
            low = cuts[position]
            first = stop + (stop < len(other_cuts) and other_cuts[stop] == low)
    return out_cuts[1:], out
