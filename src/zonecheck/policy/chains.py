"""Relay chains: ways of payload as evidence a person can follow and the simulator repeats."""

from zonecheck.policy.analysis import Analysis
from zonecheck.policy.replay import replay
from zonecheck.policy.verdict import (
    ChainStep,
    PacketPath,
    PlatformStep,
    RelayChain,
    ServiceStep,
    SharedDomain,
)
from zonecheck.prove import (
    DomainEdge,
    Evidence,
    FlowNode,
    PlatformEdge,
    RelayStep,
    ServiceEdge,
    SessionEdge,
    find_witness,
)


def relay_chain(analysis: Analysis, start: FlowNode, steps: tuple[RelayStep, ...]) -> RelayChain:
    """Return a way of payload as a chain whose packet paths were replayed."""
    nodes = (str(start), *(str(step.target) for step in steps))
    return RelayChain(
        nodes,
        tuple(
            ChainStep(str(step.source), str(step.target), _evidence(analysis, step.evidence))
            for step in steps
        ),
    )


def _evidence(
    analysis: Analysis, evidence: Evidence
) -> PacketPath | SharedDomain | ServiceStep | PlatformStep:
    if isinstance(evidence, SessionEdge):
        fresh = analysis.reach.flow(evidence.origin, evidence.destination).fresh
        headers = evidence.headers & fresh
        witness = find_witness(
            analysis.plane,
            evidence.origin,
            evidence.destination,
            evidence.headers if headers.is_empty else headers,
        )
        if witness is None:
            raise ValueError("a session edge holds at least one header")
        return replay(analysis, witness)
    if isinstance(evidence, DomainEdge):
        return SharedDomain(
            evidence.a, evidence.b, analysis.simulator.chain(evidence.a, evidence.b)
        )
    if isinstance(evidence, ServiceEdge):
        service = evidence.service
        return ServiceStep(evidence.host, service.method.value, evidence.reverse, service.source)
    if isinstance(evidence, PlatformEdge):
        return PlatformStep(evidence.kind, evidence.subject, evidence.source)
    topology = analysis.topology
    node = topology.host_by_id.get(evidence.node) or topology.external_by_id[evidence.node]
    return ServiceStep(node.id, "undeclared", reverse=False, source=node.source)
