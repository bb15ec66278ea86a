"""`explain` on the sample design, in both languages and as JSON."""

import json
from importlib import import_module
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.cli.test_inspect import _same_as_golden
from zonecheck.cli import main
from zonecheck.policy.explanation import Explanation

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

    def known(*design: Any, checks: tuple[str, ...] | None, **options: Any) -> Explanation:
        if checks not in _KNOWN:
            _KNOWN[checks] = search(*design, checks=checks, **options)
        return _KNOWN[checks]

    monkeypatch.setattr(module, "explain_topology", known)


_KNOWN: dict[tuple[str, ...] | None, Explanation] = {}


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
    assert json.loads(text)["schema"] == "zonecheck.explain/1"
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
    "wanted", ["no-such-check", "ipv6-parity#", "ipv6-parity#x", "ipv6-parity#7"]
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_refusals(wanted: str, lang: str, sample_design: None) -> None:
    """A check or finding that is not there ends in 2 with a reason on stderr."""
    result = _run("explain", "x", wanted, "--lang", lang)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert wanted.split("#")[0] in result.stderr
