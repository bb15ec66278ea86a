"""SSIDs and the segments they are mapped to (docs/semantics.md, section 1, "SSIDs")."""

from dataclasses import replace

from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology


def laid_on(topology: Topology, segment: Segment) -> Segment:
    """Return the segment an SSID is mapped to in the end, any other segment itself."""
    seen = {segment.id}
    while segment.laid_on in topology.segment_by_id and segment.laid_on not in seen:
        segment = topology.segment_by_id[segment.laid_on]
        seen.add(segment.id)
    return segment


def with_prefixes_of_ssids(topology: Topology) -> Topology:
    """Return the topology with each SSID in the prefixes of the segment it is mapped to."""
    if all(segment.laid_on is None for segment in topology.segments):
        return topology
    segments = tuple(
        replace(segment, prefixes=laid_on(topology, segment).prefixes)
        for segment in topology.segments
    )
    return replace(topology, segments=segments)
