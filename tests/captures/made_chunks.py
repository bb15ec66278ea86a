"""Chunks of packets made of frames, as the containers would hand them on."""

from collections.abc import Sequence

import numpy as np

from zonecheck.capture.read.record import Chunk, Interface

ETHERNET = Interface(0, 0, 0, 1, None, 0, 0)


def chunk_of(
    frames: Sequence[bytes],
    originals: Sequence[int] | None = None,
    times: Sequence[int] | None = None,
    interfaces: Sequence[int] | None = None,
    *,
    file: int = 0,
    first_number: int = 1,
    gap: bytes = b"\xee" * 16,
    tail: bytes = b"\xdd" * 80,
) -> Chunk:
    """Return a chunk of `frames`, with `gap` before each as a record header would be, and `tail`.

    Packets near the end of the data are not decoded by columns: `tail` moves that end away.
    """
    data = b"".join(gap + frame for frame in frames) + tail
    captured = np.array([len(frame) for frame in frames], dtype=np.int64)
    ends = np.cumsum(captured + len(gap))
    return Chunk(
        np.frombuffer(data, dtype=np.uint8),
        (ends - captured).astype(np.int64),
        captured,
        captured.copy() if originals is None else np.array(originals, dtype=np.int64),
        np.array(times if times is not None else range(len(frames)), dtype=np.int64),
        np.array(interfaces if interfaces is not None else [0] * len(frames), dtype=np.int32),
        file,
        first_number,
    )
