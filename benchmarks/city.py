"""みほん市 end to end, and what of that is not proving, as whole processes."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

CITY = Path(__file__).parents[1] / "topologies" / "mihon-city"
RUNS = 5
COMMANDS = {
    "python -c pass (the floor)": ["-c", "pass"],
    "zonecheck --help": ["-m", "zonecheck", "--help"],
    "read the files": [
        "-c",
        f"from zonecheck.formats import read_topology; read_topology({str(CITY)!r})",
    ],
    "zonecheck verify": ["-m", "zonecheck", "verify", str(CITY)],
    "zonecheck verify --check undeclared-permit": [
        *("-m", "zonecheck", "verify", str(CITY)),
        *("--check", "undeclared-permit"),
    ],
}


def report(*, quick: bool) -> Iterator[str]:
    """Yield a table: seconds of whole processes, minimum and median, and the ratio to reading."""
    runs = 2 if quick else RUNS
    times = {
        name: sorted(_seconds(command) for _ in range(runs)) for name, command in COMMANDS.items()
    }
    reading = times["read the files"][0]
    yield f"{'whole process':44} {'min s':>7} {'median s':>9} {'x reading':>10}"
    for name, found in times.items():
        yield f"{name:44} {found[0]:7.2f} {median(found):9.2f} {found[0] / reading:10.1f}"


def _seconds(command: list[str]) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start
