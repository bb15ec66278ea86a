"""Section 4: routes, source checks, emission and forwarding hosts."""

from ipaddress import ip_address
from typing import Any

import pytest

from tests.simulate.networks import (
    access,
    arrivals,
    card,
    device,
    external,
    face,
    host,
    known_arrivals,
    known_reached,
    link,
    net,
    packet,
    reached,
    reasons,
    route,
    segment,
    switch,
    trace,
    trunk,
)
from zonecheck.model.closure import Closure
from zonecheck.model.device import ReversePath
from zonecheck.model.host import Host, HostRoute
from zonecheck.model.topology import Topology
from zonecheck.simulate import Simulator

A = segment("A", "10.0.0.0/24")
B = segment("B", "10.1.0.0/24")
C = segment("C", "10.2.0.0/24")
D = segment("D", "10.3.0.0/24")
HOSTS = (
    host("ha", "A", "10.0.0.5"),
    host("hb", "B", "10.1.0.5"),
    host("hc", "C", "10.2.0.5"),
    host("hd", "D", "10.3.0.5"),
)
FACES = (
    face("a", "A", "10.0.0.1/24"),
    face("b", "B", "10.1.0.1/24"),
    face("c", "C", "10.2.0.1/24"),
)


def one_router(*routes: Any, faces: Any = FACES, **rest: Any) -> Topology:
    """Return one router at A, B and C."""
    return net(A, B, C, D, *HOSTS, device("r", *faces, **{"routes": routes, **rest}))


def two_routers(*routes: Any) -> Topology:
    """Return a router at A and B with the routes given, and one at B and D, and one at C and D."""
    return net(
        A,
        B,
        C,
        D,
        *HOSTS,
        device("r", *FACES, routes=routes),
        device("q", face("b", "B", "10.1.0.2/24"), face("d", "D", "10.3.0.1/24")),
        device("p", face("c", "C", "10.2.0.2/24"), face("d", "D", "10.3.0.2/24")),
    )


TO_B = packet("10.0.0.5", "10.1.0.5")
TO_D = packet("10.0.0.5", "10.3.0.5")


def test_a_connected_prefix_leads_to_the_owner_of_the_destination() -> None:
    """The router hands the packet to the host that owns it, and the trace lists the hop."""
    found = trace(one_router(), TO_B, "host:ha/eth0")
    assert arrivals(found) == {"host:hb/eth0"}
    (hop,) = found.deliveries[0].hops
    assert (hop.node, hop.in_interface, hop.out_interface) == ("r", "a", "b")


def test_without_a_route_a_packet_is_dropped() -> None:
    """Declared routes are the only ones."""
    found = trace(one_router(), TO_D, "host:ha/eth0")
    assert (arrivals(found), reasons(found)) == (set(), {"drop.no-route"})


def test_a_static_route_leads_over_its_next_hop() -> None:
    """The next hop's own routes decide on."""
    found = trace(two_routers(route("10.3.0.0/24", "10.1.0.2")), TO_D, "host:ha/eth0")
    assert arrivals(found) == {"host:hd/eth0"}
    assert [hop.node for hop in found.deliveries[0].hops] == ["r", "q"]


def test_a_routers_packet_goes_to_the_next_hop_and_to_nothing_else() -> None:
    """Neither other routers nor external edges nor the owner of the destination see it."""
    topology = net(
        A,
        B,
        host("ha", "A", "10.0.0.5"),
        device("r", *FACES[:2], routes=(route("0.0.0.0/0", "10.1.0.2"),)),
        external("x", "B", "10.1.0.2"),
        external("y", "B", "10.1.0.3"),
        host("stranger", "B", "192.0.2.7"),
    )
    sent = packet("10.0.0.5", "192.0.2.7")
    assert reached(topology, sent, "host:ha/eth0") == {"edge:x/e"}


def test_a_next_hop_that_nobody_forwarding_carries_takes_nothing() -> None:
    """A host that does not forward ignores what is handed to it for others."""
    found = trace(
        one_router(route("10.3.0.0/24", "10.1.0.5")), packet("10.0.0.5", "10.3.0.5"), "host:ha/eth0"
    )
    assert (arrivals(found), reasons(found)) == (set(), {"drop.nobody"})


