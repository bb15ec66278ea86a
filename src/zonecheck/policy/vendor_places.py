"""Where in our own network a vendor sits: ends of ours that no session of its entry leads to.

A vendor may come in by a tunnel that ends in a segment of ours, or work at a desk of ours. Then
the first leg of its entry starts at a host or segment of ours, and that is the vendor.
"""

from collections.abc import Iterable

from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.channel import Leg, Maintenance
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.policy.analysis import Analysis
from zonecheck.prove import covers

OUTSIDE = (EndpointKind.EXTERNAL, EndpointKind.PEER)


def vendor_places(analysis: Analysis, entry: Maintenance) -> frozenset[AttachmentPoint]:
    """Return the attachment points of ours at which an entry begins.

    It begins where none of its legs ends, and once more wherever what is left leads in a circle.
    """
    ours = [leg for leg in entry.legs if leg.origin.kind not in OUTSIDE]
    points = {end: _points(analysis, end) for leg in entry.legs for end in _ends(leg)}
    ended = _union(points[leg.destination] for leg in entry.legs if not _turns(leg))
    came = _union(points[leg.destination] for leg in entry.legs if leg not in ours)
    places = _union(points[leg.origin] for leg in ours) - ended
    got = _spread(ours, points, came | places)
    for leg in ours:
        left = points[leg.origin] - got
        places |= left
        got = _spread(ours, points, got | left)
    return places


def _ends(leg: Leg) -> tuple[EndpointRef, EndpointRef]:
    return leg.origin, leg.destination


def _turns(leg: Leg) -> bool:
    """Return whether a leg ends where it starts, as between the hosts of one segment."""
    return leg.origin == leg.destination


def _points(analysis: Analysis, end: EndpointRef) -> frozenset[AttachmentPoint]:
    if end.kind in OUTSIDE:
        return frozenset()
    points = (origin.point for origin in analysis.plane.origins)
    return frozenset(point for point in points if covers(analysis.topology, end, point))


def _spread(
    legs: list[Leg],
    points: dict[EndpointRef, frozenset[AttachmentPoint]],
    start: frozenset[AttachmentPoint],
) -> frozenset[AttachmentPoint]:
    """Return what is got to from some points by legs, one after the other."""
    got = start
    while True:
        further = _union(points[leg.destination] for leg in legs if points[leg.origin] & got)
        if further <= got:
            return got
        got |= further


def _union(sets: Iterable[frozenset[AttachmentPoint]]) -> frozenset[AttachmentPoint]:
    return frozenset(point for found in sets for point in found)
