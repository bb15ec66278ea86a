"""DOT, Mermaid, draw.io: every zone a boundary, every element once, no name a command."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.report.drawings import CITY, EVERY, SMALL, design, name
from zonecheck.model.device import Device, DeviceKind
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology
from zonecheck.model.zone import Zone
from zonecheck.report.diagram.dot import quoted, render_dot
from zonecheck.report.diagram.drawio import render_drawio
from zonecheck.report.diagram.mermaid import escaped, render_mermaid
from zonecheck.report.diagram.scheme import Scheme, scheme_of
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.zone_names import zone_names

HOSTILE = (
    'a"]; subgraph x { } //',
    "b\\",
    "c<script>alert(1)</script>",
    "d--> e{{x}}|y|\nend",
    "f&amp;\x00\x1b[31m",
    "g`#quot;%%",
    "𠮷-領域",
    "end",
)
_STRING = r'"((?:[^"\\]|\\.)*)"'
_DOT_NODE = re.compile(rf"^\s*{_STRING} \[label=", re.MULTILINE)
_DOT_LABEL = re.compile(rf"^    label={_STRING};", re.MULTILINE)
_MERMAID_ZONE = re.compile(r'^  subgraph z\d+\["([^"]*)"\]$', re.MULTILINE)
_MERMAID_NODE = re.compile(r'^\s*(n\d+)(?:\[\[|\[|\(|\{\{)"([^"]*)"(?:\]\]|\]|\)|\}\})$', re.M)


def whole(topology: Topology, lang: Lang = "ja") -> Scheme:
    """Return the whole drawing of a design."""
    return scheme_of(topology, zone_names(topology, None, lang))


def hostile() -> Topology:
    """Return a design every name of which would mean something to one of the formats."""
    zones = tuple(Zone(f"z{at}", text) for at, text in enumerate(HOSTILE))
    segments = tuple(Segment(f"S{text}", f"z{at}") for at, text in enumerate(HOSTILE))
    hosts = tuple(
        Host(f"H{text}", (HostInterface("eth0", f"S{text}"),), role=text) for text in HOSTILE
    )
    devices = tuple(Device(f"D{text}", DeviceKind.ROUTER, zones=("z0", "z1")) for text in HOSTILE)
    return Topology(HOSTILE[0], zones=zones, segments=segments, hosts=hosts, devices=devices)


def _unquoted(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


def _unescaped(text: str) -> str:
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", EVERY, ids=name)
def test_dot_has_every_zone_as_a_cluster_and_every_element_once(path: Path, lang: Lang) -> None:
    """Names of clusters are those of the zones, in order; ids of nodes are those of the design."""
    _check_dot(whole(design(path), lang), lang)


def _check_dot(scheme: Scheme, lang: Lang) -> None:
    text = render_dot(scheme, lang)
    labels = [_unquoted(label) for label in _DOT_LABEL.findall(text)]
    assert labels == [_printable(region.name) for region in scheme.regions]
    nodes = [_unquoted(node) for node in _DOT_NODE.findall(text)]
    assert sorted(nodes) == sorted(_printable(node.id) for node in scheme.nodes)
    assert text.count(" -- ") >= len(scheme.joins)
    for node in scheme.between:
        line = next(line for line in text.splitlines() if line.strip().startswith(quoted(node.id)))
        assert line.startswith('  "'), "outside of all clusters"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", EVERY, ids=name)
def test_mermaid_has_every_zone_as_a_subgraph_and_every_element_once(
    path: Path, lang: Lang
) -> None:
    """Each line is one of the few forms the renderer writes."""
    _check_mermaid(whole(design(path), lang), lang)


def _check_mermaid(scheme: Scheme, lang: Lang) -> None:
    text = render_mermaid(scheme, lang)
    names = [_unescaped(zone) for zone in _MERMAID_ZONE.findall(text)]
    assert names == [_printable(region.name) for region in scheme.regions]
    found = _MERMAID_NODE.findall(text)
    assert len({node for node, _ in found}) == len(found) == len(scheme.nodes)
    known = re.compile(
        r'  subgraph z\d+\["[^"]*"\]|  end|flowchart TB|\s*n\d+\W+"[^"]*"\W+|'
        r'  n\d+ (---|-\.-)(\|"[^"]*"\|)? n\d+|  style z\d+ [#\w:, -]+'
    )
    assert all(known.fullmatch(line) for line in text.splitlines())
    assert sum(line.startswith("  end") for line in text.splitlines()) == len(scheme.regions)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", EVERY, ids=name)
def test_drawio_has_every_zone_as_a_container_and_every_element_once(
    path: Path, lang: Lang
) -> None:
    """Read back as XML."""
    _check_drawio(whole(design(path), lang), lang)


def _check_drawio(scheme: Scheme, lang: Lang) -> None:
    """Ids are unique, parents and ends of edges exist, and zones contain what lies in them."""
    root = ET.fromstring(render_drawio(scheme, lang))
    cells = {cell.attrib["id"]: cell.attrib for cell in root.iter("mxCell")}
    assert len(cells) == len(list(root.iter("mxCell")))
    zones = [c for c in cells.values() if c.get("style", "").startswith("swimlane")]
    assert sorted(zone["value"] for zone in zones) == sorted(
        _printable(region.name) for region in scheme.regions
    )
    nodes = [c for c in cells.values() if c["id"].startswith("n")]
    assert len(nodes) == len(scheme.nodes)
    edges = [c for c in cells.values() if "edge" in c]
    assert len(edges) == len(scheme.joins)
    assert all(edge["source"] in cells and edge["target"] in cells for edge in edges)
    assert all(cell["parent"] in cells for cell in cells.values() if cell["id"] != "0")
    places = {cell.attrib["id"]: cell.find("mxGeometry") for cell in root.iter("mxCell")}
    for cell in nodes:
        inner, outer = places[cell["id"]], places[cell["parent"]]
        if inner is not None and outer is not None:
            for start, size in (("x", "width"), ("y", "height")):
                end = float(inner.attrib[start]) + float(inner.attrib[size])
                assert float(inner.attrib[start]) >= 0
                assert end <= float(outer.attrib[size]) + 1, cell["value"]
    loose = [cell for cell in nodes if cell["parent"] == "1"]
    assert len(loose) == len(scheme.between)


def test_hostile_names_are_texts_in_every_format() -> None:
    """Quotes, brackets, line ends, markup and control characters change no structure."""
    scheme = whole(hostile())
    _check_dot(scheme, "ja")
    _check_mermaid(scheme, "ja")
    _check_drawio(scheme, "ja")
    for text in (
        render_dot(scheme, "ja"),
        render_mermaid(scheme, "ja"),
        render_drawio(scheme, "ja"),
    ):
        assert all(char.isprintable() or char == "\n" for char in text)
    assert "<script" not in render_drawio(scheme, "ja") + render_mermaid(scheme, "ja")


@pytest.mark.parametrize("text", HOSTILE)
def test_escapes_can_be_undone(text: str) -> None:
    """What is quoted is the text, but for what nobody can print."""
    assert _unquoted(quoted(text)[1:-1]) == _printable(text)
    assert _unescaped(escaped(text)[1:-1]) == _printable(text)
    assert '"' not in escaped(text)[1:-1]


@pytest.mark.parametrize("path", [*SMALL, CITY], ids=name)
@pytest.mark.parametrize("render", [render_dot, render_mermaid, render_drawio])
def test_the_same_design_gives_the_same_text(path: Path, render: object) -> None:
    """Drawings can be kept in version control."""
    assert callable(render)
    assert render(whole(design(path)), "ja") == render(whole(design(path)), "ja")


def test_a_zone_in_which_nothing_lies_is_a_boundary_too() -> None:
    """So that what is planned is seen to be empty."""
    empty = Topology("empty", zones=(Zone("a", "甲"), Zone("b", "乙")))
    _check_dot(whole(empty), "ja")
    _check_mermaid(whole(empty), "ja")
    _check_drawio(whole(empty), "ja")
