"""The ways of one packet kept apart: together they are the trace, each with its own sessions."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.laws.agreement import packet_of
from zonecheck.model.closure import Closure
from zonecheck.model.topology import Topology
from zonecheck.simulate import Sessions, Simulator
from zonecheck.strategies import headers, topologies

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SLOW
@given(st.data())
def test_branches_arrive_where_the_trace_does(data: st.DataObject) -> None:
    """A packet arrives by some way exactly where it arrives at all."""
    topology: Topology = data.draw(topologies(undeclared=True, wide=True))
    simulator = Simulator(topology, Closure.UPPER)
    origins = simulator.origins()
    if not origins:
        return
    origin = data.draw(st.sampled_from(origins))
    packet = packet_of(data.draw(headers(topology, fragments=False)))
    found = simulator.branches(packet, origin)
    trace = simulator.send(packet, origin)
    arrived = {(each.at, each.packet) for each in found if each.at is not None}
    assert arrived == {(each.at, each.packet) for each in trace.deliveries}
    sessions = Sessions.NONE
    for branch in found:
        sessions = sessions.merged(branch.sessions)
        assert (branch.at is None) == (branch.lost is not None)
    # A frame may be flooded through a transparent firewall to nobody, on no way of its own.
    assert sessions.merged(trace.sessions) == trace.sessions
    if not any(device.kind.filters_frames for device in topology.devices):
        assert sessions == trace.sessions
