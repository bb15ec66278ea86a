"""Destination classes: addresses that every router forwards alike.

Each forwarding table is painted onto the address line by longest prefix; the union of all
boundaries cuts the line into elementary intervals; intervals with the same column of labels are one
class. IPv4 is swept in arrays of machine integers, IPv6 in arrays of Python integers.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from zonecheck.packets.field import MAXIMA, Field, Intervals

Label = TypeVar("Label", bound=Hashable)

Route = tuple[int, int, int, Label]
"""A route: lowest and highest address, prefix length, and whatever the router does with a match."""

_Addresses = NDArray[Any]
_Indices = NDArray[np.int64]

_NO_ROUTE: Final = -1


@dataclass(frozen=True, slots=True)
class PrefixClass(Generic[Label]):
    """The addresses for which every table gives the same label.

    `labels[i]` is table `i`'s answer, `None` where it has no route.
    """

    intervals: Intervals
    labels: tuple[Label | None, ...]


@dataclass(frozen=True, slots=True)
class _Painted(Generic[Label]):
    """One table as a step function: `labels[steps[i]]` from `starts[i]` on."""

    starts: _Addresses
    steps: _Indices
    labels: list[Label]

    def at(self, addresses: _Addresses) -> _Indices:
        """Return the index of the label of each address, `_NO_ROUTE` for none."""
        return self.steps[np.searchsorted(self.starts, addresses, side="right") - 1]


def prefix_classes(
    tables: Sequence[Sequence[Route[Label]]], version: int
) -> list[PrefixClass[Label]]:
    """Return the classes of all addresses of one IP version, in order of their lowest address.

    The classes partition the address space. Several routes to one prefix (equal-cost paths) are
    the caller's duty to merge into one label. The cost is a sort of each table and one of all
    boundaries per table.

    Raises:
        ValueError: A table has a prefix twice, or a route whose bounds are not its prefix's.
    """
    painted = [_paint(routes, version) for routes in tables]
    zero = np.zeros(1, dtype=_dtype(version))
    starts = _distinct(np.concatenate([zero, *(table.starts for table in painted)]))
    classes = np.zeros(len(starts), dtype=np.int64)
    for table in painted:
        combined = classes * (len(table.labels) + 1) + table.at(starts) + 1
        classes = np.unique(combined, return_inverse=True)[1].reshape(-1)
    return _collect(painted, starts, classes, MAXIMA[version][Field.DST])


def _distinct(values: _Addresses) -> _Addresses:
    """Return the values sorted, each once; by sorting, which beats numpy's hashing here."""
    ordered = np.sort(values)
    kept = np.ones(len(ordered), dtype=bool)
    kept[1:] = ordered[1:] != ordered[:-1]
    return ordered[kept]


def _dtype(version: int) -> type[np.uint64] | type[np.object_]:
    return np.uint64 if version == 4 else np.object_


def _paint(routes: Sequence[Route[Label]], version: int) -> _Painted[Label]:
    """Return the table as a step function, painting short prefixes first."""
    dtype = _dtype(version)
    lows = np.array([route[0] for route in routes], dtype=dtype)
    stops = np.array([route[1] for route in routes], dtype=dtype) + 1
    lengths = np.array([route[2] for route in routes], dtype=np.int64)
    label_column = [route[3] for route in routes]
    numbers = {label: number for number, label in enumerate(dict.fromkeys(label_column))}
    labels = np.array([numbers[label] for label in label_column], dtype=np.int64)
    _check(lows, stops, lengths, version)
    starts = _distinct(np.concatenate([np.zeros(1, dtype=dtype), lows, stops]))
    first, end = np.searchsorted(starts, lows), np.searchsorted(starts, stops)
    steps = np.full(len(starts), _NO_ROUTE, dtype=np.int64)
    for length in np.unique(lengths):
        chosen = np.flatnonzero(lengths == length)
        sizes = end[chosen] - first[chosen]
        before = np.cumsum(sizes) - sizes
        covered = np.repeat(first[chosen] - before, sizes) + np.arange(sizes.sum())
        steps[covered] = np.repeat(labels[chosen], sizes)
    inside = slice(0, int(np.searchsorted(starts, MAXIMA[version][Field.DST], side="right")))
    return _Painted(starts[inside], steps[inside], list(numbers))


def _check(lows: _Addresses, stops: _Addresses, lengths: _Indices, version: int) -> None:
    """Raise ValueError unless the routes are distinct prefixes."""
    bits = MAXIMA[version][Field.DST].bit_length()
    if np.any(lengths < 0) or np.any(lengths > bits):
        raise ValueError(f"a prefix length of IPv{version} lies outside 0..{bits}")
    sizes = np.array([1 << (bits - length) for length in range(bits + 1)], dtype=lows.dtype)[
        lengths
    ]
    if np.any(stops - lows != sizes) or np.any(lows % sizes != 0) or np.any(stops > 1 << bits):
        raise ValueError("a route's bounds are not those of its prefix")
    if len(_distinct(lows * (bits + 1) + lengths.astype(lows.dtype))) < len(lows):
        raise ValueError("a prefix occurs twice in one table")


def _collect(
    painted: Sequence[_Painted[Label]], starts: _Addresses, classes: _Indices, highest: int
) -> list[PrefixClass[Label]]:
    """Return the classes numbered in `classes`, uniting neighbouring intervals."""
    turns = np.flatnonzero(np.diff(classes, prepend=-1))
    lows: list[int] = starts[turns].tolist()
    highs = [low - 1 for low in lows[1:]] + [highest]
    intervals: dict[int, list[tuple[int, int]]] = {}
    for number, low, high in zip(classes[turns].tolist(), lows, highs, strict=True):
        intervals.setdefault(number, []).append((low, high))
    firsts = np.array([found[0][0] for found in intervals.values()], dtype=starts.dtype)
    columns = [
        [None if index == _NO_ROUTE else table.labels[index] for index in table.at(firsts).tolist()]
        for table in painted
    ]
    labels = list(zip(*columns, strict=True)) if columns else [()] * len(intervals)
    return [
        PrefixClass(tuple(found), column)
        for found, column in zip(intervals.values(), labels, strict=True)
    ]
