"""Packets written as pcapng, block by block, each with a comment."""

import struct
from collections.abc import Iterable
from typing import Final

_SECTION: Final = 0x0A0D0D0A
_INTERFACE: Final = 1
_PACKET: Final = 6
_COMMENT, _NAME, _APPLICATION, _RESOLUTION = 1, 2, 4, 9
_NANOSECONDS: Final = b"\x09"
_NO_LIMIT: Final = 0


def section_block() -> bytes:
    """Return the block a file begins with."""
    body = struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)
    return _block(_SECTION, body + _options([(_APPLICATION, b"zonecheck")]))


def interface_block(link_type: int, name: str = "") -> bytes:
    """Return the block of an interface whose times are in nanoseconds."""
    named = [(_NAME, name.encode())] if name else []
    options = _options([*named, (_RESOLUTION, _NANOSECONDS)])
    return _block(_INTERFACE, struct.pack("<HHI", link_type, 0, _NO_LIMIT) + options)


def packet_block(interface: int, time: int, data: bytes, original: int, comment: str = "") -> bytes:
    """Return the block of one packet: its time in ns since 1970, what was captured, a comment."""
    high, low = divmod(max(time, 0), 1 << 32)
    body = struct.pack("<IIIII", interface, high, low, len(data), original) + _padded(data)
    if comment:
        body += _options([(_COMMENT, comment.encode())])
    return _block(_PACKET, body)


def _block(kind: int, body: bytes) -> bytes:
    size = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + size + body + size


def _options(options: Iterable[tuple[int, bytes]]) -> bytes:
    written = (struct.pack("<HH", code, len(value)) + _padded(value) for code, value in options)
    return b"".join(written) + struct.pack("<HH", 0, 0)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
