"""The report as workflow commands: one annotation a finding at its line, and one that sums up.

Every line is a command of ours: no name in a design can begin another, because line ends and
whatever else steers the reader of commands are escaped. Where the command exits with 0 no
annotation is an error; otherwise at least one is.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from zonecheck.model.source import Source
from zonecheck.policy.verdict import CheckResult, Finding, Status
from zonecheck.policy.weight import Weight
from zonecheck.report.finding_summary import (
    clauses,
    evidence_lines,
    missing_sentence,
    sentence,
)
from zonecheck.report.lang import Lang
from zonecheck.report.printable import printable
from zonecheck.report.text.verification import summary_line
from zonecheck.report.text.waiver import waiver_sentence
from zonecheck.report.whole import Part, WholeReport
from zonecheck.report.words import phrase
from zonecheck.report.zone_names import zone_names

ERROR, WARNING, NOTICE = "error", "warning", "notice"
_BY_LEVEL: Final = {"error": WARNING, "warning": WARNING, "advice": NOTICE}
_MOST_LINES = 40
"""How many lines of evidence an annotation shows."""
_ORDER: Final = {ERROR: 0, WARNING: 1, NOTICE: 2}
_SUMMARY: Final = {0: NOTICE, 1: ERROR, 2: ERROR}


def render_annotations(whole: WholeReport, lang: Lang) -> str:
    """Return one command a line: the sum first, then errors, warnings and notices."""
    found: list[tuple[str, str]] = []
    for part in whole.parts:
        zones = zone_names(whole.topology, part.profile, lang)
        for result in part.results(Status.VIOLATED, Status.UNKNOWN, Status.WAIVED, Status.NOT_RUN):
            found += _Annotations(whole, part, result, lang, zones).commands()
        for result in part.results(Status.NOT_IN_PROFILE):
            if part.weigh(result) is not Weight.NOTHING:
                found += _Annotations(whole, part, result, lang, zones).commands()
    found.sort(key=lambda each: _ORDER[each[0]])
    return "".join(f"{line}\n" for _, line in (_summary(whole, lang), *found))


def _summary(whole: WholeReport, lang: Lang) -> tuple[str, str]:
    result = phrase(lang, f"format.result-{whole.exit_code}")
    told = " / ".join(
        f"{part.name}: {summary_line(part.verification, lang)}" for part in whole.parts
    )
    text = phrase(lang, "format.annotated", result=result, summary=told)
    level = _SUMMARY[whole.exit_code]
    return level, command(level, Source(whole.file, 1, 0), "zonecheck", [text])


class _Annotations:
    """Writes the annotations of one check."""

    def __init__(
        self,
        whole: WholeReport,
        part: Part,
        result: CheckResult,
        lang: Lang,
        zones: Mapping[str, str],
    ) -> None:
        self._whole = whole
        self._result = result
        self._lang = lang
        self._zones = zones
        status = phrase(lang, f"status.{result.status.value}")
        clause = clauses(result)
        named = f"{result.check} [{part.name}]"
        self._title = f"{status}: {named} {clause}".rstrip()
        self._level = self._level_of(part)

    def _level_of(self, part: Part) -> str:
        if part.weigh(self._result) is not Weight.NOTHING:
            return ERROR
        if self._result.status is Status.VIOLATED and self._result.policy is not None:
            return _BY_LEVEL[self._result.policy.level]
        return WARNING if self._result.status is Status.UNKNOWN else NOTICE

    def commands(self) -> Iterator[tuple[str, str]]:
        """Yield the level and the line of each annotation."""
        result = self._result
        for missing in result.missing:
            said = missing_sentence(missing, self._lang, self._zones)
            yield self._command(missing.source, [self._about(), said])
        for finding in result.findings:
            yield self._command(finding.source, self._told(finding))
        if not result.missing and not result.findings:
            yield self._command(self._whole.topology.source, [self._about()])

    def _about(self) -> str:
        return phrase(self._lang, f"check.{self._result.check}.title")

    def _told(self, finding: Finding) -> list[str]:
        lines = [self._about(), sentence(finding, self._lang, self._zones)]
        evidence = evidence_lines(finding, self._lang)
        lines += evidence[:_MOST_LINES]
        if len(evidence) > _MOST_LINES:
            number = len(evidence) - _MOST_LINES
            lines.append(phrase(self._lang, "format.more-lines", number=number))
        if finding.id:
            lines.append(phrase(self._lang, "waiver.finding-id", id=finding.id))
        if finding.waiver is not None:
            lines.append(waiver_sentence(finding.waiver, self._lang))
        return lines

    def _command(self, source: Source, lines: list[str]) -> tuple[str, str]:
        return self._level, command(self._level, self._whole.place(source), self._title, lines)


def command(level: str, place: Source, title: str, lines: list[str]) -> str:
    """Return a workflow command that annotates a line of a file."""
    values = {"file": place.file, "line": str(max(1, place.line))}
    if place.column >= 1:
        values["col"] = str(place.column)
    values["title"] = title
    listed = ",".join(f"{name}={_value(printable(text))}" for name, text in values.items())
    body = "\n".join(printable(line) for line in lines)
    return f"::{level} {listed}::{_data(body)}"


def _data(text: str) -> str:
    """Return a message as it stands in a command; `%` first, or escapes would be escaped."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    """Return the value of a property, where colons and commas steer as well."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
