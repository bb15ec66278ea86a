"""Changes of one element of a design, which a search for repairs may try."""

from collections.abc import Iterator

from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.claims import claims, following
from zonecheck.policy.repairs.entailed import Entailed, entailed
from zonecheck.policy.repairs.places import place_repairs
from zonecheck.policy.repairs.repair import Repair, Size
from zonecheck.policy.repairs.rules import rule_repairs
from zonecheck.policy.repairs.settings import setting_repairs
from zonecheck.policy.repairs.shared_lines import LinePlace, also_at, shared_lines
from zonecheck.policy.repairs.trunks import port_repairs
from zonecheck.policy.repairs.waiving import waiver_repairs

__all__ = [
    "Entailed",
    "LinePlace",
    "Repair",
    "Size",
    "also_at",
    "claims",
    "entailed",
    "following",
    "repairs",
    "shared_lines",
]


def repairs(topology: Topology) -> Iterator[Repair]:
    """Yield every change of one element, whatever it may mend."""
    yield from waiver_repairs(topology)
    yield from rule_repairs(topology)
    yield from setting_repairs(topology)
    yield from port_repairs(topology)
    yield from place_repairs(topology)
