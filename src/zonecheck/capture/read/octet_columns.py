"""Octets at places given by packets, read out of a buffer as columns of numbers."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Octets = NDArray[np.uint8]
Words = NDArray[np.uint64]

MAC: Final = np.uint64((1 << 48) - 1)


def stretches(data: Octets, starts: NDArray[np.int64], size: int) -> Octets:
    """Return the `size` octets from each of `starts`, which must all lie in `data`: (n, size)."""
    if not starts.size:
        return np.empty((0, size), dtype=np.uint8)
    # Elements of `size` octets at every offset, so that one gather copies whole stretches.
    everywhere: NDArray[np.void] = np.ndarray(
        (len(data) - size + 1,), dtype=f"V{size}", buffer=data, strides=(1,)
    )
    return everywhere[starts].view(np.uint8).reshape(-1, size)


def octet(table: Octets, at: int) -> NDArray[np.uint8]:
    """Return one octet of each stretch."""
    return np.ascontiguousarray(table[:, at])


def short(table: Octets, at: int) -> NDArray[np.int64]:
    """Return a number of two octets of each stretch."""
    return table[:, at : at + 2].view(">u2")[:, 0].astype(np.int64)


def long(table: Octets, at: int) -> Words:
    """Return a number of four octets of each stretch."""
    return table[:, at : at + 4].view(">u4")[:, 0].astype(np.uint64)


def word(table: Octets, at: int) -> Words:
    """Return a number of eight octets of each stretch."""
    return table[:, at : at + 8].view(">u8")[:, 0].astype(np.uint64)


def mac(table: Octets, at: int) -> Words:
    """Return a number of six octets of each stretch, two more of which it must have after them."""
    return word(table, at) >> np.uint64(16)
