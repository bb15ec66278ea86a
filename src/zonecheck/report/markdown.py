"""The report as Markdown, made for the comment of a pull request or the summary of a job."""

from collections.abc import Mapping

from zonecheck import __version__
from zonecheck.policy.verdict import CheckResult, Status
from zonecheck.policy.weight import Weight
from zonecheck.report.finding_summary import check_lines, clauses
from zonecheck.report.lang import Lang
from zonecheck.report.markdown_text import code, fence, plain, row
from zonecheck.report.text.finding import FindingWriter
from zonecheck.report.text.ledger import ledger_lines, limit_lines
from zonecheck.report.text.trust import trust_lines
from zonecheck.report.text.verification import DECLARED, summary_line
from zonecheck.report.text.waiver import waiver_lines
from zonecheck.report.whole import Part, WholeReport
from zonecheck.report.words import phrase
from zonecheck.report.zone_names import zone_names

MOST_CHARACTERS = 60_000
"""Comments of pull requests may have 65,536 characters."""
_MARKS: Mapping[Status, str] = {
    Status.HOLDS: "✅",
    Status.VIOLATED: "❌",
    Status.UNKNOWN: "❓",
    Status.WAIVED: "📝",
    Status.NOT_RUN: "➖",
    Status.NOT_IN_PROFILE: "➖",
}
_RESULT_MARKS = {0: "✅", 1: "❌", 2: "❓"}
_DETAILED = (Status.VIOLATED, Status.UNKNOWN, Status.WAIVED)


def render_markdown(whole: WholeReport, lang: Lang, *, verbose: bool = False) -> str:
    """Return the report; `verbose` lists every finding, and everything is cut to fit a comment."""
    result = phrase(lang, f"format.result-{whole.exit_code}")
    head = phrase(lang, "format.heading", result=result)
    lines = [f"## {_RESULT_MARKS[whole.exit_code]} {head}", ""]
    about = f"{code(whole.city.verification.topology)} {code(whole.file)}"
    lines += [about, "", plain(f"zonecheck {__version__}"), ""]
    sections = [_Section(whole, part, lang, verbose=verbose) for part in whole.parts]
    limits = _folded(phrase(lang, "report.limits"), fence(limit_lines(lang)[1:]))
    heads = [section.head() for section in sections]
    budget = _Budget(MOST_CHARACTERS - _length(lines + limits) - sum(map(_length, heads)) - 200)
    details = [budget.fitting(section.details()) for section in sections]
    tails = [budget.fitting(section.tail()) for section in sections]
    for head_of, *blocks in zip(heads, details, tails, strict=True):
        lines += head_of
        for block in blocks:
            lines += block
    if budget.left_out:
        lines += [plain(phrase(lang, "format.cut", number=budget.left_out)), ""]
    return _cut("\n".join([*lines, *limits]).rstrip("\n") + "\n")


class _Budget:
    """Characters that are left, and how many blocks did not fit in them."""

    def __init__(self, characters: int) -> None:
        self._characters = characters
        self.left_out = 0

    def fitting(self, blocks: list[list[str]]) -> list[str]:
        """Return the lines of the blocks that fit."""
        lines: list[str] = []
        for block in blocks:
            if _length(block) > self._characters:
                self.left_out += 1
            else:
                self._characters -= _length(block)
                lines += block
        return lines


