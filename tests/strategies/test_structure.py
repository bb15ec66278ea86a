"""Generated topologies are what the file reader would accept."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from tests.strategies.structure import faults
from zonecheck.model.device import DeviceKind
from zonecheck.model.filter import Filter
from zonecheck.model.topology import Topology
from zonecheck.strategies import topologies


def filters_of(topology: Topology) -> list[Filter]:
    """Return every filter of every device."""
    return [
        item
        for device in topology.devices
        for item in (*device.filters, *((device.policy,) if device.policy else ()))
    ]


@settings(max_examples=120, deadline=None)
@given(st.booleans().flatmap(lambda undeclared: topologies(undeclared=undeclared)))
def test_a_generated_topology_has_no_structural_fault(topology: Topology) -> None:
    """Ids are unique, references hold, addresses have one owner, next hops are connected."""
    assert faults(topology) == []


@settings(max_examples=30, deadline=None)
@given(topologies(max_segments=12, max_hosts=12, max_devices=12))
def test_a_large_topology_has_no_structural_fault(topology: Topology) -> None:
    """The limits may be raised."""
    assert faults(topology) == []


@settings(max_examples=60, deadline=None)
@given(topologies())
def test_nothing_is_undeclared_unless_asked_for(topology: Topology) -> None:
    """With `undeclared=False` no element has an upper and a lower closure."""
    assert all(segment.zone is not None for segment in topology.segments)
    assert all(link.zones is not None for link in topology.links)
    assert all(external.openness is not None for external in topology.externals)
    for host in topology.hosts:
        assert host.ip_forward is not None or len(host.interfaces) == 1
        assert not host.two_sided or host.basis is not None
        assert not host.two_sided or all(card.side for card in host.interfaces)
    assert all(device.management is not None for device in topology.devices)
    for item in filters_of(topology):
        assert item.rules is not None
        assert item.default is not None
        assert all(rule.uncertain is None for rule in item.rules)


@settings(max_examples=50, deadline=None)
@given(
    topologies(
        max_segments=1,
        max_hosts=1,
        max_devices=1,
        vlans=False,
        ipv6=False,
        stateful=False,
        externals=False,
        zones=("only",),
    )
)
def test_what_is_switched_off_does_not_occur(topology: Topology) -> None:
    """Each argument keeps out what it names."""
    assert faults(topology) == []
    assert len(topology.segments) == 1
    assert len(topology.hosts) <= 1
    assert len(topology.devices) <= 1
    assert not topology.externals
    assert {segment.zone for segment in topology.segments} == {"only"}
    assert all(segment.vlan is None for segment in topology.segments)
    assert all(prefix.version == 4 for s in topology.segments for prefix in s.prefixes)
    routers = (DeviceKind.ROUTER, DeviceKind.FIREWALL)
    assert all(device.kind in routers for device in topology.devices)
    assert not any(item.stateful for item in filters_of(topology))


@pytest.mark.parametrize(
    "arguments",
    [
        {"max_segments": 0},
        {"max_hosts": -1},
        {"max_devices": 1.5},
        {"vlans": 1},
        {"undeclared": None},
        {"zones": "lgwan"},
        {"zones": ()},
        {"zones": ("lgwan", "lgwan")},
    ],
)
def test_a_senseless_argument_is_refused(arguments: dict[str, object]) -> None:
    """Arguments are checked when the strategy is first used; the message names the argument."""
    strategy = topologies(**arguments)  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument, match=f"^{next(iter(arguments))}="):
        strategy.validate()


def test_topologies_are_drawn_for_the_type() -> None:
    """Wherever zonecheck is installed, hypothesis knows how to draw a `Topology`."""
    assert "_topologies" in repr(st.from_type(Topology))


def test_importing_hypothesis_loads_no_engine() -> None:
    """Its entry point is cheap: strategies are imported when a topology is drawn."""
    program = (
        "import hypothesis, sys; print(*(m for m in sys.modules if m.startswith('zonecheck.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    rooms = {name.split(".")[1] for name in done.stdout.split()}
    assert rooms == {"hypothesis_hook", "late_names", "model"}
