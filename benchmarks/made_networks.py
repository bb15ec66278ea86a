"""Networks of routers made by rule: trees, trees with two ways up, and with address translation.

Four core routers form a star; every other router is a site below a core router, or below two of
them. Sites hold about ten subnets, consecutive in the address plan, in two zones of twenty, so that
the addresses of a zone lie all over the plan. Every router has a route to every subnet. A site has
one filter where it is entered (it denies some and permits the rest) and one before each of its two
zones (it permits some, from a few other zones, and denies the rest); subnets check sources.
"""

from random import Random
from typing import Final, NamedTuple

import numpy as np

from zonecheck.dataplane.route_tables import (
    FilterList,
    RoutedInterface,
    RoutedNetwork,
    RouteTable,
    Translation,
    Way,
)
from zonecheck.packets import TCP, UDP, Field, Interval, Rule

CORES: Final = 4
ZONES: Final = 20
KINDS: Final = ("tree", "ecmp", "nat")
SEED: Final = 20261121

_OWN_ADDRESSES: Final = 5
_PLAN: Final = 10 << 24
_OWN_PLAN: Final = 172 << 24 | 16 << 16
_VIRTUAL_PLAN: Final = 203 << 24
_KEPT: Final = 0
"""The label of what a router keeps."""


class Size(NamedTuple):
    """How large a network is made."""

    routers: int
    rules_per_site: int

    @property
    def sites(self) -> int:
        """Return the number of routers with subnets."""
        return self.routers - CORES

    @property
    def subnets(self) -> int:
        """Return the number of subnets, and of routes to subnets per router."""
        return 10 * self.routers


SIZES: Final = (Size(200, 168), Size(450, 128), Size(1_000, 100))
QUICK_SIZES: Final = (Size(25, 168), Size(50, 168), Size(100, 168))


class _Site(NamedTuple):
    """A site: its router, its two zones, the core routers above it, its subnets by zone."""

    router: int
    zones: tuple[int, int]
    above: tuple[int, ...]
    subnets: tuple[tuple[int, ...], tuple[int, ...]]


