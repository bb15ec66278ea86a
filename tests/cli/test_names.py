"""Names that mean nothing: where they are written, and what was meant."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zonecheck.cli import main

TEXT = """\
zonecheck: 1
name: 庁舎
profile: {profile}
segments:
  L: {{zone: lgwan, prefix: 10.2.0.0/24}}
policies:
  council: {{profile: {own}, segments: L}}
"""


def run(*arguments: str) -> Result:
    """Return what a command says in English."""
    return CliRunner().invoke(main, [*arguments, "--lang", "en"])


def written(folder: Path, profile: str = "soumu-alpha", own: str = "soumu-alpha") -> str:
    """Return a design that names two profiles."""
    path = folder / "x.zones.yaml"
    path.write_text(TEXT.format(profile=profile, own=own), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("names", "line"), [({"profile": "soumu-alfa"}, "3:10"), ({"own": "soumu-alfa"}, "7:22")]
)
def test_an_unknown_profile_is_told_where_it_is_written(
    names: dict[str, str], line: str, tmp_path: Path
) -> None:
    """A profile that a design names is an error of that file, with the one probably meant."""
    path = written(tmp_path, **names)
    result = run("verify", path, "--check", "zone-assignment")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"{path}:{line}: error[profile.unknown]" in result.stderr
    assert "'soumu-alpha'" in result.stderr


@pytest.mark.parametrize(
    ("names", "line"), [({"profile": "prof/no.yaml"}, "3:10"), ({"own": "no.yaml"}, "7:22")]
)
def test_a_profile_file_that_is_not_there_is_no_unknown_id(
    names: dict[str, str], line: str, tmp_path: Path
) -> None:
    """What ends in .yaml is a file: that is missing, and no list of ids helps."""
    path = written(tmp_path, **names)
    result = run("verify", path, "--check", "zone-assignment")
    assert result.exit_code == 2
    name = next(iter(names.values()))
    assert f"{path}:{line}: error[file.missing]: There is no file" in result.stderr
    assert str(tmp_path / name) in result.stderr
    assert "fuefuki-10" not in result.stderr


@pytest.mark.parametrize("name", ["./no.yaml", "no.yml", "folder/no"])
def test_a_missing_file_given_as_profile_is_called_a_file(name: str, tmp_path: Path) -> None:
    """So on the command line."""
    result = run("verify", written(tmp_path), "--profile", name)
    assert result.exit_code == 2
    assert f"there is no file {name}" in result.stderr
    assert "fuefuki-10" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["checks", "undeclared-permt"], "undeclared-permit"),
        (["profiles", "soumu-alfa"], "soumu-alpha"),
        (["verify", "DESIGN", "--check", "undeclared-permt"], "undeclared-permit"),
        (["verify", "DESIGN", "--profile", "soumu-alfa"], "soumu-alpha"),
    ],
)
def test_a_misspelt_id_is_answered_with_the_one_meant(
    arguments: list[str], meant: str, tmp_path: Path
) -> None:
    """Nobody has to find it among ninety others."""
    design = written(tmp_path)
    result = run(*(design if each == "DESIGN" else each for each in arguments))
    assert result.exit_code == 2
    assert f"did you mean {meant}?" in result.stderr
    assert "zone-assignment" not in result.stderr


def test_an_id_like_no_other_is_answered_with_all_there_are() -> None:
    """Where nothing is near, the list is the best there is."""
    assert "zone-assignment" in run("checks", "qqqq").stderr
    assert "fuefuki-10" in run("profiles", "qqqq").stderr


def test_a_waiver_of_no_check_is_an_error_of_the_file(tmp_path: Path) -> None:
    """It would excuse nothing, and read as if it did."""
    path = Path(written(tmp_path))
    waiver = "waivers:\n  w: {check: undeclared-permt, finding: f-abcdefghij234567}\n"
    path.write_text(path.read_text(encoding="utf-8") + waiver, encoding="utf-8")
    result = run("verify", str(path))
    assert result.exit_code == 2
    assert f"{path}:9:14: error[waiver.unknown-check]" in result.stderr
    assert "'undeclared-permit'" in result.stderr
