"""Dividing packet sets by which of several disjoint sets of values a field has.

Cutting a set down to each part in turn walks it once a part. Where the pieces of a set are narrow,
as permitted sources mostly are, one walk finds for each piece the few parts it touches.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from zonecheck.packets.diagram import DiagramTable
from zonecheck.packets.field import MAXIMA, Field, Interval, Intervals
from zonecheck.packets.node_merge import DENY, PERMIT, Node
from zonecheck.packets.packet_set import PacketSet, PacketSpace

_WIDE: Final = 64
"""Intervals of parts from which on a piece is not handed out one by one."""

_Piece = tuple[int, int, Node]


class Partition:
    """Disjoint sets of values of one field of one IP version; what is computed is kept.

    Raises:
        ValueError: Two parts share a value.
    """

    def __init__(
        self, space: PacketSpace, version: int, field: Field, parts: Sequence[Intervals]
    ) -> None:
        self._space: Final = space
        self._table: Final[DiagramTable] = space.table
        self._version: Final = version
        self._field: Final = field
        self._highest: Final = MAXIMA[version][field]
        self._parts: Final = [
            self._table.within(field, part, self._highest, PERMIT, DENY) for part in parts
        ]
        placed = sorted((*interval, n) for n, part in enumerate(parts) for interval in part)
        self._lows: Final = [low for low, _, _ in placed]
        self._placed: Final[list[tuple[int, int, int]]] = placed
        if not disjoint(parts):
            raise ValueError("parts share a value")
        self._known: dict[Node, tuple[Node, ...]] = {}

    def divide(self, whole: PacketSet) -> list[PacketSet]:
        """Return for each part the headers of `whole` whose field is in it."""
        if whole.space is not self._space:
            raise ValueError("packet sets of two spaces do not mix")
        if self._version == 4:
            return [PacketSet(self._space, (node, DENY)) for node in self._divided(whole.roots[0])]
        return [PacketSet(self._space, (DENY, node)) for node in self._divided(whole.roots[1])]

    def _divided(self, node: Node) -> tuple[Node, ...]:
        if node == DENY:
            return (DENY,) * len(self._parts)
        found = self._known.get(node)
        if found is None:
            level, cuts, children = self._table.nodes[node]
            if level < self._field:
                images = [self._divided(child) for child in children]
                found = tuple(
                    self._table.reduced(level, cuts, column) for column in zip(*images, strict=True)
                )
            else:
                found = self._handed_out(node)
            self._known[node] = found
        return found

    def _handed_out(self, node: Node) -> tuple[Node, ...]:
        """Divide a node that starts at the field or below."""
        parts: list[list[_Piece]] = [[] for _ in self._parts]
        for low, high, child in self._table.pieces(node, self._field, self._highest):
            if child == DENY:
                continue
            first = max(bisect_right(self._lows, low) - 1, 0)
            end = bisect_right(self._lows, high)
            if end - first > _WIDE:
                return tuple(self._table.intersection(node, part) for part in self._parts)
            for start, stop, part in self._placed[first:end]:
                if stop >= low:
                    parts[part].append((max(low, start), min(high, stop), child))
        return tuple(
            self._table.of_pieces(self._field, self._highest, found) if found else DENY
            for found in parts
        )


def disjoint(parts: Sequence[Sequence[Interval]]) -> bool:
    """Return whether no two of the (normalised) parts share a value."""
    placed = sorted(interval for part in parts for interval in part)
    return all(a[1] < b[0] for a, b in pairwise(placed))
