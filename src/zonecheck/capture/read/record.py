"""What reading a capture hands on: interfaces, chunks of packets, and why it stopped."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_TIME = int(np.iinfo(np.int64).min)


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface of one section of one file."""

    file: int  # index into Reading.files
    section: int  # from 0
    index: int  # within the section
    link_type: int  # low 16 bits of the field
    name: str | None  # if_name
    snap_length: int  # 0 = unlimited
    fcs_octets: int  # bytes of frame check sequence at the end of each frame


@dataclass(slots=True)
class Chunk:
    """Consecutive packets of one file, in file order; all arrays have n entries."""

    data: NDArray[np.uint8]  # the bytes the packets lie in
    starts: NDArray[np.int64]  # offset in data of each packet's first byte
    captured: NDArray[np.int64]  # octets in data
    original: NDArray[np.int64]  # octets on the wire
    times: NDArray[np.int64]  # ns since 1970 UTC; NO_TIME where the format gives none
    interface: NDArray[np.int32]  # index into the list of interfaces seen so far
    file: int
    first_number: int  # packet number of the first, counted from 1 in each file as Wireshark does


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a file was not read to its end."""

    code: str  # e.g. "record-cut", "length-corrupt", "compression-cut"
    offset: int  # byte offset in the (decompressed) file
    found: str
    expected: str


class CaptureError(Exception):
    """Nothing of this file can be read; a code with its arguments, worded elsewhere.

    Attributes:
        file: how the file was named.
        code: what is wrong ("empty", "not-a-capture", "magic-modified", "link-type", ...).
        offset: byte offset in the (decompressed) file.
        found: what stands there.
        expected: what should.
    """

    def __init__(self, file: str, code: str, offset: int, found: str, expected: str) -> None:
        super().__init__(file, code, offset, found, expected)
        self.file = file
        self.code = code
        self.offset = offset
        self.found = found
        self.expected = expected
