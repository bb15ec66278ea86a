"""Section 1: ports that 802.1X or DTP may change, and SSIDs."""

from dataclasses import replace
from typing import Any

import pytest

from tests.simulate.networks import (
    access,
    card,
    device,
    face,
    host,
    link,
    net,
    packet,
    point,
    reached,
    route,
    segment,
    switch,
    trunk,
)
from zonecheck.dataplane.broadcast import BroadcastDomains
from zonecheck.model.device import SwitchPort
from zonecheck.model.host import Host
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology
from zonecheck.simulate import Simulator

STAFF = segment("STAFF", "10.0.0.0/24", vlan=10)
GUEST = segment("GUEST", "10.1.0.0/24", vlan=20)
PC = "host:pc/eth0"


def share(topology: Topology, a: str, b: str) -> bool:
    """Return whether two attachment points lie in one domain."""
    simulator = Simulator(topology)
    return bool(set(simulator.domains_of(point(a))) & set(simulator.domains_of(point(b))))


def shared_in_engine(topology: Topology, a: str, b: str) -> bool:
    """Return whether the first cards of two hosts lie in one domain for the engine."""
    domains = BroadcastDomains(topology)
    cards = [(name, topology.host_by_id[name].interfaces[0]) for name in (a, b)]
    one, other = (set(domains.domains_of(name, card)) for name, card in cards)
    return bool(one & other)


def office(port: SwitchPort, far: SwitchPort | None = None, home: Segment = STAFF) -> Topology:
    """Return a PC on a port of a switch, and hosts in both VLANs on another."""
    far = access("l", 10) if far is None else far
    return net(
        home,
        GUEST,
        switch("s1", port, trunk("t", 1, 4094)),
        switch("s2", access("a", 10), access("b", 20), trunk("t", 1, 4094), far),
        host("pc", "STAFF", "10.0.0.5"),
        host("ha", "STAFF", "10.0.0.6"),
        host("hb", "GUEST", "10.1.0.6"),
        link(f"s1/{port.id}", "pc/eth0"),
        link("s2/a", "ha/eth0"),
        link("s2/b", "hb/eth0"),
        link("s1/t", "s2/t"),
    )


def test_a_port_with_a_guest_vlan_hears_both_vlans() -> None:
    """Which one it is in, 802.1X decides while it runs."""
    plain, flexible = office(access("p", 10)), office(access("p", 10, other_vlans=(20,)))
    assert (share(plain, PC, "host:ha/eth0"), share(plain, PC, "host:hb/eth0")) == (True, False)
    assert share(flexible, PC, "host:ha/eth0")
    assert share(flexible, PC, "host:hb/eth0")
    assert "host:hb/eth0" in reached(flexible, packet("10.0.0.5", "10.1.0.6"), PC)


def test_the_vlans_of_a_port_are_not_joined_with_each_other() -> None:
    """Only what is behind the port stands in both."""
    flexible = office(access("p", 10, other_vlans=(20,)))
    assert not share(flexible, "host:ha/eth0", "host:hb/eth0")


def test_a_shut_port_with_other_vlans_attaches_nothing() -> None:
    """As any shut port."""
    flexible = office(access("p", 10, other_vlans=(20,), shutdown=True))
    assert Simulator(flexible).domains_of(point(PC)) == ()


def test_a_device_behind_such_a_port_attaches_to_each_vlan_if_untagged() -> None:
    """A tagged subinterface attaches to nothing."""

    def router(**rest: Any) -> Topology:
        return net(
            STAFF,
            GUEST,
            switch("s1", access("p", 10, other_vlans=(20,))),
            device("r", face("e", "STAFF", "10.0.0.1/24", port="e", **rest)),
            link("s1/p", "r/e"),
        )

    assert len(Simulator(router()).domains_of(point("stack:r/e"))) == 2
    assert Simulator(router(vlan=20)).domains_of(point("stack:r/e")) == ()


@pytest.mark.parametrize(
    ("far", "guest_meets"),
    [
        (access("r", 20), True),
        (access("r", 30), True),
        (trunk("r", 1, 100, native=20), True),
        (trunk("r", 1, 100), False),
    ],
)
def test_a_link_behind_such_a_port_joins_each_vlan(*, far: SwitchPort, guest_meets: bool) -> None:
    """As an access port of that VLAN would, from either end."""
    near = access("l", 10, other_vlans=(20,))
    for one, other in ((near, far), (far, near)):
        topology = net(
            STAFF,
            GUEST,
            segment("C", "10.2.0.0/24", vlan=30),
            switch("s1", one, access("x", 10)),
            switch("s2", other),
            link(f"s1/{one.id}", f"s2/{other.id}"),
        )
        places = Simulator(topology)._switching._domain_of_place
        entered = {"access": far.vlan, "trunk": far.native}[far.mode.value]
        ends = {(place.name, place.vlan): number for place, number in places.items() if place.vlan}
        near_switch, far_switch = ("s1", "s2") if one is near else ("s2", "s1")
        here = ends.get((near_switch, 20))
        there = ends.get((far_switch, entered or 0))
        assert (here is not None and here == there) is guest_meets


