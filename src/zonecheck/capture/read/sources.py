"""The captures that a command line names, in the order they were taken."""

import errno
import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from zonecheck.capture.read import codes
from zonecheck.capture.read.reader import chunks
from zonecheck.capture.read.record import NO_TIME, CaptureError
from zonecheck.capture.read.source import STANDARD_INPUT, Source

PEEK: Final = 1 << 16
"""Octets looked at to learn when the first packet of a file was captured."""


def expand(paths: Iterable[str | Path]) -> list[Source]:
    """Return the sources that these paths name, each path's in its place.

    A file is itself, `-` standard input. Of a folder come its files, not its sub-folders: by
    name, numbers in it as numbers, and then by the time of the first packet as far as files
    tell one, so that a ring of files starts with its oldest. Files of a folder that are no
    captures come with `refused` set; so does a folder that holds no file or cannot be listed.
    Raises nothing: what a file named outright lacks is seen when it is read.
    """
    found: list[Source] = []
    for path in paths:
        if str(path) == STANDARD_INPUT:
            found.append(Source.of_standard_input())
        elif Path(path).is_dir():
            found += _of_folder(Path(path))
        else:
            found.append(Source.of_path(Path(path)))
    return found


def _of_folder(folder: Path) -> list[Source]:
    try:
        files = sorted((each for each in folder.iterdir() if each.is_file()), key=_natural)
    except OSError as what:
        reason = errno.errorcode.get(what.errno or 0, type(what).__name__)
        return [_refused(folder, codes.UNREADABLE, reason)]
    if not files:
        return [_refused(folder, codes.FOLDER_EMPTY, "0")]
    looked = [_look(Source.of_path(file)) for file in files]
    return _by_time(looked)


def _refused(folder: Path, code: str, found: str) -> Source:
    error = CaptureError(str(folder), code, 0, found, "captures")
    return replace(Source.of_path(folder), refused=error)


def _natural(path: Path) -> tuple[list[tuple[int, str]], str]:
    """Return a key by which cap2 comes before cap10."""
    parts = re.split(r"([0-9]+)", path.name)
    # Strings with the number's length before them compare as numbers do.
    return [
        (len(part.lstrip("0")), part.lstrip("0")) if at % 2 else (0, part)
        for at, part in enumerate(parts)
    ], path.name


def _look(source: Source) -> tuple[Source, int]:
    """Return the source, refused if it is no capture, and its first time or NO_TIME."""
    with closing(chunks(source, [], 0, buffer=PEEK)) as looked:
        try:
            for chunk in islice(looked, 1):
                known = chunk.times[chunk.times != NO_TIME]
                return source, int(known[0]) if len(known) else NO_TIME
        except CaptureError as error:
            if error.code == codes.NOT_A_CAPTURE:
                return replace(source, refused=error), NO_TIME
    return source, NO_TIME


def _by_time(looked: Sequence[tuple[Source, int]]) -> list[Source]:
    """Return the sources that tell a time by it, in the places that such sources have."""
    telling = iter(sorted((each for each in looked if each[1] != NO_TIME), key=lambda it: it[1]))
    return [next(telling)[0] if time != NO_TIME else source for source, time in looked]
