"""From ticks of an interface to nanoseconds since 1970 UTC, exactly."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read.record import NO_TIME

SECOND: Final = 1_000_000_000
LAST_SECOND: Final = (1 << 63) // SECOND - 1
"""The last second, and with a minus the first, all of whose nanoseconds 64 bits can hold."""

_FASTEST: Final = (1 << 64) // SECOND
"""Ticks a second up to which the remainder in nanoseconds fits 64 bits."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What an interface says of its time stamps; without word of it, microseconds."""

    ticks_per_second: int = 1_000_000
    offset: int = 0
    """Seconds to add."""

    @staticmethod
    def ticks(resolution: int) -> int:
        """Return the ticks a second of if_tsresol: a negative power of 2 or of 10."""
        return 1 << (resolution & 0x7F) if resolution & 0x80 else 10**resolution

    def nanoseconds(self, ticks: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the times of these ticks, rounded down; NO_TIME where 64 bits do not do."""
        first = max(-LAST_SECOND - self.offset, 0)
        last = min(LAST_SECOND - self.offset, (1 << 64) - 1)
        if first > last or first >> 64:
            return np.full(len(ticks), NO_TIME, np.int64)
        seconds, rest = self._divided(ticks)
        fits = (seconds >= np.uint64(first)) & (seconds <= np.uint64(last))
        # Where it does not fit any second that does keeps the arithmetic within 64 bits.
        kept = np.where(fits, seconds, np.uint64(first)).astype(np.int64)
        # Wraps around twice and so is right: the sum lies within 64 bits.
        times = (kept + np.int64(self.offset)) * SECOND + rest
        return np.where(fits, times, np.int64(NO_TIME))

    def _divided(self, ticks: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Return whole seconds and the nanoseconds of what is left."""
        if self.ticks_per_second <= _FASTEST:
            a_second = np.uint64(self.ticks_per_second)
            seconds = ticks // a_second
            rest = (ticks - seconds * a_second) * np.uint64(SECOND) // a_second
            return seconds, rest.astype(np.int64)
        pairs = [divmod(tick, self.ticks_per_second) for tick in ticks.tolist()]
        return (
            np.array([second for second, _ in pairs], np.uint64),
            np.array([left * SECOND // self.ticks_per_second for _, left in pairs], np.int64),
        )
