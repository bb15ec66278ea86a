"""Octets of a file, unpacked where its first octets say that it is compressed.

What unpacks is handed on up to where the file is cut or corrupt; the fault is kept beside it.
Of a corrupt file, what the faulty `SLICE` would have unpacked to is lost.
"""

import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, Protocol

from zonecheck.capture.read import codes
from zonecheck.capture.read.account import Fault
from zonecheck.capture.read.record import Stop

SLICE: Final = 512
"""Compressed octets unpacked at once: bounds what a bomb unpacks to and what a fault loses."""

READ: Final = 1 << 18
LONGEST_MAGIC: Final = 5


class _Frame(Protocol):
    """One frame (gzip says member) being unpacked."""

    def decompress(self, data: bytes, /) -> bytes: ...
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes | None: ...


def _gzip() -> tuple[_Frame, type[Exception]]:
    return zlib.decompressobj(wbits=31), zlib.error


def _zstd() -> tuple[_Frame, type[Exception]]:
    import zstandard

    return zstandard.ZstdDecompressor().decompressobj(), zstandard.ZstdError


def _lz4() -> tuple[_Frame, type[Exception]]:
    import lz4.frame

    return lz4.frame.LZ4FrameDecompressor(), RuntimeError


_Start = Callable[[], tuple[_Frame, type[Exception]]]

FORMATS: Final[dict[bytes, _Start]] = {
    b"\x1f\x8b": _gzip,
    b"\x28\xb5\x2f\xfd": _zstd,
    b"\x04\x22\x4d\x18": _lz4,
}

UNSUPPORTED: Final = {
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"PK\x03\x04": "zip",
    b"\x02\x21\x4c\x18": "lz4-legacy",
}

_SKIPPABLE: Final = tuple(bytes((low, 0x2A, 0x4D, 0x18)) for low in range(0x50, 0x60))


class Unpacked:
    """The octets of a file as they were before compression, if any."""

    def __init__(self, file: BinaryIO) -> None:
        self.fault: Stop | None = None
        """Why unpacking ended early; known once `fill` gave fewer octets than asked for."""
        self._file = file
        self._given = 0
        head = _read(file, LONGEST_MAGIC)
        self._pieces: Iterator[bytes] = iter((head,))  # of a plain file, what was read already
        self._plain = True
        for magic, start in FORMATS.items():
            if head.startswith(magic):
                self._pieces = self._frames(head, magic, start)
                self._plain = False
        self._piece = memoryview(b"")

    def fill(self, into: memoryview) -> int:
        """Write the next octets and return how many; fewer than asked for only at the end."""
        filled = self._fill_from_pieces(into)
        if self._plain:
            while filled < len(into):
                came = self._file.readinto(into[filled:])  # type: ignore[attr-defined]
                if not came:
                    break
                filled += came
        self._given += filled
        return filled

    def _fill_from_pieces(self, into: memoryview) -> int:
        filled = 0
        try:
            while filled < len(into):
                if not self._piece:
                    self._piece = memoryview(next(self._pieces))
                part = self._piece[: len(into) - filled]
                into[filled : filled + len(part)] = part
                self._piece = self._piece[len(part) :]
                filled += len(part)
        except StopIteration:
            pass
        except Fault as fault:
            at = self._given + filled
            self.fault = Stop(fault.stop.code, at, fault.stop.found, fault.stop.expected)
        return filled

    def _frames(self, head: bytes, magic: bytes, start: _Start) -> Iterator[bytes]:
        waiting = head
        while True:
            frame, error = start()
            while not frame.eof:
                if not waiting:
                    waiting = self._read_or_cut()
                try:
                    piece = frame.decompress(waiting[:SLICE])
                except error as what:
                    raise Fault(codes.COMPRESSION_CORRUPT, 0, what, "a frame") from what
                waiting = waiting[SLICE:]
                yield piece
            waiting = (frame.unused_data or b"") + waiting
            if len(waiting) < LONGEST_MAGIC:
                waiting += _read(self._file, READ)
            if not waiting.strip(b"\0") and not self._file.read(1):
                return  # tapes and some writers pad with zeros
            if not waiting.startswith((magic, *_SKIPPABLE)):
                found = waiting[:LONGEST_MAGIC].hex()
                raise Fault(codes.COMPRESSION_TRAILING, 0, found, magic.hex())

    def _read_or_cut(self) -> bytes:
        data = _read(self._file, READ)
        if not data:
            raise Fault(codes.COMPRESSION_CUT, 0, "the end", "the end of a frame")
        return data


def _read(file: BinaryIO, most: int) -> bytes:
    """Return the next octets; fewer than `most` only at the end, also of a pipe."""
    parts = b""
    while len(parts) < most and (part := file.read(most - len(parts))):
        parts += part
    return parts
