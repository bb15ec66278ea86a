"""Section 6, tunnels: what their ends say to each other outside."""

from dataclasses import replace
from ipaddress import ip_address
from typing import Any

import pytest

from tests.simulate.networks import (
    ICMP,
    TCP,
    UDP,
    arrivals,
    device,
    external,
    face,
    net,
    packet,
    reached,
    reasons,
    route,
    rules,
    segment,
    trace,
)
from zonecheck.model.topology import Topology
from zonecheck.model.tunnel import TUNNEL_KINDS, Tunnel
from zonecheck.simulate import Packet

WAN = segment("WAN", "192.0.2.0/24")
INSIDE = segment("INSIDE", "10.0.0.0/24")
NEAR, FAR = "192.0.2.1", "198.51.100.1"
EDGE, STACK = "edge:x/e", "stack:r/w"


def network(kind: str = "ipsec", ends: tuple[str, ...] = (NEAR, FAR)) -> Topology:
    """Return a router with one end of a tunnel; the other is behind an external network."""
    router = device(
        "r",
        face("w", "WAN", "192.0.2.1/24"),
        face("i", "INSIDE", "10.0.0.1/24"),
        routes=(route("0.0.0.0/0", "192.0.2.254"),),
    )
    topology = net(WAN, INSIDE, router, external("x", "WAN", "192.0.2.254"))
    tunnel = Tunnel("t", kind, "INSIDE", tuple(map(ip_address, ends)))
    return replace(topology, tunnels=(tunnel,))


def ike(source: str = FAR, destination: str = NEAR, **rest: Any) -> Packet:
    """Return what starts an IPsec tunnel."""
    return packet(source, destination, UDP, **{"source_port": 500, "destination_port": 500, **rest})


def test_the_stack_of_an_end_admits_what_comes_from_the_other_end() -> None:
    """Although its management admits no one."""
    assert STACK in reached(network(), ike(), EDGE)
    assert STACK in reached(network(), packet(FAR, NEAR, 50), EDGE)
    undeclared = replace(network(), tunnels=())
    assert STACK not in reached(undeclared, ike(), EDGE)


@pytest.mark.parametrize("source", ["198.51.100.2", "192.0.2.254", NEAR])
def test_only_from_exactly_the_far_address(source: str) -> None:
    """Not from beside it, and not from its own."""
    found = trace(network(), ike(source), EDGE)
    assert (STACK in arrivals(found), reasons(found)) == (False, {"drop.local"})


@pytest.mark.parametrize(
    "sent",
    [
        ike(source_port=4711, destination_port=22),
        packet(FAR, NEAR, TCP, destination_port=500),
        packet(FAR, NEAR, ICMP, destination_port=8),
        ike(destination="10.0.0.1"),
    ],
)
def test_only_its_outer_services_and_only_to_the_near_end(sent: Packet) -> None:
    """Other ports, protocols and addresses of the device stay shut."""
    assert STACK not in reached(network(), sent, EDGE)


def test_the_device_opens_the_tunnel_itself() -> None:
    """From the end's address to the other end, and gets the answer."""
    assert EDGE in reached(network(), ike(NEAR, FAR), STACK)
    for sent in (ike("10.0.0.1", FAR), ike(NEAR, "198.51.100.2"), ike(NEAR, FAR, source_port=1)):
        expected = sent == ike(NEAR, FAR, source_port=1)
        assert (EDGE in reached(network(), sent, STACK)) is expected
    answer = ike(FAR, NEAR, source_port=500, destination_port=7)
    assert STACK in reached(network(), answer, EDGE)


@pytest.mark.parametrize("kind", TUNNEL_KINDS)
def test_a_circuit_of_the_carrier_opens_nothing(kind: str) -> None:
    """Every other kind opens what it is made of."""
    topology = network(kind)
    services = topology.tunnels[0].outer_services
    ports = [service.ports[0].low if service.ports else 0 for service in services]
    sent = [
        Packet(ip_address(FAR), ip_address(NEAR), service.protocol or 0, port, port)
        for service, port in zip(services, ports, strict=True)
    ]
    assert all(STACK in reached(topology, each, EDGE) for each in sent)
    assert bool(sent) is (kind != "ip-vpn")
    assert STACK not in reached(topology, packet(FAR, NEAR, 99), EDGE)


def test_a_filter_on_the_way_still_decides() -> None:
    """A tunnel opens the stack, not the filters before it."""
    topology = network()
    (router,) = topology.devices
    outer = replace(router.interfaces[0], filter_in="shut")
    shut = replace(router, interfaces=(outer, router.interfaces[1]), filters=(rules(name="shut"),))
    assert STACK not in reached(replace(topology, devices=(shut,)), ike(), EDGE)