class _Maker:
    """Collects interfaces, labels and filters while a network is made."""

    def __init__(self, size: Size, kind: str, seed: int) -> None:
        self.size = size
        self.kind = kind
        self.random = Random(f"{size} {kind} {seed}")
        self.interfaces: list[RoutedInterface] = []
        self.filters: list[FilterList] = []
        self.translations: list[Translation] = []
        self.labels: list[tuple[Way, ...]] = [()]
        self.sites = self._sites()
        self.zone_subnets: list[list[int]] = [[] for _ in range(ZONES)]
        for site in self.sites:
            for zone, subnets in zip(site.zones, site.subnets, strict=True):
                self.zone_subnets[zone] += subnets
        self.friends = [self.random.sample(range(ZONES), 6) for _ in range(ZONES)]
        self.services = [self.random.randrange(1, 10_000) for _ in range(40)]
        self.virtual: list[tuple[int, int]] = []

    def network(self) -> RoutedNetwork:
        """Return the network."""
        down: dict[tuple[int, int], int] = {}
        up: list[int] = []
        deliver: list[tuple[int, int]] = []
        for index, site in enumerate(self.sites):
            entered = self._add_filter(self._entry_rules(site), default=True)
            translate_in, translate_out = self._translations_of(index, site)
            ways: list[Way] = []
            for core in site.above:
                below, above = len(self.interfaces), len(self.interfaces) + 1
                self.interfaces.append(RoutedInterface(core))
                self.interfaces.append(
                    RoutedInterface(
                        site.router,
                        filter_in=entered,
                        translate_in=translate_in,
                        translate_out=translate_out,
                    )
                )
                down[core, index] = self._label((Way(below, above),))
                ways.append(Way(above, below))
            up.append(self._label(tuple(ways)))
            deliver.append(self._zones_of(site))
        between = self._between_cores()
        return RoutedNetwork(
            version=4,
            tables=tuple(self._tables(up, down, deliver, between)),
            labels=self.labels,
            interfaces=tuple(self.interfaces),
            filters=tuple(self.filters),
            translations=tuple(self.translations),
        )

    def _sites(self) -> list[_Site]:
        sites, subnets = self.size.sites, self.size.subnets
        ends = [number * subnets // sites for number in range(sites + 1)]
        found: list[_Site] = []
        for number in range(sites):
            own = list(range(ends[number], ends[number + 1]))
            half = len(own) // 2
            core = number % CORES
            above = (core, (core + 1) % CORES) if self.kind == "ecmp" else (core,)
            first, second = self.random.sample(range(ZONES), 2)
            halves = tuple(own[:half]), tuple(own[half:])
            found.append(_Site(CORES + number, (first, second), above, halves))
        return found

    def _label(self, ways: tuple[Way, ...]) -> int:
        self.labels.append(ways)
        return len(self.labels) - 1

    def _add_filter(self, rules: list[Rule], *, default: bool) -> int:
        self.filters.append(FilterList(tuple(rules), default))
        return len(self.filters) - 1

    def _zones_of(self, site: _Site) -> tuple[int, int]:
        """Add an interface per subnet; return the label of the first and how many there are."""
        first = len(self.labels)
        for zone, subnets in zip(site.zones, site.subnets, strict=True):
            number = self._add_filter(self._zone_rules(zone, subnets), default=False)
            for subnet in subnets:
                self._label((Way(len(self.interfaces)),))
                self.interfaces.append(
                    RoutedInterface(
                        site.router, zone, filter_out=number, sources=(_subnet(subnet),)
                    )
                )
        return first, len(self.labels) - first

    def _between_cores(self) -> dict[tuple[int, int], Way]:
        found: dict[tuple[int, int], Way] = {}
        for a in range(CORES):
            for b in range(a):
                first, second = len(self.interfaces), len(self.interfaces) + 1
                self.interfaces += [RoutedInterface(a), RoutedInterface(b)]
                found[a, b], found[b, a] = Way(first, second), Way(second, first)
        return found

    def _tables(
        self,
        up: list[int],
        down: dict[tuple[int, int], int],
        deliver: list[tuple[int, int]],
        between: dict[tuple[int, int], Way],
    ) -> list[RouteTable]:
        subnets = self.size.subnets
        counts = [count for _, count in deliver]
        owner = np.repeat(np.arange(self.size.sites), counts)
        virtual = np.array([site for _, site in self.virtual], dtype=np.int64)
        virtual_lows = np.array([address for address, _ in self.virtual], dtype=np.uint32)
        lows = (_PLAN + (np.arange(subnets) << 8)).astype(np.uint32)
        lengths = np.array([24] * subnets + [32] * (_OWN_ADDRESSES + len(virtual)), np.uint8)
        tables: list[RouteTable] = []
        for router in range(self.size.routers):
            to_site = self._to_sites(router, up, down, between)
            labels = to_site[owner]
            if router >= CORES:
                first, count = deliver[router - CORES]
                start = sum(counts[: router - CORES])
                labels[start : start + count] = np.arange(first, first + count)
            own = (_OWN_PLAN + (router << 4) + np.arange(_OWN_ADDRESSES)).astype(np.uint32)
            kept = np.full(_OWN_ADDRESSES, _KEPT, dtype=np.int32)
            to_virtual = to_site[virtual]
            if router >= CORES:
                to_virtual[virtual == router - CORES] = _KEPT
            tables.append(
                RouteTable(
                    np.concatenate([lows, own, virtual_lows]),
                    lengths,
                    np.concatenate([labels, kept, to_virtual]).astype(np.int32),
                )
            )
        return tables

    def _to_sites(
        self,
        router: int,
        up: list[int],
        down: dict[tuple[int, int], int],
        between: dict[tuple[int, int], Way],
    ) -> "np.ndarray[tuple[int, ...], np.dtype[np.int32]]":
        """Return a router's label for each site; what it says of its own is overwritten."""
        if router >= CORES:
            return np.full(self.size.sites, up[router - CORES], dtype=np.int32)
        found: list[int] = []
        across: dict[tuple[Way, ...], int] = {}
        for index, site in enumerate(self.sites):
            if router in site.above:
                found.append(down[router, index])
                continue
            ways = tuple(between[router, core] for core in site.above)
            if ways not in across:
                across[ways] = self._label(ways)
            found.append(across[ways])
        return np.array(found, dtype=np.int32)

    def _translations_of(self, index: int, site: _Site) -> tuple[int | None, int | None]:
        """Give one site in a hundred a translated source, one in fifty a virtual server."""
        inward: int | None = None
        outward: int | None = None
        if self.kind != "nat":
            return inward, outward
        if index % 100 == 7:
            outward = len(self.translations)
            own = tuple(_subnet(subnet) for half in site.subnets for subnet in half)
            to = _OWN_PLAN + (site.router << 4)
            self.translations.append(Translation(Field.SRC, to, Rule(permit=True, src=own)))
        if index % 50 == 11:
            inward = len(self.translations)
            address = _VIRTUAL_PLAN + index
            self.virtual.append((address, index))
            to = _subnet(site.subnets[0][0])[0] + 10
            match = Rule(permit=True, dst=((address, address),))
            self.translations.append(Translation(Field.DST, to, match))
        return inward, outward

    def _entry_rules(self, site: _Site) -> list[Rule]:
        own = [subnet for half in site.subnets for subnet in half]
        everyone = range(self.size.subnets)
        count = self.size.rules_per_site - 2 * self._zone_rule_count
        return [self._rule(own, everyone, permit=self.random.random() < 0.3) for _ in range(count)]

    def _zone_rules(self, zone: int, subnets: tuple[int, ...]) -> list[Rule]:
        known = [subnet for friend in self.friends[zone] for subnet in self.zone_subnets[friend]]
        everyone = range(self.size.subnets)
        rules: list[Rule] = []
        for _ in range(self._zone_rule_count):
            permit = self.random.random() < 0.7
            rules.append(
                self._rule(subnets, known if permit and known else everyone, permit=permit)
            )
        return rules

    @property
    def _zone_rule_count(self) -> int:
        return self.size.rules_per_site * 3 // 10

    def _rule(
        self,
        own: "list[int] | tuple[int, ...]",
        others: "list[int] | range",
        *,
        permit: bool,
    ) -> Rule:
        random = self.random
        dst = None if random.random() < 0.02 else self._address(own)
        src = None if not permit and random.random() < 0.1 else self._address(others)
        kind = random.random()
        if kind < 0.05 and dst is not None and src is not None:
            return Rule(permit, (dst,), (src,))
        protocol = TCP if kind < 0.8 else UDP
        port = random.choice(self.services)
        last = port if random.random() < 0.9 else port + random.randrange(1, 2_000)
        return Rule(
            permit,
            None if dst is None else (dst,),
            None if src is None else (src,),
            ((protocol, protocol),),
            ((port, last),),
        )

    def _address(self, subnets: "list[int] | tuple[int, ...] | range") -> Interval:
        """Return a host, a subnet or a group of subnets around one of those given."""
        low, high = _subnet(self.random.choice(subnets))
        kind = self.random.random()
        if kind < 0.5:
            host = low + self.random.randrange(256)
            return host, host
        if kind < 0.9:
            return low, high
        bits = self.random.randrange(9, 13)
        start = low >> bits << bits
        return start, start + (1 << bits) - 1


def _subnet(number: int) -> Interval:
    low = _PLAN + (number << 8)
    return low, low + 255


def made_network(size: Size, kind: str, seed: int = SEED) -> RoutedNetwork:
    """Return a network of a size, one of `KINDS`, the same for the same arguments."""
    return _Maker(size, kind, seed).network()
