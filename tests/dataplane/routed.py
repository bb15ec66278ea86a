"""Small routed networks as arrays, and the slow way of a packet through them.

Addresses are 0 to 15, so that prefixes, filters and translations meet often.
"""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from tests.packets.drawing import first_match, matches_header
from zonecheck.dataplane.route_tables import (
    FilterList,
    RoutedInterface,
    RoutedNetwork,
    RouteTable,
    Translation,
    Way,
)
from zonecheck.packets import MAXIMA, TCP, UDP, Field, Header, Interval, Rule
from zonecheck.packets.prefix_tree import address_bits

HIGHEST = 15
ZONES = (0, 1, 2)


def headers(version: int) -> st.SearchStrategy[Header]:
    """Draw a header between small addresses."""
    address = st.integers(0, HIGHEST + 1)
    return st.builds(
        lambda dst, src, protocol, port: Header(version, dst, src, protocol, port, 0),
        *(address, address, st.sampled_from((TCP, UDP)), st.integers(0, 2)),
    )


@st.composite
def intervals(draw: st.DrawFn, highest: int = HIGHEST) -> tuple[Interval, ...]:
    """Draw one interval."""
    low, high = sorted((draw(st.integers(0, highest)), draw(st.integers(0, highest))))
    return ((low, high),)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Draw a rule."""
    return Rule(
        draw(st.booleans()),
        draw(st.none() | intervals()),
        draw(st.none() | intervals()),
        draw(st.none() | st.sampled_from((((TCP, TCP),), ((UDP, UDP),)))),
        draw(st.none() | intervals(2)),
    )


filter_lists = st.builds(FilterList, st.lists(rules(), max_size=4).map(tuple), st.booleans())


@st.composite
def prefixes(draw: st.DrawFn, version: int) -> tuple[int, int]:
    """Draw lowest address and length of a prefix of small addresses, or of everything."""
    bits = address_bits(version)
    free = draw(st.sampled_from((0, 0, 1, 2, 3, 4, bits)))
    low = draw(st.integers(0, HIGHEST)) >> free << free
    return low, bits - free


def table_of(routes: Sequence[tuple[int, int, int]], version: int) -> RouteTable:
    """Return the table of routes `(lowest address, length, label)`."""
    dtype = np.uint32 if version == 4 else np.object_
    return RouteTable(
        np.array([low for low, _, _ in routes], dtype=dtype),
        np.array([length for _, length, _ in routes], dtype=np.uint8),
        np.array([label for _, _, label in routes], dtype=np.int32),
    )


@st.composite
def networks(draw: st.DrawFn, *, translations: bool) -> RoutedNetwork:
    """Draw a network of up to four routers, joined and routed without sense; loops are common."""
    version = draw(st.sampled_from((4, 4, 6)))
    routers = draw(st.integers(1, 4))
    lists = draw(st.lists(filter_lists, min_size=1, max_size=3))
    made = draw(st.lists(_translations(), max_size=2)) if translations else []
    numbers = st.none() | st.integers(0, len(lists) - 1)
    into = _numbers_of(made, Field.DST)
    out = _numbers_of(made, Field.SRC)
    interfaces = [
        RoutedInterface(
            number % routers,
            draw(st.none() | st.sampled_from(ZONES)),
            draw(numbers),
            draw(numbers),
            draw(into),
            draw(out),
            draw(st.none() | intervals()),
        )
        for number in range(draw(st.integers(routers, 8)))
    ]
    labels: list[tuple[Way, ...]] = [()]
    tables = []
    for router in range(routers):
        first = len(labels)
        labels += draw(st.lists(ways_of(interfaces, router), min_size=1, max_size=4))
        chosen = st.just(0) | st.integers(first, len(labels) - 1)
        routes = st.tuples(prefixes(version), chosen).map(lambda drawn: (*drawn[0], drawn[1]))
        found = draw(st.lists(routes, max_size=6, unique_by=lambda r: r[:2]))
        tables.append(table_of(found, version))
    return RoutedNetwork(
        version, tuple(tables), tuple(labels), tuple(interfaces), tuple(lists), tuple(made)
    )


def ways_of(
    interfaces: Sequence[RoutedInterface], router: int
) -> st.SearchStrategy[tuple[Way, ...]]:
    """Draw ways out of a router: links and deliveries, up to three at once."""
    own = [n for n, each in enumerate(interfaces) if each.router == router]
    others = [n for n, each in enumerate(interfaces) if each.router != router]
    into = st.none() | st.sampled_from(others) if others else st.none()
    way = st.builds(Way, st.sampled_from(own), into)
    return st.lists(way, min_size=1, max_size=3, unique=True).map(tuple)


@st.composite
def _translations(draw: st.DrawFn) -> Translation:
    field = draw(st.sampled_from((Field.DST, Field.SRC)))
    match = Rule(
        permit=True,
        dst=draw(intervals()) if field is Field.DST else None,
        src=draw(st.none() | intervals()),
        protocols=draw(st.none() | st.just(((TCP, TCP),))),
    )
    return Translation(field, draw(st.integers(0, HIGHEST)), match)


def _numbers_of(made: list[Translation], field: Field) -> st.SearchStrategy[int | None]:
    found = [number for number, item in enumerate(made) if item.field is field]
    return st.none() | st.sampled_from(found) if found else st.none()


def longest_match(network: RoutedNetwork, router: int, address: int) -> tuple[Way, ...]:
    """Return the ways of the longest prefix around an address, one route after the other."""
    table = network.tables[router]
    bits = address_bits(network.version)
    best, label = -1, 0
    for low, length, number in zip(
        table.lows.tolist(), table.lengths.tolist(), table.labels.tolist(), strict=True
    ):
        if low <= address < low + (1 << (bits - length)) and length > best:
            best, label = length, number
    return network.labels[label]


class Walk:
    """One packet through a network, every branch taken: where it is delivered, and as what."""

    def __init__(self, network: RoutedNetwork) -> None:
        self._network = network
        self._seen: set[tuple[int, Header]] = set()
        self.delivered: set[tuple[int, Header]] = set()

    def enter(self, number: int, header: Header) -> None:
        """Let an interface take a header in."""
        interface = self._network.interfaces[number]
        if interface.sources is not None and not any(
            low <= header.src <= high for low, high in interface.sources
        ):
            return
        if not self._permits(interface.filter_in, header):
            return
        header = self._translated(interface.translate_in, header)
        if (interface.router, header) in self._seen:
            return
        self._seen.add((interface.router, header))
        for way in longest_match(self._network, interface.router, header.dst):
            self._leave(way, header)

    def _leave(self, way: Way, header: Header) -> None:
        out = self._network.interfaces[way.out]
        header = self._translated(out.translate_out, header)
        if not self._permits(out.filter_out, header):
            return
        if way.into is not None:
            self.enter(way.into, header)
        elif out.zone is not None:
            self.delivered.add((out.zone, header))

    def _permits(self, number: int | None, header: Header) -> bool:
        if number is None:
            return True
        item = self._network.filters[number]
        return first_match(item.rules, header, default=item.default)

    def _translated(self, number: int | None, header: Header) -> Header:
        if number is None:
            return header
        item = self._network.translations[number]
        if not matches_header(item.match, header):
            return header
        values = list(header.values())
        values[item.field] = item.to
        return Header(header.version, *values)


def delivered(network: RoutedNetwork, zone: int, header: Header) -> set[tuple[int, Header]]:
    """Return the zones a header sent anywhere in a zone is delivered in, and as what."""
    found: set[tuple[int, Header]] = set()
    for number, interface in enumerate(network.interfaces):
        if interface.zone == zone:
            walk = Walk(network)
            walk.enter(number, header)
            found |= walk.delivered
    return found


def highest_address(version: int) -> int:
    """Return the highest address."""
    return MAXIMA[version][Field.DST]
