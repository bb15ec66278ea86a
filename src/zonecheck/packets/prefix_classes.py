"""Destination classes: addresses that every router forwards alike.

The prefixes of all tables are nested in one tree (`prefix_tree`), which cuts the address line into
atoms; a matrix of labels, an atom a row and a table a column, is filled with the entries and then
with what longer prefixes inherit; atoms with equal rows are one class.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from zonecheck.packets.field import Intervals
from zonecheck.packets.prefix_tree import (
    NO_ROUTE,
    Keys,
    PrefixTree,
    address_bits,
    distinct_keys,
    equal_rows,
    prefix_keys,
)

Label = TypeVar("Label", bound=Hashable)

Route = tuple[int, int, int, Label]
"""A route: lowest and highest address, prefix length, and whatever the router does with a match."""


@dataclass(frozen=True, slots=True)
class PrefixClass(Generic[Label]):
    """The addresses for which every table gives the same label.

    `labels[i]` is table `i`'s answer, `None` where it has no route.
    """

    intervals: Intervals
    labels: tuple[Label | None, ...]


def prefix_classes(
    tables: Sequence[Sequence[Route[Label]]], version: int
) -> list[PrefixClass[Label]]:
    """Return the classes of all addresses of one IP version, in order of their lowest address.

    The classes partition the address space. Several routes to one prefix (equal-cost paths) are
    the caller's duty to merge into one label. Time and memory follow the number of tables times
    the number of distinct prefixes in all of them.

    Raises:
        ValueError: A table has a prefix twice, or a route whose bounds are not its prefix's.
    """
    keys = [_keys(routes, version) for routes in tables]
    tree = PrefixTree(distinct_keys(keys, version), version)
    matrix = np.full((len(tree), len(tables)), NO_ROUTE, dtype=np.int32)
    names: list[list[Label]] = []
    for number, (routes, found) in enumerate(zip(tables, keys, strict=True)):
        known: dict[Label, int] = {}
        column = [known.setdefault(route[3], len(known)) for route in routes]
        matrix[tree.places(found), number] = column
        names.append(list(known))
    tree.resolve(matrix)
    classes, first = equal_rows(matrix)
    rows = matrix[first].tolist()
    return [
        PrefixClass(
            intervals,
            tuple(
                None if label == NO_ROUTE else known[label]
                for label, known in zip(rows[number], names, strict=True)
            ),
        )
        for number, intervals in tree.intervals(classes).items()
    ]


def _keys(routes: Sequence[Route[Label]], version: int) -> Keys:
    """Return the routes' prefixes as keys, having checked their bounds."""
    bits = address_bits(version)
    dtype = np.uint64 if version == 4 else np.object_
    for low, high, length, _ in routes:
        if 0 <= length <= bits and high - low + 1 != 1 << (bits - length):
            raise ValueError("a route's bounds are not those of its prefix")
    return prefix_keys(
        np.array([route[0] for route in routes], dtype=dtype),
        np.array([route[2] for route in routes], dtype=np.int64),
        version,
    )
