"""The drawing of a design: what is outside above, zones below, what stands between in between."""

from collections import Counter
from dataclasses import dataclass

from zonecheck.model.graph import SEGMENT
from zonecheck.report.diagram.bars import LAYERS, Bar, End, bars_of, pack, place_box
from zonecheck.report.diagram.contents import (
    HEAD,
    ONE_ROW,
    PAD,
    PITCH,
    Contents,
    contents,
)
from zonecheck.report.diagram.geometry import Area, Box, Dot, Layer, Layout, Wire
from zonecheck.report.diagram.measure import LINE
from zonecheck.report.diagram.scheme import Scheme
from zonecheck.report.lang import Lang

MARGIN = 8.0
BETWEEN = 22.0
"""Space between two regions."""
LABELS = 74.0
"""Width of the column that names the layers."""
TRACK = LINE * 2 + 6 + 10
"""Height of a track: a box of two lines and some air."""
_REACH = 48.0
"""How far the outermost lines of a region keep from its sides: half a box of a bar fits there."""


@dataclass
class _Placed:
    contents: Contents
    x: float = 0.0
    y: float = 0.0
    w: float = 0.0
    h: float = 0.0


def layout(scheme: Scheme, lang: Lang, *, brief: bool = False) -> Layout:
    """Return the shapes of a drawing; with `brief` lines go to zones rather than to segments."""
    brief = brief or any(
        sum(node.kind == SEGMENT for node in scheme.inside(region.zone)) > ONE_ROW
        for region in scheme.regions
    )
    bars = bars_of(scheme, lang, brief=brief)
    lines = Counter(end.segment for bar in bars for end in bar.ends if end.segment)
    placed = {
        region.zone: _Placed(contents(scheme, region, lang, brief=brief, lines_to=lines))
        for region in scheme.regions
    }
    inside = [placed[r.zone] for r in scheme.regions if not r.outside]
    outside = [placed[r.zone] for r in scheme.regions if r.outside]
    _place_inside(inside, bars)
    _place_outside(outside, inside, bars)
    for one in inside:
        _slots(one, inside, bars)
    for one in outside:
        _slots(one, inside, bars)
    cables = [] if brief else [(j.a, j.b) for j in scheme.joins if not j.attached]
    return _Drawing(bars, inside, outside, cables).layout()


def _ends_in(bars: list[Bar], zone: str) -> list[tuple[Bar, End]]:
    return [(bar, end) for bar in bars for end in bar.ends if end.zone == zone]


def _place_inside(inside: list[_Placed], bars: list[Bar]) -> None:
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


def _place_outside(outside: list[_Placed], inside: list[_Placed], bars: list[Bar]) -> None:
    """Put external networks above the zones they are joined to, side by side."""
    middle = {one.contents.region.zone: one.x + one.w / 2 for one in inside}

    def wanted(one: _Placed) -> float:
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


def _slots(one: _Placed, inside: list[_Placed], bars: list[Bar]) -> None:
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


def _outermost_last(free: list[tuple[Bar, End]], zone: str, inside: list[_Placed]) -> list[End]:
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


class _Drawing:
    """Regions whose places along x are known, and bars whose lines are: all that is left is y."""

    def __init__(
        self,
        bars: list[Bar],
        inside: list[_Placed],
        outside: list[_Placed],
        cables: list[tuple[str, str]],
    ) -> None:
        self._cables = cables
        self._bars = bars
        self._inside = inside
        self._outside = outside
        self._layers: list[Layer] = []
        self._y: dict[int, float] = {}

    def layout(self) -> Layout:
        """Return the shapes."""
        y = MARGIN
        if self._outside:
            self._layers.append(Layer("outside", y))
            height = max(one.contents.height for one in self._outside)
            for one in self._outside:
                one.y, one.h = y, height
            y += height + BETWEEN
        for layer in LAYERS:
            y = self._tracks(layer, y)
        self._layers.append(Layer("zones", y))
        height = max((one.contents.height for one in self._inside), default=0)
        for one in self._inside:
            one.y, one.h = y, height
        everyone = [*self._inside, *self._outside]
        self._put_boxes()
        boxes, wires, dots = self._shapes()
        for one in everyone:
            boxes += [box.moved(one.x, one.y) for box in one.contents.boxes]
            wires += [wire.moved(one.x, one.y) for wire in one.contents.wires]
        right = max([one.x + one.w for one in everyone] + [bar.right for bar in self._bars] or [0])
        areas = tuple(
            Area(one.contents.region, one.x, one.y, one.w, one.h, HEAD) for one in everyone
        )
        size = right + MARGIN, y + height + MARGIN
        return Layout(*size, areas, tuple(boxes), tuple(wires), tuple(dots), tuple(self._layers))

    def _tracks(self, layer: str, y: float) -> float:
        bars = [bar for bar in self._bars if bar.layer == layer]
        if not bars:
            return y
        for bar in bars:
            place_box(bar, ())
        count = pack(bars)
        if any(bar.node for bar in bars):
            self._layers.append(Layer(layer, y))
        for bar in bars:
            self._y[id(bar)] = y + bar.track * TRACK + TRACK / 2
        return y + count * TRACK + BETWEEN / 2

    def _edge(self, end: End) -> float:
        """Return the y at which a line meets its region or segment."""
        for one in self._inside:
            if one.contents.region.zone == end.zone:
                at = {box.node: box for box in one.contents.boxes}
                return one.y + (at[end.segment].y if end.segment else 0)
        for one in self._outside:
            if one.contents.region.zone == end.zone:
                at = {box.node: box for box in one.contents.boxes}
                box = at.get(end.segment or "")
                return one.y + (box.y + box.h if box else one.h)
        raise KeyError(end.zone)

    def _put_boxes(self) -> None:
        for bar in self._bars:
            mine = self._y[id(bar)]
            avoid = [
                end.x
                for other in self._bars
                if other is not bar
                for end in other.ends
                if min(self._y[id(other)], self._edge(end)) - TRACK / 2
                < mine
                < max(self._y[id(other)], self._edge(end)) + TRACK / 2
            ]
            place_box(bar, [*avoid, *(end.x for end in bar.ends)])

    def _shapes(self) -> tuple[list[Box], list[Wire], list[Dot]]:
        boxes, wires, dots = [], [], []
        for bar in self._bars:
            y = self._y[id(bar)]
            wires.append(Wire(bar.left, y, bar.right, y, None))
            for end in bar.ends:
                wires.append(Wire(end.x, y, end.x, self._edge(end), end.zone))
                dots.append(Dot(end.x, y, end.zone))
            if bar.node is not None:
                x, (w, h) = bar.box[0], bar.size
                kind = bar.node.kind
                boxes.append(Box(bar.node.id, kind, None, bar.lines, x, y - h / 2, w, h))
        at = {box.node: box for box in boxes}
        for one, other in self._cables:
            if one in at and other in at:
                a, b = sorted((at[one], at[other]), key=lambda box: box.y)
                wires.append(Wire(a.middle, a.y + a.h, b.middle, b.y, None, cable=True))
        return boxes, wires, dots
