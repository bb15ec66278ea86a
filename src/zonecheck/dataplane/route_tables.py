"""Large routed networks as arrays: forwarding tables, interfaces, filters, translations.

This is the form for networks of millions of routes, where an object per route would cost more than
the proof. It says what `docs/semantics.md`, section 4, says of routers with declared routes and
stateless interface filters, and nothing of sessions, broadcast domains or what a router opens and
answers itself. One network is of one IP version.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zonecheck.packets import Field, Intervals, Rule
from zonecheck.packets.prefix_tree import Keys, Labels, prefix_keys


class Way(NamedTuple):
    """One way out of a router: by which interface, and which interface takes it in.

    Without `into` the packet is delivered to whoever owns its destination on the link of `out`.
    """

    out: int
    into: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RouteTable:
    """One router's forwarding table: a route per position of three arrays of one length.

    `lows` are lowest addresses (any unsigned type for IPv4, Python integers for IPv6), `lengths`
    prefix lengths, `labels` positions in `RoutedNetwork.labels`. No prefix occurs twice; the order
    is free, though ascending tables are compiled faster.
    """

    lows: NDArray[Any]
    lengths: NDArray[Any]
    labels: Labels

    def __len__(self) -> int:
        return len(self.labels)

    def keys(self, version: int) -> Keys:
        """Return the key of each prefix."""
        return prefix_keys(self.lows, self.lengths, version)

    def with_route(self, low: int, length: int, label: int | None) -> "RouteTable":
        """Return the table with this prefix going to `label`, or without it if that is None."""
        kept = (self.lows != low) | (self.lengths != length)
        lows, lengths, labels = self.lows[kept], self.lengths[kept], self.labels[kept]
        if label is None:
            return RouteTable(lows, lengths, labels)
        at = int(np.searchsorted(lows, low))
        return RouteTable(
            np.insert(lows, at, low), np.insert(lengths, at, length), np.insert(labels, at, label)
        )


@dataclass(frozen=True, slots=True)
class RoutedInterface:
    """An interface of a router; numbers are positions in the network's own tuples.

    With a `zone`, senders and receivers of that zone are on its link; without one nobody sends
    there. `sources` are the only source addresses it takes in (None: any). In: `filter_in`, then
    `translate_in`, then routing. Out: `translate_out`, then `filter_out`.
    """

    router: int
    zone: int | None = None
    filter_in: int | None = None
    filter_out: int | None = None
    translate_in: int | None = None
    translate_out: int | None = None
    sources: Intervals | None = None


@dataclass(frozen=True, slots=True)
class FilterList:
    """A stateless first-match list."""

    rules: tuple[Rule, ...]
    default: bool = False

    def with_rule(self, position: int, rule: Rule) -> "FilterList":
        """Return the list with one rule replaced.

        Raises:
            IndexError: There is no such rule.
        """
        if not 0 <= position < len(self.rules):
            raise IndexError(f"no rule {position} in a list of {len(self.rules)}")
        return replace(self, rules=(*self.rules[:position], rule, *self.rules[position + 1 :]))


@dataclass(frozen=True, slots=True)
class Translation:
    """Address translation to a constant: of what `match` holds, `field` becomes `to`.

    `match.permit` is not looked at. A translation of destinations must name destinations. Inbound
    ones may translate destinations, outbound ones sources.
    """

    field: Field
    to: int
    match: Rule


@dataclass(frozen=True, slots=True, eq=False)
class RoutedNetwork:
    """Routers, numbered like their tables, and what stands between them.

    `labels[i]` are the ways of label `i`, all of which are taken (ECMP); none: the packet goes no
    further, being discarded or for the router itself.
    """

    version: int
    tables: tuple[RouteTable, ...]
    labels: Sequence[tuple[Way, ...]]
    interfaces: tuple[RoutedInterface, ...]
    filters: tuple[FilterList, ...] = ()
    translations: tuple[Translation, ...] = ()

    @property
    def route_count(self) -> int:
        """Return the number of routes of all routers."""
        return sum(map(len, self.tables))

    @property
    def rule_count(self) -> int:
        """Return the number of rules of all filters."""
        return sum(len(item.rules) for item in self.filters)

    @property
    def zones(self) -> tuple[int, ...]:
        """Return the zones that have an interface, ascending."""
        return tuple(sorted({i.zone for i in self.interfaces if i.zone is not None}))

    def with_filter(self, number: int, item: FilterList) -> "RoutedNetwork":
        """Return the network with one filter replaced."""
        filters = (*self.filters[:number], item, *self.filters[number + 1 :])
        return replace(self, filters=filters)

    def with_table(self, router: int, table: RouteTable) -> "RoutedNetwork":
        """Return the network with one router's table replaced."""
        tables = (*self.tables[:router], table, *self.tables[router + 1 :])
        return replace(self, tables=tables)

    def with_label(self, ways: tuple[Way, ...]) -> "RoutedNetwork":
        """Return the network with one more label, the last."""
        return replace(self, labels=(*self.labels, ways))
