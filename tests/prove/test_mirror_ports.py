"""What a mirror port copies (docs/semantics.md, section 6)."""

from dataclasses import replace

import pytest

from tests.prove.flows import (
    L_PC,
    M_PC,
    apart,
    firewall,
    flow,
    host,
    joined,
    leads,
    segment,
    switch,
)
from zonecheck.model.device import Device, ManagementAccess, Span
from zonecheck.model.filter import ANY_ADDRESS
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.topology import Topology
from zonecheck.prove import FlowNode

SENSOR = L_PC
FAR = FlowNode("host", "far")


def watching(*spans: Span, devices: tuple[Device, ...] = ()) -> Topology:
    """Return the two areas on a switch with mirror sessions, and further devices."""
    return replace(apart(), devices=(switch(*spans), *devices))


def heard(topology: Topology) -> set[FlowNode]:
    """Return who is heard by the sensor, which must be all that hears."""
    found = flow(topology)
    edges = joined(found, "span")
    assert {target for _, target in edges} <= {SENSOR}
    return {source for source, _ in edges}


@pytest.mark.parametrize("span", [Span("l-pc", port="p1"), Span("l-pc", vlan=10)])
def test_a_sensor_hears_who_is_attached_to_what_it_watches_and_says_nothing(span: Span) -> None:
    """The copy goes one way."""
    found = flow(watching(span))
    assert joined(found, "span") == {(M_PC, SENSOR)}
    assert leads(found, M_PC, SENSOR)
    assert not leads(found, SENSOR, M_PC)


@pytest.mark.parametrize("span", [Span("l-pc", port="p2"), Span("l-pc", port="p3")])
def test_what_is_not_watched_is_not_heard(span: Span) -> None:
    """A mirror of another port copies nothing of the My Number area."""
    assert M_PC not in heard(watching(span))


def test_a_shut_port_copies_nothing() -> None:
    """A port that carries no frame has none to copy."""
    topology = watching(Span("l-pc", port="p1"))
    bare = topology.devices[0]
    ports = tuple(replace(p, shutdown=p.id == "p1") for p in bare.ports)
    shut = replace(topology, devices=(replace(bare, ports=ports),))
    assert heard(shut) == set()


def test_a_port_that_may_become_a_trunk_is_watched_in_every_vlan() -> None:
    """Whoever talks a port into being a trunk sends every VLAN past the mirror.

    A device is drawn at it: a free one would make one domain of all VLANs.
    """
    topology = watching(Span("l-pc", port="p3"))
    bare = topology.devices[0]
    ports = tuple(replace(p, dtp=p.id == "p3") for p in bare.ports)
    cable = Link(LinkEnd("sw", "p3"), LinkEnd("router", "e"))
    assert M_PC in heard(replace(topology, devices=(replace(bare, ports=ports),), links=(cable,)))


def test_unknown_things_at_open_access_ports_are_heard() -> None:
    """Nothing is plugged in at a guarded segment; at an open one anything is."""
    guarded = watching(Span("l-pc", port="p1"))
    bare = guarded.segments[0]
    open_ports = replace(bare, port_security=False)
    unguarded = replace(guarded, segments=(open_ports, *guarded.segments[1:]))
    assert FlowNode("access", "M") not in heard(guarded)
    assert FlowNode("access", "M") in heard(unguarded)


def transit(*, permits: bool) -> Topology:
    """Return a far segment behind a router whose way to the My Number area is watched."""
    bare = watching(
        Span("l-pc", vlan=30),
        devices=(
            firewall("near", ("M", "10.1.0.1/24"), ("T", "10.4.0.1/24")),
            firewall("beyond", ("F", "10.5.0.1/24"), ("T", "10.4.0.2/24"), permits=permits),
        ),
    )
    return replace(
        bare,
        segments=(
            *bare.segments,
            segment("T", "mynumber", "10.4.0.0/24", 30),
            segment("F", "mynumber", "10.5.0.0/24"),
        ),
        hosts=(*bare.hosts, host("far", "F", "10.5.0.10")),
    )


@pytest.mark.parametrize("permits", [True, False])
def test_who_sends_through_a_watched_segment_is_heard_and_who_is_stopped_before_it_is_not(
    permits: bool,
) -> None:
    """What a router hands on counts, as far as its filter lets it out."""
    assert (FAR in heard(transit(permits=permits))) is permits


def test_the_answers_of_a_device_are_heard_wherever_it_may_send_them_out() -> None:
    """A device managed from one side may answer by the other, past a mirror further on."""
    managed = firewall(
        "near",
        ("M", "10.1.0.1/24"),
        ("T", "10.4.0.1/24"),
        permits=False,
        management=(ManagementAccess(ANY_ADDRESS),),
    )
    beyond = firewall("beyond", ("T", "10.4.0.2/24"), ("F", "10.5.0.1/24"), routes=None)
    bare = watching(Span("l-pc", vlan=30))
    topology = replace(
        bare,
        segments=(
            *bare.segments,
            segment("T", "mynumber", "10.4.0.0/24"),
            segment("F", "mynumber", "10.5.0.0/24", 30),
        ),
        devices=(*bare.devices, managed, beyond),
    )
    assert FlowNode("stack", "near") in heard(topology)
    unmanaged = replace(topology, devices=(*bare.devices, replace(managed, management=()), beyond))
    assert FlowNode("stack", "near") not in heard(unmanaged)
