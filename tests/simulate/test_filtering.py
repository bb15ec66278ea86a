"""Section 4, filters and sessions, and section 7 where they are undeclared."""

from typing import Any

import pytest

from tests.simulate.networks import (
    ICMP,
    ICMPV6,
    TCP,
    UDP,
    arrivals,
    deny,
    device,
    face,
    host,
    match,
    net,
    packet,
    permit,
    point,
    reached,
    reasons,
    route,
    rules,
    segment,
    service,
    trace,
)
from zonecheck.model.closure import Closure
from zonecheck.model.filter import Action, AddressMatch, Filter, Rule
from zonecheck.model.service import PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.simulate import Packet, Sessions, Simulator

A = segment("A", "10.0.0.0/24", "2001:db8:a::/64")
B = segment("B", "10.1.0.0/24", "2001:db8:b::/64")
HOSTS = (
    host("ha", "A", "10.0.0.5", "2001:db8:a::5"),
    host("hb", "B", "10.1.0.5", "2001:db8:b::5"),
)
V4, V4_BACK = ("10.0.0.5", "10.1.0.5"), ("10.1.0.5", "10.0.0.5")
V6 = ("2001:db8:a::5", "2001:db8:b::5")
OUT, BACK = "host:ha/eth0", "host:hb/eth0"


def firewall(policy: Filter | None = None, **rest: Any) -> Topology:
    """Return hosts at A and B with a firewall between; `fields_a` and `fields_b` are its faces'."""
    at_a = face("a", "A", "10.0.0.1/24", "2001:db8:a::1/64", **rest.pop("fields_a", {}))
    at_b = face("b", "B", "10.1.0.1/24", "2001:db8:b::1/64", **rest.pop("fields_b", {}))
    return net(A, B, *HOSTS, device("fw", at_a, at_b, policy=policy, **rest))


def passes(line: Rule, sent: Packet) -> bool:
    """Return whether a policy of one permit lets a packet from ha to hb pass."""
    return reached(firewall(rules(line)), sent, OUT) == {BACK}


def test_the_first_rule_that_matches_decides_and_is_reported() -> None:
    """A later rule is not looked at."""
    lines = (deny("no-dns", services=(service(UDP, 53),)), permit("all-udp"), deny("late"))
    topology = firewall(rules(*lines))
    found = trace(topology, packet(*V4), OUT)
    (decision,) = found.deliveries[0].hops[0].decisions
    assert (decision.filter_id, decision.verdict, decision.rule) == ("acl", "permit", lines[1])
    dropped = trace(topology, packet(*V4, destination_port=53), OUT)
    assert reasons(dropped) == {"drop.denied"}
    assert dropped.drops[0].hops[0].decisions[0].rule == lines[0]


@pytest.mark.parametrize("default", Action)
def test_what_no_rule_matches_falls_to_the_default(default: Action) -> None:
    """The deciding rule is then none."""
    policy = rules(permit(services=(service(UDP, 53),)), default=default)
    found = trace(firewall(policy), packet(*V4), OUT)
    assert bool(found.deliveries) is (default is Action.PERMIT)
    ends = [d.hops for d in found.deliveries] + [d.hops for d in found.drops]
    assert [hops[-1].decisions[-1].rule for hops in ends] == [None]


def test_a_rule_matches_source_and_destination() -> None:
    """Both must hold."""
    assert passes(permit(sources=match("10.0.0.0/25"), destinations=match("10.1.0.5")), packet(*V4))
    assert not passes(permit(sources=match("10.0.0.6")), packet(*V4))
    assert not passes(permit(destinations=match("10.1.0.6")), packet(*V4))


def test_an_empty_match_holds_no_address_and_an_absent_one_every() -> None:
    """An empty tuple of ranges is not the same as any; negated any is none."""
    assert passes(permit(sources=AddressMatch()), packet(*V6))
    assert not passes(permit(sources=AddressMatch(())), packet(*V4))
    assert not passes(permit(sources=AddressMatch(negated=True)), packet(*V4))


