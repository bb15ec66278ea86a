"""Lines that stand for elements of several nodes: aliases, templates, one configuration file.

A repair changes one element. Whoever changes the line it is written at changes the others too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zonecheck.model.source import Source
from zonecheck.policy.repairs.repair import Repair, Size, is_written


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A node a line stands for, and the filter or switch port of it that the line is about."""

    node: str
    filter: str | None = None
    port: str | None = None

    def __str__(self) -> str:
        node = self.node if self.port is None else f"{self.node}/{self.port}"
        return node if self.filter is None else f"{node} ({self.filter})"


SharedLines = Mapping[Source, tuple[LinePlace, ...]]


def shared_lines(repairs: Iterable[Repair]) -> SharedLines:
    """Return the lines that stand for more than one place, given all repairs of a design."""
    found: dict[Source, dict[LinePlace, None]] = {}
    for repair in repairs:
        place = _place(repair)
        if place is not None and is_written(repair.source):
            found.setdefault(repair.source, {})[place] = None
    return {source: tuple(places) for source, places in found.items() if len(places) > 1}


def also_at(repairs: Sequence[Repair], shared: SharedLines) -> tuple[LinePlace, ...]:
    """Return where else the lines of some repairs stand for something they do not change."""
    own = {(repair.source, place) for repair in repairs for place in _changed(repair)}
    gone = {repair.message.named.get("node") for repair in repairs if repair.size is Size.NODE}
    return tuple(
        dict.fromkeys(
            place
            for repair in repairs
            for place in shared.get(repair.source, ())
            if (repair.source, place) not in own and place.node not in gone
        )
    )


def _changed(repair: Repair) -> tuple[LinePlace, ...]:
    """Return the places a repair changes: of a trunk both ends, whichever of them it names."""
    place = _place(repair)
    if place is None and repair.size is Size.VLAN:
        return tuple(_port(node.partition(" vlan ")[0]) for node in repair.nodes)
    return () if place is None else (place,)


def _port(end: str) -> LinePlace:
    node, _, port = end.partition("/")
    return LinePlace(node, port=port)


def _place(repair: Repair) -> LinePlace | None:
    """Return the place a repair changes that its line is sure to stand for."""
    named = repair.message.named
    if "port" in named:
        return _port(str(named["port"]))
    if "node" not in named:
        return None
    item = named.get("filter")
    return LinePlace(str(named["node"]), None if item is None else str(item))
