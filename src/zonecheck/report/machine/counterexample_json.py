"""Counterexamples for machines, in full."""

from zonecheck.policy.verdict import (
    ChainStep,
    Counterexample,
    MissingControl,
    MissingDeclaration,
    OpeningPacket,
    PacketPath,
    PlatformStep,
    RelayChain,
    RuleConflict,
    ServiceStep,
    SharedDomain,
)
from zonecheck.report.machine.json_parts import (
    Json,
    hop_json,
    message_json,
    packet_json,
    point_json,
    source_json,
)


def counterexample_json(found: Counterexample | ServiceStep | PlatformStep) -> Json:
    """Return a counterexample or the evidence of a chain step; `kind` says which it is."""
    if isinstance(found, PacketPath):
        return path_json(found)
    if isinstance(found, RelayChain):
        return {
            "kind": "relay-chain",
            "nodes": list(found.nodes),
            "steps": [_step_json(step) for step in found.steps],
        }
    if isinstance(found, SharedDomain):
        return _domain_json(found)
    if isinstance(found, ServiceStep):
        return {
            "kind": "service",
            "host": found.host,
            "method": found.method,
            "reverse": found.reverse,
            "source": source_json(found.source),
        }
    if isinstance(found, PlatformStep):
        return {
            "kind": "platform",
            "platform": found.kind,
            "subject": found.subject,
            "source": source_json(found.source),
        }
    if isinstance(found, MissingControl):
        return {
            "kind": "missing-control",
            "place": found.place,
            "source": source_json(found.source),
            "passes": None if found.passes is None else path_json(found.passes),
        }
    if isinstance(found, RuleConflict):
        return {
            "kind": "rule-conflict",
            "place": found.place,
            "deciding": [
                {"rule": name, "source": source_json(source)} for name, source in found.deciding
            ],
            "packet": None if found.packet is None else packet_json(found.packet),
        }
    return missing_json(found)


def path_json(path: PacketPath) -> Json:
    """Return a delivered packet with its hops and what opened its session."""
    return {
        "kind": "packet-path",
        "packet": packet_json(path.packet),
        "origin": point_json(path.origin),
        "destination": point_json(path.destination),
        "forged": path.forged,
        "hops": [hop_json(hop) for hop in path.hops],
        "after": [_opening_json(opener) for opener in path.after],
    }


def _opening_json(opening: OpeningPacket) -> Json:
    arrived = opening.destination
    return {
        "packet": packet_json(opening.packet),
        "origin": point_json(opening.origin),
        "destination": None if arrived is None else point_json(arrived),
        "forged": opening.forged,
        "hops": [hop_json(hop) for hop in opening.hops],
    }


def missing_json(missing: MissingDeclaration) -> Json:
    """Return what is not declared and where to declare it."""
    return {
        "kind": "missing-declaration",
        "item": message_json(missing.item),
        "source": source_json(missing.source),
    }


def _step_json(step: ChainStep) -> Json:
    return {"origin": step.origin, "target": step.target, "by": counterexample_json(step.by)}


def _domain_json(shared: SharedDomain) -> Json:
    return {
        "kind": "shared-domain",
        "a": point_json(shared.a),
        "b": point_json(shared.b),
        "joins": [{"a": a, "b": b, "source": source_json(source)} for a, b, source in shared.joins],
    }
