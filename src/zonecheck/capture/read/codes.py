"""Codes of what can be wrong with a capture file, and of what is odd in it but readable.

A file that cannot be read at all raises `CaptureError`, one that cannot be read to its end has
a `Stop`; both carry a code of `FAULTS`. What is only odd is counted under a code of `ODDITIES`.
Sentences in both languages are made elsewhere.
"""

from typing import Final

UNREADABLE: Final = "unreadable"  # the operating system refuses; found is the name of the errno
EMPTY: Final = "empty"
FOLDER_EMPTY: Final = "folder-empty"
NOT_A_CAPTURE: Final = "not-a-capture"
MAGIC_MODIFIED: Final = "magic-modified"  # records of another layout (Kuznetzov, Navtel, IXIA)
COMPRESSION_UNSUPPORTED: Final = "compression-unsupported"
VERSION: Final = "version"
LINK_TYPE: Final = "link-type"
HEADER_CUT: Final = "header-cut"  # within the header of the file
RECORD_HEADER_CUT: Final = "record-header-cut"
RECORD_CUT: Final = "record-cut"
LENGTH_CORRUPT: Final = "length-corrupt"  # captured octets that cannot be
BYTE_ORDER: Final = "byte-order"
BLOCK_CUT: Final = "block-cut"
BLOCK_LENGTH: Final = "block-length"
OPTION_LENGTH: Final = "option-length"  # of an interface: its resolution of time may be lost
INTERFACE_UNDEFINED: Final = "interface-undefined"
COMPRESSION_CUT: Final = "compression-cut"
COMPRESSION_CORRUPT: Final = "compression-corrupt"
COMPRESSION_TRAILING: Final = "compression-trailing"  # octets after the last frame

CUTS: Final = frozenset({EMPTY, HEADER_CUT, RECORD_HEADER_CUT, RECORD_CUT, BLOCK_CUT})
"""What a file cut short looks like, and so also what a cut compression makes of it."""

FAULTS: Final = CUTS | {
    UNREADABLE,
    FOLDER_EMPTY,
    NOT_A_CAPTURE,
    MAGIC_MODIFIED,
    COMPRESSION_UNSUPPORTED,
    VERSION,
    LINK_TYPE,
    LENGTH_CORRUPT,
    BYTE_ORDER,
    BLOCK_LENGTH,
    OPTION_LENGTH,
    INTERFACE_UNDEFINED,
    COMPRESSION_CUT,
    COMPRESSION_CORRUPT,
    COMPRESSION_TRAILING,
}

CAPTURED_NOTHING: Final = "captured-nothing"
CAPTURED_BEYOND_ORIGINAL: Final = "captured-beyond-original"
CAPTURED_BEYOND_SNAP_LENGTH: Final = "captured-beyond-snap-length"  # pcapng; in pcap a fault
TIME_FRACTION: Final = "time-fraction"  # a second or more within the second
TIME_OUT_OF_RANGE: Final = "time-out-of-range"  # of 64-bit nanoseconds; the packet has no time
TIME_MISSING: Final = "time-missing"
NUMBER_WITHOUT_PACKET: Final = "number-without-packet"  # Wireshark numbers it, it is no packet

ODDITIES: Final = frozenset(
    {
        CAPTURED_NOTHING,
        CAPTURED_BEYOND_ORIGINAL,
        CAPTURED_BEYOND_SNAP_LENGTH,
        TIME_FRACTION,
        TIME_OUT_OF_RANGE,
        TIME_MISSING,
        NUMBER_WITHOUT_PACKET,
    }
)