def test_a_negated_match_holds_only_for_the_ip_versions_it_names() -> None:
    """Not 10.0.0.6 says nothing of IPv6, and not nothing holds no address."""
    line = permit(sources=match("10.0.0.6", negated=True))
    assert passes(line, packet(*V4))
    assert not passes(line, packet(*V6))
    assert not passes(permit(sources=match("10.0.0.5", negated=True)), packet(*V4))
    assert not passes(permit(sources=AddressMatch((), negated=True)), packet(*V4))
    both = permit(sources=match("10.0.0.6", "2001:db8::/128", negated=True))
    assert passes(both, packet(*V6))


@pytest.mark.parametrize(
    ("meant", "sent", "fits"),
    [
        (service(UDP, 2000), packet(*V4), True),
        (service(UDP, 2001), packet(*V4), False),
        (service(TCP, 2000), packet(*V4), False),
        (service(UDP), packet(*V4), True),
        (Service(), packet(*V4), True),
        (Service(UDP, source_ports=(PortRange(1000, 1000),)), packet(*V4), True),
        (Service(UDP, source_ports=(PortRange(1, 999),)), packet(*V4), False),
        (service(ICMP, 8), packet(*V4, ICMP, destination_port=8), True),
        (service(ICMP, 8), packet(*V4, ICMP, destination_port=0), False),
        (service(ICMP), packet(*V4, ICMP, destination_port=3), True),
        (service(ICMP), packet(*V6, ICMP), True),
        (service(ICMP, 0), packet(*V6, ICMP), False),
        (service(ICMPV6, 128), packet(*V6, ICMPV6, destination_port=128), True),
        (service(50), packet(*V4, 50), True),
        (service(TCP, established=True), packet(*V4, TCP), False),
        (service(TCP, established=True), packet(*V4, TCP, established=True), True),
        (service(TCP), packet(*V4, TCP, established=True), True),
    ],
)
def test_a_rule_matches_the_services_it_names(meant: Service, sent: Packet, fits: bool) -> None:
    """Protocol, ports, type and flag must hold; types hold only where the version has them."""
    assert passes(permit(services=(meant,)), sent) is fits


@pytest.mark.parametrize(
    ("inward", "outward", "fits"),
    [
        ((), (), True),
        (("a",), ("b",), True),
        (("zone-a",), (), True),
        (("b",), (), False),
        ((), ("a",), False),
        ((), ("zone-a",), False),
    ],
)
def test_a_policy_rule_names_interfaces_by_id_or_label(
    inward: tuple[str, ...], outward: tuple[str, ...], fits: bool
) -> None:
    """The incoming and the outgoing interface must both fit."""
    policy = rules(permit(in_interfaces=inward, out_interfaces=outward))
    topology = firewall(policy, fields_a={"zone_label": "zone-a"})
    assert bool(reached(topology, packet(*V4), OUT)) is fits


def test_an_interface_filter_ignores_the_interface_conditions_of_its_rules() -> None:
    """They are not known there."""
    acl = rules(permit(in_interfaces=("nowhere",), out_interfaces=("nowhere",)))
    topology = firewall(filters=(acl,), fields_a={"filter_in": "acl"})
    assert reached(topology, packet(*V4), OUT) == {BACK}


def test_filters_decide_in_order_in_policy_out() -> None:
    """The trace lists all three decisions of the hop; the first deny ends it."""
    filters = (rules(permit(), name="in"), rules(permit(), name="out"))
    fields = {
        "filters": filters,
        "fields_a": {"filter_in": "in"},
        "fields_b": {"filter_out": "out"},
    }
    found = trace(firewall(rules(permit(), name="policy"), **fields), packet(*V4), OUT)
    decided = [decision.filter_id for decision in found.deliveries[0].hops[0].decisions]
    assert decided == ["in", "policy", "out"]
    stopped = trace(firewall(rules(name="policy"), **fields), packet(*V4), OUT)
    assert [d.filter_id for d in stopped.drops[0].hops[0].decisions] == ["in", "policy"]


def test_filters_stand_only_on_their_own_direction() -> None:
    """A filter_in of the outgoing interface and a filter_out of the incoming one do not count."""
    topology = firewall(
        filters=(rules(name="none"),),
        fields_a={"filter_out": "none"},
        fields_b={"filter_in": "none"},
    )
    assert reached(topology, packet(*V4), OUT) == {BACK}


