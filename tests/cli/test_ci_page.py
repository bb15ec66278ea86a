"""What the page on CI tells services to run is run here; tests/documents runs what people type."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from zonecheck.cli import main
from zonecheck.cli.format_names import TEXT
from zonecheck.cli.verify_formats import FORMATS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
JAPANESE = (ROOT / "docs" / "ci.ja.md").read_text(encoding="utf-8")
REPORTS = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"zonecheck verify my-city[^\n'|>`]*")
BLOCK = re.compile(r"^```(?:yaml|groovy)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def commands(page: str) -> list[str]:
    """Return the commands in what a page tells people to give to services."""
    return [line for block in BLOCK.findall(page) for line in COMMAND.findall(block)]


@pytest.mark.parametrize("line", commands(PAGE))
def test_every_command_of_the_page_runs(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On what `init` writes, ending in 0, with a file where one is named."""
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["init", "my-city"]).exit_code == 0
    arguments = shlex.split(line)[1:]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    if "-o" in arguments:
        assert Path(arguments[arguments.index("-o") + 1]).stat().st_size > 0


def test_every_format_is_on_both_pages() -> None:
    """But for text, which needs no telling how to use it in CI."""
    for form in FORMATS:
        assert f"`{form}`" in REPORTS
        assert form == TEXT or f"--format {form}" in PAGE


def test_both_languages_give_services_the_same() -> None:
    """But for the language that is set and comments."""
    assert commands(PAGE)
    without = [
        [re.sub(r"#.*|ZONECHECK_LANG: ..", "", block) for block in BLOCK.findall(page)]
        for page in (PAGE, JAPANESE)
    ]
    assert without[0] == without[1]
