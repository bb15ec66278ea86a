"""Every mistake under every built-in profile: what the profile contains is raised, nothing else.

Under the profile of the city `test_mistakes.py` proves the same. By default the other municipal
profiles judge every other mistake, one of the national ones each; ZONECHECK_EVERY=1 lets all judge.
"""

import os
from functools import cache
from pathlib import Path

import pytest

from tests.mistakes.test_mistakes import CITY, EXPECTED, OTHER_HALF, overlay, topology
from zonecheck.model.states import normal_state
from zonecheck.policy import Proofs, Status, load_profile, profile_ids, verify

EVERY = os.environ.get("ZONECHECK_EVERY") == "1"
OF_THE_CITY = topology(CITY).profile
OTHERS = [profile for profile in profile_ids() if profile != OF_THE_CITY]
NATIONAL = [profile for profile in OTHERS if profile.startswith("soumu-")]
MUNICIPAL = [profile for profile in OTHERS if profile not in NATIONAL]


@cache
def proofs() -> Proofs:
    """Return what is proved of the city, for its mistakes to take over."""
    return Proofs(verdicts_only=True)


@cache
def violated_by_the_city(profile: str) -> frozenset[str]:
    """Return the checks the city violates under a profile in its normal state."""
    return _violated(CITY, profile, proofs())


def _violated(path: Path, profile: str, known: Proofs) -> frozenset[str]:
    results = verify(normal_state(topology(path)), load_profile(profile), proofs=known).results
    return frozenset(r.check for r in results if r.status is Status.VIOLATED)


def judges(name: str) -> list[str]:
    """Return the profiles a mistake is judged by."""
    if EVERY:
        return OTHERS
    number = list(EXPECTED).index(name) // 2
    two = MUNICIPAL[number % 2 :: 2]
    return [*two, NATIONAL[number % len(NATIONAL)]]


def test_the_nine_profiles_are_all_there() -> None:
    """Five municipal policies, that of the city among them, and four national models."""
    assert (len(MUNICIPAL), len(NATIONAL)) == (4, 4)
    assert {profile for name in EXPECTED for profile in judges(name)} == set(OTHERS)


@pytest.mark.xdist_group("profiles")  # what the city violates under each is found once
@pytest.mark.parametrize("name", OTHER_HALF)
def test_a_mistake_raises_what_the_profile_contains_and_nothing_else(name: str) -> None:
    """What the city itself violates under a profile is not the mistake's."""
    expected = EXPECTED[name]
    everywhere = {*expected["must_raise"], *(item["check"] for item in expected["also"])}
    city = {profile: violated_by_the_city(profile) for profile in judges(name)}
    known = proofs().fork()
    for profile in judges(name):
        asked = {policy.check for policy in load_profile(profile).checks}
        found = _violated(overlay(name), profile, known)
        assert found - city[profile] == (everywhere & asked) - city[profile], profile
