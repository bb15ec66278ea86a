"""Zone pairs of routed networks: what a packet's own way says, before and after changes."""

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.dataplane.routed import ZONES, delivered, headers, networks, prefixes, rules, ways_of
from zonecheck.dataplane.route_tables import FilterList, RoutedNetwork
from zonecheck.packets import PacketSpace, Rule
from zonecheck.prove.zone_pairs import ZonePairs, zone_pairs


def answer(network: RoutedNetwork, space: PacketSpace | None = None) -> ZonePairs:
    """Return the answer; networks whose loops translate without end have none."""
    try:
        return zone_pairs(network, space)
    except ValueError:
        reject()


def same(found: ZonePairs, wanted: ZonePairs) -> bool:
    """Return whether two answers of one space give the same sets."""
    return all(found.headers(a, b) == wanted.headers(a, b) for a in ZONES for b in ZONES)


@settings(max_examples=60, deadline=None)
@given(networks(translations=True), st.data())
def test_a_header_crosses_iff_its_own_way_crosses(
    network: RoutedNetwork, data: st.DataObject
) -> None:
    """A header is in the set of a pair iff one of its branches is delivered."""
    found = answer(network)
    for header in data.draw(st.lists(headers(network.version), min_size=1, max_size=12)):
        for zone in ZONES:
            reached = {each for each, _ in delivered(network, zone, header)}
            crossing = {each for each in ZONES if found.headers(zone, each).contains(header)}
            assert crossing == reached


@settings(max_examples=60, deadline=None)
@given(networks(translations=True))
def test_a_witness_crosses_as_it_says(network: RoutedNetwork) -> None:
    """The witness of a pair is delivered as told; pairs without one are empty."""
    found = answer(network)
    for origin in ZONES:
        for destination in ZONES:
            crossing = found.witness(origin, destination)
            assert (crossing is None) == ((origin, destination) not in found.pairs)
            if crossing is not None:
                way = delivered(network, origin, crossing.sent)
                assert (destination, crossing.delivered) in way


@settings(max_examples=60, deadline=None)
@given(networks(translations=True), st.data())
def test_a_changed_rule_gives_the_answer_of_the_changed_network(
    network: RoutedNetwork, data: st.DataObject
) -> None:
    """Twice in a row, because the second change builds on what the first kept."""
    found = answer(network)
    for _ in range(2):
        places = [
            (number, position)
            for number, item in enumerate(network.filters)
            for position in range(len(item.rules))
        ]
        if not places:
            reject()
        number, position = data.draw(st.sampled_from(places))
        rule = data.draw(rules())
        network = network.with_filter(number, network.filters[number].with_rule(position, rule))
        found = found.with_rule(number, position, rule)
        assert same(found, answer(network, found.headers_of.space))


@settings(max_examples=60, deadline=None)
@given(networks(translations=True), st.data())
def test_a_changed_route_gives_the_answer_of_the_changed_network(
    network: RoutedNetwork, data: st.DataObject
) -> None:
    """Routes may be added, moved to new ways, and withdrawn, and rules change in between."""
    found = answer(network)
    for _ in range(3):
        router = data.draw(st.integers(0, len(network.tables) - 1))
        low, length = data.draw(prefixes(network.version))
        ways = data.draw(st.none() | ways_of(network.interfaces, router) | st.just(()))
        try:
            found = found.with_route(router, low, length, ways)
        except ValueError:
            reject()
        network = found.network
        assert same(found, answer(network, found.headers_of.space))
        if network.filters[0].rules:
            found = found.with_rule(0, 0, data.draw(rules()))
            network = found.network
            assert same(found, answer(network, found.headers_of.space))


@settings(max_examples=60, deadline=None)
@given(networks(translations=False), st.data())
def test_adding_a_deny_never_adds_reach(network: RoutedNetwork, data: st.DataObject) -> None:
    """A deny put first leaves every pair with what it had or less."""
    found = answer(network)
    item = network.filters[0]
    deny = data.draw(rules().filter(lambda rule: not rule.permit))
    stricter = type(item)((deny, *item.rules), item.default)
    after = answer(network.with_filter(0, stricter), found.headers_of.space)
    assert all(after.headers(a, b) <= found.headers(a, b) for a in ZONES for b in ZONES)


def test_a_rule_that_is_not_there_cannot_be_changed() -> None:
    """There is nothing to change."""
    network = RoutedNetwork(4, (), ((),), (), (FilterList(()),))
    with pytest.raises(IndexError):
        zone_pairs(network).with_rule(0, 0, Rule(permit=True))
