"""Text of others that is to stay on its line: nothing in it may steer what reads the report."""

from typing import Final

_WIDE_SPACE: Final = "\u3000"


def printable(text: str, *, keep: str = "") -> str:
    """Return the text with everything that does not print written as an escape.

    Control characters, line separators, lone surrogates and the marks that turn the direction of
    writing are escaped, except for those to `keep`. The wide space of Japanese prints.
    """
    keep += _WIDE_SPACE
    return "".join(
        character if character.isprintable() or character in keep else ascii(character)[1:-1]
        for character in text
    )