def test_a_next_hop_nobody_claims_is_whoever_plugs_in() -> None:
    """The access ports take everything that is routed to an address free there."""
    found = trace(
        one_router(route("10.9.0.0/24", "10.1.0.77")),
        packet("10.0.0.5", "10.9.0.5"),
        "host:ha/eth0",
    )
    assert arrivals(found) == {"access:B"}


def test_the_longest_prefix_decides() -> None:
    """A more specific discard hides the default route and the other way round."""
    hidden = two_routers(route("0.0.0.0/0", "10.1.0.2"), route("10.3.0.0/25", discard=True))
    found = trace(hidden, TO_D, "host:ha/eth0")
    assert (arrivals(found), reasons(found)) == (set(), {"drop.discard"})
    open_ = two_routers(route("0.0.0.0/0", discard=True), route("10.3.0.0/25", "10.1.0.2"))
    assert reached(open_, TO_D, "host:ha/eth0") == {"host:hd/eth0"}


def test_of_a_connected_and_a_static_route_of_one_prefix_the_connected_one_counts() -> None:
    """A discard of the connected prefix has no effect."""
    found = trace(one_router(route("10.1.0.0/24", discard=True)), TO_B, "host:ha/eth0")
    assert (arrivals(found), reasons(found)) == ({"host:hb/eth0"}, set())


@pytest.mark.parametrize(
    "routes",
    [
        (route("10.3.0.0/24", "10.1.0.2", "10.2.0.2"),),
        (route("10.3.0.0/24", "10.1.0.2"), route("10.3.0.0/24", "10.2.0.2")),
    ],
)
def test_every_branch_of_equal_cost_is_taken(routes: Any) -> None:
    """Several next hops, or several routes of one prefix, all count."""
    topology = two_routers(*routes)
    far = [d for d in topology.devices if d.id in ("q", "p")]
    for gone in far:
        rest = net(A, B, C, D, *HOSTS, *(d for d in topology.devices if d is not gone))
        found = trace(rest, TO_D, "host:ha/eth0")
        # The next hop that is gone left its address to whoever plugs in there.
        assert "host:hd/eth0" in arrivals(found)
        assert arrivals(found) - {"host:hd/eth0"} in ({"access:B"}, {"access:C"})


def test_one_discarding_branch_does_not_stop_the_other() -> None:
    """Two routes of one prefix, one of them to discard, deliver and drop."""
    topology = two_routers(route("10.3.0.0/24", "10.1.0.2"), route("10.3.0.0/24", discard=True))
    found = trace(topology, TO_D, "host:ha/eth0")
    assert (arrivals(found), reasons(found)) == ({"host:hd/eth0"}, {"drop.discard"})


def test_an_interface_route_puts_the_prefix_on_a_link() -> None:
    """The owner of the destination there takes it, a router there does not."""
    owner = host("far", "B", "10.9.0.9")
    topology = net(
        A, B, *HOSTS[:2], owner, *one_router(route("10.9.0.0/24", interface="b")).devices
    )
    sent = packet("10.0.0.5", "10.9.0.9")
    assert reached(topology, sent, "host:ha/eth0") == {"host:far/eth0"}


@pytest.mark.parametrize(
    ("destination", "arrives"),
    [
        ("10.1.0.9", {"access:B"}),
        ("10.1.0.2", {"edge:x/e"}),
        ("10.1.0.3", set()),
    ],
)
def test_a_connected_prefix_leads_to_edges_and_access_ports_by_address(
    destination: str, arrives: set[str]
) -> None:
    """An edge takes its declared addresses, access ports the unclaimed, a peer's address nobody."""
    edge = external("x", "B", "10.1.0.2", peers=("10.1.0.3",))
    topology = net(A, B, HOSTS[0], device("r", *FACES[:2]), edge)
    assert reached(topology, packet("10.0.0.5", destination), "host:ha/eth0") == arrives


