"""Which of many headers are in a set, all at once."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.packets.field import VERSIONS, Field, Header
from zonecheck.packets.node_merge import DENY, PERMIT, Node
from zonecheck.packets.packet_set import PacketSet

Mask = NDArray[np.bool_]


class HeaderColumns:
    """Headers of one IP version as columns of ranks, so that 128-bit addresses cost no more.

    COSTS: `inside` visits each node of the diagram that any header comes to once, with one
    bisection of all headers there; a node costs some microseconds, a header some nanoseconds a
    field.
    """

    def __init__(self, version: int, columns: Sequence[NDArray[np.object_] | NDArray[np.int64]]):
        """Take one column of field values a level, in the order of `Field`, all of one length.

        The headers must be valid (`Header`); addresses of IPv6 come as Python integers.
        """
        self._plane: Final = VERSIONS.index(version)
        self._values: list[list[int]] = []
        self._ranks: list[NDArray[np.int64]] = []
        for column in columns:
            values, ranks = np.unique(column, return_inverse=True)
            self._values.append([int(value) for value in values])
            self._ranks.append(ranks.reshape(-1).astype(np.int64))
        self.count: Final = len(self._ranks[0])

    @classmethod
    def of(cls, version: int, headers: Sequence[Header]) -> "HeaderColumns":
        """Return the columns of some headers of one version."""
        rows = [header.values() for header in headers]
        columns = [np.array([row[field] for row in rows], dtype=object) for field in Field]
        return cls(version, columns)

    def inside(self, headers: PacketSet) -> Mask:
        """Return which of the headers are in a set, in their order."""
        found = np.zeros(self.count, dtype=np.bool_)
        nodes = headers.space.table.nodes
        waiting: list[tuple[Node, NDArray[np.int64]]] = [
            (headers.roots[self._plane], np.arange(self.count))
        ]
        while waiting:
            node, rows = waiting.pop()
            if node == PERMIT:
                found[rows] = True
            elif node != DENY and len(rows):
                level, cuts, children = nodes[node]
                values = self._values[level]
                bounds = np.array([bisect_left(values, cut) for cut in cuts], dtype=np.int64)
                at = np.searchsorted(bounds, self._ranks[level][rows], side="right")
                waiting += _by_child(np.array(children)[at], rows)
        return found


def _by_child(
    children: NDArray[np.int64], rows: NDArray[np.int64]
) -> list[tuple[Node, NDArray[np.int64]]]:
    """Return the rows that go to each child."""
    order = np.argsort(children, kind="stable")
    kinds, starts = np.unique(children[order], return_index=True)
    groups = np.split(rows[order], starts[1:])
    return [(int(kind), group) for kind, group in zip(kinds, groups, strict=True)]
