"""Section 4, address translation."""

from dataclasses import replace
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simulate.networks import (
    ICMP,
    TCP,
    UDP,
    addresses,
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
    reasons,
    route,
    rules,
    segment,
    service,
)
from zonecheck.model.closure import Closure
from zonecheck.model.device import ManagementAccess
from zonecheck.model.filter import ANY_ADDRESS, Filter
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.model.topology import Topology
from zonecheck.simulate import Packet, Sessions, Simulator, Trace
from zonecheck.strategies import headers, topologies

IN = segment("IN", "10.0.0.0/24", "2001:db8:a::/64")
OUT = segment("OUT", "192.0.2.0/24", "2001:db8:b::/64")
CLIENT, SERVER = "host:client/eth0", "host:server/eth0"
OUTSIDE = "host:outside/eth0"
PUBLIC = "203.0.113.80"


def network(*table: NatRule, policy: Filter | None = None, **rest: Any) -> Topology:
    """Return a client and a server inside, a host outside, and a firewall that translates."""
    inner = face("in", "IN", "10.0.0.1/24", "2001:db8:a::1/64", **rest.pop("fields_in", {}))
    outer = face("out", "OUT", "192.0.2.1/24", "2001:db8:b::1/64", **rest.pop("fields_out", {}))
    return net(
        IN,
        OUT,
        host("client", "IN", "10.0.0.5", "2001:db8:a::5"),
        host("server", "IN", "10.0.0.80", "2001:db8:a::80"),
        host("outside", "OUT", "192.0.2.9", "2001:db8:b::9"),
        device("fw", inner, outer, policy=policy, nat=table, **rest),
    )


def publish(name: str = "publish", to: str | None = "10.0.0.80", **rest: Any) -> NatRule:
    """Return a destination rule for the public address."""
    target = None if to is None else addresses(to)[0]
    fields = {"destinations": match(PUBLIC), "destination_to": target, **rest}
    return NatRule(name, DESTINATION_NAT, **fields)


def hide(name: str = "hide", behind: str = "192.0.2.1", **rest: Any) -> NatRule:
    """Return a source rule for what comes from inside."""
    fields = {"sources": match("10.0.0.0/24"), "source_to": addresses(behind), **rest}
    return NatRule(name, SOURCE_NAT, **fields)


def send(
    topology: Topology, sent: Packet, origin: str, sessions: Sessions = Sessions.NONE, **rest: Any
) -> Trace:
    """Return what becomes of a packet."""
    return Simulator(topology, Closure.LOWER).send(sent, point(origin), sessions, **rest)


def arrived(found: Trace, at: str) -> set[Packet]:
    """Return what is delivered at a place."""
    return {delivery.packet for delivery in found.deliveries if delivery.at == point(at)}


def forms(found: Trace) -> set[Packet]:
    """Return every packet that is delivered anywhere."""
    return {delivery.packet for delivery in found.deliveries}


def test_a_destination_rule_changes_where_a_packet_is_delivered() -> None:
    """The public address is nobody's; the server takes what was sent there."""
    sent = packet("192.0.2.9", PUBLIC)
    assert SERVER not in arrivals(send(network(), sent, OUTSIDE))
    found = send(network(publish()), sent, OUTSIDE)
    assert arrived(found, SERVER) == {packet("192.0.2.9", "10.0.0.80")}
    assert found.packet == sent


def test_a_hop_shows_the_packet_before_and_after_and_the_rule() -> None:
    """Between the decisions of the filters, at its place."""
    line = publish()
    topology = network(line, policy=rules(permit()), fields_in={"filter_out": "o"})
    topology = replace(
        topology,
        devices=(replace(topology.devices[0], filters=(rules(permit(), name="o"),)),),
    )
    (hop,) = send(topology, packet("192.0.2.9", PUBLIC), OUTSIDE).deliveries[0].hops
    (step,) = hop.translations
    assert (step.kind, step.rule, step.restores) == (DESTINATION_NAT, line, None)
    assert (str(step.before.destination), str(step.after.destination)) == (PUBLIC, "10.0.0.80")
    assert (step.decided, len(hop.decisions)) == (0, 2)


