"""The keys of all flows, numbered: from layers one by one, from columns many at once."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read.flow_row import (
    EXTRA,
    HEAD,
    INTERFACE_SHIFT,
    Extra,
    Extras,
    extra_of,
    layer_of,
    row_of,
)
from zonecheck.capture.read.layer import Layer
from zonecheck.capture.read.row_index import MISSING, Columns, RowIndex

_MOST_CACHED: Final = 65_536
_TUNNEL_BITS: Final = 24
_NO_EXTRA: Final = 2**64 - 1


class FlowKeys:
    """Every key met so far by the number of its flow; outer flows come before their inner ones."""

    def __init__(self) -> None:
        self.extras = Extras()
        self.index = RowIndex()
        self._cache: dict[tuple[int, ...], int] = {}

    def __len__(self) -> int:
        return len(self.index)

    def extra(self, flow: int) -> Extra:
        """Return what the key of `flow` says beyond its row."""
        return self.extras.known[int(self.index.rows[flow, EXTRA])]

    def layer(self, flow: int) -> Layer:
        """Return the key of `flow`, with the outer flows it lies in."""
        extra = self.extra(flow)
        outer = None if extra.outer is None else self.layer(extra.outer)
        return layer_of(self.index.rows[flow].tolist(), extra, outer)

    def number(self, layer: Layer, outer: int | None, *, add: bool) -> int:
        """Return the flow of `layer`, which lies in the flow `outer`.

        A layer not met before is added if `add`, else its number is `MISSING`.
        """
        extra = extra_of(layer, outer)
        extra_number = self.extras.number(extra) if add else self.extras.find(extra)
        if extra_number is None:
            return MISSING
        row = row_of(layer, extra_number)
        known = self._cache.get(row)
        if known is None:
            columns = np.array([row], dtype=np.uint64).T
            known = int(self.index.number_columns(columns, add=add)[0])
            if known != MISSING:
                if len(self._cache) >= _MOST_CACHED:
                    self._cache.clear()
                self._cache[row] = known
        return known

    def in_tunnel(self) -> NDArray[np.bool_]:
        """Return for each flow whether it lies in another."""
        inside = np.array([extra.outer is not None for extra in self.extras.known])
        answer: NDArray[np.bool_] = inside[self.index.rows[:, EXTRA].astype(np.int64)]
        return answer

    def numbers(self, columns: Columns, *, add: bool) -> NDArray[np.int64]:
        """Return the flows of many rows, as `number` does."""
        return self.index.number_columns(columns, add=add)

    def extras_inside(
        self,
        encapsulation: str,
        numbers: NDArray[np.int64] | None,
        outer: NDArray[np.int64],
        *,
        add: bool,
    ) -> NDArray[np.uint64]:
        """Return the extra of what lies in tunnels, for the last column of its rows.

        Args:
            encapsulation: of all of them.
            numbers: of the tunnels, below 2^24; `None` if they have none.
            outer: the flows they are.
            add: whether extras not met before are added; else they stand for no row.
        """
        keyed = outer if numbers is None else outer << _TUNNEL_BITS | numbers
        distinct, places = np.unique(keyed, return_inverse=True)
        found = []
        for key in distinct.tolist():
            name, flow = encapsulation, key
            if numbers is not None:
                flow = key >> _TUNNEL_BITS
                name = f"{encapsulation}:{key & (1 << _TUNNEL_BITS) - 1}"
            extra = Extra(encapsulation=name, outer=flow)
            number = self.extras.number(extra) if add else self.extras.find(extra)
            found.append(_NO_EXTRA if number is None else number)
        return np.array(found, dtype=np.uint64)[places]

    def join(self, other: "FlowKeys", interfaces: Sequence[int] | None) -> NDArray[np.int64]:
        """Add all keys of `other` and return the number here of each flow there.

        Args:
            other: keys numbered by another reader.
            interfaces: the interface here for each there; `None` if they are the same.
        """
        rows = other.index.rows
        heads = rows[:, HEAD]
        if interfaces is not None:
            here = np.array(interfaces, dtype=np.uint64) << np.uint64(INTERFACE_SHIFT)
            there = (heads >> np.uint64(INTERFACE_SHIFT)).astype(np.int64)
            heads = heads & np.uint64(2**INTERFACE_SHIFT - 1) | here[there]
        outers = [MISSING if extra.outer is None else extra.outer for extra in other.extras.known]
        outer = np.array(outers, dtype=np.int64)[rows[:, EXTRA].astype(np.int64)]
        numbers = np.full(len(other), MISSING, dtype=np.int64)
        pending = np.arange(len(other))
        while pending.size:  # an outer flow has a lower number than what is in it
            around = outer[pending]
            ready = (around == MISSING) | (numbers[around] != MISSING)
            flows = pending[ready]
            columns = rows[flows].T.copy()
            columns[HEAD] = heads[flows]
            columns[EXTRA] = self._extras_here(other, columns[EXTRA], numbers)
            numbers[flows] = self.numbers(columns, add=True)
            pending = pending[~ready]
        return numbers

    def _extras_here(
        self, other: "FlowKeys", extras: NDArray[np.uint64], numbers: NDArray[np.int64]
    ) -> NDArray[np.uint64]:
        """Return the numbers here of extras of `other`, whose outer flows have `numbers` here."""
        distinct, places = np.unique(extras, return_inverse=True)
        here = []
        for number in distinct.tolist():
            extra = other.extras.known[number]
            if extra.outer is not None:
                extra = extra._replace(outer=int(numbers[extra.outer]))
            here.append(self.extras.number(extra))
        return np.array(here, dtype=np.uint64)[places]
