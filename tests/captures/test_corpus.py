"""Captures nobody here wrote, read as tshark reads them.

`differences.toml` lists where we stop earlier; its reasons are checked on the octets themselves.
"""

import os
import shutil
import struct
import subprocess
import tomllib
from pathlib import Path
from typing import Final

import pytest

from tests.captures.build import Read, read
from zonecheck.capture.read import codes
from zonecheck.capture.read.record import CaptureError, Stop
from zonecheck.capture.read.source import Source

CORPUS = os.environ.get("ZONECHECK_CORPUS")
FOLDER: Final = Path(CORPUS or "") / "captures"
FILES: Final = sorted(each for each in FOLDER.rglob("*") if each.is_file()) if CORPUS else []
SAMPLE: Final = 40
LISTED: Final = tomllib.loads(Path(__file__).with_name("differences.toml").read_text())

needs_corpus = pytest.mark.skipif(CORPUS is None, reason="ZONECHECK_CORPUS is unset")
needs_tshark = pytest.mark.skipif(shutil.which("tshark") is None, reason="no tshark here")


def _expected() -> dict[str, tuple[str, str]]:
    """Return code and, as text, link type or offset of each file that we do not read whole."""
    links = {
        file: (codes.LINK_TYPE, str(each["number"]))
        for each in LISTED["link-type"]
        for file in each["files"]
    }
    beyond = {
        each["file"]: (codes.LENGTH_CORRUPT, str(each["offset"]))
        for each in LISTED["beyond-snap-length"]
    }
    return links | beyond


def _name(file: Path) -> str:
    return file.relative_to(FOLDER).as_posix()


def _read(file: Path) -> tuple[Read | None, Stop | CaptureError | None]:
    try:
        found = read(Source.of_path(file))
    except CaptureError as error:
        return None, error
    return found, found.file.stop


def _numbered_by_tshark(file: Path) -> int:
    command = ["tshark", "-r", str(file), "-T", "fields", "-e", "frame.number"]
    done = subprocess.run(command, capture_output=True, check=False)
    return int((done.stdout.split() or [b"0"])[-1])


@needs_corpus
def test_every_file_is_read_whole_or_listed_with_its_reason() -> None:
    """And none raises anything but a capture error."""
    stopped = {}
    for file in FILES:
        _, stop = _read(file)
        if stop is not None:
            told = stop.found if stop.code == codes.LINK_TYPE else str(stop.offset)
            stopped[_name(file)] = (stop.code, told)
    assert stopped == _expected()


@needs_corpus
def test_listed_link_types_stand_in_the_files() -> None:
    """The header of a file, or the first interface of it, says the number."""
    for each in LISTED["link-type"]:
        for file in each["files"]:
            octets = (FOLDER / file).read_bytes()
            big = octets[:2] == b"\xa1\xb2"
            at = 20
            if octets[:4] == b"\x0a\x0d\x0d\x0a":
                big = octets[8] == 0x1A
                at = struct.unpack_from(">I" if big else "<I", octets, 4)[0] + 8
            number = struct.unpack_from(">I" if big else "<I", octets, at)[0] & 0xFFFF
            assert number == each["number"], file


@needs_corpus
def test_listed_corruptions_stand_at_their_offsets() -> None:
    """The record there says more than the header of its file allows."""
    for each in LISTED["beyond-snap-length"]:
        octets = (FOLDER / each["file"]).read_bytes()
        order = ">" if octets[:2] == b"\xa1\xb2" else "<"
        (snap_length,) = struct.unpack_from(order + "I", octets, 16)
        (captured,) = struct.unpack_from(order + "I", octets, each["offset"] + 8)
        assert captured > snap_length > 0, each["file"]


@needs_corpus
@needs_tshark
def test_packets_are_numbered_as_tshark_numbers_them() -> None:
    """In a spread sample of the files, or with ZONECHECK_EVERY in all of them."""
    whole = [file for file in FILES if _name(file) not in _expected()]
    step = 1 if os.environ.get("ZONECHECK_EVERY") else max(len(whole) // SAMPLE, 1)
    for file in whole[::step]:
        found, stop = _read(file)
        assert found is not None, file
        assert stop is None, file
        assert found.file.numbered == _numbered_by_tshark(file), file
