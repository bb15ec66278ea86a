"""One design under every profile: the verdicts differ exactly where the texts do.

Each design in `cross_profile/` is verified with all checks that ask for no system of the ledger
and no attribute, since it declares none; those are asked of the small topologies
(`test_small_topologies.py`). The table says which checks are violated under which profile;
nothing is unknown. A level in it is that of the violated check.
"""

from pathlib import Path

import pytest

from zonecheck.cli.exit_code import exit_code
from zonecheck.formats import read_topology
from zonecheck.policy import CHECKS, Status, Verification, load_profile, profile_ids, verify
from zonecheck.policy.check import LISTENS, SYSTEMS, attribute_of

PATHS = tuple(
    check.id
    for check in CHECKS
    if not any(kind in (SYSTEMS, LISTENS) or attribute_of(kind) for kind in check.rests_on)
)
FOLDER = Path(__file__).parent / "cross_profile"
FUEFUKI, ISHIOKA, SAIKAI, CHIBA = ("fuefuki-10", "ishioka-r8-03", "saikai-r6", "chiba-r7-03")
ALPHA, ALPHA_PRIME, BETA, BETA_PRIME = (
    "soumu-alpha",
    "soumu-alpha-prime",
    "soumu-beta",
    "soumu-beta-prime",
)
NATIONAL = (ALPHA, ALPHA_PRIME, BETA, BETA_PRIME)
_UNSANITISED = {"sanitised-channel-only": "error"}
_UNDECLARED = {"undeclared-permit": "error"}
_BREAKS_OUT = {**_UNSANITISED, **_UNDECLARED}
_TURNED = {"sanitise-screen-transfer": "error"}
_UNBOUND = {"specific-flow-bounded": "error"}
_UNBOUND_ADVICE = {"specific-flow-bounded": "advice"}
_PEER_ADVICE = {"peer-not-internet-connected": "advice"}
EXPECTED: dict[str, dict[str, dict[str, str]]] = {
    # (a) what is only sent out imports nothing: it satisfies who asks for sanitised imports, and
    # not who asks for sanitised communication both ways.
    "export-one-way": {ISHIOKA: _UNSANITISED, SAIKAI: _UNSANITISED},
    # Answers import data: no policy that sanitises accepts them.
    "export-https": dict.fromkeys((FUEFUKI, ISHIOKA, SAIKAI, *NATIONAL), _UNSANITISED),
    # (b) a specific flow that no MAC address binds.
    "flow-without-mac": {
        **dict.fromkeys((FUEFUKI, *NATIONAL), _UNBOUND),
        **dict.fromkeys((ISHIOKA, SAIKAI), _UNBOUND_ADVICE),
    },
    # (c) a public body's system that is on the Internet: excepted by name, or by a waiver.
    "ministry": dict.fromkeys((ISHIOKA, SAIKAI), _PEER_ADVICE),
    # (d) communication between the areas is controlled, which is all that one policy asks.
    "filtering-router": dict.fromkeys((FUEFUKI, ISHIOKA, SAIKAI, *NATIONAL), _UNSANITISED),
    # Screens of the LGWAN area on terminals of the Internet area: the model beta foresees it.
    "screen-beta": dict.fromkeys((ALPHA, ALPHA_PRIME), _TURNED),
    "breakout": {
        **dict.fromkeys((FUEFUKI, SAIKAI, ALPHA, BETA, BETA_PRIME), _BREAKS_OUT),
        ISHIOKA: _UNSANITISED,
        CHIBA: _UNDECLARED,
    },
}


def found(design: str, profile: str) -> Verification:
    """Return the verdicts on a design."""
    topology = read_topology(FOLDER / f"{design}.zones.yaml")
    return verify(topology, load_profile(profile), checks=PATHS)


def test_the_table_speaks_of_every_design() -> None:
    """No design lies there unread."""
    assert {path.name.removesuffix(".zones.yaml") for path in FOLDER.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("profile", profile_ids())
@pytest.mark.parametrize("design", EXPECTED)
def test_a_design_is_violated_where_the_text_forbids_it(design: str, profile: str) -> None:
    """And passes everywhere else; advice fails no run."""
    verification = found(design, profile)
    violated = {
        r.check: r.policy.level
        for r in verification.results
        if r.status is Status.VIOLATED and r.policy is not None
    }
    assert violated == EXPECTED[design].get(profile, {})
    assert not [r.check for r in verification.results if r.status is Status.UNKNOWN]
    fails = "error" in violated.values()
    assert exit_code(verification) == (1 if fails else 0)


@pytest.mark.parametrize("profile", [ISHIOKA, SAIKAI])
def test_what_is_allowed_in_principle_only_can_be_waived(profile: str) -> None:
    """Golden case (c): the exception that the text does not name needs a waiver."""
    result = found("ministry", profile).result("peer-not-internet-connected")
    assert result.policy is not None
    assert (result.policy.strength, result.policy.waivable) == ("in-principle", True)


def test_the_exception_for_public_bodies_is_what_makes_the_difference() -> None:
    """Under Fuefuki the peer is excepted because it is a public body's, and not otherwise."""
    assert found("ministry", FUEFUKI).result("public-body-exception").examined == 1
    holds = found("ministry", FUEFUKI).result("peer-not-internet-connected")
    assert (holds.status, holds.vacuous) == (Status.HOLDS, False)


def test_two_areas_with_a_filtering_router_are_controlled() -> None:
    """Golden case (d): each check the policy asks for and that is made holds, none of nothing."""
    made = [r for r in found("filtering-router", CHIBA).results if r.status is Status.HOLDS]
    asked = {
        "zone-assignment",
        "multi-zone-host",
        "shared-l2-domain",
        "unfiltered-zone-crossing",
        "undeclared-permit",
        "ipv6-parity",
    }
    assert asked <= {r.check for r in made if not r.vacuous}