def test_a_routed_packet_is_delivered_to_the_hosts_that_answer_in_that_domain() -> None:
    """A host with an interface there takes packets for its other addresses on a leaked prefix."""
    twin = Host("h", (card("eth0", "B", "10.1.0.9"), card("eth1", "D", "10.3.0.9")))
    router = device("r", *FACES[:2], routes=(route("10.3.0.0/24", interface="b"),))
    topology = net(A, B, D, HOSTS[0], router, twin)
    found = reached(topology, packet("10.0.0.5", "10.3.0.9"), "host:ha/eth0")
    assert found == {"host:h/eth0"}


def test_a_routed_packet_for_a_device_passes_that_devices_checks() -> None:
    """The stack behind a router takes it by the interface in the last domain, after steps 1-3."""
    for sources, taken in ((None, {"stack:s/b"}), ((), set[str]())):
        stack = device("s", face("b", "B", "10.1.0.9/24", sources=sources), management=None)
        topology = net(A, B, HOSTS[0], device("r", *FACES[:2]), stack)
        sent = packet("10.0.0.5", "10.1.0.9")
        found = reached(topology, sent, "host:ha/eth0", Closure.UPPER)
        assert found == taken


def vrfs(*routes: Any) -> Topology:
    """Return one router with A in VRF red and B in VRF blue."""
    faces = face("a", "A", "10.0.0.1/24", vrf="red"), face("b", "B", "10.1.0.1/24", vrf="blue")
    return one_router(*routes, faces=faces)


def test_vrfs_know_only_their_own_routes() -> None:
    """A connected prefix of another VRF is no route."""
    found = trace(vrfs(), TO_B, "host:ha/eth0")
    assert (arrivals(found), reasons(found)) == (set(), {"drop.no-route"})


def test_a_static_route_counts_in_its_own_vrf_only() -> None:
    """The same route in the VRF of the incoming interface delivers, in another it does not."""
    for vrf, arrives in (("blue", set[str]()), ("red", {"host:hb/eth0"})):
        topology = vrfs(route("10.1.0.0/24", interface="b", vrf=vrf))
        assert reached(topology, TO_B, "host:ha/eth0") == arrives


def test_a_route_out_of_an_interface_of_another_vrf_leaks() -> None:
    """Routes by interface cross VRFs, one direction at a time."""
    topology = vrfs(route("10.1.0.0/24", interface="b", vrf="red"))
    assert reached(topology, TO_B, "host:ha/eth0") == {"host:hb/eth0"}
    assert not reached(topology, packet("10.1.0.5", "10.0.0.5"), "host:hb/eth0")


def test_next_hops_are_looked_up_in_the_vrf_of_the_route() -> None:
    """A next hop in another VRF's connected prefix leads nowhere."""
    topology = vrfs(route("10.3.0.0/24", "10.1.0.2", vrf="red"))
    found = trace(topology, TO_D, "host:ha/eth0")
    assert (arrivals(found), reasons(found)) == (set(), {"drop.no-route"})


def test_a_router_may_send_back_out_of_the_interface_a_packet_came_by() -> None:
    """The outgoing interface may be the incoming one."""
    far = device("q", face("a", "A", "10.0.0.2/24"), face("d", "D", "10.3.0.1/24"))
    near = device("r", *FACES, routes=(route("10.3.0.0/24", "10.0.0.2"),))
    topology = net(A, B, D, *HOSTS, near, far)
    sent = packet("10.1.0.5", "10.3.0.5")
    assert reached(topology, sent, "host:hb/eth0") == {"host:hd/eth0"}


def test_undeclared_routes_lead_out_of_every_interface_whatever_the_vrf() -> None:
    """To the owner, to every external edge and to every forwarding neighbour there."""
    faces = face("a", "A", "10.0.0.1/24", vrf="red"), face("b", "B", "10.1.0.1/24", vrf="blue")
    topology = net(
        A,
        B,
        D,
        *HOSTS[:2],
        HOSTS[3],
        device("r", *faces, routes=None),
        device("q", face("b", "B", "10.1.0.2/24"), face("d", "D", "10.3.0.1/24")),
        external("x", "B"),
    )
    assert known_reached(topology, TO_B, "host:ha/eth0") == {"host:hb/eth0", "edge:x/e"}
    assert known_reached(topology, TO_D, "host:ha/eth0") == {"host:hd/eth0", "edge:x/e"}