def test_one_branch_of_equal_cost_without_a_filter_is_enough() -> None:
    """A filter on the other interface does not stop the packet."""
    c = segment("C", "10.2.0.0/24")
    far = segment("F", "10.9.0.0/24")
    top = device(
        "top",
        face("a", "A", "10.0.0.1/24"),
        face("b", "B", "10.1.0.1/24", filter_out="none"),
        face("c", "C", "10.2.0.1/24"),
        routes=(route("10.9.0.0/24", "10.1.0.2", "10.2.0.2"),),
        filters=(rules(name="none"),),
    )
    low = device(
        "low",
        face("b", "B", "10.1.0.2/24"),
        face("c", "C", "10.2.0.2/24"),
        face("f", "F", "10.9.0.1/24"),
    )
    topology = net(A, B, c, far, top, low, host("hf", "F", "10.9.0.5"))
    found = trace(topology, packet("10.0.0.5", "10.9.0.5"), "access:A")
    assert (arrivals(found), reasons(found)) == ({"host:hf/eth0"}, {"drop.denied"})
    assert found.deliveries[0].hops[0].out_interface == "c"


STATEFUL = rules(permit("out", in_interfaces=("a",)), name="state", stateful=True)


def after(opener: Packet, topology: Topology, closure: Closure = Closure.LOWER) -> Sessions:
    """Return the sessions a packet from ha opens."""
    return trace(topology, opener, OUT, closure).sessions


@pytest.mark.parametrize(
    "opener",
    [
        packet(*V4, TCP),
        packet(*V4, UDP),
        packet(*V4, ICMP, destination_port=8),
        packet(*V4, 50),
        packet(*V6, ICMPV6, destination_port=128),
    ],
)
def test_a_reply_passes_only_after_the_session_was_opened(opener: Packet) -> None:
    """The state lets it back in and says so."""
    topology = firewall(STATEFUL)
    reply = opener.reply()
    assert reply is not None
    assert not reached(topology, reply, BACK)
    found = trace(topology, reply, BACK, sessions=after(opener, topology))
    assert arrivals(found) == {OUT}
    assert found.deliveries[0].hops[0].decisions[0].verdict == "session"


def test_a_reply_to_another_session_does_not_pass() -> None:
    """Ports count."""
    topology = firewall(STATEFUL)
    sessions = after(packet(*V4), topology)
    stray = packet(*V4_BACK, source_port=2000, destination_port=1001)
    assert not arrivals(trace(topology, stray, BACK, sessions=sessions))


def test_tcp_with_ack_or_rst_is_never_new_to_a_stateful_filter() -> None:
    """Without a session it is dropped though a rule permits it; with one it passes."""
    topology = firewall(STATEFUL)
    going_on = packet(*V4, TCP, established=True)
    found = trace(topology, going_on, OUT)
    assert (arrivals(found), reasons(found)) == (set(), {"drop.no-session"})
    assert found.sessions == Sessions.NONE
    again = trace(topology, going_on, OUT, sessions=after(packet(*V4, TCP), topology))
    assert arrivals(again) == {BACK}


def test_a_new_tcp_packet_is_judged_by_the_rules_whatever_sessions_exist() -> None:
    """A session does not let its own SYN in from the other side."""
    topology = firewall(STATEFUL)
    sessions = after(packet(*V4, TCP), topology)
    syn = packet(*V4_BACK, TCP, source_port=2000, destination_port=1000)
    assert not arrivals(trace(topology, syn, BACK, sessions=sessions))


def test_a_stateless_filter_has_no_sessions() -> None:
    """It admits TCP with ACK by its rules, and replies only by its rules."""
    topology = firewall(rules(permit(in_interfaces=("a",))))
    assert reached(topology, packet(*V4, TCP, established=True), OUT) == {BACK}
    opened = trace(topology, packet(*V4), OUT)
    assert opened.sessions == Sessions.NONE
    reply = packet(*V4_BACK, source_port=2000, destination_port=1000)
    assert not arrivals(trace(topology, reply, BACK, sessions=opened.sessions))


