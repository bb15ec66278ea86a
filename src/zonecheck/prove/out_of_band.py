"""Paths beside the network: what they join, and where that lies (docs/semantics.md, section 6)."""

from collections.abc import Iterator
from itertools import permutations

from zonecheck.dataplane import DataPlane
from zonecheck.model.closure import Closure
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.host import Side
from zonecheck.model.platform import OutOfBand
from zonecheck.model.topology import Topology
from zonecheck.prove.evidence import OUT_OF_BAND, Evidence, FlowNode, PlatformEdge
from zonecheck.prove.flow_nodes import CORE, FlowNodes
from zonecheck.prove.openness import is_open, zone_of_external

OUTSIDE_MEDIA = ("lte", "modem", "fax-modem", "usb-tether")
"""The media that lead to a network of others."""


def out_of_band_edges(
    nodes: FlowNodes, plane: DataPlane
) -> Iterator[tuple[FlowNode, FlowNode, Evidence]]:
    """Yield the edges between what enabled out-of-band entries join, all with all, both ways."""
    for entry in plane.topology.out_of_band:
        if not entry.enabled:
            continue
        evidence = PlatformEdge(OUT_OF_BAND, entry.id, entry.source)
        joined = [nodes_of_end(nodes, plane, entry, end) for end in ends_in_place(plane, entry)]
        if leads_nowhere(entry) and plane.closure is Closure.UPPER:
            joined.append([FlowNode(OUT_OF_BAND, entry.id)])
        for ones, others in permutations(joined, 2):
            for one in ones:
                for other in others:
                    yield one, other, evidence


def leads_nowhere(entry: OutOfBand) -> bool:
    """Return whether a line that leads outside does not say into which network."""
    outside = (EndpointKind.EXTERNAL, EndpointKind.PEER)
    return entry.medium in OUTSIDE_MEDIA and not any(end.kind in outside for end in entry.joins)


def ends_in_place(plane: DataPlane, entry: OutOfBand) -> list[EndpointRef]:
    """Return what an entry joins, without what is dead in this state of the network."""
    return [end for end in entry.joins if exists(plane.topology, end)]


def exists(topology: Topology, end: EndpointRef) -> bool:
    """Return whether an end is there in this state of the network."""
    known = (
        topology.host_by_id,
        topology.device_by_id,
        topology.segment_by_id,
        topology.external_by_id,
    )
    return any(end.id in elements for elements in known)


def nodes_of_end(
    nodes: FlowNodes, plane: DataPlane, entry: OutOfBand, end: EndpointRef
) -> list[FlowNode]:
    """Return the nodes at one end of an entry.

    A host with two sides is joined in its core if everything else the entry joins lies where its
    inner side does, else in all its parts.
    """
    two_sided = end.kind is EndpointKind.HOST and plane.topology.host_by_id[end.id].two_sided
    if two_sided and _from_inside(nodes, plane, entry, end):
        return [FlowNode("host", end.id, CORE)]
    return nodes_of_endpoint(nodes, plane, end)


def nodes_of_endpoint(nodes: FlowNodes, plane: DataPlane, end: EndpointRef) -> list[FlowNode]:
    """Return all nodes at an end; a segment stands for everything attached to it."""
    if end.kind is EndpointKind.HOST:
        return nodes.of_host(end.id)
    if end.kind is EndpointKind.DEVICE:
        return [FlowNode("stack", end.id)]
    if end.kind is EndpointKind.SEGMENT:
        domains = set(plane.domains.domains_of_segment(end.id))
        attached = [p for p, at in plane.domains_of.items() if domains & set(at)]
        return list(dict.fromkeys(node for point in attached for node in nodes.at(point)))
    if end.peer:
        return [FlowNode("peer", end.id, end.peer)]
    return nodes.of_external(end.id)


def _from_inside(nodes: FlowNodes, plane: DataPlane, entry: OutOfBand, end: EndpointRef) -> bool:
    inner = zones_of_end(nodes, plane, end)
    others = [zones_of_end(nodes, plane, other) for other in entry.joins if other != end]
    return not leads_nowhere(entry) and all(zones and zones <= inner for zones in others)


def zones_of_end(nodes: FlowNodes, plane: DataPlane, end: EndpointRef) -> frozenset[str | None]:
    """Return the zones one end of an entry lies in.

    Of a host with two sides those of its inner side; of a device those of its interfaces, of the
    segments that live on it, and those it is declared to stand between.
    """
    topology = plane.topology
    if end.id in topology.host_by_id:
        two_sided = topology.host_by_id[end.id].two_sided
        return nodes.zones_of(FlowNode("host", end.id, Side.INNER.value if two_sided else ""))
    if end.id in topology.segment_by_id:
        return nodes.zones_of(FlowNode("access", end.id))
    if end.id in topology.external_by_id:
        return frozenset({zone_of_external(topology.external_by_id[end.id], plane.closure)})
    if end.id not in topology.device_by_id:
        return frozenset()
    device = topology.device_by_id[end.id]
    zones = {topology.zone_of_segment(i.segment) for i in device.interfaces}
    zones |= {
        segment.zone
        for segment in topology.segments
        if any(at == device.id for kind, at, _ in plane.domains.homes(segment.id))
    }
    return frozenset(zones | set(device.zones)) - {None}


def leads_outside(plane: DataPlane, end: EndpointRef) -> bool:
    """Return whether an end is an open network."""
    external = plane.topology.external_by_id.get(end.id)
    return external is not None and is_open(external, plane.closure)
