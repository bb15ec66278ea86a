"""Text of others that is to stay on its line: nothing in it may steer what reads the report."""

from typing import Final

_WIDE_SPACE: Final = "\u3000"


def printable(text: str, *, keep: str = "") -> str:
    """Return the text with everything that does not print written as an escape.

    Control characters, line separators, lone surrogates and the marks that turn the direction of
    writing are escaped, except for those to `keep`.
    """
    return "".join(
        character if character.isprintable() or character in keep else ascii(character)[1:-1]
        for character in text
    )


def printable_name(name: str) -> str:
    """Return the same for the name of a file, which in Japanese may have wide spaces."""
    return printable(name, keep=_WIDE_SPACE)
