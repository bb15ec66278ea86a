"""Boxes: products of intervals, the form in which people read a packet set."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import prod
from typing import Final

from zonecheck.packets.diagram import DiagramTable
from zonecheck.packets.field import (
    FLAG_ESTABLISHED,
    FLAG_FRAGMENT,
    FLAG_NEW,
    MAXIMA,
    Field,
    Header,
    Intervals,
    normalise,
)
from zonecheck.packets.node_merge import DENY, TERMINAL_LEVEL, UNDECIDED, Node

MERGE_LIMIT: Final = 4096
"""Sets of more boxes than this are not merged when only the largest are asked for."""

_Path = tuple[Intervals, ...]


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """Every header of one IP version whose fields lie within the given intervals.

    Invariant: intervals are sorted, neither overlap nor touch, and no field's are empty; a field
    left free has the single interval of all its values.
    """

    version: int
    dst: Intervals
    src: Intervals
    protocols: Intervals
    dst_ports: Intervals
    src_ports: Intervals
    flags: Intervals

    @property
    def fields(self) -> tuple[Intervals, ...]:
        """Return the intervals in level order, indexed by `Field`."""
        return (
            self.dst,
            self.src,
            self.protocols,
            self.dst_ports,
            self.src_ports,
            self.flags,
        )

    @property
    def size(self) -> int:
        """Return the number of headers."""
        return _size(self.fields)

    def is_free(self, field: Field) -> bool:
        """Return true iff the box allows every value of `field`, flags being of whole headers."""
        if field is Field.FLAG:
            lowest, highest = self.flags[0]
            return lowest == FLAG_NEW and highest >= FLAG_ESTABLISHED
        return self.fields[field] == ((0, MAXIMA[self.version][field]),)

    @property
    def is_of_fragments(self) -> bool:
        """Return true iff the box holds nothing but non-first fragments."""
        return self.flags[0][0] == FLAG_FRAGMENT

    def contains(self, header: Header) -> bool:
        """Return true iff `header` lies within the box."""
        return header.version == self.version and all(
            any(low <= value <= high for low, high in intervals)
            for value, intervals in zip(header.values(), self.fields, strict=True)
        )


def count_boxes(table: DiagramTable, root: Node) -> int:
    """Return how many boxes `root` splits into before merging; linear in the diagram."""
    counts = {DENY: 0, 1: 1}

    def count(node: Node) -> int:
        if node not in counts:
            counts[node] = sum(count(child) for child in set(table.nodes[node][2]))
        return counts[node]

    return count(root)


def boxes_of(table: DiagramTable, root: Node, version: int, limit: int | None) -> list[Box]:
    """Return disjoint boxes that make up `root`, or some of the largest if there are too many.

    Without a limit the boxes are complete, merged and in address order. With one there are at most
    `limit`, largest first; a set of over `MERGE_LIMIT` boxes is then not enumerated.
    """
    maxima = MAXIMA[version]
    if limit is None or count_boxes(table, root) <= MERGE_LIMIT:
        boxes = sorted(Box(version, *path) for path in merge_paths(_paths(table, root, maxima)))
    else:
        boxes = [Box(version, *path) for path in _largest_paths(table, root, maxima, limit)]
    if limit is None:
        return boxes
    return sorted(boxes, key=lambda box: (-box.size, box))[:limit]


def merge_paths(paths: Iterable[_Path]) -> list[_Path]:
    """Return the same headers in fewer boxes, uniting boxes that differ in one field only.

    Disjoint boxes stay disjoint. The result is small rather than smallest.
    """
    current = list(paths)
    while True:
        before = len(current)
        for level in reversed(range(TERMINAL_LEVEL)):
            groups: dict[tuple[_Path, _Path], list[Intervals]] = {}
            for path in current:
                groups.setdefault((path[:level], path[level + 1 :]), []).append(path[level])
            current = [
                (*above, found[0] if len(found) == 1 else _united(found), *below)
                for (above, below), found in groups.items()
            ]
        if len(current) == before:
            return current


def _united(parts: Iterable[Intervals]) -> Intervals:
    intervals = [interval for part in parts for interval in part]
    return normalise(intervals, max(high for _, high in intervals))


def _size(path: _Path) -> int:
    return prod(sum(high - low + 1 for low, high in intervals) for intervals in path)


def _branches(table: DiagramTable, node: Node, maxima: Sequence[int]) -> dict[Node, Intervals]:
    """Return for each child that is not empty all values that lead to it."""
    level = table.nodes[node][0]
    branches: dict[Node, Intervals] = {}
    for low, high, child in table.pieces(node, level, maxima[level]):
        if child != DENY:
            branches[child] = (*branches.get(child, ()), (low, high))
    return branches


def _free(maxima: Sequence[int], start: int, stop: int) -> _Path:
    return tuple(((0, maxima[level]),) for level in range(start, stop))


def _paths(
    table: DiagramTable, node: Node, maxima: Sequence[int], depth: int = 0
) -> Iterator[_Path]:
    """Yield every path from `node` to permit, `depth` being the first level still open."""
    if node == DENY:
        return
    level = table.nodes[node][0]
    free = _free(maxima, depth, level)
    if node <= UNDECIDED:
        yield free
        return
    for child, intervals in _branches(table, node, maxima).items():
        for rest in _paths(table, child, maxima, level + 1):
            yield (*free, intervals, *rest)


def _largest_paths(
    table: DiagramTable, root: Node, maxima: Sequence[int], limit: int
) -> list[_Path]:
    """Return the `limit` largest paths without walking them all: the best of every node's best."""
    best: dict[tuple[Node, int], list[_Path]] = {}

    def largest(node: Node, depth: int) -> list[_Path]:
        level = table.nodes[node][0]
        free = _free(maxima, depth, level)
        if node <= UNDECIDED:
            return [free] if node else []
        known = best.get((node, depth))
        if known is None:
            found = (
                (*free, intervals, *rest)
                for child, intervals in _branches(table, node, maxima).items()
                for rest in largest(child, level + 1)
            )
            known = best[node, depth] = nlargest(limit, found, key=_size)
        return known

    return largest(root, 0)
