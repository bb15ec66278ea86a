"""Pieces: which senders and which destinations have the same chain of filters between them.

Senders that fare alike are one entry, destinations that every router treats alike one class. Of all
entries of a zone those with the same chain to a class are taken together, and of all classes those
with the same chain from the same entries: that is a piece, a product of sources and destinations
behind one chain. So all subnets of a zone behind the same filter are treated together.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from zonecheck.dataplane.hops import Entry, Step, entries_of
from zonecheck.dataplane.route_tables import RoutedNetwork
from zonecheck.packets import MAXIMA, Field, Intervals, normalise
from zonecheck.packets.prefix_tree import Indices
from zonecheck.prove.class_walk import ClassWalk
from zonecheck.prove.filter_chains import ChainSets

ZonePair = tuple[int, int]


class PieceKey(NamedTuple):
    """The zone that sends, the number of the chain, and the number of the zone's entries."""

    zone: int
    chain: int
    entries: int


KeysByClass = dict[int, tuple[PieceKey, ...]]


class Senders:
    """Where packets enter a network, by zone; sets of entries are numbered."""

    def __init__(self, network: RoutedNetwork) -> None:
        self._network: Final = network
        self._entries: Final[list[Entry]] = entries_of(network)
        self._numbers: dict[frozenset[int], int] = {}
        self._sets: list[frozenset[int]] = []
        self._sources: dict[int, Intervals | None] = {}
        self.zones: Final = network.zones

    def entries(self, zone: int) -> list[int]:
        """Return the entries of a zone."""
        return [n for n, entry in enumerate(self._entries) if entry.zone == zone]

    def entry(self, number: int) -> Entry:
        """Return an entry."""
        return self._entries[number]

    def number(self, entries: frozenset[int]) -> int:
        """Return the number of a set of entries."""
        number = self._numbers.setdefault(entries, len(self._sets))
        if number == len(self._sets):
            self._sets.append(entries)
        return number

    def sources(self, number: int) -> Intervals | None:
        """Return the sources that a numbered set of entries takes in, None for any."""
        if number not in self._sources:
            interfaces = [
                self._network.interfaces[interface]
                for entry in sorted(self._sets[number])
                for interface in self._entries[entry].interfaces
            ]
            taken = [each.sources for each in interfaces if each.sources is not None]
            highest = MAXIMA[self._network.version][Field.SRC]
            found = normalise((i for each in taken for i in each), highest)
            self._sources[number] = found if len(taken) == len(interfaces) else None
        return self._sources[number]


def keys_by_class(walk: ClassWalk, senders: Senders, rows: Indices) -> KeysByClass:
    """Return for each class in `rows` the pieces it is part of."""
    found: dict[int, list[PieceKey]] = {number: [] for number in rows.tolist()}
    for zone in senders.zones:
        members = senders.entries(zone)
        ahead = walk.entering([senders.entry(n).hops for n in members], rows)
        uniform = np.all(ahead == ahead[:, :1], axis=1).tolist()
        keys: dict[tuple[int, ...], list[PieceKey]] = {}
        for row, alike, number in zip(ahead, uniform, rows.tolist(), strict=True):
            pattern = (int(row[0]),) if alike else tuple(row.tolist())
            if pattern not in keys:
                keys[pattern] = _keys(walk.sets, senders, zone, members, pattern)
            found[number] += keys[pattern]
    return {number: tuple(keys) for number, keys in found.items()}


