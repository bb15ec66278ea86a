"""Compile first-match lists with our diagrams and with oxidd's binary ones, in the same run.

Two styles of list. *ACL-like*: almost every rule names both addresses. *Overlap-heavy*: 12 % of the
rules match any destination and 20 % any source, so that most cells see many rules.
"""

from collections.abc import Iterator
from random import Random
from time import perf_counter
from typing import Final, NamedTuple

from benchmarks.binary_diagrams import BinaryHeaders
from zonecheck.packets import ICMP, TCP, UDP, Interval, PacketSpace, Rule

SEED: Final = 20261121
SIZES: Final = (1_000, 5_000, 20_000)
QUICK_SIZES: Final = (1_000, 5_000)

_NODES: Final = 1 << 25
_CACHE: Final = 1 << 22


class Style(NamedTuple):
    """A way of writing lists: the shares of rules that match any destination and any source."""

    name: str
    any_dst: float
    any_src: float


STYLES: Final = (Style("ACL-like", 0.005, 0.02), Style("overlap-heavy", 0.12, 0.20))


class RuleListTiming(NamedTuple):
    """One line of the table."""

    style: str
    rules: int
    ours: float
    oxidd: float
    our_nodes: int
    oxidd_nodes: int


def rule_list(style: Style, size: int, seed: int = SEED) -> list[Rule]:
    """Return `size` rules written in `style`, the same for the same arguments."""
    random = Random(f"{style.name} {size} {seed}")
    subnets = [random.randrange(1 << 16) for _ in range(max(16, size // 10))]
    services = [random.randrange(1, 10_000) for _ in range(40)]
    return [_rule(random, style, subnets, services) for _ in range(size)]


def _rule(random: Random, style: Style, subnets: list[int], services: list[int]) -> Rule:
    dst = None if random.random() < style.any_dst else [_address(random, subnets)]
    src = None if random.random() < style.any_src else [_address(random, subnets)]
    # A rule for any packet at all would end the list long before its last line.
    kind = random.uniform(0.1 if dst is None or src is None else 0.0, 1.0)
    permit = random.random() < 0.7
    if kind < 0.05:
        return Rule(permit, dst, src)
    if kind < 0.10:
        return Rule(permit, dst, src, [(ICMP, ICMP)])
    protocol = TCP if kind < 0.80 else UDP
    port = random.choice(services)
    last = port if random.random() < 0.9 else port + random.randrange(1, 2_000)
    return Rule(permit, dst, src, [(protocol, protocol)], [(port, last)])


def _address(random: Random, subnets: list[int]) -> Interval:
    """Return a host, a subnet of 256 addresses or a group of subnets within 10.0.0.0/8."""
    subnet = (10 << 24) | random.choice(subnets) << 8
    kind = random.random()
    if kind < 0.5:
        host = subnet | random.randrange(256)
        return host, host
    bits = 8 if kind < 0.9 else random.randrange(9, 13)
    low = subnet >> bits << bits
    return low, low + (1 << bits) - 1


def compile_ours(rules: list[Rule]) -> tuple[float, int]:
    """Return seconds and diagram nodes of one compile in a fresh space."""
    start = perf_counter()
    permitted = PacketSpace().from_rules(rules, [], default=False)
    return perf_counter() - start, permitted.node_count


def compile_oxidd(rules: list[Rule]) -> tuple[float, int]:
    """Return seconds and diagram nodes of one compile in a fresh manager."""
    headers = BinaryHeaders(4, _NODES, _CACHE)
    start = perf_counter()
    permitted = headers.permitted(rules, default=False)
    return perf_counter() - start, headers.node_count(permitted)


def measure(*, quick: bool) -> Iterator[RuleListTiming]:
    """Yield a timing per style and size: the best of three runs, one run above 10,000 rules."""
    for style in STYLES:
        for size in QUICK_SIZES if quick else SIZES:
            rules = rule_list(style, size)
            runs = 3 if size < 10_000 else 1
            ours = min(compile_ours(rules) for _ in range(runs))
            oxidd = min(compile_oxidd(rules) for _ in range(runs))
            yield RuleListTiming(style.name, size, ours[0], oxidd[0], ours[1], oxidd[1])


def report(*, quick: bool) -> Iterator[str]:
    """Yield the lines of the table as they are measured."""
    yield (
        f"{'filter list':<14}{'rules':>7}{'ours s':>10}{'oxidd s':>10}{'ratio':>8}"
        f"{'our nodes':>12}{'oxidd nodes':>13}"
    )
    for style, rules, ours, oxidd, our_nodes, oxidd_nodes in measure(quick=quick):
        yield (
            f"{style:<14}{rules:>7}{ours:>10.3f}{oxidd:>10.3f}{ours / oxidd:>8.2f}"
            f"{our_nodes:>12}{oxidd_nodes:>13}"
        )
