"""Columns on a terminal, where a Japanese character is two cells wide."""

from collections.abc import Sequence
from unicodedata import combining, east_asian_width


def cells(text: str) -> int:
    """Return how many terminal cells a text takes."""
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "FW" else 1 for char in text
    )


def pad(text: str, width: int) -> str:
    """Return the text with spaces after it up to a width in cells."""
    return text + " " * max(0, width - cells(text))


def aligned(rows: Sequence[Sequence[str]], *, gap: int = 2, indent: int = 0) -> list[str]:
    """Return one line a row, its columns aligned; no spaces at line ends."""
    widths: list[int] = []
    for row in rows:
        for at, text in enumerate(row):
            if at == len(widths):
                widths.append(0)
            widths[at] = max(widths[at], cells(text))
    space = " " * gap
    return [(" " * indent + space.join(map(pad, row, widths))).rstrip() for row in rows]


def indented(lines: Sequence[str], by: int) -> list[str]:
    """Return the lines moved right; empty ones stay empty."""
    return [" " * by + line if line else line for line in lines]
