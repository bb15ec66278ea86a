"""What rules say below the addresses: protocol, ports and flags, joined by overlay.

A list names few distinct services but overlays them in very many combinations. `CellServices`
therefore cuts the space below the addresses once, into cells that no rule of the list tells apart,
and writes a three-valued function as two integers with a bit per cell; an overlay is then three
integer operations. A list whose services make too many cells falls back to `DiagramServices`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import Final, NamedTuple, Protocol

from zonecheck.packets.diagram import DiagramTable
from zonecheck.packets.field import MAXIMA, Field, Intervals
from zonecheck.packets.node_merge import DENY, PERMIT, TERMINAL_LEVEL, UNDECIDED, Node

ServiceMatch = tuple[Intervals | None, ...]
"""Normalised intervals from `Field.PROTOCOL` down, `None` for a free field."""

MOST_CELLS: Final = 4096

_INNER: Final = tuple(range(Field.PROTOCOL + 1, TERMINAL_LEVEL))


class Services(Protocol):
    """A way to hold three-valued functions of the fields below the addresses as nodes."""

    table: DiagramTable
    overlay: Callable[[Node, Node], Node]

    def of(self, match: ServiceMatch, action: Node) -> Node:
        """Return `action` where the match holds, undecided elsewhere."""
        ...

    def settled(self, node: Node, otherwise: Node, table: DiagramTable) -> Node:
        """Return the diagram in `table` of `node`, with `otherwise` where it is undecided."""
        ...


class DiagramServices:
    """Services as plain diagrams, without a bound on what they may be."""

    def __init__(self, table: DiagramTable, version: int) -> None:
        self.table = table
        self.overlay = table.overlay
        self._maxima = MAXIMA[version]
        self._known: dict[tuple[ServiceMatch, Node], Node] = {}

    def of(self, match: ServiceMatch, action: Node) -> Node:
        """Return `action` where the match holds, undecided elsewhere."""
        node = self._known.get((match, action))
        if node is None:
            node = action
            for level in range(TERMINAL_LEVEL - 1, Field.PROTOCOL - 1, -1):
                intervals = match[level - Field.PROTOCOL]
                if intervals is not None:
                    highest = self._maxima[level]
                    node = self.table.within(level, intervals, highest, node, UNDECIDED)
            self._known[match, action] = node
        return node

    def settled(self, node: Node, otherwise: Node, table: DiagramTable) -> Node:
        """Return the diagram in `table` of `node`, with `otherwise` where it is undecided."""
        return table.overlay(table.adopt(self.table, node), otherwise)


class _Grid(NamedTuple):
    """The cells of one interval of protocols: the first bit, and the cuts of each inner level."""

    offset: int
    cuts: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> int:
        """Return the number of cells."""
        size = 1
        for cuts in self.cuts:
            size *= len(cuts) + 1
        return size


class CellServices:
    """Services as bits over cells: `(decided, permitted)`, interned as opaque leaves of a table.

    Within an interval of protocols the cells are numbered like the leaves of a diagram, the last
    level's values lying next to each other.
    """

    def __init__(
        self, table: DiagramTable, version: int, matches: Collection[ServiceMatch]
    ) -> None:
        self.table = table
        self.overlay = table.overlay_of_leaves(Field.PROTOCOL, self._overlay)
        self._starts = (0, *_cuts(matches, 0, MAXIMA[version][Field.PROTOCOL]))
        self._grids: list[_Grid] = []
        self._known: dict[tuple[ServiceMatch, Node], Node] = {}
        self._parts: dict[tuple[int, int, int], Node] = {}
        within: list[list[ServiceMatch]] = [[] for _ in self._starts]
        for match in matches:
            for index in self._within(match[0]):
                within[index].append(match)
        offset = 0
        for found in within:
            cuts = tuple(
                _cuts(found, level - Field.PROTOCOL, MAXIMA[version][level]) for level in _INNER
            )
            self._grids.append(_Grid(offset, cuts))
            offset += self._grids[-1].size
        self._widths = [
            [_Grid(0, grid.cuts[depth:]).size for depth in range(len(_INNER) + 1)]
            for grid in self._grids
        ]
        self.size = offset
        self._full = (1 << offset) - 1

    def of(self, match: ServiceMatch, action: Node) -> Node:
        """Return `action` where the match holds, undecided elsewhere."""
        node = self._known.get((match, action))
        if node is None:
            cells = 0
            for index in self._within(match[0]):
                grid = self._grids[index]
                cells |= _cells(grid.cuts, match[1:]) << grid.offset
            node = self._known[match, action] = self._leaf(cells, cells if action else 0)
        return node

    def _within(self, protocols: Intervals | None) -> Iterable[int]:
        """Return the numbers of the grids whose protocols a match holds for: all of one or none."""
        if protocols is None:
            return range(len(self._starts))
        return chain.from_iterable(
            range(bisect_left(self._starts, low), bisect_right(self._starts, high))
            for low, high in protocols
        )

    def settled(self, node: Node, otherwise: Node, table: DiagramTable) -> Node:
        """Return the diagram in `table` of `node`, with `otherwise` where it is undecided."""
        decided, permitted = self._bits(node)
        if otherwise == PERMIT:
            permitted |= self._full & ~decided
        children = [
            self._part(table, index, 0, permitted >> grid.offset & ((1 << grid.size) - 1))
            for index, grid in enumerate(self._grids)
        ]
        return table.reduced(Field.PROTOCOL, self._starts[1:], children)

    def _part(self, table: DiagramTable, index: int, depth: int, bits: int) -> Node:
        """Return the diagram of some cells of a grid from an inner level down.

        The work follows the runs of equal neighbours and not the cells.
        """
        if not bits:
            return DENY
        cuts, widths = self._grids[index].cuts, self._widths[index]
        width = widths[depth]
        if bits == (1 << width) - 1:
            return PERMIT
        key = (index, depth, bits)
        node = self._parts.get(key)
        if node is None:
            inner = widths[depth + 1]
            one = (1 << inner) - 1
            children = [self._part(table, index, depth + 1, bits & one)]
            starts: list[int] = []
            turns = (bits ^ bits << inner) >> inner & ((1 << width - inner) - 1)
            place = 0
            while turns:
                step = ((turns & -turns).bit_length() - 1) // inner + 1
                place += step
                turns = turns >> step * inner
                starts.append(cuts[depth][place - 1])
                children.append(self._part(table, index, depth + 1, bits >> place * inner & one))
            node = self._parts[key] = table.node(_INNER[depth], starts, children)
        return node

    def _bits(self, node: Node) -> tuple[int, int]:
        if node == UNDECIDED:
            return 0, 0
        if node <= UNDECIDED:
            return self._full, self._full if node == PERMIT else 0
        decided, permitted = self.table.nodes[node][2]
        return decided, permitted

    def _leaf(self, decided: int, permitted: int) -> Node:
        if not decided:
            return UNDECIDED
        if decided == self._full and permitted in (0, decided):
            return PERMIT if permitted else DENY
        return self.table.leaf(Field.PROTOCOL, (decided, permitted))

    def _overlay(self, a: Node, b: Node) -> Node:
        decided, permitted = self._bits(a)
        if decided == self._full:
            return a
        decided_b, permitted_b = self._bits(b)
        return self._leaf(decided | decided_b, permitted | (permitted_b & ~decided))


def _cuts(matches: Collection[ServiceMatch], position: int, highest: int) -> tuple[int, ...]:
    """Return where the matches change their mind about one field."""
    edges = {
        edge for match in matches for low, high in match[position] or () for edge in (low, high + 1)
    }
    return tuple(sorted(edges - {0, highest + 1}))


def _cells(cuts: Sequence[tuple[int, ...]], match: ServiceMatch) -> int:
    """Return the bits of a grid's cells that lie within the match."""
    cells, width = 1, 1
    for level_cuts, intervals in zip(reversed(cuts), reversed(match), strict=True):
        places: Sequence[int] = range(len(level_cuts) + 1)
        if intervals is not None:
            places = [
                place
                for low, high in intervals
                for place in range(
                    bisect_right(level_cuts, low), bisect_right(level_cuts, high) + 1
                )
            ]
        inner, cells = cells, 0
        for place in places:
            cells |= inner << place * width
        width *= len(level_cuts) + 1
    return cells


def services_for(
    table: DiagramTable, version: int, matches: Collection[ServiceMatch], most_cells: int
) -> Services:
    """Return cells if `most_cells` are enough for the matches, else diagrams."""
    bound = 2 * sum(len(match[0] or ()) for match in matches) + 1
    if bound <= most_cells:
        cells = CellServices(table, version, matches)
        if cells.size <= most_cells:
            return cells
    return DiagramServices(table, version)
