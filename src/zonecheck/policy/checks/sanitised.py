"""Sanitised channels are the only way for payload into the LGWAN area."""

from collections.abc import Callable

from zonecheck.model.message import Message
from zonecheck.model.zone import LGWAN
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.chains import relay_chain
from zonecheck.policy.check import FLOW, PACKETS, Check, Outcome
from zonecheck.policy.checks.separation import chain_source
from zonecheck.policy.extent import extent_of_ways
from zonecheck.policy.internet_nodes import is_internet_node
from zonecheck.policy.lacking import lacking_inside
from zonecheck.policy.sanitising import is_accepted
from zonecheck.policy.verdict import Finding
from zonecheck.prove import Evidence, ServiceEdge, shortest_chain


def ask_sanitised_channel_only(analysis: Analysis) -> Outcome:
    """Payload from the Internet reaches the LGWAN area only through accepted services."""
    flow = analysis.imports
    outer = [n for n in flow.edges if is_internet_node(analysis, n)]
    inner = [n for n in flow.edges if LGWAN in flow.zones_of(n)]
    unzoned = [n for n in flow.edges if None in flow.zones_of(n)]
    # A node without a zone may be either end, but not both at once.
    directions = [(outer, inner + unzoned), (outer + unzoned, inner)]
    if analysis.profile.sanitise == "both":
        directions += [(ends, starts) for starts, ends in directions]
    if not unzoned:
        directions = directions[::2]
    findings: list[Finding] = []
    for starts, ends in directions:
        steps = shortest_chain(flow, starts, ends, deleted=accepted_edges(analysis))
        if steps is None:
            continue
        start = steps[0].source if steps else min(set(starts) & set(ends))
        end = steps[-1].target if steps else start
        zones = tuple(sorted(z or "-" for z in flow.zones_of(start) | flow.zones_of(end)))
        message = Message.of("sanitised-channel-only.relay", origin=start, destination=end)
        chain = relay_chain(analysis, start, steps)
        extent = extent_of_ways(analysis, (starts, ends), deleted=accepted_edges(analysis))
        source = chain_source(analysis, start)
        lacking = lacking_inside(analysis.topology, chain.nodes)
        findings.append(Finding(message, zones, chain, source, extent=extent, lacking=lacking))
    return Outcome(tuple(findings), len(outer) * len(inner))


def accepted_edges(analysis: Analysis) -> Callable[[Evidence], bool]:
    """Return whether an evidence is a sanitising service in its data direction."""
    hosts = analysis.topology.host_by_id

    def accepted(evidence: Evidence) -> bool:
        if not isinstance(evidence, ServiceEdge) or evidence.reverse:
            return False
        host = hosts[evidence.host]
        return is_accepted(host, evidence.service, analysis.profile, analysis.closure)

    return accepted


CHECKS = (Check("sanitised-channel-only", 1, (PACKETS, FLOW), ask_sanitised_channel_only),)
