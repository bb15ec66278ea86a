"""The rows of a judged capture: flows with their counts, and what files could not show."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from zonecheck.capture.judgement import Judgement


class Answered(Enum):
    """What became of a flow, as far as the capture shows its other direction."""

    ATTEMPTED = "attempted"
    ANSWERED = "answered"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class PacketRef:
    """A packet of a file: its number as Wireshark counts, and its time (ns since 1970, UTC)."""

    file: int
    number: int
    time: int | None


@dataclass(frozen=True, slots=True)
class Traffic:
    """What was counted of a flow; octets are those on the wire, `cut` packets stored in part."""

    packets: int
    octets: int
    first: PacketRef
    last: PacketRef
    tcp_flags: int
    payload: int
    cut: int


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A one-way flow with its judgement; `index` is its place in the flow table."""

    index: int
    judgement: Judgement
    traffic: Traffic
    answered: Answered


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Where and why reading a file ended early (`offset` in bytes, uncompressed)."""

    code: str
    offset: int
    found: str
    expected: str
    nothing_read: bool = False


@dataclass(frozen=True, slots=True)
class FileEvidence:
    """What one file gave: `first` and `last` are the earliest and latest times in it (ns).

    `sha256` is the digest of the file as it is stored, empty where it was not asked for or there
    is none.
    """

    name: str
    packets: int
    octets: int
    first: int | None
    last: int | None
    time_steps_back: int
    weird: Mapping[str, int]
    shortfall: Shortfall | None
    passed_over: bool = False
    """Whether it lay in a folder among captures and is none."""
    sha256: str = ""

    @property
    def is_whole(self) -> bool:
        """Return whether it was read to its end and held anything."""
        return self.passed_over or (self.shortfall is None and self.packets > 0)
