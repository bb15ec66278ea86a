"""What verdicts need of what is only declared, as `verify --no-trust` found out."""

from collections.abc import Iterable, Sequence

from zonecheck.policy.verdict import Assumption, Fall, Status, Trust, Verification, Withdrawal
from zonecheck.report.lang import Lang
from zonecheck.report.text.columns import aligned, indented
from zonecheck.report.text.ledger import SHOWN
from zonecheck.report.text.place import place_text
from zonecheck.report.words import phrase


def trust_lines(
    verification: Verification, trust: Trust, lang: Lang, *, verbose: bool
) -> list[str]:
    """Return the declarations that matter, by kind, each with what falls without it."""
    lines = [phrase(lang, "report.trust", number=len(trust.withdrawn))]
    fallen = {fall.check for fall in trust.together}
    alone = [
        result.check
        for result in verification.results
        if result.status is Status.HOLDS and result.check not in fallen
    ]
    if alone:
        lines.append("  " + phrase(lang, "report.trust-none", checks=", ".join(alone)))
    if not trust.together:
        return [*lines, "  " + phrase(lang, "report.trust-nothing")]
    falls = _falls_text(trust.together, lang)
    lines.append("  " + phrase(lang, "report.trust-together", falls=falls))
    kinds: dict[str, list[Withdrawal]] = {}
    for each in trust.needed:
        if len(each.declarations) == 1:
            kinds.setdefault(each.declarations[0].id, []).append(each)
    for kind, found in kinds.items():
        lines.append(f"  {kind}: {phrase(lang, f'assumption.{kind}')}")
        rows = [(*_place(each.declarations[0]), _falls_text(each.falls, lang)) for each in found]
        lines += aligned(rows, indent=4)
    for each in trust.needed:
        if len(each.declarations) > 1:
            lines += indented(_joint(each, lang, verbose=verbose), 2)
    return lines


def _joint(each: Withdrawal, lang: Lang, *, verbose: bool) -> list[str]:
    head = phrase(lang, "report.trust-joint", number=len(each.declarations))
    shown: Sequence[Assumption] = each.declarations
    if not verbose:
        shown = shown[:SHOWN]
    lines = [f"{head} {_falls_text(each.falls, lang)}"]
    lines += aligned([(entry.id, *_place(entry)) for entry in shown], indent=2)
    left = len(each.declarations) - len(shown)
    if left:
        lines.append("  " + phrase(lang, "report.more-assumptions", number=left))
    return lines


def _place(entry: Assumption) -> tuple[str, str]:
    return entry.subject, place_text(entry.source)


def _falls_text(falls: Iterable[Fall], lang: Lang) -> str:
    comma = "、" if lang == "ja" else ", "
    return comma.join(
        phrase(
            lang,
            "report.trust-falls",
            check=fall.check,
            status=phrase(lang, f"status.{fall.status.value}"),
        )
        for fall in falls
    )
