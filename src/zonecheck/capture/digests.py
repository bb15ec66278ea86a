"""Digests of the captures that were read, so that a report says which evidence it is about."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from typing import Final

from zonecheck.capture.read import Source
from zonecheck.capture.rows import FileEvidence

_BLOCK: Final = 1 << 20
Stamps = tuple[tuple[int, int] | None, ...]
"""Size and time of change (ns) of each source; None for what cannot be read a second time."""


def stamps(sources: Sequence[Source]) -> Stamps:
    """Return what tells whether files change while they are read."""
    return tuple(_stamp(source) for source in sources)


def _stamp(source: Source) -> tuple[int, int] | None:
    if not source.again:
        return None
    try:
        status = Path(source.name).stat()
    except OSError:
        return None
    # A pipe would wait for ever for someone who writes to it again.
    return (status.st_size, status.st_mtime_ns) if S_ISREG(status.st_mode) else None


def digested(
    files: Sequence[FileEvidence], sources: Sequence[Source], before: Stamps
) -> tuple[FileEvidence, ...]:
    """Return files with their SHA-256, taken of the file as it is stored.

    A file that changed since `before` has none, nor has standard input: no digest is better than
    one of other bytes than those that were judged.
    """
    return tuple(map(_digested, files, sources, before))


def _digested(file: FileEvidence, source: Source, before: tuple[int, int] | None) -> FileEvidence:
    if before is None or file.passed_over:
        return file
    try:
        with source.open() as octets:
            found = sha256()
            while block := octets.read(_BLOCK):
                found.update(block)
    except OSError:
        return file
    return replace(file, sha256=found.hexdigest()) if _stamp(source) == before else file
