"""Segments of one direction of TCP joined to what was said (RFC 9293), with what is doubtful of it.

Nobody sees in a capture which of two copies the receiver kept: where copies differ, both readings
are given.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

FIN, SYN, RST, ACK, URG = 0x01, 0x02, 0x04, 0x10, 0x20
MOST: Final = 32 << 20
"""Octets of one direction of one session that are looked at."""
_NEAR: Final = 1 << 20
"""A SYN this far at most before segments captured earlier is taken for theirs."""
_HALF, _ALL = 1 << 31, 1 << 32


@dataclass(frozen=True, slots=True)
class Segment:
    """What a TCP segment says; `data` may be less than was sent, where the packet was cut."""

    number: int
    acknowledged: int
    flags: int
    data: bytes = b""

    @property
    def first(self) -> int:
        """Return the number of its first octet of data; SYN takes one."""
        return (self.number + bool(self.flags & SYN)) % _ALL


@dataclass(slots=True)
class Connection:
    """One direction of one session; without `begins` its SYN was not seen."""

    begins: int | None = None
    segments: list[Segment] = field(default_factory=list)

    @property
    def first(self) -> int | None:
        """Return the number of the first octet that could be said."""
        return None if self.begins is None else (self.begins + 1) % _ALL

    def takes(self, opening: Segment) -> bool:
        """Return whether a SYN is one of this session, sent again or captured late."""
        if self.begins is not None:
            quiet = all(s.flags & SYN and not s.data for s in self.segments)
            return self.begins == opening.number and quiet
        return all(0 < _apart(s.number, opening.number) <= _NEAR for s in self.segments)


@dataclass(frozen=True, slots=True)
class Stream:
    """What was said from the beginning up to the first gap.

    `other` is the other reading where copies differ. `doubts` are codes of what is not certain.
    """

    data: bytes
    other: bytes | None = None
    doubts: tuple[str, ...] = ()


def _apart(number: int, base: int) -> int:
    """Return how far a sequence number lies behind another, negative if before it."""
    return (number - base + _HALF) % _ALL - _HALF


def connections(segments: Iterable[Segment]) -> list[Connection]:
    """Return the sessions that segments between two ports are of: a new SYN begins another."""
    found: list[Connection] = []
    for segment in segments:
        opening = segment.flags & (SYN | RST) == SYN
        if not found or (opening and not found[-1].takes(segment)):
            found.append(Connection())
        if opening:
            found[-1].begins = segment.number
        found[-1].segments.append(segment)
    return found


def answers(said: Connection, others: list[Connection]) -> Connection | None:
    """Return the other direction of a session, and take it out of `others`: its SYN tells."""
    first = said.first
    for other in others:
        opening = next((s for s in other.segments if s.flags & SYN), None)
        if first is not None and opening is not None and opening.flags & ACK:
            said_in_opening = max(len(s.data) for s in said.segments if s.flags & SYN)
            if 0 <= _apart(opening.acknowledged, first) <= said_in_opening:
                others.remove(other)
                return other
    return None


def joined(said: Connection, answered: Connection | None = None) -> Stream:
    """Return what was said in a session; what was acknowledged beyond it is a gap."""
    doubts: list[str] = []
    base = said.first
    if base is None:
        doubts.append("beginning")
        # What says nothing (a keepalive, a reset) may have any number.
        numbers = [s.first for s in said.segments if s.data] or [said.segments[0].first]
        base = (numbers[0] + min(_apart(number, numbers[0]) for number in numbers)) % _ALL
    placed: list[tuple[int, bytes]] = []
    end: int | None = None
    for segment in said.segments:
        at = _apart(segment.first, base)
        if segment.data and segment.flags & (URG | RST):
            doubts.append("odd-segments")
        if segment.data and not segment.flags & RST:
            placed.append((at, segment.data))
        if segment.flags & FIN:
            end = at + len(segment.data)
    data, other, more = _laid(placed)
    doubts += more
    if end is not None and len(data) > end:
        doubts.append("odd-segments")
    reached = end or 0
    for segment in answered.segments if answered is not None else ():
        if segment.flags & ACK:
            reached = max(reached, _apart(segment.acknowledged, base) - (end is not None))
    if reached > len(data):
        doubts.append("gap")
    return Stream(data, other, tuple(doubts))


def _laid(placed: Sequence[tuple[int, bytes]]) -> tuple[bytes, bytes | None, list[str]]:
    """Return both readings of data laid where it belongs, first and last copy, and doubts."""
    doubts: list[str] = []
    size = max((min(at + len(data), MOST) for at, data in placed), default=0)
    first, last, known = bytearray(max(size, 0)), bytearray(max(size, 0)), bytearray(max(size, 0))
    for position, octets in placed:
        at, data = position, octets
        if at < 0:
            doubts.append("odd-segments")
            at, data = 0, data[-at:]
        if at + len(data) > MOST:
            doubts.append("long")
            data = data[: max(0, MOST - at)]
        if not data:
            continue
        stop = at + len(data)
        last[at:stop] = data
        if known.find(1, at, stop) >= 0 and first[at:stop] != data:
            kept = bytes(
                old if seen else new
                for old, seen, new in zip(first[at:stop], known[at:stop], data, strict=True)
            )
            first[at:stop] = kept
        else:
            first[at:stop] = data
        known[at:stop] = b"\1" * len(data)
    whole = known.find(0)
    if whole >= 0:
        doubts.append("gap")
        del first[whole:], last[whole:]
    if first == last:
        return bytes(first), None, doubts
    return bytes(first), bytes(last), [*doubts, "conflict"]
