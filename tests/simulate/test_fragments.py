"""Sections 3 and 4: non-first fragments, which carry no port, no type and no flag."""

from dataclasses import replace
from ipaddress import ip_address
from typing import Any

import pytest

from tests.simulate.networks import (
    ICMP,
    ICMPV6,
    TCP,
    UDP,
    addresses,
    arrivals,
    deny,
    device,
    external,
    face,
    fragment,
    host,
    known_arrivals,
    known_reached,
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
from zonecheck.model.device import DeviceKind, ManagementAccess, Opening, PolicyRoute
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.filter import ANY_ADDRESS, Filter
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.model.service import PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.model.tunnel import Tunnel
from zonecheck.simulate import Packet, Sessions, Simulator

SCTP, ESP = 132, 50
A = segment("A", "10.0.0.0/24", "2001:db8:a::/64")
B = segment("B", "10.1.0.0/24", "2001:db8:b::/64")
HA, HB = "host:ha/eth0", "host:hb/eth0"
V4, BACK = ("10.0.0.5", "10.1.0.5"), ("10.1.0.5", "10.0.0.5")
V6 = ("2001:db8:a::5", "2001:db8:b::5")


def network(**rest: Any) -> Topology:
    """Return hosts at A and B with a firewall between."""
    faces = (
        face("a", "A", "10.0.0.1/24", "2001:db8:a::1/64"),
        face("b", "B", "10.1.0.1/24", "2001:db8:b::1/64"),
    )
    hosts = host("ha", "A", "10.0.0.5", V6[0]), host("hb", "B", "10.1.0.5", V6[1])
    return net(A, B, *hosts, device("fw", *faces, **rest))


def passes(policy: Filter, sent: Packet, sessions: Sessions = Sessions.NONE) -> bool:
    """Return whether a firewall lets a packet from A through to B, or from B to A."""
    back = str(sent.source) == V4[1]
    found = trace(network(policy=policy), sent, HB if back else HA, sessions=sessions)
    return (HA if back else HB) in arrivals(found)


@pytest.mark.parametrize(
    ("ends", "protocol"),
    [(V4, TCP), (V4, UDP), (V4, SCTP), (V4, ICMP), (V6, TCP), (V6, ICMPV6)],
)
def test_a_fragment_is_a_header_of_its_own(ends: tuple[str, str], protocol: int) -> None:
    """Without port, type and flag, and answered by a fragment."""
    found = fragment(*ends, protocol)
    assert (found.has_ports, found.has_type, found.is_icmp_error) == (False, False, False)
    assert found.reply() == fragment(ends[1], ends[0], protocol)
    assert found.with_flag(established=True) == found
    assert found.answers(fragment(ends[1], ends[0], protocol))
    assert not found.answers(packet(*ends, protocol))
    assert found == packet(*ends, protocol).to_fragment() == found.to_fragment()


@pytest.mark.parametrize(
    ("ends", "protocol"), [(V4, ESP), (V4, 47), (V6, ICMP), (V4, ICMPV6), (V6, 0)]
)
def test_protocols_without_ports_have_no_fragments(ends: tuple[str, str], protocol: int) -> None:
    """What is cut off of ESP looks like any other packet of it."""
    assert packet(*ends, protocol).to_fragment() is None
    with pytest.raises(ValueError, match="fragment"):
        fragment(*ends, protocol)


@pytest.mark.parametrize(
    ("protocol", "fields"),
    [
        (TCP, {"source_port": 1}),
        (UDP, {"destination_port": 1}),
        (ICMP, {"destination_port": 8}),
        (TCP, {"established": True}),
    ],
)
def test_a_fragment_with_a_port_a_type_or_a_flag_is_refused(
    protocol: int, fields: dict[str, Any]
) -> None:
    """They are in the first fragment only."""
    with pytest.raises(ValueError, match="fragment"):
        replace(fragment(*V4, protocol), **fields)


def test_a_fragment_reads_as_what_it_is() -> None:
    """The text names protocol and addresses."""
    assert str(fragment("10.0.0.1", "10.0.0.2", TCP)) == "tcp fragment 10.0.0.1 -> 10.0.0.2"
    assert str(fragment(*V6, ICMPV6)) == f"icmpv6 fragment {V6[0]} -> {V6[1]}"


@pytest.mark.parametrize(
    ("protocol", "line"),
    [
        (UDP, service(UDP, 53)),
        (UDP, service(UDP, 65535)),
        (SCTP, service(SCTP, 0)),
        (TCP, service(TCP, 80, source_ports=service(TCP, 65535).ports)),
        (TCP, service(TCP, 80, established=True)),
        (ICMP, service(ICMP, 8)),
        (ICMP, service(ICMP, 3)),
    ],
)
@pytest.mark.parametrize("stateful", [False, True])
def test_a_fragment_passes_where_any_port_any_type_or_either_flag_passes(
    *, protocol: int, line: Any, stateful: bool
) -> None:
    """Only what no new packet can be is stopped by a stateful filter."""
    policy = rules(permit(services=(line,)), stateful=stateful)
    assert passes(policy, fragment(*V4, protocol)) is not (stateful and line.established)
    for other in {TCP, UDP, SCTP, ICMP} - {protocol}:
        assert not passes(policy, fragment(*V4, other))


def test_the_decision_shown_is_that_of_a_packet_that_passes() -> None:
    """Of the rules it names the one that lets the fragment through."""
    line = permit("dns", services=(service(UDP, 53),))
    policy = rules(deny("web", services=(service(UDP, 0),)), line)
    (hop,) = trace(network(policy=policy), fragment(*V4), HA).deliveries[0].hops
    assert [(each.verdict, each.rule) for each in hop.decisions] == [("permit", line)]


@pytest.mark.parametrize(
    "denied",
    [
        (),
        (Service(UDP),),
        (Service(UDP, (PortRange(0, 65535),)),),
        (Service(UDP, (PortRange(0, 1023), PortRange(1024, 65535))),),
        (
            Service(UDP, (PortRange(0, 52), PortRange(54, 65535))),
            Service(UDP, (PortRange(53, 53),), (PortRange(0, 99), PortRange(101, 65535))),
            Service(UDP, source_ports=(PortRange(100, 100),)),
        ),
    ],
)
def test_a_first_deny_of_all_ports_stops_fragments(denied: tuple[Service, ...]) -> None:
    """However it is written, no packet is left that a later rule could permit."""
    policy = rules(deny(services=denied), permit())
    found = trace(network(policy=policy), fragment(*V4), HA)
    assert (arrivals(found), reasons(found)) == (set(), {"drop.denied"})


@pytest.mark.parametrize("default_deny", [False, True])
def test_a_deny_of_one_port_stops_no_fragment(*, default_deny: bool) -> None:
    """The fragment may be the rest of a packet to another."""
    lines = (deny(services=(service(UDP, 53),)), permit(services=(service(UDP),)))
    policy = rules(*lines) if default_deny else rules(lines[0], permit())
    assert passes(policy, fragment(*V4))
    assert not passes(policy, packet(*V4, destination_port=53))


@pytest.mark.parametrize("left", [0, 1, 53, 65535])
def test_a_fragment_passes_if_a_single_port_is_left(left: int) -> None:
    """Every other denied, at either end of the packet, it may be the rest of that one."""
    ranges = [(low, high) for low, high in ((0, left - 1), (left + 1, 65535)) if low <= high]
    others = tuple(PortRange(low, high) for low, high in ranges)
    lines = deny(services=(Service(UDP, others), Service(UDP, source_ports=others))), permit()
    assert passes(rules(*lines), fragment(*V4))
    assert passes(rules(*lines), packet(*V4, source_port=left, destination_port=left))
    assert not passes(rules(*lines), packet(*V4, source_port=left, destination_port=left ^ 1))


def test_addresses_still_bind_a_fragment() -> None:
    """It carries them as every packet does."""
    policy = rules(permit(sources=match("10.0.0.5"), services=(service(UDP, 53),)))
    assert passes(policy, fragment(*V4))
    assert not passes(policy, fragment("10.0.0.6", V4[1]))
    assert HB not in reached(network(), fragment(V4[0], "10.1.0.6"), HA)


def test_filters_that_share_no_port_are_all_passed() -> None:
    """Each asks by itself what the fragment may be, and no whole packet gets through both."""
    topology = network(
        filters=(
            rules(permit(services=(service(TCP, 80),)), name="i"),
            rules(permit(services=(service(TCP, 22),)), name="o"),
        )
    )
    (fw,) = topology.devices
    a, b = fw.interfaces
    faces = (replace(a, filter_in="i"), replace(b, filter_out="o"))
    topology = replace(topology, devices=(replace(fw, interfaces=faces),))
    assert reached(topology, fragment(*V4, TCP), HA) == {HB}
    for port in (22, 80):
        assert not reached(topology, packet(*V4, TCP, destination_port=port), HA)


@pytest.mark.parametrize("closure", Closure)
def test_an_undeclared_list_treats_fragments_as_its_closure_does_all(closure: Closure) -> None:
    """The upper one passes everything, the lower one nothing."""
    expected = {HB} if closure is Closure.UPPER else set()
    for policy in (Filter("policy", None), rules(default=None)):
        assert reached(network(policy=policy), fragment(*V4), HA, closure) == expected


@pytest.mark.parametrize("protocol", [TCP, UDP, ICMP])
def test_a_fragment_opens_no_session(protocol: int) -> None:
    """What it was permitted on is not remembered."""
    policy = rules(permit(in_interfaces=("a",)), stateful=True)
    found = trace(network(policy=policy), fragment(*V4, protocol), HA)
    assert arrivals(found) == {HB}
    assert found.sessions == Sessions.NONE


@pytest.mark.parametrize("protocol", [TCP, UDP, SCTP, ICMP])
def test_a_session_lets_its_fragments_through_both_ways(protocol: int) -> None:
    """As its packets, and no fragment of others."""
    opener = packet(*V4, protocol, destination_port=8)
    line = permit(in_interfaces=("a",), services=(service(protocol, 8),))
    opened = trace(network(policy=rules(line, stateful=True)), opener, HA).sessions
    policy = rules(stateful=True)
    for sent in (fragment(*V4, protocol), fragment(*BACK, protocol)):
        assert passes(policy, sent, opened)
        assert not passes(policy, sent)
    other = fragment(*BACK, TCP if protocol == UDP else UDP)
    assert not passes(policy, other, opened)
    assert not passes(policy, fragment("10.1.0.6", "10.0.0.5", protocol), opened)


def test_no_fragment_passes_as_an_icmp_error_of_a_session() -> None:
    """Errors are cut to fit one packet; a rule that permits errors permits fragments too."""
    policy = rules(permit(in_interfaces=("a",), services=(service(UDP),)), stateful=True)
    opened = trace(network(policy=policy), packet(*V4), HA).sessions
    assert passes(policy, packet(*BACK, ICMP, destination_port=3), opened)
    assert not passes(policy, fragment(*BACK, ICMP), opened)
    line = permit("errors", services=(service(ICMP, 3),))
    policy = replace(policy, rules=(*(policy.rules or ()), line))
    assert passes(policy, fragment(*BACK, ICMP), opened)


def test_a_gateway_lets_fragments_through_beside_its_sessions() -> None:
    """As every TCP and UDP packet between their ends."""
    line = permit(in_interfaces=("a",), services=(service(TCP, 21),))
    policy = rules(line, stateful=True, alg=("ftp",))
    opened = trace(network(policy=policy), packet(*V4, TCP, destination_port=21), HA).sessions
    assert passes(policy, fragment(*BACK, UDP), opened)
    assert not passes(policy, fragment(*BACK, ICMP), opened)
    assert not passes(policy, fragment("10.1.0.6", "10.0.0.5", UDP), opened)


def access(*services: Any) -> tuple[ManagementAccess, ...]:
    """Return what lets everyone use some services of a device."""
    return (ManagementAccess(ANY_ADDRESS, services),)


def test_management_takes_the_fragments_of_what_it_admits() -> None:
    """Of no other protocol and of no other source."""
    topology = network(management=access(service(TCP, 22)))
    to_stack = ("10.0.0.5", "10.0.0.1")
    assert reached(topology, fragment(*to_stack, TCP), HA) == {"stack:fw/a"}
    assert reached(topology, fragment(*to_stack, UDP), HA) == set()
    (fw,) = topology.devices
    other = ManagementAccess(match("10.0.0.6"), (service(TCP, 22),))
    topology = replace(topology, devices=(replace(fw, management=(other,)),))
    assert reached(topology, fragment(*to_stack, TCP), HA) == set()


def test_a_device_sends_and_takes_the_fragments_of_what_it_opens() -> None:
    """Between its addresses and where it opens to."""
    opening = Opening(EndpointRef(EndpointKind.HOST, "ha"), (service(UDP, 514),))
    topology = network(opens=(opening,))
    assert HA in reached(topology, fragment("10.0.0.1", "10.0.0.5"), "stack:fw/a")
    found = trace(topology, fragment("10.0.0.1", "10.0.0.5", TCP), "stack:fw/a")
    assert reasons(found) == {"drop.not-opened"}
    assert reached(topology, fragment("10.0.0.5", "10.0.0.1"), HA) == {"stack:fw/a"}
    assert reached(topology, fragment("10.0.0.6", "10.0.0.1"), HA) == set()
    assert reached(topology, fragment("10.0.0.5", "10.0.0.1", TCP), HA) == set()


@pytest.mark.parametrize(("opened", "taken"), [(8, True), (0, True), (3, False)])
def test_a_device_takes_icmp_fragments_only_if_what_it_opens_is_answered(
    *, opened: int, taken: bool
) -> None:
    """Of the types only the echoes are."""
    opening = Opening(EndpointRef(EndpointKind.HOST, "ha"), (service(ICMP, opened),))
    found = reached(network(opens=(opening,)), fragment("10.0.0.5", "10.0.0.1", ICMP), HA)
    assert bool(found) is taken


def test_the_ends_of_a_tunnel_take_its_fragments_from_each_other() -> None:
    """Only the outer protocol's, only from the other end."""
    tunnel = Tunnel("t", "vxlan", "B", (ip_address("10.0.0.1"), ip_address("10.0.0.5")))
    topology = replace(network(), tunnels=(tunnel,))
    assert reached(topology, fragment("10.0.0.5", "10.0.0.1"), HA) == {"stack:fw/a"}
    assert reached(topology, fragment("10.0.0.6", "10.0.0.1"), HA) == set()
    assert reached(topology, fragment("10.0.0.5", "10.0.0.1", TCP), HA) == set()
    assert HA in reached(topology, fragment("10.0.0.1", "10.0.0.5"), "stack:fw/a")


PUBLIC = "203.0.113.80"


def publish(name: str = "publish", to: str = "10.1.0.5", **rest: Any) -> NatRule:
    """Return a destination rule for the public address."""
    fields = {"destinations": match(PUBLIC), "destination_to": addresses(to)[0], **rest}
    return NatRule(name, DESTINATION_NAT, **fields)


def hide(name: str = "hide", behind: str = "10.1.0.1", **rest: Any) -> NatRule:
    """Return a source rule for what comes from A."""
    fields = {"sources": match("10.0.0.0/24"), "source_to": addresses(behind), **rest}
    return NatRule(name, SOURCE_NAT, **fields)


def forms(topology: Topology, sent: Packet, origin: str, opened: Sessions) -> set[str]:
    """Return what arrives at hosts, as text."""
    found = trace(topology, sent, origin, sessions=opened)
    assert found.sessions == opened
    return {str(each.packet) for each in found.deliveries if each.at.node in ("ha", "hb")}


def test_a_port_forward_leaves_a_fragment_without_port() -> None:
    """Its address is replaced, and nothing is remembered."""
    sent = fragment("10.0.0.5", PUBLIC, TCP)
    line = publish(services=(service(TCP, 443),), port_to=8443)
    forwarded = "tcp fragment 10.0.0.5 -> 10.1.0.5"
    assert forms(network(nat=(line,)), sent, HA, Sessions.NONE) == {forwarded}
    assert forms(network(nat=(line,)), replace(sent, protocol=UDP), HA, Sessions.NONE) == set()


def test_every_translation_that_can_be_the_first_to_match_applies() -> None:
    """And the fragment stays as it is where a packet can get past all rules."""
    sent = fragment(*V4, TCP)
    web, rest = hide("web", services=(service(TCP, 80),)), hide("rest", behind="10.1.0.9")
    kept, first, second = (
        f"tcp fragment 10.{end} -> 10.1.0.5" for end in ("0.0.5", "1.0.1", "1.0.9")
    )
    all_tcp = hide("all", services=(service(TCP),))
    exempt = NatRule("exempt", SOURCE_NAT, services=(service(TCP, 80),))
    for table, expected in (
        ((web,), {first, kept}),
        ((web, rest), {first, second}),
        ((all_tcp, rest), {first}),
        ((exempt, rest), {kept, second}),
    ):
        assert forms(network(nat=table), sent, HA, Sessions.NONE) == expected


def test_the_memory_of_a_translation_restores_fragments() -> None:
    """Of both kinds, and only between the ends of what it remembers."""
    hidden, published = network(nat=(hide(),)), network(nat=(publish(),))
    opened = trace(hidden, packet(*V4, TCP), HA).sessions
    back = fragment("10.1.0.5", "10.1.0.1", TCP)
    assert forms(hidden, back, HB, opened) == {"tcp fragment 10.1.0.5 -> 10.0.0.5"}
    assert forms(hidden, back, HB, Sessions.NONE) == set()
    assert forms(hidden, replace(back, protocol=UDP), HB, opened) == set()
    opened = trace(published, packet("10.0.0.5", PUBLIC, TCP), HA).sessions
    assert forms(published, fragment(*BACK, TCP), HB, opened) == {
        "tcp fragment 10.1.0.5 -> 10.0.0.5",
        f"tcp fragment {PUBLIC} -> 10.0.0.5",
    }


def test_an_icmp_fragment_may_be_what_is_never_translated() -> None:
    """Errors get past every rule, and so do fragments of ICMP."""
    found = forms(network(nat=(hide(),)), fragment(*V4, ICMP), HA, Sessions.NONE)
    assert found == {f"icmp fragment {end} -> 10.1.0.5" for end in ("10.0.0.5", "10.1.0.1")}


@pytest.mark.parametrize("original", [False, True])
def test_a_policy_sees_the_destination_of_a_fragment_as_of_any_packet(*, original: bool) -> None:
    """After translation, or before where it says so."""
    sent = fragment("10.0.0.5", PUBLIC, TCP)
    for seen, expected in ((PUBLIC, original), ("10.1.0.5", not original)):
        topology = network(
            nat=(publish(port_to=8443),),
            policy=rules(permit(destinations=match(seen), services=(service(TCP, 1),))),
            policy_sees_original=original,
        )
        assert (HB in reached(topology, sent, HA)) is expected


def test_a_fragment_goes_by_every_policy_route_that_can_take_it() -> None:
    """And by the routes if none needs to."""
    ports = {"x": service(UDP, 53), "y": service(UDP)}

    def found(*names: str, default: str = "0.0.0.0/0") -> set[str]:
        entries = tuple(
            PolicyRoute(name, services=(ports[name],), interface=name) for name in names
        )
        homes = [face(name, name.upper(), f"10.{n}.0.1/24") for n, name in enumerate("axyz")]
        router = device("r", *homes, policy_routes=entries, routes=(route(default, "10.3.0.9"),))
        segments = [segment(name.upper(), f"10.{n}.0.0/24") for n, name in enumerate("axyz")]
        topology = net(
            *segments, host("ha", "A", "10.0.0.5"), router, external("z", "Z", "10.3.0.9")
        )
        return reached(topology, fragment("10.0.0.5", "203.0.113.9"), HA)

    assert found() == {"edge:z/e"}
    assert found("x") == {"access:X", "edge:z/e"}
    assert found("x", "y") == {"access:X", "access:Y"}
    assert found("y", "x") == {"access:Y"}
    assert found("x", default="192.0.2.0/24") == {"access:X"}


def test_a_transparent_firewall_decides_about_fragments_likewise() -> None:
    """By any packet they may be the rest of, opening nothing."""
    bare = face("a", "A"), face("b", "B")
    hosts = host("ha", "A", "10.0.0.5"), host("hb", "B", "10.0.0.6")
    policy = rules(permit(in_interfaces=("a",), services=(service(UDP, 53),)), stateful=True)
    bridge = device("tf", *bare, kind=DeviceKind.TRANSPARENT_FIREWALL, policy=policy)
    topology = net(A, B, *hosts, bridge)
    there, back = fragment("10.0.0.5", "10.0.0.6"), fragment("10.0.0.6", "10.0.0.5")
    found = trace(topology, there, HA)
    assert known_arrivals(found) == {HB}
    assert not found.sessions
    assert known_reached(topology, replace(there, protocol=TCP), HA) == set()
    opened = trace(topology, packet("10.0.0.5", "10.0.0.6", destination_port=53), HA).sessions
    assert known_reached(topology, back, HB) == set()
    assert known_arrivals(trace(topology, back, HB, sessions=opened)) == {HA}


def test_the_ways_of_a_fragment_are_kept_apart_like_any_packets() -> None:
    """Each with no session of its own, and a lost one with what lost it."""
    policy = rules(permit(services=(service(UDP, 53),)), stateful=True)
    simulator = Simulator(network(policy=policy))
    (way,) = simulator.branches(fragment(*V4), point(HA))
    assert (way.at, way.sessions) == (point(HB), Sessions.NONE)
    (lost,) = simulator.branches(fragment(*V4, TCP), point(HA))
    assert lost.lost is not None
    assert lost.lost.reason.code == "drop.denied"
