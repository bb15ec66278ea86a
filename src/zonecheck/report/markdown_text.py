"""Text of others inside of Markdown: shown as it is, whatever it is made of.

Inline text becomes a `code` element in which every mark is a numeric character reference: no
emphasis, link, image, table cell, heading, comment, mention or raw HTML can begin in it, but for a
few marks that begin nothing there. Longer
text stands in a fence that is longer than any run of its own.
"""

import re
from collections.abc import Sequence

from zonecheck.report.printable import printable

_TICKS = re.compile(r"`+")
_INSIDE = frozenset("-/,.()")
"""Marks that begin nothing inside of a `code` element."""
_WEB = re.compile(r"(?<=www)\.", re.IGNORECASE)
"""What would make a link of a name."""


def code(text: str) -> str:
    """Return one line of foreign text as inline code; nothing for nothing."""
    if not text:
        return ""
    inside = "".join(c if c in _INSIDE else _safe(c) for c in printable(text))
    return f"<code>{_WEB.sub('&#46;', inside)}</code>"


def plain(text: str) -> str:
    """Return one line of text as it is to be read, not set as code."""
    return "".join(map(_safe, printable(text)))


def fence(lines: Sequence[str]) -> list[str]:
    """Return lines as a block of code."""
    text = [printable(line) for line in lines]
    longest = max((len(run) for line in text for run in _TICKS.findall(line)), default=0)
    ticks = "`" * max(3, longest + 1)
    return [f"{ticks}text", *text, ticks]


def row(cells: Sequence[str]) -> str:
    """Return a line of a table; the cells are Markdown already."""
    return f"| {' | '.join(cells)} |"


def _safe(character: str) -> str:
    """Return a letter, digit, blank or Japanese mark as it is, any ASCII mark by its number."""
    if character.isalnum() or character == " " or not character.isascii():
        return character
    return f"&#{ord(character)};"
