"""Sections 3 and 4: what holds of fragments in every network."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.laws.agreement import all_sessions, packet_of
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.service import ICMP_PROTOCOLS, Service
from zonecheck.model.topology import Topology
from zonecheck.simulate import Hop, Packet, Sessions, Simulator
from zonecheck.simulate.completions import Completions
from zonecheck.simulate.matching import service_fits
from zonecheck.simulate.parts import parts_of
from zonecheck.strategies import headers, topologies

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def drawn_whole(data: st.DataObject, topology: Topology) -> tuple[Packet, Packet]:
    """Return a packet whose protocol has ports or types, and its fragment."""
    whole = packet_of(data.draw(headers(topology, fragments=False)))
    fragment = whole.to_fragment()
    assume(fragment is not None)
    assert fragment is not None
    if whole.has_ports and data.draw(st.booleans()):
        port = st.integers(0, 65535)
        whole = replace(whole, source_port=data.draw(port), destination_port=data.draw(port))
    return whole, fragment


def other_ports(data: st.DataObject, whole: Packet) -> Packet:
    """Return a packet with the same addresses and protocol."""
    if whole.has_type:
        return replace(whole, destination_port=data.draw(st.integers(0, 255)))
    port = st.sampled_from((0, 53, 80, 443, 1024, whole.destination_port, whole.source_port))
    return replace(whole, source_port=data.draw(port), destination_port=data.draw(port))


def drawn_sessions(data: st.DataObject, simulator: Simulator, whole: Packet) -> Sessions:
    """Return no sessions, or all that the packet's conversation can open."""
    return all_sessions(simulator, whole) if data.draw(st.booleans()) else Sessions.NONE


def as_error(hops: tuple[Hop, ...]) -> bool:
    """Return whether the state of a filter let a packet pass as an ICMP error."""
    return any(each.verdict == "icmp-error" for hop in hops for each in hop.decisions)


def services_of(value: object) -> list[Service]:
    """Return every service in a model element."""
    return [part for part in parts_of(value) if isinstance(part, Service)]


@SLOW
@given(st.data())
def test_every_whole_packet_is_like_one_that_its_fragment_is_taken_for(
    data: st.DataObject,
) -> None:
    """Nothing in the network and nothing in the sessions tells the two apart."""
    topology: Topology = data.draw(topologies(undeclared=True, wide=True))
    whole, fragment = drawn_whole(data, topology)
    simulator = Simulator(topology, Closure.UPPER)
    sessions = all_sessions(
        simulator, data.draw(st.sampled_from((whole, other_ports(data, whole))))
    )
    named = services_of(topology)
    opened = [service for device in topology.devices for service in services_of(device.opens)]
    opened += [service for tunnel in topology.tunnels for service in tunnel.outer_services]
    known = sorted(sessions.packets, key=str)

    def kind(packet: Packet) -> tuple[object, ...]:
        reply = packet.reply()
        return (
            packet.established,
            packet.is_icmp_error,
            [service_fits(service, packet) for service in (*named, *opened)],
            reply and [service_fits(service, reply) for service in opened],
            [packet.answers(each) for each in known],
            [packet.same_session(each) for each in known],
        )

    completions = list(Completions(topology).of(fragment, sessions))
    assert {each.to_fragment() for each in completions} == {fragment}
    assert kind(whole) in [kind(each) for each in completions]


@SLOW
@given(st.data())
def test_where_a_whole_packet_is_delivered_its_fragment_is_too(data: st.DataObject) -> None:
    """Translated alike, after the same sessions, and it opens none itself."""
    topology: Topology = data.draw(topologies(undeclared=True, wide=True))
    simulator = Simulator(topology, data.draw(st.sampled_from(Closure)))
    whole, fragment = drawn_whole(data, topology)
    sessions = drawn_sessions(data, simulator, whole)
    for origin in simulator.origins():
        found = simulator.send(whole, origin, sessions)
        rest = simulator.send(fragment, origin, sessions)
        arrived = {(each.at, each.packet) for each in rest.deliveries}
        assert arrived >= {
            (each.at, each.packet.to_fragment())
            for each in found.deliveries
            if not as_error(each.hops)
        }
        assert all(packet.fragment for _, packet in arrived)
        assert rest.sessions == sessions


@SLOW
@given(st.data())
def test_every_way_of_a_whole_packet_is_one_of_its_fragment(data: st.DataObject) -> None:
    """Ways kept apart lead a fragment wherever they lead a packet it may be the rest of."""
    topology: Topology = data.draw(topologies(undeclared=True, wide=True))
    simulator = Simulator(topology, Closure.UPPER)
    whole, fragment = drawn_whole(data, topology)
    sessions = drawn_sessions(data, simulator, whole)
    for origin in simulator.origins():
        ways = simulator.branches(fragment, origin, sessions)
        assert all(way.sessions == sessions for way in ways)
        arrived = {(way.at, way.packet) for way in ways if way.at is not None}
        assert arrived >= {
            (way.at, way.packet.to_fragment())
            for way in simulator.branches(whole, origin, sessions)
            if way.at is not None and not as_error(way.hops)
        }
        trace = simulator.send(fragment, origin, sessions)
        assert arrived <= {(each.at, each.packet) for each in trace.deliveries}


def without_ports(value: Any) -> Any:
    """Return a model element whose services name protocols only."""
    if isinstance(value, Service):
        return Service(value.protocol)
    if isinstance(value, tuple):
        return tuple(map(without_ports, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{p.name: without_ports(getattr(value, p.name)) for p in fields(value)}
        )
    return value


@SLOW
@given(st.data())
def test_where_nothing_names_a_port_a_fragment_fares_like_a_new_packet(
    data: st.DataObject,
) -> None:
    """It gets nowhere that the rest of the packet does not."""
    topology: Topology = without_ports(data.draw(topologies(undeclared=True, wide=True)))
    # The stack takes a fragment for an answer too, and the ends of tunnels know ports.
    devices = tuple(replace(device, opens=()) for device in topology.devices)
    topology = replace(topology, devices=devices, tunnels=())
    simulator = Simulator(topology, data.draw(st.sampled_from(Closure)))
    whole, fragment = drawn_whole(data, topology)
    assume(whole.protocol not in ICMP_PROTOCOLS)
    whole = whole.with_flag(established=False)

    def arrived(packet: Packet, origin: AttachmentPoint) -> set[tuple[object, ...]]:
        found = simulator.send(packet, origin).deliveries
        return {(each.at, each.packet.to_fragment()) for each in found}

    for origin in simulator.origins():
        assert arrived(fragment, origin) == arrived(whole, origin)
