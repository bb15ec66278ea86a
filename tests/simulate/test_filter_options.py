"""Section 4: mid-stream pickup, application gateways and source MAC addresses."""

import pytest

from tests.simulate.networks import (
    ICMP,
    TCP,
    UDP,
    arrivals,
    deny,
    device,
    face,
    host,
    net,
    packet,
    permit,
    reached,
    reasons,
    rules,
    segment,
    service,
    trace,
)
from zonecheck.model.filter import ALG_PORTS, Filter
from zonecheck.model.topology import Topology
from zonecheck.simulate import Packet

A = segment("A", "10.0.0.0/24")
B = segment("B", "10.1.0.0/24")
HA, HB = "host:ha/eth0", "host:hb/eth0"
V4, BACK = ("10.0.0.5", "10.1.0.5"), ("10.1.0.5", "10.0.0.5")
MAC = ("00:00:5e:00:53:01",)


def firewall(policy: Filter) -> Topology:
    """Return hosts at A and B with a firewall between."""
    faces = face("a", "A", "10.0.0.1/24"), face("b", "B", "10.1.0.1/24")
    hosts = host("ha", "A", "10.0.0.5"), host("hb", "B", "10.1.0.5")
    return net(A, B, *hosts, device("fw", *faces, policy=policy))


ACK = packet(*V4, TCP, established=True)


def test_loose_pickup_lets_an_ack_through_where_strict_does_not() -> None:
    """And remembers the session it took it for."""
    strict = trace(firewall(rules(permit(), stateful=True)), ACK, HA)
    assert (arrivals(strict), reasons(strict)) == (set(), {"drop.no-session"})
    topology = firewall(rules(permit(in_interfaces=("a",)), stateful=True, loose=True))
    loose = trace(topology, ACK, HA)
    assert arrivals(loose) == {HB}
    back = ACK.reply()
    assert back is not None
    assert arrivals(trace(topology, back, HB)) == set()
    assert arrivals(trace(topology, back, HB, sessions=loose.sessions)) == {HA}


def test_loose_pickup_still_asks_the_rules() -> None:
    """What they deny is denied, and not for want of a session."""
    found = trace(firewall(rules(deny(), stateful=True, loose=True)), ACK, HA)
    assert (arrivals(found), reasons(found)) == (set(), {"drop.denied"})


def gateway(*names: str) -> Topology:
    """Return a firewall that permits only control sessions from A to B."""
    control = tuple(
        service(protocol, port) for known in ALG_PORTS.values() for protocol, port in known
    )
    line = permit(in_interfaces=("a",), services=control)
    return firewall(rules(line, stateful=True, alg=names))


@pytest.mark.parametrize("name", ALG_PORTS)
def test_a_gateway_opens_every_port_between_the_ends_of_a_control_session(name: str) -> None:
    """Both ways, of TCP and UDP, whatever the flag; without it nothing opens."""
    protocol, port = ALG_PORTS[name][0]
    control = packet(*V4, protocol, destination_port=port)
    for names, opens in (((name,), True), ((), False)):
        topology = gateway(*names)
        sessions = trace(topology, control, HA).sessions
        for sent, origin, at in (
            (packet(*V4, TCP), HA, HB),
            (packet(*BACK, TCP), HB, HA),
            (packet(*BACK, TCP, established=True), HB, HA),
            (packet(*BACK, UDP), HB, HA),
        ):
            assert (at in arrivals(trace(topology, sent, origin, sessions=sessions))) is opens
            assert at not in arrivals(trace(topology, sent, origin))


def test_a_gateway_is_named_as_what_let_a_packet_through() -> None:
    """Neither a rule nor a session did."""
    topology = gateway("ftp")
    control = packet(*V4, TCP, destination_port=21)
    sessions = trace(topology, control, HA).sessions
    found = trace(topology, packet(*BACK, TCP), HB, sessions=sessions)
    (decision,) = found.deliveries[0].hops[0].decisions
    assert (decision.verdict, decision.rule, decision.passes) == ("alg", None, True)


@pytest.mark.parametrize(
    "sent",
    [
        packet("10.1.0.6", "10.0.0.5", TCP),
        packet("10.1.0.5", "10.0.0.6", TCP),
        packet(*BACK, ICMP, destination_port=8),
        packet(*BACK, 47),
    ],
)
def test_a_gateway_opens_nothing_else(sent: Packet) -> None:
    """Not for other addresses and not for other protocols."""
    topology = gateway("ftp")
    sessions = trace(topology, packet(*V4, TCP, destination_port=21), HA).sessions
    assert "drop.denied" in reasons(trace(topology, sent, "access:B", sessions=sessions))


def test_a_session_on_another_port_opens_nothing() -> None:
    """The gateway of FTP does not look at a session of TFTP."""
    topology = gateway("ftp")
    sessions = trace(topology, packet(*V4, UDP, destination_port=69), HA).sessions
    assert sessions
    assert arrivals(trace(topology, packet(*BACK, UDP), HB, sessions=sessions)) == set()


def test_a_permit_with_a_source_mac_matches_whatever_the_mac_is() -> None:
    """Whoever sends forges it."""
    assert reached(firewall(rules(permit(macs=MAC))), packet(*V4), HA) == {HB}


def test_a_deny_with_a_source_mac_stops_nobody() -> None:
    """The rules below decide."""
    assert reached(firewall(rules(deny(macs=MAC), permit())), packet(*V4), HA) == {HB}
    assert reached(firewall(rules(deny(), permit())), packet(*V4), HA) == set()
