"""Segments under a policy of their own: what of a verification concerns them.

The network that is proved stays whole, with all that can be sent in it; only findings about other
places are left out, and only where each place concerned is sure to have a finding of its own.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import Check, Outcome
from zonecheck.policy.crossing import UNZONED
from zonecheck.policy.verdict import Finding

BY_ZONES: Final = frozenset(
    {"multi-zone-host", "shared-l2-domain", "unfiltered-zone-crossing", "undeclared-permit"}
)
"""Checks that find something for every pair of zones it concerns, and name both.

The findings of others name one way of many, or not all places concerned: none is left out.
"""


def concerning(check: Check, segments: Collection[str]) -> Check:
    """Return the check without findings that do not concern these segments."""
    if check.id not in BY_ZONES:
        return check

    def ask(analysis: Analysis) -> Outcome:
        outcome = check.ask(analysis)
        if analysis.verdicts_only:
            return outcome
        topology = analysis.topology
        kept = tuple(f for f in outcome.findings if _concerns(topology, f, segments))
        return replace(outcome, findings=kept)

    return replace(check, ask=ask)


def _concerns(topology: Topology, finding: Finding, segments: Collection[str]) -> bool:
    zones = {topology.zone_of_segment(segment) for segment in segments}
    vague = not finding.zones or any(zone.startswith(UNZONED) for zone in finding.zones)
    return vague or None in zones or bool(zones & set(finding.zones))
