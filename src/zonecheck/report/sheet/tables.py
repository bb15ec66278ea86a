"""What stands in the tables of a workbook, as values without a format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from zonecheck import __version__
from zonecheck.model.source import Source
from zonecheck.policy.verdict import (
    Assumption,
    CheckResult,
    Finding,
    MissingDeclaration,
    Status,
    Verification,
)
from zonecheck.report.finding_summary import (
    clauses,
    evidence_lines,
    missing_sentence,
    sentence,
)
from zonecheck.report.known_names import KnownNames
from zonecheck.report.lang import Lang
from zonecheck.report.profile_standing import basis_of
from zonecheck.report.text.box import box_lines
from zonecheck.report.text.finding import MOST_BOXES
from zonecheck.report.text.ledger import declared_values
from zonecheck.report.text.verification import summary_line
from zonecheck.report.text.waiver import waiver_sentence
from zonecheck.report.whole import LISTED, Part, WholeReport
from zonecheck.report.words import phrase
from zonecheck.report.words.ledger import LIMITS
from zonecheck.report.zone_names import zone_names


class Cell(NamedTuple):
    """A text or number, and what it stands for (a verdict, say), which may give it a colour."""

    value: str | int
    role: str = ""


@dataclass(frozen=True)
class Table:
    """One sheet: `columns` are headings with their widths in characters.

    `notes` are said of all rows, below them: sorting and filtering leave them where they are.
    """

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def text_tables(whole: WholeReport, lang: Lang) -> list[Table]:
    """Return the sheets that need nothing but the verdicts."""
    return [
        summary_table(whole, lang),
        _verdicts(whole, lang),
        _findings(whole, lang),
        _ledger(whole, lang),
    ]


def columns(lang: Lang, **widths: int) -> tuple[tuple[str, int], ...]:
    """Return headings by what `sheet.*` or `report.column-*` calls them, with their widths."""
    return tuple(
        (phrase(lang, f"sheet.{name.replace('_', '-')}"), width) for name, width in widths.items()
    )


def _plain(*values: str | int) -> tuple[Cell, ...]:
    return tuple(Cell(value) for value in values)


def summary_table(whole: WholeReport, lang: Lang) -> Table:
    """Return what was asked and what came out, in pairs."""

    def says(code: str) -> str:
        return phrase(lang, code)

    city = whole.city.verification
    result = phrase(lang, f"format.result-{whole.exit_code}")
    states = ", ".join(state or says("report.state-normal") for state in city.states)
    pairs: list[tuple[str, str | int]] = [
        (says("sheet.result"), result),
        (says("sheet.exit-code"), whole.exit_code),
        (says("report.file"), f"{city.topology} {whole.file}"),
        (says("report.states"), states),
        (says("report.tool"), f"zonecheck {__version__}"),
    ]
    if city.routing != "declared":
        pairs.append((says("report.routing"), phrase(lang, f"report.routing-{city.routing}")))
    if city.today is not None:
        pairs.append((says("sheet.date"), city.today.isoformat()))
    for part in whole.parts:
        profile = part.profile
        pairs.append((says("report.profile"), f"{profile.title} {profile.edition} [{part.name}]"))
        pairs.append(("", basis_of(profile, lang)))
        if part.policy is not None:
            pairs.append((says("sheet.segments"), ", ".join(part.policy.segments)))
        pairs.append(("", summary_line(part.verification, lang)))
    limits = [phrase(lang, code) for code in LIMITS]
    pairs += [("" if at else says("report.limits"), text) for at, text in enumerate(limits)]
    head = (("zonecheck", 24), (city.topology, 110))
    return Table(says("sheet.summary"), head, tuple(_plain(*pair) for pair in pairs))


def _verdicts(whole: WholeReport, lang: Lang) -> Table:
    names = ("policy", "check", "verdict", "severity", "level", "fails", "title", "clause")
    widths = (18, 30, 14, 10, 10, 16, 50, 26)
    more = columns(lang, number=9, examined=10, rests_on=50)
    heads = tuple(zip((_heading(name, lang) for name in names), widths, strict=True))
    rows = [_verdict(part, result, lang) for part in whole.parts for result in _in_order(part)]
    return Table(phrase(lang, "sheet.verdicts"), (*heads, *more), tuple(rows))


def _heading(name: str, lang: Lang) -> str:
    own = name in ("policy", "level", "fails")
    return phrase(lang, f"sheet.{name}" if own else f"report.column-{name}")


def _in_order(part: Part) -> Iterator[CheckResult]:
    for status in LISTED:
        yield from part.results(status)


def _verdict(part: Part, result: CheckResult, lang: Lang) -> tuple[Cell, ...]:
    severity = level = ""
    if result.policy is not None:
        severity = phrase(lang, f"severity.{result.policy.severity}")
        level = phrase(lang, f"level.{result.policy.level}")
    status = phrase(lang, f"status.{result.status.value}")
    if result.vacuous:
        status += f" ({phrase(lang, 'report.vacuous')})"
    weight = phrase(lang, f"sheet.weight-{part.weigh(result).name.lower()}")
    return (
        Cell(part.name),
        Cell(result.check),
        Cell(status, result.status.value),
        *_plain(severity, level, weight),
        Cell(phrase(lang, f"check.{result.check}.title")),
        Cell(clauses(result)),
        Cell(len(result.findings)),
        Cell(result.examined),
        Cell(", ".join(dict.fromkeys(each.id for each in result.assumptions))),
    )


def _findings(whole: WholeReport, lang: Lang) -> Table:
    heads = (
        *columns(lang, policy=18),
        (phrase(lang, "report.column-check"), 28),
        (phrase(lang, "report.column-verdict"), 12),
        *columns(lang, finding=22, says=60, zones=28, state=14, file=40, line=8),
        *columns(lang, evidence=80, packets=60, waiver=40),
    )
    names = KnownNames(whole.topology)
    rows: list[tuple[Cell, ...]] = []
    for part in whole.parts:
        zones = zone_names(whole.topology, part.profile, lang)
        for result in part.results(Status.VIOLATED, Status.UNKNOWN, Status.WAIVED):
            about = (
                Cell(part.name),
                Cell(result.check),
                Cell(phrase(lang, f"status.{result.status.value}"), result.status.value),
            )
            rows += [(*about, *_missing(missing, whole, lang, zones)) for missing in result.missing]
            rows += [
                (*about, *_finding(finding, whole, lang, zones, names))
                for finding in result.findings
            ]
    return Table(phrase(lang, "sheet.findings"), heads, tuple(rows))


def _missing(
    missing: MissingDeclaration, whole: WholeReport, lang: Lang, zones: Mapping[str, str]
) -> tuple[Cell, ...]:
    said, place = missing_sentence(missing, lang, zones), _place(missing.source, whole)
    return _plain("", said, "", "", *place, "", "", "")


def _finding(
    finding: Finding,
    whole: WholeReport,
    lang: Lang,
    zones: Mapping[str, str],
    names: KnownNames,
) -> tuple[Cell, ...]:
    boxes = [" ".join(line) for line in box_lines(finding.boxes[:MOST_BOXES], names, lang)]
    if finding.more_boxes or len(finding.boxes) > MOST_BOXES:
        boxes.append(phrase(lang, "sheet.more"))
    waiver = "" if finding.waiver is None else waiver_sentence(finding.waiver, lang)
    return _plain(
        finding.id,
        sentence(finding, lang, zones),
        ", ".join(zones.get(zone, zone) for zone in finding.zones),
        finding.state,
        *_place(finding.source, whole),
        "\n".join(evidence_lines(finding, lang)),
        "\n".join(boxes),
        waiver,
    )


def _place(source: Source, whole: WholeReport) -> tuple[str, int]:
    place = whole.place(source)
    return place.file, place.line


def checks_by_assumption(verification: Verification) -> dict[Assumption, list[str]]:
    """Return the checks whose verdicts rest on each assumption."""
    found: dict[Assumption, list[str]] = {}
    for result in verification.results:
        for assumption in dict.fromkeys(result.assumptions):
            found.setdefault(assumption, []).append(result.check)
    return found


def _ledger(whole: WholeReport, lang: Lang) -> Table:
    heads = columns(
        lang,
        policy=18,
        assumption=26,
        meaning=60,
        subject=30,
        declared=30,
        basis=40,
        file=40,
        line=8,
        checks=60,
    )
    rows = []
    for part in whole.parts:
        verification = part.verification
        resting = checks_by_assumption(verification)
        for assumption in verification.assumptions:
            checks = resting.get(assumption, [])
            meaning = phrase(lang, f"assumption.{assumption.id}")
            place = _place(assumption.source, whole)
            grounds = declared_values(assumption, lang), assumption.basis
            about = (assumption.id, meaning, assumption.subject, *grounds)
            rows.append(_plain(part.name, *about, *place, ", ".join(checks)))
    return Table(phrase(lang, "sheet.ledger"), heads, tuple(rows))
