"""The report as a workbook (xlsx); it alone knows the library that writes it.

Everything is written as text or as a whole number, never as a formula, link or date, and text that
a spreadsheet would take for a formula when it is edited, or exported and read again, gets an
apostrophe before it. The same verdicts on the same day give the same bytes.
"""

import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from zonecheck.policy.questions.permitted import Passing
from zonecheck.report.lang import Lang
from zonecheck.report.printable import printable
from zonecheck.report.sheet.flows import flow_tables
from zonecheck.report.sheet.tables import Table, text_tables
from zonecheck.report.whole import WholeReport

LONGEST: Final = 32_000
"""A cell may hold 32,767 characters."""
_FORMULA: Final = frozenset("=+-@|%＝＋－＠")
"""What a formula, or a command to another program, may begin with; full-width forms too."""
_A4: Final = 9
_FILLS: Final[Mapping[str, str]] = {
    "holds": "#E2F0D9",
    "declared": "#E2F0D9",
    "violated": "#F8CBAD",
    "beyond": "#F8CBAD",
    "unknown": "#FFE699",
    "waived": "#DDEBF7",
    "not-run": "#EDEDED",
    "not-in-profile": "#EDEDED",
    "same": "#BFBFBF",
    "heading": "#D9E1F2",
}


def render_sheet(whole: WholeReport, found: Passing | None, lang: Lang) -> bytes:
    """Return the workbook; `found` is what passes between zones, None where no proof of it ends."""
    summary, verdicts, findings, ledger = text_tables(whole, lang)
    tables = (summary, verdicts, findings, *flow_tables(whole, found, lang), ledger)
    return workbook(tables, whole.city.verification.topology, whole.city.verification.today)


def workbook(tables: Iterable[Table], title: str, day: date | None) -> bytes:
    """Return a workbook of these tables, which says it was made on a day; None leaves that open."""
    import xlsxwriter

    buffer = io.BytesIO()
    quiet = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **quiet})
    made = datetime(2000, 1, 1) if day is None else datetime(day.year, day.month, day.day)
    book.set_properties({"title": harmless(title), "author": "zonecheck", "created": made})
    writer = _Writer(book)
    for table in tables:
        writer.write(table)
    book.close()
    return buffer.getvalue()


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, short enough for a cell."""
    shown = printable(text, keep="\n")
    if shown.lstrip()[:1] in _FORMULA:
        shown = f"'{shown}"
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


class _Writer:
    """Writes tables to the sheets of one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        base = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
        self._plain = book.add_format(base)
        self._note = book.add_format({"italic": True})
        self._head = book.add_format({**base, "bold": True, "bg_color": _FILLS["heading"]})
        self._filled = {
            role: book.add_format({**base, "bg_color": colour}) for role, colour in _FILLS.items()
        }

    def write(self, table: Table) -> None:
        """Write one sheet: headings that stay in sight and repeat in print, filters, rows, notes.

        An empty row keeps the notes from being taken for rows of the table when it is sorted.
        """
        sheet = self._book.add_worksheet(table.title)
        for column, (name, width) in enumerate(table.columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, harmless(name), self._head)
        for number, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                style = self._filled.get(cell.role, self._plain)
                if isinstance(cell.value, int):
                    sheet.write_number(number, column, cell.value, style)
                else:
                    sheet.write_string(number, column, harmless(cell.value), style)
        for number, note in enumerate(table.notes, len(table.rows) + 2):
            sheet.write_string(number, 0, harmless(note), self._note)
        sheet.freeze_panes(1, 1)
        if table.rows and len(table.columns) > 2:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
