"""MAC addresses bind specific flows only where every neighbour of the sender is held to its own."""

from dataclasses import replace

import pytest

from tests.policy.designs import (
    FLOW,
    codes,
    external,
    host,
    missing,
    result,
    segment,
    specific_flow_design,
)
from zonecheck.model.attachment import AttachmentKind
from zonecheck.model.device import Device, DeviceKind, PortMode, SwitchPort
from zonecheck.model.filter import Rule
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.segment import Segment
from zonecheck.model.service import PortRange
from zonecheck.model.topology import Topology
from zonecheck.policy import Status
from zonecheck.policy.verdict import MissingControl

CHECK = "mac-binding-enforced"


def with_segment(topology: Topology, **changed: object) -> Topology:
    """Return the design with the sender's segment changed."""
    first, *others = topology.segments
    return replace(topology, segments=(replace(first, **changed), *others))  # type: ignore[arg-type]


def unguarded() -> Topology:
    """Return the design whose sender sits on plain ports."""
    return specific_flow_design(guarded=False)


def test_plain_ports_let_a_forged_packet_through() -> None:
    """The finding carries the packet: somebody else with the sender's address."""
    found = result(unguarded(), CHECK)
    assert found.status is Status.VIOLATED
    (finding,) = found.findings
    assert finding.message.code == f"{CHECK}.segment"
    control = finding.counterexample
    assert isinstance(control, MissingControl)
    assert control.passes is not None
    assert control.passes.forged
    assert control.passes.origin.kind is AttachmentKind.ACCESS
    assert str(control.passes.packet.source) == "10.1.0.10"


@pytest.mark.parametrize(
    "controls",
    [
        {"port_security": True},
        {"mac_acl": True},
        {"nac": "dot1x"},
        {"nac": "mac-auth"},
        {"arp_inspection": True, "ip_source_guard": True},
    ],
)
def test_each_enforcement_suffices(controls: dict[str, object]) -> None:
    """Any one of them drops a foreign MAC address before the first router."""
    found = result(with_segment(unguarded(), **controls), CHECK)
    assert found.status is Status.HOLDS
    assert not found.vacuous


@pytest.mark.parametrize(
    "controls",
    [{"arp_inspection": True}, {"ip_source_guard": True}, {"nac": "web-portal"}, {"nac": "none"}],
)
def test_half_an_enforcement_is_none(controls: dict[str, object]) -> None:
    """ARP inspection says nothing of IP, source guard nothing of ARP, a portal nothing of MAC."""
    assert result(with_segment(unguarded(), **controls), CHECK).status is Status.VIOLATED


def test_a_mac_match_in_the_first_firewall_binds_nobody() -> None:
    """Senders write whatever source MAC address they like."""
    design = unguarded()
    (firewall,) = design.devices
    assert firewall.policy is not None
    rules: tuple[Rule, ...] = firewall.policy.rules or ()
    bound = tuple(replace(rule, macs=("00:00:5e:00:53:01",)) for rule in rules)
    named = replace(firewall, policy=replace(firewall.policy, rules=bound))
    assert result(replace(design, devices=(named,)), CHECK).status is Status.VIOLATED


def test_an_undeclared_mac_address_leaves_it_open() -> None:
    """There is nothing to bind to until it is written down."""
    design = replace(specific_flow_design(), hosts=(host("m-srv", "M", "10.1.0.10", None),))
    found = result(design, CHECK)
    assert found.status is Status.UNKNOWN
    assert missing(found) == {"missing.mac"}


@pytest.mark.parametrize(
    ("ssid", "bound"),
    [
        (Segment("W", laid_on="M", nac="dot1x"), False),
        (Segment("W", laid_on="M", ip_source_guard=True, port_security=True), True),
    ],
)
def test_an_ssid_on_the_sender_s_segment_must_be_guarded(ssid: Segment, bound: bool) -> None:
    """Whoever authenticates by radio is not held to an address by that."""
    design = specific_flow_design()
    found = result(replace(design, segments=(*design.segments, ssid)), CHECK)
    assert (found.status is Status.HOLDS) == bound
    assert bound or codes(found) == {f"{CHECK}.ssid"}


def test_an_external_network_in_the_sender_s_domain_is_bound_by_nothing() -> None:
    """External edges sit on trusted ports."""
    design = specific_flow_design()
    vendor = external("vendor", "M", "10.1.0.200")
    found = result(replace(design, externals=(*design.externals, vendor)), CHECK)
    assert found.status is Status.VIOLATED
    assert codes(found) == {f"{CHECK}.edge"}


def switched(mode: PortMode) -> Topology:
    """Return the design with the sender cabled to a switch port of a mode."""
    design = with_segment(specific_flow_design(), vlan=110)
    port = SwitchPort("1", PortMode.ACCESS, vlan=110)
    if mode is PortMode.TRUNK:
        port = SwitchPort("1", mode, allowed=(PortRange(110, 110),), native=110)
    fw = SwitchPort("2", PortMode.ACCESS, vlan=110)
    switch = Device("sw", DeviceKind.L2_SWITCH, ports=(port, fw))
    links = (
        Link(LinkEnd("sw", "1"), LinkEnd("m-srv", "eth0")),
        Link(LinkEnd("sw", "2"), LinkEnd("m-fw", "m")),
    )
    return replace(design, devices=(*design.devices, switch), links=links)


def test_a_sender_on_a_trunk_port_is_not_held_to_its_address() -> None:
    """Guards are on access ports only."""
    assert result(switched(PortMode.ACCESS), CHECK).status is Status.HOLDS
    found = result(switched(PortMode.TRUNK), CHECK)
    assert found.status is Status.VIOLATED
    assert codes(found) == {f"{CHECK}.card"}


def test_another_segment_in_the_domain_must_enforce_too() -> None:
    """Two hubs patched together are one domain, with the ports of both."""
    design = specific_flow_design()
    twin = replace(segment("M2", "mynumber", "10.1.1.0/24", guarded=False), vlan=None)
    cards = (host("a", "M", "10.1.0.11"), host("b", "M2", "10.1.1.11"))
    joined = replace(
        design,
        segments=(*design.segments, twin),
        hosts=(*design.hosts, *cards),
        links=(Link(LinkEnd("a", "eth0"), LinkEnd("b", "eth0")),),
    )
    found = result(joined, CHECK)
    assert found.status is Status.VIOLATED
    assert "M2" in {finding.message.named["place"] for finding in found.findings}


def test_flows_that_start_outside_or_are_not_bound_by_mac_are_not_spoken_of() -> None:
    """Behind the first router a MAC address says nothing."""
    inward = replace(FLOW, origin=FLOW.destination, destination=FLOW.origin)
    for flow in (inward, replace(FLOW, bind=("ip", "port"))):
        found = result(replace(unguarded(), specific_flows=(flow,)), CHECK)
        assert (found.status, found.vacuous) == (Status.HOLDS, True)
