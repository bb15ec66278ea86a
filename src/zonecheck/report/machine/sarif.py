"""The report as a SARIF 2.1.0 log (docs/reports.md): one run for each policy.

Ids, levels and message texts are the same in every language of the command: messages are in
English, with the Japanese sentence beside them in `properties.ja`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping

from zonecheck import __version__
from zonecheck.model.source import Source
from zonecheck.policy.verdict import CheckResult, Finding, MissingDeclaration, Status
from zonecheck.report.finding_summary import missing_text
from zonecheck.report.machine.json_parts import Json, dumped, message_json
from zonecheck.report.machine.sarif_parts import (
    ROOT,
    artifact_json,
    code_flows_json,
    location_json,
    sarif_text,
    used_at_json,
)
from zonecheck.report.machine.sarif_rules import LEVELS, rules_json
from zonecheck.report.printable import printable
from zonecheck.report.text.waiver import waiver_sentence
from zonecheck.report.whole import Part, WholeReport
from zonecheck.report.words import phrase, say
from zonecheck.report.zone_names import zone_names

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "zonecheckFinding/v1"
_NONE = "none"
"""The level of every result that is no failure, as the standard asks for."""


def render_sarif(whole: WholeReport) -> str:
    """Return the log as text, the same for the same verdicts."""
    return dumped(
        {
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [_Run(whole, part).as_json() for part in whole.parts],
        }
    )


class _Run:
    """Writes the run of one policy."""

    def __init__(self, whole: WholeReport, part: Part) -> None:
        self._whole = whole
        self._part = part
        self._topology = whole.topology
        self._english = zone_names(whole.topology, part.profile, "en")
        self._japanese = zone_names(whole.topology, part.profile, "ja")
        asked = [each for each in part.verification.results if each.policy is not None]
        self._rules = {result.check: number for number, result in enumerate(asked)}
        self._asked = asked

    def as_json(self) -> Json:
        verification, profile = self._part.verification, self._part.profile
        verdicts = {each.check: each.status.value for each in verification.results}
        return {
            "tool": {
                "driver": {
                    "name": "zonecheck",
                    "version": __version__,
                    "semanticVersion": __version__,
                    "rules": rules_json(self._asked),
                }
            },
            "automationDetails": {"id": f"zonecheck/{printable(self._part.name)}/"},
            "invocations": [self._invocation()],
            "originalUriBaseIds": {
                ROOT: {"description": {"text": "The folder in which zonecheck was run."}}
            },
            "artifacts": [{"location": artifact_json(self._whole.file), "roles": _TARGET}],
            "columnKind": "unicodeCodePoints",
            "language": "en",
            "results": list(self._results()),
            "properties": {
                "topology": printable(verification.topology),
                "profile": printable(profile.id),
                "policy": None if self._part.policy is None else printable(self._part.policy.id),
                "routing": verification.routing,
                "states": [printable(state) for state in verification.states],
                "verdicts": verdicts,
            },
        }

    def _invocation(self) -> Json:
        not_run = phrase("en", "report.not-run-note")
        told = [
            {
                "message": {"text": sarif_text(f"{result.check}: {not_run}")},
                "level": "note",
                "associatedRule": {"id": result.check, "index": self._rules[result.check]},
            }
            for result in self._part.results(Status.NOT_RUN)
            if result.check in self._rules
        ]
        return {
            "executionSuccessful": True,
            "exitCode": self._whole.exit_code,
            "toolExecutionNotifications": told,
        }

    def _results(self) -> Iterator[Json]:
        for result in self._part.results(Status.VIOLATED, Status.WAIVED):
            for finding in result.findings:
                yield self._failure(result, finding)
            for missing in result.missing:
                yield self._missing(result, missing)
        for result in self._part.results(Status.UNKNOWN):
            yield from self._open(result)

    def _failure(self, result: CheckResult, finding: Finding) -> Json:
        level = LEVELS[result.policy.level if result.policy is not None else "error"]
        return self._finding(result, finding, "fail", level)

    def _open(self, result: CheckResult) -> Iterator[Json]:
        """Yield what an unknown check lacks, and what could be wrong if it turns out worst."""
        for missing in result.missing:
            yield self._missing(result, missing)
        for finding in result.findings:
            yield self._finding(result, finding, "open", _NONE)
        if not result.missing and not result.findings:
            title = {lang: phrase(lang, f"check.{result.check}.title") for lang in ("en", "ja")}
            yield self._result(
                result, "open", _NONE, title, self._topology.source, {"check": result.check}
            )

    def _missing(self, result: CheckResult, missing: MissingDeclaration) -> Json:
        said = {
            "en": missing_text(missing, "en", self._says(missing, "en")),
            "ja": missing_text(missing, "ja", self._says(missing, "ja")),
        }
        about = {"check": result.check, "missing": message_json(missing.item)}
        return self._result(result, "open", _NONE, said, missing.source, about)

    def _says(self, missing: MissingDeclaration, lang: str) -> str:
        if lang == "ja":
            return say(missing.item, "ja", self._japanese)
        return say(missing.item, "en", self._english)

    def _finding(self, result: CheckResult, finding: Finding, kind: str, level: str) -> Json:
        said = {
            "en": say(finding.message, "en", self._english),
            "ja": say(finding.message, "ja", self._japanese),
        }
        if finding.state:
            said["en"] += phrase("en", "report.in-state", state=finding.state)
            said["ja"] += phrase("ja", "report.in-state", state=finding.state)
        about = {
            "check": result.check,
            "message": message_json(finding.message),
            "zones": list(finding.zones),
            "state": finding.state,
        }
        found = self._result(result, kind, level, said, finding.source, about)
        zones = [("zone", self._english.get(zone, zone)) for zone in finding.zones]
        found["locations"] = [location_json(self._whole.place(finding.source), zones)]
        flows = code_flows_json(finding.counterexample, self._topology, self._whole, finding.source)
        if flows:
            found["codeFlows"] = flows
        if finding.id:
            found["partialFingerprints"][FINGERPRINT] = finding.id
            found["properties"]["finding"] = finding.id
        found["properties"]["zones"] = [printable(zone) for zone in finding.zones]
        found["properties"]["state"] = printable(finding.state)
        found["suppressions"] = self._suppressions(finding)
        return found

    def _suppressions(self, finding: Finding) -> list[Json]:
        waiver = finding.waiver
        if waiver is None:
            return []
        return [
            {
                "kind": "inSource",
                "status": "accepted",
                "justification": sarif_text(waiver_sentence(waiver, "en")),
                "location": location_json(self._whole.place(waiver.source)),
                "properties": {"waiver": printable(waiver.id)},
            }
        ]

    def _result(
        self,
        result: CheckResult,
        kind: str,
        level: str,
        said: Mapping[str, str],
        source: Source,
        about: Json,
    ) -> Json:
        found: Json = {
            "ruleId": result.check,
            "ruleIndex": self._rules[result.check],
            "kind": kind,
            "level": level,
            "message": {"text": sarif_text(said["en"])},
            "locations": [location_json(self._whole.place(source))],
            "partialFingerprints": {FINGERPRINT: _digest(about)},
            "suppressions": [],
            "properties": {"ja": printable(said["ja"])},
        }
        places = used_at_json(source)
        if places:
            found["relatedLocations"] = places
        return found


_TARGET = ["analysisTarget"]


def _digest(about: Json) -> str:
    """Return a name for what a result says that stays when lines move."""
    text = json.dumps(about, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
