"""Compression is told by the first octets, and what was unpacked is kept."""

import bz2
import gzip
import random
from collections.abc import Callable

import lz4.frame
import pytest
import zstandard

from tests.captures.build import pcap_header, read, record
from zonecheck.capture.read import codes
from zonecheck.capture.read.record import CaptureError

Packer = Callable[[bytes], bytes]
PACKERS: dict[str, Packer] = {
    "gzip": gzip.compress,
    "zstd": zstandard.compress,
    "lz4": lz4.frame.compress,
}
each_packer = pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)

_NOISE = random.Random(1)
CAPTURE = pcap_header() + b"".join(record(_NOISE.randbytes(900)) for _ in range(700))


@each_packer
@pytest.mark.parametrize("buffer", [1 << 12, 1 << 20])
def test_a_compressed_capture_is_the_capture(pack: Packer, buffer: int) -> None:
    """Packets, their numbers and the octets are those of the plain file."""
    found = read(pack(CAPTURE), buffer=buffer)
    assert found.packets == read(CAPTURE).packets
    assert (found.stop, found.file.octets) == (None, len(CAPTURE))


@each_packer
def test_frames_in_a_row_are_one_file(pack: Packer) -> None:
    """Writers that append, or compress in parallel, write more than one frame."""
    parts = pack(CAPTURE[:1001]) + pack(CAPTURE[1001:])
    assert read(parts).packets == read(CAPTURE).packets


@each_packer
@pytest.mark.parametrize("part", [0.3, 0.6, 0.99])
def test_of_a_cut_compression_is_kept_what_unpacks(pack: Packer, part: float) -> None:
    """A cut compression is incomplete, not unreadable."""
    packed = pack(CAPTURE)
    found = read(packed[: int(len(packed) * part)])
    # Noise does not shrink, so nearly as much of the packets must be there; lz4 and zstd
    # give nothing of a block that is not whole.
    missing = (4 << 20) if pack is PACKERS["lz4"] else (1 << 18)
    assert found.file.records >= 700 * part - missing / 900 - 1
    assert found.packets == read(CAPTURE).packets[: found.file.records]
    assert found.file.stop is not None
    assert found.file.stop.code == codes.COMPRESSION_CUT


@each_packer
def test_a_compression_cut_within_its_last_octets_is_told(pack: Packer) -> None:
    """All packets may be there; that nothing is missing cannot be known."""
    found = read(pack(CAPTURE)[:-1])
    assert found.file.stop is not None
    assert found.file.stop.code == codes.COMPRESSION_CUT


@each_packer
def test_a_compression_of_which_nothing_unpacks_is_an_error(pack: Packer) -> None:
    """The cause is the cut, not the empty file behind it."""
    with pytest.raises(CaptureError) as caught:
        read(pack(CAPTURE)[:6])
    assert caught.value.code == codes.COMPRESSION_CUT


def test_a_wrong_check_sum_is_told_and_the_packets_are_kept() -> None:
    """Only what the faulty slice held may be lost."""
    packed = bytearray(gzip.compress(CAPTURE))
    packed[-5] ^= 1
    found = read(bytes(packed))
    assert found.file.stop is not None
    assert found.file.stop.code == codes.COMPRESSION_CORRUPT
    assert 700 - found.file.records <= 2


@each_packer
def test_octets_after_the_last_frame_are_told(pack: Packer) -> None:
    """They may be another capture that somebody appended."""
    found = read(pack(CAPTURE) + b"something else")
    assert found.file.records == 700
    assert found.stop == (codes.COMPRESSION_TRAILING, len(CAPTURE))


def test_zeros_after_the_last_member_are_padding() -> None:
    """Tapes pad."""
    assert read(gzip.compress(CAPTURE) + bytes(10_000)).stop is None


def test_frames_to_be_skipped_are_skipped() -> None:
    """Both formats have frames for what is no data."""
    skip = b"\x5a\x2a\x4d\x18\x03\x00\x00\x00abc"
    for pack in (PACKERS["zstd"], PACKERS["lz4"]):
        parts = pack(CAPTURE[:999]) + skip + pack(CAPTURE[999:]) + skip
        assert read(parts).packets == read(CAPTURE).packets


def test_compression_that_is_not_understood_is_named() -> None:
    """Its name helps more than that it is no capture."""
    with pytest.raises(CaptureError) as caught:
        read(bz2.compress(CAPTURE))
    assert (caught.value.code, caught.value.found) == (codes.COMPRESSION_UNSUPPORTED, "bzip2")


def test_a_small_file_that_unpacks_to_much_is_read_in_small_parts() -> None:
    """Sixty kilobytes that unpack to sixty megabytes take a buffer of memory."""
    octets = pcap_header() + record(bytes(60_000)) * 1000
    found = read(gzip.compress(octets), buffer=1 << 16)
    assert found.file.records == 1000
    assert max(len(part.data) for part in found.chunks) < 1 << 19
