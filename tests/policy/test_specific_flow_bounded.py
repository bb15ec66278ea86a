"""Specific flows are narrow, and between their ends nothing else can be opened."""

from dataclasses import replace
from ipaddress import ip_network

import pytest

from tests.policy.designs import (
    ASP,
    FLOW,
    NARROW,
    OFFLINE,
    PROFILE,
    a_peer,
    addresses,
    codes,
    host,
    match,
    permit,
    result,
    segment,
    specific_flow_design,
    tcp,
)
from zonecheck.model.channel import SpecificFlow
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.filter import Rule
from zonecheck.model.nat import DESTINATION_NAT, NatRule
from zonecheck.model.profile import FlowLimits
from zonecheck.model.service import ANY_SERVICE, PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.policy import Status
from zonecheck.policy.verdict import PacketPath

CHECK = "specific-flow-bounded"


def test_a_narrow_flow_that_alone_is_permitted_holds() -> None:
    """The mended twin of everything below."""
    found = result(specific_flow_design(), CHECK)
    assert found.status is Status.HOLDS
    assert not found.vacuous


@pytest.mark.parametrize(
    ("flow", "code"),
    [
        (replace(FLOW, services=()), "service"),
        (replace(FLOW, services=(ANY_SERVICE,)), "service"),
        (replace(FLOW, services=(Service(6),)), "service"),
        (replace(FLOW, services=(Service(50),)), "service"),
        (replace(FLOW, services=(Service(1),)), "service"),
        (replace(FLOW, services=(Service(6, (PortRange(1, 17),)),)), "ports"),
        (replace(FLOW, services=(tcp(*range(1, 18)),)), "ports"),
        (replace(FLOW, bind=("ip", "port")), "bind"),
        (replace(FLOW, origin=EndpointRef(EndpointKind.SEGMENT, "M")), "end"),
        (replace(FLOW, destination=EndpointRef(EndpointKind.EXTERNAL, "lgwan")), "end"),
        (replace(FLOW, addressed_as=addresses("203.0.112.0/23")), "addresses"),
    ],
)
def test_a_declaration_that_is_too_wide_is_found_whatever_the_filters(
    flow: SpecificFlow, code: str
) -> None:
    """Each way of being wide has its own message; the network need not permit any of it."""
    found = result(specific_flow_design(flow=flow), CHECK)
    assert found.status is Status.VIOLATED
    assert f"{CHECK}.{code}" in codes(found)


def test_sixteen_ports_are_few_enough() -> None:
    """The limit itself is within it."""
    flow = replace(FLOW, services=(Service(6, (PortRange(1, 16),)),))
    found = result(specific_flow_design(permit("10.1.0.10", ASP, *flow.services), flow=flow), CHECK)
    assert found.status is Status.HOLDS


@pytest.mark.parametrize(("prefix", "few"), [("198.18.6.0/24", True), ("198.18.6.0/23", False)])
def test_a_peer_may_have_as_many_addresses_as_the_prefix_of_the_profile(
    prefix: str, few: bool
) -> None:
    """Addresses are counted over all ranges, so that two halves are as wide as the whole."""
    halves = tuple(str(half) for half in ip_network(prefix, strict=False).subnets())
    peer = replace(OFFLINE, addresses=addresses(*halves))
    rules = [permit("10.1.0.10", half, tcp(443)) for half in halves]
    found = result(specific_flow_design(*rules, peer=peer), CHECK)
    assert (found.status is Status.HOLDS) == few
    assert few or codes(found) == {f"{CHECK}.addresses"}


def test_a_stricter_profile_asks_for_less() -> None:
    """Limits are the profile's, not the program's."""
    profile = replace(PROFILE, specific_flow=FlowLimits(bind=(), ports=1))
    wide = replace(FLOW, services=(tcp(443, 8443),), bind=())
    design = specific_flow_design(permit("10.1.0.10", ASP, *wide.services), flow=wide)
    assert codes(result(design, CHECK, profile)) == {f"{CHECK}.ports"}
    assert codes(result(design, CHECK)) == {f"{CHECK}.bind"}


def test_a_card_without_address_is_no_end() -> None:
    """It would take any that is free."""
    design = replace(specific_flow_design(), hosts=(host("m-srv", "M", None),))
    assert f"{CHECK}.no-address" in codes(result(design, CHECK))


