"""Proofs over the data plane: reachability, information flow, witnesses."""

from zonecheck.prove.admission_edges import authenticates, authenticators
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
from zonecheck.prove.flow import Flow, Part, sent_from
from zonecheck.prove.flow_nodes import FlowNodes
from zonecheck.prove.information import InformationFlow
from zonecheck.prove.openings import Opening, openings
from zonecheck.prove.openness import is_open, zone_of_external
from zonecheck.prove.out_of_band import (
    ends_in_place,
    leads_nowhere,
    leads_outside,
    zones_of_end,
)
from zonecheck.prove.propagation import LONGEST_WAY, WayTooLongError
from zonecheck.prove.reachability import Reachability
from zonecheck.prove.relay import RelayStep, shortest_chain
from zonecheck.prove.shared_domains import listened
from zonecheck.prove.ways import WayRelation, ways_between
from zonecheck.prove.witness import Witness, find_witness

__all__ = [
    "LONGEST_WAY",
    "DomainEdge",
    "Evidence",
    "Excuses",
    "Flow",
    "FlowNode",
    "FlowNodes",
    "InformationFlow",
    "Opening",
    "Part",
    "PlatformEdge",
    "Reachability",
    "RelayStep",
    "ServiceEdge",
    "SessionEdge",
    "UndeclaredEdge",
    "WayRelation",
    "WayTooLongError",
    "Witness",
    "authenticates",
    "authenticators",
    "covers",
    "ends_in_place",
    "find_witness",
    "is_open",
    "leads_nowhere",
    "leads_outside",
    "listened",
    "openings",
    "segment_of",
    "sent_from",
    "shortest_chain",
    "tunnel_headers",
    "ways_between",
    "zone_of_external",
    "zones_of_end",
]
