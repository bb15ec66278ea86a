"""Laws of address translation as a map between packet sets."""

from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonecheck.dataplane.filtering import FilterCompiler
from zonecheck.dataplane.translation import NatCompiler, Restoration, Translation, answers
from zonecheck.model.address import AddressRange
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, DeviceKind
from zonecheck.model.filter import AddressMatch
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.packets import FLAG_ESTABLISHED, TCP, UDP, Header, PacketSet, PacketSpace

SPACE = PacketSpace()
FILTERS = FilterCompiler(SPACE, Closure.UPPER)


def span(low: str, high: str = "") -> AddressRange:
    """Return a range of addresses."""
    return AddressRange(ip_address(low), ip_address(high or low))


def matching(*ranges: AddressRange) -> AddressMatch:
    """Return a match of ranges."""
    return AddressMatch(ranges)


def steps(*rules: NatRule, kind: str) -> tuple[Translation, ...]:
    """Return what a device with these rules does."""
    device = Device("fw", DeviceKind.FIREWALL, nat=rules)
    compiler = NatCompiler(FILTERS)
    if kind == SOURCE_NAT:
        return compiler.source_steps(device, "in", "out")
    return compiler.destination_steps(device, "in")


POOL = NatRule(
    "pool",
    SOURCE_NAT,
    sources=matching(span("10.0.0.0", "10.0.0.255")),
    source_to=(span("192.0.2.1", "192.0.2.3"),),
)
PUBLISHED = NatRule(
    "web",
    DESTINATION_NAT,
    destinations=matching(span("192.0.2.80")),
    destination_to=span("10.0.0.80"),
    port_to=8080,
)
ONE_TO_ONE = NatRule(
    "range",
    SOURCE_NAT,
    sources=matching(span("10.0.0.16", "10.0.0.31")),
    source_to=(span("192.0.2.16", "192.0.2.31"),),
    one_to_one=True,
)
SHIFTED = NatRule(
    "servers",
    DESTINATION_NAT,
    destinations=matching(span("192.0.2.80", "192.0.2.87")),
    destination_to=span("10.0.0.24", "10.0.0.31"),
    port_to=8080,
    one_to_one=True,
)
every_rule = pytest.mark.parametrize(
    "rule", [POOL, PUBLISHED, ONE_TO_ONE, SHIFTED], ids=lambda r: r.name
)


def header(
    src: str, dst: str, *, port: int = 443, source: int = 50000, flag: int = 0, protocol: int = TCP
) -> Header:
    """Return an IPv4 header."""
    return Header(4, int(IPv4Address(dst)), int(IPv4Address(src)), protocol, port, source, flag)


near = st.integers(0, 40).map(lambda n: int(IPv4Address("10.0.0.0")) + n) | st.integers(0, 90).map(
    lambda n: int(IPv4Address("192.0.2.0")) + n
)
headers = st.builds(
    Header,
    st.just(4),
    near,
    near,
    st.sampled_from([TCP, UDP]),
    st.sampled_from([80, 443, 8080]),
    st.sampled_from([80, 8080, 50000]),
    st.just(0),
)


def one(item: Header) -> PacketSet:
    """Return the set of one header."""
    return SPACE.header(item)


@every_rule
@given(before=headers, after=headers)
def test_backward_is_the_converse_of_forward(rule: NatRule, before: Header, after: Header) -> None:
    """A header can become another iff the other can have come from it."""
    (step,) = steps(rule, kind=rule.kind)
    makes = step.forward(one(before)).contains(after)
    assert step.backward(one(after)).contains(before) == makes


@every_rule
@given(item=headers)
def test_every_translation_can_be_undone(rule: NatRule, item: Header) -> None:
    """What a header becomes came, among others, from that header."""
    (step,) = steps(rule, kind=rule.kind)
    image = step.forward(one(item))
    assert image.is_empty == (one(item) & step.match).is_empty
    assert image.is_empty or step.backward(image).contains(item)


@every_rule
@given(item=headers, other=headers)
def test_answers_to_a_translated_packet_get_its_addresses_back(
    rule: NatRule, item: Header, other: Header
) -> None:
    """Of all that can be restored, an answer becomes the answer to the first packet, no more."""
    (step,) = steps(rule, kind=rule.kind)
    state = (one(item) & step.match).with_any_flag()
    restoring = Restoration(Translation("fw", rule, state), state)
    answer = answers(step.forward(one(item)))
    restored = restoring.forward(answer)
    assert restored == (answers(one(item)) if not answer.is_empty else SPACE.empty)
    assert restoring.match == answer
    stray = one(other) - answer
    assert restoring.forward(stray).is_empty


@every_rule
@given(item=headers, before=headers, after=headers)
def test_restoring_backward_is_the_converse_of_forward(
    rule: NatRule, item: Header, before: Header, after: Header
) -> None:
    """As for translations themselves."""
    state = (one(item) | one(before)).with_any_flag()
    step = Restoration(Translation("fw", rule, state & steps(rule, kind=rule.kind)[0].match), state)
    makes = step.forward(one(before)).contains(after)
    assert step.backward(one(after)).contains(before) == makes


def test_an_answer_keeps_its_flag() -> None:
    """Restoring does not turn an established packet into a first one."""
    first = header("10.0.0.5", "203.0.113.9")
    state = one(first).with_any_flag()
    step = Restoration(Translation("fw", POOL, state), state)
    answer = header("203.0.113.9", "192.0.2.2", port=50000, source=443, flag=FLAG_ESTABLISHED)
    restored = step.forward(one(answer))
    expected = header("203.0.113.9", "10.0.0.5", port=50000, source=443, flag=FLAG_ESTABLISHED)
    assert restored == one(expected)


def test_the_first_rule_that_matches_decides() -> None:
    """A rule without a target shields from those below it."""
    shield = NatRule("shield", SOURCE_NAT, sources=matching(span("10.0.0.5")))
    (step,) = steps(shield, POOL, kind=SOURCE_NAT)
    assert step.forward(one(header("10.0.0.5", "203.0.113.9"))).is_empty
    assert not step.forward(one(header("10.0.0.6", "203.0.113.9"))).is_empty


def test_a_rule_for_another_interface_does_nothing() -> None:
    """Interface conditions hold."""
    rule = NatRule("other", SOURCE_NAT, out_interfaces=("dmz",), source_to=(span("192.0.2.1"),))
    assert steps(rule, kind=SOURCE_NAT) == ()


def test_a_range_that_keeps_positions_gets_its_port_too() -> None:
    """Each address becomes its counterpart, and the port what the rule says."""
    (step,) = steps(SHIFTED, kind=DESTINATION_NAT)
    changed = step.forward(one(header("203.0.113.9", "192.0.2.82")))
    assert changed == one(header("203.0.113.9", "10.0.0.26", port=8080))


def test_packets_of_another_ip_version_are_not_translated() -> None:
    """A rule with an IPv4 target leaves IPv6 alone."""
    rule = NatRule("all", SOURCE_NAT, source_to=(span("192.0.2.1"),))
    (step,) = steps(rule, kind=SOURCE_NAT)
    assert (step.match & SPACE.box(6)).is_empty
