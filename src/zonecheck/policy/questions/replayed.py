"""What became of packets that were pushed through the model, beside where they came from."""

from dataclasses import dataclass

from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.message import Message
from zonecheck.simulate import Delivery, Trace


@dataclass(frozen=True, slots=True)
class Replayed:
    """One packet: how often and from which frame on it was seen, and its trace.

    `frames` and `first` are 0 for a packet that comes from no capture. `opens` marks one that is
    sent for the session it opens.
    """

    trace: Trace
    frames: int = 0
    first: int = 0
    opens: bool = False

    @property
    def arrivals(self) -> tuple[Delivery, ...]:
        """Return its deliveries but those at its sender."""
        return tuple(each for each in self.trace.deliveries if each.at != self.trace.origin)


@dataclass(frozen=True, slots=True)
class ReplayView:
    """All packets of a finding or capture, what was skipped by reason, and the files written.

    `neighbours` are pairs of points of which any frame of the first gets to the second.
    `meant` is where a finding says its packet arrives, None for a capture.
    """

    design: str
    state: str
    subject: str
    rows: tuple[Replayed, ...]
    skipped: tuple[tuple[Message, int], ...] = ()
    files: tuple[str, ...] = ()
    meant: tuple[AttachmentPoint, ...] | None = None
    neighbours: tuple[tuple[AttachmentPoint, AttachmentPoint], ...] = ()

    @property
    def arrived(self) -> bool:
        """Return whether what a finding says arrives does."""
        ends = {found.at for row in self.rows for found in row.arrivals}
        return self.meant is None or ends.issuperset(self.meant)
