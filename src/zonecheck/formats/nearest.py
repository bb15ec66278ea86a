"""The known word a misspelt one was probably meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches

from zonecheck.formats.fold import fold
from zonecheck.model.message import Message


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, None if none is like it."""
    by_folded = {fold(item).casefold(): item for item in known}
    matches = get_close_matches(fold(word).casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> Message | None:
    """Return the hint naming the nearest known word, None if none is near."""
    best = nearest(word, known)
    return None if best is None else Message.of("hint.did-you-mean", best=best)
