"""Attachment points of a topology."""

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.topology import Topology
from zonecheck.strategies.lazy import lazily


@lazily
def attachment_points(topology: Topology) -> st.SearchStrategy[AttachmentPoint]:
    """Return a strategy for the places where packets start and arrive; empty if there are none."""
    if not isinstance(topology, Topology):
        raise InvalidArgument(f"topology={topology!r} must be a Topology")
    points = all_points(topology)
    return st.sampled_from(points) if points else st.nothing()


def all_points(topology: Topology) -> list[AttachmentPoint]:
    """Return the places where packets start and arrive, those of hosts first."""
    points = [
        AttachmentPoint(AttachmentKind.HOST, host.id, card.id)
        for host in topology.hosts
        for card in host.interfaces
    ]
    points += [AttachmentPoint(AttachmentKind.ACCESS, segment.id) for segment in topology.segments]
    points += [
        AttachmentPoint(AttachmentKind.EDGE, external.id, edge.id)
        for external in topology.externals
        for edge in external.edges
    ]
    points += [
        AttachmentPoint(AttachmentKind.STACK, device.id, interface.id)
        for device in topology.devices
        for interface in device.interfaces
    ]
    return points
