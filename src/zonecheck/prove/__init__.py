"""Proofs over the data plane: reachability, information flow, witnesses."""

from zonecheck.prove.evidence import (
    DomainEdge,
    Evidence,
    FlowNode,
    ServiceEdge,
    SessionEdge,
    UndeclaredEdge,
)
from zonecheck.prove.excuse import Excuses, Unexcused, covers, segment_of, tunnel_headers
from zonecheck.prove.information import InformationFlow
from zonecheck.prove.openness import is_open, zone_of_external
from zonecheck.prove.reachability import Flow, Reachability
from zonecheck.prove.relay import RelayStep, shortest_chain
from zonecheck.prove.witness import Witness, find_witness

__all__ = [
    "DomainEdge",
    "Evidence",
    "Excuses",
    "Flow",
    "FlowNode",
    "InformationFlow",
    "Reachability",
    "RelayStep",
    "ServiceEdge",
    "SessionEdge",
    "UndeclaredEdge",
    "Unexcused",
    "Witness",
    "covers",
    "find_witness",
    "is_open",
    "segment_of",
    "shortest_chain",
    "tunnel_headers",
    "zone_of_external",
]
