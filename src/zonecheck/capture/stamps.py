"""Whether a capture is still the one that was read."""

from collections.abc import Sequence
from pathlib import Path
from stat import S_ISREG

from zonecheck.capture.read import Source

Stamp = tuple[int, int, int, int] | None
"""Device, inode, size and time of change (ns); None for what is no stored file."""


def stamps(sources: Sequence[Source]) -> tuple[Stamp, ...]:
    """Return what tells whether files change while they are read."""
    return tuple(map(stamp, sources))


def stamp(source: Source) -> Stamp:
    """Return that of one source, as it is now."""
    if not source.again:
        return None
    try:
        status = Path(source.name).stat()
    except OSError:
        return None
    stored = S_ISREG(status.st_mode)
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns) if stored else None
