"""Which zones a design may have under a profile."""

from zonecheck.model.message import Message
from zonecheck.model.segment import Segment
from zonecheck.model.zone import external_zone
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.extent import extent_of
from zonecheck.policy.verdict import Finding, MissingControl


def beyond_partition(analysis: Analysis) -> list[Finding]:
    """Return the segments in zones that a profile with an exact partition does not know."""
    profile = analysis.profile
    if not profile.exact_partition:
        return []
    known = {zone.id for zone in profile.zones} | {*profile.extra_zones, *profile.out_of_scope}
    known |= {external_zone(external.id) for external in analysis.topology.externals}
    return [
        _beyond(segment, segment.zone)
        for segment in analysis.topology.segments
        if segment.zone is not None and segment.zone not in known
    ]


def _beyond(segment: Segment, zone: str) -> Finding:
    message = Message.of("zone-assignment.beyond", segment=segment.id, zone=zone)
    control = MissingControl(segment.id, segment.source)
    extent = extent_of("zone", segment.id, zone)
    return Finding(message, (zone,), control, segment.source, extent=extent)
