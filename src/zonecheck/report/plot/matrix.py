"""The picture of the zone matrix: what may pass from each zone to each other."""

from collections.abc import Mapping

from zonecheck.model.topology import Topology
from zonecheck.policy.questions.matrix import MatrixCell, MatrixView
from zonecheck.report.diagram.measure import LINE, SIZE, cut, width, wrapped
from zonecheck.report.diagram.palette import OUTSIDE, Colours, colours_of
from zonecheck.report.diagram.scheme import scheme_of
from zonecheck.report.lang import Lang
from zonecheck.report.plot.canvas import INK, Sheet, fixed_settings
from zonecheck.report.plot.fonts import Fonts
from zonecheck.report.words import phrase

MARGIN = 12.0
TITLE = 34.0
ROW_HEAD = 128.0
COLUMN_HEAD = 40.0
CELL = 98.0
HEIGHT = 50.0
MOST = 2
"""How many declarations a cell names before it counts the others."""

_DECLARED = Colours("#d7e9f7", "#0b4f8a")
_BEYOND = Colours("#fbd9d3", "#a3160b")
_NOTHING = Colours("#f6f7f8", "#80868b")
_SAME = Colours("#bdc1c6", "#bdc1c6")


@fixed_settings()
def matrix_sheet(
    topology: Topology,
    view: MatrixView,
    names: Mapping[str, str],
    lang: Lang,
    fonts: Fonts | None = None,
) -> Sheet:
    """Return the picture of a matrix of a design; `names` names zones."""
    count = len(view.zones)
    notes = []
    if view.undeclared:
        text = phrase(lang, "plot.undeclared-ones", count=view.undeclared)
        notes = wrapped(text, 2 * MARGIN + ROW_HEAD + CELL * count, SIZE)
    full = max(2 * MARGIN + ROW_HEAD + CELL * count, 360)
    height = TITLE + COLUMN_HEAD + HEIGHT * count + 26 + LINE * len(notes) + MARGIN
    sheet = Sheet(full, height, fonts)
    title = phrase(lang, "plot.matrix-title", name=topology.name)
    if topology.state:
        title += phrase(lang, "plot.in-state", state=topology.state)
    sheet.text(MARGIN, TITLE / 2, cut(title, full - 2 * MARGIN, 13), size=13)
    _headings(sheet, topology, view, names, lang)
    cells = {(cell.origin, cell.destination): cell for cell in view.cells}
    for row, origin in enumerate(view.zones):
        for column, destination in enumerate(view.zones):
            x = MARGIN + ROW_HEAD + CELL * column
            y = TITLE + COLUMN_HEAD + HEIGHT * row
            if origin == destination:
                sheet.rectangle(x, y, CELL, HEIGHT, fill=_SAME.fill, line="white")
            else:
                _cell(sheet, x, y, cells.get((origin, destination)), lang)
    bottom = TITLE + COLUMN_HEAD + HEIGHT * count
    _legend(sheet, bottom + 14, lang)
    for at, text in enumerate(notes):
        sheet.text(MARGIN, bottom + 30 + LINE * at, text)
    return sheet


def _headings(
    sheet: Sheet, topology: Topology, view: MatrixView, names: Mapping[str, str], lang: Lang
) -> None:
    colours = colours_of(scheme_of(topology, names).regions)
    sheet.text(MARGIN + 4, TITLE + COLUMN_HEAD / 2, phrase(lang, "matrix.from-to"), size=9)
    for at, zone in enumerate(view.zones):
        of_zone, name = colours.get(zone, OUTSIDE), names.get(zone, zone)
        y = TITLE + COLUMN_HEAD + HEIGHT * at
        sheet.rectangle(MARGIN, y, ROW_HEAD, HEIGHT, fill=of_zone.line, line="white")
        _lines(sheet, MARGIN + ROW_HEAD / 2, y, HEIGHT, wrapped(name, ROW_HEAD - 10, 9), 9)
        x = MARGIN + ROW_HEAD + CELL * at
        sheet.rectangle(x, TITLE, CELL, COLUMN_HEAD, fill=of_zone.line, line="white")
        _lines(sheet, x + CELL / 2, TITLE, COLUMN_HEAD, wrapped(name, CELL - 8, SIZE)[:3], SIZE)


def _lines(sheet: Sheet, x: float, y: float, h: float, texts: list[str], size: float) -> None:
    for at, text in enumerate(texts):
        middle = y + h / 2 + (at - (len(texts) - 1) / 2) * (size + 3)
        sheet.text(x, middle, text, size=size, colour="white", across="center")


def _cell(sheet: Sheet, x: float, y: float, cell: MatrixCell | None, lang: Lang) -> None:
    colours = _BEYOND if cell and cell.beyond else _DECLARED if cell else None
    fill = (colours or _NOTHING).fill
    sheet.rectangle(x, y, CELL, HEIGHT, fill=fill, line="white")
    if cell is None or colours is None:
        sheet.text(x + CELL / 2, y + HEIGHT / 2, "-", colour=_NOTHING.line, across="center")
        return
    mark = "!" if cell.beyond else "o"
    sheet.text(x + CELL / 2, y + 10, mark, size=11, colour=colours.line, across="center")
    for at, text in enumerate(_named(cell, lang)):
        sheet.text(
            x + CELL / 2,
            y + 22 + (LINE - 1) * at,
            cut(text, CELL - 6, SIZE - 1),
            size=SIZE - 1,
            colour=INK,
            across="center",
        )


def _named(cell: MatrixCell, lang: Lang) -> list[str]:
    """Return the first declarations of a cell, and how many more there are."""
    named = list(cell.declared_by[:MOST])
    rest = len(cell.declared_by) - len(named)
    if rest == 1:
        return list(cell.declared_by)
    if rest:
        named.append(phrase(lang, "plot.more", count=rest))
    return named


def _legend(sheet: Sheet, y: float, lang: Lang) -> None:
    x = MARGIN
    entries = (
        ("o", "declared", _DECLARED),
        ("!", "beyond", _BEYOND),
        ("-", "nothing", _NOTHING),
        ("", "same", _SAME),
    )
    for mark, code, colours in entries:
        sheet.rectangle(x, y - 6, 14, 12, fill=colours.fill, line=colours.line)
        sheet.text(x + 7, y, mark, colour=colours.line, across="center")
        text = phrase(lang, f"plot.legend-{code}")
        sheet.text(x + 19, y, text)
        x += 19 + width(text) + 16
