"""Where the nodes of the graph stand: outside above, zones below, what joins them in between."""

from collections.abc import Sequence
from math import ceil, sqrt
from typing import NamedTuple

from zonecheck.model.graph import SEGMENT
from zonecheck.report.diagram.scheme import Node, Scheme

ACROSS, DOWN = 150, 52
"""Distances of nodes from middle to middle."""
BETWEEN = 90
"""Distance between zones."""
LEAST_WIDE = 18
"""So many columns of nodes at least stand side by side before a new row of zones begins."""
MARGIN = 45
"""Distance from the middles of the outermost nodes of a zone to its edge."""

Places = dict[str, tuple[int, int]]


class Box(NamedTuple):
    """Where a zone lies: its middle, how wide and how high it is."""

    x: float
    y: float
    wide: int
    high: int


def places_of(scheme: Scheme) -> Places:
    """Return the place of every node, the same for the same drawing."""
    found: Places = {}
    widest = max(LEAST_WIDE, ceil(1.5 * sqrt(len(scheme.nodes))))
    y = _shelves(scheme, [r.zone for r in scheme.regions if r.outside], 0, widest, found)
    rows = ceil(len(scheme.between) / (widest // 2))
    top = y + rows * 2 * DOWN + (BETWEEN if rows else 0)
    _shelves(scheme, [r.zone for r in scheme.regions if not r.outside], top, widest, found)
    if rows:
        _between(scheme, rows, y + BETWEEN // 2, found)
    return found


def box_of(scheme: Scheme, zone: str, places: Places) -> Box | None:
    """Return where a zone lies around what lies in it, None if nothing lies in it alone."""
    inside = [places[node.id] for node in scheme.nodes if node.zones == (zone,)]
    if not inside:
        return None
    (left, *_, right), (top, *_, bottom) = (
        sorted((*values, *values)) for values in zip(*inside, strict=True)
    )
    wide, high = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN
    return Box((left + right) / 2, (top + bottom) / 2, wide, high)


def _between(scheme: Scheme, rows: int, top: int, found: Places) -> None:
    """Put what joins zones in rows, each as near as can be to the middle of what it joins."""
    boxes = {region.zone: box_of(scheme, region.zone, found) for region in scheme.regions}
    across = [x for x, _ in found.values()] or [0]
    middle = (min(across) + max(across)) / 2

    def wanted(node: Node) -> float:
        known = [box.x for zone in node.zones if (box := boxes.get(zone)) is not None]
        return sum(known) / len(known) if known else middle

    ordered = sorted(scheme.between, key=wanted)
    for row in range(rows):
        nodes = ordered[row::rows]
        at = [wanted(nodes[0])]
        for node in nodes[1:]:
            at.append(max(wanted(node), at[-1] + 2 * ACROSS))
        pushed = sum(x - wanted(node) for x, node in zip(at, nodes, strict=True)) / len(nodes)
        for node, x in zip(nodes, at, strict=True):
            found[node.id] = round(x - pushed), top + row * 2 * DOWN


def _shelves(scheme: Scheme, zones: Sequence[str], top: int, widest: int, found: Places) -> int:
    """Put zones side by side, in as many rows as that takes; return where these end."""
    x, y, height, columns = 0, top, 0, 0
    for zone in zones:
        places, wide, high = _inside(scheme, zone)
        if columns and columns + wide > widest:
            x, y, height, columns = 0, y + height + BETWEEN, 0, 0
        for node, (at, down) in places.items():
            found[node] = x + at, y + down
        x += wide * ACROSS + BETWEEN
        columns += wide
        height = max(height, high)
    return y + height + BETWEEN if zones else y


def _inside(scheme: Scheme, zone: str) -> tuple[Places, int, int]:
    """Return places within a zone, how many columns these take, and their height."""
    nodes = scheme.inside(zone)
    segments = [node for node in nodes if node.kind == SEGMENT]
    loose = [node for node in nodes if node.kind != SEGMENT]
    most = max(1, len(segments), len(loose))
    wide = min(max(6, ceil(sqrt(most))), ceil(sqrt(2 * most)))
    found: Places = {}
    _rows(loose, wide, 0, 0, found)
    y = ceil(len(loose) / wide) * DOWN
    for at in range(0, len(segments), wide):
        band = segments[at : at + wide]
        deepest = 0
        for column, segment in enumerate(band):
            hosts = scheme.at_home(segment.id)
            _rows([segment, *hosts], 1, column * ACROSS, y, found)
            deepest = max(deepest, 1 + len(hosts))
        y += deepest * DOWN + DOWN // 2
    return found, wide, y


def _rows(nodes: Sequence[Node], columns: int, x: int, y: int, found: Places) -> None:
    for at, node in enumerate(nodes):
        found[node.id] = x + at % columns * ACROSS, y + at // columns * DOWN
