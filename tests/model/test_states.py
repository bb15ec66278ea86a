"""A state removes or replaces what it names and nothing else."""

from dataclasses import replace
from ipaddress import ip_address, ip_interface, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.device import (
    Device,
    DeviceKind,
    L3Interface,
    PortMode,
    Route,
    Standby,
    SwitchPort,
)
from zonecheck.model.external import External, ExternalEdge
from zonecheck.model.filter import Action, Filter
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.segment import Segment
from zonecheck.model.service import PortRange
from zonecheck.model.states import DeclaredState, normal_state, state_named, states
from zonecheck.model.topology import Topology
from zonecheck.simulate import Simulator
from zonecheck.strategies import topologies

QUICK = settings(max_examples=60, deadline=None)
DENY_ALL = Filter("rules", (), Action.DENY)
PERMIT_ALL = Filter("rules", (), Action.PERMIT)
DEFAULT = ip_network("0.0.0.0/0")


def link(a: str, b: str) -> Link:
    """Return a cable between two ends written `node/port`."""
    ends = [LinkEnd(*end.split("/")) for end in (a, b)]
    return Link(ends[0], ends[1])


def route(via: str, distance: int = 1, prefix: str = "0.0.0.0/0") -> Route:
    """Return a static route."""
    return Route(ip_network(prefix), (ip_address(via),), distance=distance)


def switch(name: str, *ports: str) -> Device:
    """Return a switch all of whose ports are access ports of VLAN 10."""
    return Device(
        name, DeviceKind.L2_SWITCH, ports=tuple(SwitchPort(p, PortMode.ACCESS, 10) for p in ports)
    )


