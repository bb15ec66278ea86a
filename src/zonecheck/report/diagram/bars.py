"""What stands between zones: a bar for each, with a line to every zone it is in.

Bars lie in layers, on tracks: two bars share a track only where they do not overlap. Of the bars
that end in a region, those of upper tracks have their lines further out, so that the lines of one
seldom cross another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from zonecheck.model.graph import EXTERNAL, HOST, SEGMENT
from zonecheck.report.diagram.captions import caption
from zonecheck.report.diagram.contents import sized
from zonecheck.report.diagram.scheme import Node, Scheme
from zonecheck.report.lang import Lang

BOUNDARY, RELAY, SWITCH = "boundary", "relay", "switch"
LAYERS = (BOUNDARY, RELAY, SWITCH)
_SWITCHES = ("l2-switch", "l3-switch")
_APART = 14.0


@dataclass
class End:
    """A line of a bar to a zone, to one segment there if it names one; `x` is found later."""

    zone: str
    segment: str | None
    x: float = 0.0


@dataclass
class Bar:
    """A node between zones, or an external network and a segment (`node` None)."""

    node: Node | None
    layer: str
    ends: list[End]
    lines: tuple[str, ...] = ()
    track: int = 0
    box: tuple[float, float] = (0.0, 0.0)
    """Where its box begins, and how wide it is."""
    size: tuple[float, float] = field(default=(0.0, 0.0))

    @property
    def left(self) -> float:
        """Return where it begins."""
        return min([end.x for end in self.ends] + ([self.box[0]] if self.node else []))

    @property
    def right(self) -> float:
        """Return where it ends."""
        return max([end.x for end in self.ends] + ([sum(self.box)] if self.node else []))


def bars_of(scheme: Scheme, lang: Lang, *, brief: bool) -> list[Bar]:
    """Return the bars layer by layer: those of one inner zone, then the wide before the narrow."""
    place = {region.zone: at for at, region in enumerate(scheme.regions)}
    inner = {region.zone: at for at, region in enumerate(scheme.regions) if not region.outside}
    bars = []
    for node in scheme.between:
        lines = caption(node, lang)
        bars.append(Bar(node, _layer(node), _ends(scheme, node, brief=brief), lines))
        bars[-1].size = sized(lines)
    bars += _lines_from_outside(scheme, brief=brief)

    def order(bar: Bar) -> tuple[int, bool, int, int]:
        at = [inner[end.zone] for end in bar.ends if end.zone in inner] or [0]
        first = min(place[end.zone] for end in bar.ends)
        return LAYERS.index(bar.layer), min(at) != max(at), min(at) - max(at), first

    return sorted(bars, key=order)


def pack(bars: Sequence[Bar]) -> int:
    """Give the bars of one layer tracks and return how many these are."""
    tracks: list[list[Bar]] = []
    for bar in bars:
        for at, track in enumerate(tracks):
            if all(
                bar.left > other.right + _APART or bar.right < other.left - _APART
                for other in track
            ):
                bar.track = at
                track.append(bar)
                break
        else:
            bar.track = len(tracks)
            tracks.append([bar])
    return len(tracks)


def place_box(
    bar: Bar,
    avoid: Sequence[float] = (),
    rather: Sequence[float] = (),
    under: float | None = None,
) -> None:
    """Put the box of a bar on it, clear of the lines of others at the places to avoid.

    It rather leaves its own lines and the places of `rather` free, too. Else its middle is as
    close as can be to `under`, or to the middle of the bar.
    """
    if bar.node is None:
        return
    w = bar.size[0]
    first, last = min(end.x for end in bar.ends), max(end.x for end in bar.ends)
    middle = (first + last - w) / 2
    room = max(0.0, last - first - w) / 2
    steps = [middle + step * sign for step in range(0, int(room) + 1, 4) for sign in (1, -1)]
    wish = middle if under is None else under - w / 2
    better = [*rather, *(end.x for end in bar.ends)]

    def cost(x: float) -> tuple[int, int, float]:
        hidden, near = (sum(x - 4 < at < x + w + 4 for at in places) for places in (avoid, better))
        return hidden, near, abs(x - wish)

    bar.box = (min(steps, key=cost), w)


def _layer(node: Node) -> str:
    if node.kind == HOST:
        return RELAY
    return SWITCH if node.role in _SWITCHES else BOUNDARY


def _ends(scheme: Scheme, node: Node, *, brief: bool) -> list[End]:
    """Return a line to each segment it lies in, or, of zones without one, to the zone."""
    if brief:
        return [End(zone, None) for zone in node.zones]
    found = []
    for join in scheme.joins:
        if join.attached and node.id in (join.a, join.b):
            segment = join.b if join.a == node.id else join.a
            found.append(End(join.zones[0], segment))
    reached = {end.zone for end in found}
    return [*found, *(End(zone, None) for zone in node.zones if zone not in reached)]


def _lines_from_outside(scheme: Scheme, *, brief: bool) -> list[Bar]:
    """Return bars without a box, for external networks with an edge in a segment of a zone."""
    nodes = scheme.node_by_id
    bars = []
    for join in scheme.joins:
        ends = [nodes[join.a], nodes[join.b]]
        external = next((node for node in ends if node.kind == EXTERNAL), None)
        segment = next((node for node in ends if node.kind == SEGMENT), None)
        if external and segment and external.zones != segment.zones:
            one = End(external.zones[0], None)
            other = End(segment.zones[0], None if brief else segment.id)
            bars.append(Bar(None, BOUNDARY, [one, other]))
    return bars