@pytest.mark.parametrize(
    ("protocol", "before", "after"), [(TCP, 443, 8443), (UDP, 443, 8443), (ICMP, 8, 8), (47, 0, 0)]
)
def test_a_port_is_replaced_only_where_the_protocol_has_ports(
    protocol: int, before: int, after: int
) -> None:
    """The address is replaced in any case, the ICMP type never."""
    topology = network(publish(port_to=8443))
    sent = packet("192.0.2.9", PUBLIC, protocol, destination_port=before)
    (got,) = arrived(send(topology, sent, OUTSIDE), SERVER)
    assert got.destination_port == after


def test_the_first_destination_rule_that_matches_decides() -> None:
    """A later one is not looked at."""
    table = (publish("first", services=(service(TCP, 25),)), publish("second", to="10.0.0.5"))
    mail = packet("192.0.2.9", PUBLIC, TCP, destination_port=25)
    assert SERVER in arrivals(send(network(*table), mail, OUTSIDE))
    web = packet("192.0.2.9", PUBLIC, TCP, destination_port=80)
    assert arrivals(send(network(*table), web, OUTSIDE)) >= {CLIENT}
    assert SERVER not in arrivals(send(network(*table), web, OUTSIDE))


def test_a_rule_matches_interfaces_and_sources() -> None:
    """By id or zone label of the interface."""
    sent = packet("192.0.2.9", PUBLIC)
    for line, matches in (
        (publish(in_interfaces=("out",)), True),
        (publish(in_interfaces=("in",)), False),
        (publish(sources=match("192.0.2.9")), True),
        (publish(sources=match("192.0.2.8")), False),
    ):
        assert (SERVER in arrivals(send(network(line), sent, OUTSIDE))) is matches


@pytest.mark.parametrize("kind", [DESTINATION_NAT, SOURCE_NAT])
def test_an_exempt_rule_shields_from_the_rules_below(kind: str) -> None:
    """And leaves no state."""
    line, sent, origin, at = (
        (publish(), packet("192.0.2.9", PUBLIC), OUTSIDE, SERVER)
        if kind == DESTINATION_NAT
        else (hide(), packet("10.0.0.5", "192.0.2.9"), CLIENT, OUTSIDE)
    )
    exempt = NatRule("exempt", kind)
    assert sent not in arrived(send(network(line), sent, origin), at)
    found = send(network(exempt, line), sent, origin)
    assert forms(found) <= {sent}
    assert not found.sessions.translations
    ways = [delivery.hops for delivery in found.deliveries] + [drop.hops for drop in found.drops]
    assert not any(hop.translations for hops in ways for hop in hops)


def test_a_packet_of_the_other_ip_version_does_not_match() -> None:
    """Although every address matches, a target of one version translates only that."""
    topology = network(
        publish(destinations=ANY_ADDRESS), hide(sources=ANY_ADDRESS, behind="192.0.2.1")
    )
    sent = packet("2001:db8:a::5", "2001:db8:b::9")
    assert arrived(send(topology, sent, CLIENT), OUTSIDE) == {sent}


def test_a_source_rule_hides_the_sender_and_keeps_the_port() -> None:
    """The packet delivered has the new source."""
    found = send(network(hide()), packet("10.0.0.5", "192.0.2.9"), CLIENT)
    assert arrived(found, OUTSIDE) == {packet("192.0.2.1", "192.0.2.9")}


def test_a_source_rule_matches_the_way_and_the_translated_destination() -> None:
    """It is asked after routing, with the addresses as then written."""
    sent = packet("192.0.2.9", PUBLIC)
    inward = hide("inward", behind="10.0.0.1", sources=ANY_ADDRESS, out_interfaces=("in",))
    assert arrived(send(network(publish(), inward), sent, OUTSIDE), SERVER) == {
        packet("10.0.0.1", "10.0.0.80")
    }
    outward = replace(inward, out_interfaces=("out",))
    assert arrived(send(network(publish(), outward), sent, OUTSIDE), SERVER) == {
        packet("192.0.2.9", "10.0.0.80")
    }
    to_public = replace(inward, destinations=match(PUBLIC))
    assert arrived(send(network(publish(), to_public), sent, OUTSIDE), SERVER) == {
        packet("192.0.2.9", "10.0.0.80")
    }