def checked(**fields: Any) -> Topology:
    """Return one router whose interface at A has source checks, with a default route to B."""
    faces = (face("a", "A", "10.0.0.1/24", **fields), *FACES[1:])
    return one_router(
        route("10.9.0.0/24", "10.1.0.2"), route("10.8.0.0/24", discard=True), faces=faces
    )


def by_source(source: str, topology: Topology) -> tuple[set[str], set[str]]:
    """Return where a packet from A with a source address arrives, and why it is dropped."""
    found = trace(topology, packet(source, "10.1.0.5"), "host:ha/eth0")
    return arrivals(found), reasons(found)


DELIVERED = ({"host:hb/eth0"}, set[str]())


def test_sources_are_the_only_ones_accepted() -> None:
    """Others are dropped at the interface."""
    topology = checked(sources=segment("x", "10.0.0.0/25").prefixes)
    assert by_source("10.0.0.5", topology) == DELIVERED
    assert by_source("10.0.0.200", topology) == (set(), {"drop.source-prefix"})


def test_sources_of_one_ip_version_drop_the_other() -> None:
    """An IPv4 list accepts no IPv6 source."""
    a6, b6 = segment("A", "2001:db8:a::/64"), segment("B", "2001:db8:b::/64")
    sources = segment("x", "0.0.0.0/0").prefixes
    faces = (
        face("a", "A", "2001:db8:a::1/64", sources=sources),
        face("b", "B", "2001:db8:b::1/64"),
    )
    topology = net(a6, b6, device("r", *faces))
    found = trace(topology, packet("2001:db8:a::5", "2001:db8:b::5"), "access:A")
    assert reasons(found) == {"drop.source-prefix"}


def test_the_strict_check_wants_the_best_route_back_by_the_same_interface() -> None:
    """Routes by another interface, to discard or none at all do not do."""
    topology = checked(reverse_path=ReversePath.STRICT)
    assert by_source("10.0.0.77", topology) == DELIVERED
    for source in ("10.2.0.5", "10.9.0.5", "10.8.0.5", "192.0.2.1"):
        assert by_source(source, topology) == (set(), {"drop.reverse-path"})


def test_the_strict_check_accepts_any_of_several_best_routes() -> None:
    """With equal cost one of them by this interface is enough."""
    faces = (face("a", "A", "10.0.0.1/24", reverse_path=ReversePath.STRICT), *FACES[1:])
    topology = one_router(route("10.9.0.0/24", "10.0.0.2", "10.1.0.2"), faces=faces)
    assert by_source("10.9.0.5", topology) == DELIVERED


def test_the_loose_check_wants_any_route() -> None:
    """Any interface will do; a discard route is a route."""
    topology = checked(reverse_path=ReversePath.LOOSE)
    for source in ("10.2.0.5", "10.9.0.5", "10.8.0.5"):
        assert by_source(source, topology) == DELIVERED
    assert by_source("192.0.2.1", topology) == (set(), {"drop.reverse-path"})


@pytest.mark.parametrize("check", ReversePath)
def test_a_device_without_declared_routes_passes_every_source(check: ReversePath) -> None:
    """There is nothing to check against."""
    faces = (face("a", "A", "10.0.0.1/24", reverse_path=check), *FACES[1:])
    arrived, _ = by_source("192.0.2.1", one_router(faces=faces, routes=None))
    assert "host:hb/eth0" in arrived


def test_a_loop_ends() -> None:
    """Two routers that point at each other stop at the interface entered twice."""
    link_ab = segment("L", "10.255.0.0/30")
    left = device(
        "l",
        face("a", "A", "10.0.0.1/24"),
        face("x", "L", "10.255.0.1/30"),
        routes=(route("0.0.0.0/0", "10.255.0.2"),),
    )
    right = device("r", face("x", "L", "10.255.0.2/30"), routes=(route("0.0.0.0/0", "10.255.0.1"),))
    found = trace(net(A, link_ab, left, right), packet("10.0.0.5", "192.0.2.1"), "access:A")
    assert (arrivals(found), reasons(found)) == (set(), {"drop.loop"})


