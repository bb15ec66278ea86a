"""Workbooks, read by another library than wrote them: texts and numbers, nothing that acts."""

import io
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from tests.report import samples
from tests.report.wholes import HOSTILE, SAMPLES, hostile, of_every_kind, whole_of
from zonecheck.model.closure import Closure
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.questions.permitted import Passing, passing
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.printable import printable
from zonecheck.report.sheet.workbook import LONGEST, harmless, render_sheet
from zonecheck.report.whole import WholeReport
from zonecheck.report.words import phrase

SHEETS = {
    "ja": ["概要", "判定", "違反と未宣言", "領域間行列", "許可通信", "前提"],
    "en": ["Summary", "Verdicts", "Findings", "Matrix", "Permitted flows", "Assumptions"],
}


def found() -> Passing:
    """Return what passes in the sample design."""
    passes = passing(Analysis(samples.topology(), samples.profile(), Closure.UPPER))
    assert passes is not None
    return passes


def book_of(whole: WholeReport, lang: Lang = "en", passes: Passing | None = None) -> Workbook:
    """Return a workbook as a spreadsheet reads it."""
    return openpyxl.load_workbook(io.BytesIO(render_sheet(whole, passes, lang)))


def cells(book: Workbook) -> Iterator[Cell]:
    """Yield every cell that holds something."""
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            yield from (cell for cell in line if isinstance(cell, Cell) and cell.value is not None)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_workbook_has_the_same_sheets(name: str, lang: Lang) -> None:
    """With a heading that stays in sight; every check of every policy has a row."""
    verification = SAMPLES[name]()
    book = book_of(whole_of(verification, own=samples.waived()), lang, found())
    assert book.sheetnames == SHEETS[lang]
    checks = [line[1].value for line in book.worksheets[1].iter_rows(min_row=2)]
    both = (*verification.results, *samples.waived().results)
    assert sorted(map(str, checks)) == sorted(result.check for result in both)
    assert all(sheet.freeze_panes == "B2" for sheet in book.worksheets)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_workbook_acts(text: str) -> None:
    """No formula, no link; no text that would become one when it is edited or exported."""
    book = book_of(hostile(text), passes=found())
    values = list(cells(book))
    assert {cell.data_type for cell in values} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in values)
    texts = [cell.value for cell in values if isinstance(cell.value, str)]
    assert not [each for each in texts if each.lstrip()[:1] in tuple("=+-@＝＋－＠|%")]
    assert any(printable(text, keep="\n").strip() in each for each in texts)


@pytest.mark.parametrize("text", ["=1+1", " +1", "-1", "@x", "\t=1", "＝1", "|x", "%x"])
def test_what_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    """And stays readable."""
    assert harmless(text) == "'" + printable(text, keep="\n") or harmless(text)[0] == "\\"


def test_other_text_stays_as_it_is() -> None:
    """Cut only where no cell could hold it."""
    for text in ("fw/l", "10.0.0.0/8", "'x", "a=b", "", "適合\n違反"):
        assert harmless(text) == text
    assert len(harmless("x" * 40_000)) == LONGEST


def test_the_same_verdicts_give_the_same_bytes() -> None:
    """No clock is in it."""
    books = {render_sheet(of_every_kind(), found(), "ja") for _ in range(2)}
    assert len(books) == 1
    with zipfile.ZipFile(io.BytesIO(books.pop())) as archive:
        assert archive.testzip() is None


def test_without_a_proof_of_what_passes_the_sheets_say_so() -> None:
    """They are not empty as if nothing passed."""
    book = book_of(of_every_kind())
    for name in ("Matrix", "Permitted flows"):
        assert "could not be proved" in str(book[name]["A1"].value)


def test_the_matrix_names_what_passes() -> None:
    """A cell for each two zones, coloured by whether declarations cover it."""
    passes = found()
    sheet = book_of(of_every_kind(), passes=passes)["Matrix"]
    zones = len(passes.matrix.zones)
    filled = [
        sheet.cell(row, column).value
        for row in range(2, zones + 2)
        for column in range(2, zones + 2)
        if row != column
    ]
    assert all(filled)
    assert sum(value != "nothing" for value in filled) == len(passes.matrix.cells)
    flows = book_of(of_every_kind(), passes=passes)["Permitted flows"]
    assert flows.max_row == len(passes.flows) + 1


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_said_of_all_rows_is_none_of_them(lang: Lang) -> None:
    """Whoever sorts or filters the matrix leaves the notes below it where they are."""
    passes = found()
    sheet = book_of(of_every_kind(), lang, passes).worksheets[3]
    count = len(passes.matrix.zones)
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(count + 1)}{count + 1}"
    assert not any(cell.value for cell in sheet[count + 2])
    notes = [cell.value for cell in sheet["A"][count + 2 :]]
    assert phrase(lang, "sheet.normal-state") in notes