def firewall(name: str = "fw", **more: object) -> Device:
    """Return a firewall between segments A and B."""
    plain = Device(
        name,
        DeviceKind.FIREWALL,
        (
            L3Interface("a", "A", (ip_interface("10.0.1.1/24"),)),
            L3Interface("b", "B", (ip_interface("10.0.2.1/24"),)),
        ),
        policy=DENY_ALL,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


A = Segment("A", "lgwan", prefixes=(ip_network("10.0.1.0/24"),), vlan=10)
B = Segment("B", "internet", prefixes=(ip_network("10.0.2.0/24"),))
PAIR = Topology(
    "pair",
    segments=(A, B),
    hosts=(Host("h", (HostInterface("eth0", "A"),)),),
    devices=(
        switch("sw", "1", "2", "3"),
        firewall(standby=(Standby("fw-b", policy=PERMIT_ALL),)),
    ),
    links=(link("h/eth0", "sw/1"), link("fw/a", "sw/2"), link("sw/3", "fw-b/a")),
)


def domains(topology: Topology, kind: AttachmentKind, node: str, port: str) -> tuple[int, ...]:
    """Return the broadcast domains of an attachment point."""
    return Simulator(topology).domains_of(AttachmentPoint(kind, node, port))


@QUICK
@given(topologies(wide=True))
def test_the_normal_state_of_a_design_with_one_state_is_the_design(topology: Topology) -> None:
    """Nothing is copied or changed where there is nothing to choose."""
    plain = replace(
        topology,
        devices=tuple(
            replace(d, routes=d.routes and tuple(replace(r, distance=1) for r in d.routes))
            for d in topology.devices
        ),
    )
    assert normal_state(plain) is plain
    assert list(states(plain)) == [plain]


@QUICK
@given(topologies(), st.data())
def test_what_is_named_dead_is_all_that_changes(topology: Topology, data: st.DataObject) -> None:
    """Every element stays, so that what refers to it still does; only cables go."""
    names = [d.id for d in topology.devices] + [e.id for e in topology.externals]
    names += [str(item) for item in topology.links]
    names += [f"{d.id}/{p.id}" for d in topology.devices for p in d.ports]
    down = tuple(data.draw(st.lists(st.sampled_from(names), max_size=2))) if names else ()
    design = replace(topology, states=(DeclaredState("dead", down=down),))
    dead = state_named(design, "dead")
    normal = normal_state(design)
    opened = [
        replace(
            d,
            ports=tuple(
                replace(p, shutdown=q.shutdown) for p, q in zip(d.ports, n.ports, strict=True)
            ),
        )
        for d, n in zip(dead.devices, normal.devices, strict=True)
    ]
    assert (
        replace(
            dead,
            devices=tuple(opened),
            links=normal.links,
            detached=normal.detached,
            state="",
        )
        == normal
    )
    assert set(dead.links) <= set(normal.links)
    named = {
        part for name in down for end in name.split(" -- ") for part in (end, end.split("/")[0])
    }
    for gone in set(normal.links) - set(dead.links):
        assert {str(gone), *map(str, gone.ends), *(e.node for e in gone.ends)} & named
    for end in dead.detached - normal.detached:
        touched = {other for gone in normal.links for other in gone.ends if end in gone.ends}
        beside = {str(e) for e in touched} | {e.node for e in touched} | {end.node}
        device = topology.device_by_id.get(end.node)
        if device is not None:
            port = device.interface(end.port).port or end.port
            for gone in normal.links:
                if LinkEnd(end.node, port) in gone.ends:
                    beside |= {str(e) for e in gone.ends} | {e.node for e in gone.ends}
        assert beside & named


def test_a_state_is_its_own_normal_state() -> None:
    """Whoever is given a topology in a state stays in it."""
    for state in states(PAIR):
        assert normal_state(state) is state
        assert list(states(state)) == [state]


def test_each_member_takes_the_place_of_its_device_once() -> None:
    """With its own rules where it has some, and the device's routes where it has none."""
    normal, taken_over = states(PAIR)
    assert (normal.state, taken_over.state) == ("", "fw-b")
    assert normal.device_by_id["fw"].policy == DENY_ALL
    assert taken_over.device_by_id["fw"].policy == PERMIT_ALL
    assert taken_over.device_by_id["fw"].routes == PAIR.device_by_id["fw"].routes
    assert [device.id for device in taken_over.devices] == ["sw", "fw"]


def test_a_member_in_charge_uses_its_own_cable() -> None:
    """The cable of who waits carries nothing; without one of its own it uses the device's."""
    normal, taken_over = states(PAIR)
    assert normal.links == (link("h/eth0", "sw/1"), link("fw/a", "sw/2"))
    assert taken_over.links == (link("h/eth0", "sw/1"), link("sw/3", "fw/a"))
    shared = replace(PAIR, links=PAIR.links[:2])
    assert [state.links for state in states(shared)] == [shared.links, shared.links]


def test_what_only_a_waiting_member_is_cabled_to_is_attached_to_nothing() -> None:
    """An interface without any link would attach everywhere; one whose far end waits does not."""
    router = replace(firewall("r"), policy=None)
    design = replace(
        PAIR, devices=(*PAIR.devices, router), links=(*PAIR.links[:2], link("r/a", "fw-b/a"))
    )
    normal, taken_over = states(design)
    assert domains(normal, AttachmentKind.STACK, "r", "a") == ()
    assert domains(taken_over, AttachmentKind.STACK, "r", "a") != ()
    assert domains(taken_over, AttachmentKind.STACK, "fw", "a") == domains(
        taken_over, AttachmentKind.STACK, "r", "a"
    )


def test_worse_routes_float_up_one_distance_at_a_time() -> None:
    """Of each prefix the best at or beyond the distance, its worst where there is none."""
    other = route("10.0.2.9", prefix="10.9.0.0/16")
    routes = (route("10.0.2.2"), route("10.0.2.3", 10), route("10.0.2.4", 200), other)
    design = Topology("floating", segments=(A, B), devices=(firewall(routes=routes),))
    found = {s.state: s.device_by_id["fw"].routes for s in states(design)}
    assert found == {
        "": (routes[0], other),
        "fw distance 10": (routes[1], other),
        "fw distance 200": (routes[2], other),
    }


def test_a_floating_member_in_charge_floats_its_own_routes() -> None:
    """The routes that float are those of who is in charge."""
    member = Standby("fw-b", routes=(route("10.0.2.3", 1), route("10.0.2.4", 50)))
    both = DeclaredState("both", active=("fw-b",), floating=("fw",))
    design = Topology(
        "both",
        segments=(A, B),
        devices=(firewall(routes=(route("10.0.2.2"),), standby=(member,)),),
        states=(both,),
    )
    assert state_named(design, "both").device_by_id["fw"].routes == (route("10.0.2.4", 50),)


@pytest.mark.parametrize("name", ["h/eth0 -- sw/1", "sw/1 -- h/eth0", "sw/1", "sw"])
def test_a_host_whose_cable_is_dead_is_attached_to_nothing(name: str) -> None:
    """However it died: the cable, named either way round, the port or the switch."""
    design = replace(PAIR, states=(DeclaredState("dead", down=(name,)),))
    assert domains(normal_state(design), AttachmentKind.HOST, "h", "eth0") != ()
    assert domains(state_named(design, "dead"), AttachmentKind.HOST, "h", "eth0") == ()


def test_a_dead_device_keeps_its_addresses_and_attaches_to_nothing() -> None:
    """Nobody else may take its addresses for unclaimed, and it forwards nothing."""
    design = replace(PAIR, states=(DeclaredState("dead", down=("fw",)),))
    dead = state_named(design, "dead")
    assert dead.device_by_id["fw"].interfaces == PAIR.device_by_id["fw"].interfaces
    for interface in ("a", "b"):
        assert domains(dead, AttachmentKind.STACK, "fw", interface) == ()


def test_a_dead_network_stays_known_and_attaches_to_nothing() -> None:
    """What names it still does."""
    edge = ExternalEdge("isp", "B")
    design = replace(
        PAIR,
        externals=(External("net", (edge,)),),
        states=(DeclaredState("dead", down=("net",)),),
    )
    dead = state_named(design, "dead")
    assert dead.externals == design.externals
    assert domains(dead, AttachmentKind.EDGE, "net", "isp") == ()


def test_a_trunk_port_that_is_dead_joins_nothing() -> None:
    """Its VLANs are configured as before."""
    trunk = SwitchPort("t", PortMode.TRUNK, allowed=(PortRange(10, 10),))
    ones = [replace(switch(n, "1"), ports=(*switch(n, "1").ports, trunk)) for n in ("s1", "s2")]
    hosts = tuple(Host(f"h{n}", (HostInterface("eth0", "A"),)) for n in (1, 2))
    design = Topology(
        "trunk",
        segments=(A,),
        hosts=hosts,
        devices=tuple(ones),
        links=(link("h1/eth0", "s1/1"), link("h2/eth0", "s2/1"), link("s1/t", "s2/t")),
        states=(DeclaredState("dead", down=("s1/t",)),),
    )
    for state, joined in ((normal_state(design), True), (state_named(design, "dead"), False)):
        one, other = (domains(state, AttachmentKind.HOST, h.id, "eth0") for h in hosts)
        assert (one == other) is joined


def test_an_unknown_state_is_refused_by_name() -> None:
    """Nobody is given the normal state for another."""
    with pytest.raises(KeyError, match="fw-c"):
        state_named(PAIR, "fw-c")
