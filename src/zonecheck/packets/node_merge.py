"""Binary operations on two nodes of one level: how terminals settle, how children are merged."""

from bisect import bisect_left
from collections.abc import Callable
from typing import Final, NamedTuple

from zonecheck.packets.field import Field

Node = int
Cuts = tuple[int, ...]
Children = tuple[Node, ...]

DENY: Final[Node] = 0
PERMIT: Final[Node] = 1
UNDECIDED: Final[Node] = 2
TERMINALS: Final = (DENY, PERMIT, UNDECIDED)

TERMINAL_LEVEL: Final = len(Field)

OTHER: Final = -1
DESCEND: Final = -2
MEMO_SHIFT: Final = 40
_END: Final = 1 << 256

LOPSIDED: Final = 4
"""From this ratio of sizes on, bisecting the larger node beats walking along it."""


class Operation(NamedTuple):
    """How a binary operation treats terminals.

    `left[t]` is the result of `t op x` for every `x`: a terminal, `OTHER` for `x` itself, or
    `DESCEND` if it depends on `x`; `right[t]` likewise for `x op t`. `same` is the result of
    `x op x`.
    """

    left: tuple[int, int, int]
    right: tuple[int, int, int]
    same: int
    commutes: bool


INTERSECTION = Operation((DENY, OTHER, DESCEND), (DENY, OTHER, DESCEND), OTHER, commutes=True)
UNION = Operation((OTHER, PERMIT, DESCEND), (OTHER, PERMIT, DESCEND), OTHER, commutes=True)
DIFFERENCE = Operation((DENY, DESCEND, DESCEND), (OTHER, DENY, DESCEND), DENY, commutes=False)
OVERLAY = Operation((DENY, PERMIT, OTHER), (DESCEND, DESCEND, OTHER), OTHER, commutes=False)


Parts = tuple[list[int], list[Node]]


def zipper(
    operation: Operation, memo: dict[int, Node], combine: Callable[[Node, Node], Node]
) -> Callable[[Cuts, Children, Cuts, Children], Parts]:
    """Return the merge of two nodes of like size: one walk along both, step by step.

    What `combine` would settle at once is settled here, because the call costs more than the rest
    of the step.
    """
    left, right = operation.left, operation.right
    remembered = memo.get

    def zipped(cuts_a: Cuts, children_a: Children, cuts_b: Cuts, children_b: Children) -> Parts:
        step_a = zip((*cuts_a, _END), children_a, strict=True).__next__
        step_b = zip((*cuts_b, _END), children_b, strict=True).__next__
        (end_a, a), (end_b, b) = step_a(), step_b()
        cuts: list[int] = []
        out: list[Node] = []
        last, low = -1, 0
        while True:
            if a <= UNDECIDED and (settled := left[a]) != DESCEND:
                result = b if settled == OTHER else settled
            elif b <= UNDECIDED and (settled := right[b]) != DESCEND:
                result = a if settled == OTHER else settled
            elif (known := remembered(a << MEMO_SHIFT | b)) is not None:
                result = known
            else:
                result = combine(a, b)
            if result != last:
                cuts.append(low)
                out.append(result)
                last = result
            if end_a < end_b:
                low = end_a
                end_a, a = step_a()
            elif end_b < end_a:
                low = end_b
                end_b, b = step_b()
            elif end_a == _END:
                return cuts[1:], out
            else:
                low = end_a
                end_a, a = step_a()
                end_b, b = step_b()

    return zipped


def driven_merge(
    cuts: Cuts,
    children: Children,
    other_cuts: Cuts,
    other_children: Children,
    settled: tuple[int, int, int],
    combine: Callable[[Node, Node], Node],
) -> Parts:
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
        action = settled[child] if child <= UNDECIDED else DESCEND
        if action >= 0:
            if action != last:
                out_cuts.append(low)
                out.append(action)
                last = action
        elif action == OTHER:
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
