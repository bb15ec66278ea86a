"""What devices forward beside unicast is outside every proof (docs/semantics.md, section 7)."""

from dataclasses import replace
from pathlib import Path

import pytest

from zonecheck.formats import read_topology
from zonecheck.model.device import ALSO_FORWARDED, UNTRANSLATED
from zonecheck.policy import CHECKS, Status, load_profile, verify
from zonecheck.policy.check import FLOW, PACKETS, PEERS

MINIMAL = read_topology(Path(__file__).parents[2] / "topologies" / "minimal")
FUEFUKI = load_profile("fuefuki-10")
OF_PACKETS = {check.id for check in CHECKS if {PACKETS, FLOW, PEERS} & set(check.rests_on)}


@pytest.mark.parametrize("feature", [*ALSO_FORWARDED, UNTRANSLATED])
def test_what_no_proof_covers_leaves_no_statement_on_packets_that_holds(feature: str) -> None:
    """Each names the device and what it forwards; other statements stay as they are."""
    first, *rest = MINIMAL.devices
    forwarding = replace(MINIMAL, devices=(replace(first, also_forwards=(feature,)), *rest))
    before = verify(MINIMAL, FUEFUKI)
    for result in verify(forwarding, FUEFUKI).results:
        held = before.result(result.check).status
        if result.check in OF_PACKETS and held is Status.HOLDS:
            assert result.status is Status.UNKNOWN, result.check
            named = [(m.item.code, m.item.named) for m in result.missing]
            if feature == UNTRANSLATED:
                assert ("missing.untranslated", {"subject": first.id}) in named
            else:
                expected = {"subject": first.id, "feature": feature}
                assert ("missing.also-forwards", expected) in named
        else:
            assert result.status is held, result.check
