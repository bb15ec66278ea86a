"""Layers of packets as columns: the keys of their flows, and what they add to the counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read.octet_columns import Words
from zonecheck.capture.read.plain_links import Frames


@dataclass(frozen=True, slots=True)
class Plain:
    """Packets of which one layer is plain: all there is to them, or the outside of a tunnel."""

    packets: NDArray[np.int64]  # as the group has them that was read
    columns: Words  # the keys of the layer as columns, as if there were no extra: (9, n)
    tcp_flags: NDArray[np.uint8]
    payload: NDArray[np.int64]

    def only(self, places: NDArray[np.int64]) -> "Plain":
        """Return the packets at these places in the columns."""
        return Plain(
            self.packets.take(places),
            self.columns.take(places, axis=1),
            self.tcp_flags.take(places),
            self.payload.take(places),
        )


@dataclass(frozen=True, slots=True)
class Tunnelled:
    """Packets of which the outer layer is plain and something lies in it."""

    outer: Plain
    encapsulation: str
    numbers: NDArray[np.int64] | None  # of the tunnels, if they have any
    inside: Frames  # its `packets` are places in the columns of `outer`
    parser: str  # of its first header, as `plain_links.READERS` has them