@pytest.mark.parametrize(
    ("rule", "origin"),
    [
        (permit("10.1.0.10", ASP, tcp(443, 22)), "m-srv"),
        (permit(ASP, "10.1.0.10", tcp(443)), "lgwan"),
    ],
)
def test_what_is_permitted_beyond_the_declaration_is_shown_either_way(
    rule: Rule, origin: str
) -> None:
    """Another port of the same ends, or a session opened from the other end."""
    found = result(specific_flow_design(NARROW, rule), CHECK)
    assert found.status is Status.VIOLATED
    (finding,) = found.findings
    assert isinstance(finding.counterexample, PacketPath)
    assert finding.counterexample.origin.node == origin
    assert not finding.counterexample.forged
    assert finding.boxes


def test_what_another_flow_of_the_same_ends_declares_is_declared() -> None:
    """Permitted is compared with all flows of a direction together."""
    back = replace(FLOW, id="back", origin=FLOW.destination, destination=FLOW.origin)
    design = specific_flow_design(NARROW, permit(ASP, "10.1.0.10", tcp(443)))
    both = replace(design, specific_flows=(FLOW, back))
    assert result(both, CHECK).status is Status.HOLDS
    assert result(design, CHECK).status is Status.VIOLATED


def test_what_others_exchange_is_not_the_flow_s_affair() -> None:
    """Another peer of the same network, another server: other checks speak of them."""
    design = specific_flow_design(NARROW, permit("10.1.0.20", ASP, tcp(22)))
    design = replace(design, hosts=(*design.hosts, host("other", "M", "10.1.0.20")))
    assert result(design, CHECK).status is Status.HOLDS
    assert result(design, "mynumber-isolation").status is Status.VIOLATED


def test_undeclared_rules_leave_it_open_what_is_permitted() -> None:
    """The upper closure permits everything between the ends, the lower one nothing."""
    design = specific_flow_design()
    (firewall,) = design.devices
    assert firewall.policy is not None
    unread = replace(firewall, policy=replace(firewall.policy, rules=None))
    found = result(replace(design, devices=(unread,)), CHECK)
    assert found.status is Status.UNKNOWN
    assert {item.item.code for item in found.missing} == {"missing.rules"}


def test_without_specific_flows_nothing_is_asked() -> None:
    """A vacuous verdict says so."""
    found = result(replace(specific_flow_design(), specific_flows=()), CHECK)
    assert (found.status, found.vacuous) == (Status.HOLDS, True)


def test_an_extra_packet_entails_that_the_area_is_not_isolated() -> None:
    """Section 10: the finding of this check comes first."""
    design = specific_flow_design(permit("10.1.0.10", ASP, tcp(443, 22)))
    design = replace(design, segments=(*design.segments, segment("I", "internet", "10.3.0.0/24")))
    assert result(design, CHECK).status is Status.VIOLATED
    for consequence in ("mynumber-isolation", "undeclared-permit"):
        assert result(design, consequence).status is Status.VIOLATED


def test_the_other_end_of_a_flow_is_named_by_its_addresses() -> None:
    """What goes to another peer behind the same edge is not between the ends of the flow."""
    design = specific_flow_design(NARROW, permit("10.1.0.10", "198.18.7.10", tcp(22)))
    assert a_peer("lgwan", "asp") == FLOW.destination
    assert result(design, CHECK).status is Status.HOLDS


def translating(*, declared: bool) -> Topology:
    """Return the flow to a peer that the server knows by an address of the firewall's choosing."""
    flow = replace(FLOW, addressed_as=addresses("10.1.9.9")) if declared else FLOW
    design = specific_flow_design(flow=flow)
    (firewall,) = design.devices
    rule = NatRule(
        "asp",
        DESTINATION_NAT,
        destinations=match("10.1.9.9"),
        destination_to=addresses(ASP)[0],
    )
    return replace(design, devices=(replace(firewall, nat=(rule,)),))


def test_what_becomes_a_packet_between_the_ends_by_translation_counts() -> None:
    """Declared under one address, the same sessions pass under the other too: that is beyond."""
    for declared in (False, True):
        found = result(translating(declared=declared), CHECK)
        assert found.status is Status.VIOLATED
        (finding,) = found.findings
        assert isinstance(finding.counterexample, PacketPath)
        undeclared = ASP if declared else "10.1.9.9"
        assert str(finding.counterexample.packet.destination) == undeclared
