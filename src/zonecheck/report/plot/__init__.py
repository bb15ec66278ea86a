"""Pictures: the only room that imports matplotlib, which the extra `plot` brings."""

from typing import TYPE_CHECKING

from zonecheck.late_names import late_names

if TYPE_CHECKING:
    from zonecheck.report.plot.canvas import Sheet
    from zonecheck.report.plot.matrix import matrix_sheet
    from zonecheck.report.plot.path import NoPathError, path_sheet
    from zonecheck.report.plot.topology import topology_sheet
else:
    __getattr__ = late_names(
        __name__,
        {
            "NoPathError": "path",
            "Sheet": "canvas",
            "matrix_sheet": "matrix",
            "path_sheet": "path",
            "topology_sheet": "topology",
        },
    )

__all__ = [
    "NoPathError",
    "Sheet",
    "matrix_sheet",
    "path_sheet",
    "topology_sheet",
]
