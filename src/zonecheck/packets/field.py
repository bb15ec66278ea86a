"""The header fields a packet set speaks about, in the order in which they are decided.

The order of `Field` *is* the order of the levels of every diagram: destinations before sources and
addresses before ports, because the opposite order cost four times as much when measured. To put a
field on top (a VLAN, a MAC address), declare it first in `Field` and give its width in `_BITS`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

Interval = tuple[int, int]
"""A closed interval of integers, `(lowest, highest)`; empty when `lowest > highest`."""

Intervals = tuple[Interval, ...]


class Field(IntEnum):
    """A header field; its value is its level in the diagrams, 0 being decided first."""

    DST = 0
    SRC = 1
    PROTOCOL = 2
    DST_PORT = 3
    SRC_PORT = 4
    FLAG = 5


_BITS: Final = {
    4: {
        Field.DST: 32,
        Field.SRC: 32,
        Field.PROTOCOL: 8,
        Field.DST_PORT: 16,
        Field.SRC_PORT: 16,
        Field.FLAG: 2,
    },
    6: {
        Field.DST: 128,
        Field.SRC: 128,
        Field.PROTOCOL: 8,
        Field.DST_PORT: 16,
        Field.SRC_PORT: 16,
        Field.FLAG: 2,
    },
}

MAXIMA: Final = {
    version: tuple((1 << bits[field]) - 1 for field in Field) for version, bits in _BITS.items()
}
"""For each IP version the highest value of every field, indexed by `Field`."""

VERSIONS: Final = (4, 6)

NOTHING: Final[Intervals] = ((1, 0),)
"""Intervals without a value, for places where an empty tuple means *any*."""

ICMP: Final = 1
TCP: Final = 6
UDP: Final = 17
IPV6IN4: Final = 41
GRE: Final = 47
ESP: Final = 50
AH: Final = 51
ICMPV6: Final = 58
SCTP: Final = 132

PORT_PROTOCOLS: Final = (TCP, UDP, SCTP)
"""The protocols whose two port fields are free."""

ICMP_OF: Final = {4: ICMP, 6: ICMPV6}
"""For each IP version the control protocol whose type stands in the destination port field."""

ECHO_OF: Final = {4: (8, 0), 6: (128, 129)}
"""For each IP version the types of an echo request and of its reply."""

HIGHEST_ICMP_TYPE: Final = 255

FLAG_NEW: Final = 0
"""The TCP flag class of a segment that opens a connection: SYN without ACK."""

FLAG_ESTABLISHED: Final = 1
"""The TCP flag class of every segment that carries ACK or RST."""

FLAG_FRAGMENT: Final = 2
"""The flag class of non-first fragments, of whatever protocol that has ports or ICMP types."""


@dataclass(frozen=True, slots=True, order=True)
class Header:
    """One concrete header.

    Invariants of a valid header: values lie within `MAXIMA[version]`; ports are 0 unless the
    protocol has ports, except that ICMP (v4) and ICMPv6 (v6) carry their type in `dst_port`;
    `flag` is 0 unless the protocol is TCP; or it is `FLAG_FRAGMENT`, then the protocol has ports or
    is that ICMP, and ports are 0. No packet set contains an invalid header.
    """

    version: int
    dst: int
    src: int
    protocol: int
    dst_port: int = 0
    src_port: int = 0
    flag: int = 0

    def values(self) -> tuple[int, ...]:
        """Return the field values in level order."""
        return (self.dst, self.src, self.protocol, self.dst_port, self.src_port, self.flag)


def normalise(intervals: Iterable[Interval], highest: int) -> Intervals:
    """Return the same values as sorted intervals that neither overlap nor touch.

    Empty intervals vanish. Costs a sort.

    Raises:
        ValueError: A bound lies outside `0..highest`.
    """
    merged: list[Interval] = []
    for low, high in sorted(intervals):
        if low > high:
            continue
        if low < 0 or high > highest:
            raise ValueError(f"interval {low}..{high} leaves 0..{highest}")
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def complement(intervals: Sequence[Interval], highest: int) -> Intervals:
    """Return the values of `0..highest` outside `intervals`; `NOTHING` rather than `()` if none."""
    gaps: list[Interval] = []
    start = 0
    for low, high in normalise(intervals, highest):
        if start < low:
            gaps.append((start, low - 1))
        start = high + 1
    if start <= highest:
        gaps.append((start, highest))
    return tuple(gaps) or NOTHING
