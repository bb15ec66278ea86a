"""Section 4, step 5: policy routes."""

from ipaddress import ip_address
from typing import Any

import pytest

from tests.simulate.networks import (
    TCP,
    UDP,
    device,
    external,
    face,
    host,
    match,
    net,
    packet,
    reached,
    reasons,
    route,
    segment,
    service,
    trace,
)
from zonecheck.model.device import ManagementAccess, PolicyRoute
from zonecheck.model.filter import ANY_ADDRESS
from zonecheck.model.topology import Topology

A = segment("A", "10.0.0.0/24")
X = segment("X", "10.1.0.0/24")
Y = segment("Y", "10.2.0.0/24")
ORIGIN = "host:ha/eth0"
OUT = packet("10.0.0.5", "203.0.113.9")


def way(name: str = "pbr", hop: str | None = "10.2.0.9", **rest: Any) -> PolicyRoute:
    """Return a policy route to the edge of y."""
    return PolicyRoute(name, next_hop=None if hop is None else ip_address(hop), **rest)


def network(*entries: PolicyRoute, **rest: Any) -> Topology:
    """Return a router whose routes lead to x."""
    fields = {"routes": (route("0.0.0.0/0", "10.1.0.9"),), **rest}
    router = device(
        "r",
        face("a", "A", "10.0.0.1/24"),
        face("x", "X", "10.1.0.1/24"),
        face("y", "Y", "10.2.0.1/24"),
        policy_routes=entries,
        **fields,
    )
    edges = (external("x", "X", "10.1.0.9"), external("y", "Y", "10.2.0.9"))
    return net(A, X, Y, host("ha", "A", "10.0.0.5"), router, *edges)


def test_a_policy_route_comes_before_the_routes() -> None:
    """And is reported as what sent the packet there."""
    assert reached(network(), OUT, ORIGIN) == {"edge:x/e"}
    found = trace(network(way()), OUT, ORIGIN)
    assert {delivery.at.node for delivery in found.deliveries} == {"y"}
    assert found.deliveries[0].hops[0].policy_route == "pbr"


@pytest.mark.parametrize(
    ("entry", "matches"),
    [
        (way(sources=match("10.0.0.0/24")), True),
        (way(sources=match("10.0.0.6")), False),
        (way(destinations=match("203.0.113.0/24")), True),
        (way(destinations=match("198.51.100.0/24")), False),
        (way(services=(service(UDP, 2000),)), True),
        (way(services=(service(TCP, 2000),)), False),
        (way(in_interfaces=("a",)), True),
        (way(in_interfaces=("x",)), False),
    ],
)
def test_what_a_policy_route_does_not_match_goes_by_the_routes(
    *, entry: PolicyRoute, matches: bool
) -> None:
    """Every condition must hold."""
    expected = {"edge:y/e"} if matches else {"edge:x/e"}
    assert reached(network(entry), OUT, ORIGIN) == expected


def test_the_first_policy_route_that_matches_decides() -> None:
    """A later one is not looked at."""
    assert reached(network(way(hop="10.1.0.9"), way()), OUT, ORIGIN) == {"edge:x/e"}


def test_a_policy_route_also_wins_over_a_connected_prefix() -> None:
    """What lies on a link is sent elsewhere too."""
    near = packet("10.0.0.5", "10.1.0.77")
    assert "access:X" in reached(network(), near, ORIGIN)
    assert reached(network(way()), near, ORIGIN) == {"edge:y/e"}


def test_a_policy_route_never_takes_what_is_for_the_device() -> None:
    """Its own addresses stay its own."""
    access = ManagementAccess(ANY_ADDRESS)
    topology = network(way(), management=(access,))
    assert reached(topology, packet("10.0.0.5", "10.2.0.1"), ORIGIN) == {"stack:r/a"}


def test_an_interface_alone_means_its_link() -> None:
    """To the owner of the destination there, or whoever plugs in."""
    topology = network(way(hop=None, interface="y"))
    assert reached(topology, OUT, ORIGIN) == {"access:Y"}


def test_a_next_hop_in_no_connected_prefix_leads_nowhere() -> None:
    """The routes are not asked any more."""
    found = trace(network(way(hop="192.0.2.1")), OUT, ORIGIN)
    assert (found.deliveries, reasons(found)) == ((), {"drop.no-route"})


def test_a_policy_route_decides_where_routes_are_undeclared() -> None:
    """Without it the packet may leave by every interface."""
    assert reached(network(routes=None), OUT, ORIGIN) >= {"edge:x/e", "edge:y/e"}
    assert reached(network(way(), routes=None), OUT, ORIGIN) == {"edge:y/e"}
