"""The reference city holds; every mistake breaks what it must; benign changes break nothing.

The city is proved in all its states. Mistakes and benign changes are proved in the normal one: a
check that is violated there is violated, and the members of a pair differ in their cables alone.
"""

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.shown import packet_paths as shown_in
from zonecheck.cli.exit_code import exit_code
from zonecheck.formats import read_topology
from zonecheck.model.message import Message
from zonecheck.model.states import normal_state, state_named
from zonecheck.model.topology import Topology
from zonecheck.policy import Finding, Status, Verification, load_profile, verify
from zonecheck.policy.pending import PENDING
from zonecheck.policy.verdict import (
    Counterexample,
    MissingControl,
    OpeningPacket,
    PacketPath,
    RelayChain,
    RuleConflict,
    SharedDomain,
)
from zonecheck.policy.waiver_standing import EXCEPTION_VALID, VERIFICATION_RECORD
from zonecheck.simulate import Sessions, Simulator

TOPOLOGIES = Path(__file__).parents[2] / "topologies"
CITY = TOPOLOGIES / "mihon-city" / "mihon-city.zones.yaml"
MISTAKES = TOPOLOGIES / "mistakes"
SUFFIX = ".zones.yaml"
EXPECTED: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "expected.yaml").read_text(encoding="utf-8")
)
EVERY = os.environ.get("ZONECHECK_EVERY") == "1"
HALF, OTHER_HALF = (list(EXPECTED) if EVERY else list(EXPECTED)[at::2] for at in (0, 1))
"""What an ordinary run proves here and elsewhere; with ZONECHECK_EVERY=1 both are all mistakes."""
TOGETHER = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in HALF]
"""Mistakes, the tests of each in one process, which proves it once."""
BENIGN = sorted(path.name for path in (MISTAKES / "benign").glob(f"*{SUFFIX}"))
NOT_OF_THE_DESIGN = {*PENDING, EXCEPTION_VALID, VERIFICATION_RECORD}
"""Checks that say nothing of the network: not made yet, or about waivers and the run itself."""
DEDICATED_TERMINAL = "mynumber-dedicated-terminal"
"""What the city does not do, though it is desirable: its terminals serve several businesses."""
NOT_IN_THE_CITY = {"remote-access-bounded", "offsite-host-approved"}
"""Checks that judge nothing there: no staff come in from outside, and no machine stands outside."""


@cache
def topology(path: Path) -> Topology:
    """Return a design, read once."""
    return read_topology(path)


@cache
def verification(path: Path) -> Verification:
    """Return the verdicts on a design in its normal state, made once."""
    design = normal_state(topology(path))
    return verify(design, load_profile(design.profile))


@cache
def simulator(path: Path, state: str) -> Simulator:
    """Return the simulator of a design in one of its states, made once."""
    return Simulator(state_named(topology(path), state))


def overlay(name: str) -> Path:
    """Return the file of a mistake."""
    return MISTAKES / f"{name}{SUFFIX}"


def raised(path: Path) -> set[str]:
    """Return the checks a design violates by something that is not wrong in the city.

    The city itself leaves one piece of advice aside, and in the normal state alone the ports that
    standby members are cabled to look unused (`open-port-control`).
    """
    return {
        r.check
        for r in verification(path).results
        if r.status is Status.VIOLATED and not _said(path, r.check) <= _said(CITY, r.check)
    }


def _said(path: Path, check: str) -> set[Message]:
    return {finding.message for finding in verification(path).result(check).findings}


def verdicts(path: Path) -> dict[str, tuple[Status, bool]]:
    """Return status and vacuity by check."""
    return {r.check: (r.status, r.vacuous) for r in verification(path).results}


def counterexamples(path: Path) -> Iterator[tuple[str, Counterexample]]:
    """Yield all evidence a report of this design shows, each with the state it occurs in."""
    for result in verification(path).results:
        for finding in result.findings:
            if finding.counterexample is not None:
                yield finding.state, finding.counterexample


def packet_paths(path: Path) -> Iterator[tuple[str, PacketPath]]:
    """Yield every packet path a report of this design shows, each with its state."""
    for state, evidence in counterexamples(path):
        yield from ((state, shown) for shown in shown_in(evidence))


# --- the city ------------------------------------------------------------------------------------


def test_every_check_holds_on_the_city_but_one_advice() -> None:
    """It passes with every member of every pair in charge, and gives every check work to do."""
    design = topology(CITY)
    found = verify(design, load_profile(design.profile))
    made = {r.check: r for r in found.results if r.policy and r.check not in NOT_OF_THE_DESIGN}
    assert {check for check, r in made.items() if r.status is not Status.HOLDS} == {
        DEDICATED_TERMINAL
    }
    advice = made[DEDICATED_TERMINAL]
    assert advice.status is Status.VIOLATED
    assert advice.policy is not None
    assert advice.policy.level == "advice"
    assert {check for check, r in made.items() if r.vacuous} == NOT_IN_THE_CITY
    assert {r.status for r in found.results if r.check in PENDING} == {Status.NOT_RUN}
    assert found.states == ("", *(m.id for device in design.devices for m in device.standby))
    assert exit_code(found) == 0
    assert found.undeclared == ()


def test_the_city_is_as_large_as_its_plan() -> None:
    """758 staff terminals, 60 MFPs and 98 servers, counted by zone."""
    design = topology(CITY)

    def count(role: str, *zones: str) -> int:
        return sum(
            host.count
            for host in design.hosts
            if host.role == role
            and all(design.zone_of_segment(i.segment) in zones for i in host.interfaces)
        )

    assert [count("terminal", z) for z in ("mynumber", "lgwan", "internet")] == [198, 500, 60]
    assert [count("mfp", z) for z in ("mynumber", "lgwan")] == [18, 42]
    servers = [count("server", *z) for z in (("mynumber",), ("lgwan",), ("internet", "dmz"))]
    # The twelve machines of the virtual browser farm come on top of the 18 of the Internet area.
    assert servers == [34, 46, 18 + 12]


