"""The tables of a workbook that say what passes: zone by zone, and place by place."""

from collections.abc import Mapping

from zonecheck.policy.questions.matrix import MatrixCell
from zonecheck.policy.questions.permitted import Passing, PermittedFlow
from zonecheck.policy.questions.reach import ShownSet
from zonecheck.report.lang import Lang
from zonecheck.report.sheet.tables import Cell, Table, columns
from zonecheck.report.text.box import service_summary
from zonecheck.report.text.place import point_text
from zonecheck.report.whole import WholeReport
from zonecheck.report.words import phrase
from zonecheck.report.zone_names import zone_names

DECLARED, BEYOND, NOTHING, SAME = "declared", "beyond", "nothing", "same"
"""Roles of the cells of a matrix."""


def flow_tables(whole: WholeReport, found: Passing | None, lang: Lang) -> list[Table]:
    """Return the matrix of zones and the permitted flows; both say so where there is no proof."""
    titles = phrase(lang, "sheet.matrix"), phrase(lang, "sheet.flows")
    if found is None:
        note = phrase(lang, "sheet.no-flows")
        return [Table(title, ((note, 80),), ()) for title in titles]
    zones = zone_names(whole.topology, whole.city.profile, lang)
    return [_matrix(titles[0], found, zones, lang), _flows(titles[1], found, zones, lang)]


def _matrix(title: str, found: Passing, zones: Mapping[str, str], lang: Lang) -> Table:
    view = found.matrix
    cells = {(cell.origin, cell.destination): cell for cell in view.cells}
    corner = phrase(lang, "matrix.from-to")
    heads = ((corner, 26), *((zones.get(zone, zone), 34) for zone in view.zones))
    rows = []
    for origin in view.zones:
        row = [Cell(zones.get(origin, origin), "heading")]
        for destination in view.zones:
            same = origin == destination
            cell = cells.get((origin, destination))
            row.append(Cell("", SAME) if same else _matrix_cell(cell, lang))
        rows.append(tuple(row))
    notes = [phrase(lang, "sheet.normal-state")]
    if view.undeclared:
        notes.append(phrase(lang, "reach.closure"))
    return Table(title, heads, tuple(rows), tuple(notes))


def _matrix_cell(cell: MatrixCell | None, lang: Lang) -> Cell:
    if cell is None:
        return Cell(phrase(lang, "matrix.nothing"), NOTHING)
    lines = []
    services = _services(cell.services, lang)
    if services:
        lines.append(services)
    replies = _services(cell.replies, lang)
    if replies:
        lines.append(phrase(lang, "matrix.state", services=replies))
    if cell.declared_by:
        lines.append(phrase(lang, "matrix.channels", ids=", ".join(cell.declared_by)))
    if cell.beyond:
        code = "matrix.partly" if cell.declared_by else "matrix.undeclared"
        lines.append(phrase(lang, code))
    return Cell("\n".join(lines), BEYOND if cell.beyond else DECLARED)


def _flows(title: str, found: Passing, zones: Mapping[str, str], lang: Lang) -> Table:
    heads = columns(
        lang,
        from_zone=24,
        **{"from": 30},
        to_zone=24,
        to=30,
        services=44,
        replies=44,
        declared_by=30,
        beyond=12,
    )
    return Table(title, heads, tuple(_flow(flow, zones, lang) for flow in found.flows))


def _flow(flow: PermittedFlow, zones: Mapping[str, str], lang: Lang) -> tuple[Cell, ...]:
    origin, destination = flow.zones
    word = phrase(lang, "sheet.beyond-yes" if flow.beyond else "sheet.beyond-no")
    return (
        Cell(zones.get(origin, origin)),
        Cell(point_text(flow.origin, lang)),
        Cell(zones.get(destination, destination)),
        Cell(point_text(flow.destination, lang)),
        Cell(_services(flow.services, lang)),
        Cell(_services(flow.replies, lang)),
        Cell(", ".join(flow.declared_by)),
        Cell(word, BEYOND if flow.beyond else DECLARED),
    )


def _services(shown: ShownSet, lang: Lang) -> str:
    found = "  ".join(service_summary(shown.boxes, lang))
    return f"{found} {phrase(lang, 'sheet.more')}" if shown.more else found
