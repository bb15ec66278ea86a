"""The other end of a specific flow is not connected to the Internet, or excepted by the policy."""

from zonecheck.model.channel import SpecificFlow
from zonecheck.model.closure import Closure
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.external import External, Openness, Peer
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.model.zone import INTERNET
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.chains import relay_chain
from zonecheck.policy.check import FLOW, PACKETS, PEERS, Check, Outcome
from zonecheck.policy.extent import extent_of, told_of_endpoint, told_of_flow
from zonecheck.policy.flow_ends import (
    is_excepted,
    missing_of_public_body,
    names_of,
    outer_ends,
    peer_of,
    public_peers,
    zones_of_flow,
)
from zonecheck.policy.internet_nodes import is_open_node, is_outside
from zonecheck.policy.our_ends import connected, our_outer_ends
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration
from zonecheck.prove import FlowNode, shortest_chain


def ask_peer_not_internet_connected(analysis: Analysis) -> Outcome:
    """Ends of specific flows outside the area are off the Internet, by what is declared and is."""
    ends = outer_ends(analysis.topology)
    findings: list[Finding] = []
    for end, flows in ends.items():
        peer = peer_of(analysis.topology, end)
        if peer is not None and is_excepted(peer, analysis.profile, analysis.closure):
            continue
        found = _declared(analysis, end, peer, flows)
        findings += found or _led_outside(analysis, end, flows)
    ours = our_outer_ends(analysis)
    for end, flows in ours.items():
        findings += connected(analysis, end, flows)
    return Outcome(tuple(findings), len(ends) + len(ours))


def _declared(
    analysis: Analysis, end: EndpointRef, peer: Peer | None, flows: list[SpecificFlow]
) -> list[Finding]:
    """Return what the declaration of an end itself says, or does not say."""
    external = analysis.topology.external_by_id[end.id]
    source = external.source if peer is None else peer.source
    if (
        external.openness is Openness.OPEN
        or external.zone_tag == INTERNET
        or (peer is not None and peer.internet_connected)
    ):
        message = Message.of(
            "peer-not-internet-connected.connected", peer=end, flow=names_of(flows)
        )
        control = MissingControl(str(end), source)
        zones, extent = zones_of_flow(analysis, flows[0]), _extent(analysis, end, flows)
        return [Finding(message, zones, control, source, extent=extent)]
    if analysis.closure is Closure.LOWER:
        return []
    missing = _undeclared(external) if peer is None else _undeclared_of_peer(end, peer)
    if missing is None:
        return []
    evidence = MissingDeclaration(missing, source)
    return [Finding(missing, zones_of_flow(analysis, flows[0]), evidence, source)]


def _extent(analysis: Analysis, end: EndpointRef, flows: list[SpecificFlow]) -> str:
    declared = {extent_of(told_of_flow(analysis, flow)) for flow in flows}
    return extent_of("peer", told_of_endpoint(analysis, end), declared)


def _undeclared(external: External) -> Message | None:
    if external.openness is None:
        return Message.of("missing.openness", subject=external.id)
    if external.basis is None:
        return Message.of("missing.external-basis", subject=external.id)
    return None


def _undeclared_of_peer(end: EndpointRef, peer: Peer) -> Message | None:
    if peer.internet_connected is None:
        return Message.of("missing.internet-connected", subject=end)
    if peer.basis is None:
        return Message.of("missing.peer-basis", subject=end)
    return None


def _led_outside(analysis: Analysis, end: EndpointRef, flows: list[SpecificFlow]) -> list[Finding]:
    """Return a way from an end to an open network on which nothing of ours lies."""
    information = analysis.information
    start = FlowNode("peer", end.id, end.peer) if end.peer else FlowNode("external", end.id)
    open_nodes = [n for n in information.edges if n != start and is_open_node(analysis, n)]
    if analysis.is_open(end.id):
        open_nodes.append(start)
    steps = shortest_chain(information, [start], open_nodes, within=is_outside)
    if steps is None:
        return []
    target = steps[-1].target if steps else start
    message = Message.of(
        "peer-not-internet-connected.relay", peer=start, destination=target, flow=names_of(flows)
    )
    source: Source = analysis.topology.external_by_id[end.id].source
    chain = relay_chain(analysis, start, steps)
    return [Finding(message, zones_of_flow(analysis, flows[0]), chain, source)]


def ask_public_body_exception(analysis: Analysis) -> Outcome:
    """The exception is made only for systems of public bodies, with operator and legal basis."""
    peers = public_peers(analysis.topology)
    findings: list[Finding] = []
    for end, peer, flows in peers:
        zones = zones_of_flow(analysis, flows[0])
        if analysis.profile.public_body_exception:
            for setting in missing_of_public_body(peer):
                if analysis.closure is Closure.UPPER:
                    message = Message.of("missing.public-body", subject=end, setting=setting)
                    evidence = MissingDeclaration(message, peer.source)
                    findings.append(Finding(message, zones, evidence, peer.source))
        elif _needs_it(peer, analysis.closure):
            code = "public-body-exception.not-allowed"
            message = Message.of(code, peer=end, flow=names_of(flows))
            control = MissingControl(str(end), peer.source)
            extent = _extent(analysis, end, flows)
            findings.append(Finding(message, zones, control, peer.source, extent=extent))
    return Outcome(tuple(findings), len(peers))


def _needs_it(peer: Peer, closure: Closure) -> bool:
    """Return whether a peer would break the rule but for the exception."""
    if closure is Closure.LOWER:
        return peer.internet_connected is True
    return peer.internet_connected is not False or peer.basis is None


CHECKS = (
    Check(
        "peer-not-internet-connected", 1, (PACKETS, FLOW, PEERS), ask_peer_not_internet_connected
    ),
    Check("public-body-exception", 1, (PEERS,), ask_public_body_exception),
)