def test_one_to_one_keeps_the_position() -> None:
    """In both kinds of rules."""
    source = hide(sources=match("10.0.0.0-10.0.0.15"), behind="198.51.100.16-198.51.100.31")
    out = replace(source, one_to_one=True)
    got = arrived(send(network(out), packet("10.0.0.5", "192.0.2.9"), CLIENT), OUTSIDE)
    assert got == {packet("198.51.100.21", "192.0.2.9")}
    into = publish(destinations=match("203.0.113.0/24"), to="10.0.0.0-10.0.0.255", one_to_one=True)
    got = arrived(send(network(into), packet("192.0.2.9", PUBLIC), OUTSIDE), SERVER)
    assert got == {packet("192.0.2.9", "10.0.0.80")}


def test_any_address_of_the_range_is_followed_for_each_that_something_tells_apart() -> None:
    """A filter behind that permits one address in the middle of the pool lets a packet pass."""
    pool = "198.51.100.0/24"
    line = permit(sources=match("198.51.100.77"))
    topology = network(hide(behind=pool), fields_out={"filter_out": "o"})
    topology = replace(
        topology, devices=(replace(topology.devices[0], filters=(rules(line, name="o"),)),)
    )
    got = arrived(send(topology, packet("10.0.0.5", "192.0.2.9"), CLIENT), OUTSIDE)
    assert got == {packet("198.51.100.77", "192.0.2.9")}
    everywhere = send(network(hide(behind=pool)), packet("10.0.0.5", "192.0.2.9"), CLIENT)
    sources = {str(each.source) for each in arrived(everywhere, OUTSIDE)}
    assert {"198.51.100.0", "198.51.100.255"} <= sources
    chosen = ip_address("198.51.100.123")
    hinted = send(
        network(hide(behind=pool)), packet("10.0.0.5", "192.0.2.9"), CLIENT, further=(chosen,)
    )
    assert {each.source for each in arrived(hinted, OUTSIDE)} == {
        each.source for each in arrived(everywhere, OUTSIDE)
    } | {chosen}


def test_a_reply_is_restored_only_if_the_first_packet_was_translated() -> None:
    """Without state the firewall's own address takes no such packet."""
    topology = network(hide())
    first = packet("10.0.0.5", "192.0.2.9")
    back = packet("192.0.2.9", "192.0.2.1", source_port=2000, destination_port=1000)
    assert CLIENT not in arrivals(send(topology, back, OUTSIDE))
    opened = send(topology, first, CLIENT)
    found = send(topology, back, OUTSIDE, opened.sessions)
    assert arrived(found, CLIENT) == {first.reply()}
    (delivery,) = [d for d in found.deliveries if d.at == point(CLIENT)]
    (step,) = delivery.hops[0].translations
    assert step.restores is not None
    assert (step.restores.before, step.rule.name, step.kind) == (first, "hide", DESTINATION_NAT)
    other = replace(back, destination_port=1001)
    assert CLIENT not in arrivals(send(topology, other, OUTSIDE, opened.sessions))


def test_a_reply_of_the_server_gets_the_public_source_back() -> None:
    """And the public port, although no source rule says so."""
    topology = network(publish(port_to=8443), hide("other", behind="192.0.2.1"))
    first = packet("192.0.2.9", PUBLIC, TCP, destination_port=443)
    back = packet(
        "10.0.0.80",
        "192.0.2.9",
        TCP,
        source_port=8443,
        destination_port=1000,
        established=True,
    )
    opened = send(topology, first, OUTSIDE).sessions
    fresh = arrived(send(topology, back, SERVER), OUTSIDE)
    assert fresh == {replace(back, source=ip_address("192.0.2.1"))}
    # Entries expire, so that what the rules make of a reply counts beside it.
    assert arrived(send(topology, back, SERVER, opened), OUTSIDE) == {first.reply(), *fresh}


