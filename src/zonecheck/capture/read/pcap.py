"""The classic format: one header, one interface, records one after another."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read import codes
from zonecheck.capture.read.account import Account, Fault
from zonecheck.capture.read.link_types import SUPPORTED
from zonecheck.capture.read.record import Chunk, Interface
from zonecheck.capture.read.window import Window

CHUNK: Final = 32_768
LONGEST: Final = 262_144
"""No packet is longer, whatever the header says; Wireshark and libpcap draw the same line."""

MAGICS: Final = {
    b"\xd4\xc3\xb2\xa1": ("<", 1000),
    b"\xa1\xb2\xc3\xd4": (">", 1000),
    b"\x4d\x3c\xb2\xa1": ("<", 1),
    b"\xa1\xb2\x3c\x4d": (">", 1),
}
"""Byte order and nanoseconds in a unit of time, by the first four octets."""

MODIFIED: Final = frozenset(
    magic.to_bytes(4, order)
    for magic in (0xA1B2CD34, 0xA1E2CB12, 0x1C0001AC, 0x1C0001AB)  # Kuznetzov, Navtel, IXIA
    for order in ("big", "little")
)

FILE_HEADER: Final = 24
RECORD_HEADER: Final = 16
FCS_PRESENT: Final = 0x0400_0000
SECOND: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class _Header:
    order: str
    unit: int  # ns
    snap_length: int
    link_type: int
    fcs_octets: int

    @property
    def longest(self) -> int:
        """The most octets that a record may hold; 0 and what no int holds mean no limit."""
        return min(self.snap_length or LONGEST, LONGEST)


def walk(window: Window, account: Account, interfaces: list[Interface]) -> Iterator[Chunk]:
    """Yield the packets of a file whose first octets are one of `MAGICS`.

    Raises:
        Fault: where reading cannot go on; all records before were yielded.
    """
    header = _header(window)
    account.opened = True
    account.octets = FILE_HEADER
    interfaces.append(
        Interface(account.file, 0, 0, header.link_type, None, header.snap_length, header.fcs_octets)
    )
    position = FILE_HEADER
    while True:
        records, position, length = _records(window.view, position, header)
        if records:
            if header.link_type not in SUPPORTED:
                where = window.base + records[0]
                raise Fault(codes.LINK_TYPE, where, header.link_type, sorted(SUPPORTED))
            account.octets = window.base + position
            yield _chunk(window, records, header, account, len(interfaces) - 1)
        if length is not None and length > header.longest:
            where = window.base + position
            raise Fault(codes.LENGTH_CORRUPT, where, length, f"<= {header.longest}")
        if len(records) == CHUNK:
            continue
        came = window.forward(position, RECORD_HEADER + header.longest)
        position = 0
        if not came:
            break
    _end(window, length)


def _header(window: Window) -> _Header:
    view = window.view
    if len(view) < FILE_HEADER:
        raise Fault(codes.HEADER_CUT, len(view), len(view), FILE_HEADER)
    order, unit = MAGICS[bytes(view[:4])]
    major, minor, _, _, snap, link = struct.unpack_from(order + "HHIIII", view, 4)
    if (major, minor) != (2, 4):
        raise Fault(codes.VERSION, 4, f"{major}.{minor}", "2.4")
    words = link >> 28 if link & FCS_PRESENT else 0
    return _Header(order, unit, 0 if snap >> 31 else snap, link & 0xFFFF, 2 * words)


def _records(view: memoryview, position: int, header: _Header) -> tuple[list[int], int, int | None]:
    """Return the offsets of whole records, where they end, and the length of a next one."""
    fields: list[int] = []  # where each record says its length: all that the walk needs
    append = fields.append
    unpack = struct.Struct(header.order + "I").unpack_from
    longest = header.longest
    following: int | None = None
    field = position + 8
    try:
        for _ in range(CHUNK):
            (length,) = unpack(view, field)
            if length > longest:
                following = length
                break
            append(field)
            field += RECORD_HEADER + length
    except struct.error:  # the window ends
        pass
    # Only the last record can reach beyond the window, and its header may not be whole.
    if fields and field - 8 > len(view):
        last = fields.pop()
        following = field - last - RECORD_HEADER
        field = last
    return [field - 8 for field in fields], field - 8, following


def _chunk(
    window: Window, records: list[int], header: _Header, account: Account, interface: int
) -> Chunk:
    offsets = np.array(records, np.int64)
    # A view of the 16 octets that follow each octet: taking from it copies headers only.
    headers: NDArray[np.void] = np.ndarray(
        (len(window.data) - RECORD_HEADER + 1,), f"V{RECORD_HEADER}", window.data, strides=(1,)
    )
    fields = headers[offsets].view(header.order + "u4").reshape(-1, 4).astype(np.int64)
    seconds, fractions, captured, original = fields.T.copy()
    account.count(codes.TIME_FRACTION, fractions * header.unit >= SECOND)
    return account.chunk(
        window.data,
        offsets + RECORD_HEADER,
        captured,
        original,
        seconds * SECOND + fractions * header.unit,
        np.full(len(records), interface, np.int32),
    )


def _end(window: Window, length: int | None) -> None:
    """Say what is wrong with the octets after the last whole record, if there are any."""
    rest = len(window.data)
    if rest == 0:
        return
    if rest < RECORD_HEADER or length is None:
        raise Fault(codes.RECORD_HEADER_CUT, window.base, rest, RECORD_HEADER)
    raise Fault(codes.RECORD_CUT, window.base, rest, RECORD_HEADER + length)
