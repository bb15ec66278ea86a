"""Frames as a capture file: pcapng with a comment a frame, or pcap, in nanoseconds."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from zonecheck.capture.pcapng_out import interface_block, packet_block, section_block

ETHERNET = 1
PCAP_SUFFIX = ".pcap"
_SNAPLEN = 262144
_NANOSECONDS = 1_000_000_000


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
    parts = [section_block(), interface_block(ETHERNET, interface)]
    for frame in frames:
        size = len(frame.data)
        parts.append(packet_block(0, frame.time_ns, frame.data, size, frame.comment))
    return b"".join(parts)


def capture_bytes(frames: Iterable[Frame], file_name: str, interface: str = "") -> bytes:
    """Return the frames in the form that a file of this name is expected to have."""
    if file_name.lower().endswith(PCAP_SUFFIX):
        return pcap_bytes(frames)
    return pcapng_bytes(frames, interface)
