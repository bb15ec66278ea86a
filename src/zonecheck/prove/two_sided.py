"""Two-sided hosts: what passes between their sides, and who commands them (section 6)."""

from collections.abc import Iterator

from zonecheck.dataplane import DataPlane
from zonecheck.model.closure import Closure
from zonecheck.model.host import ONE_WAY, Host, Side
from zonecheck.packets import PacketSet
from zonecheck.prove.evidence import Evidence, FlowNode, ServiceEdge, SessionEdge, UndeclaredEdge
from zonecheck.prove.flow_nodes import CORE, FlowNodes

Opened = tuple[FlowNode, FlowNode, SessionEdge]
"""A session: the node it starts in, the node it ends in, and its evidence."""


def service_edges(plane: DataPlane) -> Iterator[tuple[FlowNode, FlowNode, Evidence]]:
    """Yield what the services of two-sided hosts hand from side to side.

    Without a basis, or with an interface on neither side, both sides meet in the core under
    the upper closure.
    """
    for host in plane.topology.hosts:
        if not host.two_sided:
            continue
        parts = {side: FlowNode("host", host.id, side.value) for side in Side}
        for service in host.services:
            source, target = parts[service.data_from], parts[service.data_from.other]
            yield source, target, ServiceEdge(host.id, service, reverse=False)
        for service in host.services:
            if service.reverse_blocked is None and host.role != ONE_WAY:
                source, target = parts[service.data_from.other], parts[service.data_from]
                yield source, target, ServiceEdge(host.id, service, reverse=True)
        undecided = host.basis is None or any(i.side is None for i in host.interfaces)
        if undecided and plane.closure is Closure.UPPER:
            core = FlowNode("host", host.id, CORE)
            for part in parts.values():
                yield part, core, UndeclaredEdge(host.id)
                yield core, part, UndeclaredEdge(host.id)


def commanded_edges(
    nodes: FlowNodes, plane: DataPlane, opened: list[Opened]
) -> Iterator[tuple[FlowNode, FlowNode, Evidence]]:
    """Yield what the core of a host that the outer side has a session with can open."""
    hosts = plane.topology.host_by_id

    def from_outside(target: FlowNode, edge: SessionEdge) -> bool:
        if target.part != CORE:
            return False
        host = hosts[edge.destination.node]
        return nodes.side(host, host.interface(edge.destination.port)) is not Side.INNER

    commanded = {target.id for _, target, edge in opened if from_outside(target, edge)}
    for source, target, edge in opened:
        if source.kind == "host" and source.part and source.id in commanded:
            core = FlowNode("host", source.id, CORE)
            yield core, target, edge
            yield target, core, edge


def service_ports(plane: DataPlane, host: Host, side: Side | None) -> PacketSet:
    """Return the headers for the ports a side accepts for a declared service."""
    result = plane.space.empty
    if side is None:
        return result
    for service in host.services:
        accepted = service.accepts(side)
        if accepted:
            result |= plane.filters.services(accepted)
    return result
