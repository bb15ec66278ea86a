"""Full-width spaces and colons, which Japanese input leaves where YAML expects its own."""

import re

from zonecheck.model.message import Message
from zonecheck.model.source import Source

_SPACE_BEFORE = re.compile(r"\s*\u3000")
_COLON_BEHIND_KEY = re.compile(r"\s*(- *)?[^\s#:'\"\[\]{},]+\uff1a")
_COLON = re.compile(r":(\s|$)")


def in_line(line: str, number: int) -> Message | None:
    """Return the hint that a line is indented, or its key ended, by a full-width character."""
    if _SPACE_BEFORE.match(line) and line.strip():
        return Message.of("hint.full-width-space", line=number)
    if _COLON_BEHIND_KEY.match(line) and not _COLON.search(line):
        return Message.of("hint.full-width-colon", line=number)
    return None


def near(lines: list[str], at: int) -> Message | None:
    """Return that hint for the line at an index or the last one before it that says something.

    A parser stops at the first line that does not go together with what was read before.
    """
    before = (n for n in range(at - 1, -1, -1) if lines[n].strip()[:1] not in ("", "#"))
    for number in (at, *list(before)[:1]):
        hint = in_line(lines[number], number + 1) if number < len(lines) else None
        if hint is not None:
            return hint
    return None


def in_word(text: str, source: Source) -> Message | None:
    """Return that hint for a key or name that took such a character into itself."""
    return in_line(text, source.line)
