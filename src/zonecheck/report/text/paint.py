"""Colour as a function the caller brings; reports alone are plain text."""

from collections.abc import Callable

Paint = Callable[[str, str], str]
"""Given a text and what it is (`holds`, `violated`, `unknown`, `heading`): the text to print."""


def plain(text: str, _role: str) -> str:
    """Return the text as it is."""
    return text
