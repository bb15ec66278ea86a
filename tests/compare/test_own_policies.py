"""Policies of segments are compared whatever they are called, with the waivers under them."""

from dataclasses import replace
from datetime import date

import pytest

from tests.compare.test_baseline import DESIGN, TODAY, widened
from zonecheck.compare import Judges, compare, designs
from zonecheck.compare.profiles import profile_changes
from zonecheck.model.own_policy import OwnPolicy
from zonecheck.model.profile import CheckPolicy, Profile
from zonecheck.model.rename import renamed
from zonecheck.model.topology import Topology
from zonecheck.model.waiver import Waiver
from zonecheck.policy import Status, verify

CHECK = "undeclared-permit"
ASKED = CheckPolicy(CHECK, (), waivable=True)
CITY = Profile("city", "", "", "", (), ())
COUNCIL = Profile("council", "", "", "", (), (ASKED, CheckPolicy("multi-zone-host", ())))
SEGMENT = "L-TERM"
NAMES = [{SEGMENT: "L-PCS"}, {"l-term": "l-pc"}]


def under(design: Topology, policy: str, profile: str = "p.yaml") -> Topology:
    """Return the design with a segment under a policy of its own."""
    return replace(design, policies=(OwnPolicy(policy, profile, (SEGMENT,)),))


def judges(policy: str, profile: Profile = COUNCIL) -> Judges:
    """Return the profiles of such a design."""
    return Judges(None, {policy: profile})


def waived(design: Topology, left: int = 0) -> Topology:
    """Return the design with waivers of all that its own policy finds, or of all but some."""
    (policy,) = design.policies
    found = verify(design, COUNCIL, checks=(CHECK,), segments=policy.segments, today=TODAY)
    (result,) = found.results
    expires = date(2027, 3, 31)
    waivers = tuple(
        Waiver(f"w{n}", CHECK, f.id, clause="-", approver="-", reason="-", expires=expires)
        for n, f in enumerate(result.findings[left:])
    )
    assert waivers
    return replace(design, waivers=waivers)


@pytest.mark.parametrize("policy", ["council", "gikai"])
@pytest.mark.parametrize("weaker", [False, True])
def test_a_policy_called_otherwise_still_has_its_profile_compared(
    policy: str, weaker: bool
) -> None:
    """A check less is a difference under either name, the same profile under neither."""
    old, new = under(DESIGN, "council"), under(DESIGN, policy)
    now = replace(COUNCIL, checks=COUNCIL.checks[:1]) if weaker else COUNCIL
    both = designs(old, new)
    assert ("policies.council" in both.names) is (policy != "council")
    found = profile_changes(old, both, judges("council"), judges(policy, now))
    told = [(change.element, [field.name for field in change.fields]) for change in found]
    assert told == ([(f"policies.{policy}", ["checks[multi-zone-host]"])] if weaker else [])


def test_policies_that_take_each_others_names_keep_apart() -> None:
    """What is compared are the profiles of what has the name in both designs."""
    pair = (OwnPolicy("a", "a.yaml", (SEGMENT,)), OwnPolicy("b", "b.yaml", ("L-SRV",)))
    old = replace(DESIGN, policies=pair)
    new = replace(DESIGN, policies=(replace(pair[0], id="c"), replace(pair[1], id="d")))
    other = replace(COUNCIL, checks=())
    was = Judges(None, {"a": COUNCIL, "b": other})
    both = designs(old, new)
    assert not profile_changes(old, both, was, Judges(None, {"c": COUNCIL, "d": other}))
    found = profile_changes(old, both, was, Judges(None, {"c": other, "d": COUNCIL}))
    assert [change.element for change in found] == ["policies.c", "policies.d"]


@pytest.mark.parametrize("names", NAMES)
def test_a_waiver_under_an_own_policy_that_no_longer_fits_turns_its_verdict(
    names: dict[str, str],
) -> None:
    """Nothing differs but a name, of a segment or a host, and the city's profile asks nothing."""
    old = waived(under(widened(), "council"))
    new = renamed(old, names)
    both = judges("council"), judges("council")
    found = compare(old, new, CITY, judges=both, today=TODAY)
    assert (found.elements, found.packets) == ((), ())
    (turned,) = found.verdicts
    assert (turned.policy, turned.check) == ("council", CHECK)
    assert (turned.before.status, turned.after.status) == (Status.WAIVED, Status.VIOLATED)
    assert not compare(new, new, CITY, judges=both, today=TODAY).verdicts
    mended = compare(old, waived(new), CITY, judges=both, today=TODAY)
    assert not mended.verdicts
    assert {change.section for change in mended.elements} == {"waivers"}


@pytest.mark.parametrize("policy", ["council", ""])
def test_a_waiver_that_no_longer_fits_shows_where_others_are_violated_anyway(policy: str) -> None:
    """The verdict is the same, what it is violated by is not: less of it is excused."""
    old = waived(under(widened(), "council"), left=1)
    new = renamed(old, NAMES[0])
    profiles = (judges("council"), judges("council")) if policy else None
    city = CITY if policy else COUNCIL
    found = compare(old, new, city, judges=profiles, today=TODAY)
    (turned,) = found.verdicts
    assert (turned.policy, turned.check) == (policy, CHECK)
    assert turned.before.status is turned.after.status is Status.VIOLATED
    assert turned.appeared


def test_where_nobody_asks_for_verdicts_waivers_are_told_of() -> None:
    """Only of designs that have any and differ, in a name at least."""
    plain = under(widened(), "council")
    old = waived(plain)
    for before, after, told in (
        (old, renamed(old, NAMES[0]), True),
        (old, old, False),
        (plain, renamed(plain, NAMES[0]), False),
    ):
        assert compare(before, after, CITY, verdicts=False, today=TODAY).waivers_untold is told
    assert not compare(old, renamed(old, NAMES[0]), CITY, today=TODAY).waivers_untold
