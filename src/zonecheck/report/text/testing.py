"""Why an assertion of an engineer's own test fails, as its report would say it."""

from collections.abc import Collection

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.questions.paths import MOST_PATHS, PathAnswer
from zonecheck.policy.verdict import CheckResult, MissingDeclaration, Status, Verification
from zonecheck.report.known_names import KnownNames
from zonecheck.report.lang import Lang
from zonecheck.report.text.box import box_lines
from zonecheck.report.text.columns import aligned, indented
from zonecheck.report.text.counterexample import path_lines
from zonecheck.report.text.finding import FindingWriter
from zonecheck.report.text.place import place_text
from zonecheck.report.text.root_causes import by_root_cause
from zonecheck.report.text.verification import header_lines, summary_line
from zonecheck.report.words import phrase, say


def path_answer_text(answer: PathAnswer, head: str, topology: Topology, lang: Lang) -> str:
    """Return under a head line the packets of an answer, their ways, and what it hangs on."""
    lines = [head]
    if answer.status is Status.UNKNOWN:
        code = "testing.may" if answer.paths else "testing.unproved"
        lines.append("  " + phrase(lang, code))
    names = KnownNames(topology)
    for number, found in enumerate(answer.paths, 1):
        path = path_lines(found.path, lang)
        state = phrase(lang, "report.in-state", state=found.state) if found.state else ""
        lines += indented([f"{number}. {path[0]}{state}", *indented(path[1:], 3)], 2)
        code = "report.some-boxes" if found.packets.more else "report.all-boxes"
        lines.append("     " + phrase(lang, code))
        lines += aligned(box_lines(found.packets.boxes, names, lang), indent=7)
    if len(answer.paths) == MOST_PATHS:
        lines.append("  " + phrase(lang, "testing.more-paths"))
    if answer.missing:
        lines.append("  " + phrase(lang, "testing.hangs-on"))
        lines += _missing_lines(answer.missing, lang)
    return "\n".join(lines)


def verdicts_text(
    verification: Verification,
    topology: Topology,
    profile: Profile,
    lang: Lang,
    *,
    failed: Collection[str],
) -> str:
    """Return the report of a verification cut down to the checks that failed."""
    head = phrase(
        lang, "testing.not-holds", design=verification.topology, profile=verification.profile
    )
    blocks = [[head], header_lines(verification, profile, lang)[1:]]
    blocks.append([summary_line(verification, lang)])
    chosen = [result for result in verification.results if result.check in failed]
    blocks += [_result_lines(result, topology, profile, lang) for result in _ordered(chosen)]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def result_text(result: CheckResult, topology: Topology, profile: Profile, lang: Lang) -> str:
    """Return what a report says of one check that is violated, unknown, waived or not made."""
    return "\n".join(_result_lines(result, topology, profile, lang))


def _ordered(results: list[CheckResult]) -> list[CheckResult]:
    violated = [result for result, _ in by_root_cause(results)]
    return [*violated, *(result for result in results if result.status is not Status.VIOLATED)]


def _result_lines(
    result: CheckResult, topology: Topology, profile: Profile, lang: Lang
) -> list[str]:
    writer = FindingWriter(topology, profile, lang)
    if result.status is Status.VIOLATED:
        return writer.violated(result, 0)
    if result.status is Status.UNKNOWN:
        return writer.unknown(result)
    if result.status is Status.WAIVED:
        return writer.waived(result)
    status = phrase(lang, f"status.{result.status.value}")
    return [phrase(lang, "testing.asked-not-run", check=result.check, status=status)]


def _missing_lines(missing: tuple[MissingDeclaration, ...], lang: Lang) -> list[str]:
    rows = []
    for item in missing:
        where = place_text(item.source)
        here = phrase(lang, "report.write-here", where=where) if where else ""
        rows.append((say(item.item, lang), here))
    return aligned(rows, indent=4)
