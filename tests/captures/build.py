"""Octets of captures, written by hand so that every field can be wrong."""

import struct
from dataclasses import dataclass

from zonecheck.capture.read.reader import CaptureFile, chunks
from zonecheck.capture.read.record import Chunk, Interface
from zonecheck.capture.read.source import Source

FRAME = bytes.fromhex("ffffffffffff0200000000010800") + bytes(range(46))

MAGICS = {"us": 0xA1B2C3D4, "ns": 0xA1B23C4D, "kuznetsov": 0xA1B2CD34}


def pcap_header(
    order: str = "<",
    magic: str = "us",
    *,
    link: int = 1,
    snap: int = 65535,
    version: tuple[int, int] = (2, 4),
) -> bytes:
    """Return the header of a classic file; `link` is the whole 32-bit field."""
    return struct.pack(order + "IHHiIII", MAGICS[magic], *version, 0, 0, snap, link)


def record(
    data: bytes = FRAME,
    order: str = "<",
    *,
    time: tuple[int, int] = (1_700_000_000, 5),
    captured: int | None = None,
    original: int | None = None,
) -> bytes:
    """Return one record; lengths are those of the data unless told."""
    captured = len(data) if captured is None else captured
    original = len(data) if original is None else original
    return struct.pack(order + "IIII", *time, captured, original) + data


def block(kind: int, body: bytes, order: str = "<", *, length: int | None = None) -> bytes:
    """Return one block of pcapng, padded; `length` is what it says first instead of its own."""
    body += bytes(-len(body) % 4)
    own = len(body) + 12
    first = own if length is None else length
    return struct.pack(order + "II", kind, first) + body + struct.pack(order + "I", own)


def section(order: str = "<", *, version: tuple[int, int] = (1, 0)) -> bytes:
    """Return a section header block."""
    return block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, *version, -1), order)


def option(code: int, value: bytes, order: str = "<") -> bytes:
    """Return one option, padded."""
    return struct.pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)


def interface(order: str = "<", *, link: int = 1, snap: int = 0, options: bytes = b"") -> bytes:
    """Return an interface description block."""
    ended = options + option(0, b"", order) if options else b""
    return block(1, struct.pack(order + "HHI", link, 0, snap) + ended, order)


def enhanced(
    data: bytes = FRAME,
    order: str = "<",
    *,
    local: int = 0,
    ticks: int = 1_700_000_000_000_005,
    captured: int | None = None,
) -> bytes:
    """Return an enhanced packet block."""
    captured = len(data) if captured is None else captured
    words = (local, ticks >> 32, ticks & 0xFFFFFFFF, captured, len(data))
    return block(6, struct.pack(order + "IIIII", *words) + data, order)


def simple(data: bytes = FRAME, order: str = "<", *, original: int | None = None) -> bytes:
    """Return a simple packet block."""
    original = len(data) if original is None else original
    return block(3, struct.pack(order + "I", original) + data, order)


def obsolete(data: bytes = FRAME, order: str = "<", *, local: int = 0, drops: int = 7) -> bytes:
    """Return a packet block as it was before the enhanced one."""
    ticks = 1_700_000_000_000_005
    words = (local, drops, ticks >> 32, ticks & 0xFFFFFFFF, len(data), len(data))
    return block(2, struct.pack(order + "HHIIII", *words) + data, order)


@dataclass(frozen=True)
class Packet:
    """One packet as it was read."""

    number: int
    data: bytes
    original: int
    time: int
    interface: Interface


@dataclass(frozen=True)
class Read:
    """A capture read to where it goes."""

    packets: list[Packet]
    file: CaptureFile
    interfaces: list[Interface]
    chunks: list[Chunk]

    @property
    def stop(self) -> tuple[str, int] | None:
        """Code and offset of why it stopped."""
        return None if self.file.stop is None else (self.file.stop.code, self.file.stop.offset)


def read(data: bytes | Source, *, buffer: int = 1 << 20) -> Read:
    """Read octets or a source through the reader, packet by packet."""
    source = Source.of_bytes("written", data) if isinstance(data, bytes) else data
    interfaces: list[Interface] = []
    file = chunks(source, interfaces, 0, buffer=buffer)
    parts = list(file)
    packets = [
        Packet(
            part.first_number + at,
            part.data[part.starts[at] : part.starts[at] + part.captured[at]].tobytes(),
            int(part.original[at]),
            int(part.times[at]),
            interfaces[part.interface[at]],
        )
        for part in parts
        for at in range(len(part.starts))
    ]
    assert len(packets) == file.records
    return Read(packets, file, interfaces, parts)
