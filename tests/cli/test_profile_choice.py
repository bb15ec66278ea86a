"""Profiles on the command line: what is no profile is said to be what it is."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zonecheck.cli import main

MINIMAL = str(Path(__file__).parents[2] / "topologies" / "minimal")
OTHER = "nemuro-council-r8"


def verify(*arguments: str) -> Result:
    """Return what `verify` says of the smallest design."""
    return CliRunner().invoke(main, ["verify", MINIMAL, "--lang", "en", *arguments])


def test_a_check_that_the_profile_does_not_ask_for_is_said_to_leave_the_run_undecided() -> None:
    """An exit code of 2 with nothing unknown would be a riddle."""
    found = verify("--profile", OTHER, "--check", "mynumber-isolation")
    assert (found.exit_code, found.stderr.count("\n")) == (2, 1)
    for word in ("mynumber-isolation", OTHER, "unknown"):
        assert word in found.stderr
    assert not verify("--profile", OTHER, "--check", "zone-assignment").stderr
    assert not verify("--profile", OTHER, "--check", "mynumber-isolation", "-q").stderr


@pytest.mark.parametrize("name", ["folder.yaml", "folder"])
def test_a_folder_is_not_said_to_be_missing(name: str, tmp_path: Path) -> None:
    """Whatever a path ends in, on the command line as well as in a topology file."""
    folder = tmp_path / name
    folder.mkdir()
    found = verify("--profile", str(folder))
    assert found.exit_code == 2
    assert f"{folder} is a folder" in found.stderr
    if not name.endswith(".yaml"):
        return
    design = tmp_path / "d.zones.yaml"
    design.write_text(
        f"zonecheck: 1\nname: d\nprofile: {name}\nsegments: {{L: {{zone: lgwan}}}}\n",
        encoding="utf-8",
    )
    told = CliRunner().invoke(main, ["verify", str(design), "--lang", "en"])
    assert told.exit_code == 2
    assert "file.is-directory" in told.stderr


def test_an_id_is_no_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that happens to be called so is not meant."""
    (tmp_path / "fuefuki").mkdir()
    monkeypatch.chdir(tmp_path)
    assert "fuefuki-10" in verify("--profile", "fuefuki").stderr
