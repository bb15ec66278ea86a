"""Ends of specific flows that are our own, outside the My Number area: off the Internet as well.

What is outside that area is outside of it (外部), ours or not. An end of ours lies outside the
Internet area, and payload goes neither from an open network to it nor back by what relays between
them; the sanitised ways into the LGWAN area and the one-way relays out of it connect nobody.
"""

from collections.abc import Iterator
from dataclasses import replace

from zonecheck.model.channel import SpecificFlow
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.host import ONE_WAY
from zonecheck.model.message import Message
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.chains import relay_chain
from zonecheck.policy.checks.sanitised import accepted_edges
from zonecheck.policy.checks.separation import chain_source
from zonecheck.policy.extent import extent_of, extent_of_ways, told_of_endpoint, told_of_flow
from zonecheck.policy.flow_ends import names_of, zones_of_flow
from zonecheck.policy.internet_nodes import is_internet_node, is_open_node
from zonecheck.policy.verdict import Finding, MissingControl
from zonecheck.prove import Evidence, FlowNode, RelayStep, ServiceEdge, shortest_chain

_OURS = (EndpointKind.HOST, EndpointKind.SEGMENT, EndpointKind.DEVICE)


def our_outer_ends(analysis: Analysis) -> dict[EndpointRef, list[SpecificFlow]]:
    """Return the ends of ours outside the My Number area, with the flows that end in them."""
    found: dict[EndpointRef, list[SpecificFlow]] = {}
    for flow in analysis.topology.specific_flows:
        for end in (flow.origin, flow.destination):
            if end.kind in _OURS and not analysis.lies_in_mynumber(end):
                found.setdefault(end, []).append(flow)
    return found


def connected(analysis: Analysis, end: EndpointRef, flows: list[SpecificFlow]) -> Iterator[Finding]:
    """Yield the way between an end of ours and the Internet, if there is one."""
    nodes = _nodes_of(analysis, end)
    outside = [n for n in analysis.imports.edges if is_open_node(analysis, n)]
    every = [n for n in analysis.imports.edges if _may_be_internet(analysis, n)]
    if any(map(analysis.is_internet, analysis.standing_for(end))):
        every += nodes
    for targets in (outside, every):
        steps = _way(analysis, nodes, targets)
        if steps is not None:
            yield _finding(analysis, end, flows, steps, every)
            return


def _nodes_of(analysis: Analysis, end: EndpointRef) -> list[FlowNode]:
    nodes = analysis.imports.nodes
    if end.kind is EndpointKind.HOST:
        return nodes.of_host(end.id)
    if end.kind is EndpointKind.DEVICE:
        return [FlowNode("stack", end.id)]
    standing = analysis.standing_for(end)
    found = (node for point in standing for node in nodes.at(point))
    return sorted({FlowNode("access", end.id), *found})


def _may_be_internet(analysis: Analysis, node: FlowNode) -> bool:
    """Return whether a node is the Internet; without a zone, in the upper closure it may be."""
    return is_internet_node(analysis, node) or None in analysis.imports.zones_of(node)


def _way(
    analysis: Analysis, nodes: list[FlowNode], targets: list[FlowNode]
) -> tuple[RelayStep, ...] | None:
    accepted = accepted_edges(analysis)

    def handed_out(evidence: Evidence) -> bool:
        return isinstance(evidence, ServiceEdge) and (
            accepted(replace(evidence, reverse=False))
            or analysis.topology.host_by_id[evidence.host].role == ONE_WAY
        )

    inward = shortest_chain(analysis.imports, targets, nodes, deleted=accepted)
    if inward is not None:
        return inward
    return shortest_chain(analysis.imports, nodes, targets, deleted=handed_out)


def _finding(
    analysis: Analysis,
    end: EndpointRef,
    flows: list[SpecificFlow],
    steps: tuple[RelayStep, ...],
    internet: list[FlowNode],
) -> Finding:
    nodes, named = _nodes_of(analysis, end), names_of(flows)
    start = steps[0].source if steps else nodes[0]
    source, zones = chain_source(analysis, start), zones_of_flow(analysis, flows[0])
    told = told_of_endpoint(analysis, end), {extent_of(told_of_flow(analysis, f)) for f in flows}
    # All edges count, accepted ones too: what leaves and what enters differ in those left out.
    ways = extent_of_ways(analysis, (internet, nodes), (nodes, internet))
    extent = None if ways is None else extent_of("our-end", *told, ways)
    if not steps:
        message = Message.of("peer-not-internet-connected.area", peer=end, flow=named)
        control = MissingControl(str(end), source)
        return Finding(message, zones, control, source, extent=extent)
    message = Message.of(
        "peer-not-internet-connected.ours",
        peer=end,
        flow=named,
        origin=start,
        destination=steps[-1].target,
    )
    return Finding(message, zones, relay_chain(analysis, start, steps), source, extent=extent)