def test_the_switch_carries_every_vlan_of_such_a_port() -> None:
    """So a segment without a list of switches lives there."""
    topology = net(GUEST, switch("s1", access("p", 10, other_vlans=(20,)), access("q", 20)))
    lonely = net(GUEST, switch("s1", access("p", 10, other_vlans=(20,))))
    for each in (topology, lonely):
        chain = Simulator(each)._switching.attachments[point("access:GUEST")]
        assert [(a.place.name, a.place.vlan) for a in chain] == [("s1", 20)]


def test_another_vlan_counts_as_in_use_for_access() -> None:
    """A native VLAN that 802.1X may assign opens the way for frames with two tags."""
    for other, joined in (((5,), True), ((), False)):
        topology = net(
            STAFF,
            segment("FIVE", "10.5.0.0/24", vlan=5, switches=("s2",)),
            switch("s1", access("p", 10, other_vlans=other), trunk("t", 1, 100, native=5)),
            switch("s2", access("a", 10), trunk("t", 1, 100, native=5)),
            host("pc", "STAFF", "10.0.0.5"),
            link("s1/t", "s2/t"),
            link("s1/p", "pc/eth0"),
        )
        simulator = Simulator(topology)
        domains = simulator._switching._cabling.joins
        doubled = {str(j.a) for j in domains if j.double_tagged and j.a.name == "s1"}
        assert bool(doubled) is joined


def test_a_host_behind_a_port_with_dtp_speaks_in_every_vlan() -> None:
    """It talks the port into being a trunk; a device does not."""
    topology = office(access("p", 10, dtp=True))
    assert share(topology, PC, "host:hb/eth0")
    assert share(topology, PC, "host:ha/eth0")
    router = net(
        STAFF,
        GUEST,
        switch("s1", access("p", 10, dtp=True), access("q", 20)),
        device("r", face("e", "STAFF", "10.0.0.1/24", port="e")),
        link("s1/p", "r/e"),
    )
    assert len(Simulator(router).domains_of(point("stack:r/e"))) == 1


@pytest.mark.parametrize(
    ("port", "joined"),
    [
        (access("f", 10, dtp=True), True),
        (access("f", 10), False),
        (replace(access("f", 10, dtp=True), shutdown=True), False),
    ],
)
def test_a_free_port_with_dtp_joins_all_vlans_of_its_switch(
    *, port: SwitchPort, joined: bool
) -> None:
    """Whoever plugs in there is in each; in engine and simulator alike."""
    topology = net(
        STAFF,
        GUEST,
        switch("s1", port, access("p", 10), access("q", 20)),
        host("pc", "STAFF", "10.0.0.5"),
        host("hb", "GUEST", "10.1.0.6"),
        link("s1/p", "pc/eth0"),
        link("s1/q", "hb/eth0"),
    )
    assert share(topology, PC, "host:hb/eth0") is joined
    assert shared_in_engine(topology, "pc", "hb") is joined


@pytest.mark.parametrize(
    ("far", "joined"),
    [
        (trunk("u", 10, 20, native=10), True),
        (access("u", 10, dtp=True), True),
        (access("u", 10), False),
    ],
)
def test_two_switches_agree_on_a_trunk_if_one_end_has_dtp_and_both_may(
    *, far: SwitchPort, joined: bool
) -> None:
    """Then the link carries VLAN 20 as well as the VLAN of the port."""
    near = access("u", 10, dtp=True)
    for one, other in ((near, far), (far, near)):
        topology = net(
            segment("HERE", "10.0.0.0/24", vlan=20, switches=("s1",)),
            segment("THERE", "10.1.0.0/24", vlan=20, switches=("s2",)),
            switch("s1", one, access("p", 20)),
            switch("s2", other, access("p", 20)),
            host("pc", "HERE", "10.0.0.5"),
            host("hb", "THERE", "10.1.0.6"),
            link("s1/p", "pc/eth0"),
            link("s2/p", "hb/eth0"),
            link("s1/u", "s2/u"),
        )
        assert share(topology, PC, "host:hb/eth0") is joined
        assert shared_in_engine(topology, "pc", "hb") is joined


def test_two_hosts_behind_ports_with_dtp_meet_in_a_vlan_nobody_names() -> None:
    """As behind trunks."""
    topology = net(
        STAFF,
        GUEST,
        switch("s1", access("p", 10, dtp=True), trunk("t", 500, 500)),
        switch("s2", access("p", 20, dtp=True), trunk("t", 500, 500)),
        host("pc", "STAFF", "10.0.0.5"),
        host("hb", "GUEST", "10.1.0.6"),
        link("s1/p", "pc/eth0"),
        link("s2/p", "hb/eth0"),
        link("s1/t", "s2/t"),
    )
    assert share(topology, PC, "host:hb/eth0")


