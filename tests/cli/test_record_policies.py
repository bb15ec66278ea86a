"""`--record` of a design whose segments stand under policies of their own."""

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from zonecheck.cli import main

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "record.schema.json").read_text(encoding="utf-8"))
RECORD, VALID, PERMIT = "verification-record", "exception-valid", "undeclared-permit"
# The city's policy does not ask for a list of what may cross; that of the office does.
DESIGN = """
zonecheck: 1
name: 課のある庁舎
profile: nemuro-council-r8
zones: {city: {ja: 市}}
segments:
  I: {zone: internet, prefix: 10.3.0.0/24, ip_source_guard: true, port_security: true}
  C: {zone: city, prefix: 10.4.0.0/24, ip_source_guard: true, port_security: true}
hosts:
  i-pc: {segment: I, ip: 10.3.0.10}
  c-pc: {segment: C, ip: 10.4.0.10}
devices:
  fw:
    kind: firewall
    zones: [internet, city]
    interfaces:
      i: {segment: I, ip: 10.3.0.1, reverse_path: strict}
      c: {segment: C, ip: 10.4.0.1, reverse_path: strict}
    routes: []
    management: none
    rules: [{name: 旧共有, from: i-pc, to: c-pc, service: tcp/445, action: permit}]
    default: deny
policies:
  office: {profile: office.yaml, segments: I}
  desk: {profile: nemuro-council-r8, segments: [I, C]}
"""
OFFICE = """
profile: office
title: 課の方針
document: 課の方針
edition: 令和8年
extends: fuefuki-10
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the design and the office's profile, where the commands run."""
    (tmp_path / "d.zones.yaml").write_text(DESIGN, encoding="utf-8")
    (tmp_path / "office.yaml").write_text(OFFICE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    """Run `verify` on the design for three checks."""
    checks = [word for name in (RECORD, VALID, PERMIT) for word in ("--check", name)]
    return CliRunner().invoke(main, ["verify", "d.zones.yaml", *checks, *arguments])


def recorded(folder: Path, *arguments: str) -> tuple[dict[str, Any], dict[str, Any], int]:
    """Return the record of such a run, its report and its exit code."""
    result = run("--record", "r.json", "--format", "json", *arguments)
    record: dict[str, Any] = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    jsonschema.validate(record, SCHEMA)
    return record, json.loads(result.stdout), result.exit_code


def statuses(document: dict[str, Any]) -> dict[str, str]:
    """Return the verdicts in a record, report, or entry of one."""
    return {each["id"]: each["status"] for each in document["checks"]}


def common(document: dict[str, Any]) -> dict[str, Any]:
    """Return what records and reports both say of one policy."""
    keys = ("id", "status", "vacuous", "policy")
    return {
        "profile": {key: document["profile"][key] for key in ("id", "title", "edition")},
        "exit_code": document["exit_code"],
        "waivers": document["waivers"],
        "checks": [
            {key: check[key] for key in keys}
            | {"findings": [(f["id"], f["waiver"], f["zones"]) for f in check["findings"]]}
            for check in document["checks"]
        ],
    }


def found(entry: dict[str, Any]) -> list[str]:
    """Return the ids of what a record says was found of what may cross."""
    return [
        finding["id"]
        for check in entry["checks"]
        if check["id"] == PERMIT
        for finding in check["findings"]
    ]


def waive(folder: Path, ids: list[str]) -> None:
    """Let somebody answer for findings."""
    waivers = [
        f"  w-{number}: {{check: {PERMIT}, finding: {each}, clause: 第120条第1項, "
        "approver: 責任者, reason: 更改まで, expires: 2027-03-31}\n"
        for number, each in enumerate(ids)
    ]
    text = "".join([DESIGN, "waivers:\n", *waivers])
    (folder / "d.zones.yaml").write_text(text, encoding="utf-8")


def test_a_record_that_says_one_holds_the_violated_check(folder: Path) -> None:
    """Though the city's policy finds nothing, with the finding by its id and by clause."""
    record, _, code = recorded(folder, "--allow-unknown")
    assert record["exit_code"] == code == 1
    assert "violated" not in statuses(record).values()
    office, desk = record["policies"]
    assert (office["exit_code"], statuses(office)[PERMIT]) == (1, "violated")
    assert desk["exit_code"] == 0
    ids = found(office)
    assert ids
    assert all(ids)
    verdicts = [verdict for clause in office["clauses"] for verdict in clause["verdicts"]]
    assert {"check": PERMIT, "status": "violated"} in verdicts


def test_a_record_says_of_every_policy_what_the_report_says(folder: Path) -> None:
    """Segments, profile, verdicts, findings, waivers and exit code, in the same order."""
    waive(folder, found(recorded(folder)[0]["policies"][0]))
    for day in ("2027-03-31", "2027-04-01"):
        record, report, _ = recorded(folder, "--date", day)
        assert common(record) == common(report)
        assert [(each["id"], each["segments"]) for each in record["policies"]] == [
            ("office", ["I"]),
            ("desk", ["I", "C"]),
        ]
        for entry, told in zip(record["policies"], report["policies"], strict=True):
            assert (entry["id"], entry["segments"]) == (told["id"], told["segments"])
            assert common(entry) == common(told["report"])
            assert told["report"]["date"] == record["date"] == day
        counts = day == "2027-03-31"
        assert statuses(record["policies"][0])[PERMIT] == ("waived" if counts else "violated")


def test_a_record_holds_the_hash_of_every_profile(folder: Path) -> None:
    """That of a profile which extends another changes with its own file."""
    city, office, desk = _hashes(recorded(folder)[0])
    built_in = ROOT / "src" / "zonecheck" / "policy" / "profiles" / "nemuro-council-r8.yaml"
    assert city == desk == hashlib.sha256(built_in.read_bytes()).hexdigest()
    (folder / "office.yaml").write_text(f"{OFFICE}# 改\n", encoding="utf-8")
    changed = _hashes(recorded(folder)[0])
    assert (changed[0], changed[2]) == (city, desk)
    assert changed[1] not in (office, "")


def _hashes(record: dict[str, Any]) -> list[str]:
    return [each["profile"]["sha256"] for each in (record, *record["policies"])]


def test_a_run_is_recorded_under_every_policy_that_asks_for_it(folder: Path) -> None:
    """The one record is that of all policies; without one none has it."""
    record, report, _ = recorded(folder)
    for document in (record["policies"][0], report["policies"][0]["report"]):
        assert statuses(document)[RECORD] == "holds"
    assert statuses(record)[RECORD] == "not-in-profile"
    without = json.loads(run("--format", "json").stdout)
    assert statuses(without["policies"][0]["report"])[RECORD] == "not-run"


def test_a_record_does_not_replace_the_profile_of_any_policy(folder: Path) -> None:
    """It stops before anything is proved."""
    result = run("--record", "office.yaml", "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "office.yaml" in result.stderr
    assert (folder / "office.yaml").read_text(encoding="utf-8") == OFFICE


def test_a_record_of_one_policy_says_there_are_no_others(folder: Path) -> None:
    """The list is there and empty, not left out."""
    alone = DESIGN.partition("policies:")[0]
    (folder / "d.zones.yaml").write_text(alone, encoding="utf-8")
    assert recorded(folder)[0]["policies"] == []
