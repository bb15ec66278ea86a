"""What `explain` proposes where findings are waived: as `verify` would judge it, or nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.policy.aoba import ALPHA, aoba, assert_sound
from zonecheck.model.topology import Topology
from zonecheck.model.waiver import Waiver
from zonecheck.policy import load_profile, verify
from zonecheck.policy.explaining.explain import explain
from zonecheck.policy.explaining.explanation import Explained

PERMIT = "undeclared-permit"
VALID = "exception-valid"
LEAK = (
    "{insert: devices.fw.rules, at: 0, value: "
    "{name: 旧共有, from: I-TERM, to: l-mail, service: tcp/445, action: permit}}"
)
LENIENT = replace(
    ALPHA,
    checks=(
        *(replace(policy, waivable=True) for policy in ALPHA.checks),
        *(policy for policy in load_profile("fuefuki-10").checks if policy.check == VALID),
    ),
)
"""The guideline with waivers: any check may be waived, and each waiver is judged."""
LIKE = Waiver(
    "w",
    PERMIT,
    "f-aaaaaaaaaaaaaaaa",
    clause="第120条第1項",
    approver="統括情報セキュリティ責任者",
    reason="更改までの間",
    expires=date.max,
)
GONE = LIKE
UNKNOWN_CHECK = replace(LIKE, id="v", check="undeclared-permt")
ELSEWHERE = replace(LIKE, id="e")
"""A waiver that names a finding of another check, once the finding is filled in."""
EXPIRED = replace(LIKE, id="x", expires=date(2026, 1, 31))


def waived(topology: Topology, *checks: str) -> Topology:
    """Return a design with a waiver for all that some checks find."""
    found = verify(topology, LENIENT, checks=checks)
    waivers = tuple(
        replace(LIKE, id=f"w-{check}-{at}", check=check, finding=finding.id)
        for check in checks
        for at, finding in enumerate(found.result(check).findings)
    )
    assert waivers
    return replace(topology, waivers=waivers)


def explained(topology: Topology, *checks: str) -> dict[str, Explained]:
    """Return what is said of the checks that fail, or of some."""
    found = explain(topology, LENIENT, checks=checks or None)
    return {each.result.check: each for each in found.explained}


def codes(each: Explained) -> list[str]:
    """Return the codes of the first change proposed."""
    return [repair.message.code for repair in each.proposals[0].repairs]


@pytest.mark.parametrize(
    "waivers",
    [(GONE,), (UNKNOWN_CHECK,), (EXPIRED,), (GONE, UNKNOWN_CHECK), (GONE, EXPIRED)],
    ids=["gone", "unknown-check", "expired", "two", "two-kinds"],
)
def test_a_waiver_that_excuses_nothing_is_proposed_to_go(
    waivers: tuple[Waiver, ...], tmp_path: Path
) -> None:
    """Nothing else makes the check hold, and no part of the network is touched for it."""
    design = replace(aoba(tmp_path), waivers=waivers)
    each = explained(design)[VALID]
    assert codes(each) == ["repair.waiver-removed"] * len(waivers)
    assert not each.proposals[0].vacuous
    assert_sound(design, VALID, each.proposals[0], LENIENT)


@pytest.mark.parametrize("checks", [(PERMIT,), (PERMIT, "lgwan-internet-separation")])
def test_what_is_proposed_beside_waivers_is_what_verify_says(
    checks: tuple[str, ...], tmp_path: Path
) -> None:
    """Every proposal holds in whole proofs, with the waivers that it leaves judged again."""
    design = waived(aoba(tmp_path, LEAK), *checks)
    found = explained(design)
    assert found
    for check, each in found.items():
        assert each.proposals, check
        for proposal in each.proposals:
            assert_sound(design, check, proposal, LENIENT)


def test_a_waiver_goes_with_what_it_excused(tmp_path: Path) -> None:
    """Where a change ends a finding, the waiver for it is a part of the change."""
    design = waived(aoba(tmp_path, LEAK), PERMIT)
    (each,) = explained(design, "lgwan-internet-separation").values()
    proposal = each.proposals[0]
    assert codes(each) == ["repair.rule-removed"]
    assert {repair.message.code for repair in proposal.follow} == {"repair.waiver-removed"}
    assert len(proposal.follow) == len(design.waivers)


@pytest.mark.parametrize(
    "others", [(), (GONE,), (UNKNOWN_CHECK,), (EXPIRED,), (GONE, UNKNOWN_CHECK, EXPIRED)]
)
def test_a_waiver_of_the_wrong_check_goes_with_whatever_else_excuses_nothing(
    others: tuple[Waiver, ...], tmp_path: Path
) -> None:
    """The waivers that count stay, and nothing but waivers is touched."""
    design = waived(aoba(tmp_path, LEAK), "lgwan-internet-separation")
    wrong = replace(ELSEWHERE, finding=design.waivers[0].finding)
    design = replace(design, waivers=(*design.waivers, wrong, *others))
    (each,) = explained(design, VALID).values()
    gone = {repair.message.named["waiver"] for repair in each.proposals[0].repairs}
    assert codes(each) == ["repair.waiver-removed"] * (1 + len(others))
    assert gone == {wrong.id, *(waiver.id for waiver in others)}
    assert_sound(design, VALID, each.proposals[0], LENIENT)
