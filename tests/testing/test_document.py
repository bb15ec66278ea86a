"""docs/testing.md, followed literally in a clean folder."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import zonecheck.strategies
from zonecheck.cli import main
from zonecheck.model.edits import KINDS

pytest_plugins = ["pytester"]

PAGE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")
ENGLISH = PAGE.partition("\n## 日本語")[0]
CITY = "topologies/my-city/my-city.zones.yaml"


def blocks(language: str) -> list[str]:
    """Return the English code blocks of a language, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", ENGLISH, re.DOTALL | re.MULTILINE)


def write(pytester: pytest.Pytester, path: str, text: str) -> None:
    """Write a file of the scratch project."""
    file = pytester.path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_the_how_to_guards_a_design(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands make a design that passes, the files tests that do, and the slip fails."""
    monkeypatch.setenv("ZONECHECK_LANG", "en")
    (commands,), (options,), (network, changes) = blocks("sh"), blocks("toml"), blocks("python")
    _, start, first = commands.splitlines()
    assert CliRunner().invoke(main, start.split()[1:]).exit_code == 0
    result = pytester.runpytest_inprocess(*first.split()[1:])
    assert result.parseoutcomes().keys() == {"passed", "skipped"}
    write(pytester, "pyproject.toml", options)
    write(pytester, "tests/test_network.py", network)
    write(pytester, "tests/test_changes.py", changes)
    result = pytester.runpytest_inprocess()
    assert result.parseoutcomes().keys() == {"passed", "skipped"}
    assert result.parseoutcomes()["passed"] == 22
    design = (pytester.path / CITY).read_text(encoding="utf-8")
    write(pytester, CITY, design.replace("default: deny", "default: permit"))
    result = pytester.runpytest_inprocess("tests/test_network.py")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        ["violated mynumber-isolation *", "  clause: *", "*packet: *", "*my-city.zones.yaml:*"]
    )
    result.stdout.fnmatch_lines(["*packets get from internet to M-TERM (any service)"])


def test_both_languages_give_the_same_commands() -> None:
    """The commands of the Japanese section are those of the English one."""
    japanese = PAGE.removeprefix(ENGLISH)
    assert re.findall(r"^```sh\n(.*?)^```$", japanese, re.DOTALL | re.MULTILINE) == blocks("sh")


def test_every_kind_of_edit_and_public_strategy_for_designs_is_named() -> None:
    """The page lists all kinds; and what it lists as strategies there is."""
    for kind in KINDS:
        assert f"`{kind.__name__}`" in ENGLISH or f"`{kind.__name__} " in ENGLISH
    for name in re.findall(r"^\| `(\w+)\((?:topology|\.\.\.)", ENGLISH, re.MULTILINE):
        assert name in zonecheck.strategies.__all__ or name.startswith("assert_")
