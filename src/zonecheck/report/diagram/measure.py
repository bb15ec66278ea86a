"""How wide a text will be, without asking a font: rather too wide than too narrow."""

from unicodedata import combining, east_asian_width

SIZE = 8.0
"""Size of the letters in points; all of a drawing is in points."""
LINE = 11.0

_NARROW = frozenset("ijl!|.,:;'()[]-/ ")
_WIDE = 1.02


def width(text: str, size: float = SIZE) -> float:
    """Return the width of a line of text."""
    return size * sum(map(_em, text))


def cut(text: str, most: float, size: float = SIZE) -> str:
    """Return the text, or as much of its beginning as fits, with an ellipsis."""
    if width(text, size) <= most:
        return text
    while text and width(text + "…", size) > most:
        text = text[:-1]
    return text + "…"


def wrapped(text: str, most: float, size: float = SIZE) -> list[str]:
    """Return the text in lines that fit, broken at a space where there is one in the last half."""
    lines = []
    while width(text, size) > most:
        end = len(text)
        while end > 1 and width(text[:end], size) > most:
            end -= 1
        space = text.rfind(" ", end // 2, end)
        end = space if space > 0 else end
        lines.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*lines, text] if text else lines


def _em(char: str) -> float:
    if combining(char):
        return 0.0
    if east_asian_width(char) in "FWA":
        return _WIDE
    if char in _NARROW:
        return 0.36
    if char in "mwMW@%":
        return 0.92
    return 0.72 if char.isupper() else 0.6
