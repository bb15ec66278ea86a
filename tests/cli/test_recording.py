"""`--date` and `--record`: the day that counts, and the record of a run."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from tests.report import samples
from zonecheck.cli import main
from zonecheck.policy.today import today_in_japan
from zonecheck.policy.verdict import Verification

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "record.schema.json").read_text(encoding="utf-8"))
DESIGN = """
zonecheck: 1
name: 記録
profile: fuefuki-10
include: parts.yaml
waivers:
  w-1:
    check: zone-assignment
    finding: f-abcdefghij234567
    clause: 第120条第1項
    approver: 責任者
    reason: 更改まで
    expires: 2027-03-31
"""
PARTS = """
segments:
  M: {zone: mynumber, prefix: 10.1.0.0/24}
"""
RECORD, VALID, ZONES = "verification-record", "exception-valid", "zone-assignment"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a design in two files, where the commands run."""
    (tmp_path / "d.zones.yaml").write_text(DESIGN, encoding="utf-8")
    (tmp_path / "parts.yaml").write_text(PARTS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    """Run `verify` on the design for three checks."""
    checks = [word for name in (RECORD, VALID, ZONES) for word in ("--check", name)]
    return CliRunner().invoke(main, ["verify", "d.zones.yaml", *checks, *arguments])


def report(*arguments: str) -> dict[str, Any]:
    """Return the JSON report of such a run."""
    found: dict[str, Any] = json.loads(run(*arguments, "--format", "json").stdout)
    return found


def status(document: dict[str, Any], check: str) -> str:
    """Return a verdict in a report or record."""
    return next(str(each["status"]) for each in document["checks"] if each["id"] == check)


def test_a_run_with_a_record_is_recorded_and_one_without_is_not(folder: Path) -> None:
    """The record says of itself what the report says of it."""
    assert status(report(), RECORD) == "not-run"
    assert status(report("--record", "r.json"), RECORD) == "holds"
    record = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    assert status(record, RECORD) == "holds"


def test_a_record_says_what_was_read_and_what_came_out(folder: Path) -> None:
    """Files by their hashes, the profile, the day, every clause and every waiver."""
    result = run("--record", "r.json", "--date", "2026-12-01")
    record = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    jsonschema.validate(record, SCHEMA)
    assert record["exit_code"] == result.exit_code
    assert record["date"] == "2026-12-01"
    assert {file["path"]: file["sha256"] for file in record["files"]} == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("d.zones.yaml", "parts.yaml")
    }
    profile = ROOT / "src" / "zonecheck" / "policy" / "profiles" / "fuefuki-10.yaml"
    assert record["profile"]["sha256"] == hashlib.sha256(profile.read_bytes()).hexdigest()
    clauses = {each["clause"]: each["verdicts"] for each in record["clauses"]}
    assert clauses["第113条第3項"] == [{"check": RECORD, "status": "holds"}]
    assert clauses["第120条第1項"] == [{"check": VALID, "status": "unknown"}]
    assert [waiver["standing"] for waiver in record["waivers"]] == ["unmatched"]


def test_the_day_is_the_one_asked_for_or_today_in_japan(folder: Path) -> None:
    """A waiver counts through its last day."""
    assert report()["date"] in {today_in_japan().isoformat(), date.today().isoformat()}
    last, late = report("--date", "2027-03-31"), report("--date", "2027-04-01")
    assert [last["date"], late["date"]] == ["2027-03-31", "2027-04-01"]
    assert [each["waivers"][0]["standing"] for each in (last, late)] == ["unmatched", "expired"]
    assert run("--date", "31.3.2027").exit_code == 2


@pytest.mark.parametrize("record", ["parts.yaml", "d.zones.yaml", "out.txt"])
def test_a_record_replaces_nothing_the_run_reads_or_writes(record: str, folder: Path) -> None:
    """It stops before anything is proved."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for lang in ("ja", "en"):
        result = run("--record", record, "-o", "out.txt", "--lang", lang)
        assert result.exit_code == 2
        assert record in result.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_record_that_cannot_be_written_is_no_record(folder: Path) -> None:
    """There is neither a report that says there is one, nor a part of one."""
    before = sorted(path.name for path in folder.iterdir())
    result = run("--record", "no-such-folder/r.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_record_fails_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older record stays as it was if the new one cannot be finished."""
    assert run("--record", "r.json").exit_code == 2
    before = (folder / "r.json").read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(import_module("zonecheck.cli.result_file").os, "fsync", full)
    result = run("--record", "r.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (folder / "r.json").read_bytes() == before
    assert not list(folder.glob(".r.json*"))


def test_the_exit_code_of_what_is_waived_is_that_of_success(
    verdicts: Callable[[Verification], None],
) -> None:
    """Only what is left violated fails."""
    found = samples.waived()
    verdicts(found)
    asked = ["verify", "x", "--profile", "sample-1", "--fail-on", "warning"]
    assert CliRunner().invoke(main, asked).exit_code == 1
    only = Verification("n", "f", "p", found.results[:1], (), ())
    verdicts(only)
    assert CliRunner().invoke(main, asked).exit_code == 0
