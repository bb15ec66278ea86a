"""One small topology per municipal policy: it shows the policy's own points, and nothing is wrong.

Broken at any of these points, the check of that point notices. `small_topologies.yaml` lists them.
"""

from collections.abc import Iterator
from functools import cache
from os.path import relpath
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.shown import packet_paths as shown_in
from zonecheck.formats import read_topology
from zonecheck.model.states import state_named
from zonecheck.policy import Status, Verification, load_profile, verify
from zonecheck.policy.verdict import (
    CheckResult,
    Counterexample,
    PacketPath,
)
from zonecheck.simulate import Sessions, Simulator

TOPOLOGIES = Path(__file__).parents[2] / "topologies"
POINTS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("small_topologies.yaml").read_text(encoding="utf-8")
)
PROFILES = {
    "fuefuki": "fuefuki-10",
    "ishioka": "ishioka-r8-03",
    "saikai": "saikai-r6",
    "chiba": "chiba-r7-03",
    "nemuro-council": "nemuro-council-r8",
}
NOT_HERE = {
    "fuefuki": {
        "sanitise-screen-transfer",
        "sanitise-file",
        "nat-consistency",
        "remote-maintenance-bounded",
        "remote-access-bounded",
        "admin-session-window",
        "shared-platform",
        "oob-path",
        "wlan-zone-allowed",
        "wlan-strong-auth",
        "wlan-approved",
        "mfp-single-zone",
        "iot-isolated",
        "offsite-host-approved",
        "dos-protection-declared",
        "public-service-separated",
        "exposed-port-minimal",
        "dev-prod-separation",
        "policy-holds-under-failure",
        "redundancy-effective",
        "cloud-service-approved",
        "cloud-class-allowed",
        "cloud-path-controlled",
        "cloud-internal-control",
        "cloud-region-declared",
        "exception-valid",
    },
    "ishioka": {"shared-platform", "oob-path", "cloud-service-approved"},
    "saikai": {
        "specific-flow-bounded",
        "mac-binding-enforced",
        "peer-not-internet-connected",
        "public-body-via-lgwan",
        "shared-platform",
        "oob-path",
        "cloud-service-approved",
    },
    "chiba": set[str](),
    "nemuro-council": set[str](),
}
"""Checks of the profile that have nothing to judge: what they speak of does not exist there."""


def file_of(name: str) -> Path:
    """Return the file of a small topology."""
    return TOPOLOGIES / name / f"{name}.zones.yaml"


@cache
def verification(name: str) -> Verification:
    """Return all verdicts on a small topology under its own profile."""
    design = read_topology(file_of(name))
    return verify(design, load_profile(design.profile))


@pytest.mark.parametrize("name", POINTS)
def test_every_check_that_is_made_holds(name: str) -> None:
    """Advice included, and of nothing only where the thing does not exist."""
    found = verification(name)
    made = [r for r in found.results if r.policy is not None and r.status is not Status.NOT_RUN]
    assert found.profile == PROFILES[name]
    assert {r.check: r.status for r in made if r.status is not Status.HOLDS} == {}
    assert {r.check for r in made if r.vacuous} == NOT_HERE[name]
    assert found.exit_code == 0
    assert found.undeclared == ()


@pytest.mark.parametrize("name", POINTS)
def test_it_is_small_and_says_what_it_shows_in_two_languages(name: str) -> None:
    """It can be read in a few minutes, by both kinds of readers."""
    lines = file_of(name).read_text(encoding="utf-8").splitlines()
    assert 40 <= len(lines) <= 150
    head = [line for line in lines[:8] if line.startswith("#")]
    assert any(line.isascii() for line in head)
    assert any(not line.isascii() for line in head)


def test_every_policy_has_four_points_or_more() -> None:
    """And each is tested on the topology of that policy."""
    assert set(POINTS) == set(PROFILES)
    assert all(len({point["check"] for point in points}) >= 4 for points in POINTS.values())


@pytest.mark.parametrize(
    ("name", "point"),
    [
        pytest.param(name, point, id=f"{name}-{number}-{point['check']}")
        for name, points in POINTS.items()
        for number, point in enumerate(points)
    ],
)
def test_broken_at_a_point_its_check_fails(
    name: str, point: dict[str, Any], tmp_path: Path
) -> None:
    """It is violated, or unknown where a declaration is gone; packets shown arrive as shown."""
    overlay = tmp_path / "broken.zones.yaml"
    broken = {
        "zonecheck": 1,
        "overlay": relpath(file_of(name), tmp_path),
        "changes": point["changes"],
    }
    overlay.write_text(yaml.safe_dump(broken, allow_unicode=True), encoding="utf-8")
    design = read_topology(overlay)
    result = verify(design, load_profile(design.profile), checks=[point["check"]]).results[0]
    assert result.status is Status(point.get("status", "violated"))
    if result.status is Status.UNKNOWN:
        assert result.missing
    else:
        shown = {type(evidence).__name__ for _, evidence in _evidence(result)}
        assert point.get("shows") in {None, *shown}
    for state, path in _paths(result):
        network = Simulator(state_named(design, state))
        sessions = Sessions.NONE
        for opener in path.after:
            sessions = network.send(opener.packet, opener.origin, sessions).sessions
        delivery = network.send(path.packet, path.origin, sessions).delivered_at(path.destination)
        assert delivery is not None
        assert delivery.hops == path.hops


def _evidence(result: CheckResult) -> Iterator[tuple[str, Counterexample]]:
    for finding in result.findings:
        if finding.counterexample is not None:
            yield finding.state, finding.counterexample


def _paths(result: CheckResult) -> Iterator[tuple[str, PacketPath]]:
    """Yield every packet path shown, those of relay chains and missing controls included."""
    for state, evidence in _evidence(result):
        yield from ((state, shown) for shown in shown_in(evidence))


@pytest.mark.parametrize(
    ("name", "other", "checks"),
    [
        # Who only sends out imports nothing; others sanitise what goes out as well.
        ("fuefuki", "ishioka-r8-03", {"sanitised-channel-only", "peer-not-internet-connected"}),
        ("fuefuki", "saikai-r6", {"sanitised-channel-only", "peer-not-internet-connected"}),
        # A spare line that nothing passes is no traffic, and an attachment.
        ("saikai", "ishioka-r8-03", {"egress-via-security-cloud"}),
        # Control is all that is asked between the areas; nothing is kept apart or sanitised.
        ("chiba", "saikai-r6", {"mynumber-isolation", "sanitised-channel-only"}),
    ],
)
def test_a_point_is_the_policys_own(name: str, other: str, checks: set[str]) -> None:
    """Another policy does not take what this one does, at that very point."""
    judged = verify(read_topology(file_of(name)), load_profile(other), checks=sorted(checks))
    assert {r.check for r in judged.results if r.status is Status.VIOLATED} == checks
    own = {r.check: r.status for r in verification(name).results}
    for check in checks:
        assert own.get(check) in {Status.HOLDS, Status.NOT_IN_PROFILE}
