"""Violated and unknown checks, each finding with its evidence."""

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import CheckResult, Finding, MissingDeclaration, Status, Verification
from zonecheck.policy.waiver_standing import EXCEPTION_VALID
from zonecheck.report.finding_summary import says_all
from zonecheck.report.known_names import KnownNames
from zonecheck.report.lang import Lang
from zonecheck.report.text.box import box_lines
from zonecheck.report.text.columns import aligned, indented
from zonecheck.report.text.counterexample import counterexample_lines
from zonecheck.report.text.paint import Paint, plain
from zonecheck.report.text.place import place_text
from zonecheck.report.text.waiver import name_lines
from zonecheck.report.words import phrase, say
from zonecheck.report.zone_names import zone_names

MOST_BOXES = 20
MOST_FINDINGS = 10
UNNAMED = frozenset({EXCEPTION_VALID})
"""Checks whose findings nobody may waive."""


class FindingWriter:
    """Writes the findings of one topology under one profile."""

    def __init__(
        self,
        topology: Topology,
        profile: Profile,
        lang: Lang,
        *,
        verbose: bool = False,
        paint: Paint = plain,
    ) -> None:
        self._names = KnownNames(topology)
        self._zones = zone_names(topology, profile, lang)
        self._lang = lang
        self._verbose = verbose
        self._paint = paint

    def violated(self, result: CheckResult, depth: int, first: int = 1) -> list[str]:
        """Return the lines of a violated check, `depth` steps under its root cause.

        `first` is the number of its first finding.
        """
        policy = result.policy
        severity = phrase(self._lang, f"severity.{policy.severity}") if policy else "-"
        head = phrase(
            self._lang,
            "report.violated",
            check=result.check,
            severity=severity,
            title=phrase(self._lang, f"check.{result.check}.title"),
        )
        arrow = "└ " if depth else ""
        lines = [arrow + self._paint(head, "violated"), *indented(self._why(result), 2)]
        named = result.check not in UNNAMED
        lines += indented(self._findings(result.findings, named=named, first=first), 2)
        if result.missing:
            lines += self._unmatched(result)
        return indented(lines, 2 * depth)

    def _unmatched(self, result: CheckResult) -> list[str]:
        """Return the waivers that name nothing there is: written already, and to be changed."""
        head = "  " + phrase(self._lang, "waiver.unmatched")
        return [head, *self._missing(result.missing, indent=4, to_write=False)]

    def waived(self, result: CheckResult) -> list[str]:
        """Return the lines of a waived check: its findings stay in every report."""
        title = phrase(self._lang, f"check.{result.check}.title")
        head = phrase(self._lang, "report.waived", check=result.check, title=title)
        lines = [self._paint(head, "waived"), *indented(self._why(result), 2)]
        return lines + indented(self._findings(result.findings), 2)

    def unknown(self, result: CheckResult, first: int = 1) -> list[str]:
        """Return the lines of an unknown check: what is missing and where to write it.

        `first` is the number of its first finding.
        """
        title = phrase(self._lang, f"check.{result.check}.title")
        head = phrase(self._lang, "report.unknown", check=result.check, title=title)
        lines = [self._paint(head, "unknown"), *indented(self._why(result), 2)]
        if result.missing and result.check == EXCEPTION_VALID:
            lines += self._unmatched(result)
        elif result.missing:
            lines.append("  " + phrase(self._lang, "report.missing"))
            lines += self._missing(result.missing, indent=4)
        waived = tuple(finding for finding in result.findings if finding.waiver is not None)
        others = tuple(finding for finding in result.findings if finding.waiver is None)
        for code, findings in (("waiver.beside-unknown", waived), ("report.would-be", others)):
            if findings:
                lines.append("  " + phrase(self._lang, code))
                lines += indented(self._findings(findings, first=first), 4)
        return lines

    def other_undeclared(self, verification: Verification) -> list[str]:
        """Return undeclared items on which no unknown verdict hangs; only when verbose."""
        named = {
            item
            for result in verification.results
            if result.status is Status.UNKNOWN
            for item in result.missing
        }
        others = [item for item in verification.undeclared if item not in named]
        if not others or not self._verbose:
            return []
        head = phrase(self._lang, "report.other-undeclared")
        return [head, *self._missing(tuple(others), indent=2)]

    def _missing(
        self, items: tuple[MissingDeclaration, ...], indent: int, *, to_write: bool = True
    ) -> list[str]:
        """Return what is missing and its place: where `to_write` it, or what is there already."""
        rows = []
        for missing in items:
            where = here = place_text(missing.source)
            if to_write and where:
                here = phrase(self._lang, "report.write-here", where=where)
            rows.append((say(missing.item, self._lang, self._zones), here))
        return aligned(rows, indent=indent)

    def _why(self, result: CheckResult) -> list[str]:
        lines = []
        for citation in result.policy.citations if result.policy else ():
            code = "report.citation-quote" if citation.quote else "report.citation"
            quote = {"quote": citation.quote} if citation.quote else {}
            lines.append(phrase(self._lang, code, clause=citation.clause, **quote))
        if result.policy is not None and result.policy.level != "error":
            level = phrase(self._lang, f"level.{result.policy.level}")
            lines.append(phrase(self._lang, "report.level-note", level=level))
        if result.consequence_of:
            checks = ", ".join(result.consequence_of)
            lines.append(phrase(self._lang, "report.consequence", checks=checks))
        return lines

    def _findings(
        self, findings: tuple[Finding, ...], *, named: bool = False, first: int = 1
    ) -> list[str]:
        """Return findings; of many some, but all that are waived. `named` tells of missing ids."""
        shown = [
            (number, finding)
            for number, finding in enumerate(findings, first)
            if self._verbose or number < first + MOST_FINDINGS or finding.waiver is not None
        ]
        lines: list[str] = []
        for number, finding in shown:
            lines += self._finding(number, finding)
            lines += indented(name_lines(finding, self._lang, named=named), 3)
        if len(shown) < len(findings):
            number = len(findings) - len(shown)
            lines.append(phrase(self._lang, "report.more-findings", number=number))
        return lines

    def _finding(self, number: int, finding: Finding) -> list[str]:
        where = place_text(finding.source)
        head = f"{number}. {say(finding.message, self._lang, self._zones)}"
        if finding.state:
            head += phrase(self._lang, "report.in-state", state=finding.state)
        lines = [f"{head}  {where}".rstrip()]
        found = finding.counterexample
        if isinstance(found, MissingDeclaration) and found.item == finding.message:
            lines = self._missing((found,), indent=0)
            lines[0] = f"{number}. {lines[0]}"
        elif found is not None and not says_all(finding):
            lines += indented(counterexample_lines(found, self._lang), 3)
        if finding.lacking:
            lines.append("   " + phrase(self._lang, "report.may-lack"))
            lines += self._missing(finding.lacking, indent=5)
        if finding.boxes:
            code = "report.some-boxes" if finding.more_boxes else "report.all-boxes"
            lines.append("   " + phrase(self._lang, code))
            lines += indented(self._boxes(finding), 5)
        return lines

    def _boxes(self, finding: Finding) -> list[str]:
        shown = finding.boxes[:MOST_BOXES]
        lines = aligned(box_lines(shown, self._names, self._lang))
        left = len(finding.boxes) - len(shown)
        if finding.more_boxes:
            lines.append(phrase(self._lang, "report.more-boxes-unknown"))
        elif left:
            lines.append(phrase(self._lang, "report.more-boxes", number=left))
        return lines
