"""The states a design can be in: members that take over, routes that float up, lines that fail.

docs/semantics.md, section 4. A state is itself a topology, so that nothing that reads topologies
has to know about states.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zonecheck.model.device import Device, Route, Standby
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.source import NOWHERE, Source

if TYPE_CHECKING:
    from zonecheck.model.topology import Topology


@dataclass(frozen=True, slots=True)
class DeclaredState:
    """A state the author declares, besides those that follow from the design.

    `active` are standby members in charge, `floating` devices whose best routes are gone,
    `down` names devices, externals, links (`a/b -- c/d`) and switch ports (`a/b`) that are dead.
    """

    id: str
    active: tuple[str, ...] = ()
    floating: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    source: Source = field(default=NOWHERE, compare=False)


def normal_state(topology: "Topology") -> "Topology":
    """Return the topology with every device itself in charge and the best routes in use."""
    return _in_state(topology, DeclaredState(""))


def states(topology: "Topology") -> Iterator["Topology"]:
    """Yield the topology in its normal state, then in each other state.

    Each standby member in charge once, each worse route distance of each device in use once,
    then the states the author declares. Combinations are proved only where declared.
    """
    yield normal_state(topology)
    for device in topology.devices:
        for member in device.standby:
            yield _in_state(topology, DeclaredState(member.id, active=(member.id,)))
    for device in topology.devices:
        for distance in _worse_distances(device.routes or ()):
            name = f"{device.id} distance {distance}"
            yield _in_state(topology, DeclaredState(name), {device.id: distance})
    for state in topology.states:
        yield _in_state(topology, state)


def _worse_distances(routes: tuple[Route, ...]) -> list[int]:
    best: dict[tuple[object, str], int] = {}
    for route in routes:
        key = route.prefix, route.vrf
        best[key] = min(route.distance, best.get(key, route.distance))
    return sorted({r.distance for r in routes if r.distance > best[r.prefix, r.vrf]})


def _in_state(
    topology: "Topology", state: DeclaredState, least: dict[str, int] | None = None
) -> "Topology":
    floors = dict(least or {})
    for name in state.floating:
        worse = _worse_distances(topology.device_by_id[name].routes or ())
        floors[name] = min(worse, default=0)
    members = {m.id: device.id for device in topology.devices for m in device.standby}
    in_charge = {members[name]: name for name in state.active}
    dead = set(state.down)
    devices = [
        _with_routes(_led_by(device, in_charge.get(device.id)), floors.get(device.id, 0))
        for device in topology.devices
        if device.id not in dead
    ]
    own = {end for link in topology.links for end in link.ends}
    dead_nodes = {d.id for d in topology.devices} & dead
    links = [
        moved
        for link in topology.links
        if not _is_dead(link, dead, dead_nodes)
        and (moved := _cabled_to(link, members, in_charge, own)) is not None
    ]
    dead_ports = [
        replace(
            device,
            ports=tuple(
                replace(port, shutdown=True) if f"{device.id}/{port.id}" in dead else port
                for port in device.ports
            ),
        )
        for device in devices
    ]
    return replace(
        topology,
        devices=tuple(dead_ports),
        links=tuple(links),
        externals=tuple(e for e in topology.externals if e.id not in dead),
        states=(),
        state=state.id,
    )


def _led_by(device: Device, member: str | None) -> Device:
    if not device.standby:
        return device
    found = next((m for m in device.standby if m.id == member), None)
    if found is None:
        return replace(device, standby=())
    return _taken_over(device, found)


def _taken_over(device: Device, member: Standby) -> Device:
    return replace(
        device,
        routes=device.routes if member.routes is None else member.routes,
        policy=device.policy if member.policy is None else member.policy,
        filters=device.filters if member.filters is None else member.filters,
        nat=device.nat if member.nat is None else member.nat,
        standby=(),
    )


def _with_routes(device: Device, least: int) -> Device:
    """Keep of each prefix the best routes whose distance is at least `least`, else its worst."""
    if device.routes is None or all(r.distance == device.routes[0].distance for r in device.routes):
        return device
    chosen: dict[tuple[object, str], int] = {}
    for key, distances in _distances(device.routes):
        usable = [d for d in distances if d >= least]
        chosen[key] = min(usable) if usable else max(distances)
    kept = tuple(r for r in device.routes if r.distance == chosen[r.prefix, r.vrf])
    return replace(device, routes=kept)


def _distances(routes: Iterable[Route]) -> Iterable[tuple[tuple[object, str], list[int]]]:
    found: dict[tuple[object, str], list[int]] = {}
    for route in routes:
        found.setdefault((route.prefix, route.vrf), []).append(route.distance)
    return found.items()


def _is_dead(link: Link, dead: set[str], dead_nodes: set[str]) -> bool:
    return str(link) in dead or any(end.node in dead_nodes for end in link.ends)


def _cabled_to(
    link: Link, members: dict[str, str], in_charge: dict[str, str], own: set[LinkEnd]
) -> Link | None:
    """Return the link as cabled to the members in charge; None if it ends at one that waits.

    A member in charge uses its own cable at a port that has one, else the device's.
    """
    ends: list[LinkEnd] = []
    for end in link.ends:
        if end.node in members:
            device = members[end.node]
            if in_charge.get(device) != end.node:
                return None
            ends.append(LinkEnd(device, end.port))
        elif LinkEnd(in_charge.get(end.node, ""), end.port) in own:
            return None
        else:
            ends.append(end)
    return replace(link, a=ends[0], b=ends[1])