@pytest.mark.parametrize("kind", [3, 4, 5, 11, 12])
def test_icmp_errors_to_either_end_of_a_session_pass_from_whatever_source(kind: int) -> None:
    """The source may be anyone, the destination must be one end."""
    topology = firewall(STATEFUL)
    sessions = after(packet(*V4), topology)
    error = packet("192.0.2.1", "10.0.0.5", ICMP, destination_port=kind)
    assert not reached(topology, error, BACK)
    found = trace(topology, error, BACK, sessions=sessions)
    assert arrivals(found) == {OUT}
    assert found.deliveries[0].hops[0].decisions[0].verdict == "icmp-error"
    other = packet("192.0.2.1", "10.0.0.6", ICMP, destination_port=kind)
    assert not arrivals(trace(topology, other, BACK, sessions=sessions))


@pytest.mark.parametrize(
    ("kind", "passes"), [(1, True), (2, True), (3, True), (4, True), (5, False)]
)
def test_icmpv6_errors_are_types_one_to_four(kind: int, passes: bool) -> None:
    """Other types need a rule."""
    topology = firewall(STATEFUL)
    error = packet("2001:db8::1", "2001:db8:a::5", ICMPV6, destination_port=kind)
    found = trace(topology, error, BACK, sessions=after(packet(*V6), topology))
    assert bool(found.deliveries) is passes


def test_other_icmp_types_are_no_errors() -> None:
    """An echo request to one end of a session needs a rule."""
    topology = firewall(STATEFUL)
    echo = packet("192.0.2.1", "10.0.0.5", ICMP, destination_port=8)
    assert not arrivals(trace(topology, echo, BACK, sessions=after(packet(*V4), topology)))


def test_state_is_not_bound_to_interfaces() -> None:
    """A session a named filter admitted at one interface passes it at the other."""
    state = rules(permit(sources=match("10.0.0.0/24")), name="state", stateful=True)
    at = {"filter_in": "state"}
    topology = firewall(filters=(state,), fields_a=at, fields_b=at)
    reply = packet(*V4_BACK, source_port=2000, destination_port=1000)
    found = trace(topology, reply, BACK, sessions=after(packet(*V4), topology))
    assert arrivals(found) == {OUT}


def three_ways(**rest: Any) -> Topology:
    """Return a firewall at A, B and C."""
    c = segment("C", "10.2.0.0/24")
    faces = (
        face("a", "A", "10.0.0.1/24", **rest.pop("each", {})),
        face("b", "B", "10.1.0.1/24", **rest.pop("each_b", {})),
        face("c", "C", "10.2.0.1/24", **rest.pop("each_c", {})),
    )
    return net(A, B, c, *HOSTS, host("hc", "C", "10.2.0.5"), device("fw", *faces, **rest))


def test_icmp_errors_pass_a_policy_only_between_the_interfaces_of_their_session() -> None:
    """In either direction, but not from a third interface, where a packet of the session passes."""
    topology = three_ways(policy=STATEFUL)
    sessions = after(packet(*V4), topology)
    error = packet("192.0.2.1", "10.0.0.5", ICMP, destination_port=3)
    assert arrivals(trace(topology, error, BACK, sessions=sessions)) == {OUT}
    found = trace(topology, error, "host:hc/eth0", sessions=sessions)
    assert (arrivals(found), reasons(found)) == (set(), {"drop.denied"})
    reply = packet(*V4_BACK, source_port=2000, destination_port=1000)
    assert arrivals(trace(topology, reply, "host:hc/eth0", sessions=sessions)) == {OUT}


def test_icmp_errors_pass_an_interface_filter_between_any_interfaces() -> None:
    """A filter that stands at one interface knows no pair."""
    state = rules(permit(sources=match("10.0.0.0/24")), name="state", stateful=True)
    at = {"filter_in": "state"}
    topology = three_ways(filters=(state,), each=at, each_b=at, each_c=at)
    error = packet("192.0.2.1", "10.0.0.5", ICMP, destination_port=3)
    sessions = after(packet(*V4), topology)
    assert not reached(topology, error, "host:hc/eth0")
    assert arrivals(trace(topology, error, "host:hc/eth0", sessions=sessions)) == {OUT}


