"""Section 1: broadcast domains, what joins them and what attaches to them."""

import pytest

from tests.simulate.networks import (
    access,
    card,
    device,
    external,
    face,
    host,
    link,
    net,
    packet,
    point,
    reached,
    segment,
    switch,
    trunk,
)
from zonecheck.model.device import Device, DeviceKind, SwitchPort
from zonecheck.model.host import Host
from zonecheck.model.topology import Topology
from zonecheck.simulate import Simulator

A10 = segment("A", "10.0.0.0/24", vlan=10)
B20 = segment("B", "10.1.0.0/24", vlan=20)


def share(topology: Topology, a: str, b: str) -> bool:
    """Return whether two attachment points lie in one domain."""
    simulator = Simulator(topology)
    return bool(set(simulator.domains_of(point(a))) & set(simulator.domains_of(point(b))))


def wired(left: SwitchPort, right: SwitchPort) -> Topology:
    """Return two switches joined by the ports given, a host in VLAN 10 left, in 20 right."""
    return net(
        A10,
        B20,
        switch("s1", left, access("h", 10)),
        switch("s2", right, access("a", 10), access("b", 20)),
        host("h1", "A", "10.0.0.1"),
        host("h2", "A", "10.0.0.2"),
        host("h3", "B", "10.1.0.3"),
        link(f"s1/{left.id}", f"s2/{right.id}"),
        link("s1/h", "h1/eth0"),
        link("s2/a", "h2/eth0"),
        link("s2/b", "h3/eth0"),
    )


@pytest.mark.parametrize(
    ("left", "right", "same", "other"),
    [
        (access("l", 10), access("r", 10), True, False),
        (access("l", 10), access("r", 20), False, True),
        (trunk("l", 10, 20), trunk("r", 10, 20), True, False),
        (trunk("l", 20, 20), trunk("r", 10, 20), False, False),
        (trunk("l", 10, 20), trunk("r", 20, 20), False, False),
        (trunk("l", 10, 20), access("r", 10), False, False),
        (access("l", 10), trunk("r", 10, 20, native=20), False, True),
        (access("l", 10), trunk("r", 10, 10, native=20), False, False),
        (access("l", 10), trunk("r", 10, 20), False, False),
        (access("l", 10, shutdown=True), access("r", 10), False, False),
        (trunk("l", 10, 20), trunk("r", 10, 20, shutdown=True), False, False),
    ],
)
def test_a_link_joins_the_vlans_that_its_two_ends_put_on_the_wire_and_accept(
    left: SwitchPort, right: SwitchPort, same: bool, other: bool
) -> None:
    """Access ports send untagged, trunks tagged but for the native VLAN; shut ports nothing."""
    topology = wired(left, right)
    assert share(topology, "host:h1/eth0", "host:h2/eth0") is same
    assert share(topology, "host:h1/eth0", "host:h3/eth0") is other


def test_unequal_native_vlans_join_two_vlans() -> None:
    """An untagged frame of one trunk's native VLAN enters the native VLAN of the other."""
    topology = wired(trunk("l", 10, 20, native=10), trunk("r", 10, 20, native=20))
    assert share(topology, "host:h1/eth0", "host:h3/eth0")


def test_a_tag_equal_to_the_native_vlan_of_the_far_end_is_accepted() -> None:
    """A trunk that tags VLAN 10 reaches a trunk whose native VLAN is 10."""
    topology = wired(trunk("l", 10, 20), trunk("r", 10, 20, native=10))
    assert share(topology, "host:h1/eth0", "host:h2/eth0")


def test_one_direction_is_enough_for_a_join() -> None:
    """A trunk that drops untagged frames still sends tagged ones to an equal native VLAN."""
    left = Device(
        "s1",
        DeviceKind.L3_SWITCH,
        (face("v10", None, "10.0.0.1/24", vlan=10),),
        (trunk("l", 10, 10, native=10),),
    )
    right = switch("s2", trunk("r", 10, 10), access("a", 10))
    home = segment("A", "10.0.0.0/24", vlan=10, switches=("s2",))
    assert share(net(home, left, right, link("s1/l", "s2/r")), "stack:s1/v10", "access:A")


def test_a_native_vlan_in_use_for_access_reaches_every_vlan_of_the_far_trunk() -> None:
    """Two tags carry a frame of an access port into another VLAN of the far switch."""
    topology = wired(trunk("l", 10, 20, native=10), trunk("r", 10, 20, native=10))
    assert share(topology, "host:h1/eth0", "host:h3/eth0")


def test_a_native_vlan_without_access_ports_reaches_nothing_else() -> None:
    """With a native VLAN nobody uses, VLANs stay apart."""
    topology = wired(trunk("l", 10, 30, native=30), trunk("r", 10, 30, native=30))
    assert share(topology, "host:h1/eth0", "host:h2/eth0")
    assert not share(topology, "host:h1/eth0", "host:h3/eth0")


