"""Destinations that a whole routed network treats alike, and how each router treats them.

Longest prefix match of all tables is one pass over a tree of prefixes (`packets.prefix_tree`);
labels are read as behaviours first, so the classes that come out are as few as the network has
different ways of treating a destination, however many subnets it has.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zonecheck.dataplane.hops import Behaviour, behaviour_of
from zonecheck.dataplane.route_tables import RoutedNetwork, RouteTable, Way
from zonecheck.packets import Field, Intervals
from zonecheck.packets.prefix_tree import (
    NO_ROUTE,
    Indices,
    Keys,
    Labels,
    PrefixTree,
    address_bits,
    distinct_keys,
    equal_rows,
    prefix_keys,
)

NOWHERE: Behaviour = frozenset()
"""The behaviour of what is discarded, kept or has no route; its number is 0."""


@dataclass(frozen=True, slots=True, eq=False)
class ForwardingClasses:
    """The classes of all destinations of a routed network.

    `columns` has a row per class and a column per router: the number of the behaviour there, in
    `behaviours`. `classes` gives the class of each atom of `tree`. Classes that no atom has any
    more may remain after a change.
    """

    tree: PrefixTree
    behaviours: tuple[Behaviour, ...]
    of_label: Labels
    columns: Labels
    classes: Indices
    numbers: dict[bytes, int]

    def __len__(self) -> int:
        return len(self.columns)

    def class_of(self, address: int) -> int:
        """Return the class of one address."""
        starts = self.tree.starts
        step = np.searchsorted(starts, np.array([address], starts.dtype), side="right") - 1
        return int(self.classes[self.tree.atoms[step[0]]])

    def intervals(self) -> dict[int, Intervals]:
        """Return the addresses of every class that has any, sorted and disjoint."""
        return self.tree.intervals(self.classes)

    def within(self, intervals: Intervals) -> NDArray[np.bool_]:
        """Return for each class whether it lies in the intervals, which must not cut a class."""
        lows = self.tree.starts
        inside = np.zeros(len(lows), dtype=np.bool_)
        for low, high in intervals:
            inside |= (lows >= low) & (lows <= high)
        found = np.zeros(len(self), dtype=np.bool_)
        found[self.classes[self.tree.atoms[inside]]] = True
        return found

    def with_table(self, router: int, table: RouteTable) -> "ForwardingClasses":
        """Return the classes after one router's table changed; existing numbers keep their meaning.

        Costs a pass over that router's column, and more only for the addresses that changed.
        """
        keys = table.keys(self.tree.version)
        tree, classes = self.tree, self.classes.copy()
        if not tree.holds(keys):
            tree = PrefixTree(distinct_keys([tree.keys, keys], tree.version), tree.version)
            classes = classes[self._around(tree)]
        column = np.full((len(tree), 1), NO_ROUTE, dtype=np.int32)
        column[tree.places(keys), 0] = self.of_label[table.labels]
        tree.resolve(column)
        fresh = np.maximum(column[:, 0], 0)
        numbers = dict(self.numbers)
        added: list[Labels] = []
        for atom in np.flatnonzero(self.columns[classes, router] != fresh).tolist():
            row = self.columns[classes[atom]].copy()
            row[router] = fresh[atom]
            number = numbers.setdefault(row.tobytes(), len(numbers))
            if number == len(self.columns) + len(added):
                added.append(row)
            classes[atom] = number
        columns = np.concatenate([self.columns, np.array(added)]) if added else self.columns
        return replace(self, tree=tree, columns=columns, classes=classes, numbers=numbers)

    def with_label(self, ways: tuple[Way, ...], network: RoutedNetwork) -> "ForwardingClasses":
        """Return the classes with one more label known, the last."""
        behaviour = behaviour_of(network, ways)
        behaviours = self.behaviours
        if behaviour not in behaviours:
            behaviours = (*behaviours, behaviour)
        of_label = np.append(self.of_label, np.int32(behaviours.index(behaviour)))
        return replace(self, behaviours=behaviours, of_label=of_label)

    def _around(self, tree: PrefixTree) -> Indices:
        """Return for each prefix of a finer tree the longest prefix of this one around it."""
        places = np.minimum(np.searchsorted(self.tree.keys, tree.keys), len(self.tree) - 1)
        own = self.tree.keys[places] == tree.keys
        found = np.where(own, places, 0)
        for number in np.flatnonzero(~own).tolist():
            found[number] = found[tree.parents[number]]
        return found


def forwarding_classes(network: RoutedNetwork) -> ForwardingClasses:
    """Return the classes of a network: exact longest prefix match in every table.

    Addresses that translations match or make are told apart too. Time and memory follow the number
    of routers times the number of distinct prefixes in all tables.
    """
    known: dict[Behaviour, int] = {NOWHERE: 0}
    of_label = np.array(
        [known.setdefault(behaviour_of(network, ways), len(known)) for ways in network.labels],
        dtype=np.int32,
    )
    version = network.version
    extra = _translated(network)
    tree = PrefixTree(distinct_keys(_all_keys(network, extra), version), version)
    matrix = np.full((len(tree), len(network.tables) + len(extra)), NO_ROUTE, dtype=np.int32)
    for router, table in enumerate(network.tables):
        matrix[tree.places(table.keys(version)), router] = of_label[table.labels]
    for number, keys in enumerate(extra):
        matrix[tree.places(keys), len(network.tables) + number] = 1
    tree.resolve(matrix)
    np.maximum(matrix, 0, out=matrix)
    classes, first = equal_rows(matrix)
    columns = matrix[first]
    numbers = {row.tobytes(): number for number, row in enumerate(columns)}
    return ForwardingClasses(tree, tuple(known), of_label, columns, classes, numbers)


def _all_keys(network: RoutedNetwork, extra: list[Keys]) -> Iterator[Keys]:
    for table in network.tables:
        yield table.keys(network.version)
    yield from extra


def _translated(network: RoutedNetwork) -> list[Keys]:
    """Return the prefixes of the addresses each translation of destinations matches and makes."""
    found: list[Keys] = []
    for item in network.translations:
        if item.field is Field.DST:
            if not item.match.dst:
                raise ValueError("a translation of destinations must name destinations")
            for intervals in (item.match.dst, ((item.to, item.to),)):
                keys = _prefixes(tuple(intervals), network.version)
                found.append(keys)
    return found


def _prefixes(intervals: Intervals, version: int) -> Keys:
    """Return the fewest prefixes that make up the intervals."""
    lows: list[int] = []
    lengths: list[int] = []
    bits = address_bits(version)
    for low, high in intervals:
        start = low
        while start <= high:
            room = (high - start + 1).bit_length() - 1
            free = min(room, (start & -start).bit_length() - 1 if start else bits)
            lows.append(start)
            lengths.append(bits - free)
            start += 1 << free
    dtype = np.uint64 if version == 4 else np.object_
    keys = prefix_keys(np.array(lows, dtype=dtype), np.array(lengths, dtype=np.int64), version)
    return np.unique(keys)
