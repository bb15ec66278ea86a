"""The block format: sections, each with a byte order and interfaces of its own."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zonecheck.capture.read import codes, pcapng_interfaces, pcapng_packets
from zonecheck.capture.read.account import Account, Fault
from zonecheck.capture.read.pcapng_packets import ENHANCED, Section
from zonecheck.capture.read.record import Chunk, Interface
from zonecheck.capture.read.window import Window

CHUNK: Final = 32_768
LONGEST: Final = 16 << 20
"""No block is longer; Wireshark draws the same line."""

MAGIC: Final = b"\x0a\x0d\x0d\x0a"
SECTION, INTERFACE, JOURNAL = 0x0A0D0D0A, 1, 9
SYSDIG: Final = frozenset({0x204, 0x216, 0x221})
CUSTOM: Final = frozenset({0xBAD, 0x40000BAD})
NUMBERED: Final = SYSDIG | CUSTOM | {JOURNAL}
"""Blocks that Wireshark numbers as it does packets."""

BYTE_ORDERS: Final = {b"\x4d\x3c\x2b\x1a": "<", b"\x1a\x2b\x3c\x4d": ">"}
VERSIONS: Final = ((1, 0), (1, 2))
SECTION_SMALLEST: Final = 28

SMALLEST: Final = 12

_PACKETS: Final = frozenset(pcapng_packets.SMALLEST)
_SMALLEST: Final = {**pcapng_packets.SMALLEST, INTERFACE: pcapng_interfaces.SMALLEST}
_PAUSES: Final = NUMBERED | {INTERFACE, SECTION}
"""Blocks that change how what follows is read or numbered."""


@dataclass(slots=True)
class _Scan:
    """Packet blocks in a row, and what stands after them."""

    blocks: list[int]
    kinds: set[int]
    position: int
    kind: int | None  # of the block at `position`, if it is one of `_PAUSES` and whole
    length: int  # of the block at `position`; 0 unless its header is in the window
    fault: Fault | None


def walk(window: Window, account: Account, interfaces: list[Interface]) -> Iterator[Chunk]:
    """Yield the packets of a file whose first octets are `MAGIC`.

    Raises:
        Fault: where reading cannot go on; all records before were yielded.
    """
    section = Section(-1, "<", [], [], len(interfaces))
    position = 0
    while True:
        scan = _scan(window, position, section.order)
        if scan.blocks:
            chunk, fault = pcapng_packets.packets(window, scan.blocks, scan.kinds, section, account)
            account.octets = fault.stop.offset if fault else window.base + scan.position
            if chunk is not None:
                yield chunk
            if fault is not None:
                raise fault
        account.octets = window.base + scan.position
        if scan.fault is not None:
            raise scan.fault
        position = scan.position + scan.length
        if scan.kind == SECTION:
            position, section = _section(window, scan.position, section.number + 1, len(interfaces))
            account.opened = True
        elif scan.kind == INTERFACE:
            body = window.view[scan.position + 8 : position - 4]
            _add_interface(body, window.base + scan.position, section, account, interfaces)
        elif scan.kind is not None:
            account.numbered += 1
            account.weird[codes.NUMBER_WITHOUT_PACKET] += 1
        elif len(scan.blocks) == CHUNK:
            position = scan.position
        else:
            if not window.forward(scan.position, scan.length):
                break
            position = 0
    if rest := len(window.view):
        raise Fault(codes.BLOCK_CUT, window.base, rest, scan.length or SMALLEST)


def _scan(window: Window, position: int, order: str) -> _Scan:
    """Find packet blocks from `position` on, up to a block that changes how to read on."""
    view = window.view
    head = struct.Struct(order + "II").unpack_from
    word = struct.Struct(order + "I").unpack_from
    found: list[int] = []
    append = found.append
    others: list[int] = []  # kinds of packet blocks besides the usual one
    kind = length = 0
    paused = False
    fault: Fault | None = None
    try:
        while len(found) < CHUNK:
            length = 0
            kind, length = head(view, position)
            if kind == SECTION:  # whose length is in an order of its own
                paused, length = True, 0
                break
            if length < SMALLEST or length & 3 or length > LONGEST:
                fault = _bad_length(window, position, length)
                break
            (again,) = word(view, position + length - 4)
            if again != length or length < _SMALLEST.get(kind, SMALLEST):
                fault = _bad_length(window, position, length, again)
                break
            if kind == ENHANCED:
                append(position)
            elif kind in _PACKETS:
                append(position)
                others.append(kind)
            elif kind in _PAUSES:
                paused = True
                break
            position += length
    except struct.error:  # the window ends
        pass
    kinds = set(others)
    if len(others) < len(found):
        kinds.add(ENHANCED)
    return _Scan(found, kinds, position, kind if paused else None, length, fault)


def _bad_length(window: Window, position: int, length: int, again: int | None = None) -> Fault:
    found = str(length) if again is None else f"{length}, {again}"
    return Fault(codes.BLOCK_LENGTH, window.base + position, found, "twice the same, 4n")


def _section(window: Window, position: int, number: int, first: int) -> tuple[int, Section]:
    """Return where the section header block ends, and the section."""
    position = _whole(window, position, SECTION_SMALLEST)
    at = window.base + position
    magic = bytes(window.view[position + 8 : position + 12])
    if (order := BYTE_ORDERS.get(magic)) is None:
        raise Fault(codes.BYTE_ORDER, at + 8, magic.hex(), "1a2b3c4d, 4d3c2b1a")
    (length,) = struct.unpack_from(order + "I", window.view, position + 4)
    version = struct.unpack_from(order + "HH", window.view, position + 12)
    if length < SECTION_SMALLEST or length & 3 or length > LONGEST:
        raise _bad_length(window, position, length)
    if version not in VERSIONS:
        raise Fault(codes.VERSION, at + 12, "{}.{}".format(*version), "1.0, 1.2")
    position = _whole(window, position, length)
    (again,) = struct.unpack_from(order + "I", window.view, position + length - 4)
    if again != length:
        raise _bad_length(window, position, length, again)
    return position + length, Section(number, order, [], [], first)


def _whole(window: Window, position: int, octets: int) -> int:
    """Return where a block of so many octets starts, once it lies in the window."""
    if position + octets <= len(window.view):
        return position
    window.forward(position, octets)
    if octets > len(window.view):
        raise Fault(codes.BLOCK_CUT, window.base, len(window.view), octets)
    return 0


def _add_interface(
    body: memoryview, at: int, section: Section, account: Account, interfaces: list[Interface]
) -> None:
    added, clock = pcapng_interfaces.interface(
        body,
        section.order,
        at,
        file=account.file,
        section=section.number,
        index=len(section.interfaces),
    )
    section.interfaces.append(added)
    section.clocks.append(clock)
    interfaces.append(added)
