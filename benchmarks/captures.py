"""Reading and judging captures, against tools that read them, as whole processes in one run."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.made_captures import PLACE, TOPOLOGY

_FIELDS = (
    *("frame.time_epoch", "eth.src", "eth.dst", "vlan.id", "ip.src", "ip.dst", "ipv6.src"),
    *("ipv6.dst", "ip.proto", "tcp.srcport", "tcp.dstport", "udp.srcport", "udp.dstport"),
    *("tcp.flags", "frame.len"),
)
_MAKE = """
import sys
from pathlib import Path
from benchmarks.made_captures import write_capture
write_capture(Path(sys.argv[1]), int(sys.argv[2]))
"""
_READ = """
import sys
from zonecheck.capture.read import expand
from zonecheck.capture.reading import read
print(len(read(expand(sys.argv[1:])).table))
"""
_SCAPY = """
import sys
from scapy.utils import RawPcapReader
print(sum(1 for _ in RawPcapReader(sys.argv[1])))
"""


def report(*, quick: bool) -> Iterator[str]:
    """Yield a table for 1M packets, and for 5M unless `quick`."""
    with tempfile.TemporaryDirectory(prefix="zonecheck-bench-") as folder:
        design = Path(folder) / "campus.zones.yaml"
        design.write_text(TOPOLOGY, encoding="utf-8")
        for packets in (1_000_000,) if quick else (1_000_000, 5_000_000):
            path = Path(folder) / "made.pcap"
            # In a process of its own: a child's peak memory begins with its parent's.
            subprocess.run([sys.executable, "-c", _MAKE, str(path), str(packets)], check=True)
            yield from _table(path, design, packets)


def _table(path: Path, design: Path, packets: int) -> Iterator[str]:
    size = path.stat().st_size
    yield f"{packets:,} packets, {size / 1e6:,.0f} MB, 40,000 one-way flows"
    yield f"{'':34}{'wall s':>8}{'CPU s':>8}{'packets/s':>12}{'x cat':>7}{'MiB':>6}"
    floor = 0.0
    for name, command in _commands(path, design, packets):
        wall, cpu, peak = _timed(command)
        floor = floor or wall
        rate = packets / wall
        yield f"{name:34}{wall:8.2f}{cpu:8.2f}{rate:12,.0f}{wall / floor:7.0f}{peak:6.0f}"


def _commands(path: Path, design: Path, packets: int) -> Iterator[tuple[str, list[str]]]:
    python, file = sys.executable, str(path)
    yield "cat", ["cat", file]
    yield "reader to flow table", [python, "-c", _READ, file]
    judged = [python, "-m", "zonecheck", "capture", file, "--topology", str(design), "--at", PLACE]
    yield "zonecheck capture", judged
    if shutil.which("tcpdump"):
        yield "tcpdump -nn -e", ["tcpdump", "-nn", "-e", "-r", file]
    if packets <= 1_000_000:
        yield "scapy RawPcapReader (reads only)", [python, "-c", _SCAPY, file]
        if shutil.which("tshark"):
            fields = [part for field in _FIELDS for part in ("-e", field)]
            yield "tshark -T fields", ["tshark", "-n", "-r", file, "-T", "fields", *fields]


def _timed(command: list[str]) -> tuple[float, float, float]:
    """Return wall seconds, processor seconds and peak memory in MiB of a process."""
    start = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = perf_counter() - start
    if process.returncode not in (0, 2):
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
