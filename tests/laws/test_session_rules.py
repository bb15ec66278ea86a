"""Session rules: what of an admitted session passes, in the engine and in the simulator."""

from dataclasses import replace

from hypothesis import HealthCheck, given, note, settings
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
from tests.laws.test_engine_and_simulator import fragments
from zonecheck.model.closure import Closure
from zonecheck.model.filter import Filter
from zonecheck.model.topology import Topology
from zonecheck.simulate import Simulator
from zonecheck.strategies import headers, topologies

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def ruled(item: Filter, kept: int) -> Filter:
    """Return a filter whose sessions pass by its own rules without the first, last rule first."""
    if not item.stateful or item.rules is None:
        return item
    return replace(item, session_rules=tuple(reversed(item.rules[kept:])))


def with_session_rules(topology: Topology, kept: int) -> Topology:
    """Return the design with session rules at every filter that keeps sessions."""
    devices = tuple(
        replace(
            device,
            policy=None if device.policy is None else ruled(device.policy, kept),
            filters=tuple(ruled(item, kept) for item in device.filters),
        )
        for device in topology.devices
    )
    return replace(topology, devices=devices)


@SLOW
@given(st.data(), st.sampled_from(Closure), st.integers(0, 2), st.booleans())
def test_engine_and_simulator_agree_on_what_session_rules_leave(
    data: st.DataObject, closure: Closure, kept: int, of_fragments: bool
) -> None:
    """With every session of its conversation, both deliver a header at the same points."""
    topology = with_session_rules(data.draw(topologies(stateful=True, undeclared=True)), kept)
    reach, simulator = reachability(topology, closure), Simulator(topology, closure)
    for _ in range(3):
        values = data.draw(fragments(topology) if of_fragments else headers(topology))
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
@given(st.data(), st.sampled_from(Closure), st.integers(0, 2))
def test_session_rules_never_add_and_none_at_all_leave_what_is_new(
    data: st.DataObject, closure: Closure, kept: int
) -> None:
    """Sessions with rules deliver no more than sessions without, and no less than what is new."""
    topology = data.draw(topologies(stateful=True, undeclared=True))
    free, bound = (
        reachability(each, closure) for each in (topology, with_session_rules(topology, kept))
    )
    for origin, same in zip(free.plane.origins, bound.plane.origins, strict=True):
        for _ in range(3):
            header = header_of(data.draw(headers(topology)))
            most = proved(free, origin, header, with_sessions=True)
            least = proved(free, origin, header, with_sessions=False)
            assert least <= proved(bound, same, header, with_sessions=True) <= most
