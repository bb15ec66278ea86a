"""`--routing`, `--no-trust` and `--state` on designs from disk."""

import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from tests.model.test_states import PAIR
from zonecheck.cli import main
from zonecheck.policy import RoutingAssumption

ROOT = Path(__file__).parents[2]
MINIMAL = str(ROOT / "topologies" / "minimal")
SCHEMA = json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("routing", [each.value for each in RoutingAssumption])
def test_the_report_says_how_packets_were_taken_to_be_routed(routing: str) -> None:
    """As data always, and in the text unless it is what the file says."""
    arguments = ["verify", MINIMAL, "--routing", routing, "--check", "shared-l2-domain"]
    result = CliRunner().invoke(main, [*arguments, "--format", "json"])
    document = json.loads(result.stdout)
    jsonschema.validate(document, SCHEMA)
    assert document["routing"] == routing
    text = CliRunner().invoke(main, [*arguments, "--lang", "en"]).stdout
    assert ("  routing" in text) is (routing != "declared")


def test_routing_changes_the_ledger() -> None:
    """What is proved for any interface does not rest on declared routes."""
    for routing, entry in (("declared", "routing-declared"), ("any", "routing-any")):
        arguments = ["verify", MINIMAL, "--routing", routing, "--format", "json"]
        document = json.loads(CliRunner().invoke(main, arguments).stdout)
        found = {each["id"] for each in document["assumptions"]}
        assert {name for name in found if name.startswith("routing-")} <= {entry}


def test_no_trust_adds_to_the_report_and_keeps_the_exit_code() -> None:
    """It validates, names what falls, and every fall is of a check that holds."""
    arguments = ["verify", MINIMAL, "--check", "undeclared-permit", "--format", "json"]
    plain = CliRunner().invoke(main, arguments)
    distrusting = CliRunner().invoke(main, [*arguments, "--no-trust", "--jobs", "1"])
    assert distrusting.exit_code == plain.exit_code
    assert distrusting.stderr == ""
    before, after = json.loads(plain.stdout), json.loads(distrusting.stdout)
    jsonschema.validate(after, SCHEMA)
    assert before["trust"] is None
    assert {fall["check"] for fall in after["trust"]["together"]} == {"undeclared-permit"}
    assert after["trust"]["needed"]
    assert [c["status"] for c in after["checks"]] == [c["status"] for c in before["checks"]]


@pytest.fixture
def with_a_standby_member(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the questions read a design with a standby firewall."""
    for name in ("inspect", "matrix"):
        module = import_module(f"zonecheck.cli.{name}")
        monkeypatch.setattr(module, "read_topology", lambda _: replace(PAIR, profile=""))


def test_a_question_is_about_the_state_it_names(with_a_standby_member: None) -> None:
    """The standby member permits what the device denies."""
    arguments = ["reach", "x", "--from", "h", "--to", "B", "--lang", "en"]
    denied = CliRunner().invoke(main, arguments)
    permitted = CliRunner().invoke(main, [*arguments, "--state", "fw-b"])
    assert (denied.exit_code, permitted.exit_code) == (0, 0)
    assert "nothing gets through" in denied.stdout
    assert "nothing gets through" not in permitted.stdout


@pytest.mark.parametrize("command", ["trace", "reach", "matrix"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_unknown_state_is_an_error_that_names_the_known_ones(
    command: str, lang: str, with_a_standby_member: None
) -> None:
    """Nothing is answered about another state."""
    ends = [] if command == "matrix" else ["--from", "h", "--to", "B"]
    service = ["--tcp", "80"] if command == "trace" else []
    arguments = [command, "x", *ends, *service, "--state", "fw-c", "--lang", lang]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "fw-c" in result.stderr
    assert "fw-b" in result.stderr
