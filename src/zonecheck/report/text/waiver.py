"""Waivers in text: beside the findings they are about, and all of a design with their standing."""

from zonecheck.model.waiver import Waiver
from zonecheck.policy.verdict import Finding, Verification
from zonecheck.policy.waiver_standing import WaiverUse
from zonecheck.report.lang import Lang
from zonecheck.report.text.columns import aligned
from zonecheck.report.text.place import place_text
from zonecheck.report.words import phrase


def name_lines(finding: Finding, lang: Lang, *, named: bool) -> list[str]:
    """Return by which id a waiver would name a finding, and which does.

    With `named` a finding without an id says that it can have none.
    """
    if not finding.id:
        return [phrase(lang, "waiver.no-id")] if named else []
    lines = [phrase(lang, "waiver.finding-id", id=finding.id)]
    if finding.waiver is not None:
        lines.append(waiver_sentence(finding.waiver, lang))
    return lines


def waiver_sentence(waiver: Waiver, lang: Lang) -> str:
    """Return who answers for a finding, by which clause, why and until when."""
    return phrase(
        lang,
        "waiver.of-finding",
        waiver=waiver.id,
        clause=waiver.clause,
        approver=waiver.approver,
        until=_until(waiver, lang),
        reason=waiver.reason,
    )


def waiver_lines(verification: Verification, lang: Lang) -> list[str]:
    """Return all waivers of the design, whether each counts, and what it names."""
    if not verification.waivers:
        return []
    head = phrase(lang, "waiver.heading", day=verification.today or "-")
    return [head, *aligned([_row(use, lang) for use in verification.waivers], indent=2)]


def _row(use: WaiverUse, lang: Lang) -> tuple[str, ...]:
    waiver = use.waiver
    return (
        waiver.id,
        _standing(use, lang),
        f"{waiver.check} {waiver.finding}",
        _until(waiver, lang),
        phrase(lang, "waiver.approver", approver=waiver.approver or "-"),
        place_text(waiver.source),
    )


def _standing(use: WaiverUse, lang: Lang) -> str:
    standing = phrase(lang, f"waiver.standing-{use.standing.value}")
    if not use.surplus_to:
        return standing
    return phrase(lang, "waiver.surplus", standing=standing, waiver=use.surplus_to)


def _until(waiver: Waiver, lang: Lang) -> str:
    if waiver.expires is not None:
        return phrase(lang, "waiver.expires", day=waiver.expires)
    if waiver.emergency:
        return phrase(lang, "waiver.emergency", day=waiver.reported or "-")
    return phrase(lang, "waiver.no-expiry")
