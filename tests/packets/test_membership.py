"""Asking for many headers at once is asking for each of them."""

import pytest
from hypothesis import given, settings

from tests.packets.drawing import GRIDS, packet_sets
from zonecheck.packets import HeaderColumns, PacketSet, PacketSpace


@settings(max_examples=60)
@given(packet_sets(1))
def test_a_header_is_inside_as_column_iff_it_is_inside_alone(sets: list[PacketSet]) -> None:
    """For every header of the grid, of both versions."""
    (found,) = sets
    for version, grid in GRIDS.items():
        columns = HeaderColumns.of(version, grid)
        assert list(columns.inside(found)) == [found.contains(header) for header in grid]


@pytest.mark.parametrize("version", [4, 6])
def test_no_headers_are_inside_nothing_and_everything(version: int) -> None:
    """An empty table has an empty answer."""
    space = PacketSpace()
    columns = HeaderColumns.of(version, [])
    assert list(columns.inside(space.everything)) == []
    assert list(columns.inside(space.empty)) == []
