"""Where packets start and end, as comparisons tell it."""

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.crossing import UNZONED


def zone_name(analysis: Analysis, point: AttachmentPoint) -> str:
    """Return the zone of an end; what has none is told apart by that alone."""
    return analysis.zone_of(point) or UNZONED


def inside(origin: AttachmentPoint, destination: AttachmentPoint) -> bool:
    """Return whether a packet starts and ends in one network that others run: none of ours."""
    edges = origin.kind is destination.kind is AttachmentKind.EDGE
    return edges and origin.node == destination.node
