"""The drawing of a design: what is outside above, zones below, what stands between in between."""

from collections import Counter

from zonecheck.model.graph import SEGMENT
from zonecheck.report.diagram.bars import LAYERS, Bar, End, bars_of, pack, place_box
from zonecheck.report.diagram.contents import HEAD, ONE_ROW, contents
from zonecheck.report.diagram.geometry import Area, Box, Dot, Layer, Layout, Wire
from zonecheck.report.diagram.measure import LINE
from zonecheck.report.diagram.places import (
    BETWEEN,
    MARGIN,
    Placed,
    apart,
    place_inside,
    place_outside,
    slots,
)
from zonecheck.report.diagram.scheme import Scheme
from zonecheck.report.lang import Lang

TRACK = LINE * 2 + 6 + 10
"""Height of a track: a box of two lines and some air."""


def layout(scheme: Scheme, lang: Lang, *, brief: bool = False) -> Layout:
    """Return the shapes of a drawing; with `brief` the hosts of a segment are counted.

    Lines go to zones rather than to segments then, and also where a zone has many segments.
    """
    by_zone = brief or any(
        sum(node.kind == SEGMENT for node in scheme.inside(region.zone)) > ONE_ROW
        for region in scheme.regions
    )
    bars = bars_of(scheme, lang, brief=by_zone)
    lines = Counter(end.segment for bar in bars for end in bar.ends if end.segment)
    placed = {
        region.zone: Placed(
            contents(scheme, region, lang, brief=brief, lines_to=None if by_zone else lines)
        )
        for region in scheme.regions
    }
    inside = [placed[r.zone] for r in scheme.regions if not r.outside]
    outside = [placed[r.zone] for r in scheme.regions if r.outside]
    place_inside(inside, bars)
    place_outside(outside, inside, bars)
    for one in inside:
        slots(one, inside, bars)
    for one in outside:
        slots(one, inside, bars)
        apart(one, bars)
    cables = [] if by_zone else [(j.a, j.b) for j in scheme.joins if not j.attached]
    return _Drawing(bars, inside, outside, cables).layout()


class _Drawing:
    """Regions whose places along x are known, and bars whose lines are: all that is left is y."""

    def __init__(
        self,
        bars: list[Bar],
        inside: list[Placed],
        outside: list[Placed],
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
            place_box(bar)
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
        """Put the boxes on their bars: cabled ones under each other, others beside the cables."""
        by_id = {bar.node.id: bar for bar in self._bars if bar.node is not None}
        cables = [(by_id[a], by_id[b]) for a, b in self._cables if a in by_id and b in by_id]
        cabled = {id(bar) for pair in cables for bar in pair}
        for bar in sorted(self._bars, key=lambda bar: id(bar) not in cabled):
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
            under = [
                a.box[0] + a.box[1] / 2
                for pair in cables
                for a, b in (pair, pair[::-1])
                if b is bar and self._y[id(a)] < mine
            ]
            beside = [each.box[0] + each.box[1] / 2 for pair in cables for each in pair]
            rather = () if id(bar) in cabled else beside
            place_box(bar, avoid, rather, under[0] if under else None)

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
                x = min(max(a.middle, b.x + 6), b.x + b.w - 6)
                wires.append(Wire(a.middle, a.y + a.h, x, b.y, None, cable=True))
        return boxes, wires, dots
