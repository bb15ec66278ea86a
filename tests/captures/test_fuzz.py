"""Whatever is wrong with a capture, reading it ends, and says so.

`make fuzz` tries 200,000 captures; a failing round is repeated by its number alone.
"""

import os
import random

from tests.captures.build import Read, read
from tests.captures.mutations import captures, mutated
from zonecheck.capture.read import codes
from zonecheck.capture.read.record import CaptureError

ROUNDS = int(os.environ.get("ZONECHECK_FUZZ", "2000"))


def _is_sound(found: Read) -> None:
    for part in found.chunks:
        assert (part.starts >= 0).all()
        assert (part.captured >= 0).all()
        assert (part.starts + part.captured <= len(part.data)).all()
    numbers = [packet.number for packet in found.packets]
    assert numbers == sorted(set(numbers))
    assert found.stop is None or found.stop[0] in codes.FAULTS
    assert set(found.file.weird) <= codes.ODDITIES


def _read(octets: bytes, buffer: int) -> Read | str:
    """Return what was read, or the code of why nothing could be."""
    try:
        return read(octets, buffer=buffer)
    except CaptureError as error:
        return error.code


def test_no_mutated_capture_raises_anything_but_a_capture_error() -> None:
    """Nor is any packet outside the octets, or a number given twice."""
    starts = captures()
    for number in range(ROUNDS):
        octets = mutated(random.Random(number), starts)
        whole = _read(octets, 1 << 20)
        if isinstance(whole, str):
            assert whole in codes.FAULTS, number
            continue
        _is_sound(whole)
        if number % 8 == 0:  # the same in small parts, which takes longer
            parts = _read(octets, 64)
            assert isinstance(parts, Read), number
            assert (parts.packets, parts.stop) == (whole.packets, whole.stop), number