def test_undeclared_routes_in_a_circle_end() -> None:
    """Three routers that send anywhere deliver once and stop."""
    circle = [
        device(
            name,
            face("x", x, routes_address(x, n)),
            face("y", y, routes_address(y, n)),
            routes=None,
        )
        for n, (name, x, y) in enumerate((("p", "A", "B"), ("q", "B", "C"), ("r", "C", "A")), 1)
    ]
    found = trace(net(A, B, C, *HOSTS[:3], *circle), packet("10.0.0.5", "10.2.0.5"), "host:ha/eth0")
    assert known_arrivals(found) == {"host:hc/eth0"}
    assert "drop.loop" in reasons(found)


def routes_address(name: str, number: int) -> str:
    """Return an address of segment A, B or C with prefix length."""
    return f"10.{'ABC'.index(name)}.0.{number}/24"


def dual(**fields: Any) -> Topology:
    """Return a host at A and B, and another router from B to D."""
    twin = Host("h", (card("eth0", "A", "10.0.0.9"), card("eth1", "B", "10.1.0.9")), **fields)
    router = device("q", face("b", "B", "10.1.0.2/24"), face("d", "D", "10.3.0.1/24"))
    return net(A, B, D, *HOSTS[:2], HOSTS[3], twin, router)


@pytest.mark.parametrize(
    ("declared", "closure", "forwards"),
    [
        (True, Closure.LOWER, True),
        (True, Closure.UPPER, True),
        (None, Closure.LOWER, False),
        (None, Closure.UPPER, True),
        (False, Closure.UPPER, False),
    ],
)
def test_a_host_with_several_interfaces_forwards_as_declared_or_as_closed(
    declared: bool | None, closure: Closure, forwards: bool
) -> None:
    """Undeclared, it forwards in the upper closure only (section 7)."""
    found = known_reached(dual(ip_forward=declared), TO_B, "host:ha/eth0", closure)
    assert (found == {"host:hb/eth0"}) is forwards


def test_an_undeclared_host_with_one_interface_does_not_forward() -> None:
    """Only several interfaces raise the question; declared, one interface forwards too."""
    c_on_a = host("far", "A", "10.9.0.9")
    for declared, entered in ((None, False), (True, True)):
        topology = net(A, host("h", "A", "10.0.0.9", ip_forward=declared), c_on_a)
        found = trace(topology, packet("10.0.0.5", "10.8.0.1"), "access:A", Closure.UPPER)
        assert any(drop.hops for drop in found.drops) is entered


def test_undeclared_routes_may_lead_to_whoever_plugs_in() -> None:
    """A next hop nobody declares may be any machine at a free port, whatever the destination."""
    found = reached(one_router(routes=None), TO_B, "host:ha/eth0")
    assert {"access:B", "access:C"} <= found


def test_undeclared_routes_lead_to_no_access_port_of_a_guarded_segment() -> None:
    """There nothing unknown can be plugged in."""
    guarded = segment("B", "10.1.0.0/24", guarded=True)
    topology = net(A, guarded, *HOSTS[:2], device("r", *FACES[:2], routes=None))
    assert reached(topology, TO_B, "host:ha/eth0") == {"host:hb/eth0", "access:A"}


def test_a_forwarding_host_without_routes_sends_by_any_interface() -> None:
    """It reaches every forwarding neighbour, hence D behind the router at B."""
    assert known_reached(dual(ip_forward=True), TO_D, "host:ha/eth0") == {"host:hd/eth0"}


def test_a_forwarding_host_with_routes_uses_them() -> None:
    """Connected are the prefixes of its segments, the rest needs a static route."""
    assert reached(dual(ip_forward=True, routes=()), TO_B, "host:ha/eth0") == {"host:hb/eth0"}
    found = trace(dual(ip_forward=True, routes=()), TO_D, "host:ha/eth0")
    assert (arrivals(found), reasons(found)) == (set(), {"drop.no-route"})
    via = HostRoute(D.prefixes[0], next_hop=ip_address("10.1.0.2"))
    topology = dual(ip_forward=True, routes=(via,))
    assert reached(topology, TO_D, "host:ha/eth0") == {"host:hd/eth0"}


