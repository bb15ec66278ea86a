"""What became of one file while it is read, whatever its format."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read import codes
from zonecheck.capture.read.record import NO_TIME, Chunk, Stop


class Fault(Exception):  # noqa: N818 - what is wrong with a file, no error of the program
    """Reading cannot go on here; whoever reads decides whether that is a `Stop` or an error."""

    def __init__(self, code: str, offset: int, found: object, expected: object) -> None:
        super().__init__(code, offset)
        self.stop = Stop(code, offset, str(found), str(expected))


@dataclass(slots=True)
class Account:
    """Counts of one file; `opened` once its header was understood."""

    file: int
    opened: bool = False
    records: int = 0
    numbered: int = 0  # records and what Wireshark numbers besides
    octets: int = 0  # up to the end of the last record or block that was read
    time_steps_back: int = 0
    weird: Counter[str] = field(default_factory=Counter)
    last_time: int = NO_TIME

    def chunk(
        self,
        data: NDArray[np.uint8],
        starts: NDArray[np.int64],
        captured: NDArray[np.int64],
        original: NDArray[np.int64],
        times: NDArray[np.int64],
        interface: NDArray[np.int32],
    ) -> Chunk:
        """Return these packets as the next chunk of the file, counted."""
        chunk = Chunk(
            data, starts, captured, original, times, interface, self.file, self.numbered + 1
        )
        self.records += len(starts)
        self.numbered += len(starts)
        self.count(codes.CAPTURED_NOTHING, captured == 0)
        self.count(codes.CAPTURED_BEYOND_ORIGINAL, captured > original)
        self._follow(times)
        return chunk

    def count(self, code: str, which: NDArray[np.bool_]) -> None:
        """Count the packets for which `which` holds under a code, if any."""
        if number := int(np.count_nonzero(which)):
            self.weird[code] += number

    def _follow(self, times: NDArray[np.int64]) -> None:
        known = times[times != NO_TIME]
        if len(known) == 0:
            return
        back = int(np.count_nonzero(known[1:] < known[:-1]))
        self.time_steps_back += back + int(known[0] < self.last_time)
        self.last_time = int(known[-1])
