"""What `explain` says of its search: what costs least, what is left, why nothing is found."""

from functools import reduce
from pathlib import Path

import pytest

from tests.policy.aoba import ALPHA, aoba, statuses, worse
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import Proofs, RoutingAssumption, Status, load_profile, verify
from zonecheck.policy.explaining.explain import explain
from zonecheck.policy.explaining.explanation import Explained, loss_of
from zonecheck.policy.explaining.kept_flows import KeptFlows
from zonecheck.policy.repairs import repairs

ANY = "{insert: devices.fw.rules, at: 0, value: {name: 追加, from: any, to: any, action: permit}}"
ISHIOKA = load_profile("ishioka-r8-03")
FUEFUKI = load_profile("fuefuki-10")


def explained(
    topology: Topology, check: str, profile: Profile, most: int | None = None
) -> Explained:
    """Return what is said of a check."""
    return explain(topology, profile, checks=(check,), most_elsewhere=most).explained[0]


@pytest.mark.parametrize("check", ["sanitise-mail-text", "undeclared-permit"])
def test_a_flow_lost_in_part_counts_less_than_one_lost_wholly(check: str, tmp_path: Path) -> None:
    """Of all single removals that mend, none loses fewer flows wholly, or as many and fewer."""
    topology = aoba(tmp_path, ANY)
    (proposal,) = explained(topology, check, ALPHA).proposals
    assert proposal.lost
    assert not any(flow.wholly for flow in proposal.lost)
    before, proofs = statuses(topology), Proofs()
    flows = KeptFlows(topology, ALPHA, proofs, RoutingAssumption.DECLARED)
    for repair in repairs(topology):
        edited = repair.edit(topology) if repair.removes else topology
        loss = loss_of(flows.lost(edited, proofs.fork()))
        if loss < loss_of(proposal.lost):
            after = statuses(edited)
            assert after[check] is not Status.HOLDS or worse(before, after), repair.message


@pytest.mark.parametrize(
    ("check", "profile"),
    [
        ("sanitised-channel-only", ISHIOKA),
        ("egress-control", FUEFUKI),
        ("mynumber-mfa", ALPHA),
        ("open-port-control", FUEFUKI),
    ],
)
def test_what_is_left_untried_is_what_a_higher_limit_tries(
    check: str, profile: Profile, tmp_path: Path
) -> None:
    """Without a limit nothing is left; with one, what it leaves is what it keeps from trying."""
    topology = aoba(tmp_path)
    every = explained(topology, check, profile)
    none = explained(topology, check, profile, most=0)
    assert every.untried == 0
    assert every.tried >= none.tried + none.untried or not none.untried


def test_where_nothing_mends_what_ends_the_violation_is_named(tmp_path: Path) -> None:
    """The check is unknown then for want of just what is said, and nothing else is worse."""
    topology, check = aoba(tmp_path), "egress-control"
    each = explained(topology, check, FUEFUKI)
    assert each.result.status is Status.VIOLATED
    assert each.proposals == ()
    assert each.almost is not None
    edited = reduce(lambda made, repair: repair.edit(made), each.almost.repairs, topology)
    after = verify(edited, FUEFUKI).result(check)
    assert after.status is Status.UNKNOWN
    assert after.missing == each.almost.missing
    assert not after.findings
    assert worse(statuses(topology, FUEFUKI), statuses(edited, FUEFUKI)) == set()
