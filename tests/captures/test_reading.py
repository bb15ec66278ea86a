"""Several files are one capture: flows go on, and packets are found again."""

from pathlib import Path

import pytest

from tests.captures.build import pcap_header, read, record
from tests.captures.made_frames import ethernet, ipv4, tcp, udp
from zonecheck.capture import reading
from zonecheck.capture.again import again, packets_of
from zonecheck.capture.read import expand

FRAMES = [
    ethernet(0x0800, ipv4(6, tcp((1000, 80), 0x10))),
    ethernet(0x0800, ipv4(17, udp((1000, 53)))),
]


def ring(folder: Path, files: int) -> list[str]:
    """Return the names of files that each hold the same two flows."""
    names = []
    for number in range(files):
        path = folder / f"part{number}.pcap"
        path.write_bytes(pcap_header() + b"".join(map(record, FRAMES)))
        names.append(str(path))
    return names


@pytest.mark.parametrize("in_processes", [False, True])
def test_rotated_files_hold_one_flow_and_not_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_processes: bool
) -> None:
    """Also where processes read them: it begins in the first file and ends in the last."""
    monkeypatch.setattr(reading, "_WORTH_A_PROCESS", 0 if in_processes else 1 << 40)
    found = reading.read(expand(ring(tmp_path, 3)))
    assert len(found.table) == 2
    counts = found.table.counts
    assert counts.packets.tolist() == [3, 3]
    assert (counts.first_file.tolist(), counts.last_file.tolist()) == ([0, 0], [2, 2])
    assert [file.packets for file in found.files] == [2, 2, 2]


def test_reading_again_finds_every_packet_in_its_flow(tmp_path: Path) -> None:
    """In the order of files and packets, under the numbers of the first reading."""
    found = reading.read(expand(ring(tmp_path, 2)))
    told = [(each.chunk.file, each.of.flows.tolist()) for each in again(found)]
    assert told == [(0, [0, 1]), (1, [0, 1])]
    octets = b"".join(packets_of(found, [1]))
    assert [packet.data for packet in read(octets).packets] == [FRAMES[1]] * 2
    assert b"part1.pcap #2" in octets