@pytest.mark.parametrize("established", [True, False])
def test_a_tcp_reply_is_restored_with_either_flag(*, established: bool) -> None:
    """Both parties may have sent first."""
    topology = network(hide())
    opened = send(topology, packet("10.0.0.5", "192.0.2.9", TCP), CLIENT).sessions
    back = packet("192.0.2.9", "192.0.2.1", TCP, source_port=2000, destination_port=1000)
    found = send(topology, back.with_flag(established=established), OUTSIDE, opened)
    assert CLIENT in arrivals(found)


def test_an_echo_reply_is_restored_and_keeps_its_type() -> None:
    """ICMP queries are translated like sessions."""
    topology = network(hide())
    ping = packet("10.0.0.5", "192.0.2.9", ICMP, destination_port=8)
    opened = send(topology, ping, CLIENT).sessions
    pong = packet("192.0.2.9", "192.0.2.1", ICMP, destination_port=0)
    assert arrived(send(topology, pong, OUTSIDE, opened), CLIENT) == {ping.reply()}


@pytest.mark.parametrize("kind", [3, 11, 12])
def test_icmp_errors_are_not_translated(kind: int) -> None:
    """Neither by a rule nor as a reply."""
    error = packet("192.0.2.9", PUBLIC, ICMP, destination_port=kind)
    found = send(network(publish()), error, OUTSIDE)
    assert SERVER not in arrivals(found)
    assert not found.sessions.translations


def test_a_translation_is_remembered_although_the_packet_is_dropped_later() -> None:
    """The rule was reached; that is all that counts."""
    closed = rules(deny())
    opened = send(network(publish(), policy=closed), packet("192.0.2.9", PUBLIC), OUTSIDE)
    assert not arrived(opened, SERVER)
    (entry,) = opened.sessions.translations
    assert (str(entry.before.destination), str(entry.after.destination)) == (PUBLIC, "10.0.0.80")


def test_a_source_rule_behind_a_policy_that_denies_is_not_reached() -> None:
    """The policy comes first."""
    found = send(network(hide(), policy=rules(deny())), packet("10.0.0.5", "192.0.2.9"), CLIENT)
    assert not found.sessions.translations


def test_hairpin() -> None:
    """A client reaches the server beside it by its public address, and the answer comes back."""
    table = (publish(), hide(behind="10.0.0.1", out_interfaces=("in",)))
    topology = network(*table, policy=rules(permit(services=(service(TCP, 443),)), stateful=True))
    first = packet("10.0.0.5", PUBLIC, TCP, destination_port=443)
    opened = send(topology, first, CLIENT)
    (got,) = arrived(opened, SERVER)
    assert (str(got.source), str(got.destination)) == ("10.0.0.1", "10.0.0.80")
    back = got.reply()
    assert back is not None
    found = send(topology, back, SERVER, opened.sessions)
    assert first.reply() in arrived(found, CLIENT)
    assert CLIENT not in arrivals(send(topology, back, SERVER))


def test_the_policy_sees_the_destination_after_translation_unless_told_otherwise() -> None:
    """And the original where it is told so."""
    sent = packet("192.0.2.9", PUBLIC)
    to_server = rules(permit(destinations=match("10.0.0.80")))
    to_public = rules(permit(destinations=match(PUBLIC)))
    for policy, original, passes in (
        (to_server, False, True),
        (to_public, False, False),
        (to_server, True, False),
        (to_public, True, True),
    ):
        topology = network(publish(), policy=policy, policy_sees_original=original)
        assert (SERVER in arrivals(send(topology, sent, OUTSIDE))) is passes


def test_the_policy_sees_the_source_before_translation_and_the_outgoing_filter_after() -> None:
    """The order of step 6."""
    before, after = match("10.0.0.5"), match("192.0.2.1")
    for at_policy, at_filter, passes in (
        (before, after, True),
        (after, after, False),
        (before, before, False),
    ):
        topology = network(
            hide(),
            policy=rules(permit(sources=at_policy)),
            filters=(rules(permit(sources=at_filter), name="o"),),
            fields_out={"filter_out": "o"},
        )
        found = send(topology, packet("10.0.0.5", "192.0.2.9"), CLIENT)
        assert (OUTSIDE in arrivals(found)) is passes


