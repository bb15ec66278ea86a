"""Section 2: who can send what, and section 4, arrival in a domain."""

from typing import Any

import pytest

from tests.simulate.networks import (
    TCP,
    UDP,
    arrivals,
    card,
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
from zonecheck.model.closure import Closure
from zonecheck.model.device import DeviceKind, ManagementAccess, Opening
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.filter import ANY_ADDRESS
from zonecheck.model.host import Host
from zonecheck.model.segment import Segment
from zonecheck.simulate import Simulator

A = segment("A", "10.0.0.0/24")
GUARDED = segment("A", "10.0.0.0/24", guarded=True)
B = segment("B", "10.1.0.0/24")
TO_PEER = packet("10.0.0.5", "10.0.0.6")


def test_every_attachment_point_is_an_origin_in_a_fixed_order() -> None:
    """Access ports, edges, hosts and stacks are listed, sorted by their order."""
    topology = net(
        A, host("h", "A"), device("r", face("a", "A", "10.0.0.1/24")), external("x", "A")
    )
    origins = Simulator(topology).origins()
    assert origins == tuple(map(point, ("access:A", "edge:x/e", "host:h/eth0", "stack:r/a")))
    assert list(origins) == sorted(origins, key=lambda p: p.order)


def test_an_unknown_origin_is_an_error() -> None:
    """Nothing is sent from a place that does not exist."""
    with pytest.raises(KeyError, match="ghost"):
        trace(net(A), TO_PEER, "host:ghost/eth0")


def test_access_ports_send_any_header() -> None:
    """Whoever plugs in may forge the source."""
    topology = net(A, host("h", "A", "10.0.0.6"))
    assert "host:h/eth0" in reached(topology, packet("192.0.2.1", "10.0.0.6"), "access:A")


def test_access_ports_of_a_guarded_segment_send_nothing() -> None:
    """Not even with an address of the segment."""
    found = trace(net(GUARDED, host("h", "A", "10.0.0.6")), TO_PEER, "access:A")
    assert (arrivals(found), reasons(found)) == (set(), {"drop.guard"})
    assert len(found.drops) == 1


@pytest.mark.parametrize("half", [{"ip_source_guard": True}, {"port_security": True}])
def test_only_both_controls_guard_a_segment(half: dict[str, Any]) -> None:
    """Either alone stops nobody."""
    topology = net(Segment("A", prefixes=A.prefixes, **half), host("h", "A", "10.0.0.6"))
    assert reached(topology, TO_PEER, "access:A") == {"host:h/eth0"}


@pytest.mark.parametrize(("source", "sends"), [("10.0.0.5", True), ("10.0.0.7", False)])
def test_a_host_on_a_guarded_segment_sends_only_from_its_own_addresses(
    source: str, sends: bool
) -> None:
    """The interface's declared addresses are let through, all others are not."""
    topology = net(GUARDED, host("h", "A", "10.0.0.5"), host("k", "A", "10.0.0.6"))
    found = trace(topology, packet(source, "10.0.0.6"), "host:h/eth0")
    assert (arrivals(found) == {"host:k/eth0"}) is sends
    assert (reasons(found) == {"drop.guard"}) is not sends


def test_a_host_without_addresses_on_a_guarded_segment_sends_from_the_unclaimed_ones() -> None:
    """It may use what nobody declares, not what another host declares."""
    topology = net(GUARDED, host("h", "A"), host("k", "A", "10.0.0.6"))
    assert reached(topology, packet("10.0.0.9", "10.0.0.6"), "host:h/eth0") == {"host:k/eth0"}
    assert not reached(topology, packet("10.0.0.6", "10.0.0.6"), "host:h/eth0")
    assert not reached(topology, packet("10.1.0.9", "10.0.0.6"), "host:h/eth0")


def test_the_guard_looks_at_the_addresses_of_the_sending_interface_only() -> None:
    """An address of the host's other interface is not bound to this port."""
    twin = Host("h", (card("eth0", "A", "10.0.0.5"), card("eth1", "B", "10.1.0.5")))
    topology = net(GUARDED, B, twin, host("k", "A", "10.0.0.6"))
    assert not reached(topology, packet("10.1.0.5", "10.0.0.6"), "host:h/eth0")


def test_an_unguarded_host_sends_any_header() -> None:
    """Its own addresses do not bind it."""
    topology = net(A, host("h", "A", "10.0.0.5"), host("k", "A", "10.0.0.6"))
    assert reached(topology, packet("192.0.2.1", "10.0.0.6"), "host:h/eth0") == {"host:k/eth0"}


def test_external_edges_are_not_guarded() -> None:
    """They sit on trusted ports."""
    topology = net(GUARDED, external("x", "A"), host("k", "A", "10.0.0.6"))
    assert "host:k/eth0" in reached(topology, packet("192.0.2.1", "10.0.0.6"), "edge:x/e")


def logger(**rest: Any) -> Any:
    """Return a device that opens UDP 514 to the host `log`, on a guarded segment."""
    to_log = Opening(EndpointRef(EndpointKind.HOST, "log"), (service(UDP, 514),))
    own = device(
        "r", face("a", "A", "10.0.0.1/24"), face("b", "B", "10.1.0.1/24"), opens=(to_log,), **rest
    )
    return net(GUARDED, B, own, host("log", "A", "10.0.0.6"), host("k", "A", "10.0.0.7"))


@pytest.mark.parametrize(
    ("source", "destination", "port", "sends"),
    [
        ("10.0.0.1", "10.0.0.6", 514, True),
        ("10.1.0.1", "10.0.0.6", 514, True),
        ("10.0.0.9", "10.0.0.6", 514, False),
        ("10.0.0.1", "10.0.0.7", 514, False),
        ("10.0.0.1", "10.0.0.6", 515, False),
    ],
)
def test_a_device_sends_what_it_opens_from_its_own_addresses(
    source: str, destination: str, port: int, sends: bool
) -> None:
    """Service, destination and source must all be declared or its own."""
    found = trace(logger(), packet(source, destination, destination_port=port), "stack:r/a")
    assert bool(found.deliveries) is sends
    assert (reasons(found) == {"drop.not-opened"}) is not sends


def test_a_device_takes_the_reply_to_what_it_opens() -> None:
    """Without any management entry, and only from the ports it asked."""
    topology = logger(management=())
    reply = packet("10.0.0.6", "10.0.0.1", source_port=514, destination_port=1000)
    assert reached(topology, reply, "host:log/eth0") == {"stack:r/a"}
    other = packet("10.0.0.6", "10.0.0.1", source_port=515, destination_port=1000)
    assert not reached(topology, other, "host:log/eth0")


def test_a_device_takes_only_established_tcp_as_a_reply() -> None:
    """A new TCP packet from the port it opens to is no reply."""
    opens = (Opening(EndpointRef(EndpointKind.HOST, "k"), (service(TCP, 80),)),)
    own = device("r", face("a", "A", "10.0.0.1/24"), opens=opens)
    topology = net(A, own, host("k", "A", "10.0.0.6"))
    for established in (True, False):
        answer = packet("10.0.0.6", "10.0.0.1", TCP, source_port=80, established=established)
        assert bool(reached(topology, answer, "host:k/eth0")) is established


def test_every_host_that_owns_the_destination_in_the_domain_takes_the_packet() -> None:
    """The owner is delivered to, others are not, a group's members among themselves too."""
    topology = net(A, host("h", "A", "10.0.0.5"), host("k", "A", "10.0.0.6-10.0.0.8"))
    assert reached(topology, packet("10.0.0.6", "10.0.0.8"), "host:k/eth0") == {"host:k/eth0"}
    assert reached(topology, packet("10.0.0.6", "10.0.0.5"), "host:k/eth0") == {"host:h/eth0"}


def test_unclaimed_addresses_arrive_at_access_ports_and_address_less_hosts() -> None:
    """Whoever plugs in may take an address nobody declares; so may a host without addresses."""
    topology = net(A, host("h", "A"), host("k", "A", "10.0.0.6"))
    assert reached(topology, packet("10.0.0.6", "10.0.0.9"), "host:k/eth0") == {
        "access:A",
        "host:h/eth0",
    }


def test_access_ports_of_a_guarded_segment_take_nothing() -> None:
    """Nothing unknown is plugged in there; a declared host without addresses still owns them."""
    topology = net(GUARDED, host("h", "A"), host("k", "A", "10.0.0.6"))
    assert reached(topology, packet("10.0.0.6", "10.0.0.9"), "host:k/eth0") == {"host:h/eth0"}


@pytest.mark.parametrize(
    "claimant",
    [
        host("c", "B", "10.0.0.9"),
        device("c", face("b", "B", "10.0.0.9/32")),
        external("c", "B", "10.0.0.9"),
        external("c", "B", peers=("10.0.0.9",)),
    ],
)
def test_an_address_declared_anywhere_is_claimed(claimant: Any) -> None:
    """A host, device interface, external edge or peer elsewhere takes it from the access ports."""
    topology = net(A, B, claimant)
    assert not reached(topology, packet("10.0.0.5", "10.0.0.9"), "access:A")


def test_an_address_outside_the_prefixes_of_the_domain_is_nobodys() -> None:
    """Nobody takes it and the trace says so."""
    found = trace(net(A), packet("10.0.0.5", "10.9.0.9"), "access:A")
    assert (arrivals(found), reasons(found)) == (set(), {"drop.nobody"})


def test_a_host_answers_on_any_of_its_addresses_at_the_receiving_interface() -> None:
    """The delivery names the interface in the domain, not the owner of the address."""
    twin = Host("h", (card("eth0", "A", "10.0.0.5"), card("eth1", "B", "10.1.0.5")))
    topology = net(A, B, twin)
    assert reached(topology, packet("10.0.0.9", "10.1.0.5"), "access:A") == {"host:h/eth0"}


def test_a_host_with_two_interfaces_in_a_domain_is_delivered_to_at_both() -> None:
    """Either card may answer."""
    twin = Host("h", (card("eth0", "A", "10.0.0.5"), card("eth1", "A", "10.0.0.6")))
    found = reached(net(A, twin), packet("10.0.0.9", "10.0.0.5"), "access:A")
    assert found == {"host:h/eth0", "host:h/eth1"}


def test_a_senders_packet_reaches_every_edge_of_its_domain_whatever_the_destination() -> None:
    """The sender hands it to the edge as next hop."""
    topology = net(A, B, external("x", "A", "10.0.0.2"), external("y", "B"))
    assert reached(topology, packet("10.0.0.9", "198.51.100.1"), "access:A") == {"edge:x/e"}


def test_a_senders_packet_enters_every_router_of_its_domain() -> None:
    """Also one that is not on the way, since the sender chooses the next hop."""
    left = device("l", face("a", "A", "10.0.0.1/24"), face("b", "B", "10.1.0.1/24"))
    c = segment("C", "10.2.0.0/24")
    right = device("r", face("a", "A", "10.0.0.2/24"), face("c", "C", "10.2.0.2/24"))
    topology = net(A, B, c, left, right)
    assert reached(topology, packet("10.0.0.9", "10.1.0.9"), "access:A") == {"access:B"}
    assert reached(topology, packet("10.0.0.9", "10.2.0.9"), "access:A") == {"access:C"}


def managed(**rest: Any) -> Any:
    """Return a router between A and B whose management admits SSH at `a`."""
    entry = ManagementAccess(ANY_ADDRESS, (service(TCP, 22),), ("a",))
    fields = {"management": (entry,), **rest}
    own = device("r", face("a", "A", "10.0.0.1/24"), face("b", "B", "10.1.0.1/24"), **fields)
    return net(A, B, own)


@pytest.mark.parametrize(
    ("origin", "destination", "port", "taken"),
    [
        ("access:A", "10.0.0.1", 22, {"stack:r/a"}),
        ("access:A", "10.1.0.1", 22, {"stack:r/a"}),
        ("access:A", "10.0.0.1", 23, set()),
        ("access:B", "10.1.0.1", 22, set()),
    ],
)
def test_the_stack_takes_what_management_admits_at_the_receiving_interface(
    origin: str, destination: str, port: int, taken: set[str]
) -> None:
    """Any own address of the VRF is good, the entry's interface is the one the packet entered."""
    found = trace(managed(), packet("10.0.0.9", destination, TCP, destination_port=port), origin)
    assert arrivals(found) == taken
    assert ("drop.local" in reasons(found)) is not bool(taken)


def test_management_looks_at_the_source() -> None:
    """A source no entry holds is not admitted."""
    topology = managed(management=(ManagementAccess(match("10.0.0.0/25")),))
    assert reached(topology, packet("10.0.0.9", "10.0.0.1"), "access:A") == {"stack:r/a"}
    assert not reached(topology, packet("10.0.0.200", "10.0.0.1"), "access:A")


@pytest.mark.parametrize(("closure", "taken"), [(Closure.UPPER, True), (Closure.LOWER, False)])
def test_undeclared_management_admits_everyone_or_no_one(closure: Closure, taken: bool) -> None:
    """The upper closure leaks, the lower one does not (section 7)."""
    found = reached(managed(management=None), packet("10.0.0.9", "10.0.0.1"), "access:A", closure)
    assert bool(found) is taken


def test_a_packet_to_the_device_itself_goes_no_further() -> None:
    """A host elsewhere that shares the address is not reached through the device."""
    topology = net(A, B, *managed().devices, host("h", "B", "10.0.0.1"))
    assert not reached(topology, packet("10.0.0.9", "10.0.0.1"), "access:A")


def test_the_stack_of_another_vrf_does_not_own_the_address() -> None:
    """The packet is routed, not taken."""
    own = device(
        "r",
        face("a", "A", "10.0.0.1/24", vrf="red"),
        face("b", "B", "10.1.0.1/24", vrf="blue"),
        management=None,
    )
    found = trace(net(A, B, own), packet("10.0.0.9", "10.1.0.1"), "access:A", Closure.UPPER)
    assert (arrivals(found), reasons(found)) == (set(), {"drop.no-route"})


def test_filter_in_stands_before_the_stack() -> None:
    """What it denies, management does not see."""
    own = device(
        "r",
        face("a", "A", "10.0.0.1/24", filter_in="acl"),
        filters=(rules(permit(services=(service(TCP, 22),))),),
        management=None,
    )
    topology = net(A, own)
    ssh, telnet = (packet("10.0.0.9", "10.0.0.1", TCP, destination_port=port) for port in (22, 23))
    taken = trace(topology, ssh, "access:A", Closure.UPPER)
    assert arrivals(taken) == {"stack:r/a"}
    (hop,) = taken.deliveries[0].hops
    assert (hop.node, hop.out_interface, hop.decisions[0].verdict) == ("r", None, "permit")
    found = trace(topology, telnet, "access:A", Closure.UPPER)
    assert (arrivals(found), reasons(found)) == (set(), {"drop.denied"})


def test_an_l2_switch_takes_packets_for_itself_and_forwards_none() -> None:
    """Its management interface is a stack, not a router."""
    own = device(
        "s",
        face("a", "A", "10.0.0.1/24"),
        face("b", "B", "10.1.0.1/24"),
        kind=DeviceKind.L2_SWITCH,
        management=None,
        routes=(route("0.0.0.0/0", interface="b"),),
    )
    topology = net(A, B, own)
    to_stack = packet("10.0.0.9", "10.0.0.1")
    assert reached(topology, to_stack, "access:A", Closure.UPPER) == {"stack:s/a"}
    found = trace(topology, packet("10.0.0.9", "10.1.0.9"), "access:A", Closure.UPPER)
    assert (arrivals(found), reasons(found)) == (set(), {"drop.nobody"})
