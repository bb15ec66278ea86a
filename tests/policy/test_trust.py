"""What verdicts owe to declarations."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.laws.test_verdicts import PROFILE as EVERY_CHECK
from tests.laws.test_verdicts import statuses
from zonecheck.formats import read_topology
from zonecheck.model.states import normal_state
from zonecheck.model.topology import Topology
from zonecheck.policy import CHECKS, Status, load_profile, verify, with_trust
from zonecheck.policy.answer import Proofs
from zonecheck.policy.ledger.undeclared import beyond_proof
from zonecheck.policy.verdict import Assumption, Fall
from zonecheck.policy.withdraw import declarations, leaves_unknown, withdraw, withdraw_all
from zonecheck.strategies import topologies

WORKING = {check.id for check in CHECKS if not check.monotone}
PROFILE = replace(
    EVERY_CHECK, checks=tuple(c for c in EVERY_CHECK.checks if c.check not in WORKING)
)
"""Every check that something does not get through: only those can a withdrawal not mend."""
TOPOLOGIES = Path(__file__).parents[2] / "topologies"
FUEFUKI = load_profile("fuefuki-10")
CITY = read_topology(TOPOLOGIES / "mihon-city")
MINIMAL = read_topology(TOPOLOGIES / "minimal")
EVERY = int(os.environ.get("ZONECHECK_EVERY", "600"))
"""Of the reference city's declarations every so many is proved without; 1 proves them all."""
SLOW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def name_of(declaration: Assumption) -> str:
    """Return an id for a test case."""
    return f"{declaration.id}-{declaration.subject}"


def falls_without(
    topology: Topology,
    declaration: Assumption,
    proofs: Proofs,
    before: dict[str, Status] | None = None,
) -> set[Fall]:
    """Return what falls of what holds (`before`, if that is known), by the plain way."""
    before = before or statuses(verify(topology, FUEFUKI, proofs=proofs))
    after = statuses(verify(withdraw(topology, declaration), FUEFUKI, proofs=proofs))
    return {
        Fall(check, status)
        for check, status in after.items()
        if before[check] is Status.HOLDS and status is not Status.HOLDS
    }


@pytest.mark.parametrize("declaration", declarations(CITY), ids=name_of)
def test_every_declaration_of_the_city_can_be_withdrawn(declaration: Assumption) -> None:
    """The topology without it is another, and it is not declared there any more."""
    without = withdraw(CITY, declaration)
    assert without != CITY
    left = {(entry.id, entry.subject) for entry in declarations(without)}
    named = (declaration.id, declaration.subject)
    if declaration.id in ("one-way", "service-settings", "side-isolation"):
        # These stay in the ledger as what they are: relied on, without a basis.
        assert named in left
    elif declaration.id == "carrier-isolation":
        assert without.external_by_id[declaration.subject].basis is None
    else:
        assert named not in left


@SLOW
@given(topologies(undeclared=True), st.data())
def test_a_withdrawal_never_makes_a_check_hold(topology: Topology, data: st.DataObject) -> None:
    """Neither a violated nor an unknown one, unless the file contradicts itself."""
    assume(not beyond_proof(topology))
    declared = declarations(topology)
    assume(declared)
    withdrawn = data.draw(st.sampled_from(declared))
    before = statuses(verify(topology, PROFILE))
    after = statuses(verify(withdraw(topology, withdrawn), PROFILE))
    for check, status in before.items():
        assert status is Status.HOLDS or after[check] is not Status.HOLDS, check


@SLOW
@given(topologies(), st.data())
def test_what_falls_without_one_falls_without_all(topology: Topology, data: st.DataObject) -> None:
    """Withdrawing more takes nothing back, unless what is withdrawn is a contradiction."""
    assume(not beyond_proof(topology))
    declared = declarations(topology)
    assume(declared)
    alone = statuses(verify(withdraw(topology, data.draw(st.sampled_from(declared))), PROFILE))
    together = statuses(verify(withdraw_all(topology, declared), PROFILE))
    for check, status in alone.items():
        # Which segments are management segments is read from the entries that are withdrawn too.
        if check != "mgmt-plane-isolation":
            assert status is Status.HOLDS or together[check] is not Status.HOLDS, check


@pytest.mark.parametrize("declaration", declarations(MINIMAL), ids=name_of)
def test_what_is_not_declared_is_unknown_or_at_its_worst(declaration: Assumption) -> None:
    """docs/semantics.md, section 7: unknown where absence has two closures, else violated."""
    for fall in falls_without(MINIMAL, declaration, Proofs(verdicts_only=True)):
        unknown = leaves_unknown(MINIMAL, declaration, fall.check)
        assert fall.status is (Status.UNKNOWN if unknown else Status.VIOLATED), fall.check


@pytest.fixture(scope="module")
def of_the_city() -> tuple[Proofs, dict[str, Status]]:
    """Return what is proved of the reference city in its normal state."""
    proofs = Proofs(verdicts_only=True)
    return proofs, statuses(verify(normal_state(CITY), FUEFUKI, proofs=proofs))


@pytest.mark.parametrize("declaration", declarations(CITY)[::EVERY], ids=name_of)
def test_the_verdicts_of_the_city_go_where_the_semantics_says(
    declaration: Assumption, of_the_city: tuple[Proofs, dict[str, Status]]
) -> None:
    """On a sample of its declarations; ZONECHECK_EVERY=1 takes all of them."""
    proofs, before = of_the_city
    for fall in falls_without(normal_state(CITY), declaration, proofs.fork(), before):
        unknown = leaves_unknown(CITY, declaration, fall.check)
        assert fall.status is (Status.UNKNOWN if unknown else Status.VIOLATED), fall.check


def test_trust_finds_what_single_withdrawals_find() -> None:
    """Groups and halves lose nothing, and a `holds` lists just what it needs."""
    found = with_trust(MINIMAL, FUEFUKI, verify(MINIMAL, FUEFUKI))
    assert found.trust is not None
    single: dict[Assumption, set[Fall]] = {}
    for each in found.trust.needed:
        if len(each.declarations) == 1:
            single.setdefault(each.declarations[0], set()).update(each.falls)
    for declaration in declarations(MINIMAL):
        falls = falls_without(MINIMAL, declaration, Proofs(verdicts_only=True))
        assert single.get(declaration, set()) == falls
    for result in found.results:
        if result.status is Status.HOLDS:
            listed = {a for a in result.assumptions if a in declarations(MINIMAL)}
            assert listed == {
                entry
                for each in found.trust.needed
                if result.check in {fall.check for fall in each.falls}
                for entry in each.declarations
            }


def test_several_processes_find_the_same() -> None:
    """However many work at once."""
    verification = verify(MINIMAL, FUEFUKI, checks=["undeclared-permit", "sanitise-mail-text"])
    alone = with_trust(MINIMAL, FUEFUKI, verification)
    assert with_trust(MINIMAL, FUEFUKI, verification, jobs=2) == alone


@settings(SLOW, max_examples=15)
@given(topologies(max_hosts=3))
def test_every_fall_is_accounted_for(topology: Topology) -> None:
    """What falls without all falls without some group, and each group named matters."""
    found = with_trust(topology, PROFILE, verify(topology, PROFILE))
    assert found.trust is not None
    named = {fall.check for each in found.trust.needed for fall in each.falls}
    assert named == {fall.check for fall in found.trust.together}
    for each in found.trust.needed:
        without = withdraw_all(topology, each.declarations)
        checks = [fall.check for fall in each.falls]
        fallen = statuses(verify(without, PROFILE, checks=checks))
        assert fallen == {fall.check: fall.status for fall in each.falls}
