"""The checks that take an older design."""

from dataclasses import replace
from datetime import date

from tests.formats.topologies import MINIMAL
from zonecheck.compare import baseline_answers, compare
from zonecheck.formats import read_topology
from zonecheck.model.profile import CheckPolicy, Profile
from zonecheck.model.rename import renamed
from zonecheck.model.topology import Topology
from zonecheck.model.waiver import Waiver
from zonecheck.policy import CheckResult, Status, verify
from zonecheck.policy.pending import CHANGE_APPROVED, CHANGE_IMPACT

CHECKS = (CHANGE_IMPACT, CHANGE_APPROVED)
PROFILE = Profile(
    "two", "", "", "", (), tuple(CheckPolicy(check, (), waivable=True) for check in CHECKS)
)
DESIGN = read_topology(MINIMAL)
TODAY = date(2026, 5, 1)


def widened() -> Topology:
    """Return the design with a rule that permits more between zones."""
    firewall = DESIGN.device_by_id["fw"]
    assert firewall.policy is not None
    rules = firewall.policy.rules or ()
    wider = replace(rules[0], name="more", destinations=rules[1].sources, services=())
    policy = replace(firewall.policy, rules=(*rules, wider))
    devices = (replace(d, policy=policy) if d.id == "fw" else d for d in DESIGN.devices)
    return replace(DESIGN, devices=tuple(devices))


def asked(old: Topology, new: Topology) -> dict[str, CheckResult]:
    """Return the results of both checks beside an older design."""
    given = baseline_answers(old, new, PROFILE)
    found = verify(new, PROFILE, checks=CHECKS, given=given, today=TODAY)
    return {result.check: result for result in found.results}


def test_without_an_older_design_they_are_not_run() -> None:
    """There is nothing to compare with."""
    found = verify(DESIGN, PROFILE, today=TODAY)
    assert {r.status for r in found.results if r.check in CHECKS} == {Status.NOT_RUN}


def test_beside_itself_a_design_holds() -> None:
    """Nothing is newly permitted and nothing changed."""
    assert {r.status for r in asked(DESIGN, DESIGN).values()} == {Status.HOLDS}


def test_what_is_newly_permitted_between_zones_is_found_with_a_packet() -> None:
    """Both checks are violated, each with a name that a waiver can use."""
    found = asked(DESIGN, widened())
    assert {r.status for r in found.values()} == {Status.VIOLATED}
    assert all(f.id and f.source.line for r in found.values() for f in r.findings)
    assert all(f.counterexample and f.boxes for f in found[CHANGE_IMPACT].findings)
    assert asked(widened(), DESIGN)[CHANGE_IMPACT].status is Status.HOLDS
    assert asked(widened(), DESIGN)[CHANGE_APPROVED].status is Status.VIOLATED


def test_a_change_is_acknowledged_by_waivers_and_only_that_change() -> None:
    """What is waived is not a change itself; anything more is another finding."""
    new = widened()
    waivers = tuple(
        Waiver(
            f"change-{n}",
            result.check,
            finding.id,
            clause="-",
            approver="CIO",
            reason="planned",
            expires=date(2027, 3, 31),
        )
        for result in asked(DESIGN, new).values()
        for n, finding in enumerate(result.findings)
    )
    approved = replace(new, waivers=waivers)
    assert {r.status for r in asked(DESIGN, approved).values()} == {Status.WAIVED}
    device = approved.device_by_id["fw"]
    assert device.policy is not None
    rules = tuple(replace(rule, services=()) for rule in device.policy.rules or ())
    changed = replace(device, policy=replace(device.policy, rules=rules))
    devices = tuple(changed if d.id == "fw" else d for d in approved.devices)
    more = asked(DESIGN, replace(approved, devices=devices))
    assert {r.status for r in more.values()} == {Status.VIOLATED}


def test_a_diff_answers_both_and_tells_the_verdicts_that_turn() -> None:
    """With the older design as the approved one."""
    whole = replace(PROFILE, checks=(*PROFILE.checks, CheckPolicy("undeclared-permit", ())))
    found = compare(DESIGN, widened(), whole, today=TODAY)
    assert found.verification is not None
    assert {found.verification.result(check).status for check in CHECKS} == {Status.VIOLATED}
    (turned,) = found.verdicts
    assert (turned.check, turned.after.status) == ("undeclared-permit", Status.VIOLATED)
    assert turned.appeared


def test_a_waiver_that_no_longer_fits_a_renamed_design_turns_its_verdict() -> None:
    """Nothing differs but names: what was waived is so no more until the waiver says the new."""
    policy = CheckPolicy("undeclared-permit", (), waivable=True)
    profile = replace(PROFILE, checks=(policy,))

    def waived(design: Topology) -> Topology:
        (result,) = verify(design, profile, checks=(policy.check,), today=TODAY).results
        waivers = tuple(
            Waiver(
                f"w{n}",
                result.check,
                finding.id,
                clause="-",
                approver="CIO",
                reason="planned",
                expires=date(2027, 3, 31),
            )
            for n, finding in enumerate(result.findings)
        )
        return replace(design, waivers=waivers)

    old = waived(widened())
    new = renamed(old, {segment.id: f"{segment.id}-2" for segment in old.segments})
    found = compare(old, new, profile, today=TODAY)
    assert not found.elements
    assert not found.packets
    (turned,) = found.verdicts
    assert (turned.before.status, turned.after.status) == (Status.WAIVED, Status.VIOLATED)
    mended = compare(old, waived(new), profile, today=TODAY)
    assert not mended.verdicts
    assert {change.section for change in mended.elements} == {"waivers"}
