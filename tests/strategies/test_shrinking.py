"""What hypothesis shows when a law fails is small."""

from collections.abc import Callable

from hypothesis import Phase, find, settings

from zonecheck.model.filter import ANY_ADDRESS, Action
from zonecheck.model.topology import Topology
from zonecheck.strategies import topologies

QUICK = settings(
    max_examples=500,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
)


def smallest(condition: Callable[[Topology], bool], *, max_devices: int = 3) -> Topology:
    """Return the topology that shrinking ends at."""
    return find(topologies(max_devices=max_devices), condition, settings=QUICK)


def parts(topology: Topology) -> int:
    """Return how many elements there are."""
    elements = len(topology.segments) + len(topology.hosts) + len(topology.devices)
    declared = len(topology.channels) + len(topology.specific_flows)
    return elements + declared + len(topology.links) + len(topology.externals)


def test_the_smallest_topology_is_two_bare_segments() -> None:
    """Without a condition nothing is left but what there must be."""
    topology = smallest(lambda _: True)
    assert [segment.id for segment in topology.segments] == ["s0", "s1"]
    assert all(len(segment.prefixes) == 1 for segment in topology.segments)
    assert all(segment.vlan is None and not segment.guarded for segment in topology.segments)
    assert parts(topology) == 2


def test_one_host_is_enough_where_a_host_is_needed() -> None:
    """A condition on hosts shrinks to one host with one address, and no device."""
    topology = smallest(lambda t: any(card.addresses for h in t.hosts for card in h.interfaces))
    (host,) = topology.hosts
    (card,) = host.interfaces
    assert len(card.addresses) == 1
    assert host.count == 1
    assert parts(topology) == 3


def test_one_peer_is_enough_where_a_peer_is_needed() -> None:
    """A condition on peers shrinks to one external network."""
    topology = smallest(lambda t: any(external.peers for external in t.externals))
    (external,) = topology.externals
    assert len(external.peers) == 1
    assert parts(topology) == 3


def test_a_rule_shrinks_to_one_about_anything() -> None:
    """A condition on one rule leaves one filter of one rule that says no more than that."""
    topology = smallest(
        lambda t: any(
            rule.action is Action.DENY
            for device in t.devices
            if device.policy is not None
            for rule in device.policy.rules or ()
        ),
        max_devices=1,
    )
    policies = [device.policy for device in topology.devices if device.policy is not None]
    (rule,) = (rule for policy in policies for rule in policy.rules or ())
    assert (rule.sources, rule.destinations, rule.services) == (ANY_ADDRESS, ANY_ADDRESS, ())
    assert parts(topology) <= 2 + len(topology.devices)
    assert not any(device.filters or device.routes for device in topology.devices)
