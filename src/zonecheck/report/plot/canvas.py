"""A sheet to draw on: shapes in points from the upper left corner, saved as PNG, SVG or PDF.

Nothing here uses pyplot or keeps a setting: a picture depends on what is drawn alone, neither on
the reader's matplotlibrc nor on the day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.text import Text

from zonecheck.report.diagram.measure import SIZE
from zonecheck.report.plot.fonts import Fonts

INK = "#202124"
POINTS = 72.0
FORMS = ("png", "svg", "pdf")
_METADATA: dict[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": "zonecheck"},
    "pdf": {"CreationDate": None, "Creator": "zonecheck", "Producer": None},
}
_FIXED: Any = {
    "svg.hashsalt": "zonecheck",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "text.usetex": False,
    "text.parse_math": False,
    "text.hinting": "force_autohint",
    "path.simplify": False,
    "path.sketch": None,
    "path.effects": [],
    "path.snap": True,
    "lines.antialiased": True,
    "patch.antialiased": True,
    "text.antialiased": True,
    "savefig.bbox": None,
    "savefig.transparent": False,
}


@contextmanager
def fixed_settings() -> Iterator[None]:
    """Draw under settings that are always the same, and leave those of the process alone."""
    with mpl.rc_context(_FIXED):
        yield


class Sheet:
    """One picture, to be drawn under `fixed_settings`."""

    def __init__(self, width: float, height: float, fonts: Fonts | None = None) -> None:
        self.fonts = fonts or Fonts()
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS)
        self.figure.patch.set_facecolor("white")
        FigureCanvasAgg(self.figure)
        self._axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._axes.set_axis_off()
        self.texts: list[Text] = []

    def rectangle(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        *,
        fill: str,
        line: str,
        thick: float = 0.8,
        round_by: float = 0.0,
        dashed: bool = False,
        z: float = 1.0,
    ) -> None:
        """Draw a rectangle, its corners rounded if asked for."""
        options: dict[str, Any] = {
            "facecolor": fill,
            "edgecolor": line,
            "linewidth": thick,
            "linestyle": (0, (4, 2)) if dashed else "solid",
            "zorder": z,
        }
        if round_by:
            style = f"round,pad=0,rounding_size={round_by}"
            self._axes.add_patch(FancyBboxPatch((x, y), w, h, boxstyle=style, **options))
        else:
            self._axes.add_patch(Rectangle((x, y), w, h, **options))

    def line(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        colour: str,
        thick: float = 1.2,
        z: float = 2.0,
        halo: bool = False,
        dashed: bool = False,
    ) -> None:
        """Draw a straight line; with a halo it visibly passes over what it crosses."""
        if halo:
            wide = thick + 2.6
            self._axes.add_line(
                Line2D((x0, x1), (y0, y1), color="white", linewidth=wide, zorder=z - 0.01)
            )
        self._axes.add_line(
            Line2D(
                (x0, x1),
                (y0, y1),
                color=colour,
                linewidth=thick,
                linestyle=(0, (4, 2)) if dashed else "solid",
                solid_capstyle="butt",
                zorder=z,
            )
        )

    def dot(self, x: float, y: float, *, colour: str, size: float = 2.6, z: float = 3.0) -> None:
        """Draw a filled circle."""
        self._axes.add_patch(
            Circle((x, y), size, facecolor=colour, edgecolor="white", linewidth=0.5, zorder=z)
        )

    def arrow(
        self, x0: float, y0: float, x1: float, y1: float, *, colour: str, dashed: bool = False
    ) -> None:
        """Draw an arrow."""
        self._axes.add_patch(
            FancyArrowPatch(
                (x0, y0),
                (x1, y1),
                arrowstyle="-|>,head_length=5,head_width=2.6",
                linestyle=(0, (3, 1.5)) if dashed else "solid",
                shrinkA=0,
                shrinkB=0,
                color=colour,
                linewidth=2.0,
                zorder=5,
            )
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SIZE,
        colour: str = INK,
        across: str = "left",
        z: float = 6.0,
    ) -> None:
        """Write a line of text, its middle at the height `y`."""
        shown, font = self.fonts.shown(text)
        if not shown.strip():
            return
        font.set_size(size)
        self.texts.append(
            self._axes.text(
                x,
                y,
                shown,
                fontproperties=font,
                color=colour,
                ha=across,
                va="center_baseline",
                zorder=z,
                parse_math=False,
            )
        )

    def _repr_png_(self) -> bytes:
        """Return what a notebook shows of the picture."""
        return self.saved("png")

    def saved(self, form: str, dpi: float = 144.0) -> bytes:
        """Return the picture in one of FORMS, the same bytes each time."""
        out = BytesIO()
        with fixed_settings():
            self.figure.savefig(
                out,
                format=form,
                dpi=dpi,
                facecolor="white",
                edgecolor="none",
                metadata=_METADATA[form],
            )
        return out.getvalue()
