"""Time windows of maintenance as people write them: `09:00-17:00`, `平日 09:00-12:00`.

Little is read, and what is not may mean anything: `00:00-00:01を除く` is open all day. Clauses
(between list separators) have hours, with days and words that only narrow beside them, or say
that something is left out (`祝日を除く`, `申請時のみ`). A clause without hours may be open all day.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from unicodedata import normalize

from zonecheck.model.says_none import may_say_none
from zonecheck.policy.today import JAPAN

_WHOLE_DAY: Final = 24 * 60
_MINUTE: Final = 60_000_000_000
"""In nanoseconds."""
_LIMITED: Final = 23 * 60
_TIME = r"(?<![0-9:])(?:(?:[01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)(?![0-9:])"
_SPAN: Final = re.compile(rf"({_TIME})\s*(?:[-~〜–—−]|から|to)\s*(翌日?\s*)?({_TIME})(?:\s*まで)?")
_ALWAYS: Final = re.compile(
    r"常時|常に|終日|24\s*時間|随時|いつでも|always|any\s*time|all\s+day|24\s*h|24\s*/\s*7|24x7",
    re.I,
)
_BETWEEN: Final = re.compile(r"[、,;。\n]|[・/](?=\s*\d)|\band\b|及び|および|並びに|と", re.I)
_WEEKDAYS: Final = re.compile(r"平日|月[-~〜]金(?:曜日?)?|weekdays?|mon[-~]fri", re.I)
_EVERY_DAY: Final = re.compile(r"毎日|daily|every\s+day", re.I)
_DAY_OF_WEEK = (
    r"[月火水木金土日祝]曜?日?|\b(?:mon|tue|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
)
_OTHER_DAYS = r"休日|年末年始|開庁日|閉庁日|営業日|業務日|週末|weekends?|holidays?"
_DAY = rf"(?>{_WEEKDAYS.pattern}|{_EVERY_DAY.pattern}|{_OTHER_DAYS}|{_DAY_OF_WEEK})"
_DAYS = rf"(?>{_DAY}(?>[-~〜・/]?{_DAY})*+)"
_BUT_DAYS = rf"(?>{_DAYS}\s*(?:(?:を|は)?除く|(?:を|は)除き|以外)|except\s+{_DAYS})"
_OCCASION = (
    r"(?>(?:(?:保守|点検)?作業|事前申請|申請|(?:事前)?承認|(?:事前)?許可|(?:事前)?連絡|立会い?|保守|必要)"
    r"(?:時|後|な(?:時|とき))"
    r"|on\s+request|when\s+requested|(?:up)?on\s+approval|by\s+appointment)"
)
_OF_HOURS: Final = re.compile(rf"(?!{_BUT_DAYS}){_DAYS}", re.I)
_ONLY = r"(?>のみ|だけ|に限る|に限り|限定|only)"
_FILLER = r"(?>[\s()「」]|日本時間|jst|の間|の|に|は|可能?)"
# Possessive throughout: a long text must not be tried in every way it could be cut to pieces.
_BESIDE_HOURS: Final = re.compile(
    rf"(?>{_BUT_DAYS}|{_DAYS}|{_OCCASION}|{_ONLY}|{_FILLER}|#)*+", re.I
)
_ALONE: Final = re.compile(
    rf"[\s()]*+(?>{_BUT_DAYS}|(?>{_DAYS}|{_OCCASION})\s*{_ONLY})?[\s()]*+", re.I
)
_SILENT: Final = re.compile(rf"{_EVERY_DAY.pattern}|{_FILLER}|#", re.I)
_HOURS: Final = "#"
"""What stands where a span stood: words on both sides of it are not words beside each other."""
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """Parts of a day, in minutes from midnight, Japan time; a part may run past midnight.

    `narrowed` is what of the text only narrows them in a way that is not known here (`申請時のみ`).
    `unread` is what is not understood, and may mean anything.
    """

    parts: tuple[tuple[int, int], ...]
    weekdays_only: bool
    narrowed: str
    unread: str

    @property
    def limits(self) -> bool:
        """Return whether it names some hours of a day and surely leaves an hour of it at least."""
        return bool(self.parts) and not self.unread and self._open_for <= _LIMITED

    @property
    def always_open(self) -> bool:
        """Return whether it says in so many words, or hours, that nothing is limited."""
        if self.parts:
            return not self.unread and self._open_for > _LIMITED
        return _ALWAYS.search(self.unread) is not None and not may_say_none(self.unread)

    @property
    def _open_for(self) -> int:
        """Return the minutes of a day it is open; parts that overlap count once."""
        return sum(
            any(_within(minute, begin, end) for begin, end in self.parts)
            for minute in range(_WHOLE_DAY)
        )

    def is_open(self, time: int) -> bool:
        """Return whether a moment (ns since 1970, UTC) lies in it, narrowed or not."""
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
    folded = normalize("NFKC", text).replace(_HOURS, "?")
    parts: list[tuple[int, int]] = []
    narrowed: list[str] = []
    unread: list[str] = []
    days: list[str] = []
    for clause in _BETWEEN.split(folded):
        spans = _SPAN.findall(clause)
        parts += [_part(*span) for span in spans]
        rest = _SPAN.sub(_HOURS, clause)
        if not (_BESIDE_HOURS if spans else _ALONE).fullmatch(rest):
            unread.append(clause.strip())
        if spans:
            days += _OF_HOURS.findall(rest) or days[-1:] or [""]
            rest = _WEEKDAYS.sub(" ", rest)
        if _SILENT.sub("", rest):
            narrowed.append(rest.replace(_HOURS, " ").strip())
    weekdays = bool(days) and all(map(_WEEKDAYS.fullmatch, days))
    if not weekdays and any(map(_WEEKDAYS.fullmatch, days)):
        narrowed.append(folded.strip())
    return TimeWindow(tuple(parts), weekdays, ", ".join(narrowed), ", ".join(unread))


def _part(begin: str, next_day: str, end: str) -> tuple[int, int]:
    first, last = _minutes(begin), _minutes(end)
    # From nine to five of the next day is more than a day.
    return (0, _WHOLE_DAY) if next_day and first <= last else (first, last)


def _within(minute: int, begin: int, end: int) -> bool:
    if begin < end:
        return begin <= minute < end
    return minute >= begin or minute < end % _WHOLE_DAY or begin == end


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)
