"""From a file on disk to a verdict on stdout, nothing replaced."""

import json
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from zonecheck.cli import main
from zonecheck.cli.streams import paint_for

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_init_writes_verifies(tmp_path: Path, lang: str) -> None:
    """A newcomer's first run ends in 0."""
    folder = tmp_path / "first"
    assert CliRunner().invoke(main, ["init", str(folder), "--lang", lang]).exit_code == 0
    result = CliRunner().invoke(main, ["verify", str(folder), "--lang", lang])
    assert result.exit_code == 0, result.output
    assert result.stderr == ""


def test_the_report_of_a_real_design_fits_the_schema() -> None:
    """The schema is that of real reports, not of samples only."""
    minimal = ROOT / "topologies" / "minimal"
    result = CliRunner().invoke(main, ["verify", str(minimal), "--format", "json"])
    schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(result.stdout), schema)


def test_the_same_design_gives_the_same_report() -> None:
    """Two runs differ in nothing."""
    arguments = ["verify", str(ROOT / "topologies" / "minimal"), "-v"]
    runs = {CliRunner().invoke(main, arguments).stdout for _ in range(2)}
    assert len(runs) == 1


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_bad_input_is_told_in_full(tmp_path: Path, lang: str) -> None:
    """Every problem of a file is said with its line, and the exit code is 2."""
    path = tmp_path / "bad.zones.yaml"
    path.write_text("zonecheck: 1\nname: x\nsegmants: {}\nhosts: []\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["verify", str(path), "--lang", lang])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "bad.zones.yaml:3:" in result.stderr
    assert "bad.zones.yaml:4:" in result.stderr


def test_colour_needs_a_terminal_and_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither files nor pipes nor NO_COLOR get colour codes."""
    assert paint_for(None)("x", "violated") == "x"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert paint_for(None)("x", "violated") != "x"
    assert paint_for(None)("x", "heading") == "x"
    assert paint_for("file.txt")("x", "violated") == "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert paint_for(None)("x", "violated") == "x"
