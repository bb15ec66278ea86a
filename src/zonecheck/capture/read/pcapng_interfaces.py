"""What a pcapng section says of an interface, in its interface description block."""

import struct
from collections.abc import Iterator
from typing import Final

from zonecheck.capture.read import codes
from zonecheck.capture.read.account import Fault
from zonecheck.capture.read.clock import Clock
from zonecheck.capture.read.record import Interface

SMALLEST: Final = 20
"""Octets of a description without options."""

IF_NAME, IF_TSRESOL, IF_FCSLEN, IF_TSOFFSET = 2, 9, 13, 14


def interface(
    body: memoryview, order: str, at: int, *, file: int, section: int, index: int
) -> tuple[Interface, Clock]:
    """Return the interface that the block describes, and its clock.

    Args:
        body: the block after its type and length and without its second length.
        order: byte order of the section, as struct writes it.
        at: offset of the block in the file.
        file: index of the file.
        section: number of the section.
        index: of the interface within the section.

    Raises:
        Fault: an option that reaches beyond the block: what it would have said is unknown.
    """
    link_type, snap_length = struct.unpack_from(order + "HxxI", body)
    name: str | None = None
    ticks, offset, fcs = Clock().ticks_per_second, 0, 0
    for code, value in _options(body[8:], order, at):
        if code == IF_NAME:
            name = bytes(value).rstrip(b"\0").decode("utf-8", "replace")
        elif code == IF_TSRESOL and len(value) == 1:
            ticks = Clock.ticks(value[0])
        elif code == IF_TSOFFSET and len(value) == 8:
            (offset,) = struct.unpack(order + "q", value)
        elif code == IF_FCSLEN and len(value) == 1:
            fcs = _fcs_octets(value[0])
    return (
        Interface(file, section, index, link_type, name, snap_length, fcs),
        Clock(ticks, offset),
    )


def _options(body: memoryview, order: str, at: int) -> Iterator[tuple[int, memoryview]]:
    position = 0
    while position + 4 <= len(body):
        code, length = struct.unpack_from(order + "HH", body, position)
        if code == 0:
            return
        position += 4
        if position + length > len(body):
            raise Fault(codes.OPTION_LENGTH, at, length, f"<= {len(body) - position}")
        yield code, body[position : position + length]
        position += length + -length % 4


def _fcs_octets(value: int) -> int:
    """Return octets; the draft counts bits, its own example and some writers octets."""
    return value // 8 if value >= 8 else value
