"""Where regions stand from left to right, and where along their edges lines come to them."""

from dataclasses import dataclass

from zonecheck.report.diagram.bars import Bar, End
from zonecheck.report.diagram.contents import PAD, PITCH, Contents

MARGIN = 8.0
BETWEEN = 22.0
"""Space between two regions."""
LABELS = 74.0
"""Width of the column that names the layers."""
_REACH = 48.0
"""How far the outermost lines of a region keep from its sides: half a box of a bar fits there."""


@dataclass
class Placed:
    """A region with its place and size."""

    contents: Contents
    x: float = 0.0
    y: float = 0.0
    w: float = 0.0
    h: float = 0.0


def _ends_in(bars: list[Bar], zone: str) -> list[tuple[Bar, End]]:
    return [(bar, end) for bar in bars for end in bar.ends if end.zone == zone]


def place_inside(inside: list[Placed], bars: list[Bar]) -> None:
    """Put the zones side by side, wide enough for what is in them and comes to them."""
    x = MARGIN + LABELS
    for one in inside:
        zone = one.contents.region.zone
        free = sum(end.segment is None for _, end in _ends_in(bars, zone))
        named = sum(end.segment is not None for _, end in _ends_in(bars, zone))
        if named:
            one.w = one.contents.width + free * PITCH
        else:
            one.w = max(one.contents.width, 2 * _REACH + (free - 1) * PITCH)
        one.x = x
        x += one.w + BETWEEN


def place_outside(outside: list[Placed], inside: list[Placed], bars: list[Bar]) -> None:
    """Put external networks above the zones they are joined to, side by side."""
    middle = {one.contents.region.zone: one.x + one.w / 2 for one in inside}

    def wanted(one: Placed) -> float:
        zone = one.contents.region.zone
        at = [
            middle[end.zone]
            for bar in bars
            if any(end.zone == zone for end in bar.ends)
            for end in bar.ends
            if end.zone in middle
        ]
        return sum(at) / len(at) if at else MARGIN + LABELS

    x = MARGIN + LABELS
    for one in sorted(outside, key=wanted):
        free = len(_ends_in(bars, one.contents.region.zone))
        one.w = max(one.contents.width, PITCH * (free + 1))
        one.x = max(x, wanted(one) - one.w / 2)
        x = one.x + one.w + BETWEEN


def slots(one: Placed, inside: list[Placed], bars: list[Bar]) -> None:
    """Give the lines that come to a region their places along its edge."""
    zone = one.contents.region.zone
    ends = _ends_in(bars, zone)
    at = {box.node: box for box in one.contents.boxes}
    for segment in dict.fromkeys(end.segment for _, end in ends):
        if segment is not None:
            mine = [end for _, end in ends if end.segment == segment]
            box = at[segment]
            for number, end in enumerate(mine, 1):
                end.x = one.x + box.x + box.w * number / (len(mine) + 1)
    free = [(bar, end) for bar, end in ends if end.segment is None]
    if not free:
        return
    if len(free) < len(ends):
        for number, (_, end) in enumerate(free):
            end.x = one.x + one.w - PAD - PITCH * number
        return
    ordered = _outermost_last(free, zone, inside)
    if len(ordered) == 1 or one.contents.region.outside or one.w < 2 * _REACH + PITCH:
        for number, end in enumerate(ordered, 1):
            end.x = one.x + one.w * number / (len(ordered) + 1)
        return
    step = (one.w - 2 * _REACH) / (len(ordered) - 1)
    for number, end in enumerate(ordered):
        end.x = one.x + _REACH + step * number


def apart(one: Placed, bars: list[Bar]) -> None:
    """Move the lines of an external network so that none meets its bar where another does."""
    for bar, end in _ends_in(bars, one.contents.region.zone):
        others = [other.x for other in bar.ends if other is not end]
        while any(abs(end.x - x) < PITCH / 2 for x in others):
            end.x += PITCH / 4


def _outermost_last(free: list[tuple[Bar, End]], zone: str, inside: list[Placed]) -> list[End]:
    """Return the lines of a region from left to right.

    First come bars from the left that end here, the lowest first; then those that pass; then
    those that begin here, the lowest last.
    """
    order = {one.contents.region.zone: at for at, one in enumerate(inside)}
    here = order.get(zone)
    ending, passing, beginning = [], [], []
    for bar, end in free:
        known = [order[each.zone] for each in bar.ends if each.zone in order]
        if here is None or min(known) < here < max(known) or min(known) == max(known):
            passing.append(end)
        elif max(known) == here:
            ending.append(end)
        else:
            beginning.append(end)
    return [*reversed(ending), *passing, *beginning]
