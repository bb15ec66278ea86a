"""The routes that shortest paths give."""

from dataclasses import replace
from ipaddress import IPv4Address, ip_address, ip_interface, ip_network

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from zonecheck.dataplane.shortest_paths import DEFAULTS, with_shortest_paths
from zonecheck.model.address import AddressRange, IPNetwork
from zonecheck.model.device import Device, DeviceKind, L3Interface, Route
from zonecheck.model.external import External, ExternalEdge, Openness
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology

MOST = 5
Pair = tuple[int, int]


def prefix_of(a: int, b: int) -> IPNetwork:
    """Return the prefix of the segment between two routers, or of the stub of one."""
    return ip_network(f"10.{a}.{b}.0/24")


def name_of(pair: Pair) -> str:
    """Return the segment between two routers."""
    return f"S{pair[0]}{pair[1]}"


def network(pairs: set[Pair]) -> Topology:
    """Return routers without routes, each with a stub segment, joined as the pairs say."""
    places = sorted({(n, n) for n in range(MOST)} | pairs)
    segments = tuple(Segment(name_of(p), "lgwan", prefixes=(prefix_of(*p),)) for p in places)
    routers = tuple(
        Device(
            f"r{n}",
            DeviceKind.ROUTER,
            tuple(
                L3Interface(name_of(p), name_of(p), (ip_interface(f"10.{p[0]}.{p[1]}.{n + 1}/24"),))
                for p in places
                if n in p
            ),
            routes=None,
        )
        for n in range(MOST)
    )
    return Topology("graph", segments=segments, devices=routers)


GRAPHS = st.sets(
    st.tuples(st.integers(0, MOST - 1), st.integers(0, MOST - 1)).filter(lambda p: p[0] < p[1]),
    max_size=7,
)


def routes_of(topology: Topology, name: str) -> tuple[Route, ...]:
    """Return the routes of a device, which must have some declared."""
    routes = topology.device_by_id[name].routes
    assert routes is not None
    return routes


@settings(max_examples=60, deadline=None)
@given(GRAPHS)
def test_next_hops_are_all_neighbours_that_are_one_hop_nearer(pairs: set[Pair]) -> None:
    """As networkx counts hops; where there is no path there is no route."""
    routed = with_shortest_paths(network(pairs))
    graph = nx.Graph(list(pairs))
    graph.add_nodes_from(range(MOST))
    for near in range(MOST):
        lengths = nx.single_source_shortest_path_length(graph, near)
        for far in set(range(MOST)) - {near}:
            hops = {
                int(hop) & 0xFF
                for route in routes_of(routed, f"r{near}")
                if route.prefix == prefix_of(far, far)
                for hop in route.next_hops
            }
            nearer = {
                n + 1
                for n in graph[near]
                if far in lengths and nx.shortest_path_length(graph, n, far) == lengths[far] - 1
            }
            assert hops == nearer


def test_declared_routes_stay() -> None:
    """Only what declares none is given routes, and its neighbours may go through the others."""
    design = network({(0, 1), (1, 2)})
    own = (Route(ip_network("10.9.0.0/16"), discard=True),)
    declared = replace(
        design,
        devices=tuple(replace(d, routes=own) if d.id == "r1" else d for d in design.devices),
    )
    routed = with_shortest_paths(declared)
    assert routed.device_by_id["r1"].routes == own
    assert prefix_of(2, 2) in {route.prefix for route in routes_of(routed, "r0")}
    assert with_shortest_paths(routed) == routed


def test_open_networks_get_the_default_route_and_closed_ones_their_prefixes() -> None:
    """The nearest way out counts, over the address of the edge."""
    design = network({(0, 1)})
    edges = [
        ExternalEdge("e", name_of((n, n)), (AddressRange.of_address(ip_address(f"10.{n}.{n}.9")),))
        for n in (0, 1)
    ]
    partner = ip_network("172.16.0.0/16")
    externals = (
        External("internet", (edges[0],), Openness.OPEN),
        External("partner", (edges[1],), Openness.CLOSED, prefixes=(partner,)),
    )
    routed = with_shortest_paths(replace(design, externals=externals))
    found = {route.prefix: route.next_hops for route in routes_of(routed, "r0")}
    assert found[DEFAULTS[0]] == (IPv4Address("10.0.0.9"),)
    assert found[partner] == (IPv4Address("10.0.1.2"),)
    behind = {route.prefix: route.next_hops for route in routes_of(routed, "r1")}
    assert behind[DEFAULTS[0]] == (IPv4Address("10.0.1.1"),)
    assert behind[partner] == (IPv4Address("10.1.1.9"),)


def test_an_edge_without_an_address_is_reached_by_one_it_may_have() -> None:
    """The next hop is an address of its segment that nobody claims."""
    design = network(set())
    edge = ExternalEdge("e", name_of((0, 0)))
    routed = with_shortest_paths(
        replace(design, externals=(External("internet", (edge,), Openness.OPEN),))
    )
    found = {route.prefix: route.next_hops for route in routes_of(routed, "r0")}
    assert found[DEFAULTS[0]] == (IPv4Address("10.0.0.2"),)


def test_a_host_that_forwards_is_a_router() -> None:
    """Its neighbours route through it, and it gets routes of its own."""
    design = network(set())
    cards = tuple(
        HostInterface(
            f"eth{n}",
            name_of((n, n)),
            (AddressRange.of_address(ip_address(f"10.{n}.{n}.77")),),
        )
        for n in (0, 1)
    )
    host = Host("gateway", cards, ip_forward=True)
    routed = with_shortest_paths(replace(design, hosts=(host,)))
    found = {route.prefix: route.next_hops for route in routes_of(routed, "r0")}
    assert found[prefix_of(1, 1)] == (IPv4Address("10.0.0.77"),)
    assert routed.hosts[0].routes == ()
