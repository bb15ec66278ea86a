"""The prefixes of any number of forwarding tables, nested once for all of them.

A tree's prefixes cut the address line into as many *atoms* as there are prefixes: the atom of a
prefix is what it holds and no longer prefix of the tree does. Within an atom every table has the
same longest match, and that is the table's own entry for the prefix or else what the table says of
the prefix's parent. So longest prefix match over all tables is one pass from short prefixes to
long ones over a matrix of labels, and no table is ever sorted or painted by itself.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.packets.field import MAXIMA, Field, Intervals

Addresses = NDArray[Any]
Keys = NDArray[Any]
Indices = NDArray[np.int64]
Labels = NDArray[np.int32]

NO_ROUTE: Final = -1


def address_bits(version: int) -> int:
    """Return 32 or 128."""
    return MAXIMA[version][Field.DST].bit_length()


def prefix_keys(lows: Addresses, lengths: NDArray[Any], version: int) -> Keys:
    """Return one number per prefix that sorts by lowest address, short prefixes first.

    IPv4 keys are machine integers, IPv6 keys Python integers.

    Raises:
        ValueError: A length outside its range, or a lowest address that is not its prefix's.
    """
    bits = address_bits(version)
    if np.any(lengths.astype(np.int64) < 0) or np.any(lengths.astype(np.int64) > bits):
        raise ValueError(f"a prefix length of IPv{version} lies outside 0..{bits}")
    if version == 4:
        wide = lows.astype(np.uint64)
        masks = (np.uint64(1) << (np.uint64(bits) - lengths.astype(np.uint64))) - np.uint64(1)
        crooked = bool(np.any(wide & masks)) or bool(np.any(wide >> np.uint64(bits)))
    else:
        wide = lows.astype(np.object_)
        sizes = np.array([1 << (bits - length) for length in lengths.tolist()], dtype=np.object_)
        crooked = bool(np.any(wide % sizes != 0)) or bool(np.any(wide >> bits != 0))
    if crooked:
        raise ValueError("a route's bounds are not those of its prefix")
    return (
        (wide << np.uint64(_SHIFT)) | lengths.astype(np.uint64)
        if version == 4
        else (wide * (1 << _SHIFT) + lengths.astype(np.object_))
    )


_SHIFT: Final = 8


def distinct_keys(tables: Iterable[Keys], version: int) -> Keys:
    """Return the keys of all tables, sorted and each once, the key of everything among them.

    Tables that repeat each other's prefixes cost a search each and no sort.
    """
    known = np.zeros(1, dtype=np.uint64 if version == 4 else np.object_)
    pending: list[Keys] = []
    waiting = 0
    for keys in tables:
        places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        fresh = keys[known[places] != keys]
        if len(fresh):
            pending.append(fresh)
            waiting += len(fresh)
            if waiting > len(known):
                known, pending, waiting = _distinct(np.concatenate([known, *pending])), [], 0
    return _distinct(np.concatenate([known, *pending]))


class PrefixTree:
    """Distinct prefixes of one IP version, in order of `prefix_keys`; number 0 is everything.

    `lows` and `lengths` describe the prefixes, `parents[i]` is the longest other prefix around
    prefix `i` (0 for prefix 0). `starts` and `atoms` are the address line as a step function: from
    `starts[i]` on, the longest prefix is `atoms[i]`.
    """

    def __init__(self, keys: Keys, version: int) -> None:
        """Nest the prefixes `keys`, which must come from `distinct_keys`."""
        self.version: Final = version
        self.keys: Final = keys
        self.lows: Final[Addresses] = keys >> _SHIFT
        self.lengths: Final[Indices] = (keys & ((1 << _SHIFT) - 1)).astype(np.int64)
        self.starts, self.atoms, self.parents = self._nest()

    def __len__(self) -> int:
        return len(self.keys)

    def holds(self, keys: Keys) -> bool:
        """Return whether all of a table's prefixes are in the tree."""
        places = np.minimum(np.searchsorted(self.keys, keys), len(self) - 1)
        return bool(np.all(self.keys[places] == keys))

    def places(self, keys: Keys) -> Indices:
        """Return the number of each of a table's prefixes.

        Raises:
            ValueError: A prefix occurs twice.
            KeyError: A prefix is not in the tree.
        """
        if not self.holds(keys):
            raise KeyError("a prefix is not in the tree")
        found = np.searchsorted(self.keys, keys)
        seen = np.zeros(len(self), dtype=np.bool_)
        seen[found] = True
        if np.count_nonzero(seen) < len(found):
            raise ValueError("a prefix occurs twice in one table")
        return found

    def resolve(self, labels: Labels) -> None:
        """Turn entries into longest matches, in place.

        `labels` has a row per prefix and a column per table: the table's label for exactly that
        prefix, `NO_ROUTE` where it has none.
        """
        for generation in self._generations:
            rows = labels[generation]
            inherited = labels[self.parents[generation]]
            np.copyto(rows, inherited, where=rows == NO_ROUTE)
            labels[generation] = rows

    def intervals(self, classes: Indices) -> dict[int, Intervals]:
        """Return the addresses of each class, sorted and disjoint, given the class of each prefix.

        The class of the lowest address comes first; a class without addresses does not occur.
        """
        steps = classes[self.atoms]
        turns = np.flatnonzero(np.diff(steps, prepend=-1))
        lows: list[int] = self.starts[turns].tolist()
        highs = [low - 1 for low in lows[1:]] + [MAXIMA[self.version][Field.DST]]
        found: dict[int, list[tuple[int, int]]] = {}
        for number, low, high in zip(steps[turns].tolist(), lows, highs, strict=True):
            found.setdefault(number, []).append((low, high))
        return {number: tuple(intervals) for number, intervals in found.items()}

    @cached_property
    def _generations(self) -> list[Indices]:
        """Return the prefixes but 0 in groups, every parent in an earlier group."""
        depths = np.zeros(len(self), dtype=np.int64)
        for length in _distinct(self.lengths[1:]).tolist():
            chosen = np.flatnonzero(self.lengths == length)
            depths[chosen] = depths[self.parents[chosen]] + 1
        depths[0] = 0
        return [np.flatnonzero(depths == depth) for depth in range(1, int(depths.max()) + 1)]

    def _nest(self) -> tuple[Addresses, Indices, Indices]:
        """Paint the address line, short prefixes first; what a prefix paints over is its parent."""
        bits = address_bits(self.version)
        sizes = np.array([1 << (bits - length) for length in range(bits + 1)], self.lows.dtype)
        stops = self.lows + sizes[self.lengths]
        starts = _distinct(np.concatenate([self.lows, stops]))[:-1]
        first, end = np.searchsorted(starts, self.lows), np.searchsorted(starts, stops)
        atoms = np.zeros(len(starts), dtype=np.int64)
        parents = np.zeros(len(self), dtype=np.int64)
        for length in _distinct(self.lengths).tolist():
            chosen = np.flatnonzero(self.lengths == length)
            parents[chosen] = atoms[first[chosen]]
            counts = end[chosen] - first[chosen]
            before = np.cumsum(counts) - counts
            covered = np.repeat(first[chosen] - before, counts) + np.arange(counts.sum())
            atoms[covered] = np.repeat(chosen, counts)
        return starts, atoms, parents


def equal_rows(labels: Labels) -> tuple[Indices, Indices]:
    """Return for each row the number of its class of equal rows, and each class's first row.

    Classes are numbered in order of their first row.
    """
    numbers: dict[bytes, int] = {}
    rows = np.ascontiguousarray(labels)
    classes = [numbers.setdefault(row.tobytes(), len(numbers)) for row in rows]
    found = np.array(classes, dtype=np.int64)
    return found, np.unique(found, return_index=True)[1]


def _distinct(values: Addresses) -> Addresses:
    """Return the values sorted, each once; by sorting, which beats numpy's hashing here."""
    ordered = np.sort(values)
    kept = np.ones(len(ordered), dtype=np.bool_)
    kept[1:] = ordered[1:] != ordered[:-1]
    return ordered[kept]
