"""Peers of specific flows are off the Internet, or excepted public bodies."""

from dataclasses import replace

import pytest

from tests.policy.designs import (
    OFFLINE,
    PROFILE,
    PUBLIC,
    addresses,
    codes,
    external,
    missing,
    result,
    specific_flow_design,
    with_external,
)
from zonecheck.model.channel import SpecificFlow
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import External, Openness, Peer
from zonecheck.model.topology import Topology
from zonecheck.policy import Status
from zonecheck.policy.verdict import RelayChain

OFF_THE_INTERNET = "peer-not-internet-connected"
EXCEPTION = "public-body-exception"
STRICT = replace(PROFILE, public_body_exception=False)


def lgwan(topology: Topology) -> External:
    """Return the network of the peer."""
    return topology.external_by_id["lgwan"]


def test_a_peer_declared_off_the_internet_with_a_basis_holds() -> None:
    """The mended twin of everything below."""
    found = result(specific_flow_design(), OFF_THE_INTERNET)
    assert found.status is Status.HOLDS
    assert not found.vacuous
    assert "peer-offline" in {assumption.id for assumption in found.assumptions}


@pytest.mark.parametrize(
    ("peer", "status", "lacking"),
    [
        (replace(OFFLINE, internet_connected=True), Status.VIOLATED, set()),
        (replace(OFFLINE, internet_connected=None), Status.UNKNOWN, {"missing.internet-connected"}),
        (replace(OFFLINE, basis=None), Status.UNKNOWN, {"missing.peer-basis"}),
    ],
)
def test_what_the_peer_declares_decides(peer: Peer, status: Status, lacking: set[str]) -> None:
    """Silence is not a declaration, and a declaration needs a basis."""
    found = result(specific_flow_design(peer=peer), OFF_THE_INTERNET)
    assert found.status is status
    assert missing(found) == lacking


@pytest.mark.parametrize("inward", [False, True])
def test_the_direction_of_the_flow_does_not_matter(inward: bool) -> None:
    """Peers that open the flow are peers."""
    design = specific_flow_design(peer=replace(OFFLINE, internet_connected=True))
    (flow,) = design.specific_flows
    if inward:
        flow = replace(flow, origin=flow.destination, destination=flow.origin)
    found = result(replace(design, specific_flows=(flow,)), OFF_THE_INTERNET)
    assert found.status is Status.VIOLATED


def test_a_network_that_is_open_is_the_internet_to_every_flow_into_it() -> None:
    """Whatever its peer says of itself."""
    design = specific_flow_design()
    opened = with_external(design, replace(lgwan(design), openness=Openness.OPEN))
    found = result(opened, OFF_THE_INTERNET)
    assert found.status is Status.VIOLATED
    assert codes(found) == {f"{OFF_THE_INTERNET}.connected"}


def test_a_carrier_without_basis_may_relay_to_a_connected_member() -> None:
    """The way lies outside: from the peer through its network to another peer."""
    design = specific_flow_design()
    web = Peer("web", addresses("198.18.6.80"), internet_connected=True)
    two = replace(lgwan(design), peers=(OFFLINE, web))
    assert result(with_external(design, two), OFF_THE_INTERNET).status is Status.HOLDS
    found = result(with_external(design, replace(two, basis=None)), OFF_THE_INTERNET)
    assert found.status is Status.UNKNOWN
    assert missing(found) == {"missing.external-basis"}


def test_an_open_network_next_to_the_peer_s_is_a_way_outside() -> None:
    """Two networks with edges in one of our segments speak to each other past our filters."""
    design = specific_flow_design()
    isp = external("isp", "LINE", "10.9.0.3", openness=Openness.OPEN)
    found = result(with_external(design, isp), OFF_THE_INTERNET)
    assert found.status is Status.VIOLATED
    chains = [f.counterexample for f in found.findings]
    assert all(isinstance(chain, RelayChain) for chain in chains)
    assert {step.target for c in chains if isinstance(c, RelayChain) for step in c.steps} == {"isp"}


def test_a_whole_network_as_an_end_answers_by_its_openness() -> None:
    """Closed with a basis is enough; without a basis it is not known to be closed."""
    design = specific_flow_design()
    flow: SpecificFlow = design.specific_flows[0]
    whole = EndpointRef(EndpointKind.EXTERNAL, "lgwan")
    design = replace(design, specific_flows=(replace(flow, destination=whole),))
    assert result(design, OFF_THE_INTERNET).status is Status.HOLDS
    vague = with_external(design, replace(lgwan(design), basis=None))
    found = result(vague, OFF_THE_INTERNET)
    assert found.status is Status.UNKNOWN
    assert missing(found) == {"missing.external-basis"}


def test_public_bodies_are_excepted_where_the_policy_excepts_them() -> None:
    """Both checks follow the profile; without the exception it is the peer that is wrong."""
    design = specific_flow_design(peer=PUBLIC)
    for check in (OFF_THE_INTERNET, EXCEPTION):
        assert result(design, check).status is Status.HOLDS
        assert result(design, check, STRICT).status is Status.VIOLATED
    assert codes(result(design, EXCEPTION, STRICT)) == {f"{EXCEPTION}.not-allowed"}


@pytest.mark.parametrize("field", ["operator", "legal_basis"])
def test_an_exception_without_operator_or_legal_basis_is_open(field: str) -> None:
    """What makes the exception one must be written down."""
    peer = replace(PUBLIC, **{field: None})  # type: ignore[arg-type]
    for check in (OFF_THE_INTERNET, EXCEPTION):
        found = result(specific_flow_design(peer=peer), check)
        assert found.status is Status.UNKNOWN
        assert "missing.public-body" in missing(found)


def test_who_is_off_the_internet_needs_no_exception() -> None:
    """A policy without the exception does not mind public bodies as such."""
    peer = replace(PUBLIC, internet_connected=False, basis="agreement")
    for check in (OFF_THE_INTERNET, EXCEPTION):
        assert result(specific_flow_design(peer=peer), check, STRICT).status is Status.HOLDS
    silent = replace(PUBLIC, internet_connected=None)
    assert result(specific_flow_design(peer=silent), EXCEPTION, STRICT).status is Status.UNKNOWN


def test_no_public_body_no_question() -> None:
    """The exception nobody uses holds vacuously."""
    found = result(specific_flow_design(), EXCEPTION)
    assert (found.status, found.vacuous) == (Status.HOLDS, True)
