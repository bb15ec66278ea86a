"""A finding or a missing declaration in one sentence, and its evidence in lines, as plain text."""

from collections.abc import Mapping

from zonecheck.policy.verdict import (
    CheckResult,
    Finding,
    MissingControl,
    MissingDeclaration,
)
from zonecheck.policy.waiver_standing import EXCEPTION_VALID
from zonecheck.report.lang import Lang
from zonecheck.report.printable import printable
from zonecheck.report.text.counterexample import counterexample_lines
from zonecheck.report.text.place import place_text
from zonecheck.report.words import phrase, say


def sentence(finding: Finding, lang: Lang, zones: Mapping[str, str]) -> str:
    """Return what a finding says, and in which state it occurs."""
    text = say(finding.message, lang, zones)
    if finding.state:
        text += phrase(lang, "report.in-state", state=finding.state)
    return printable(text)


def missing_sentence(missing: MissingDeclaration, lang: Lang, zones: Mapping[str, str]) -> str:
    """Return what is not declared, or which waiver names nothing there is."""
    return printable(missing_text(missing, lang, say(missing.item, lang, zones)))


def missing_text(missing: MissingDeclaration, lang: Lang, item: str) -> str:
    """Return the same, given how its item is said; a waiver is written and declared already."""
    return item if is_of_waiver(missing) else phrase(lang, "report.missing-item", item=item)


def is_of_waiver(missing: MissingDeclaration) -> bool:
    """Return whether what is missing is the finding of a waiver, and no declaration."""
    return missing.item.code.startswith("missing.waived-")


def evidence_lines(finding: Finding, lang: Lang) -> list[str]:
    """Return the counterexample of a finding line by line, empty where it only repeats it.

    Behind it stands what the finding may merely lack.
    """
    found = finding.counterexample
    if found is None or says_all(finding):
        return []
    lines = [printable(line) for line in counterexample_lines(found, lang)]
    return lines + _lacking_lines(finding, lang)


def _lacking_lines(finding: Finding, lang: Lang) -> list[str]:
    lines = [phrase(lang, "report.may-lack")] if finding.lacking else []
    for missing in finding.lacking:
        where = place_text(missing.source)
        told = phrase(lang, "report.write-here", where=where) if where else ""
        lines.append(printable(f"  {say(missing.item, lang)}  {told}".rstrip()))
    return lines


def says_all(finding: Finding) -> bool:
    """Return whether the sentence of a finding and its place say all its counterexample does."""
    found = finding.counterexample
    if isinstance(found, MissingDeclaration) and found.item == finding.message:
        return True
    if isinstance(found, MissingControl) and found.passes is None:
        named = {value for _, value in finding.message.arguments}
        parts = set(found.place.split(": ", 1))
        if (found.place in named or parts <= named) and found.source == finding.source:
            return True
    return finding.message.code.partition(".")[0] == EXCEPTION_VALID


def check_lines(result: CheckResult, lang: Lang, zones: Mapping[str, str]) -> list[str]:
    """Return the findings of a check with their evidence, and what it lacks, line by line."""
    lines = []
    for missing in result.missing:
        told = where = place_text(missing.source)
        if where and not is_of_waiver(missing):
            told = phrase(lang, "report.write-here", where=where)
        lines.append(f"{missing_sentence(missing, lang, zones)}  {printable(told)}".rstrip())
    for number, finding in enumerate(result.findings, 1):
        where = printable(place_text(finding.source))
        lines.append(f"{number}. {sentence(finding, lang, zones)}  {where}".rstrip())
        lines += [f"   {line}" for line in evidence_lines(finding, lang)]
        if finding.id:
            lines.append(f"   {phrase(lang, 'waiver.finding-id', id=finding.id)}")
    return lines


def clauses(result: CheckResult) -> str:
    """Return the clauses a check stands on."""
    citations = () if result.policy is None else result.policy.citations
    return printable(", ".join(citation.clause for citation in citations))
