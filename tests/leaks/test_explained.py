"""Every leak can be mended by a change that `explain` proves, and none is cheaper by itself.

The suite is small enough to try all single removals. A sample of its designs is taken, all of them
with ZONECHECK_EVERY=1.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, reduce

import pytest

from tests.leaks.case_file import LEAKS
from zonecheck.formats import read_topology
from zonecheck.model.topology import Topology
from zonecheck.policy import CHECKS, Proofs, RoutingAssumption, Status, load_profile, verify
from zonecheck.policy.explaining.explain import explain
from zonecheck.policy.explaining.explanation import Explained, Explanation, Loss, Proposal, loss_of
from zonecheck.policy.explaining.kept_flows import KeptFlows
from zonecheck.policy.repairs import repairs

EVERY = int(os.environ.get("ZONECHECK_EVERY", "12"))
NAMES = sorted(name for name, file in LEAKS.items() if file.not_modelled is None)[::EVERY]
PROFILE = load_profile("fuefuki-10")
MONOTONE = {check.id for check in CHECKS if check.monotone}
RANK = {Status.HOLDS: 0, Status.UNKNOWN: 1, Status.VIOLATED: 2}


@cache
def design(name: str) -> Topology:
    """Return a leaking design."""
    return read_topology(LEAKS[name].path)


@cache
def explanation(name: str) -> Explanation:
    """Return what is said of it."""
    return explain(design(name), PROFILE, most_elsewhere=None)


def statuses(topology: Topology) -> dict[str, Status]:
    """Return verdicts proved without anything known from before."""
    found = verify(topology, PROFILE, proofs=Proofs(verdicts_only=True))
    return {result.check: result.status for result in found.results}


def changed(topology: Topology, proposal: Proposal) -> Topology:
    """Return the design with everything a proposal changes."""
    made = (*proposal.repairs, *proposal.follow)
    return reduce(lambda edited, repair: repair.edit(edited), made, topology)


def worse(before: dict[str, Status], after: dict[str, Status]) -> set[str]:
    """Return the checks of separation that got worse."""
    return {
        check
        for check, status in after.items()
        if check in MONOTONE and RANK.get(status, 0) > RANK.get(before[check], 0)
    }


@pytest.mark.parametrize("name", NAMES)
def test_what_is_proposed_holds_when_proved_anew(name: str) -> None:
    """The check holds, those said to be mended do, and no check of separation gets worse."""
    before = statuses(design(name))
    for each in explanation(name).explained:
        for proposal in each.proposals:
            after = statuses(changed(design(name), proposal))
            assert after[each.result.check] is Status.HOLDS
            assert {after[check] for check in proposal.mends} <= {Status.HOLDS}
            assert worse(before, after) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_check_that_fails_is_explained_once(name: str) -> None:
    """None is passed over, and a change always says where it is made."""
    before = statuses(design(name))
    explained = [each.result.check for each in explanation(name).explained]
    failing = [check for check, status in before.items() if status.value in ("violated", "unknown")]
    assert sorted(explained) == sorted(failing)
    for each in explanation(name).explained:
        for proposal in each.proposals:
            assert proposal.repairs
            assert all(repair.source.line for repair in proposal.repairs)


def _removals(name: str, each: Explained, most: Loss) -> Iterator[tuple[str, Loss]]:
    """Yield every single removal with which a check holds and that blocks fewer flows than most."""
    topology = design(name)
    before = statuses(topology)
    proofs = Proofs()
    flows = KeptFlows(topology, PROFILE, proofs, RoutingAssumption.DECLARED)
    for repair in repairs(topology):
        edited = repair.edit(topology) if repair.removes else topology
        if edited == topology:
            continue
        lost = loss_of(flows.lost(edited, proofs.fork()))
        if lost >= most:
            continue
        (result,) = verify(edited, PROFILE, checks=(each.result.check,)).results
        if result.vacuous and not each.proposals:
            continue  # with everything gone, or all that was asked about, a check is not mended
        if result.status is Status.HOLDS and not worse(before, statuses(edited)):
            yield repair.message.code, lost


@pytest.mark.parametrize("name", NAMES)
def test_no_single_removal_that_mends_blocks_fewer_flows(name: str) -> None:
    """All are tried where the proposal blocks any; where there is none, no removal mends."""
    for each in explanation(name).explained:
        if each.proposals and not each.proposals[0].lost:
            continue
        most = loss_of(each.proposals[0].lost) if each.proposals else (1_000_000, 0)
        assert list(_removals(name, each, most)) == []


def test_a_change_of_several_can_spare_none() -> None:
    """What is made together does not do with one of its members left out."""
    several = [
        (name, each.result.check, proposal)
        for name in NAMES
        for each in explanation(name).explained
        for proposal in each.proposals
        if len(proposal.repairs) > 1
    ]
    assert several
    for name, check, proposal in several:
        for repair in proposal.repairs:
            fewer = tuple(other for other in proposal.repairs if other is not repair)
            edited = changed(design(name), replace(proposal, repairs=fewer))
            (result,) = verify(edited, PROFILE, checks=(check,)).results
            assert result.status is not Status.HOLDS
