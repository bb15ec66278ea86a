"""No result replaces a file that its own run reads, whatever the command and the kind of file."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from zonecheck.cli import main

TOPOLOGIES = Path(__file__).parents[2] / "topologies"
DESIGN = """\
zonecheck: 1
name: 二つの領域
include: [parts.yaml]
profile: own.yaml
segments:
  A: {zone: LGWAN接続系, vlan: 10, prefix: 10.0.1.0/24}
  B: {zone: インターネット接続系, vlan: 20, prefix: 10.0.2.0/24}
"""
PARTS = """\
zonecheck: 1
hosts:
  a: {segment: A, ip: 10.0.1.2, listens: []}
  b: {segment: B, ip: 10.0.2.2, listens: []}
policies:
  council: {profile: council.yml, segments: [A]}
"""
FILES = {
    "d.zones.yaml": DESIGN,
    "parts.yaml": PARTS,
    "own.yaml": "profile: own\ntitle: 自庁\nextends: base.yaml\n",
    "council.yml": "profile: council\ntitle: 議会\nextends: soumu-alpha\n",
    "base.yaml": "profile: base\ntitle: 基準\nextends: fuefuki-10\n",
}
COMMANDS = {
    "verify": ["verify", "d.zones.yaml", "--profile", "own.yaml", "-o"],
    "record": ["verify", "d.zones.yaml", "--profile", "own.yaml", "--record"],
    "matrix": ["matrix", "d.zones.yaml", "--profile", "own.yaml", "-o"],
    "explain": ["explain", "d.zones.yaml", "--profile", "own.yaml", "-o"],
    "export": ["export", "mermaid", "d.zones.yaml", "-o"],
    "dataplane": ["dataplane", "d.zones.yaml", "-o"],
    "profiles": ["profiles", "own.yaml", "-o"],
    "diff": ["diff", "d.zones.yaml", "d.zones.yaml", "--profile", "own.yaml", "-o"],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory, with a design in two files and a profile in two."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_no_file_of_design_or_profile_is_replaced(command: str, folder: Path) -> None:
    """Neither what is named on the command line nor what that includes or extends."""
    asked = COMMANDS[command]
    for name in FILES:
        if name == "base.yaml" and "own.yaml" not in asked:
            continue
        if name in ("d.zones.yaml", "parts.yaml", "council.yml") and "d.zones.yaml" not in asked:
            continue
        (folder / "link").unlink(missing_ok=True)
        (folder / "link").symlink_to(name)
        for written in (name, "link"):
            found = CliRunner().invoke(main, [*asked, written, "--lang", "en"])
            assert (found.exit_code, found.stdout) == (2, ""), (name, found.output)
            assert written in found.stderr
    assert {name: (folder / name).read_text(encoding="utf-8") for name in FILES} == FILES


def test_a_file_of_an_earlier_run_may_be_replaced(folder: Path) -> None:
    """What one run reads binds no other: a report is written again as often as one likes."""
    for _ in range(2):
        found = CliRunner().invoke(main, ["dataplane", "d.zones.yaml", "-o", "plane.json"])
        assert found.exit_code == 0, found.output
    found = CliRunner().invoke(main, ["profiles", "fuefuki-10", "-o", "parts.yaml"])
    assert found.exit_code == 0, found.output
    assert (folder / "parts.yaml").read_text(encoding="utf-8") != PARTS
