"""Frames as a capture file: pcapng with a comment a frame, or pcap, in nanoseconds."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass

ETHERNET = 1
PCAP_SUFFIX = ".pcap"
_SNAPLEN = 262144
_NANOSECONDS = 1_000_000_000
_APPLICATION = "zonecheck"
_OPT_COMMENT, _OPT_APPLICATION, _OPT_NAME, _OPT_RESOLUTION = 1, 4, 2, 9


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: when, its bytes, and why it is there (what only a comment says)."""

    time_ns: int
    data: bytes
    comment: str = ""


def pcap_bytes(frames: Iterable[Frame]) -> bytes:
    """Return a pcap file with nanoseconds; it has no room for comments."""
    parts = [struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, _SNAPLEN, ETHERNET)]
    for frame in frames:
        seconds, fraction = divmod(frame.time_ns, _NANOSECONDS)
        size = len(frame.data)
        parts.append(struct.pack("<IIII", seconds, fraction, size, size) + frame.data)
    return b"".join(parts)


def pcapng_bytes(frames: Iterable[Frame], interface: str = "") -> bytes:
    """Return a pcapng file with one interface, named after the place, and comments."""
    header = struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)
    header += _options([(_OPT_APPLICATION, _APPLICATION.encode())])
    described = struct.pack("<HHI", ETHERNET, 0, _SNAPLEN)
    named = [(_OPT_NAME, interface.encode())] if interface else []
    described += _options([*named, (_OPT_RESOLUTION, b"\x09")])
    parts = [_block(0x0A0D0D0A, header), _block(1, described)]
    for frame in frames:
        high, low = divmod(frame.time_ns, 1 << 32)
        size = len(frame.data)
        body = struct.pack("<IIIII", 0, high, low, size, size) + _padded(frame.data)
        if frame.comment:
            body += _options([(_OPT_COMMENT, frame.comment.encode())])
        parts.append(_block(6, body))
    return b"".join(parts)


def capture_bytes(frames: Iterable[Frame], file_name: str, interface: str = "") -> bytes:
    """Return the frames in the form that a file of this name is expected to have."""
    if file_name.lower().endswith(PCAP_SUFFIX):
        return pcap_bytes(frames)
    return pcapng_bytes(frames, interface)


def _block(kind: int, body: bytes) -> bytes:
    size = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + size + body + size


def _options(options: Iterable[tuple[int, bytes]]) -> bytes:
    written = (struct.pack("<HH", code, len(value)) + _padded(value) for code, value in options)
    return b"".join(written) + struct.pack("<HH", 0, 0)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
