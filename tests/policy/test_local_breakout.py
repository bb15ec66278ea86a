"""Local breakout is accepted where the profile allows it, through what it says it passes."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.policy.designs import tcp
from zonecheck.formats import read_topology
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import Openness
from zonecheck.model.topology import Topology
from zonecheck.policy import Status, load_profile, verify
from zonecheck.policy.check import FLOW
from zonecheck.policy.ledger.assumptions import assumptions_of
from zonecheck.policy.withdraw import withdraw

DESIGN = read_topology(Path(__file__).parent / "cross_profile" / "breakout.zones.yaml")
CHECKS = ("lgwan-internet-separation", "sanitised-channel-only", "undeclared-permit")


def verdicts(topology: Topology, profile: str = "soumu-alpha-prime") -> dict[str, Status]:
    """Return the verdicts on what comes into the LGWAN area."""
    found = verify(topology, load_profile(profile), checks=CHECKS)
    return {item.check: item.status for item in found.results}


def _channel(**more: object) -> Topology:
    changed = replace(DESIGN.channels[0], **more)  # type: ignore[arg-type]
    return replace(DESIGN, channels=(changed,))


def test_alpha_prime_accepts_it_and_alpha_does_not() -> None:
    """The same design: what one profile admits, another refuses as undeclared and unsanitised."""
    assert set(verdicts(DESIGN).values()) == {Status.HOLDS}
    for profile in ("soumu-alpha", "soumu-beta", "fuefuki-10"):
        found = verdicts(DESIGN, profile)
        assert found["sanitised-channel-only"] is Status.VIOLATED
        assert found["undeclared-permit"] is Status.VIOLATED


def _refused(topology: Topology) -> bool:
    found = verdicts(topology)
    return Status.HOLDS not in (found["sanitised-channel-only"], found["undeclared-permit"])


def test_a_way_around_a_waypoint_is_not_accepted() -> None:
    """A waypoint that nothing passes is none."""
    assert _refused(_channel(via=("lbo-proxy", "core")))
    assert not _refused(_channel(via=("lbo-fw",)))


def test_a_terminal_that_goes_past_the_proxy_is_not_accepted() -> None:
    """The direct session does not begin in the proxy, whatever the channel says."""
    channel = DESIGN.channels[0]
    terminal = EndpointRef(EndpointKind.SEGMENT, "L-LBO")
    direct = replace(channel.legs[1], origin=terminal)
    assert _refused(_channel(legs=(channel.legs[0], direct)))


def test_what_is_not_declared_stays_undeclared() -> None:
    """The same way with another port of the cloud is outside the channel."""
    narrower = replace(DESIGN.channels[0].legs[1], services=(tcp(8443),))
    found = verdicts(_channel(legs=(DESIGN.channels[0].legs[0], narrower)))
    assert found["sanitised-channel-only"] is Status.VIOLATED
    assert found["undeclared-permit"] is Status.VIOLATED


@pytest.mark.parametrize("missing", [{"via": ()}, {"basis": None}])
def test_without_waypoints_or_basis_it_is_not_accepted(missing: dict[str, object]) -> None:
    """What is not approved, or passes nothing, excuses nothing."""
    assert _refused(_channel(**missing))


def test_a_cloud_in_an_open_network_is_not_accepted() -> None:
    """There anyone can send from its address."""
    (saas,) = DESIGN.externals
    assert _refused(replace(DESIGN, externals=(replace(saas, openness=Openness.OPEN),)))
    undeclared = verdicts(replace(DESIGN, externals=(replace(saas, openness=None),)))
    assert undeclared["sanitised-channel-only"] is not Status.HOLDS


def test_a_whole_network_is_no_approved_service() -> None:
    """A channel to it may reach any of its members."""
    channel = DESIGN.channels[0]
    whole = replace(channel.legs[1], destination=EndpointRef(EndpointKind.EXTERNAL, "saas"))
    assert _refused(_channel(legs=(channel.legs[0], whole)))


def test_a_cloud_that_opens_sessions_is_not_accepted() -> None:
    """Local breakout is opened in the LGWAN area."""
    channel = DESIGN.channels[0]
    inner, outer = channel.legs
    turned = replace(outer, origin=outer.destination, destination=outer.origin)
    assert _refused(_channel(legs=(inner, turned)))


def test_it_is_an_assumption_that_can_be_withdrawn() -> None:
    """What the waypoints inspect is taken on trust, with its basis."""
    (entry,) = (a for a in assumptions_of(DESIGN, FLOW) if a.id == "local-breakout")
    assert entry.basis == "承認書 5-2"
    assert _refused(withdraw(DESIGN, entry))