def _keys(
    sets: ChainSets, senders: Senders, zone: int, members: list[int], pattern: Sequence[int]
) -> list[PieceKey]:
    """Return the pieces of a class given the chains ahead of each entry (one set: of all)."""
    if len(pattern) == 1:
        everyone = senders.number(frozenset(members))
        return [PieceKey(zone, chain, everyone) for chain in sets.sets[pattern[0]]]
    numbers = sorted(set(pattern))
    ahead = {number: sets.members(number) for number in numbers}
    found: list[PieceKey] = []
    for chain in sorted({chain for number in numbers for chain in sets.sets[number]}):
        # An entry with fewer filters ahead delivers this too, and the more entries are taken
        # together the more pieces have the same ones.
        open_to = {
            number
            for number in numbers
            if any(each.delivers_all_of(sets.chains[chain]) for each in ahead[number])
        }
        chosen = frozenset(n for n, s in zip(members, pattern, strict=True) if s in open_to)
        found.append(PieceKey(zone, chain, senders.number(chosen)))
    return found


@dataclass(frozen=True, eq=False)
class Pieces:
    """The pieces of a network: for each the classes of its destinations, ascending."""

    sets: ChainSets
    by_class: KeysByClass
    destinations: dict[int, Intervals]
    classes: dict[PieceKey, tuple[int, ...]]

    @classmethod
    def of(
        cls, sets: ChainSets, by_class: KeysByClass, destinations: dict[int, Intervals]
    ) -> "Pieces":
        """Return the pieces of classes that have destinations."""
        classes: dict[PieceKey, list[int]] = {}
        for number in sorted(destinations):
            for key in by_class[number]:
                classes.setdefault(key, []).append(number)
        found = {key: tuple(numbers) for key, numbers in classes.items()}
        return cls(sets, by_class, destinations, found)

    def moved(
        self, by_class: KeysByClass, destinations: dict[int, Intervals]
    ) -> tuple["Pieces", set[PieceKey]]:
        """Return the pieces after classes got other destinations, and those pieces it concerns."""
        differing = {
            number
            for number in destinations.keys() | self.destinations.keys()
            if destinations.get(number) != self.destinations.get(number)
        }
        concerned = {
            key
            for number in differing
            for known in (self.by_class, by_class)
            for key in known.get(number, ())
        }
        classes = dict(self.classes)
        for key in concerned:
            numbers = set(self.classes.get(key, ())) - differing
            numbers |= {n for n in differing & destinations.keys() if key in by_class[n]}
            if numbers:
                classes[key] = tuple(sorted(numbers))
            else:
                classes.pop(key, None)
        return Pieces(self.sets, by_class, destinations, classes), concerned

    def pair(self, key: PieceKey) -> ZonePair:
        """Return the zones between which a piece lies."""
        return key.zone, self.sets.chains[key.chain].zone

    def addresses(self, key: PieceKey, highest: int) -> Intervals:
        """Return the destinations of a piece."""
        numbers = self.classes[key]
        if len(numbers) == 1:
            return self.destinations[numbers[0]]
        return normalise((i for n in numbers for i in self.destinations[n]), highest)

    @cached_property
    def by_pair(self) -> dict[ZonePair, list[PieceKey]]:
        """Return the pieces between any two zones."""
        found: dict[ZonePair, list[PieceKey]] = {}
        for key in self.classes:
            found.setdefault(self.pair(key), []).append(key)
        return found

    @cached_property
    def usual_entries(self) -> tuple[int, ...]:
        """Return for each zone the set of entries that most pieces have."""
        counts: dict[int, Counter[int]] = {}
        for key in self.classes:
            counts.setdefault(key.zone, Counter())[key.entries] += 1
        return tuple(found.most_common(1)[0][0] for found in counts.values())

    def using(self, step: Step) -> set[PieceKey]:
        """Return the pieces behind a filter."""
        return {key for number in self._by_step.get(step, ()) for key in self._by_chain[number]}

    @cached_property
    def _by_chain(self) -> dict[int, list[PieceKey]]:
        found: dict[int, list[PieceKey]] = {}
        for key in self.classes:
            found.setdefault(key.chain, []).append(key)
        return found

    @cached_property
    def _by_step(self) -> dict[Step, list[int]]:
        found: dict[Step, list[int]] = {}
        for number in self._by_chain:
            for step in self.sets.chains[number].steps:
                found.setdefault(step, []).append(number)
        return found
