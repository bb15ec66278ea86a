"""The strategies for parts of a network keep what their arguments promise."""

from ipaddress import ip_network

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from zonecheck.model.address import AddressRange, IPAddress, IPNetwork
from zonecheck.model.filter import Action, AddressMatch, Filter, Rule
from zonecheck.model.service import ICMP_PROTOCOLS, PORT_PROTOCOLS, Service
from zonecheck.strategies import (
    address_matches,
    address_ranges,
    addresses,
    filters,
    networks,
    rules,
    services,
)

VERSIONS = st.sampled_from((4, 6))
NEAR = (AddressRange.of_network(ip_network("172.16.0.0/30")),)


@given(VERSIONS.flatmap(lambda v: st.tuples(st.just(v), addresses(version=v))))
def test_an_address_is_of_the_version_asked_for(drawn: tuple[int, IPAddress]) -> None:
    """`version` keeps the other one out."""
    version, address = drawn
    assert address.version == version


@given(networks(version=4, min_prefix=8, max_prefix=30))
def test_a_prefix_is_of_the_lengths_asked_for(network: IPNetwork) -> None:
    """`min_prefix` and `max_prefix` bound the length."""
    assert network.version == 4
    assert 8 <= network.prefixlen <= 30


@given(networks())
def test_both_versions_of_prefixes_occur_by_default(network: IPNetwork) -> None:
    """Without arguments any prefix is drawn."""
    assert 0 <= network.prefixlen <= network.max_prefixlen


@given(VERSIONS.flatmap(lambda v: st.tuples(st.just(v), address_ranges(version=v, near=NEAR))))
def test_a_range_is_of_the_version_asked_for(drawn: tuple[int, AddressRange]) -> None:
    """Ranges `near` of the other version are left alone."""
    version, item = drawn
    assert item.version == version


def test_ranges_stand_beside_the_bounds_of_those_near() -> None:
    """The address just above a range of interest is drawn."""
    above = find(
        address_ranges(near=NEAR),
        lambda item: item.low == item.high and int(item.low) == NEAR[0].interval[1] + 1,
    )
    assert str(above) == "172.16.0.4"


@given(address_matches(negated=False))
def test_matches_are_plain_where_negated_ones_are_not_wanted(match: AddressMatch) -> None:
    """`negated=False` keeps negated matches out."""
    assert not match.negated


@given(services())
def test_a_service_has_only_what_its_protocol_has(service: Service) -> None:
    """Ports go with TCP, UDP and SCTP, types with ICMP, flags with TCP."""
    assert service.protocol in PORT_PROTOCOLS or not (service.ports or service.source_ports)
    assert service.protocol in ICMP_PROTOCOLS or not service.icmp_types
    assert service.protocol == 6 or not (service.established or service.opening)
    assert not (service.established and service.opening)


@given(services(any_service=False, established=False))
def test_a_service_is_narrow_where_asked(service: Service) -> None:
    """Both switches keep out what they name."""
    assert service.protocol is not None
    assert not service.established
    assert not service.opening


@given(rules(actions=st.just("deny"), interfaces=("a", "b")))
def test_a_rule_does_what_its_actions_allow(rule: Rule) -> None:
    """`actions` decides, and interface conditions name given interfaces only."""
    assert rule.action is Action.DENY
    assert {*rule.in_interfaces, *rule.out_interfaces} <= {"a", "b"}


@settings(deadline=None)
@given(filters(max_rules=2, stateful=False))
def test_a_filter_is_declared_unless_asked(item: Filter) -> None:
    """By default rules and default are declared, and rules match for certain."""
    assert item.rules is not None
    assert len(item.rules) <= 2
    assert item.default is not None
    assert not item.stateful
    assert all(rule.uncertain is None for rule in item.rules)


@pytest.mark.parametrize(
    "make",
    [
        lambda: addresses(version=5),
        lambda: networks(version=4, min_prefix=33),
        lambda: networks(version=4, min_prefix=24, max_prefix=8),
        lambda: address_matches(near=("10.0.0.0/8",)),  # type: ignore[arg-type]
        lambda: services(established="no"),  # type: ignore[arg-type]
        lambda: rules(interfaces="eth0"),
        lambda: rules(actions="deny"),  # type: ignore[arg-type]
        lambda: filters(max_rules=-1),
    ],
)
def test_a_senseless_argument_of_a_part_is_refused(make: object) -> None:
    """Arguments are checked when the strategy is first used, as those of hypothesis are."""
    assert callable(make)
    strategy = make()
    with pytest.raises(InvalidArgument):
        strategy.validate()