def test_the_incoming_filter_sees_the_packet_before_translation() -> None:
    """filter_in comes before the destination rules."""
    for line, passes in ((PUBLIC, True), ("10.0.0.80", False)):
        topology = network(
            publish(),
            filters=(rules(permit(destinations=match(line)), name="i"),),
            fields_out={"filter_in": "i"},
        )
        found = send(topology, packet("192.0.2.9", PUBLIC), OUTSIDE)
        assert (SERVER in arrivals(found)) is passes


@pytest.mark.parametrize("original", [False, True])
def test_a_stateful_policy_lets_the_reply_to_a_hidden_client_pass(*, original: bool) -> None:
    """The sessions of a filter are of the packets as it saw them."""
    policy = rules(permit(sources=match("10.0.0.5")), stateful=True)
    topology = network(hide(), policy=policy, policy_sees_original=original)
    opened = send(topology, packet("10.0.0.5", "192.0.2.9"), CLIENT).sessions
    back = packet("192.0.2.9", "192.0.2.1", source_port=2000, destination_port=1000)
    assert CLIENT in arrivals(send(topology, back, OUTSIDE, opened))
    without_state = Sessions({}, opened.translations)
    assert "drop.denied" in reasons(send(topology, back, OUTSIDE, without_state))


def test_a_reply_restored_and_the_reply_as_the_rules_treat_it_both_count_if_they_agree() -> None:
    """A policy that sees the original sees them differently, and the rule's is remembered."""
    table = (publish(), hide(sources=match("10.0.0.80"), behind=PUBLIC))
    back = packet("192.0.2.9", PUBLIC, source_port=2000, destination_port=1000)
    opener = back.reply()
    assert opener is not None
    opener = replace(opener, source=ip_address("10.0.0.80"))
    for seen, restored in ((PUBLIC, False), ("10.0.0.80", True)):
        policy = rules(permit(in_interfaces=("in",)), permit(destinations=match(seen)))
        topology = network(*table, policy=policy, policy_sees_original=True)
        opened = send(topology, opener, SERVER).sessions
        found = send(topology, back, OUTSIDE, opened)
        (delivery,) = (each for each in found.deliveries if each.at == point(SERVER))
        (step,) = delivery.hops[-1].translations
        assert (step.restores is not None) is restored
        assert {entry.kind for entry in found.sessions.translations} == {
            SOURCE_NAT,
            DESTINATION_NAT,
        }


def test_a_destination_rule_comes_before_the_own_address_check() -> None:
    """A service published on the firewall's own address is the server's, the rest is its own."""
    access = ManagementAccess(ANY_ADDRESS)
    line = publish(destinations=match("192.0.2.1"), services=(service(TCP, 443),))
    topology = network(line, management=(access,))
    web = packet("192.0.2.9", "192.0.2.1", TCP, destination_port=443)
    assert arrivals(send(topology, web, OUTSIDE)) == {SERVER}
    ssh = packet("192.0.2.9", "192.0.2.1", TCP, destination_port=22)
    assert arrivals(send(topology, ssh, OUTSIDE)) == {"stack:fw/out"}


def test_a_destination_rule_may_lead_to_the_device_itself() -> None:
    """Its management then sees the packet after translation."""
    line = publish(to="10.0.0.1", port_to=22)
    access = ManagementAccess(ANY_ADDRESS, (service(TCP, 22),))
    sent = packet("192.0.2.9", PUBLIC, TCP, destination_port=2222)
    found = send(network(line), sent, OUTSIDE)
    assert "drop.local" in reasons(found)
    # The address is of another interface, but of the same VRF.
    found = send(network(line, management=(access,)), sent, OUTSIDE)
    assert {d.packet.destination_port for d in found.deliveries if d.at.node == "fw"} == {22}


