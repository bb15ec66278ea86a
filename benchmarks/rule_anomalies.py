"""Find the anomalies of first-match lists, and find them naively in the same run."""

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address
from time import perf_counter
from typing import Final, NamedTuple

from benchmarks.naive_anomalies import naive_anomalies
from benchmarks.rule_lists import STYLES, Style, rule_list
from zonecheck.model.address import AddressRange
from zonecheck.model.filter import ANY_ADDRESS, Action, AddressMatch, Filter, Rule
from zonecheck.model.service import PortRange, Service
from zonecheck.packets import Interval
from zonecheck.packets import Rule as PacketRule
from zonecheck.policy.hygiene.rule_anomalies import anomalies

SIZES: Final = (1_000, 5_000)
QUICK_SIZES: Final = (1_000,)
MOST_NAIVE: Final = 1_000
"""The naive method takes minutes beyond."""


class AnomalyTiming(NamedTuple):
    """One line of the table; `naive` is None where that was not run."""

    style: str
    rules: int
    found: int
    ours: float
    naive: float | None


def filter_of(style: Style, size: int) -> Filter:
    """Return the list of `rule_list` as a filter of the model that ends in a deny."""
    listed = enumerate(rule_list(style, size), 1)
    return Filter(style.name, tuple(_rule(str(number), rule) for number, rule in listed))


def _rule(name: str, rule: PacketRule) -> Rule:
    service = Service()
    for protocol, _ in rule.protocols or ():
        service = Service(protocol, tuple(PortRange(*span) for span in rule.dst_ports or ()))
    action = Action.PERMIT if rule.permit else Action.DENY
    return Rule(action, name, _match(rule.src), _match(rule.dst), (service,))


def _match(intervals: Sequence[Interval] | None) -> AddressMatch:
    if intervals is None:
        return ANY_ADDRESS
    return AddressMatch(
        tuple(AddressRange(IPv4Address(low), IPv4Address(high)) for low, high in intervals)
    )


def measure(*, quick: bool) -> Iterator[AnomalyTiming]:
    """Yield a timing per style and size."""
    for style in STYLES:
        for size in QUICK_SIZES if quick else SIZES:
            item = filter_of(style, size)
            start = perf_counter()
            found = anomalies(item)
            ours = perf_counter() - start
            naive = None
            if size <= MOST_NAIVE:
                start = perf_counter()
                naive_anomalies(item)
                naive = perf_counter() - start
            yield AnomalyTiming(style.name, size, len(found), ours, naive)


def report(*, quick: bool) -> Iterator[str]:
    """Yield the lines of the table as they are measured."""
    yield f"{'anomalies':<14}{'rules':>7}{'found':>7}{'ours s':>10}{'naive s':>10}{'ratio':>8}"
    for style, rules, found, ours, naive in measure(quick=quick):
        compared = f"{naive:>10.3f}{ours / naive:>8.3f}" if naive else f"{'-':>10}{'-':>8}"
        yield f"{style:<14}{rules:>7}{found:>7}{ours:>10.3f}{compared}"
