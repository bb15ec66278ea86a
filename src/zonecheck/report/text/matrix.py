"""What `zonecheck matrix` shows."""

from collections.abc import Mapping

from zonecheck.policy.questions.matrix import MatrixCell, MatrixView
from zonecheck.report.lang import Lang
from zonecheck.report.text.box import service_summary
from zonecheck.report.text.columns import aligned
from zonecheck.report.words import phrase

_DECLARED, _BEYOND, _NOTHING = "o", "!", "-"


def render_matrix_text(view: MatrixView, names: Mapping[str, str], lang: Lang) -> str:
    """Return zone by zone what may pass, then each pair in words; `names` names zones."""
    lines = [phrase(lang, "matrix.title")]
    if view.undeclared:
        lines.append("  " + phrase(lang, "reach.closure"))
    cells = {(cell.origin, cell.destination): cell for cell in view.cells}
    numbers = [str(number) for number, _ in enumerate(view.zones, 1)]
    rows = [("", phrase(lang, "matrix.from-to"), *numbers)]
    for number, origin in zip(numbers, view.zones, strict=True):
        marks = [
            "" if origin == other else _mark(cells.get((origin, other))) for other in view.zones
        ]
        rows.append((number, names.get(origin, origin), *marks))
    lines += ["", *aligned(rows, indent=2), "  " + phrase(lang, "matrix.legend")]
    for cell in view.cells:
        lines += ["", *_cell_lines(cell, names, lang)]
    return "\n".join(lines) + "\n"


def _mark(cell: MatrixCell | None) -> str:
    if cell is None:
        return _NOTHING
    return _BEYOND if cell.beyond else _DECLARED


def _cell_lines(cell: MatrixCell, names: Mapping[str, str], lang: Lang) -> list[str]:
    ends = {
        "origin": names.get(cell.origin, cell.origin),
        "destination": names.get(cell.destination, cell.destination),
    }
    lines = ["  " + phrase(lang, "matrix.cell", **ends)]
    more = f" {phrase(lang, 'report.more-boxes-unknown')}"
    services = "  ".join(service_summary(cell.services.boxes, lang))
    if services:
        lines.append("    " + services + (more if cell.services.more else ""))
    replies = "  ".join(service_summary(cell.replies.boxes, lang))
    if replies:
        text = phrase(lang, "matrix.state", services=replies)
        lines.append("    " + text + (more if cell.replies.more else ""))
    if cell.declared_by:
        lines.append("    " + phrase(lang, "matrix.channels", ids=", ".join(cell.declared_by)))
    if cell.beyond:
        code = "matrix.partly" if cell.declared_by else "matrix.undeclared"
        lines.append("    " + phrase(lang, code))
    return lines
