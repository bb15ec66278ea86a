"""What lies in one region: devices by their distance from the core, then segments with hosts."""

from collections.abc import Mapping
from dataclasses import dataclass

from zonecheck.model.graph import DEVICE, EXTERNAL, SEGMENT
from zonecheck.report.diagram.captions import caption, host_lines
from zonecheck.report.diagram.geometry import Box, Wire
from zonecheck.report.diagram.measure import LINE, width
from zonecheck.report.diagram.scheme import Node, Region, Scheme
from zonecheck.report.lang import Lang

HEAD = 18.0
PAD = 10.0
GAP = 8.0
SIDE = 6.0
"""Space between a text and the border of its box, left and right."""
PITCH = 12.0
"""The least distance of two lines that go down side by side."""
HEAD_SIZE = 10.0
ONE_ROW = 5
"""So many segments are drawn side by side, each with lines of its own."""

_RANKS = {"router": 1, "firewall": 1, "transparent-firewall": 1, "l3-switch": 2, "l2-switch": 3}


@dataclass(frozen=True, slots=True)
class Contents:
    """The boxes and cables of a region, placed from its upper left corner."""

    region: Region
    width: float
    height: float
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]


def contents(
    scheme: Scheme, region: Region, lang: Lang, *, brief: bool, lines_to: Mapping[str, int] | None
) -> Contents:
    """Return what lies in a region; with `brief` the hosts of a segment are counted.

    `lines_to` says how many lines come to each segment, so that they stand side by side; None
    says that lines end at the region, and segments stand in columns.
    """
    nodes = scheme.inside(region.zone)
    rows = _rows(scheme, [node for node in nodes if node.kind != SEGMENT])
    boxes: list[Box] = []
    y = HEAD + PAD
    widest = width(region.name, HEAD_SIZE) + 2 * PAD
    for row in rows:
        x = PAD
        placed = [_box(node, caption(node, lang), x, y) for node in row]
        for box in placed:
            boxes.append(box.moved(x - box.x, 0))
            x += box.w + GAP
        y += max(box.h for box in placed) + GAP + 4
        widest = max(widest, x - GAP + PAD)
    segments = []
    for node in nodes:
        if node.kind == SEGMENT:
            lines = (*_title(node, lang), *host_lines(scheme, node.id, lang, brief=brief))
            box = _box(node, lines, 0, 0)
            least = PITCH * ((lines_to or {}).get(node.id, 0) + 1)
            segments.append(_wide(box, max(box.w, least)))
    placed, right, bottom = _grid(
        segments, y, _columns(len(segments), one_row=lines_to is not None)
    )
    widest = max(widest, right)
    boxes = _spread(boxes, widest)
    joins = tuple(_cables(scheme, [*boxes, *placed], region.zone, attached=lines_to is not None))
    return Contents(region, widest, bottom + PAD - GAP, (*boxes, *placed), joins)


def sized(lines: tuple[str, ...]) -> tuple[float, float]:
    """Return width and height of a box with these lines."""
    return max(map(width, lines)) + 2 * SIDE, LINE * len(lines) + 6


def _title(node: Node, lang: Lang) -> tuple[str, ...]:
    return ("  ".join(caption(node, lang)),)


def _box(node: Node, lines: tuple[str, ...], x: float, y: float) -> Box:
    w, h = sized(lines)
    return Box(node.id, node.kind, node.zones[0], lines, x, y, w, h)


def _wide(box: Box, w: float) -> Box:
    return Box(box.node, box.kind, box.zone, box.lines, box.x, box.y, w, box.h)


def _columns(count: int, *, one_row: bool) -> int:
    if one_row:
        return max(1, count)
    return 1 if count <= 2 else 2 if count <= 20 else 3


def _grid(boxes: list[Box], top: float, columns: int) -> tuple[list[Box], float, float]:
    """Return boxes in columns, each under the shortest so far; and where they end."""
    if not boxes:
        return [], 0, top
    if columns >= len(boxes):
        x, placed = PAD, []
        for box in boxes:
            placed.append(box.moved(x, top))
            x += box.w + GAP
        return placed, x - GAP + PAD, top + max(box.h for box in boxes) + GAP
    each = max(box.w for box in boxes)
    ends = [top] * columns
    placed = []
    for box in boxes:
        at = ends.index(min(ends))
        placed.append(_wide(box.moved(PAD + at * (each + GAP), ends[at]), each))
        ends[at] += box.h + GAP
    return placed, 2 * PAD + columns * (each + GAP) - GAP, max(ends)


def _rows(scheme: Scheme, nodes: list[Node]) -> list[list[Node]]:
    """Return external networks, then devices, each below those it hangs on."""
    rank: dict[str, int] = {}
    for node in nodes:
        if node.kind == EXTERNAL:
            rank[node.id] = 0
        elif node.kind == DEVICE:
            rank[node.id] = _RANKS.get(node.role, 3)
        else:
            rank[node.id] = 9
    known = {node.id: node for node in nodes}
    switches = {n.id for n in nodes if n.role == "l2-switch"}
    cables = [j for j in scheme.joins if not j.attached and {j.a, j.b} <= switches]
    above = {
        end
        for join in scheme.joins
        if not join.attached
        for end, other in ((join.a, join.b), (join.b, join.a))
        if end in switches and other not in switches
    }
    for join in cables:
        for end, other in ((join.a, join.b), (join.b, join.a)):
            if end not in above and other in above:
                rank[end] = 4
    found: dict[int, list[Node]] = {}
    for name in known:
        found.setdefault(rank[name], []).append(known[name])
    return [found[at] for at in sorted(found)]


def _spread(boxes: list[Box], w: float) -> list[Box]:
    """Return the boxes of each row in the middle of the region."""
    rows: dict[float, list[Box]] = {}
    for box in boxes:
        rows.setdefault(box.y, []).append(box)
    moved = []
    for row in rows.values():
        free = w - PAD - (row[-1].x + row[-1].w)
        moved += [box.moved(free / 2, 0) for box in row]
    return moved


def _cables(scheme: Scheme, boxes: list[Box], zone: str, *, attached: bool) -> list[Wire]:
    at = {box.node: box for box in boxes}
    wires = []
    for join in scheme.joins:
        if join.a in at and join.b in at and (attached or not join.attached):
            a, b = sorted((at[join.a], at[join.b]), key=lambda box: box.y)
            if a.y == b.y:
                ends = (a.middle, a.y + a.h / 2, b.middle, b.y + b.h / 2)
            else:
                ends = (a.middle, a.y + a.h, b.middle, b.y)
            wires.append(Wire(*ends, zone, inner=True))
    return wires
