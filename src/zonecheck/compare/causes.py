"""Which changes of the design let a packet through or stop it, as far as that can be told.

Each change is taken back alone in the newer design, and the packet sent again: if its fate is then
the old one, the change is a cause. Where no change alone is, several do the same or only do it
together; then those are named that lie on the packet's way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zonecheck.compare.designs import Designs
from zonecheck.compare.elements import ElementChange
from zonecheck.compare.packets import Direction, PacketChange
from zonecheck.model.closure import Closure
from zonecheck.model.dangling import without_dangling
from zonecheck.model.device import Device
from zonecheck.model.link import BETWEEN
from zonecheck.model.message import Message
from zonecheck.model.states import states
from zonecheck.model.topology import Topology
from zonecheck.policy.evidence import Culprits, Simulators
from zonecheck.policy.verdict import Finding, PacketPath
from zonecheck.simulate import Sessions, Simulator

MOST_TAKEN_BACK = 100
"""How many changes are taken back for each packet; beyond that only its way is looked at."""
_PORTS = ("interfaces", "ports")
_PASSED = Message("compare.passed")


@dataclass(frozen=True, slots=True)
class Cause:
    """A change behind a packet; `alone` tells that without it the packet fares as before."""

    change: ElementChange
    alone: bool


class Causes:
    """Tells causes of packets between two designs; what is taken back is simulated once."""

    def __init__(self, both: Designs, changes: Sequence[ElementChange]) -> None:
        self._both = both
        self._changes = [change for change in changes if change.concerns_packets]
        self._simulators: dict[tuple[int, str, Closure], Simulator] = {}

    def of(self, change: PacketChange) -> tuple[Cause, ...]:
        """Return the causes of a difference, by the packet that shows it."""
        state, closure = change.states[0], change.closures[0]
        blocked = change.direction is Direction.BLOCKED
        found = []
        for at, edit in enumerate(self._changes[:MOST_TAKEN_BACK]):
            simulator = self._without(at, state, closure)
            if _is_delivered(simulator, change.path) is blocked:
                found.append(Cause(edit, alone=True))
        return tuple(found) or self._on_the_way(change)

    def _without(self, at: int, state: str, closure: Closure) -> Simulator:
        key = at, state, closure
        if key not in self._simulators:
            back = _sound(self._changes[at].revert(self._both.new))
            known = {each.state: each for each in states(back)}
            self._simulators[key] = Simulator(known.get(state, known[""]), closure)
        return self._simulators[key]

    def _on_the_way(self, change: PacketChange) -> tuple[Cause, ...]:
        """Return the changes a packet leads past, those of lines and ports if there are any."""
        design = self._both.new if change.direction is Direction.PERMITTED else self._both.old
        known = {each.state for each in states(design)}
        passed = Culprits(Simulators(design))
        state = change.states[0] if change.states[0] in known else ""
        passed.add_finding(Finding(_PASSED, change.zones, change.path, change.blamed, state=state))
        exact = [c for c in self._changes if _is_passed(c, passed)]
        near = [c for c in self._changes if c.element.partition(".")[2] in passed.names]
        return tuple(Cause(each, alone=False) for each in exact or near)


def _is_passed(change: ElementChange, passed: Culprits) -> bool:
    """Return whether the line, port or cable that differs itself is one a packet passes."""
    if not passed.lines.isdisjoint({change.before, change.after}):
        return True
    name = change.element.partition(".")[2]
    kind, _, inner = change.path.removeprefix(change.element).lstrip(".").partition(".")
    if kind in _PORTS:
        return f"{name}/{inner.partition('.')[0]}" in passed.names
    return change.section == "links" and passed.names.issuperset(name.split(BETWEEN))


def _sound(topology: Topology) -> Topology:
    """Return the topology without references to what was taken back."""
    topology = without_dangling(topology)
    return replace(topology, devices=tuple(map(_led_somewhere, topology.devices)))


def _led_somewhere(device: Device) -> Device:
    there = {face.id for face in device.interfaces}
    named = [route.interface for route in device.routes or ()]
    named += [route.interface for route in device.policy_routes]
    if there.issuperset(name for name in named if name is not None):
        return device
    routes = device.routes
    if routes is not None:
        routes = tuple(r for r in routes if r.interface is None or r.interface in there)
    kept = tuple(r for r in device.policy_routes if r.interface is None or r.interface in there)
    return replace(device, routes=routes, policy_routes=kept)


def _is_delivered(simulator: Simulator, path: PacketPath) -> bool:
    """Return whether a packet arrives where it does on its path, after what opened its session."""
    places = frozenset(simulator.origins())
    if not places.issuperset({path.origin, *(opener.origin for opener in path.after)}):
        return False
    sessions = Sessions.NONE
    for opener in path.after:
        sessions = simulator.send(opener.packet, opener.origin, sessions).sessions
    trace = simulator.send(path.packet, path.origin, sessions)
    return trace.delivered_at(path.destination) is not None
