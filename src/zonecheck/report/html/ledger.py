"""The table of assumptions: what is assumed of many with the same effect stands there once."""

from collections.abc import Sequence
from functools import partial

from zonecheck.policy.verdict import Assumption
from zonecheck.report.html.elements import both, element, grid, row, shown, text
from zonecheck.report.sheet.tables import checks_by_assumption
from zonecheck.report.text.ledger import ground_text
from zonecheck.report.text.place import place_text
from zonecheck.report.whole import Part, WholeReport
from zonecheck.report.words import phrase

MOST_OPEN = 3
"""So many stand there unfolded."""


def assumption_table(whole: WholeReport) -> str:
    """Return the table, a row for each assumption and the checks that rest on it."""
    head = [_label(name) for name in ("policy", "assumption", "subject", "checks")]
    rows = [each for part in whole.parts for each in _rows(whole, part)]
    return grid(head, rows, class_="ledger")


def _label(name: str) -> str:
    return shown(both(lambda lang: phrase(lang, f"sheet.{name}")))


def _rows(whole: WholeReport, part: Part) -> list[str]:
    resting = checks_by_assumption(part.verification)
    groups: dict[tuple[str, tuple[str, ...]], list[Assumption]] = {}
    for each in part.verification.assumptions:
        groups.setdefault((each.id, tuple(resting.get(each, ()))), []).append(each)
    return [
        row(
            text(part.name),
            _meaning(name),
            _subjects(whole, assumed),
            _folded(len(checks), element("code", text(", ".join(checks)))),
        )
        for (name, checks), assumed in groups.items()
    ]


def _meaning(name: str) -> str:
    said = shown(both(lambda lang: phrase(lang, f"assumption.{name}")))
    return element("code", text(name)) + element("div", said)


def _subjects(whole: WholeReport, assumed: Sequence[Assumption]) -> str:
    """Return what is declared of what, on which basis, and where; many are folded."""
    items = []
    for each in assumed:
        grounds = both(partial(ground_text, each))
        told = " · ".join(part for part in (text(each.subject), shown(grounds)) if part)
        where = element("code", text(place_text(whole.place(each.source))))
        items.append(element("li", told, " ", where))
    return _folded(len(items), element("ul", *items))


def _folded(count: int, inner: str) -> str:
    if count <= MOST_OPEN:
        return inner
    return element("details", element("summary", str(count)), inner)
