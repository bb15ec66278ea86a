"""Where the boxes of a first-match list meet, looked up inside one box at a time.

A question about one rule concerns the headers of that rule only, and mostly a handful of others
reach into it. So no set of the whole list is built: the box in question is cut, field by field, at
the bounds of the others, each cell carries the boxes it lies in as the bits of one integer, and a
search stops at the first cell that answers.

COSTS: the bounds of the key fields are sorted once. A question costs the cells it looks at, which
is one where nothing reaches in; cells with the same boxes are looked at once a field.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from zonecheck.packets.field import Intervals

Spans = tuple[Intervals, ...]
"""A box: the normalised intervals of each field, none of them empty."""

Point = tuple[int, ...]

_STEP: Final = 64
"""So many boxes lie between two remembered unions; to remember all would take quadratic memory."""


class Meetings:
    """Boxes by number, in the order of a list; masks are sets of these numbers.

    `keys` are the fields that tell most boxes apart.
    """

    def __init__(self, boxes: Sequence[Spans], keys: Sequence[int]) -> None:
        self.boxes: Final = tuple(boxes)
        self._keys = [_Hulls(key, self.boxes) for key in keys]

    def outside(
        self,
        target: Spans,
        before: int,
        after: int = 0,
        opposing: int = 0,
        *,
        otherwise: bool = True,
    ) -> Point | None:
        """Return a point of `target` in no box of `before` at which something opposes.

        The first box of `after` that the point lies in opposes if it is in `opposing`; if it lies
        in none, `otherwise` says. None if there is no such point.
        """
        search = _Search(self.boxes, target, self._near(target) & (before | after))
        return search.outside(before, after, opposing, otherwise=otherwise)

    def firsts(self, target: Spans, among: int) -> dict[int, Point]:
        """Return which boxes of `among` come first somewhere in `target`, each with a point."""
        return _Search(self.boxes, target, self._near(target) & among).firsts()

    def _near(self, target: Spans) -> int:
        """Return the boxes that share a point with `target`, and perhaps some others."""
        mask = (1 << len(self.boxes)) - 1
        for hulls in self._keys:
            mask &= hulls.crossing(target)
        return mask


class _Hulls:
    """From where to where each box reaches in one field."""

    def __init__(self, field: int, boxes: Sequence[Spans]) -> None:
        self._field = field
        self._lows = _Ranked([box[field][0][0] for box in boxes])
        self._highs = _Ranked([box[field][-1][1] for box in boxes])

    def crossing(self, target: Spans) -> int:
        """Return the boxes that begin before `target` ends and end after it begins."""
        spans = target[self._field]
        return self._lows.below(spans[-1][1] + 1) & ~self._highs.below(spans[0][0])


class _Ranked:
    """Numbers by their values, with the union of the lowest of them at every step."""

    def __init__(self, values: Sequence[int]) -> None:
        order = sorted(range(len(values)), key=values.__getitem__)
        self._values = [values[number] for number in order]
        self._bits = [1 << number for number in order]
        self._unions = [0]
        for start in range(0, len(order), _STEP):
            self._unions.append(self._unions[-1] | _union(self._bits[start : start + _STEP]))

    def below(self, value: int) -> int:
        """Return the numbers whose value is less."""
        count = bisect_left(self._values, value)
        whole = count // _STEP
        return self._unions[whole] | _union(self._bits[whole * _STEP : count])


class _Search:
    """One question about the cells of one box; `mask` are the boxes that matter to it."""

    def __init__(self, boxes: Sequence[Spans], target: Spans, mask: int) -> None:
        self._boxes = boxes
        self._target = target
        self._mask = 0
        self._holding = [0] * (len(target) + 1)
        for bit in _bits(mask):
            self._enter(bit, boxes[bit.bit_length() - 1])
        self._seen: set[tuple[int, int]] = set()
        self._point = [spans[0][0] for spans in target]

    def _enter(self, bit: int, box: Spans) -> None:
        """Note a box that meets the target, and from which level on down it holds all of it.

        Boxes that do not would only cut the target into more cells.
        """
        if not all(map(_meet, box, self._target)):
            return
        self._mask |= bit
        self._holding[-1] |= bit
        for level in reversed(range(len(box))):
            if not _within(self._target[level], box[level]):
                return
            self._holding[level] |= bit

    def outside(self, before: int, after: int, opposing: int, *, otherwise: bool) -> Point | None:
        """See `Meetings.outside`."""

        def found(level: int, mask: int) -> bool:
            holding = self._holding[level] & mask
            if holding & before:
                return False
            taking = _lowest(holding & after)
            if taking:
                mask &= before | ((taking << 1) - 1)
            if not mask & opposing and (taking or not otherwise):
                return False
            if not mask & before and _lowest(mask & after) == taking:
                self._reset(level)
                return bool(taking & opposing) if taking else otherwise
            if (level, mask) in self._seen:
                return False
            self._seen.add((level, mask))
            cells = sorted(
                self._cells(level, mask), key=lambda cell: (cell[1] & before).bit_count()
            )
            for start, cell in cells:
                self._point[level] = start
                if found(level + 1, cell):
                    return True
            return False

        return tuple(self._point) if found(0, self._mask) else None

    def firsts(self) -> dict[int, Point]:
        """See `Meetings.firsts`."""
        known: dict[int, Point] = {}

        def gather(level: int, mask: int, told: int) -> int:
            """Return the boxes told of so far, those told of below included."""
            taking = _lowest(self._holding[level] & mask)
            if taking:
                mask &= (taking << 1) - 1
            if not mask & ~told or (level, mask) in self._seen:
                return told
            if _lowest(mask) == taking:
                self._reset(level)
                known[taking.bit_length() - 1] = tuple(self._point)
                return told | taking
            self._seen.add((level, mask))
            for start, cell in self._cells(level, mask):
                self._point[level] = start
                told = gather(level + 1, cell, told)
            return told

        gather(0, self._mask, 0)
        return known

    def _reset(self, level: int) -> None:
        """Forget where the fields from a level on were cut."""
        for below in range(level, len(self._target)):
            self._point[below] = self._target[below][0][0]

    def _cells(self, level: int, mask: int) -> Iterator[tuple[int, int]]:
        """Yield the cells of the target at a level, as a value and its boxes, each set once."""
        spans = self._target[level]
        marks = dict.fromkeys((low for low, _ in spans), 0)
        ends = {high + 1 for _, high in spans}
        current = 0
        for bit in _bits(mask):
            intervals = self._boxes[bit.bit_length() - 1][level]
            if intervals[0][0] <= spans[0][0] and intervals[0][1] >= spans[-1][1]:
                current |= bit
                continue
            for low, high in _clipped(intervals, spans):
                marks[low] = marks.get(low, 0) ^ bit
                marks[high + 1] = marks.get(high + 1, 0) ^ bit
        told: set[int] = set()
        for value in sorted(marks):
            current ^= marks[value]
            if value not in ends and current not in told:
                told.add(current)
                yield value, current


def _clipped(intervals: Intervals, spans: Intervals) -> Iterator[tuple[int, int]]:
    """Yield what two rows of intervals have in common."""
    one = other = 0
    while one < len(intervals) and other < len(spans):
        low = max(intervals[one][0], spans[other][0])
        high = min(intervals[one][1], spans[other][1])
        if low <= high:
            yield low, high
        if intervals[one][1] < spans[other][1]:
            one += 1
        else:
            other += 1


def _meet(one: Intervals, other: Intervals) -> bool:
    """Return whether two rows of normalised intervals have a value in common."""
    if len(one) == len(other) == 1:
        return one[0][0] <= other[0][1] and other[0][0] <= one[0][1]
    return next(_clipped(one, other), None) is not None


def _within(inner: Intervals, outer: Intervals) -> bool:
    """Return whether every value of normalised intervals lies in others."""
    at = 0
    for low, high in inner:
        while at < len(outer) and outer[at][1] < low:
            at += 1
        if at == len(outer) or outer[at][0] > low or outer[at][1] < high:
            return False
    return True


def _bits(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        mask ^= bit
        yield bit


def _lowest(mask: int) -> int:
    return mask & -mask


def _union(bits: Sequence[int]) -> int:
    found = 0
    for bit in bits:
        found |= bit
    return found
