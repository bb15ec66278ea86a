"""The pytest plugin in scratch projects that only install zonecheck."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.policy.test_own_policies import written

pytest_plugins = ["pytester"]

TOPOLOGIES = Path(__file__).parents[2] / "topologies"
MINIMAL = (TOPOLOGIES / "minimal" / "minimal.zones.yaml").read_text(encoding="utf-8")
LEAKY = MINIMAL.replace("default: deny", "default: permit")
CHECK = "mynumber-isolation"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports are read in English here."""
    monkeypatch.setenv("ZONECHECK_LANG", "en")


def write(pytester: pytest.Pytester, path: str, text: str) -> Path:
    """Write a file of the scratch project."""
    file = pytester.path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_plugin_loads_nothing_until_it_is_used() -> None:
    """A run of pytest that names no design imports neither the engine nor click."""
    program = (
        "import sys, zonecheck_pytest\n"
        "print(*(m for m in sys.modules if m.partition('.')[0] in ('zonecheck', 'click', 'numpy')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == []


def test_each_check_of_a_design_is_a_test(pytester: pytest.Pytester) -> None:
    """A design that verifies passes; what its profile does not contain is skipped with why."""
    write(pytester, "topologies/minimal/minimal.zones.yaml", MINIMAL)
    result = pytester.runpytest_inprocess("--zonecheck", "topologies", "-v", "-rs")
    result.assert_outcomes(passed=20, skipped=73)
    assert result.ret == 0
    result.stdout.fnmatch_lines([f"topologies/minimal/minimal.zones.yaml::{CHECK} PASSED*"])
    result.stdout.fnmatch_lines(["SKIPPED*not in profile: *"])


def test_a_violated_check_fails_with_the_report(pytester: pytest.Pytester) -> None:
    """No traceback: clause, packet, path, rule and line."""
    write(pytester, "minimal.zones.yaml", LEAKY)
    result = pytester.runpytest_inprocess("--zonecheck", "minimal.zones.yaml", "-k", CHECK)
    result.assert_outcomes(failed=1, deselected=92)
    result.stdout.fnmatch_lines(
        [
            f"violated {CHECK} *",
            "*packet: *",
            "*sent by *",
            "*fw *permitted: rules no rule (default)*minimal.zones.yaml:*",
            "*delivered to *",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_one_check_can_be_run_again(pytester: pytest.Pytester) -> None:
    """By the id that pytest prints, and with no other check of the design."""
    write(pytester, "topologies/minimal/minimal.zones.yaml", LEAKY)
    name = f"topologies/minimal/minimal.zones.yaml::{CHECK}"
    result = pytester.runpytest_inprocess("--zonecheck", "topologies", name)
    result.assert_outcomes(failed=1)


def test_unknown_fails_unless_it_is_allowed(pytester: pytest.Pytester) -> None:
    """What is not declared is no pass; with the option it is skipped."""
    text = MINIMAL.replace("    management: none ", "    # management: none ")
    write(pytester, "minimal.zones.yaml", text)
    strict = pytester.runpytest_inprocess("--zonecheck", ".")
    counts = strict.parseoutcomes()
    assert counts["failed"] >= 1
    strict.stdout.fnmatch_lines(["unknown *"])
    lenient = pytester.runpytest_inprocess("--zonecheck", ".", "--zonecheck-allow-unknown")
    assert lenient.parseoutcomes().get("failed", 0) == 0
    assert lenient.parseoutcomes()["skipped"] == counts["skipped"] + counts["failed"]


def test_a_profile_of_the_command_line_is_used(pytester: pytest.Pytester) -> None:
    """What another policy asks for and the design does not say fails."""
    write(pytester, "minimal.zones.yaml", MINIMAL)
    options = ("--zonecheck", "minimal.zones.yaml", "--zonecheck-profile")
    other = pytester.runpytest_inprocess(*options, "fuefuki-10")
    assert other.parseoutcomes()["failed"] > 0
    missing = pytester.runpytest_inprocess(*options, "fuefuki-1")
    missing.stdout.fnmatch_lines(["*fuefuki-10*"])
    assert missing.ret == pytest.ExitCode.INTERRUPTED


def test_violations_below_the_level_do_not_fail(pytester: pytest.Pytester) -> None:
    """What a policy only recommends is an expected failure unless the level is lowered."""
    write(pytester, "minimal.zones.yaml", LEAKY)
    profile = "profile: mild\ntitle: mild\nextends: soumu-alpha\nchecks:\n"
    profile += f"  {CHECK}: {{strength: desirable}}\n"
    write(pytester, "mild.yaml", profile)
    options = ("--zonecheck", ".", "--zonecheck-profile", "mild.yaml", "-k", CHECK)
    pytester.runpytest_inprocess(*options).assert_outcomes(xfailed=1, deselected=92)
    strict = pytester.runpytest_inprocess(*options, "--zonecheck-fail-on", "advice")
    strict.assert_outcomes(failed=1, deselected=92)


def test_a_body_with_a_policy_of_its_own_has_tests_of_its_own(pytester: pytest.Pytester) -> None:
    """They come behind those of the city and are named after the body."""
    written(pytester.path, default="permit")
    name = "council/unfiltered-zone-crossing"
    result = pytester.runpytest_inprocess("--zonecheck", ".", "-k", name)
    result.assert_outcomes(failed=1, deselected=185)
    result.stdout.fnmatch_lines(["*zonecheck: council/unfiltered-zone-crossing*", "violated *"])


def test_parts_of_a_design_are_no_designs(pytester: pytest.Pytester) -> None:
    """In a folder with a design of its name the other files are what it includes."""
    write(pytester, "topologies/city/city.zones.yaml", MINIMAL)
    write(pytester, "topologies/city/part.zones.yaml", "hosts: {}\n")
    result = pytester.runpytest_inprocess("--zonecheck", "topologies", "--collect-only", "-q")
    result.stdout.fnmatch_lines([f"topologies/city/city.zones.yaml::{CHECK}"])
    result.stdout.no_fnmatch_line("*part.zones.yaml*")


def test_a_design_with_errors_is_an_error_of_collection(pytester: pytest.Pytester) -> None:
    """Every problem with its line, and no test that could pass."""
    write(pytester, "minimal.zones.yaml", MINIMAL.replace("segment: L-SRV", "segment: L-SVR"))
    result = pytester.runpytest_inprocess("--zonecheck", "minimal.zones.yaml")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["minimal.zones.yaml:*L-SVR*"])
    missing = pytester.runpytest_inprocess("--zonecheck", "nowhere.zones.yaml")
    assert missing.ret == pytest.ExitCode.USAGE_ERROR


def test_designs_come_beside_the_tests_of_the_project(pytester: pytest.Pytester) -> None:
    """Once each, wherever tests and designs lie; and nothing is collected without the option."""
    write(pytester, "topologies/minimal/minimal.zones.yaml", MINIMAL)
    write(pytester, "tests/test_own.py", "def test_own():\n    pass\n")
    for places in ((), ("tests",), (".",), ("tests", "topologies")):
        options = ("--zonecheck", "topologies", "-k", f"test_own or {CHECK}")
        result = pytester.runpytest_inprocess(*places, *options)
        result.assert_outcomes(passed=2, deselected=92)
    pytester.runpytest_inprocess().assert_outcomes(passed=1)


def test_fixtures_read_designs(pytester: pytest.Pytester) -> None:
    """By the option, by the marker, or by path; without any the error says what to give."""
    write(pytester, "topologies/minimal/minimal.zones.yaml", MINIMAL)
    write(
        pytester,
        "test_fixtures.py",
        """
import pytest
from zonecheck_pytest import assert_no_path

def test_of_the_option(zonecheck_topology):
    assert zonecheck_topology.host_by_id["m-srv"]

@pytest.mark.zonecheck("topologies/minimal")
def test_of_the_marker(zonecheck_topology):
    assert_no_path(zonecheck_topology, "internet", "m-srv")

def test_by_path(zonecheck_read):
    assert zonecheck_read("topologies/minimal") is zonecheck_read("topologies/minimal")
""",
    )
    options = ("--strict-markers", "test_fixtures.py")
    bare = pytester.runpytest_inprocess(*options)
    bare.assert_outcomes(passed=2, errors=1)
    bare.stdout.fnmatch_lines(["*no design is named: give --zonecheck PATH*"])
    given = pytester.runpytest_inprocess(*options, "--zonecheck", "topologies", "-k", "test_")
    given.assert_outcomes(passed=3, deselected=93)


SCRATCH = """
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zonecheck.formats import read_topology
from zonecheck.model.edits import AddRule, MoveRule, RemoveRule, WidenRule
from zonecheck.strategies import edited
from zonecheck_pytest import assert_no_path

DESIGN = read_topology("topologies/minimal")


@settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(edited(DESIGN, max_edits=3, kinds=(RemoveRule, WidenRule, MoveRule)))
def test_no_change_of_rules_lets_the_internet_in(after):
    assert_no_path(after.topology, "internet", "m-srv")
"""


def test_a_planted_violation_is_found_and_shrunk_to_one_edit(pytester: pytest.Pytester) -> None:
    """A rule one slip away from a leak: hypothesis finds the slip, alone, with path and rule."""
    planted = MINIMAL.replace(
        "    rules:\n",
        "    rules:\n      - {name: 保守, in: edge, to: m-srv, from: 192.0.2.7,"
        " service: tcp/22, action: permit}\n",
    )
    held = planted.replace(
        "    rules:\n      - {name: 保守",
        "    rules:\n      - {name: 遮断, in: edge, to: M-TERM, action: deny}\n      - {name: 保守",
    )
    write(pytester, "topologies/minimal/minimal.zones.yaml", held)
    write(pytester, "test_regression.py", SCRATCH)
    result = pytester.runpytest_subprocess("test_regression.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*packets get from internet to m-srv (any service)",
            "*packet: tcp 192.0.2.7:* -> 10.10.20.10:22",
            "*sent by internet/isp (external)",
            '*fw *edge -> m-term *permitted: rules rule "保守"*minimal.zones.yaml:*',
            "*delivered to m-srv/eth0",
        ]
    )
    result.stdout.re_match_lines([r".*Edited\(RemoveRule\(device='fw', position=0[^()]*\)\).*"])
