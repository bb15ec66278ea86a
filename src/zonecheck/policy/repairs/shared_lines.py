"""Lines that stand for elements of several nodes: aliases, templates, one configuration file.

A repair changes one element. Whoever changes the line it is written at changes the others too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zonecheck.model.source import Source
from zonecheck.policy.repairs.repair import Repair, is_written


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A node a line stands for, and the filter of it that the line is in, if it is in one."""

    node: str
    filter: str | None = None

    def __str__(self) -> str:
        return self.node if self.filter is None else f"{self.node} ({self.filter})"


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
    own = {(repair.source, _place(repair)) for repair in repairs}
    return tuple(
        dict.fromkeys(
            place
            for repair in repairs
            for place in shared.get(repair.source, ())
            if (repair.source, place) not in own
        )
    )


def _place(repair: Repair) -> LinePlace | None:
    named = repair.message.named
    if "node" not in named:
        return None
    item = named.get("filter")
    return LinePlace(str(named["node"]), None if item is None else str(item))