# --- mistakes ------------------------------------------------------------------------------------


def test_every_mistake_is_expected_and_every_expectation_is_a_mistake() -> None:
    """No overlay is left unjudged."""
    files = {path.name.removesuffix(SUFFIX) for path in MISTAKES.glob(f"*{SUFFIX}")}
    assert files == set(EXPECTED)


@pytest.mark.parametrize("name", TOGETHER)
def test_a_mistake_raises_what_it_must_and_nothing_unexplained(name: str) -> None:
    """The named checks are violated, and every other that is has its reason written down."""
    expected = EXPECTED[name]
    must = set(expected["must_raise"])
    also = {item["check"] for item in expected["also"]}
    assert all(item["because"].strip() for item in expected["also"])
    assert not must & also
    assert raised(overlay(name)) == must | also
    assert exit_code(verification(overlay(name))) == 1
    unknown = expected.get("unknown", [])
    assert all(item["because"].strip() for item in unknown)
    assert {
        check for check, (status, _) in verdicts(overlay(name)).items() if status is Status.UNKNOWN
    } == {item["check"] for item in unknown}


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        pytest.param(
            name,
            facts,
            id=f"{name}-{facts['check']}-{facts['kind']}",
            marks=pytest.mark.xdist_group(name),
        )
        for name, expected in EXPECTED.items()
        if name in HALF
        for facts in expected["counterexamples"]
    ],
)
def test_a_mistake_is_shown_by_the_counterexample_it_calls_for(
    name: str, facts: dict[str, Any]
) -> None:
    """Some finding of the check has all the facts."""
    findings = verification(overlay(name)).result(facts["check"]).findings
    assert any(_has(finding, facts, overlay(name)) for finding in findings), findings


def _has(finding: Finding, facts: dict[str, Any], path: Path) -> bool:
    evidence = finding.counterexample
    if type(evidence).__name__ != facts["kind"]:
        return False
    if "zones" in facts and list(finding.zones) != facts["zones"]:
        return False
    if isinstance(evidence, PacketPath):
        return _path_has(evidence, facts, path)
    if isinstance(evidence, RelayChain):
        nodes = iter(evidence.nodes)
        return all(wanted in nodes for wanted in facts["nodes"])
    if isinstance(evidence, SharedDomain):
        joins = [f"{one} = {other}" for one, other, _ in evidence.joins]
        ends = [str(evidence.a), str(evidence.b)]
        return ends == [facts["a"], facts["b"]] and any(fnmatch(j, facts["joins"]) for j in joins)
    if isinstance(evidence, RuleConflict):
        return (
            evidence.place == facts["place"]
            and finding.message.named["rule"] == facts["rule"]
            and facts["by"] in (name for name, _ in evidence.deciding)
            and fnmatch(str(evidence.packet), facts.get("packet", "*"))
        )
    return isinstance(evidence, MissingControl) and fnmatch(evidence.place, facts["place"])


def _path_has(evidence: PacketPath, facts: dict[str, Any], path: Path) -> bool:
    packet = evidence.packet
    rules = [
        decision.rule.name
        for hop in evidence.hops
        for decision in hop.decisions
        if decision.rule is not None and Path(decision.rule.source.file).name == path.name
    ]
    return (
        fnmatch(str(evidence.origin), facts.get("from", "*"))
        and fnmatch(str(evidence.destination), facts.get("to", "*"))
        and fnmatch(f"{packet.destination}:{packet.destination_port}", facts.get("dst", "*"))
        and facts.get("through") in (None, *(hop.node for hop in evidence.hops))
        and facts.get("rule") in (None, *rules)
    )


@pytest.mark.parametrize("name", TOGETHER)
def test_every_packet_shown_is_delivered_by_the_simulator(name: str) -> None:
    """Replayed from its origin, after the packets that open its sessions, it arrives as shown."""
    for state, path in packet_paths(overlay(name)):
        network = simulator(overlay(name), state)
        trace = network.send(path.packet, path.origin, _opened(network, path.after))
        delivery = trace.delivered_at(path.destination)
        assert delivery is not None, path
        assert delivery.hops == path.hops


def _opened(network: Simulator, openers: tuple[OpeningPacket, ...]) -> Sessions:
    sessions = Sessions.NONE
    for opener in openers:
        sessions = network.send(opener.packet, opener.origin, sessions).sessions
    return sessions


@pytest.mark.parametrize("name", TOGETHER)
def test_every_rule_shown_says_where_it_is_written(name: str) -> None:
    """A decision points to a line that exists, and a rule's line holds its name."""
    for _, path in packet_paths(overlay(name)):
        for hop in path.hops:
            for decision in hop.decisions:
                lines = Path(decision.source.file).read_text(encoding="utf-8").splitlines()
                assert 1 <= decision.source.line <= len(lines)
                if decision.rule is not None:
                    assert decision.rule.name in lines[decision.rule.source.line - 1]


# --- benign changes ------------------------------------------------------------------------------


@pytest.mark.xdist_group("benign")
@pytest.mark.parametrize("name", BENIGN if EVERY else BENIGN[::2])
def test_a_benign_change_changes_the_design_and_no_verdict(name: str) -> None:
    """False positives would teach engineers to ignore the tool."""
    path = MISTAKES / "benign" / name
    assert topology(path) != topology(CITY)
    assert verdicts(path) == verdicts(CITY)
