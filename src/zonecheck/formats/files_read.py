"""Which files a run has read: what it writes must replace none of them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_read: ContextVar[set[Path] | None] = ContextVar("files_read", default=None)


@contextmanager
def remembering_files() -> Iterator[None]:
    """Remember every file that is read from here on, until the end of the block."""
    token = _read.set(set())
    try:
        yield
    finally:
        _read.reset(token)


def remember_file(path: str | os.PathLike[str]) -> None:
    """Remember a file that was read or is to be; a folder stands for all it holds."""
    known = _read.get()
    if known is not None:
        known.add(_real(path))


def is_read(path: str | os.PathLike[str]) -> bool:
    """Return whether a name is that of an existing file this run reads, whatever links lead there.

    Two names of one file (hard links) are two files here: replacing one leaves the other.
    """
    target = _real(path)
    known = _read.get() or set()
    return target.exists() and (target in known or not known.isdisjoint(target.parents))


def _real(path: str | os.PathLike[str]) -> Path:
    return Path(os.path.realpath(os.fspath(path).replace("\0", "?")))
