"""A design for draw.io: a container for each zone, so that what is in a zone moves with it.

The places are those of the plot; hosts are rows in the container of their segment.
"""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from zonecheck.model.graph import DEVICE, EXTERNAL, HOST, SEGMENT
from zonecheck.report.diagram.captions import host_lines
from zonecheck.report.diagram.geometry import Area, Box
from zonecheck.report.diagram.layout import layout
from zonecheck.report.diagram.measure import LINE
from zonecheck.report.diagram.palette import PLAIN, Colours, colours_of
from zonecheck.report.diagram.scheme import Scheme
from zonecheck.report.lang import Lang

_TEXT = "html=0;whiteSpace=wrap;fontSize=8;"
_SHAPES = {
    SEGMENT: "rounded=0;container=1;collapsible=0;align=left;verticalAlign=top;spacingLeft=4;",
    HOST: "rounded=1;",
    DEVICE: "rounded=0;strokeWidth=2;",
    EXTERNAL: "shape=cloud;",
}
_ROW = "text;align=left;verticalAlign=middle;spacingLeft=4;"


def render_drawio(scheme: Scheme, lang: Lang) -> str:
    """Return the drawing as a file of draw.io, uncompressed XML; ids of elements are texts only.

    The same design gives the same text.
    """
    return _File(scheme, lang).text()


class _File:
    def __init__(self, scheme: Scheme, lang: Lang) -> None:
        self._scheme = scheme
        self._lang = lang
        self._colours = colours_of(scheme.regions)
        self._layout = layout(scheme, lang)
        self._cells: dict[str, str] = {}
        self._file = Element("mxfile", host="zonecheck")
        diagram = SubElement(self._file, "diagram", name=_printable(scheme.title), id="zonecheck")
        model = SubElement(diagram, "mxGraphModel", grid="0", page="0", math="0")
        self._root = SubElement(model, "root")
        SubElement(self._root, "mxCell", id="0")
        SubElement(self._root, "mxCell", {"id": "1", "parent": "0"})

    def text(self) -> str:
        """Return the file."""
        places: dict[str, tuple[str, Area]] = {}
        for at, area in enumerate(self._layout.areas):
            places[area.region.zone] = (f"z{at}", area)
            self._area(f"z{at}", area)
        for box in self._layout.boxes:
            self._box(box, *(places[box.zone] if box.zone else ("1", None)))
        for at, join in enumerate(self._scheme.joins):
            zone = join.zones[0] if len(join.zones) == 1 else None
            colours = self._colours[zone] if zone else PLAIN
            cell = self._cell(
                f"e{at}",
                "" if zone else _printable(", ".join(join.zones)),
                f"endArrow=none;html=0;fontSize=7;strokeColor={colours.line};"
                f"dashed={int(join.attached)};",
                "1",
                edge="1",
                source=self._cells[join.a],
                target=self._cells[join.b],
            )
            SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
        indent(self._file)
        return tostring(self._file, encoding="unicode") + "\n"

    def _area(self, name: str, area: Area) -> None:
        colours = self._colours[area.region.zone]
        style = (
            f"swimlane;html=0;collapsible=0;startSize={area.head:.0f};fontSize=10;"
            f"fontColor=#ffffff;fillColor={colours.line};swimlaneFillColor={colours.fill};"
            f"strokeColor={colours.line};strokeWidth=2;dashed={int(area.region.outside)};"
        )
        cell = self._cell(name, _printable(area.region.name), style, "1", vertex="1")
        _geometry(cell, area.x, area.y, area.w, area.h)

    def _box(self, box: Box, parent: str, area: Area | None) -> None:
        colours = self._colours[box.zone] if box.zone else PLAIN
        style = f"{_SHAPES[box.kind]}{_TEXT}strokeColor={colours.line};fillColor=#ffffff;"
        name = self._name(box.node)
        segment = box.kind == SEGMENT
        lines = box.lines[:1] if segment else box.lines
        cell = self._cell(name, "\n".join(map(_printable, lines)), style, parent, vertex="1")
        dx, dy = (area.x, area.y) if area else (0.0, 0.0)
        _geometry(cell, box.x - dx, box.y - dy, box.w, box.h)
        if segment:
            self._hosts(box, name, colours)

    def _hosts(self, box: Box, parent: str, colours: Colours) -> None:
        hosts = self._scheme.at_home(box.node)
        lines = host_lines(self._scheme, box.node, self._lang, brief=False)
        for at, (host, line) in enumerate(zip(hosts, lines, strict=True), 1):
            style = f"{_ROW}{_TEXT}fontColor={colours.line};"
            cell = self._cell(self._name(host.id), _printable(line), style, parent, vertex="1")
            _geometry(cell, 0, 3 + LINE * at, box.w, LINE)

    def _name(self, node: str) -> str:
        return self._cells.setdefault(node, f"n{len(self._cells)}")

    def _cell(self, name: str, text: str, style: str, parent: str, **more: str) -> Element:
        attributes = {"id": name, "value": text, "style": style, "parent": parent}
        return SubElement(self._root, "mxCell", attributes | more)


def _geometry(cell: Element, x: float, y: float, w: float, h: float) -> None:
    numbers = {
        name: f"{value:.0f}" for name, value in (("x", x), ("y", y), ("width", w), ("height", h))
    }
    SubElement(cell, "mxGeometry", numbers | {"as": "geometry"})


def _printable(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return "".join(char if char.isprintable() else " " for char in text)
