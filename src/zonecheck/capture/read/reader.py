"""Captures to chunks of packets: whichever format, with memory that does not grow."""

import errno
from collections import Counter
from collections.abc import Generator, Iterator
from typing import Final

from zonecheck.capture.read import codes, pcap, pcapng
from zonecheck.capture.read.account import Account, Fault
from zonecheck.capture.read.compression import UNSUPPORTED, Unpacked
from zonecheck.capture.read.record import CaptureError, Chunk, Interface, Stop
from zonecheck.capture.read.source import Source
from zonecheck.capture.read.window import BUFFER, Window

EXPECTED: Final = "pcap, pcapng; plain, gzip, zstd, lz4"


def chunks(
    source: Source, interfaces: list[Interface], file_index: int, *, buffer: int = BUFFER
) -> "CaptureFile":
    """Return an iterator over the packets of a source, in file order.

    Args:
        source: what to read.
        interfaces: all seen so far; those of this file are added as they are met.
        file_index: says in interfaces and chunks which file this is.
        buffer: octets read at once; with what a record needs it bounds the memory.
    """
    return CaptureFile(source, interfaces, file_index, buffer)


class CaptureFile(Iterator[Chunk]):
    """The chunks of one file; asked once it is exhausted, it says how reading went.

    Iterating raises `CaptureError` if nothing of the file can be read. A file without packets
    is none of that: it has no chunks and zero `records`.
    """

    def __init__(
        self, source: Source, interfaces: list[Interface], file_index: int, buffer: int
    ) -> None:
        self.source = source
        self.stop: Stop | None = None
        """Why the file was not read to its end; all records before it were handed out."""
        self._account = Account(file_index)
        self._chunks = self._read(interfaces, buffer)

    def __iter__(self) -> "CaptureFile":
        return self

    def __next__(self) -> Chunk:
        return next(self._chunks)

    def close(self) -> None:
        """Read no further and let go of the file."""
        self._chunks.close()

    @property
    def records(self) -> int:
        """Packets handed out so far."""
        return self._account.records

    @property
    def numbered(self) -> int:
        """The last number that Wireshark gives in this file: it numbers more than packets."""
        return self._account.numbered

    @property
    def octets(self) -> int:
        """Offset, in the file as it is without compression, up to which it was read."""
        return self._account.octets

    @property
    def weird(self) -> Counter[str]:
        """How often each of `codes.ODDITIES` was met."""
        return self._account.weird

    @property
    def time_steps_back(self) -> int:
        """How many packets are older than the one before them."""
        return self._account.time_steps_back

    def _read(self, interfaces: list[Interface], buffer: int) -> Generator[Chunk, None, None]:
        if self.source.refused is not None:
            raise self.source.refused
        try:
            with self.source.open() as file:
                stream = Unpacked(file)
                try:
                    yield from _walk(Window(stream, buffer), self._account, interfaces)
                    self._end(stream.fault)
                except Fault as fault:
                    unpacking, stop = stream.fault, fault.stop
                    self._end(unpacking if unpacking and stop.code in codes.CUTS else stop)
        except OSError as what:
            reason = errno.errorcode.get(what.errno or 0, type(what).__name__)
            self._end(Stop(codes.UNREADABLE, self.octets, reason, "a readable file"))

    def _end(self, stop: Stop | None) -> None:
        """Keep why reading ended, or raise it where nothing could be read."""
        self.stop = stop
        if stop is None:
            return
        useless = stop.code in {codes.LINK_TYPE, codes.UNREADABLE} and self.records == 0
        if useless or not self._account.opened:
            raise CaptureError(self.source.name, stop.code, stop.offset, stop.found, stop.expected)


def _walk(window: Window, account: Account, interfaces: list[Interface]) -> Iterator[Chunk]:
    window.forward(0, max(pcap.FILE_HEADER, pcapng.SECTION_SMALLEST))
    head = bytes(window.view[:4])
    if head in pcap.MAGICS:
        return pcap.walk(window, account, interfaces)
    if head == pcapng.MAGIC:
        return pcapng.walk(window, account, interfaces)
    if not head:
        raise Fault(codes.EMPTY, 0, "0", EXPECTED)
    if head in pcap.MODIFIED:
        raise Fault(codes.MAGIC_MODIFIED, 0, head.hex(), sorted(m.hex() for m in pcap.MAGICS))
    start = bytes(window.view[:8])
    for magic, name in UNSUPPORTED.items():
        if start.startswith(magic):
            raise Fault(codes.COMPRESSION_UNSUPPORTED, 0, name, EXPECTED)
    raise Fault(codes.NOT_A_CAPTURE, 0, start.hex(), EXPECTED)
