"""Forwarding classes: a class's column says what every router does with its addresses."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dataplane.routed import HIGHEST, highest_address, longest_match, networks, prefixes
from zonecheck.dataplane.forwarding_classes import ForwardingClasses, forwarding_classes
from zonecheck.dataplane.hops import behaviour_of
from zonecheck.dataplane.route_tables import RoutedNetwork, Translation
from zonecheck.packets import Field, Rule


def assert_exact(classes: ForwardingClasses, network: RoutedNetwork) -> None:
    """Assert that the class of an address says of each router what its longest match does."""
    for address in (*range(HIGHEST + 3), highest_address(network.version)):
        column = classes.columns[classes.class_of(address)]
        for router in range(len(network.tables)):
            behaviour = behaviour_of(network, longest_match(network, router, address))
            assert classes.behaviours[column[router]] == behaviour


@settings(deadline=None)
@given(networks(translations=True))
def test_a_class_says_what_every_router_does(network: RoutedNetwork) -> None:
    """The behaviour in an address's column is that of the router's longest match."""
    assert_exact(forwarding_classes(network), network)


@settings(deadline=None)
@given(networks(translations=True))
def test_classes_partition_the_addresses(network: RoutedNetwork) -> None:
    """Every class has addresses, no two the same column, and together they are everything."""
    classes = forwarding_classes(network)
    found = classes.intervals()
    covered = sum(high - low + 1 for each in found.values() for low, high in each)
    assert covered == highest_address(network.version) + 1
    assert len(np.unique(classes.columns, axis=0)) == len(classes)


@settings(deadline=None)
@given(networks(translations=False), st.data())
def test_a_changed_table_gives_the_classes_of_the_changed_network(
    network: RoutedNetwork, data: st.DataObject
) -> None:
    """After a route is put, moved or withdrawn the classes are exact, and numbers still hold."""
    classes = forwarding_classes(network)
    before = classes.columns.copy()
    for _ in range(2):
        router = data.draw(st.integers(0, len(network.tables) - 1))
        low, length = data.draw(prefixes(network.version))
        label = data.draw(st.none() | st.integers(0, len(network.labels) - 1))
        table = network.tables[router].with_route(low, length, label)
        network, classes = network.with_table(router, table), classes.with_table(router, table)
        assert_exact(classes, network)
    assert np.array_equal(classes.columns[: len(before)], before)


@settings(deadline=None)
@given(networks(translations=False))
def test_a_prefix_twice_in_a_table_is_refused(network: RoutedNetwork) -> None:
    """Equal-cost routes belong into one label."""
    table = network.tables[0].with_route(0, 0, 0)
    doubled = replace(
        table,
        lows=np.append(table.lows, table.lows[:1]),
        lengths=np.append(table.lengths, table.lengths[:1]),
        labels=np.append(table.labels, table.labels[:1]),
    )
    with pytest.raises(ValueError, match="twice"):
        forwarding_classes(network.with_table(0, doubled))


def test_a_translation_of_any_destination_is_refused() -> None:
    """It could not be told to which classes it applies."""
    item = Translation(Field.DST, 1, Rule(permit=True))
    with pytest.raises(ValueError, match="must name destinations"):
        forwarding_classes(RoutedNetwork(4, (), ((),), (), (), (item,)))