def _length(lines: list[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _cut(text: str) -> str:
    """Return a text that fits a comment, whatever it is: whole lines of it, an ellipsis last."""
    if len(text) <= MOST_CHARACTERS:
        return text
    kept = text[: MOST_CHARACTERS - 8]
    return kept[: kept.rfind("\n") + 1] + "\n…\n"


def _folded(summary: str, body: list[str]) -> list[str]:
    """Return lines that are shown on demand."""
    return ["<details>", f"<summary>{plain(summary)}</summary>", "", *body, "", "</details>", ""]


class _Section:
    """Writes what one policy says."""

    def __init__(self, whole: WholeReport, part: Part, lang: Lang, *, verbose: bool) -> None:
        self._part = part
        self._lang = lang
        self._verbose = verbose
        self._zones = zone_names(whole.topology, part.profile, lang)
        self._writer = FindingWriter(whole.topology, part.profile, lang, verbose=verbose)

    def head(self) -> list[str]:
        """Return the policy, the counts and a table of all that does not hold."""
        part, lang = self._part, self._lang
        profile, verification = part.profile, part.verification
        name = f"{profile.title} {profile.edition}".strip()
        lines = [f"### {code(name)} {code(profile.id)}", ""]
        if part.policy is not None:
            segments = ", ".join(part.policy.segments)
            said = phrase(lang, "format.own-policy")
            lines += [f"{plain(said)} {code(part.policy.id)} {code(segments)}", ""]
        lines += [plain(summary_line(verification, lang)), ""]
        if verification.routing != DECLARED:
            lines += [plain(phrase(lang, f"report.routing-{verification.routing}")), ""]
        rows = [_table_row(each, part, lang) for each in verification.results if _listed(each)]
        if rows:
            columns = ("verdict", "check", "title", "clause", "severity")
            names = [plain(phrase(lang, f"report.column-{column}")) for column in columns]
            lines += [row(names), row(["---"] * len(names)), *rows, ""]
        return lines

    def details(self) -> list[list[str]]:
        """Return a folded block for each check that found something, those that fail first."""
        chosen = sorted(self._part.results(*_DETAILED), key=self._rank)
        return [self._detail(result) for result in chosen]

    def _rank(self, result: CheckResult) -> tuple[bool, int]:
        nothing = self._part.weigh(result) is Weight.NOTHING
        return nothing, _DETAILED.index(result.status)

    def _detail(self, result: CheckResult) -> list[str]:
        status = phrase(self._lang, f"status.{result.status.value}")
        title = phrase(self._lang, f"check.{result.check}.title")
        return _folded(f"{status} {result.check}: {title}", fence(self._lines(result)))

    def _lines(self, result: CheckResult) -> list[str]:
        if result.status is Status.VIOLATED:
            return self._writer.violated(result, 0)[1:]
        if result.status is Status.WAIVED:
            return self._writer.waived(result)[1:]
        found = self._writer.unknown(result)[1:]
        return found or check_lines(result, self._lang, self._zones)

    def tail(self) -> list[list[str]]:
        """Return folded blocks of the waivers, what holds, what that rests on, and trust."""
        verification, lang = self._part.verification, self._lang
        blocks: list[list[str]] = []
        waivers = waiver_lines(verification, lang)
        if waivers:
            blocks.append(_folded(waivers[0], fence(waivers[1:])))
        holding = list(self._part.results(Status.HOLDS))
        if holding:
            rows = [f"{each.check}  {clauses(each)}".rstrip() for each in holding]
            blocks.append(_folded(phrase(lang, "format.holding", number=len(rows)), fence(rows)))
        if verification.trust is not None:
            trust = trust_lines(verification, verification.trust, lang, verbose=self._verbose)
            blocks.append(_folded(phrase(lang, "format.trust"), fence(trust)))
        number = len(verification.assumptions)
        if number:
            ledger = ledger_lines(verification, lang, verbose=self._verbose)[1:]
            blocks.append(_folded(phrase(lang, "format.ledger", number=number), fence(ledger)))
        return blocks


def _listed(result: CheckResult) -> bool:
    return result.status not in (Status.HOLDS, Status.NOT_IN_PROFILE)


def _table_row(result: CheckResult, part: Part, lang: Lang) -> str:
    status = phrase(lang, f"status.{result.status.value}")
    severity = ""
    if result.policy is not None:
        severity = phrase(lang, f"severity.{result.policy.severity}")
        if result.policy.level != "error":
            severity += f" ({phrase(lang, f'level.{result.policy.level}')})"
    weighs = part.weigh(result) is not Weight.NOTHING
    verdict = f"{_MARKS[result.status]} {plain(status)}"
    return row(
        [
            f"**{verdict}**" if weighs else verdict,
            code(result.check),
            plain(phrase(lang, f"check.{result.check}.title")),
            code(clauses(result)),
            plain(severity),
        ]
    )
