"""The picture of a design: its zones, and what stands between them."""

from collections.abc import Mapping

from zonecheck.model.graph import DEVICE, EXTERNAL, HOST, SEGMENT
from zonecheck.model.topology import Topology
from zonecheck.report.diagram.collapse import collapsed, is_large
from zonecheck.report.diagram.contents import HEAD_SIZE, SIDE
from zonecheck.report.diagram.geometry import Area, Box, Layout
from zonecheck.report.diagram.layout import layout
from zonecheck.report.diagram.measure import LINE, SIZE
from zonecheck.report.diagram.palette import PLAIN, Colours, colours_of
from zonecheck.report.diagram.places import MARGIN
from zonecheck.report.diagram.scheme import scheme_of, without_empty
from zonecheck.report.lang import Lang
from zonecheck.report.plot.canvas import INK, Sheet, fixed_settings
from zonecheck.report.plot.fonts import Fonts
from zonecheck.report.words import phrase

TITLE = 26.0
FOOT = 16.0
_THICK = {HOST: 1.4, DEVICE: 1.4, EXTERNAL: 1.4, SEGMENT: 0.7}


@fixed_settings()
def topology_sheet(
    topology: Topology, names: Mapping[str, str], lang: Lang, fonts: Fonts | None = None
) -> Sheet:
    """Return the picture of a design; one with many nodes shows what is alike as one.

    `names` names zones.
    """
    scheme = without_empty(scheme_of(topology, names))
    brief = is_large(scheme)
    if brief:
        scheme = collapsed(scheme)
    drawn = layout(scheme, lang, brief=brief)
    sheet = Sheet(drawn.width, drawn.height + TITLE + FOOT, fonts)
    title = phrase(lang, "plot.topology-title", name=topology.name)
    if topology.state:
        title += phrase(lang, "plot.in-state", state=topology.state)
    sheet.text(MARGIN, TITLE / 2 + 2, title, size=15 if brief else 13)
    foot = phrase(lang, "plot.legend-zones" if brief else "plot.legend-segments")
    sheet.text(MARGIN, sheet.height - FOOT / 2 - 2, foot, colour=PLAIN.line, size=7)
    _draw(sheet, drawn, colours_of(scheme.regions), lang)
    return sheet


def _draw(sheet: Sheet, drawn: Layout, colours: Mapping[str, Colours], lang: Lang) -> None:
    for layer in drawn.layers:
        y = layer.y + TITLE
        word = phrase(lang, f"plot.layer-{layer.code}")
        sheet.text(MARGIN, y + 8, word, colour=PLAIN.line, size=9)
        sheet.line(MARGIN, y - 3, drawn.width - MARGIN, y - 3, colour="#dadce0", thick=0.6, z=0.2)
    for area in drawn.areas:
        _area(sheet, area, colours[area.region.zone])
    for wire in drawn.wires:
        colour = colours[wire.zone].line if wire.zone else PLAIN.line
        sheet.line(
            wire.x0,
            wire.y0 + TITLE,
            wire.x1,
            wire.y1 + TITLE,
            colour=colour,
            thick=1.0 if wire.inner else 1.5,
            z=1.5 if wire.zone is None else 2.0,
            dashed=wire.cable,
            halo=wire.zone is not None and not wire.inner,
        )
    for dot in drawn.dots:
        sheet.dot(dot.x, dot.y + TITLE, colour=colours[dot.zone].line)
    for box in drawn.boxes:
        _box(sheet, box, colours[box.zone] if box.zone else PLAIN)


def _area(sheet: Sheet, area: Area, colours: Colours) -> None:
    y = area.y + TITLE
    outside = area.region.outside
    sheet.rectangle(
        area.x,
        y,
        area.w,
        area.h,
        fill=colours.fill,
        line=colours.line,
        thick=1.4,
        dashed=outside,
        z=0.5,
    )
    sheet.rectangle(area.x, y, area.w, area.head, fill=colours.line, line=colours.line, z=4.0)
    sheet.text(
        area.x + area.w / 2,
        y + area.head / 2,
        area.region.name,
        size=HEAD_SIZE,
        colour="white",
        across="center",
    )


def _box(sheet: Sheet, box: Box, colours: Colours) -> None:
    y = box.y + TITLE
    sheet.rectangle(
        box.x,
        y,
        box.w,
        box.h,
        fill="white",
        line=colours.line,
        thick=_THICK[box.kind],
        round_by=0 if box.kind in (DEVICE, SEGMENT) else 6,
        z=4.5,
    )
    for at, text in enumerate(box.lines):
        middle = y + 3 + LINE * (at + 0.5)
        colour = colours.line if at == 0 and box.zone else INK
        if box.kind == SEGMENT:
            sheet.text(box.x + SIDE, middle, text, colour=colour)
        else:
            size = SIZE if at == 0 else SIZE - 1
            sheet.text(box.middle, middle, text, colour=colour, across="center", size=size)
