"""Interval decision diagrams: canonical functions from field values to a terminal.

INVARIANTS of a node `(level, cuts, children)`, kept by `DiagramTable.node`:

- `cuts` is not empty, rises strictly, and child `i` covers the values from `cuts[i - 1]` (0 for the
  first) up to but not including `cuts[i]` (the end of the field for the last);
- no two neighbouring children are equal, and every child's level is greater than the node's;
- a node is stored once, so two functions of one table are equal iff their numbers are.

CHOICE OF DATA STRUCTURE: nodes are small integers into one list of tuples rather than objects. A
number is cheaper to hash than an object, a pair of numbers makes one integer memo key, and tuples
of integers leave the garbage collector alone.

An opaque leaf (`DiagramTable.leaf`) is the one exception: it has no cuts, and its children are its
owner's payload. Leaves occur in the scratch tables of list compiles only.

CAUTION: the nodes of one table mean nothing in another; only `PacketSpace` hands them around.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, pairwise
from operator import eq

from zonecheck.packets.field import Interval
from zonecheck.packets.node_merge import (
    DENY,
    DESCEND,
    DIFFERENCE,
    INTERSECTION,
    LOPSIDED,
    MEMO_SHIFT,
    OTHER,
    OVERLAY,
    TERMINAL_LEVEL,
    TERMINALS,
    UNDECIDED,
    UNION,
    Children,
    Cuts,
    Node,
    Operation,
    driven_merge,
    zipper,
)


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
        self.intersection = self._binary(INTERSECTION)
        self.union = self._binary(UNION)
        self.difference = self._binary(DIFFERENCE)
        self.overlay = self._binary(OVERLAY)

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

    def join(self, level: int, highest: int, operands: Sequence[Node]) -> Node:
        """Return the union, in one pass where no two operands share a value at `level`.

        `level` must not lie below the top of any operand. Where two do share one, the cost is
        that of `union_all`.
        """
        found = [
            piece
            for operand in operands
            for piece in self.pieces(operand, level, highest)
            if piece[2] != DENY
        ]
        found.sort()
        if any(a[1] >= b[0] for a, b in pairwise(found)):
            return self.union_all(operands)
        return self.of_pieces(level, highest, found)

    def of_pieces(self, level: int, highest: int, pieces: Iterable[tuple[int, int, Node]]) -> Node:
        """Return the node with `(lowest, highest, child)` pieces, denying elsewhere.

        Pieces rise and do not overlap.
        """
        cuts: list[int] = []
        children: list[Node] = []
        end = 0
        for low, high, child in pieces:
            if low > end:
                cuts.append(end)
                children.append(DENY)
            cuts.append(low)
            children.append(child)
            end = high + 1
        if end <= highest:
            cuts.append(end)
            children.append(DENY)
        return self.reduced(level, cuts[1:], children)

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
        return self._binary(OVERLAY, level, overlay)

    def _binary(
        self,
        operation: Operation,
        leaf_level: int = TERMINAL_LEVEL,
        leaves: Callable[[Node, Node], Node] | None = None,
    ) -> Callable[[Node, Node], Node]:
        """Return `operation` as a function with its own memo.

        The recursion is at most one call deep per level of either operand.
        """
        left, right, same, commutes = operation
        memo: dict[int, Node] = {}
        self._memos.append(memo)

        def combine(a: Node, b: Node) -> Node:
            if a <= UNDECIDED and (settled := left[a]) != DESCEND:
                return b if settled == OTHER else settled
            if b <= UNDECIDED and (settled := right[b]) != DESCEND:
                return a if settled == OTHER else settled
            if a == b:
                return a if same == OTHER else same
            if commutes and a > b:
                a, b = b, a
            key = a << MEMO_SHIFT | b
            result = memo.get(key)
            if result is None:
                if leaves and min(nodes[a][0], nodes[b][0]) >= leaf_level:
                    result = leaves(a, b)
                else:
                    result = expand(a, b)
                memo[key] = result
            return result

        nodes, expand = self.nodes, self._expander(operation, memo, combine)
        return combine

    def _expander(
        self, operation: Operation, memo: dict[int, Node], combine: Callable[[Node, Node], Node]
    ) -> Callable[[Node, Node], Node]:
        """Return the step of an operation that nothing settles: combine the children."""
        nodes, zipped = self.nodes, zipper(operation, memo, combine)

        def flipped(b: Node, a: Node) -> Node:
            return combine(a, b)

        def expand(a: Node, b: Node) -> Node:
            level_a, cuts_a, children_a = nodes[a]
            level_b, cuts_b, children_b = nodes[b]
            if level_a < level_b:
                images = {x: combine(x, b) for x in set(children_a)}
                return self.reduced(level_a, cuts_a, [images[x] for x in children_a])
            if level_b < level_a:
                images = {y: combine(a, y) for y in set(children_b)}
                return self.reduced(level_b, cuts_b, [images[y] for y in children_b])
            if cuts_a == cuts_b:
                return self.reduced(level_a, cuts_a, [*map(combine, children_a, children_b)])
            if len(cuts_a) * LOPSIDED < len(cuts_b):
                parts = driven_merge(
                    cuts_a, children_a, cuts_b, children_b, operation.left, combine
                )
            elif len(cuts_b) * LOPSIDED < len(cuts_a):
                parts = driven_merge(
                    cuts_b, children_b, cuts_a, children_a, operation.right, flipped
                )
            else:
                parts = zipped(cuts_a, children_a, cuts_b, children_b)
            return self.node(level_a, *parts)

        return expand
