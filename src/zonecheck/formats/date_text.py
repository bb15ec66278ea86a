"""Days as they are written in files: `2027-03-31` and nothing else."""

import re
from collections.abc import Callable
from datetime import date

from zonecheck.formats.fold import fold
from zonecheck.formats.problems import Problems
from zonecheck.formats.scalars import written_instead
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.message import Message

PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_WRITTEN = re.compile(PATTERN)
_OTHERWISE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_ERA = re.compile(
    r"(?:令和|[Rr])\s*([0-9]{1,2}|元)\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?"
)
_BEFORE_REIWA = 2018


def day(node: ScalarNode, problems: Problems) -> date | None:
    """Return the day of `2027-03-31`; other spellings and days there are not are problems."""
    if not _WRITTEN.fullmatch(node.text):
        problems.add(node.source, "scalar.date", text=node.text, hint=_meant(node.text))
        return None
    found = _day(*node.text.split("-"))
    if found is None:
        problems.add(node.source, "scalar.no-such-day", text=node.text)
    return found


def _day(year: str, month: str, number: str) -> date | None:
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def _meant(text: str) -> Message | None:
    """Return the hint to write the day otherwise, None if no day can be made out."""
    folded = fold(text)
    spellings: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
        (_OTHERWISE, str),
        (_ERA, _of_reiwa),
    )
    for pattern, year_of in spellings:
        match = pattern.fullmatch(folded)
        found = match and _day(year_of(match[1]), match[2], match[3])
        if found:
            return written_instead(found.isoformat())
    return None


def _of_reiwa(year: str) -> str:
    return str(_BEFORE_REIWA + (1 if year == "元" else int(year)))
