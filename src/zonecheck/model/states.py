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
    """Return the topology with every device itself in charge and the best routes in use.

    A topology that is in a state already stays in it.
    """
    normal = _in_state(topology, DeclaredState(topology.state))
    return topology if normal == topology else normal


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


def state_declared(topology: "Topology", state: DeclaredState) -> "Topology":
    """Return the topology in a state that nobody needs to have declared.

    Its `down` may name interfaces of routers and firewalls as well.
    """
    return _in_state(topology, state)


def state_named(topology: "Topology", name: str) -> "Topology":
    """Return the topology in the state of that name; empty for the normal one.

    Raises:
        KeyError: if it has no such state; its argument is the name.
    """
    for state in states(topology):
        if state.state == name:
            return state
    raise KeyError(name)


def _worse_distances(routes: tuple[Route, ...]) -> list[int]:
    best: dict[tuple[object, str], int] = {}
    for route in routes:
        key = route.prefix, route.vrf
        best[key] = min(route.distance, best.get(key, route.distance))
    return sorted({r.distance for r in routes if r.distance > best[r.prefix, r.vrf]})


def _in_state(
    topology: "Topology", state: DeclaredState, least: dict[str, int] | None = None
) -> "Topology":
    members = {m.id: device.id for device in topology.devices for m in device.standby}
    in_charge = {members[name]: name for name in state.active}
    dead = frozenset(state.down)
    floors = dict(least or {})
    devices = []
    for drawn in topology.devices:
        device = _with_ports(_led_by(drawn, in_charge.get(drawn.id)), dead)
        if device.id in state.floating:
            floors[device.id] = min(_worse_distances(device.routes or ()), default=0)
        devices.append(_with_routes(device, floors.get(device.id, 0)))
    links, cut = _cables(topology.links, members, in_charge, dead)
    return replace(
        topology,
        devices=tuple(devices),
        links=links,
        states=(),
        state=state.id,
        detached=topology.detached | frozenset(_detached(topology, dead, cut)),
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


def _with_ports(device: Device, dead: frozenset[str]) -> Device:
    """Shut the switch ports that are dead."""
    if not any(f"{device.id}/{port.id}" in dead for port in device.ports):
        return device
    ports = tuple(
        replace(port, shutdown=True) if f"{device.id}/{port.id}" in dead else port
        for port in device.ports
    )
    return replace(device, ports=ports)


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


def _cables(
    links: tuple[Link, ...],
    members: dict[str, str],
    in_charge: dict[str, str],
    dead: frozenset[str],
) -> tuple[tuple[Link, ...], set[LinkEnd]]:
    """Return the cables that carry something, and the ends nothing is at any more."""
    drawn = {end for link in links for end in link.ends}
    kept: list[Link] = []
    cut: set[LinkEnd] = set()
    for link in links:
        ends = [LinkEnd(members.get(end.node, end.node), end.port) for end in link.ends]
        waits = any(_waits(end, members, in_charge, drawn) for end in link.ends)
        if waits or _is_dead(link, dead) or any(_is_gone(end, dead) for end in ends):
            cut.update(ends)
        elif ends == list(link.ends):
            kept.append(link)
        else:
            kept.append(replace(link, a=ends[0], b=ends[1]))
    return tuple(kept), cut - {end for link in kept for end in link.ends}


def _waits(
    end: LinkEnd, members: dict[str, str], in_charge: dict[str, str], drawn: set[LinkEnd]
) -> bool:
    """Return whether a cable ends at what is not in charge.

    A member in charge uses its own cable at a port that has one, else the device's.
    """
    if end.node in members:
        return in_charge.get(members[end.node]) != end.node
    return LinkEnd(in_charge.get(end.node, ""), end.port) in drawn


def _is_dead(link: Link, dead: frozenset[str]) -> bool:
    names = {str(link), f"{link.b} -- {link.a}"}
    return bool(names & dead) or any(_is_gone(end, dead) for end in link.ends)


def _is_gone(end: LinkEnd, dead: frozenset[str]) -> bool:
    return end.node in dead or str(end) in dead


def _detached(topology: "Topology", dead: frozenset[str], cut: set[LinkEnd]) -> Iterator[LinkEnd]:
    """Yield the interfaces whose cable is gone, and all of what is dead."""
    for host in topology.hosts:
        for card in host.interfaces:
            if LinkEnd(host.id, card.id) in cut:
                yield LinkEnd(host.id, card.id)
    for device in topology.devices:
        for face in device.interfaces:
            port = LinkEnd(device.id, face.port or face.id)
            own = {device.id, str(port), f"{device.id}/{face.id}"}
            if own & dead or port in cut:
                yield LinkEnd(device.id, face.id)
    for external in topology.externals:
        for edge in external.edges:
            if external.id in dead:
                yield LinkEnd(external.id, edge.id)