def test_a_native_vlan_a_segment_lives_in_counts_as_used_for_access() -> None:
    """No access port is needed: whoever plugs into the segment may send two tags."""
    topology = net(
        A10,
        B20,
        switch("s1", trunk("l", 10, 20, native=10)),
        switch("s2", trunk("r", 20, 20)),
        link("s1/l", "s2/r"),
    )
    assert share(topology, "access:A", "access:B")


def test_double_tagging_follows_the_vlans_of_the_far_trunk() -> None:
    """What the near trunk allows does not matter; what the far one forbids is not reached."""
    topology = wired(trunk("l", 10, 10, native=10), trunk("r", 20, 20))
    assert share(topology, "host:h1/eth0", "host:h3/eth0")
    assert not share(topology, "host:h1/eth0", "host:h2/eth0")


def test_an_access_port_alone_puts_a_native_vlan_in_use() -> None:
    """No segment needs to name the VLAN."""
    topology = net(
        B20,
        switch("s1", trunk("l", 99, 99, native=99), access("p", 99)),
        switch("s2", trunk("r", 20, 20)),
        host("h", "B", "10.1.0.5"),
        link("s1/l", "s2/r"),
        link("s1/p", "h/eth0"),
    )
    assert share(topology, "host:h/eth0", "access:B")


def test_vlans_that_nothing_names_are_not_followed() -> None:
    """An allow-all trunk pair joins only the VLANs that matter."""
    topology = wired(trunk("l", 1, 4094), trunk("r", 1, 4094))
    assert len(Simulator(topology).domains_of(point("access:A"))) == 1


def test_a_segment_lives_on_every_switch_that_carries_its_vlan() -> None:
    """Without a link between them, two switches give its access ports two domains."""
    svi = switch("s3", faces=(face("v10", "A", "10.0.0.1/24", vlan=10),))
    topology = net(A10, switch("s1", access("p", 10)), switch("s2", trunk("t", 1, 99)), svi)
    simulator = Simulator(topology)
    assert len(simulator.domains_of(point("access:A"))) == 3
    assert share(topology, "stack:s3/v10", "access:A")


def test_named_switches_limit_where_a_segment_lives() -> None:
    """Two segments with one VLAN id on different switches do not meet."""
    topology = net(
        segment("A", "10.0.0.0/24", vlan=10, switches=("s1",)),
        segment("B", "10.1.0.0/24", vlan=10, switches=("s2",)),
        switch("s1", access("p", 10)),
        switch("s2", access("p", 10)),
    )
    assert not share(topology, "access:A", "access:B")


def test_two_segments_with_one_vlan_on_one_switch_share_a_domain() -> None:
    """Whatever the address plan, they exchange frames."""
    topology = net(A10, segment("B", "10.1.0.0/24", vlan=10), switch("s", access("p", 10)))
    assert share(topology, "access:A", "access:B")


def test_a_segment_that_no_switch_carries_is_a_hub_of_its_own() -> None:
    """Hosts without links meet there, and nobody else."""
    topology = net(A10, B20, host("h", "A"), host("k", "A"), host("x", "B"))
    assert share(topology, "host:h/eth0", "host:k/eth0")
    assert not share(topology, "host:h/eth0", "host:x/eth0")


def tagged(name: str, vlan: int | None) -> Device:
    """Return a router with one subinterface of port `p`."""
    return device(name, face("i", "A", "10.0.0.1/24", vlan=vlan, port="p"))


@pytest.mark.parametrize(
    ("port", "tag", "attached"),
    [
        (access("p", 10), None, True),
        (access("p", 10), 10, False),
        (trunk("p", 10, 20), 10, True),
        (trunk("p", 20, 20), 10, False),
        (trunk("p", 10, 20), None, False),
        (trunk("p", 10, 20, native=10), None, True),
        (trunk("p", 20, 20, native=10), None, False),
        (trunk("p", 10, 20, shutdown=True), 10, False),
    ],
)
def test_a_device_interface_attaches_by_its_tag(
    port: SwitchPort, tag: int | None, attached: bool
) -> None:
    """Untagged it takes the access or native VLAN, tagged that VLAN of a trunk that allows it."""
    topology = net(
        A10, B20, switch("s", port, access("a", 10)), tagged("r", tag), link("s/p", "r/p")
    )
    assert share(topology, "stack:r/i", "access:A") is attached


def test_a_host_on_a_trunk_speaks_in_every_vlan_the_trunk_allows() -> None:
    """A host may tag its frames as it likes."""
    topology = net(
        A10,
        B20,
        segment("C", vlan=30),
        switch("s", trunk("p", 10, 20), access("c", 30)),
        host("h", "A", "10.0.0.5"),
        link("s/p", "h/eth0"),
    )
    assert share(topology, "host:h/eth0", "access:A")
    assert share(topology, "host:h/eth0", "access:B")
    assert not share(topology, "host:h/eth0", "access:C")


