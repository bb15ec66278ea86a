"""`explain` on the sample design, in both languages and as JSON."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.cli.test_inspect import _same_as_golden
from tests.policy.aoba import overlay
from tests.published import published
from tests.report import samples
from zonecheck.cli import main
from zonecheck.policy.explaining.explanation import Explanation

COMMANDS = {
    "explain": ["explain", "x", "mynumber-isolation", "undeclared-permit"],
    "explain-finding": ["explain", "x", "lgwan-internet-separation#2"],
    "explain-holding": ["explain", "x", "ipv6-parity"],
}


@pytest.fixture(autouse=True)
def each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search for what is asked about the sample design once, however it is rendered."""
    module = import_module("zonecheck.cli.explain")
    search = module.explain_topology

    def known(
        *design: Any, checks: tuple[str, ...] | None, **options: Any
    ) -> tuple[Explanation, ...]:
        if design[0].source.file != samples.topology().source.file:
            return tuple(search(*design, checks=checks, **options))
        if checks not in _KNOWN:
            _KNOWN[checks] = search(*design, checks=checks, **options)
        return _KNOWN[checks]

    monkeypatch.setattr(module, "explain_topology", known)


_KNOWN: dict[tuple[str, ...] | None, tuple[Explanation, ...]] = {}


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_text(name: str, lang: str, sample_design: None) -> None:
    """What a person reads is as reviewed, and no progress is told without a terminal."""
    result = _run(*COMMANDS[name], "--lang", lang)
    assert result.stderr == ""
    _same_as_golden(f"{name}.{lang}.txt", result.stdout)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_json(name: str, sample_design: None) -> None:
    """What a machine reads names its schema and does not depend on the language."""
    found = {
        _run(*COMMANDS[name], "--format", "json", "--lang", lang).stdout for lang in ["ja", "en"]
    }
    assert len(found) == 1
    text = found.pop()
    assert published(text)["schema"] == "zonecheck.explain/1"
    _same_as_golden(f"{name}.json", text)


@pytest.mark.parametrize("checks", [("ipv6-parity",), ("mynumber-isolation", "undeclared-permit")])
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_exit_code_is_that_of_verify(
    checks: tuple[str, ...], form: str, sample_design: None
) -> None:
    """A change that would mend a design does not make it hold."""
    asked = [part for check in checks for part in ("--check", check)]
    code = _run("verify", "x", *asked).exit_code
    assert _run("explain", "x", *checks, "--format", form).exit_code == code


@pytest.mark.parametrize(
    "wanted",
    ["no-such-check", "ipv6-parity#", "ipv6-parity#x", "ipv6-parity#0", "ipv6-parity#7"],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_refusals(wanted: str, lang: str, sample_design: None) -> None:
    """A check or finding that is not there ends in 2 with a reason on stderr."""
    result = _run("explain", "x", wanted, "--lang", lang)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert wanted.split("#")[0] in result.stderr


@pytest.mark.parametrize("given", ["x", "0", ""])
def test_a_number_that_is_none_is_not_called_a_check(given: str, sample_design: None) -> None:
    """What stands after the check is refused for itself, without a list of all checks."""
    result = _run("explain", "x", f"ipv6-parity#{given}", "--lang", "en")
    assert result.exit_code == 2
    assert "number of a finding" in result.stderr
    assert "mynumber-isolation" not in result.stderr


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_finding_keeps_its_number(lang: str, sample_design: None) -> None:
    """The one asked for is shown alone and as the same one as in the list of all."""
    shown = _run("explain", "x", "lgwan-internet-separation#2", "--lang", lang).stdout
    heads = [line for line in shown.splitlines() if re.match(r"  \d+\. ", line)]
    listed = _run("explain", "x", "lgwan-internet-separation", "--lang", lang).stdout
    assert [head[:5] for head in heads] == ["  2. "]
    assert heads[0] in listed.splitlines()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_blocked_flows_are_named_up_to_a_limit_and_counted_beyond(
    lang: str, tmp_path: Path
) -> None:
    """Terminals use a system by many services; `-v` and JSON name every one that is blocked."""
    services = ", ".join(f"tcp/{port}" for port in range(8001, 8021))
    path = str(
        overlay(
            tmp_path,
            f"{{add: systems.mail.service, value: [{services}]}}",
            "{set: profile, value: fuefuki-10}",
            base=Path(__file__).parents[1] / "policy" / "asahi.zones.yaml",
        )
    )
    command = ["explain", path, "east-west-monitoring"]
    lines = _run(*command, "--lang", lang).stdout.splitlines()
    named = [line for line in lines if "mail: L-TERM -> l-mail tcp/80" in line]
    assert len(named) == 10
    (left,) = (line for line in lines if "-v" in line)
    assert " 10 " in left
    every = _run(*command, "--lang", lang, "-v").stdout
    assert all(f"mail: L-TERM -> l-mail tcp/{port}\n" in every for port in range(8001, 8021))
    (check,) = published(_run(*command, "--format", "json").stdout)["checks"]
    assert len(check["proposals"][0]["lost"]) == 20


# A policy of its own for some terminals, stricter than that of the town.
STRICTER = "{add: policies, value: {office: {profile: soumu-alpha, segments: [I-TERM]}}}"
LENIENT = "{set: profile, value: nemuro-council-r8}"
LEAK = (
    "{insert: devices.fw.rules, at: 0, value: "
    "{name: 旧共有, from: I-TERM, to: l-mail, service: tcp/445, action: permit}}"
)


@pytest.mark.parametrize("asked", [(), ("undeclared-permit",), ("undeclared-permit#2",)])
def test_every_policy_of_a_design_is_explained(asked: tuple[str, ...], tmp_path: Path) -> None:
    """What fails under a policy of some segments is, and the exit code is that of `verify`."""
    path = str(overlay(tmp_path, LENIENT, LEAK, STRICTER))
    result = _run("explain", path, *asked, "--lang", "en")
    checks = [part for each in asked for part in ("--check", each.partition("#")[0])]
    assert result.exit_code == _run("verify", path, *checks).exit_code == 1
    town, head, office = result.stdout.partition("=== own policy of I-TERM [office] ===")
    assert head
    assert "violated undeclared" not in town
    assert "violated undeclared-permit" in office
    assert "Take the rule 旧共有 out" in office
    found = published(_run("explain", path, *asked, "--format", "json").stdout)
    assert found["exit_code"] == 1
    (policy,) = found["policies"]
    assert policy["id"] == "office"
    assert policy["explanation"]["exit_code"] == 1
    assert all(check["proposals"] for check in policy["explanation"]["checks"])


def test_a_policy_that_does_not_ask_for_a_check_is_no_part_of_its_explanation(
    tmp_path: Path,
) -> None:
    """Its "nothing to change" would read like the answer; JSON says all the same."""
    council = "{add: policies, value: {office: {profile: nemuro-council-r8, segments: [I-TERM]}}}"
    path = str(overlay(tmp_path, LEAK, council))
    result = _run("explain", path, "lgwan-internet-separation", "--lang", "en")
    assert "violated lgwan-internet-separation" in result.stdout
    assert "own policy" not in result.stdout
    found = published(_run("explain", path, "lgwan-internet-separation", "--format", "json").stdout)
    assert [policy["id"] for policy in found["policies"]] == ["office"]