def test_several_clients_behind_one_address_and_port_all_get_the_reply() -> None:
    """Which of them it is the state does not say."""
    topology = network(hide())
    opened = send(topology, packet("10.0.0.5", "192.0.2.9"), CLIENT).sessions
    opened = send(topology, packet("10.0.0.80", "192.0.2.9"), SERVER, opened).sessions
    back = packet("192.0.2.9", "192.0.2.1", source_port=2000, destination_port=1000)
    assert {CLIENT, SERVER} <= arrivals(send(topology, back, OUTSIDE, opened))


def test_translation_behind_a_router_is_undone_on_the_way_back() -> None:
    """Two devices translate one after the other."""
    middle = segment("MID", "172.16.0.0/24")
    first = device(
        "fw1",
        face("in", "IN", "10.0.0.1/24"),
        face("out", "MID", "172.16.0.1/24"),
        routes=(route("0.0.0.0/0", "172.16.0.2"),),
        nat=(hide(behind="172.16.0.1"),),
    )
    second = device(
        "fw2",
        face("in", "MID", "172.16.0.2/24"),
        face("out", "OUT", "192.0.2.1/24"),
        nat=(hide("again", sources=match("172.16.0.0/24"), behind="192.0.2.1"),),
    )
    client = host("client", "IN", "10.0.0.5")
    topology = net(IN, OUT, middle, client, first, second, external("x", "OUT", "192.0.2.9"))
    sent = packet("10.0.0.5", "192.0.2.9")
    opened = send(topology, sent, CLIENT)
    assert arrived(opened, "edge:x/e") == {packet("192.0.2.1", "192.0.2.9")}
    back = packet("192.0.2.9", "192.0.2.1", source_port=2000, destination_port=1000)
    found = send(topology, back, "edge:x/e", opened.sessions)
    assert arrived(found, CLIENT) == {sent.reply()}


WIDE = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def packet_of(values: Any) -> Packet:
    """Return drawn header values as a packet."""
    return packet(
        str(ip_address(values.source)) if values.version == 4 else _v6(values.source),
        str(ip_address(values.destination)) if values.version == 4 else _v6(values.destination),
        values.protocol,
        source_port=values.source_port,
        destination_port=values.destination_port,
        established=values.established,
    )


def _v6(number: int) -> str:
    return str(ip_address(number.to_bytes(16, "big")))


@WIDE
@given(st.data())
def test_without_translation_what_arrives_is_what_was_sent(data: st.DataObject) -> None:
    """Nothing else changes a packet."""
    topology = data.draw(topologies())
    sent = packet_of(data.draw(headers(topology, fragments=False)))
    simulator = Simulator(topology)
    for origin in simulator.origins():
        found = simulator.send(sent, origin)
        assert forms(found) <= {sent}
        assert not found.sessions.translations


@WIDE
@given(st.data())
def test_a_packets_own_sessions_take_nothing_from_where_it_arrives(data: st.DataObject) -> None:
    """State of filters only lets through; that of translations, which undoes, is left out."""
    topology = data.draw(topologies(wide=True))
    sent = packet_of(data.draw(headers(topology, fragments=False)))
    simulator = Simulator(topology)
    for origin in simulator.origins():
        first = simulator.send(sent, origin)
        again = simulator.send(sent, origin, Sessions(first.sessions))
        assert {(d.at, d.packet) for d in first.deliveries} <= {
            (d.at, d.packet) for d in again.deliveries
        }


@WIDE
@given(st.data())
def test_every_remembered_translation_belongs_to_a_rule_of_its_device(
    data: st.DataObject,
) -> None:
    """And changes only the end its kind says."""
    topology = data.draw(topologies(wide=True))
    sent = packet_of(data.draw(headers(topology, fragments=False)))
    simulator = Simulator(topology)
    for origin in simulator.origins():
        for entry in simulator.send(sent, origin).sessions.translations:
            assert entry.rule in topology.device_by_id[entry.device].nat
            assert entry.rule.kind == entry.kind
            if entry.kind == SOURCE_NAT:
                assert replace(entry.after, source=entry.before.source) == entry.before
            else:
                assert entry.after.source == entry.before.source
