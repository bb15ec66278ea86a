"""Section 1, transparent firewalls."""

from typing import Any

import pytest

from tests.simulate.networks import (
    TCP,
    UDP,
    arrivals,
    deny,
    device,
    external,
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
from zonecheck.model.device import Device, DeviceKind, L3Interface, ManagementAccess
from zonecheck.model.filter import ANY_ADDRESS, Filter
from zonecheck.model.topology import Topology
from zonecheck.simulate import Simulator

A = segment("A", "10.0.0.0/24")
B = segment("B", "10.0.0.0/24")
HA, HB = "host:ha/eth0", "host:hb/eth0"
THERE = packet("10.0.0.5", "10.0.0.6")


def bridge(
    policy: Filter | None, *more: L3Interface, name: str = "tf", sides: str = "AB", **rest: Any
) -> Device:
    """Return a transparent firewall between two segments."""
    kind = DeviceKind.TRANSPARENT_FIREWALL
    bare = (face("a", sides[0]), face("b", sides[1]))
    return device(name, *bare, *more, kind=kind, policy=policy, **rest)


def between(policy: Filter | None, *more: L3Interface, **rest: Any) -> Topology:
    """Return a host at each side of a transparent firewall."""
    hosts = (host("ha", "A", "10.0.0.5"), host("hb", "B", "10.0.0.6"))
    return net(A, B, *hosts, bridge(policy, *more, **rest))


def test_a_transparent_firewall_with_default_deny_hands_on_nothing() -> None:
    """And its denial is reported as a drop."""
    found = trace(between(rules()), THERE, HA)
    assert (HB in arrivals(found), reasons(found)) == (False, {"drop.denied"})


def test_what_its_policy_permits_is_in_the_domain_beyond() -> None:
    """With the firewall as a hop, and without joining the domains."""
    topology = between(rules(permit(services=(service(UDP, 2000),))))
    found = trace(topology, THERE, HA)
    delivery = found.delivered_at(point(HB))
    assert delivery is not None
    (hop,) = delivery.hops
    assert (hop.node, hop.in_interface, hop.out_interface) == ("tf", "a", "b")
    assert [decision.verdict for decision in hop.decisions] == ["permit"]
    assert HB not in reached(topology, packet("10.0.0.5", "10.0.0.6", TCP), HA)
    simulator = Simulator(topology)
    domains = [set(simulator.domains_of(point(each))) for each in (HA, HB)]
    assert not domains[0] & domains[1]


def test_the_ways_of_a_flow_cross_it_and_know_what_it_admitted() -> None:
    """Each way kept apart has the session it opened there, a denied one is lost there."""
    policy = rules(permit(services=(service(UDP, 2000),)), stateful=True)
    simulator = Simulator(between(policy))
    (way,) = [each for each in simulator.branches(THERE, point(HA)) if each.at == point(HB)]
    assert [hop.node for hop in way.hops] == ["tf"]
    assert way.sessions == simulator.send(THERE, point(HA)).sessions
    lost = [each.lost for each in simulator.branches(packet("10.0.0.5", "10.0.0.6", 47), point(HA))]
    assert [each.reason.code for each in lost if each is not None] == ["drop.denied"]


def test_its_rules_name_the_interfaces_a_frame_crosses() -> None:
    """From a to b is not from b to a."""
    topology = between(rules(permit(in_interfaces=("a",), out_interfaces=("b",))))
    assert HB in reached(topology, THERE, HA)
    assert HA not in reached(topology, packet("10.0.0.6", "10.0.0.5"), HB)


def test_a_stateful_one_lets_replies_back() -> None:
    """Only after the first packet."""
    topology = between(rules(permit(in_interfaces=("a",)), stateful=True))
    back = packet("10.0.0.6", "10.0.0.5", source_port=2000, destination_port=1000)
    assert HA not in arrivals(trace(topology, back, HB))
    opened = trace(topology, THERE, HA).sessions
    assert HA in arrivals(trace(topology, back, HB, sessions=opened))


def test_a_sender_still_chooses_any_next_hop_beyond() -> None:
    """The router on the far side forwards what the sender hands it."""
    far = segment("C", "10.2.0.0/24")
    topology = net(
        A,
        B,
        far,
        host("ha", "A", "10.0.0.5"),
        host("hc", "C", "10.2.0.5"),
        external("x", "B", "10.0.0.9"),
        bridge(rules(permit())),
        device("r", face("b", "B", "10.0.0.1/24"), face("c", "C", "10.2.0.1/24")),
    )
    assert {"host:hc/eth0", "edge:x/e"} <= reached(topology, packet("10.0.0.5", "10.2.0.5"), HA)


def test_an_emission_for_a_next_hop_keeps_the_next_hop_beyond() -> None:
    """Only who carries the next hop's address takes it on the far side."""
    origin = segment("C", "10.2.0.0/24")
    topology = net(
        A,
        B,
        origin,
        host("hc", "C", "10.2.0.5"),
        device(
            "r1",
            face("a", "A", "10.0.0.1/24"),
            face("c", "C", "10.2.0.1/24"),
            routes=(route("10.9.0.0/16", "10.0.0.2"),),
        ),
        bridge(rules(permit())),
        external("x", "B", "10.0.0.2"),
        external("y", "B", "10.0.0.3"),
    )
    found = reached(topology, packet("10.2.0.5", "10.9.0.1"), "host:hc/eth0")
    assert "edge:x/e" in found
    assert "edge:y/e" not in found


def test_no_transparent_firewall_is_crossed_twice_on_one_link() -> None:
    """Two in a ring end, and both ways round are taken."""
    topology = net(
        A,
        B,
        host("ha", "A", "10.0.0.5"),
        host("hb", "B", "10.0.0.6"),
        bridge(rules(deny(services=(service(TCP),)), permit()), name="one"),
        bridge(rules(permit()), name="two"),
    )
    assert HB in reached(topology, packet("10.0.0.5", "10.0.0.6", TCP), HA)
    for delivery in trace(topology, THERE, HA).deliveries:
        names = [hop.node for hop in delivery.hops]
        assert len(names) == len(set(names))


def test_several_in_a_row_all_have_to_let_it_pass() -> None:
    """One that denies ends it."""
    middle = segment("M", "10.0.0.0/24")
    for first, second, passes in (
        (rules(permit()), rules(permit()), True),
        (rules(permit()), rules(), False),
        (rules(), rules(permit()), False),
    ):
        topology = net(
            A,
            B,
            middle,
            host("ha", "A", "10.0.0.5"),
            host("hb", "B", "10.0.0.6"),
            bridge(first, name="one", sides="AM"),
            bridge(second, name="two", sides="MB"),
        )
        assert (HB in reached(topology, THERE, HA)) is passes


def test_a_router_on_a_stick_behind_one_is_crossed_both_ways() -> None:
    """Not twice is meant of one putting into a domain: after a router it is crossed again."""
    two = segment("A2", "10.2.0.0/24")
    topology = net(
        A,
        B,
        two,
        host("ha", "A", "10.0.0.5"),
        host("h2", "A", "10.2.0.5"),
        bridge(rules(permit())),
        device("r", face("b", "B", "10.0.0.1/24", "10.2.0.1/24")),
    )
    topology_hosts = reached(topology, packet("10.0.0.5", "10.2.0.5"), HA)
    assert "host:h2/eth0" in topology_hosts
    found = trace(topology, packet("10.0.0.5", "10.2.0.77"), HA)
    ways = {tuple(hop.node for hop in delivery.hops) for delivery in found.deliveries}
    assert ("tf", "r", "tf") in ways


def test_an_interface_with_an_address_is_a_plain_stack() -> None:
    """It admits by `management`, and hands no frames on."""
    managed = face("m", "M", "10.3.0.1/24")
    extra = segment("M", "10.3.0.0/24")
    access = ManagementAccess(ANY_ADDRESS, (service(TCP, 22),))
    base = between(rules(permit()), managed, management=(access,))
    topology = net(*base.segments, extra, *base.hosts, *base.devices, host("hm", "M", "10.3.0.5"))
    ssh = packet("10.3.0.5", "10.3.0.1", TCP, destination_port=22)
    assert reached(topology, ssh, "host:hm/eth0") == {"stack:tf/m"}
    assert "host:ha/eth0" not in reached(topology, packet("10.3.0.5", "10.0.0.5"), "host:hm/eth0")
    assert "host:hm/eth0" not in reached(topology, packet("10.0.0.5", "10.3.0.5"), HA)


def test_nodes_left_out_hand_no_frames_on() -> None:
    """The way around them is what is asked for."""
    topology = between(rules(permit()))
    simulator = Simulator(topology)
    found = simulator.send(THERE, point(HA), without=frozenset({"tf"}))
    assert HB not in arrivals(found)


@pytest.mark.parametrize("source", ["10.0.0.5", "10.0.0.77"])
def test_it_filters_by_address_like_any_firewall(source: str) -> None:
    """The header does not change on the way."""
    topology = between(rules(permit(sources=match("10.0.0.5"))))
    assert (HB in reached(topology, packet(source, "10.0.0.6"), HA)) is (source == "10.0.0.5")