def test_sessions_belong_to_one_filter() -> None:
    """A second stateful filter on the way back, which saw nothing, stops the reply."""
    other = rules(name="other", stateful=True)
    topology = firewall(STATEFUL, filters=(other,), fields_b={"filter_in": "other"})
    sessions = after(packet(*V4), topology)
    assert len(sessions) == 1
    reply = packet(*V4_BACK, source_port=2000, destination_port=1000)
    assert not arrivals(trace(topology, reply, BACK, sessions=sessions))


def test_a_policy_and_a_named_filter_of_one_id_keep_sessions_apart() -> None:
    """The reply finds the policy's session but not one of the filter of the same name."""
    other = rules(name="state", stateful=True)
    topology = firewall(STATEFUL, filters=(other,), fields_b={"filter_in": "state"})
    reply = packet(*V4_BACK, source_port=2000, destination_port=1000)
    assert not arrivals(trace(topology, reply, BACK, sessions=after(packet(*V4), topology)))


def test_a_filter_remembers_what_it_admitted_even_if_the_packet_is_lost_later() -> None:
    """The session arises at the filter, not at delivery."""
    topology = firewall(STATEFUL, filters=(rules(name="none"),), fields_b={"filter_out": "none"})
    found = trace(topology, packet(*V4), OUT)
    assert not found.deliveries
    assert [str(key) for key in found.sessions] == ["fw/state"]


def test_sessions_given_are_kept() -> None:
    """The trace hands on what filters remembered before, also when nothing is delivered."""
    topology = firewall(STATEFUL)
    first = after(packet(*V4), topology)
    second = trace(topology, packet(*V4, destination_port=53), OUT, sessions=first).sessions
    assert set(first) == set(second)
    (key,) = second
    assert first[key] < second[key]
    assert second.merged(first) == second
    simulator = Simulator(topology)
    assert simulator.send(packet(*V4_BACK), point(BACK), second).sessions == second


@pytest.mark.parametrize(("closure", "passes"), [(Closure.UPPER, True), (Closure.LOWER, False)])
@pytest.mark.parametrize(
    "undeclared",
    [
        Filter("f", rules=None),
        Filter("f", rules=None, stateful=True),
        Filter("f", rules=None, default=Action.PERMIT),
        Filter("f", rules=(), default=None),
        Filter("f", (permit(uncertain="empty group"),)),
        Filter("f", (deny(uncertain="empty group"),), default=Action.PERMIT),
    ],
)
def test_undeclared_parts_of_a_filter_are_closed_both_ways(
    undeclared: Filter, closure: Closure, passes: bool
) -> None:
    """Rules, default and uncertain rules leak in the upper closure and not in the lower one."""
    assert bool(reached(firewall(undeclared), packet(*V4), OUT, closure)) is passes


def test_undeclared_rules_of_a_stateful_filter_permit_all_even_without_a_session() -> None:
    """In the upper closure nothing is dropped for want of a session."""
    topology = firewall(Filter("f", rules=None, stateful=True))
    going_on = packet(*V4, TCP, established=True)
    assert reached(topology, going_on, OUT, Closure.UPPER) == {BACK}
    found = trace(topology, packet(*V4, TCP), OUT, Closure.UPPER)
    assert len(found.sessions) == 1


def test_an_uncertain_rule_that_does_not_fit_never_matches() -> None:
    """The closure decides only about packets that fit all the rule says."""
    line = permit(services=(service(UDP, 53),), uncertain="empty group")
    assert not reached(firewall(rules(line)), packet(*V4), OUT, Closure.UPPER)


def test_one_drop_is_listed_once() -> None:
    """Two next hops behind one denying filter give one drop."""
    top = device(
        "top",
        face("a", "A", "10.0.0.1/24"),
        face("b", "B", "10.1.0.1/24", filter_out="none"),
        routes=(route("10.9.0.0/24", "10.1.0.2", "10.1.0.3"),),
        filters=(rules(name="none"),),
    )
    found = trace(net(A, B, top), packet("10.0.0.5", "10.9.0.5"), "access:A")
    assert len(found.drops) == 1
