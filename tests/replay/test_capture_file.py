"""What is written is what is read: times to the nanosecond, bytes, and why."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("scapy")

from scapy.layers.l2 import Ether
from scapy.utils import PcapNgReader, PcapReader, RawPcapNgReader, RawPcapReader

from zonecheck.replay.capture_file import Frame, capture_bytes, pcap_bytes, pcapng_bytes

FRAMES = [
    Frame(1_775_437_200_123_456_789, bytes(range(60)), "background: stp"),
    Frame(1_775_437_200_123_456_790, bytes(range(61)), "違反: smb-crossing"),
    Frame(1_775_437_201_000_000_000, bytes(range(62))),
]


def test_pcapng_gives_back_bytes_and_nanoseconds() -> None:
    """Padding of blocks is not part of a frame."""
    with RawPcapNgReader(io.BytesIO(pcapng_bytes(FRAMES, "L-SANI"))) as reader:
        found = [(data, (m.tshigh << 32) + m.tslow, m.tsresol) for data, m in reader]
    assert found == [(frame.data, frame.time_ns, 10**9) for frame in FRAMES]


def test_pcap_gives_back_bytes_and_nanoseconds() -> None:
    """In the format that has no room for comments."""
    with RawPcapReader(io.BytesIO(pcap_bytes(FRAMES))) as reader:
        found = [(data, meta.sec * 10**9 + meta.usec) for data, meta in reader]
    assert found == [(frame.data, frame.time_ns) for frame in FRAMES]


def test_comments_say_why_a_frame_is_there() -> None:
    """In any language."""
    with PcapNgReader(io.BytesIO(pcapng_bytes(FRAMES))) as reader:
        told = [layer.comments for layer in reader]
    assert told == [[FRAMES[0].comment.encode()], [FRAMES[1].comment.encode()], None]


def test_the_name_of_the_file_chooses_the_form(tmp_path: Path) -> None:
    """Pcap for .pcap, pcapng for anything else."""
    for name, magic in (("a.pcap", "4d3cb2a1"), ("a.PCAP", "4d3cb2a1"), ("a.pcapng", "0a0d0d0a")):
        assert capture_bytes(FRAMES, name)[:4].hex() == magic
    path = tmp_path / "a.pcap"
    path.write_bytes(capture_bytes(FRAMES, path.name))
    with PcapReader(str(path)) as reader:
        assert [Ether in layer for layer in reader] == [True] * 3


@pytest.mark.skipif(shutil.which("tshark") is None, reason="no tshark here")
def test_tshark_reads_both(tmp_path: Path) -> None:
    """With the interface and the comments of pcapng."""
    for name in ("a.pcap", "a.pcapng"):
        path = tmp_path / name
        path.write_bytes(capture_bytes(FRAMES, name, "L-SANI"))
        fields = ["-T", "fields", "-e", "frame.time_epoch", "-e", "frame.len"]
        shown = subprocess.run(
            ["tshark", "-r", str(path), *fields], capture_output=True, text=True, check=True
        )
        lines = [line.split("\t") for line in shown.stdout.splitlines()]
        assert [line[1] for line in lines] == ["60", "61", "62"]
        assert lines[0][0] == "1775437200.123456789"
