"""Wrong command lines: answered in the language of the reader, with what is expected."""

import re
from importlib import import_module
from typing import Any

import click
import pytest
from click.testing import CliRunner

from zonecheck.cli import main
from zonecheck.report.lang import LANGS

# What is wrong, and what the answer names.
WRONG = [
    (["verify", "x", "--fail-on", "advices"], "error, warning, advice"),
    (["verify", "x", "--date", "令和9年"], "2027-04-01"),
    (["verify", "x", "--date", "2027/04/01"], "2027-04-01"),
    (["verify", "x", "--chek", "y"], "--check"),
    (["verify", "x", "--jobs", "no"], "--jobs"),
    (["verify", "x", "--no-trust=3"], "--no-trust"),
    (["verify", "x", "y"], "y"),
    (["verify"], "TOPOLOGY"),
    (["verify", "x", "--check"], "--check"),
    (["verfy", "x"], "verify"),
    (["nothing"], "--help"),
    (["trace", "x", "--from", "a"], "--to"),
    (["trace", "x", "--from", "a", "--to", "b", "--tcp", "70000"], "65535"),
    (["export", "nftable"], "nftables"),
]
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("arguments", "named"), WRONG)
def test_a_wrong_command_line_is_answered_in_the_language_asked_for(
    arguments: list[str], named: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence that names what is expected; no word of click's own is among it."""
    monkeypatch.setenv("ZONECHECK_LANG", lang)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    first = result.stderr.splitlines()[0].replace("令和9年", "")
    assert first.startswith("zonecheck: ")
    assert named in first
    assert bool(_JAPANESE.search(first)) is (lang == "ja")
    for word in ("Error", "Invalid", "No such", "Missing", "Got"):
        assert word not in first


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [
        (["verify", "x", "--chek", "--lang", "en"], "en"),
        (["verify", "x", "--chek", "--lang=en"], "en"),
        (["--bogus", "--lang", "ja"], "ja"),
        (["verify", "--lang", "en", "x", "--lang", "ja", "-Z"], "ja"),
    ],
)
def test_the_language_counts_though_the_line_is_wrong(arguments: list[str], lang: str) -> None:
    """`--lang` is heard wherever it stands, behind the mistake too."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert bool(_JAPANESE.search(result.stderr)) is (lang == "ja")


@pytest.mark.parametrize("arguments", [[], ["export"]])
def test_a_group_alone_shows_its_help(arguments: list[str]) -> None:
    """Nothing is wrong yet with a line that is not finished."""
    result = CliRunner().invoke(main, arguments)
    assert "--help" in result.output
    assert "zonecheck: " not in result.output


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (click.INT, "usage.integer"),
        (click.IntRange(0), "usage.at-least"),
        (click.IntRange(0, 9), "usage.between"),
        (click.FloatRange(1, min_open=True), "usage.number-from"),
        (click.FLOAT, "usage.other"),
    ],
)
def test_a_number_is_asked_for_by_its_bounds(kind: Any, code: str) -> None:
    """What is none of the types known is told in the words of click."""
    usage = import_module("zonecheck.cli.usage")
    option = click.Option(["--number"], type=kind)
    assert usage.usage_message(click.BadParameter("no", param=option)).code == code


def test_every_type_of_an_option_has_words() -> None:
    """An option of another type would be answered in the words of click."""
    usage = import_module("zonecheck.cli.usage")
    context = click.Context(main)
    commands = [main.get_command(context, name) for name in main.list_commands(context)]
    plain = (click.STRING, click.BOOL, click.UNPROCESSED)
    parameters = [param for command in commands if command for param in command.params]
    assert len(parameters) > 50
    for param in parameters:
        is_flag = isinstance(param, click.Option) and (param.is_flag or param.count)
        if param.type not in plain and not is_flag:
            message = usage.usage_message(click.BadParameter("no", param=param))
            assert message.code != "usage.other"
