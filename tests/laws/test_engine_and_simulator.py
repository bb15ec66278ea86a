"""The symbolic engine and the concrete simulator give one answer."""

from dataclasses import replace

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
from zonecheck.strategies import HeaderValues, headers, topologies
from zonecheck.strategies.services import has_ports, has_types

SLOW = settings(
    max_examples=60,
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


@SLOW
@given(st.data(), st.sampled_from(Closure), st.booleans())
def test_a_fragment_is_delivered_where_the_engine_says(
    data: st.DataObject, closure: Closure, wide: bool
) -> None:
    """Simulator and engine read a fragment alike, wherever ports, types and flags are asked for."""
    topology = data.draw(topologies(undeclared=True, wide=wide))
    reach, simulator = answered(topology, closure), Simulator(topology, closure)
    for _ in range(3):
        values = data.draw(fragments(topology))
        packet = packet_of(values)
        sessions = Sessions.NONE if wide else all_sessions(simulator, packet)
        for origin in reach.plane.origins:
            note(f"{origin.point} sends {packet}")
            expected = simulated(simulator, origin.point, packet, sessions)
            answer = proved(reach, origin, header_of(values), with_sessions=not wide)
            assert answer == expected


def fragments(topology: Topology) -> st.SearchStrategy[HeaderValues]:
    """Return a strategy for the fragments of what the topology's services tell apart."""
    return (
        headers(topology, fragments=False)
        .map(lambda v: replace(v, destination_port=0, source_port=0, established=False))
        .map(lambda v: replace(v, fragment=True))
        .filter(lambda v: has_ports(v.protocol) or has_types(v.version, v.protocol))
    )
