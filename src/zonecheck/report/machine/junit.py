"""The report as JUnit XML: a suite for each policy, a case for each check it asks for.

A document is red exactly where the command does not exit with 0: what fails the run is a
`failure`, what leaves it undecided an `error`. What is violated or unknown and does neither is
`skipped` with a message that says so, never a pass.
"""

from collections import Counter
from xml.etree import ElementTree as ET

from zonecheck import __version__
from zonecheck.policy.verdict import CheckResult, Status
from zonecheck.policy.weight import Weight
from zonecheck.report.finding_summary import check_lines, clauses
from zonecheck.report.lang import Lang
from zonecheck.report.printable import printable
from zonecheck.report.whole import Part, WholeReport
from zonecheck.report.words import phrase
from zonecheck.report.zone_names import zone_names

FAILURE, ERROR, SKIPPED = "failure", "error", "skipped"
_RED = {Weight.FAILS: FAILURE, Weight.UNDECIDED: ERROR}


def render_junit(whole: WholeReport, lang: Lang) -> str:
    """Return the document; ids of checks are the same in every language."""
    root = ET.Element("testsuites", name="zonecheck")
    totals: Counter[str] = Counter()
    for part in whole.parts:
        suite, counts = _suite(whole, part, lang)
        root.append(suite)
        totals += counts
    for key in ("tests", "failures", "errors"):
        root.set(key, str(totals[key]))
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(whole: WholeReport, part: Part, lang: Lang) -> tuple[ET.Element, Counter[str]]:
    suite = ET.Element("testsuite", name=printable(part.name))
    suite.append(_properties(whole, part))
    cases = [_case(whole, part, each, lang) for each in part.verification.results if _shown(each)]
    cases += [
        _case(whole, part, each, lang)
        for each in part.verification.results
        if not _shown(each) and part.weigh(each) is not Weight.NOTHING
    ]
    suite.extend(cases)
    kinds = Counter(child.tag for case in cases for child in case)
    counts = Counter(
        {
            "tests": len(cases),
            "failures": kinds[FAILURE],
            "errors": kinds[ERROR],
            "skipped": kinds[SKIPPED],
        }
    )
    for key, number in counts.items():
        suite.set(key, str(number))
    return suite, counts


def _shown(result: CheckResult) -> bool:
    """Return whether a policy asks for a check; of the others only those named have a case."""
    return result.status is not Status.NOT_IN_PROFILE


def _properties(whole: WholeReport, part: Part) -> ET.Element:
    verification = part.verification
    values = {
        "zonecheck.version": __version__,
        "zonecheck.topology": verification.topology,
        "zonecheck.file": whole.file,
        "zonecheck.profile": part.profile.id,
        "zonecheck.policy": "" if part.policy is None else part.policy.id,
        "zonecheck.segments": "" if part.policy is None else ", ".join(part.policy.segments),
        "zonecheck.states": ", ".join(state or "normal" for state in verification.states),
        "zonecheck.routing": verification.routing,
        "zonecheck.date": "" if verification.today is None else verification.today.isoformat(),
        "zonecheck.exit-code": str(whole.exit_code),
    }
    found = ET.Element("properties")
    for name, value in values.items():
        ET.SubElement(found, "property", name=name, value=printable(value))
    return found


def _case(whole: WholeReport, part: Part, result: CheckResult, lang: Lang) -> ET.Element:
    name = printable(part.name).replace("/", ".")
    case = ET.Element("testcase", name=result.check, classname=f"zonecheck.{name}")
    title = phrase(lang, f"check.{result.check}.title")
    status = phrase(lang, f"status.{result.status.value}")
    said = phrase(lang, "format.verdict", status=status, title=title)
    zones = zone_names(whole.topology, part.profile, lang)
    lines = check_lines(result, lang, zones)
    kind = _RED.get(part.weigh(result))
    if kind is not None:
        outcome = ET.SubElement(case, kind, type=_type(result), message=said)
        outcome.text = _text(lines)
    elif result.status is not Status.HOLDS:
        ET.SubElement(case, SKIPPED, message=_why_skipped(result, lang))
    told = [said, *_founded(result, lang), *([] if kind is not None else lines)]
    ET.SubElement(case, "system-out").text = _text(told)
    return case


def _founded(result: CheckResult, lang: Lang) -> list[str]:
    """Return the clauses of a check, and the assumptions it rests on where it holds."""
    lines = []
    if clauses(result):
        lines.append(phrase(lang, "format.clauses", clauses=clauses(result)))
    if result.vacuous:
        lines.append(phrase(lang, "report.vacuous-note"))
    ids = dict.fromkeys(assumption.id for assumption in result.assumptions)
    if ids:
        lines.append(phrase(lang, "format.rests-on", ids=", ".join(ids)))
    return lines


def _type(result: CheckResult) -> str:
    """Return the verdict with the level it counts at, as machines name them."""
    level = "" if result.policy is None else f".{result.policy.level}"
    return f"zonecheck.{result.status.value}{level}"


def _why_skipped(result: CheckResult, lang: Lang) -> str:
    """Return why a check that does not hold is no failure either."""
    if result.status is Status.VIOLATED:
        level = "error" if result.policy is None else result.policy.level
        return phrase(lang, "format.below", level=phrase(lang, f"level.{level}"))
    if result.status is Status.UNKNOWN:
        return phrase(lang, "format.allowed")
    if result.status is Status.WAIVED:
        return phrase(lang, "format.waived")
    code = "not-run" if result.status is Status.NOT_RUN else "not-in-profile"
    return phrase(lang, f"format.{code}")


def _text(lines: list[str]) -> str:
    return "\n".join(printable(line) for line in lines)
