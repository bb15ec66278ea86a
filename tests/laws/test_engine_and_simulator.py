"""The symbolic engine and the concrete simulator give one answer."""

from hypothesis import HealthCheck, given, note, reject, settings
from hypothesis import strategies as st

from tests.laws.agreement import (
    all_sessions,
    header_of,
    is_icmp_error,
    packet_of,
    proved,
    reachability,
    simulated,
)
from zonecheck.model.closure import Closure
from zonecheck.model.topology import Topology
from zonecheck.prove import Reachability, WayTooLongError
from zonecheck.simulate import Sessions, Simulator
from zonecheck.strategies import headers, topologies

SLOW = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_a_fresh_packet_is_delivered_where_the_engine_says(
    data: st.DataObject, closure: Closure
) -> None:
    """Without sessions, simulator and engine deliver a header at the same attachment points."""
    topology = data.draw(topologies(undeclared=True))
    reach, simulator = reachability(topology, closure), Simulator(topology, closure)
    assert tuple(o.point for o in reach.plane.origins) == simulator.origins()
    for _ in range(6):
        values = data.draw(headers(topology))
        for origin in reach.plane.origins:
            note(f"{origin.point} sends {packet_of(values)}")
            expected = simulated(simulator, origin.point, packet_of(values), Sessions.NONE)
            answer = proved(reach, origin, header_of(values), with_sessions=False)
            assert answer == expected


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_in_wide_networks_a_fresh_packet_is_delivered_where_the_engine_says(
    data: st.DataObject, closure: Closure
) -> None:
    """The same where addresses are translated, routes go by policy, frames are filtered."""
    topology = data.draw(topologies(undeclared=True, wide=True))
    reach, simulator = answered(topology, closure), Simulator(topology, closure)
    assert tuple(o.point for o in reach.plane.origins) == simulator.origins()
    for _ in range(6):
        values = data.draw(headers(topology))
        for origin in reach.plane.origins:
            note(f"{origin.point} sends {packet_of(values)}")
            expected = simulated(simulator, origin.point, packet_of(values), Sessions.NONE)
            answer = proved(reach, origin, header_of(values), with_sessions=False)
            assert answer == expected


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_in_wide_networks_no_session_delivers_more_than_the_engine_says(
    data: st.DataObject, closure: Closure
) -> None:
    """Sessions, remembered translations and pinholes of one conversation; others may add more."""
    topology = data.draw(topologies(undeclared=True, wide=True))
    reach, simulator = answered(topology, closure), Simulator(topology, closure)
    for _ in range(3):
        values = data.draw(headers(topology))
        packet = packet_of(values)
        sessions = all_sessions(simulator, packet)
        for origin in reach.plane.origins:
            note(f"{origin.point} sends {packet}")
            expected = simulated(simulator, origin.point, packet, sessions)
            answer = proved(reach, origin, header_of(values), with_sessions=True)
            assert expected <= answer


def answered(topology: Topology, closure: Closure) -> Reachability:
    """Return the engine's answer; networks that translate in a circle are left out."""
    try:
        return reachability(topology, closure)
    except WayTooLongError:
        reject()


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_a_packet_of_a_session_is_delivered_where_the_engine_says(
    data: st.DataObject, closure: Closure
) -> None:
    """With every session its conversation can open, both deliver a header at the same points."""
    topology = data.draw(topologies(stateful=True, undeclared=True))
    reach, simulator = reachability(topology, closure), Simulator(topology, closure)
    for _ in range(4):
        values = data.draw(headers(topology))
        packet = packet_of(values)
        sessions = all_sessions(simulator, packet)
        for origin in reach.plane.origins:
            note(f"{origin.point} sends {packet}")
            expected = simulated(simulator, origin.point, packet, sessions)
            answer = proved(reach, origin, header_of(values), with_sessions=True)
            if is_icmp_error(values):
                assert expected <= answer
            else:
                assert answer == expected
