"""Why checks do not hold, and the changes that would make them hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zonecheck.model.own_policy import OwnPolicy
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.explaining.explanation import Almost, Explained, Explanation, Proposal
from zonecheck.policy.explaining.kept_flows import LostFlow
from zonecheck.policy.repairs import Entailed, Repair
from zonecheck.policy.verdict import CheckResult, Status
from zonecheck.report.lang import Lang
from zonecheck.report.own_policies import under_policy
from zonecheck.report.text.columns import indented
from zonecheck.report.text.finding import FindingWriter
from zonecheck.report.text.paint import Paint, plain
from zonecheck.report.text.place import place_text
from zonecheck.report.text.verification import header_lines
from zonecheck.report.words import phrase, say

_MOST_LOST = 10
"""How many of the flows a change blocks are named; a gateway may serve every use of a city."""


def render_explanation(
    explanation: Explanation,
    topology: Topology,
    profile: Profile,
    lang: Lang,
    *,
    verbose: bool = False,
    paint: Paint = plain,
) -> str:
    """Return the explanation as text ending in a newline: findings, and under each check a change.

    `verbose` lists every finding of a check and every flow a change blocks.
    """
    writer = FindingWriter(topology, profile, lang, verbose=verbose, paint=paint)
    most = None if verbose else _MOST_LOST
    blocks = [header_lines(explanation.verification, profile, lang)]
    if not explanation.explained:
        blocks.append([phrase(lang, "explain.nothing")])
    for each in explanation.explained:
        blocks.append(_check_lines(writer, shown_result(each), max(each.finding, 1), lang))
        blocks.append(indented(_change_lines(each, most, explanation.flows, lang), 2))
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


@dataclass(frozen=True)
class OwnExplanation:
    """What is said of some segments under a policy of their own."""

    policy: OwnPolicy
    profile: Profile
    explanation: Explanation
    exit_code: int


def own_explanations_text(
    others: Sequence[OwnExplanation],
    topology: Topology,
    lang: Lang,
    *,
    verbose: bool = False,
    paint: Paint = plain,
) -> str:
    """Return explanations under further policies, each under the segments it is about."""
    return "".join(
        under_policy(
            each.policy,
            render_explanation(
                each.explanation, topology, each.profile, lang, verbose=verbose, paint=paint
            ),
            lang,
        )
        for each in others
    )


def shown_result(each: Explained) -> CheckResult:
    """Return the result with the findings that were asked about."""
    if not each.finding:
        return each.result
    return replace(each.result, findings=(each.result.findings[each.finding - 1],))


def _check_lines(writer: FindingWriter, result: CheckResult, first: int, lang: Lang) -> list[str]:
    if result.status is Status.VIOLATED:
        return writer.violated(result, 0, first)
    if result.status is Status.UNKNOWN:
        return writer.unknown(result, first)
    status = phrase(lang, f"status.{result.status.value}")
    return [phrase(lang, "explain.not-failing", check=result.check, status=status)]


def _change_lines(each: Explained, most: int | None, flows: int, lang: Lang) -> list[str]:
    if each.result.status not in (Status.VIOLATED, Status.UNKNOWN):
        return []
    lines: list[str] = []
    if each.as_for is not None:
        return [phrase(lang, "explain.as-for", check=each.as_for)]
    for at, proposal in enumerate(each.proposals):
        lines.append(_head(each.proposals, at, lang))
        lines += indented(_proposal_lines(proposal, each.result.check, most, flows, lang), 2)
    if not each.proposals:
        lines.append(phrase(lang, "explain.none", tried=each.tried))
    if each.almost is not None:
        lines += _almost_lines(each.almost, each.result.check, most, flows, lang)
    if each.untried and not any(proposal.is_free for proposal in each.proposals):
        lines.append(phrase(lang, "explain.untried", untried=each.untried))
    return lines


def _head(proposals: tuple[Proposal, ...], at: int, lang: Lang) -> str:
    if at:
        code = "explain.otherwise" if proposals[at - 1].is_claim else "explain.or"
        return phrase(lang, code)
    number = len(proposals[0].repairs)
    if number > 1:
        return phrase(lang, "explain.changes", number=number)
    return phrase(lang, "explain.change")


def _proposal_lines(
    proposal: Proposal, check: str, most: int | None, flows: int, lang: Lang
) -> list[str]:
    lines = [_repair_line(repair, lang) for repair in proposal.repairs]
    along: list[Repair | Entailed] = [*proposal.entails, *proposal.follow]
    if along:
        lines.append("  " + phrase(lang, "explain.along"))
        lines += indented([_repair_line(each, lang) for each in along], 4)
    if proposal.also:
        places = ", ".join(map(str, proposal.also))
        lines.append(phrase(lang, "explain.also", places=places))
    if proposal.is_claim:
        lines.append(phrase(lang, "explain.claim"))
    lines.append(phrase(lang, "explain.proved", check=check))
    lines += _lost_lines(proposal.lost, most, flows, lang)
    if proposal.vacuous:
        lines.append(phrase(lang, "explain.vacuous"))
    if proposal.mends:
        lines.append(phrase(lang, "explain.mends", checks=", ".join(proposal.mends)))
    for fall in proposal.breaks:
        status = phrase(lang, f"status.{fall.status.value}")
        lines.append(phrase(lang, "explain.breaks", check=fall.check, status=status))
    return lines


def _almost_lines(
    almost: Almost, check: str, most: int | None, flows: int, lang: Lang
) -> list[str]:
    """Return what ends a violation without making the check hold, and why it does not hold."""
    lines = [_repair_line(repair, lang) for repair in almost.repairs]
    lines += _lost_lines(almost.lost, most, flows, lang)
    lines.append(phrase(lang, "explain.almost-missing"))
    for missing in almost.missing:
        lines.append(f"  {say(missing.item, lang)}  {place_text(missing.source)}".rstrip())
    return [phrase(lang, "explain.almost", check=check), *indented(lines, 2)]


def _repair_line(repair: Repair | Entailed, lang: Lang) -> str:
    return f"- {say(repair.message, lang)}  {place_text(repair.source)}".rstrip()


def _lost_lines(lost: tuple[LostFlow, ...], most: int | None, flows: int, lang: Lang) -> list[str]:
    if not lost:
        return [phrase(lang, "explain.loses-none", flows=flows)]
    lines = [phrase(lang, "explain.loses", flows=flows, number=len(lost))]
    for each in sorted(lost, key=lambda flow: not flow.wholly)[:most]:
        code = "explain.lost-wholly" if each.wholly else "explain.lost-partly"
        lines.append("  - " + phrase(lang, code, flow=each.part))
    if most is not None and len(lost) > most:
        lines.append("  " + phrase(lang, "explain.more-lost", number=len(lost) - most))
    return lines
