"""Zone pairs of made networks: seconds, peak memory, the ratio to a scan, and how they grow.

Each size runs in a process of its own, so that its peak memory is its own. The scan asks every
route of the same tables in numpy, within the same process, whether it matches one address: less
than that nobody can do who looks at every route.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from math import log
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter, process_time
from typing import Final

import numpy as np

from benchmarks.made_networks import KINDS, QUICK_SIZES, SIZES, Size, made_network
from zonecheck.dataplane.forwarding_classes import forwarding_classes
from zonecheck.dataplane.route_tables import RoutedNetwork
from zonecheck.packets import PacketSpace, Rule
from zonecheck.prove.chain_headers import ChainHeaders
from zonecheck.prove.class_walk import ClassWalk
from zonecheck.prove.filter_chains import ChainSets
from zonecheck.prove.pieces import Pieces, Senders, keys_by_class
from zonecheck.prove.zone_pairs import ZonePairs, joined, piece_headers

CHANGES: Final = 9
_KILOBYTES_PER_MEGABYTE: Final = 1024
_PHASES: Final = ("classes", "chains", "pieces", "filters", "headers", "union")


def scan(network: RoutedNetwork, address: int) -> int:
    """Return how many routes of all tables match an IPv4 address."""
    found = 0
    for table in network.tables:
        shift = (32 - table.lengths).astype(np.uint32)
        found += int(np.count_nonzero((table.lows ^ np.uint32(address)) >> shift == 0))
    return found


def prove(network: RoutedNetwork) -> tuple[ZonePairs, dict[str, float]]:
    """Return the answer of `zone_pairs`, made phase by phase, and the seconds of each."""
    seconds: dict[str, float] = {}
    last = process_time()

    def lap(name: str) -> None:
        nonlocal last
        now = process_time()
        seconds[name], last = now - last, now

    classes = forwarding_classes(network)
    lap("classes")
    walk = ClassWalk(network, classes, ChainSets())
    lap("chains")
    senders, headers_of = Senders(network), ChainHeaders(network, PacketSpace())
    destinations = classes.intervals()
    rows = np.array(sorted(destinations), dtype=np.int64)
    pieces = Pieces.of(walk.sets, keys_by_class(walk, senders, rows), destinations)
    lap("pieces")
    headers_of.compile(walk.sets.chains)
    lap("filters")
    found = piece_headers(pieces, senders, headers_of, pieces.classes)
    lap("headers")
    crossing = joined(pieces, found, pieces.by_pair, headers_of.space)
    lap("union")
    return ZonePairs(walk, headers_of, senders, pieces, found, crossing), seconds


def measure(size: Size, kind: str) -> dict[str, float]:
    """Return the figures of one network, made, proved and changed in this process."""
    network = made_network(size, kind)
    scans = min(_seconds(lambda: scan(network, (10 << 24) + 1)) for _ in range(3))
    start = perf_counter()
    answer, phases = prove(network)
    waited = perf_counter() - start
    peak = getrusage(RUSAGE_SELF).ru_maxrss / _KILOBYTES_PER_MEGABYTE
    changes: list[float] = []
    for number in range(CHANGES):
        place = number * (len(network.filters) - 1) // (CHANGES - 1)
        rule = network.filters[place].rules[0]
        flipped = Rule(not rule.permit, rule.dst, rule.src, rule.protocols, rule.dst_ports)
        changes.append(_seconds(partial(answer.with_rule, place, 0, flipped)))
    table = network.tables[-1]
    low, length = int(table.lows[0]), int(table.lengths[0])
    route = _seconds(lambda: answer.with_route(size.routers - 1, low, length, ()))
    return phases | {
        "routes": network.route_count,
        "rules": network.rule_count,
        "pieces made": len(answer.pieces.classes),
        "crossing": len(answer.pairs),
        "total": sum(phases.values()),
        "waited": waited,
        "peak": peak,
        "scan": scans,
        "rule": median(changes),
        "rule worst": max(changes),
        "route": route,
    }


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def report(*, quick: bool) -> Iterator[str]:
    """Yield a line per network, and after each kind how time grows with routes and with rules."""
    sizes = QUICK_SIZES if quick else SIZES
    yield (
        f"{'kind':<6}{'routers':>8}{'routes':>11}{'rules':>8}"
        f"{'total s':>9}{'wait s':>8}{'MB':>6}{'x scan':>8}"
        f"{'rule ms':>9}{'worst':>7}{'route ms':>9}   " + "".join(f"{p:>9}" for p in _PHASES)
    )
    for kind in KINDS:
        found: list[dict[str, float]] = []
        for size in sizes:
            each = _in_child(size, kind)
            found.append(each)
            yield (
                f"{kind:<6}{size.routers:>8}{each['routes']:>11.0f}{each['rules']:>8.0f}"
                f"{each['total']:>9.2f}{each['waited']:>8.2f}{each['peak']:>6.0f}"
                f"{each['total'] / each['scan']:>8.1f}"
                f"{each['rule'] * 1e3:>9.1f}{each['rule worst'] * 1e3:>7.1f}"
                f"{each['route'] * 1e3:>9.1f}   " + "".join(f"{each[p]:>9.2f}" for p in _PHASES)
            )
        slopes = ", ".join(
            f"{_slope([each[by] for each in found], [each['total'] for each in found]):.2f} by {by}"
            for by in ("routes", "rules")
        )
        last = found[-1]
        yield (
            f"{kind:<6}log-log slope {slopes}; one rule changed is "
            f"1/{last['total'] / last['rule']:.0f} of the full run"
        )


def _slope(sizes: list[float], seconds: list[float]) -> float:
    """Return the slope of the least-squares line through the logarithms."""
    x, y = [log(size) for size in sizes], [log(each) for each in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    over = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return over / sum((a - mean_x) ** 2 for a in x)


def _in_child(size: Size, kind: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.networks", *map(str, size), kind]
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(text)
    return found


if __name__ == "__main__":
    routers, per_site, chosen = sys.argv[1:]
    print(json.dumps(measure(Size(int(routers), int(per_site)), chosen)))
