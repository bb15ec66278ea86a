"""What findings about lines, ports and radio speak of: where these are, and what is behind them.

The place of such a finding has a name that stays when it is moved: an SSID laid on another segment,
a port put into another VLAN, a line whose network turns open. What is told here makes that another
extent (policy.extent). Addresses are not told of ends: those of an open network are all that nobody
else declares, so that any new segment would be another extent.
"""

from collections.abc import Iterable

from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.external import External
from zonecheck.model.segment import Segment
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.attached import Attachment, attachments
from zonecheck.policy.extent import Told, extent_of
from zonecheck.prove import FlowNodes, zones_of_end


def told_of_domains(analysis: Analysis, domains: Iterable[int]) -> Told:
    """Return the segments that live in some broadcast domains, each with its zone.

    An SSID laid on a segment is one more way into it, not one more place to get to.
    """
    within = set(domains)
    found = analysis.plane.domains
    return [
        [segment.id, segment.zone]
        for segment in sorted(analysis.topology.segments, key=lambda segment: segment.id)
        if segment.laid_on is None and within & set(found.domains_of_segment(segment.id))
    ]


def told_of_vlans(analysis: Analysis, switch: str, vlans: Iterable[int]) -> Told:
    """Return the segments that whoever is in some VLANs of a switch is in."""
    return told_of_domains(analysis, analysis.plane.domains.domains_of_bridges(switch, vlans))


def told_of_segment(analysis: Analysis, segment: Segment) -> Told:
    """Return which segment it is, and the segments that whoever is in it is in."""
    domains = analysis.plane.domains.domains_of_segment(segment.id)
    return [segment.id, segment.zone, segment.laid_on, told_of_domains(analysis, domains)]


def told_of_attachment(analysis: Analysis, entry: Attachment) -> Told:
    """Return what an attachment joins here, and the networks of others it joins that with."""
    nodes = FlowNodes(analysis.plane)
    ends = {extent_of(_told_of_end(analysis, nodes, end)) for end in entry.ends}
    networks = {extent_of(_told_of_network(external)) for external in entry.externals}
    return [entry.name, entry.medium, ends, networks]


def told_of_external(analysis: Analysis, external: External) -> Told:
    """Return which network of others it is, and all that it is attached to here."""
    entries = [e for e in attachments(analysis.topology) if external in e.externals]
    attached = {extent_of(told_of_attachment(analysis, entry)) for entry in entries}
    return [_told_of_network(external), attached]


def _told_of_end(analysis: Analysis, nodes: FlowNodes, end: EndpointRef) -> Told:
    """Return which end it is, how many it stands for, and the zones it lies in."""
    host = analysis.topology.host_by_id.get(end.id)
    count = 1 if host is None else host.count
    return [end.kind.value, str(end), count, zones_of_end(nodes, analysis.plane, end)]


def _told_of_network(external: External) -> Told:
    """Return who can send from a network of others, and which systems are known in it."""
    openness = None if external.openness is None else external.openness.value
    peers = {
        (p.id, frozenset(map(str, p.addresses)), p.internet_connected, p.public_body)
        for p in external.peers
    }
    prefixes = {str(prefix) for prefix in external.prefixes}
    return [external.id, external.zone, external.role, openness, prefixes, peers]
