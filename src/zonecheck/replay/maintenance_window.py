"""When sessions of remote maintenance may be: the hours its window names."""

import re
from collections.abc import Iterator

from zonecheck.model.topology import Topology
from zonecheck.policy.legs import LegPart

_MINUTE = 60 * 1_000_000_000
_DAY = 24 * 60
_JAPAN = 9 * 60
_WINDOW = re.compile(r"(\d{1,2}):(\d{2})\s*[-–~〜]\s*(\d{1,2}):(\d{2})")
_MARGIN = 5


def windows_of(topology: Topology, part: LegPart) -> list[tuple[int, int]]:
    """Return the hours in which a declared part is allowed, in minutes of a day; [] always."""
    for entry in topology.maintenance:
        if entry.id == part.name and part.leg in entry.legs and entry.window:
            return list(_parts(entry.window))
    return []


def within_window(topology: Topology, part: LegPart, time: int) -> int:
    """Return a time of the same day in Japan at which a part is allowed."""
    windows = windows_of(topology, part)
    if not windows or any(_inside(window, time) for window in windows):
        return time
    return _at_minute(time, windows[0][0] + _MARGIN)


def outside_windows(topology: Topology, part: LegPart, time: int) -> int | None:
    """Return a time of the same day at which a part is not allowed, None if it always is."""
    windows = windows_of(topology, part)
    for minute in range(22 * 60, 22 * 60 + _DAY, 30):
        moved = _at_minute(time, minute % _DAY)
        if windows and not any(_inside(window, moved) for window in windows):
            return moved
    return None


def _parts(window: str) -> Iterator[tuple[int, int]]:
    for found in _WINDOW.finditer(window):
        hour, minute, until_hour, until_minute = map(int, found.groups())
        yield hour * 60 + minute, until_hour * 60 + until_minute


def _inside(window: tuple[int, int], time: int) -> bool:
    """Return whether a time and the minutes a session takes lie in a window, over midnight too."""
    first, last = window
    begin = _minute_of(time)
    if first > last:
        return begin >= first or begin + _MARGIN <= last
    return first <= begin and begin + _MARGIN <= last


def _minute_of(time: int) -> int:
    return (time // _MINUTE + _JAPAN) % _DAY


def _at_minute(time: int, minute: int) -> int:
    return time + (minute - _minute_of(time)) * _MINUTE
