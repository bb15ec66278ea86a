"""Where the nodes of the graph stand: outside above, zones below, what joins them in between."""

from collections.abc import Sequence
from math import ceil, sqrt

from zonecheck.model.graph import SEGMENT
from zonecheck.report.diagram.scheme import Node, Scheme

ACROSS, DOWN = 150, 64
"""Distances of nodes from middle to middle."""
BETWEEN = 90
"""Distance between zones."""
WIDEST = 18
"""So many columns of nodes stand side by side before a new row of zones begins."""

Places = dict[str, tuple[int, int]]


def places_of(scheme: Scheme) -> Places:
    """Return the place of every node, the same for the same drawing."""
    found: Places = {}
    y = _shelves(scheme, [r.zone for r in scheme.regions if r.outside], 0, found)
    between = scheme.between
    if between:
        y += BETWEEN // 2
        _rows(between, WIDEST // 2, 0, y, found, across=2 * ACROSS, down=2 * DOWN)
        y += ceil(len(between) / (WIDEST // 2)) * 2 * DOWN + BETWEEN // 2
    _shelves(scheme, [r.zone for r in scheme.regions if not r.outside], y, found)
    return found


def _shelves(scheme: Scheme, zones: Sequence[str], top: int, found: Places) -> int:
    """Put zones side by side, in as many rows as that takes; return where these end."""
    x, y, height, columns = 0, top, 0, 0
    for zone in zones:
        places, wide, high = _inside(scheme, zone)
        if columns and columns + wide > WIDEST:
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
    wide = max(1, min(6, ceil(sqrt(2 * max(len(segments), len(loose))))))
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


def _rows(
    nodes: Sequence[Node],
    columns: int,
    x: int,
    y: int,
    found: Places,
    *,
    across: int = ACROSS,
    down: int = DOWN,
) -> None:
    for at, node in enumerate(nodes):
        found[node.id] = x + at % columns * across, y + at // columns * down
