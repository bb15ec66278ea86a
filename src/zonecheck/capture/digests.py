"""Digests of the captures that were read, so that a report says which evidence it is about."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from zonecheck.capture.read import Source
from zonecheck.capture.rows import FileEvidence
from zonecheck.capture.stamps import Stamp, stamp

_BLOCK: Final = 1 << 20


def digested(
    files: Sequence[FileEvidence], sources: Sequence[Source], before: Sequence[Stamp]
) -> tuple[FileEvidence, ...]:
    """Return files with their SHA-256, taken of the file as it is stored.

    A file that changed since `before` has none, nor has standard input: no digest is better than
    one of other bytes than those that were judged.
    """
    return tuple(map(_digested, files, sources, before))


def _digested(file: FileEvidence, source: Source, before: Stamp) -> FileEvidence:
    if before is None or file.passed_over:
        return file
    try:
        with source.open() as octets:
            found = sha256()
            while block := octets.read(_BLOCK):
                found.update(block)
    except OSError:
        return file
    return replace(file, sha256=found.hexdigest()) if stamp(source) == before else file
