"""Destination classes: every address is in one class, with each table's longest match."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packets.drawing import versions
from zonecheck.packets import MAXIMA, Field, PrefixClass, Route, prefix_classes


def route(version: int, address: int, length: int, label: str) -> Route[str]:
    """Return the route of the prefix of that length around `address`."""
    size = 1 << (MAXIMA[version][Field.DST].bit_length() - length)
    low = address // size * size
    return low, low + size - 1, length, label


@st.composite
def tables(draw: st.DrawFn, version: int) -> list[list[Route[str]]]:
    """Draw a few tables of prefixes that nest and touch at both ends of the address space."""
    highest = MAXIMA[version][Field.DST]
    bits = highest.bit_length()
    addresses = st.one_of(st.integers(0, 15), st.integers(highest - 15, highest))
    lengths = st.sampled_from((0, 1, bits - 4, bits - 3, bits - 2, bits - 1, bits))
    routes = st.builds(
        lambda *parts: route(version, *parts), addresses, lengths, st.sampled_from("abc")
    )
    unique = st.lists(routes, max_size=8, unique_by=lambda found: (found[0], found[2]))
    return draw(st.lists(unique, max_size=4))


def longest_match(routes: list[Route[str]], address: int) -> str | None:
    """Return the label of the longest prefix around `address`, one route after the other."""
    found = [each for each in routes if each[0] <= address <= each[1]]
    return max(found, key=lambda each: each[2])[3] if found else None


def class_of(classes: list[PrefixClass[str]], address: int) -> PrefixClass[str]:
    """Return the one class that holds `address`."""
    (found,) = [
        each for each in classes if any(low <= address <= high for low, high in each.intervals)
    ]
    return found


@given(versions.flatmap(lambda version: st.tuples(st.just(version), tables(version))))
def test_labels_are_the_longest_matches(drawn: tuple[int, list[list[Route[str]]]]) -> None:
    """Every address near a boundary is in one class, labelled with each table's longest match."""
    version, fibs = drawn
    highest = MAXIMA[version][Field.DST]
    classes = prefix_classes(fibs, version)
    for address in (*range(18), *range(highest - 17, highest + 1), highest // 2, highest // 2 + 1):
        column = tuple(longest_match(routes, address) for routes in fibs)
        assert class_of(classes, address).labels == column


@given(versions.flatmap(lambda version: st.tuples(st.just(version), tables(version))))
def test_classes_partition_the_addresses(drawn: tuple[int, list[list[Route[str]]]]) -> None:
    """Intervals cover the space once, no two classes share a column, none has mergeable parts."""
    version, fibs = drawn
    classes = prefix_classes(fibs, version)
    intervals = sorted(interval for each in classes for interval in each.intervals)
    assert intervals[0][0] == 0
    assert intervals[-1][1] == MAXIMA[version][Field.DST]
    assert all(before[1] + 1 == after[0] for before, after in pairwise(intervals))
    assert len({each.labels for each in classes}) == len(classes)
    for each in classes:
        assert all(before[1] + 1 < after[0] for before, after in pairwise(each.intervals))
    assert classes == sorted(classes, key=lambda each: each.intervals)


@pytest.mark.parametrize("version", [4, 6])
def test_bad_tables_are_refused(version: int) -> None:
    """A prefix given twice and bounds that are not a prefix are errors."""
    bits = MAXIMA[version][Field.DST].bit_length()
    twice = [route(version, 8, bits - 3, "a"), route(version, 8, bits - 3, "b")]
    with pytest.raises(ValueError, match="twice"):
        prefix_classes([twice], version)
    for bad in ((0, 4, bits - 2, "a"), (1, 4, bits - 2, "a"), (2, 2, 0, "a")):
        with pytest.raises(ValueError, match="bounds"):
            prefix_classes([[bad]], version)
    with pytest.raises(ValueError, match="length"):
        prefix_classes([[(0, 0, bits + 1, "a")]], version)


def test_no_tables_give_one_class() -> None:
    """Without a table all addresses are alike."""
    none: list[list[Route[str]]] = []
    assert [each.labels for each in prefix_classes(none, 4)] == [()]
    assert [each.labels for each in prefix_classes([*none, []], 6)] == [(None,)]
