"""What is delivered around some nodes is what is delivered if these hand nothing on."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.laws.agreement import (
    all_sessions,
    header_of,
    is_icmp_error,
    packet_of,
    proved,
    reachability,
)
from zonecheck.model.closure import Closure
from zonecheck.model.topology import Topology
from zonecheck.prove import Reachability
from zonecheck.simulate import Sessions, Simulator
from zonecheck.strategies import headers, topologies

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def some_nodes(data: st.DataObject, topology: Topology) -> frozenset[str]:
    """Draw nodes that may forward."""
    nodes = [device.id for device in topology.devices] + [host.id for host in topology.hosts]
    return frozenset(data.draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=3)))


def around(reach: Reachability, nodes: frozenset[str]) -> Reachability:
    """Return what is delivered without passing these nodes."""
    return Reachability(reach.plane, without=nodes, sessions=reach.sessions)


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_engine_and_simulator_go_around_the_same_way(data: st.DataObject, closure: Closure) -> None:
    """Without sessions, and with all that the whole network can come to hold."""
    topology = data.draw(topologies(stateful=True).filter(lambda t: bool(t.devices or t.hosts)))
    nodes = some_nodes(data, topology)
    reach, simulator = reachability(topology, closure), Simulator(topology, closure)
    past = around(reach, nodes)
    for _ in range(4):
        values = data.draw(headers(topology))
        packet, header = packet_of(values), header_of(values)
        sessions = all_sessions(simulator, packet)
        for origin in reach.plane.origins:
            for held, known in ((Sessions.NONE, False), (sessions, True)):
                sent = simulator.send(packet, origin.point, held, without=nodes)
                expected = {delivery.at for delivery in sent.deliveries}
                answer = proved(past, origin, header, with_sessions=known)
                assert expected <= answer if known and is_icmp_error(values) else answer == expected


@SLOW
@given(st.data())
def test_leaving_nodes_out_never_adds_reach_and_leaving_none_out_changes_nothing(
    data: st.DataObject,
) -> None:
    """The ways around are among the ways."""
    topology = data.draw(topologies(stateful=True).filter(lambda t: bool(t.devices or t.hosts)))
    reach = reachability(topology, Closure.UPPER)
    past, all_of_it = around(reach, some_nodes(data, topology)), around(reach, frozenset())
    for origin in reach.plane.origins:
        for point in reach.destinations(origin):
            flow = reach.flow(origin, point)
            assert all_of_it.flow(origin, point) == flow
            assert past.flow(origin, point).everything <= flow.everything
