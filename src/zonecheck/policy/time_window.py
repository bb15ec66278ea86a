"""Time windows of maintenance as people write them: `09:00-17:00`, `平日 09:00-12:00`."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from unicodedata import normalize

from zonecheck.policy.today import JAPAN

_DAY: Final = 24 * 60
_MINUTE: Final = 60_000_000_000
"""In nanoseconds."""
_LIMITED: Final = 23 * 60
_TIME = r"(?<![0-9:])(?:(?:[01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)(?![0-9:])"
_SPAN: Final = re.compile(rf"({_TIME})\s*[-~〜–—−]\s*({_TIME})")
_ALWAYS: Final = re.compile(
    r"常時|常に|終日|24\s*時間|随時|いつでも|always|any\s*time|all\s+day|24\s*h|24\s*/\s*7|24x7",
    re.IGNORECASE,
)
_WEEKDAYS: Final = re.compile(r"平日|月[-~〜]金|weekdays?|mon[-~]fri", re.IGNORECASE)
_FILLER: Final = re.compile(r"[\s,、;/と及びおよびのみandonly()]*", re.IGNORECASE)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """Parts of a day, in minutes from midnight, Japan time; a part may run past midnight.

    `unread` is what of the text is neither a time nor a word known here: it may only narrow.
    """

    parts: tuple[tuple[int, int], ...]
    weekdays_only: bool
    unread: str

    @property
    def limits(self) -> bool:
        """Return whether it names some hours of a day and leaves an hour of it at least."""
        return bool(self.parts) and self._open_for < _LIMITED

    @property
    def always_open(self) -> bool:
        """Return whether it says in so many words, or hours, that nothing is limited."""
        if self.parts:
            return not self.limits
        return _ALWAYS.search(self.unread) is not None

    @property
    def _open_for(self) -> int:
        """Return the minutes of a day it is open; parts that overlap count once."""
        return sum(
            any(_within(minute, begin, end) for begin, end in self.parts) for minute in range(_DAY)
        )

    def is_open(self, time: int) -> bool:
        """Return whether a moment (ns since 1970, UTC) lies in it, whatever `unread` means."""
        moment = datetime.fromtimestamp(time // 1_000_000_000, JAPAN)
        if self.weekdays_only and moment.weekday() >= _SATURDAY:
            return False
        minute = moment.hour * 60 + moment.minute
        return any(_within(minute, begin, end) for begin, end in self.parts)

    def stays_open(self, first: int, last: int) -> bool:
        """Return whether it is open all the time between two moments less than a day apart."""
        return all(self.is_open(moment) for moment in range(first, last, _MINUTE))


def time_window(text: str) -> TimeWindow:
    """Return the window a text names; without a time in it nothing is open."""
    folded = normalize("NFKC", text)
    parts = tuple((_minutes(begin), _minutes(end)) for begin, end in _SPAN.findall(folded))
    rest = _SPAN.sub(" ", folded)
    weekdays_only = _WEEKDAYS.search(rest) is not None
    rest = _WEEKDAYS.sub(" ", rest)
    unread = "" if _FILLER.fullmatch(rest) else rest.strip()
    return TimeWindow(parts, weekdays_only, unread)


def _within(minute: int, begin: int, end: int) -> bool:
    if begin < end:
        return begin <= minute < end
    return minute >= begin or minute < end % _DAY or begin == end


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)
