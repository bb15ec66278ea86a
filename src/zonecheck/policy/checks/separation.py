"""Packets between zones: isolation, separation, filters at every crossing, declared permits."""

from dataclasses import replace

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.model.zone import LGWAN, MYNUMBER
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.chains import relay_chain
from zonecheck.policy.check import FLOW, PACKETS, Check, Outcome
from zonecheck.policy.crossing import (
    Relevant,
    crossings,
    excused_by,
    finding_of,
    nothing_excused,
)
from zonecheck.policy.extent import extent_of_ways
from zonecheck.policy.internet_nodes import is_connected, peer_at
from zonecheck.policy.verdict import Finding
from zonecheck.prove import FlowNode, shortest_chain


def ask_mynumber_isolation(analysis: Analysis) -> Outcome:
    """Nothing but specific flows passes the edge of the My Number area, relays included."""

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return (analysis.zone_of(a) == MYNUMBER) != (analysis.zone_of(b) == MYNUMBER)

    found = crossings(analysis, analysis.reach, relevant, excused_by(analysis.specific))
    findings = [finding_of(analysis, item, "mynumber-isolation.packet") for item in found]
    findings += _relay_findings(analysis)
    return Outcome(tuple(findings), count_pairs(analysis, relevant))


def _relay_findings(analysis: Analysis) -> list[Finding]:
    flow = analysis.information
    inside, outside = [], []
    for node in flow.edges:
        zones = flow.zones_of(node)
        if MYNUMBER in zones:
            inside.append(node)
        if zones - {MYNUMBER} or _may_be_connected(analysis, node):
            outside.append(node)
    findings: list[Finding] = []
    for starts, ends in ((inside, outside), (outside, inside)):
        found = _chain(analysis, starts, ends)
        if found is not None:
            findings.append(found)
    if not findings:
        return []
    extent = extent_of_ways(analysis, (inside, outside), (outside, inside))
    return [replace(findings[0], extent=extent)]


def _may_be_connected(analysis: Analysis, node: FlowNode) -> bool:
    """Return whether a node within the area is on the Internet too, or may be for all it says."""
    peer = peer_at(analysis, node)
    return peer is not None and is_connected(peer, analysis.closure)


def _chain(analysis: Analysis, starts: list[FlowNode], ends: list[FlowNode]) -> Finding | None:
    both = set(starts) & set(ends)
    flow = analysis.information
    pure_starts, pure_ends = [n for n in starts if n not in both], set(ends) - both
    steps = shortest_chain(flow, pure_starts, pure_ends)
    if steps is None:
        steps = shortest_chain(flow, starts, ends)
    if steps is None:
        return None
    start = steps[0].source if steps else min(both)
    end = steps[-1].target if steps else start
    zones = sorted(z or "-" for z in flow.zones_of(start) | flow.zones_of(end))
    message = Message.of("mynumber-isolation.relay", origin=start, destination=end)
    chain = relay_chain(analysis, start, steps)
    source = chain_source(analysis, start)
    return Finding(message, tuple(zones), chain, source)


def ask_lgwan_internet_separation(analysis: Analysis) -> Outcome:
    """Nothing but declared channels passes between the LGWAN area and the Internet."""

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        if analysis.zone_of(a) is None and analysis.zone_of(b) is None:
            return False
        return any(
            analysis.may_lie_in(one, LGWAN) and analysis.is_internet(other)
            for one, other in ((a, b), (b, a))
        )

    found = crossings(analysis, analysis.reach, relevant, excused_by(analysis.declared))
    findings = [finding_of(analysis, item, "lgwan-internet-separation.packet") for item in found]
    return Outcome(tuple(findings), count_pairs(analysis, relevant))


def ask_undeclared_permit(analysis: Analysis) -> Outcome:
    """Between any two zones nothing passes but what a channel or specific flow declares."""

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return analysis.zone_of(a) != analysis.zone_of(b)

    found = crossings(analysis, analysis.reach, relevant, excused_by(analysis.permitted))
    findings = [finding_of(analysis, item, "undeclared-permit.packet") for item in found]
    return Outcome(tuple(findings), count_pairs(analysis, relevant))


def ask_unfiltered_zone_crossing(analysis: Analysis) -> Outcome:
    """Whatever is forwarded from one zone to another passes a filter that ends in a deny."""

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return analysis.zone_of(a) != analysis.zone_of(b)

    found = crossings(analysis, analysis.unfiltered_reach, relevant, nothing_excused)
    findings = [finding_of(analysis, item, "unfiltered-zone-crossing.packet") for item in found]
    return Outcome(tuple(findings), count_pairs(analysis, relevant))


def count_pairs(analysis: Analysis, relevant: Relevant) -> int:
    """Return between how many pairs of attachment points a statement quantifies."""
    silent = {
        AttachmentPoint(AttachmentKind.ACCESS, segment.id)
        for segment in analysis.topology.segments
        if segment.guarded
    }
    points = {origin.point for origin in analysis.plane.origins} - silent
    ends = [p for p in points if p.kind is not AttachmentKind.STACK]
    return sum(1 for a in ends for b in ends if a != b and relevant(a, b))


def chain_source(analysis: Analysis, node: FlowNode) -> Source:
    """Return where a node of the information flow is declared."""
    topology = analysis.topology
    if node.kind == "host":
        return topology.host_by_id[node.id].source
    if node.kind == "stack":
        return topology.device_by_id[node.id].source
    if node.kind == "access":
        return topology.segment_by_id[node.id].source
    if node.kind == "hypervisor":
        return next(item.source for item in topology.hypervisors if item.id == node.id)
    if node.kind == "datastore":
        return next(item.source for item in topology.datastores if item.id == node.id)
    if node.kind == "out-of-band":
        return next(item.source for item in topology.out_of_band if item.id == node.id)
    return topology.external_by_id[node.id].source


CHECKS = (
    Check("mynumber-isolation", 1, (PACKETS, FLOW), ask_mynumber_isolation),
    Check("lgwan-internet-separation", 1, (PACKETS,), ask_lgwan_internet_separation),
    Check("unfiltered-zone-crossing", 1, (PACKETS,), ask_unfiltered_zone_crossing),
    Check("undeclared-permit", 1, (PACKETS,), ask_undeclared_permit),
)
