"""What a command line names becomes captures in the order they were taken."""

import io
import os
import pickle
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.captures.build import pcap_header, read, record
from zonecheck.capture.read import codes
from zonecheck.capture.read.record import CaptureError
from zonecheck.capture.read.sources import expand


def write(path: Path, *seconds: int) -> None:
    """Write a capture of packets at these seconds."""
    path.write_bytes(pcap_header() + b"".join(record(time=(each, 0)) for each in seconds))


def names(path: Path) -> list[str]:
    """Return the names of a folder's files as they are read."""
    return [Path(source.name).name for source in expand([path])]


def test_numbers_in_names_are_numbers(tmp_path: Path) -> None:
    """Rotated files count on without leading zeros."""
    for name in ("cap10", "cap2", "cap1", "cap02", "cap"):
        write(tmp_path / name, 5)
    assert names(tmp_path) == ["cap", "cap1", "cap02", "cap2", "cap10"]


def test_a_ring_of_files_starts_with_its_oldest(tmp_path: Path) -> None:
    """It overwrites its first file again and again."""
    for name, second in (("cap0", 40), ("cap1", 50), ("cap2", 20), ("cap3", 30)):
        write(tmp_path / name, second)
    assert names(tmp_path) == ["cap2", "cap3", "cap0", "cap1"]


def test_files_that_tell_no_time_keep_their_place(tmp_path: Path) -> None:
    """An empty file has no time to go by."""
    write(tmp_path / "a", 3)
    write(tmp_path / "b")
    write(tmp_path / "c", 1)
    assert names(tmp_path) == ["c", "b", "a"]


def test_sub_folders_are_not_entered_and_other_files_are_named_not_fatal(tmp_path: Path) -> None:
    """Notes lie beside captures."""
    write(tmp_path / "a.pcap", 1)
    (tmp_path / "notes.txt").write_text("no capture")
    (tmp_path / "below").mkdir()
    write(tmp_path / "below" / "b.pcap", 1)
    capture, notes = expand([tmp_path])
    assert capture.refused is None
    assert notes.refused is not None
    assert notes.refused.code == codes.NOT_A_CAPTURE
    with pytest.raises(CaptureError):
        read(notes)


def test_a_broken_capture_of_a_folder_is_not_passed_over(tmp_path: Path) -> None:
    """What it held may be what mattered."""
    (tmp_path / "a.pcap").write_bytes(b"")
    (tmp_path / "b.pcap").write_bytes(pcap_header(link=127) + record())
    for source, code in zip(expand([tmp_path]), (codes.EMPTY, codes.LINK_TYPE), strict=True):
        assert source.refused is None
        with pytest.raises(CaptureError) as caught:
            read(source)
        assert caught.value.code == code


def test_a_folder_without_files_says_so(tmp_path: Path) -> None:
    """Nothing read is not nothing found."""
    (source,) = expand([tmp_path])
    assert source.refused is not None
    assert source.refused.code == codes.FOLDER_EMPTY


def test_a_missing_file_is_an_error_when_it_is_read(tmp_path: Path) -> None:
    """All that is wrong with a file is told in one place."""
    (source,) = expand([tmp_path / "missing"])
    with pytest.raises(CaptureError) as caught:
        read(source)
    assert (caught.value.code, caught.value.found) == (codes.UNREADABLE, "ENOENT")


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read once and left open."""
    octets = io.BytesIO(pcap_header() + record() * 3)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=octets))
    (source,) = expand(["-"])
    assert (read(source).file.records, source.again) == (3, False)
    assert not octets.closed


def test_a_pipe_that_gives_little_at_a_time_is_read_whole(tmp_path: Path) -> None:
    """A short read is not the end."""
    out, into = os.pipe()
    with os.fdopen(into, "wb") as writer:
        writer.write(pcap_header() + record() * 300)
    (source,) = expand([f"/dev/fd/{out}"])
    assert read(source).file.records == 300
    os.close(out)


def test_sources_and_errors_may_be_sent_to_another_process(tmp_path: Path) -> None:
    """Files are read in parallel."""
    write(tmp_path / "a", 1, 2)
    (tmp_path / "b").write_text("no capture")
    capture, other = pickle.loads(pickle.dumps(expand([tmp_path])))
    assert read(capture).file.records == 2
    assert other.refused.code == codes.NOT_A_CAPTURE
