"""The assumption ledger and the limits at the end of every report."""

from collections.abc import Mapping, Sequence

from zonecheck.policy.verdict import Assumption, CheckResult, Status, Verification
from zonecheck.report.lang import Lang
from zonecheck.report.text.columns import aligned
from zonecheck.report.text.place import place_text
from zonecheck.report.words import phrase
from zonecheck.report.words.ledger import LIMITS

SHOWN = 4
"""How many entries of one assumption a report lists unless all are asked for."""
MOST_CHECKS = 6
"""How many checks it names that rest on one, or that alone do not."""


def ledger_lines(verification: Verification, lang: Lang, *, verbose: bool) -> list[str]:
    """Return the assumptions by id, each with where it is declared and what rests on it."""
    lines = [phrase(lang, "report.ledger")]
    grouped: dict[str, list[Assumption]] = {}
    for assumption in verification.assumptions:
        grouped.setdefault(assumption.id, []).append(assumption)
    if not grouped:
        return [*lines, "  " + phrase(lang, "report.ledger-empty")]
    resting = _resting(verification.results)
    holding = [r.check for r in verification.results if r.status is Status.HOLDS]
    for name, entries in grouped.items():
        lines += _group_lines(name, entries, resting, holding, lang, verbose=verbose)
    return lines


def limit_lines(lang: Lang) -> list[str]:
    """Return what no verdict speaks about."""
    return [phrase(lang, "report.limits"), *(f"  - {phrase(lang, code)}" for code in LIMITS)]


def _resting(results: Sequence[CheckResult]) -> dict[Assumption, list[str]]:
    found: dict[Assumption, list[str]] = {}
    for result in results:
        for assumption in result.assumptions:
            checks = found.setdefault(assumption, [])
            if result.check not in checks:
                checks.append(result.check)
    return found


def _group_lines(
    name: str,
    entries: Sequence[Assumption],
    resting: Mapping[Assumption, Sequence[str]],
    holding: Sequence[str],
    lang: Lang,
    *,
    verbose: bool,
) -> list[str]:
    number = phrase(lang, "report.group-count", number=len(entries)) if len(entries) > 1 else ""
    lines = [f"  {name}: {phrase(lang, f'assumption.{name}')}  {number}".rstrip()]
    checks = list(dict.fromkeys(c for e in entries for c in resting.get(e, ())))
    shown = entries if verbose else entries[:SHOWN]
    rows = [_entry(entry, lang) for entry in shown]
    if verbose:
        rows = [
            (*row, _own_checks(resting.get(entry, ()), checks, lang))
            for row, entry in zip(rows, shown, strict=True)
        ]
    lines += aligned([row for row in rows if any(row)], indent=4)
    if len(shown) < len(entries):
        more = phrase(lang, "report.more-assumptions", number=len(entries) - len(shown))
        lines.append(f"    {more}")
    lines.append("    " + _what_rests(checks, [] if verbose else holding, lang))
    return lines


def _what_rests(checks: Sequence[str], holding: Sequence[str], lang: Lang) -> str:
    """Return which checks rest on an assumption: of many, by those of all `holding` that do not."""
    if not checks:
        return phrase(lang, "report.rests-none")
    others = [check for check in holding if check not in checks]
    if not holding or len(checks) <= MOST_CHECKS:
        return phrase(lang, "report.rests", checks=", ".join(checks))
    if not others:
        return phrase(lang, "report.rests-all", number=len(checks))
    if len(others) <= MOST_CHECKS:
        listed = ", ".join(others)
        return phrase(lang, "report.rests-all-but", number=len(checks), others=listed)
    listed, more = ", ".join(checks[:MOST_CHECKS]), len(checks) - MOST_CHECKS
    return phrase(lang, "report.rests-some", checks=listed, number=more)


def _own_checks(own: Sequence[str], of_group: Sequence[str], lang: Lang) -> str:
    """Return which checks rest on one entry, empty where that is what its group says."""
    if list(own) == list(of_group):
        return ""
    if not own:
        return phrase(lang, "report.rests-none")
    return phrase(lang, "report.rests", checks=", ".join(own))


def _entry(entry: Assumption, lang: Lang) -> tuple[str, ...]:
    return entry.subject, place_text(entry.source), ground_text(entry, lang)


def ground_text(entry: Assumption, lang: Lang) -> str:
    """Return the values an entry declares and the basis it gives, empty if it has neither."""
    told = []
    if entry.declared is not None:
        told.append(phrase(lang, "report.declared", values=declared_values(entry, lang)))
    if entry.basis:
        told.append(phrase(lang, "report.basis", basis=entry.basis))
    return "  ".join(told)


def declared_values(entry: Assumption, lang: Lang) -> str:
    """Return the values an entry declares; an empty list is one that names nothing."""
    if entry.declared is None:
        return ""
    if not entry.declared:
        return phrase(lang, "report.declared-empty")
    words = {value: phrase(lang, f"report.declared-{value}") for value in ("true", "false")}
    return ", ".join(words.get(value, value) for value in entry.declared)
