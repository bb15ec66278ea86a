"""What is proved for any routing is proved for every routing."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.laws.agreement import reachability
from tests.laws.test_monotonicity import adds_reach
from tests.laws.test_verdicts import PROFILE, statuses
from zonecheck.dataplane import DataPlane
from zonecheck.model.closure import Closure
from zonecheck.model.topology import Topology
from zonecheck.policy import CHECKS, Status, verify
from zonecheck.policy.routing_assumption import RoutingAssumption, assuming
from zonecheck.prove import Reachability
from zonecheck.strategies import topologies

SLOW = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SMALL = topologies(max_segments=3, max_hosts=3, undeclared=True)
OF_SEPARATION = [check.id for check in CHECKS if check.monotone]
ANY = RoutingAssumption.ANY
OTHERS = (RoutingAssumption.DECLARED, RoutingAssumption.SHORTEST_PATH)


@pytest.mark.parametrize("other", OTHERS)
@SLOW
@given(SMALL)
def test_any_routing_delivers_whatever_another_does(
    other: RoutingAssumption, topology: Topology
) -> None:
    """No route leads where a packet that may leave by any interface cannot get."""
    worst = reachability(assuming(topology, RoutingAssumption.ANY), Closure.UPPER)
    routed = DataPlane(assuming(topology, other), worst.plane.space, Closure.UPPER)
    assert not adds_reach(worst, Reachability(routed))


@settings(SLOW, max_examples=15)
@given(SMALL)
def test_what_holds_under_any_routing_holds_under_the_others(topology: Topology) -> None:
    """Checks of isolation and waypoints; one that something works claims the contrary."""
    worst = statuses(verify(topology, PROFILE, checks=OF_SEPARATION, routing=ANY))
    held = [check for check, status in worst.items() if status is Status.HOLDS]
    for other in OTHERS:
        found = statuses(verify(topology, PROFILE, checks=held, routing=other))
        assert found == dict.fromkeys(held, Status.HOLDS)
