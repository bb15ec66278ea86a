"""Where a capture comes from."""

import io
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from zonecheck.capture.read.record import CaptureError

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One capture file, or what a folder holds that is none.

    Attributes:
        name: how it was named, or found in a folder.
        open: gives its octets; may be sent to another process.
        again: whether it can be read a second time.
        refused: why it is passed over; for files of a folder that are no captures.
    """

    name: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    again: bool = True
    refused: CaptureError | None = None

    @classmethod
    def of_path(cls, path: Path) -> "Source":
        """Return the source of a file; whether it exists is seen when it is read.

        What is there and no stored file, such as a pipe, gives its octets once.
        """
        try:
            again = S_ISREG(path.stat().st_mode)
        except OSError:
            again = True
        return cls(str(path), partial(_file, path), again=again)

    @classmethod
    def of_standard_input(cls) -> "Source":
        """Return the source of standard input, which can be read once."""
        return cls(STANDARD_INPUT, _standard_input, again=False)

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> "Source":
        """Return a source of these octets."""
        return cls(name, partial(io.BytesIO, data))


def _file(path: Path) -> BinaryIO:
    return path.open("rb")


def _standard_input() -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer)