@pytest.mark.parametrize(
    ("port", "forges"),
    [
        (access("p", 10), False),
        (access("p", 10, other_vlans=(10,)), False),
        (access("p", 10, dtp=True), True),
        (access("p", 10, other_vlans=(20,)), True),
        (access("p", 20, other_vlans=(10,)), True),
    ],
)
def test_a_host_whose_port_may_become_another_is_not_under_the_guard(
    *, port: SwitchPort, forges: bool
) -> None:
    """The guard of a segment is that of access ports of its VLAN and no other."""
    guarded = segment("STAFF", "10.0.0.0/24", vlan=10, guarded=True)
    topology = office(port, home=guarded)
    found = reached(topology, packet("192.0.2.1", "10.0.0.6"), PC)
    assert ("host:ha/eth0" in found) is forges


def ssid(home: Segment, **rest: Any) -> Segment:
    """Return an SSID laid on a segment."""
    return segment("WLAN", laid_on=home.id, **rest)


def test_an_ssid_lives_where_its_segment_lives() -> None:
    """Its stations and the access ports there share a domain, and nothing else is joined."""
    topology = net(
        STAFF,
        GUEST,
        ssid(STAFF),
        switch("s1", access("a", 10), access("b", 20)),
        host("hb", "GUEST", "10.1.0.6"),
    )
    assert share(topology, "access:WLAN", "access:STAFF")
    assert not share(topology, "access:WLAN", "access:GUEST")


@pytest.mark.parametrize("vlan", [None, 10])
def test_a_station_of_an_ssid_has_addresses_of_its_segment(vlan: int | None) -> None:
    """An unclaimed address is delivered to the access ports of both."""
    home = segment("STAFF", "10.0.0.0/24", vlan=vlan)
    topology = net(home, ssid(home), host("pc", "STAFF", "10.0.0.5"))
    found = reached(topology, packet("10.0.0.5", "10.0.0.77"), PC)
    assert found == {"access:STAFF", "access:WLAN"}
    phone = Host("phone", (card("wlan0", "WLAN"),))
    with_phone = net(home, ssid(home), host("pc", "STAFF", "10.0.0.5"), phone)
    assert "host:phone/wlan0" in reached(with_phone, packet("10.0.0.5", "10.0.0.77"), PC)


@pytest.mark.parametrize("guarded_home", [False, True])
def test_an_ssid_is_guarded_only_by_its_own_controls(*, guarded_home: bool) -> None:
    """What the ports of the segment enforce, the radio does not."""
    home = segment("STAFF", "10.0.0.0/24", guarded=guarded_home)
    forged = packet("192.0.2.1", "10.0.0.5")
    pc = host("pc", "STAFF", "10.0.0.5")
    assert PC in reached(net(home, ssid(home), pc), forged, "access:WLAN")
    assert PC not in reached(net(home, ssid(home, guarded=True), pc), forged, "access:WLAN")
    assert (PC in reached(net(home, ssid(home), pc), forged, "access:STAFF")) is not guarded_home


def test_every_member_holds_a_shared_address() -> None:
    """Whoever is master, each takes what comes for the virtual address and each forwards."""
    routers = [
        device(
            name,
            face("a", "STAFF", own, "10.0.0.1/24"),
            face("b", "GUEST", f"10.1.0.{at}/24"),
        )
        for name, own, at in (("r1", "10.0.0.2/24", 2), ("r2", "10.0.0.3/24", 3))
    ]
    upstream = device(
        "up",
        face("a", "STAFF", "10.0.0.9/24"),
        face("c", "C", "10.2.0.1/24"),
        routes=(),
    )
    home = segment("C", "10.2.0.0/24")
    topology = net(STAFF, GUEST, home, *routers, upstream, host("hc", "C", "10.2.0.5"))
    simulator = Simulator(topology)
    found = simulator.send(packet("10.2.0.5", "10.0.0.1"), point("host:hc/eth0"))
    asked = {drop.hops[-1].node for drop in found.drops if drop.reason.code == "drop.local"}
    assert asked == {"r1", "r2"}
    onward = replace(upstream, routes=(route("10.1.0.0/24", "10.0.0.1"),))
    topology = net(STAFF, GUEST, home, *routers, onward, host("hc", "C", "10.2.0.5"))
    simulator, sent = Simulator(topology), packet("10.2.0.5", "10.1.0.77")
    for gone, passes in ((set(), True), ({"r1"}, True), ({"r2"}, True), ({"r1", "r2"}, False)):
        found = simulator.send(sent, point("host:hc/eth0"), without=frozenset(gone))
        assert bool(found.deliveries) is passes