def test_a_forwarding_hosts_route_may_put_a_prefix_on_a_link() -> None:
    """The owner of the destination on that link takes the packet."""
    onto = HostRoute(D.prefixes[0], interface="eth1")
    far = host("far", "B", "10.3.0.77")
    topology = dual(ip_forward=True, routes=(onto,))
    with_far = net(*topology.segments, *topology.hosts, far)
    sent = packet("10.0.0.5", "10.3.0.77")
    assert reached(with_far, sent, "host:ha/eth0") == {"host:far/eth0"}


def test_a_forwarding_host_keeps_what_is_for_itself() -> None:
    """A packet for one of its declared addresses goes no further."""
    topology = net(
        *dual(ip_forward=True).segments, *dual(ip_forward=True).hosts, external("x", "B")
    )
    found = reached(topology, packet("10.0.0.5", "10.1.0.9"), "host:ha/eth0")
    assert found == {"host:h/eth0"}


def test_a_forwarding_host_may_own_or_forward_an_unclaimed_address() -> None:
    """A host without declared addresses may have it, and so may whoever is plugged in beyond."""
    twin = Host("h", (card("eth0", "A", "10.0.0.9"), card("eth1", "B")), ip_forward=True)
    found = reached(net(A, B, HOSTS[0], twin), packet("10.0.0.5", "10.1.0.7"), "host:ha/eth0")
    assert found == {"host:h/eth0", "host:h/eth1", "access:A", "access:B"}


def test_a_next_hop_may_be_a_forwarding_host() -> None:
    """Routers hand packets to the interface that carries the next hop's address."""
    twin = Host(
        "h", (card("eth0", "B", "10.1.0.9"), card("eth1", "D", "10.3.0.9")), ip_forward=True
    )
    router = device("r", *FACES[:2], routes=(route("10.3.0.0/24", "10.1.0.9"),))
    topology = net(A, B, D, HOSTS[0], HOSTS[3], router, twin)
    assert known_reached(topology, TO_D, "host:ha/eth0") == {"host:hd/eth0"}


def test_svis_of_one_switch_route_between_vlans() -> None:
    """A layer-3 switch forwards between its VLANs; hosts behind trunks and ports are reached."""
    a, b = segment("A", "10.0.0.0/24", vlan=10), segment("B", "10.1.0.0/24", vlan=20)
    core = switch(
        "core",
        trunk("t", 10, 20),
        faces=(face("v10", "A", "10.0.0.1/24", vlan=10), face("v20", "B", "10.1.0.1/24", vlan=20)),
    )
    edge = switch("edge", trunk("t", 10, 20), access("1", 10), access("2", 20))
    cables = link("core/t", "edge/t"), link("edge/1", "ha/eth0"), link("edge/2", "hb/eth0")
    found = trace(net(a, b, core, edge, *HOSTS[:2], *cables), TO_B, "host:ha/eth0")
    assert arrivals(found) == {"host:hb/eth0"}
    (hop,) = found.deliveries[0].hops
    assert (hop.node, hop.in_interface, hop.out_interface) == ("core", "v10", "v20")


def test_subinterfaces_route_between_vlans_on_one_cable() -> None:
    """A router on a stick."""
    a, b = segment("A", "10.0.0.0/24", vlan=10), segment("B", "10.1.0.0/24", vlan=20)
    stick = device(
        "r",
        face("a", "A", "10.0.0.1/24", vlan=10, port="p"),
        face("b", "B", "10.1.0.1/24", vlan=20, port="p"),
    )
    topology = net(a, b, switch("s", trunk("t", 10, 20)), stick, link("s/t", "r/p"), *HOSTS[:2])
    assert reached(topology, TO_B, "host:ha/eth0") == {"host:hb/eth0"}


def test_the_shortest_way_is_kept_and_the_answer_is_always_the_same() -> None:
    """Of a direct way and one over a detour the direct one is shown, each time."""
    topology = two_routers(route("10.3.0.0/24", "10.1.0.2"))
    first = trace(topology, packet("10.1.0.5", "10.3.0.5"), "host:hb/eth0")
    assert [hop.node for hop in first.deliveries[0].hops] == ["q"]
    for _ in range(3):
        again = Simulator(topology).send(first.packet, first.origin)
        assert again == first
