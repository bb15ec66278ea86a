"""A set of rows of 64-bit words that numbers them, many at once.

Open addressing with linear probing, done by columns. Hashes only say where to look: a row is
found when all its words are equal, so two flows are never taken for one.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read.flow_row import WORDS

Rows = NDArray[np.uint64]
"""n rows of `WORDS` words each."""
Columns = NDArray[np.uint64]
"""The same as `WORDS` columns of n words each."""
Numbers = NDArray[np.int64]

MISSING: Final = -1

_FIRST_ROWS: Final = 1024
_SLOTS_PER_ROW: Final = 4
_MULTIPLIERS: Final = np.array(
    [0x9E3779B97F4A7C15 * (2 * place + 1) % 2**64 | 1 for place in range(WORDS)], dtype=np.uint64
)
_FINAL: Final = np.uint64(0xD6E8FEB86659FD93)
_HALF: Final = np.uint64(32)


def column_hashes(columns: Columns) -> NDArray[np.uint64]:
    """Return a hash of each row of `columns`."""
    total = np.zeros(columns.shape[1], dtype=np.uint64)
    for column, multiplier in zip(columns, _MULTIPLIERS, strict=True):
        mixed = column * multiplier
        mixed ^= mixed >> _HALF
        total += mixed
        total *= _FINAL
    total ^= total >> _HALF
    return total


class RowIndex:
    """Rows numbered from 0 in the order in which they were added; memory follows their count."""

    def __init__(self) -> None:
        self._count = 0
        self._rows: Rows = np.empty((_FIRST_ROWS, WORDS), dtype=np.uint64)
        self._hashes = np.empty(_FIRST_ROWS, dtype=np.uint64)
        self._slots = np.full(_FIRST_ROWS * _SLOTS_PER_ROW, MISSING, dtype=np.int32)

    def __len__(self) -> int:
        return self._count

    @property
    def rows(self) -> Rows:
        """All rows, by number; a view, valid until more are added."""
        return self._rows[: self._count]

    def number_columns(self, columns: Columns, *, add: bool) -> Numbers:
        """Return the number of each row, adding new ones if `add`, else `MISSING` for them.

        Args:
            columns: `WORDS` columns of n words.
            add: whether rows not known are added, in their order in `columns`.
        """
        hashes = column_hashes(columns)
        numbers = self._find(np.ascontiguousarray(columns.T), hashes)
        if add:
            new = np.flatnonzero(numbers == MISSING)
            if new.size:
                numbers[new] = self._add_columns(columns[:, new], hashes[new])
        return numbers

    def _add_columns(self, columns: Columns, hashes: NDArray[np.uint64]) -> Numbers:
        """Append rows that are not known; most of them may be equal to others of them."""
        size = columns.shape[1]
        low = (np.uint64(1) << np.uint64(size.bit_length())) - np.uint64(1)
        # One sort of whole words (hash above, position below) groups equal rows in order.
        keyed = (hashes & ~low) | np.arange(size, dtype=np.uint64)
        keyed.sort()
        order = (keyed & low).astype(np.int64)
        keyed &= ~low
        begins = np.empty(size, dtype=np.bool_)
        begins[0] = True
        np.not_equal(keyed[1:], keyed[:-1], out=begins[1:])
        for column in columns:
            ordered = column.take(order)
            begins[1:] |= ordered[1:] != ordered[:-1]
        group = np.cumsum(begins) - 1
        firsts = order[begins]
        by_place = np.argsort(firsts)
        firsts = firsts[by_place]
        of_group = np.empty(len(firsts), dtype=np.int64)
        of_group[by_place] = self._add(np.ascontiguousarray(columns[:, firsts].T), hashes[firsts])
        numbers = np.empty(size, dtype=np.int64)
        numbers[order] = of_group[group]
        return numbers

    def _find(self, rows: Rows, hashes: NDArray[np.uint64]) -> Numbers:
        mask = len(self._slots) - 1
        numbers = np.full(len(rows), MISSING, dtype=np.int64)
        asked = np.arange(len(rows))
        places = (hashes & np.uint64(mask)).astype(np.int64)
        while asked.size:
            there = self._slots.take(places)
            taken = np.flatnonzero(there != MISSING)
            if len(taken) < len(asked):
                asked, places, there = asked[taken], places[taken], there[taken]
            same = self._hashes.take(there) == hashes.take(asked)
            likely = np.flatnonzero(same)
            equal = self._rows.take(there[likely], axis=0) == rows.take(asked[likely], axis=0)
            if not equal.all():  # the rule is that equal hashes are of equal rows
                same[likely] = equal.all(axis=1)
                likely = np.flatnonzero(same)
            numbers[asked[likely]] = there[likely]
            others = np.flatnonzero(~same)
            asked, places = asked[others], (places[others] + 1) & mask
        return numbers

    def _add(self, rows: Rows, hashes: NDArray[np.uint64]) -> Numbers:
        """Append rows that are not known; among themselves they may be equal."""
        places = np.arange(len(rows))
        if len(np.unique(hashes)) < len(hashes):
            known: dict[bytes, int] = {}
            chosen = [known.setdefault(row.tobytes(), len(known)) for row in rows]
            places = np.array(chosen, dtype=np.int64)
            _, firsts = np.unique(places, return_index=True)
            rows, hashes = rows[firsts], hashes[firsts]
        begin, self._count = self._count, self._count + len(rows)
        self._make_room()
        self._rows[begin : self._count] = rows
        self._hashes[begin : self._count] = hashes
        if self._count * _SLOTS_PER_ROW // 2 > len(self._slots):
            size = 1 << (self._count * _SLOTS_PER_ROW - 1).bit_length()
            self._slots = np.full(size, MISSING, dtype=np.int32)
            self._place(0)
        else:
            self._place(begin)
        return places + begin

    def _make_room(self) -> None:
        if self._count > len(self._rows):
            size = max(self._count, len(self._rows) * 3 // 2)
            rows, hashes = self._rows, self._hashes
            self._rows = np.empty((size, WORDS), dtype=np.uint64)
            self._hashes = np.empty(size, dtype=np.uint64)
            self._rows[: len(rows)], self._hashes[: len(hashes)] = rows, hashes

    def _place(self, begin: int) -> None:
        """Write the numbers from `begin` on into free slots."""
        mask = len(self._slots) - 1
        numbers = np.arange(begin, self._count, dtype=np.int32)
        places = (self._hashes[begin : self._count] & np.uint64(mask)).astype(np.int64)
        while numbers.size:
            free = self._slots[places] < 0
            self._slots[places[free]] = numbers[free]
            # Of several that wanted one slot, one has it now; the others go on.
            homeless = self._slots[places] != numbers
            numbers, places = numbers[homeless], (places[homeless] + 1) & mask
