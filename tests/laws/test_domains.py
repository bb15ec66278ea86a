"""Engine and simulator draw the same broadcast domains, with DTP left on anywhere."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zonecheck.dataplane import DataPlane
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import PortMode
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSpace
from zonecheck.simulate import Simulator
from zonecheck.strategies import topologies


def grouped(pairs: Iterable[tuple[AttachmentPoint, int]]) -> list[list[str]]:
    """Return who lies in a domain with whom, whatever the domains are called."""
    found: dict[int, set[str]] = {}
    for point, domain in pairs:
        found.setdefault(domain, set()).add(str(point))
    return sorted(sorted(points) for points in found.values())


def with_dtp(topology: Topology, random: Random) -> Topology:
    """Return the topology with DTP on at some access ports."""
    devices = (
        replace(
            device,
            ports=tuple(
                replace(p, dtp=p.mode is PortMode.ACCESS and random.random() < 0.4)
                for p in device.ports
            ),
        )
        for device in topology.devices
    )
    return replace(topology, devices=tuple(devices))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(topologies(undeclared=True), st.randoms(use_true_random=False))
def test_engine_and_simulator_draw_the_same_domains(topology: Topology, random: Random) -> None:
    """Ports, trunks, cables and what may be talked into a trunk."""
    topology = with_dtp(topology, random)
    plane = DataPlane(topology, PacketSpace(), Closure.UPPER)
    simulator = Simulator(topology)
    points = list(plane.domains_of)
    by_engine = ((p, d) for p in points for d in plane.domains_of[p])
    by_simulator = ((p, d) for p in points for d in simulator.domains_of(p))
    assert grouped(by_engine) == grouped(by_simulator)
