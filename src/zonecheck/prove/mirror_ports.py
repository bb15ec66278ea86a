"""What mirror ports copy to their sensors (docs/semantics.md, section 6).

Who is heard is over-approximated: a port is watched in every VLAN it can carry, filters of
transparent firewalls are taken to pass everything, and of a domain either all senders or none are
heard beyond it.
"""

from collections.abc import Iterator

from zonecheck.dataplane import Place
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.device import Device, Span
from zonecheck.prove.evidence import SPAN, Evidence, FlowNode, PlatformEdge
from zonecheck.prove.flow_nodes import CORE, FlowNodes
from zonecheck.prove.reachability import Reachability


def mirror_edges(
    nodes: FlowNodes, reach: Reachability
) -> Iterator[tuple[FlowNode, FlowNode, Evidence]]:
    """Yield an edge to each sensor from every node heard in a place it watches."""
    topology = reach.plane.topology
    for device in topology.devices:
        for span in device.spans:
            if span.to not in topology.host_by_id:
                continue
            evidence = PlatformEdge(SPAN, name_of(device, span), span.source)
            sensors = nodes.of_host(span.to)
            for heard in _heard(nodes, reach, _watched(reach, device, span)):
                for sensor in sensors:
                    yield heard, sensor, evidence


def name_of(device: Device, span: Span) -> str:
    """Return what a mirror session watches."""
    return f"{device.id}/{span.port}" if span.port is not None else f"{device.id} vlan {span.vlan}"


def _watched(reach: Reachability, device: Device, span: Span) -> frozenset[int]:
    """Return the domains whose frames can come by: transparent firewalls may hand them there."""
    domains = reach.plane.domains
    if span.port is not None:
        vlans = domains.vlans_of_port(device.id, span.port)
    else:
        vlans = [span.vlan] if span.vlan is not None else []
    own = set(domains.domains_of_bridges(device.id, vlans))
    near = (other for domain in own for other, _ in reach.plane.frames.heard_in(domain))
    return frozenset(own.union(near))


def _heard(nodes: FlowNodes, reach: Reachability, watched: frozenset[int]) -> list[FlowNode]:
    found: list[FlowNode] = []
    plane = reach.plane
    heard_beyond = {
        domain
        for domain in {d for origin in plane.origins for d in origin.domains}
        if _comes_by(reach, watched, *reach.spread(domain))
    }
    for origin in plane.origins:
        attached = bool(watched & set(origin.domains)) and not _is_empty_place(reach, origin.point)
        sends = not origin.may_send.is_empty and heard_beyond & set(origin.domains)
        if attached or sends:
            found += _speaking_at(nodes, reach, origin.point)
    for device in plane.topology.devices:
        points = [AttachmentPoint(AttachmentKind.STACK, device.id, i.id) for i in device.interfaces]
        if _comes_by(reach, watched, *reach.answers_spread(points)):
            found.append(FlowNode("stack", device.id))
    return list(dict.fromkeys(found))


def _comes_by(
    reach: Reachability,
    watched: frozenset[int],
    points: frozenset[AttachmentPoint],
    places: frozenset[Place],
) -> bool:
    """Return whether packets that get to these points and places come by where is watched."""
    at = reach.plane.domains_of
    if any(watched & set(at[point]) for point in points):
        return True
    kinds = (AttachmentKind.STACK, AttachmentKind.HOST)
    return any(
        watched & set(at.get(AttachmentPoint(kind, place.node, place.interface), ()))
        for place in places
        for kind in kinds
    )


def _is_empty_place(reach: Reachability, point: AttachmentPoint) -> bool:
    """Return whether nothing can be plugged in at a point: access ports of guarded segments."""
    segments = reach.plane.topology.segment_by_id
    return point.kind is AttachmentKind.ACCESS and segments[point.node].guarded


def _speaking_at(nodes: FlowNodes, reach: Reachability, point: AttachmentPoint) -> list[FlowNode]:
    """Return who speaks at a point: at an interface of a host with two sides its core as well."""
    found = nodes.at(point)
    if point.kind is AttachmentKind.HOST and reach.plane.topology.host_by_id[point.node].two_sided:
        found = [*found, FlowNode("host", point.node, CORE)]
    return found
