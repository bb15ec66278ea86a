"""Checks, profiles and verdicts."""

from zonecheck.policy.answer import Proofs
from zonecheck.policy.catalogue import check_ids, load_profile, profile_ids
from zonecheck.policy.checks import CHECKS
from zonecheck.policy.evaluate import Progress, verify
from zonecheck.policy.explaining.explain import explain
from zonecheck.policy.explaining.explanation import Explanation, Proposal
from zonecheck.policy.routing_assumption import RoutingAssumption
from zonecheck.policy.trust import with_trust
from zonecheck.policy.verdict import (
    Assumption,
    CheckResult,
    Finding,
    MissingDeclaration,
    PacketPath,
    RelayChain,
    Status,
    Verification,
)

__all__ = [
    "CHECKS",
    "Assumption",
    "CheckResult",
    "Explanation",
    "Finding",
    "MissingDeclaration",
    "PacketPath",
    "Progress",
    "Proofs",
    "Proposal",
    "RelayChain",
    "RoutingAssumption",
    "Status",
    "Verification",
    "check_ids",
    "explain",
    "load_profile",
    "profile_ids",
    "verify",
    "with_trust",
]
