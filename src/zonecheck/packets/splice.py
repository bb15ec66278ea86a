"""Redoing only the changed stretch of a merge.

Neighbouring destinations admit nearly the same sources, so long nodes are often merged with one
partner several times over with a small difference. The stretch where two nodes differ is found by
comparing slices, which is far cheaper than walking; outside it the earlier result still stands.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Final

Parts = tuple[tuple[int, ...], tuple[int, ...]]
"""The cuts and the children of a node."""

END: Final = 1 << 256
"""A value beyond every field."""


class Splicer:
    """Merges long nodes, reusing the last merge that shares an operand.

    `merge` walks two stretches of nodes and returns the reduced cuts and children.
    """

    def __init__(
        self,
        nodes: Sequence[tuple[int, tuple[int, ...], tuple[int, ...]]],
        merge: Callable[..., tuple[list[int], list[int]]],
    ) -> None:
        self._nodes = nodes
        self._merge = merge
        self._last_with_left: dict[int, tuple[int, int]] = {}
        self._last_with_right: dict[int, tuple[int, int]] = {}

    def forget(self) -> None:
        """Drop every earlier merge."""
        self._last_with_left.clear()
        self._last_with_right.clear()

    def note(self, a: int, b: int, result: int) -> None:
        """Remember that `a` and `b` merged to `result`."""
        self._last_with_left[a] = b, result
        self._last_with_right[b] = a, result

    def merged(self, a: int, b: int) -> Parts:
        """Return the reduced parts of two nodes of one level merged."""
        level = self._nodes[a][0]
        parts_a = self._nodes[a][1:]
        parts_b = self._nodes[b][1:]
        earlier = self._last_with_right.get(b)
        varied = a
        if earlier is None:
            earlier = self._last_with_left.get(a)
            varied = b
        low, end = 0, END
        if earlier is not None:
            low, end = changed_stretch(self._nodes[earlier[0]][1:], self._nodes[varied][1:])
        cuts, children = self._merge(
            *stretch(parts_a, low, end),
            *stretch(parts_b, low, end),
        )
        middle = (tuple(cuts), tuple(children))
        if earlier is None:
            return middle
        before = self._nodes[earlier[1]]
        whole = before[1:] if before[0] == level else ((), (earlier[1],))
        return spliced(whole, low, end, middle)


def changed_stretch(old: Parts, new: Parts) -> tuple[int, int]:
    """Return `(low, end)` such that two different nodes agree outside `low <= value < end`."""
    (old_cuts, old_children), (new_cuts, new_children) = old, new
    same = min(_common_prefix(old_cuts, new_cuts) + 1, _common_prefix(old_children, new_children))
    low = min(_start(old_cuts, same), _start(new_cuts, same))
    back_cuts = _common_prefix(old_cuts[::-1], new_cuts[::-1])
    back_children = _common_prefix(old_children[::-1], new_children[::-1])
    if back_children > back_cuts:
        end = max(
            _start(old_cuts, len(old_cuts) - back_cuts), _start(new_cuts, len(new_cuts) - back_cuts)
        )
    else:
        end = _start(new_cuts, len(new_cuts) + 1 - back_children)
    return low, end


def stretch(parts: Parts, low: int, end: int) -> Parts:
    """Return the part of a node for `low <= value < end`."""
    cuts, children = parts
    first, last = bisect_right(cuts, low), bisect_left(cuts, end)
    return cuts[first:last], children[first : last + 1]


def spliced(old: Parts, low: int, end: int, middle: Parts) -> Parts:
    """Return `old` with the stretch `low <= value < end` replaced by `middle`, reduced."""
    cuts, children = old
    before, after = bisect_left(cuts, low), bisect_right(cuts, end)
    out_cuts, out = middle
    if low > 0:
        joins = children[before] == out[0]
        out_cuts = cuts[:before] + (() if joins else (low,)) + out_cuts
        out = children[: before + (not joins)] + out
    if end < END:
        joins = out[-1] == children[after]
        out_cuts = out_cuts + (() if joins else (end,)) + cuts[after:]
        out = out + children[after + joins :]
    return out_cuts, out


def _start(cuts: tuple[int, ...], index: int) -> int:
    """Return where the child with this index starts."""
    if index == 0:
        return 0
    return cuts[index - 1] if index <= len(cuts) else END


def _common_prefix(a: tuple[int, ...], b: tuple[int, ...]) -> int:
    """Return how many leading items agree, by bisection over slice comparisons."""
    low, high = 0, min(len(a), len(b))
    if a[:high] == b[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle
    return low
