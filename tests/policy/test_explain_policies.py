"""What `explain` proposes under one policy of a design makes nothing worse under another."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.policy.aoba import ALPHA, aoba, made, worse
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import Status, load_profile, verify
from zonecheck.policy.explaining.explain import explain_each
from zonecheck.policy.explaining.standard import Standard

LEAK = (
    "{insert: devices.fw.rules, at: 0, value: "
    "{name: 旧共有, from: I-TERM, to: l-mail, service: tcp/445, action: permit}}"
)
OFFICE = ("I-TERM",)


def only(profile: Profile, *checks: str) -> Profile:
    """Return a profile that asks for some checks."""
    return replace(profile, checks=tuple(p for p in profile.checks if p.check in checks))


def statuses(topology: Topology, standard: Standard) -> dict[str, Status]:
    """Return the verdicts of `verify` under a policy."""
    found = verify(topology, standard.profile, segments=standard.segments)
    return {result.check: result.status for result in found.results}


PAIRS = {
    "office": (Standard(load_profile("nemuro-council-r8")), Standard(ALPHA, segments=OFFICE)),
    "both": (Standard(ALPHA), Standard(load_profile("ishioka-r8-03"), segments=OFFICE)),
    "shares": (
        Standard(only(ALPHA, "undeclared-permit")),
        Standard(only(ALPHA, "zone-assignment", "sanitised-channel-only"), segments=OFFICE),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("changes", [(), (LEAK,)], ids=["clean", "leak"])
def test_no_policy_is_worse_off_by_what_mends_another(
    name: str, changes: tuple[str, ...], tmp_path: Path
) -> None:
    """The check holds under its own policy, and no check of separation is worse under any."""
    topology, standards = aoba(tmp_path, *changes), PAIRS[name]
    before = [statuses(topology, standard) for standard in standards]
    found = explain_each(topology, standards)
    for at, explanation in enumerate(found):
        failing = {c for c, s in before[at].items() if s in (Status.VIOLATED, Status.UNKNOWN)}
        assert {each.result.check for each in explanation.explained} == failing
        for each in explanation.explained:
            for proposal in each.proposals:
                changed = made(topology, proposal)
                after = [statuses(changed, standard) for standard in standards]
                assert after[at][each.result.check] is Status.HOLDS
                assert [worse(*pair) for pair in zip(before, after, strict=True)] == [set(), set()]
