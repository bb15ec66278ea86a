"""What everything in one broadcast domain exchanges, and the lists that limit it (section 6)."""

from collections.abc import Iterator

from zonecheck.dataplane import DataPlane
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.host import Host, HostInterface, Listens
from zonecheck.packets import PacketSet
from zonecheck.prove.evidence import DomainEdge, Evidence, FlowNode
from zonecheck.prove.flow_nodes import FlowNodes


def domain_edges(
    nodes: FlowNodes, plane: DataPlane
) -> Iterator[tuple[FlowNode, FlowNode, Evidence]]:
    """Yield the edges between what is attached to one domain, unless both sides are closed."""
    present: dict[int, list[AttachmentPoint]] = {}
    for origin in plane.origins:
        if not _stays_out(plane, origin.point):
            for domain in {plane.common_domain(d) for d in origin.domains}:
                present.setdefault(domain, []).append(origin.point)
    for domain, points in present.items():
        for a in points:
            for b in points:
                if a != b and not (_is_closed(plane, a) and _is_closed(plane, b)):
                    yield nodes.at(a)[0], nodes.at(b)[0], DomainEdge(a, b, domain)


def listened(plane: DataPlane, host: Host, interface: HostInterface) -> PacketSet:
    """Return what a side of a host accepts."""
    listens = _closed_list(plane, host, interface)
    if listens is None:
        return plane.space.everything
    if not listens.services:
        return plane.space.empty
    return plane.filters.services(listens.services)


def _closed_list(plane: DataPlane, host: Host, interface: HostInterface) -> Listens | None:
    """Return the closed list of a side, which in the upper closure needs a basis."""
    listens = interface.listens
    if listens is None or plane.closure is Closure.LOWER:
        return listens
    return listens if (listens.basis or host.basis) is not None else None


def _stays_out(plane: DataPlane, point: AttachmentPoint) -> bool:
    """Return whether a point takes no part in what its domain shares.

    Stacks, and the access ports of guarded segments: nothing unknown is plugged in there.
    """
    if point.kind is AttachmentKind.ACCESS:
        return plane.topology.segment_by_id[point.node].guarded
    return point.kind is AttachmentKind.STACK


def _is_closed(plane: DataPlane, point: AttachmentPoint) -> bool:
    if point.kind is not AttachmentKind.HOST:
        return False
    host = plane.topology.host_by_id[point.node]
    return _closed_list(plane, host, host.interface(point.port)) is not None