def test_a_cable_between_two_interfaces_is_a_hub_where_tags_do_not_count() -> None:
    """Two subinterfaces with different tags meet on it."""
    topology = net(A10, tagged("r", 10), tagged("q", 20), link("r/p", "q/p"))
    assert share(topology, "stack:r/i", "stack:q/i")


def test_a_cable_is_one_with_the_hub_of_the_segment_planned_on_it() -> None:
    """Access ports of a segment that no switch carries are on its cable; others are not."""
    on_hub = net(A10, tagged("r", 10), tagged("q", 20), link("r/p", "q/p"))
    assert share(on_hub, "stack:r/i", "access:A")
    carried = net(
        A10, switch("s", access("c", 10)), tagged("r", 10), tagged("q", 20), link("r/p", "q/p")
    )
    assert not share(carried, "stack:r/i", "access:A")


def test_an_interface_without_port_is_cabled_by_its_own_name() -> None:
    """A link may end at the id of an interface."""
    router = device("r", face("i", "A", "10.0.0.1/24"))
    topology = net(A10, B20, switch("s", access("p", 20)), router, link("r/i", "s/p"))
    assert share(topology, "stack:r/i", "access:B")
    assert not share(topology, "stack:r/i", "access:A")


def test_what_has_no_link_attaches_everywhere_its_segment_lives() -> None:
    """Hosts, devices and external edges without a link stand in all places of their segment."""
    topology = net(
        A10,
        switch("s1", access("p", 10)),
        switch("s2", access("p", 10)),
        host("h", "A"),
        device("r", face("i", "A", "10.0.0.1/24")),
        external("x", "A"),
    )
    simulator = Simulator(topology)
    for text in ("host:h/eth0", "stack:r/i", "edge:x/e"):
        assert simulator.domains_of(point(text)) == simulator.domains_of(point("access:A"))


def test_an_interface_without_segment_and_link_attaches_to_nothing() -> None:
    """What stands nowhere is an attachment point all the same."""
    simulator = Simulator(net(A10, Host("h", (card("eth0", None),))))
    assert simulator.domains_of(point("host:h/eth0")) == ()


def test_an_svi_attaches_to_the_vlan_on_its_own_switch() -> None:
    """Two SVIs of one switch stand in two domains."""
    core = Device(
        "core",
        DeviceKind.L3_SWITCH,
        (face("v10", "A", "10.0.0.1/24", vlan=10), face("v20", "B", "10.1.0.1/24", vlan=20)),
    )
    topology = net(A10, B20, core)
    assert share(topology, "stack:core/v10", "access:A")
    assert share(topology, "stack:core/v20", "access:B")
    assert not share(topology, "stack:core/v10", "stack:core/v20")


def test_one_domain_carries_any_address() -> None:
    """Whatever the address plan, a neighbour is reached under any address it owns."""
    topology = net(A10, host("h", "A", "10.0.0.5"), host("k", "A", "192.0.2.9"))
    assert "host:k/eth0" in reached(topology, packet("10.0.0.5", "192.0.2.9"), "host:h/eth0")


def test_the_chain_of_a_shared_domain_lists_ports_and_vlans() -> None:
    """It runs from one attachment over every link to the other."""
    topology = wired(access("l", 10), access("r", 20))
    chain = Simulator(topology).chain(point("host:h1/eth0"), point("host:h3/eth0"))
    assert [(a, b) for a, b, _ in chain] == [
        ("h1:eth0", "s1:h vlan 10"),
        ("s1:l vlan 10", "s2:r vlan 20"),
        ("s2:b vlan 20", "h3:eth0"),
    ]


def test_the_chain_over_a_cable_or_a_hub_names_it_once() -> None:
    """A cable is one step, a segment without switch two."""
    topology = net(
        A10, tagged("r", 10), tagged("q", 20), link("r/p", "q/p"), host("h", "A"), host("k", "A")
    )
    simulator = Simulator(topology)
    cable = simulator.chain(point("stack:r/i"), point("stack:q/i"))
    hub = simulator.chain(point("host:h/eth0"), point("host:k/eth0"))
    assert [(a, b) for a, b, _ in cable] == [("r:p", "q:p")]
    assert [(a, b) for a, b, _ in hub] == [("h:eth0", "A"), ("A", "k:eth0")]


def test_points_of_different_domains_have_no_chain() -> None:
    """Nothing joins them, so nothing is listed."""
    topology = wired(access("l", 10), access("r", 10))
    assert Simulator(topology).chain(point("host:h1/eth0"), point("host:h3/eth0")) == ()
