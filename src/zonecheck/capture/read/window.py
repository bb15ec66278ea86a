"""The stretch of a file that is in memory."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

BUFFER = 8 << 20
"""A longer stretch makes longer chunks, which columns gain more by than caches lose."""


class Stream(Protocol):
    """Where octets come from."""

    def fill(self, into: memoryview) -> int:
        """Write the next octets and return how many; fewer than asked for only at the end."""


class Window:
    """A stretch of a file that moves forward; memory is bounded by `size` and what is kept.

    Each stretch is an array of its own, so chunks handed out stay valid.
    """

    def __init__(self, stream: Stream, size: int = BUFFER) -> None:
        self._stream = stream
        self._size = size
        self.base = 0
        """Offset in the file of the first octet in memory."""
        self.data: NDArray[np.uint8] = np.empty(0, np.uint8)
        self.view = memoryview(b"")

    def forward(self, position: int, at_least: int = 0) -> int:
        """Let go of what lies before `position`, which becomes 0, and read on.

        Args:
            position: within the stretch.
            at_least: octets that one record needs, even if they exceed the size.

        Returns:
            How many octets were read; 0 at the end of the file.
        """
        kept = len(self.data) - position
        # Mostly the same size each time, so that the allocator gives back the memory it got.
        data = np.empty(max(self._size, at_least, kept + 1), np.uint8)
        data[:kept] = self.data[position:]
        came = self._stream.fill(data.data[kept:])
        self.base += position
        self.data = data[: kept + came]
        self.view = self.data.data
        return came
