"""`explain` proposes a change for every mistake of the reference city, and it re-proves.

By default two mistakes are explained, by the first check each must raise, in the normal state; a
few single removals are held against a proposal that blocks a declared flow; the leak suite tries
all. ZONECHECK_EVERY=1 explains every check that each mistake raises, and tries every removal for
the checks it must raise, a sample for those that follow. A removal with which the simulator still
delivers a check's counterexample cannot mend that check, which is proved for a sample too.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, reduce
from pathlib import Path
from random import Random

import pytest

from tests.mistakes.test_mistakes import EXPECTED, overlay, raised
from zonecheck.formats import read_topology
from zonecheck.model.profile import Profile
from zonecheck.model.states import normal_state
from zonecheck.model.topology import Topology
from zonecheck.policy import Proofs, RoutingAssumption, Status, load_profile, verify
from zonecheck.policy.explaining.explain import explain
from zonecheck.policy.explaining.explanation import Explanation, Loss, Proposal, loss_of
from zonecheck.policy.explaining.kept_flows import KeptFlows
from zonecheck.policy.explaining.survival import Survival, is_traceable
from zonecheck.policy.repairs import repairs
from zonecheck.policy.verdict import CheckResult
from zonecheck.report.lang import Lang
from zonecheck.report.text.explain import render_explanation

EVERY = os.environ.get("ZONECHECK_EVERY") == "1"
NAMES = list(EXPECTED) if EVERY else ["m07-stepping-stone", "m11-sanitiser-bypass"]
ROOT = Path(__file__).parents[2]
SAMPLE = 2
PROVED_ANYWAY = 40
"""Removals of which all proofs are asked, whether or not they could be spared."""
SEED = 20261129

ASKED = {
    "m02-shared-hypervisor": "shared-platform",
    "m08-asymmetric-route": "unfiltered-zone-crossing",
    "m11-sanitiser-bypass": "undeclared-permit",
}
"""The checks to explain where it is not the first one that must be raised."""

# What an engineer would do, where that is one thing. Codes of changes, without `repair.`.
NATURAL = {
    "m01-dual-homed-mfp": "card-removed",
    "m02-shared-hypervisor": "guest-removed",
    "m03-native-vlan-leak": "trunk-native-removed",
    "m05-maintenance-any": "rule-removed",
    "m07-stepping-stone": "rule-removed",
    "m08-asymmetric-route": "route-removed",
    "m11-sanitiser-bypass": "rule-removed",
    "m12-sanitiser-forwards": "ip-forward-off",
    "m13-specific-flow-widened": "rule-narrowed",
    "m14-port-security-off": "port-security-on",
    "m15-peer-on-internet": "declared",
    "m24-shadowed-deny": "rule-removed",
}


@cache
def design(name: str) -> tuple[Topology, Profile]:
    """Return a mistake in its normal state, and its profile."""
    topology = normal_state(read_topology(overlay(name)))
    return topology, load_profile(topology.profile)


@cache
def explanation(name: str) -> Explanation:
    """Return what is said of a mistake."""
    first = ASKED.get(name, EXPECTED[name]["must_raise"][0])
    checks = (first, *sorted(raised(overlay(name)) - {first})) if EVERY else (first,)
    return explain(*design(name), checks=checks)


def changed(topology: Topology, proposal: Proposal) -> Topology:
    """Return the design with everything a proposal changes."""
    made = (*proposal.repairs, *proposal.follow)
    return reduce(lambda edited, repair: repair.edit(edited), made, topology)


@pytest.mark.parametrize("name", NAMES)
def test_a_change_is_proposed_that_proves_anew(name: str) -> None:
    """It is what an engineer would do, and no removal of a sample mends and blocks fewer flows.

    One test a mistake, so that workers do not search for the same twice.
    """
    topology, profile = design(name)
    explained = explanation(name).explained
    for each in explained:
        assert each.proposals, each.result.check
        edited = changed(topology, each.proposals[0])
        proofs = Proofs(verdicts_only=True)
        (found,) = verify(edited, profile, checks=(each.result.check,), proofs=proofs).results
        assert found.status is Status.HOLDS
    losing = [(e.result, loss_of(e.proposals[0].lost)) for e in explained if e.proposals[0].lost]
    assert _cheaper(name, losing) == []
    codes = {repair.message.code for each in explained for repair in each.proposals[0].repairs}
    assert name not in NATURAL or f"repair.{NATURAL[name]}" in codes


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_example_of_the_documentation_is_what_is_printed(lang: Lang) -> None:
    """All but the head, which names the file and the profile."""
    name = "m11-sanitiser-bypass"
    topology, profile = design(name)
    asked = [e for e in explanation(name).explained if e.result.check == ASKED[name]]
    found = replace(explanation(name), explained=tuple(asked))
    shown = render_explanation(found, topology, profile, lang).partition("\n\n")[2]
    shown = shown.replace(f"{ROOT}/", "")
    assert f"```\n{shown}```\n" in (ROOT / "docs" / "explain.md").read_text("utf-8")


def _cheaper(name: str, losing: Sequence[tuple[CheckResult, Loss]]) -> list[tuple[str, str]]:
    """Return the removals of a sample with which a check holds and fewer flows are blocked.

    Each is tried once for all checks.
    """
    if not losing:
        return []
    topology, profile = design(name)
    proofs = Proofs(verdicts_only=True)
    flows = KeptFlows(topology, profile, proofs, RoutingAssumption.DECLARED)
    removals = [repair for repair in repairs(topology) if repair.removes]
    chosen = removals if EVERY else Random(SEED).sample(removals, SAMPLE)
    anyway = Random(SEED).sample(chosen, min(PROVED_ANYWAY, len(chosen)))
    most = {result.check: loss for result, loss in losing}
    followed = most.keys() - EXPECTED[name]["must_raise"]
    cheaper = []
    for repair in chosen:
        edited = repair.edit(topology)
        shown = {result.check for result, _ in losing if _still_goes(result, edited)}
        asked = tuple(most if repair in anyway else most.keys() - shown - followed)
        if not asked:
            continue
        lost = loss_of(flows.lost(edited, proofs.fork()))
        if repair not in anyway and all(lost >= most[check] for check in asked):
            continue
        results = verify(edited, profile, checks=asked, proofs=proofs.fork()).results
        holding = [found.check for found in results if found.status is Status.HOLDS]
        assert not shown.intersection(holding), (repair.message, holding)
        cheaper += [(repair.message.code, each) for each in holding if lost < most[each]]
    return cheaper


def _still_goes(result: CheckResult, edited: Topology) -> bool:
    """Return whether a counterexample that shows all it rests on is as it was."""
    whole = [found for found in result.findings if is_traceable(found.counterexample)]
    return any(Survival([found]).survivors(edited) for found in whole)
