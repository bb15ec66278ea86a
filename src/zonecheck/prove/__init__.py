"""Proofs over the data plane: reachability, information flow, witnesses."""

from zonecheck.prove.evidence import (
    DomainEdge,
    Evidence,
    FlowNode,
    PlatformEdge,
    ServiceEdge,
    SessionEdge,
    UndeclaredEdge,
)
from zonecheck.prove.excuse import Excuses, covers, segment_of, tunnel_headers
from zonecheck.prove.flow import Flow, Part
from zonecheck.prove.information import InformationFlow
from zonecheck.prove.openness import is_open, zone_of_external
from zonecheck.prove.propagation import WayTooLongError
from zonecheck.prove.reachability import Reachability
from zonecheck.prove.relay import RelayStep, shortest_chain
from zonecheck.prove.witness import Witness, find_witness

__all__ = [
    "DomainEdge",
    "Evidence",
    "Excuses",
    "Flow",
    "FlowNode",
    "InformationFlow",
    "Part",
    "PlatformEdge",
    "Reachability",
    "RelayStep",
    "ServiceEdge",
    "SessionEdge",
    "UndeclaredEdge",
    "WayTooLongError",
    "Witness",
    "covers",
    "find_witness",
    "is_open",
    "segment_of",
    "shortest_chain",
    "tunnel_headers",
    "zone_of_external",
]
