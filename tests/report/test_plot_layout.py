"""Laid-out drawings: what lies where, and that nothing hides anything. No matplotlib needed."""

from pathlib import Path

import pytest

from tests.report.drawings import CITY, EVERY, design, drawn, name, scheme
from zonecheck.model.graph import DEVICE, EXTERNAL, HOST, SEGMENT
from zonecheck.report.diagram.collapse import name_of
from zonecheck.report.diagram.geometry import Area, Box
from zonecheck.report.diagram.measure import cut, width, wrapped
from zonecheck.report.diagram.palette import colours_of
from zonecheck.report.diagram.scheme import scheme_of
from zonecheck.report.lang import LANGS, Lang


def _within(box: Box, area: Area) -> bool:
    return (
        area.x < box.x
        and box.x + box.w < area.x + area.w
        and area.y + area.head < box.y
        and box.y + box.h < area.y + area.h
    )


def _overlap(a: Box | Area, b: Box | Area) -> bool:
    return a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h


@pytest.mark.parametrize("path", EVERY, ids=name)
@pytest.mark.parametrize("lang", LANGS)
def test_what_lies_in_one_zone_is_drawn_in_it_and_all_else_in_none(path: Path, lang: Lang) -> None:
    """Boxes of a zone are inside its border, and those between zones outside of all."""
    shown = drawn(path, lang)
    areas = {area.region.zone: area for area in shown.areas}
    for box in shown.boxes:
        if box.zone is not None:
            assert _within(box, areas[box.zone]), box.node
        else:
            assert not any(_overlap(box, area) for area in shown.areas), box.node


@pytest.mark.parametrize("path", EVERY, ids=name)
@pytest.mark.parametrize("lang", LANGS)
def test_no_two_boxes_or_zones_overlap(path: Path, lang: Lang) -> None:
    """In the drawing of every topology."""
    shown = drawn(path, lang)
    groups: tuple[tuple[Box | Area, ...], ...] = (shown.boxes, shown.areas)
    for shapes in groups:
        for at, one in enumerate(shapes):
            assert not [other for other in shapes[at + 1 :] if _overlap(one, other)], one


@pytest.mark.parametrize("path", EVERY, ids=name)
@pytest.mark.parametrize("lang", LANGS)
def test_no_line_to_a_zone_passes_under_the_box_of_another(path: Path, lang: Lang) -> None:
    """What comes out of a box belongs to it."""
    shown = drawn(path, lang)
    down = [w for w in shown.wires if w.zone is not None and not w.inner]
    assert down
    for box in shown.boxes:
        middle = box.y + box.h / 2
        for wire in down:
            top, bottom = sorted((wire.y0, wire.y1))
            if box.zone is None and box.x <= wire.x0 <= box.x + box.w:
                mine = wire.y0 == pytest.approx(middle)
                assert mine or bottom <= box.y or top >= box.y + box.h, (box.node, wire)


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_every_device_and_host_stands_for_exactly_one_node(path: Path) -> None:
    """Collapsing hides nobody and counts nobody twice; every one is in its own zones."""
    topology = design(path)
    members = [member for node in scheme(path).nodes for member in node.members]
    elements = [
        *(segment.id for segment in topology.segments),
        *(host.id for host in topology.hosts),
        *(device.id for device in topology.devices),
        *(external.id for external in topology.externals),
    ]
    assert sorted(members) == sorted(elements)
    hosts = [node for node in scheme(path).nodes if node.kind == HOST]
    assert sum(node.count for node in hosts) == sum(host.count for host in topology.hosts)
    zones = {segment.id: segment.zone for segment in topology.segments}
    for node in scheme(path).nodes:
        if node.kind == SEGMENT:
            assert {zones[member] or "-" for member in node.members} == set(node.zones)


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_every_node_is_drawn_once_or_listed_in_its_segment(path: Path) -> None:
    """No box is forgotten or drawn twice."""
    boxes = [box.node for box in drawn(path).boxes]
    nodes = scheme(path).nodes
    assert sorted(boxes) == sorted(node.id for node in nodes if node.home is None)
    assert {node.home for node in nodes if node.home is not None} <= set(boxes)


def test_the_reference_city_collapses_floors_branches_and_pairs() -> None:
    """Six branches, two cores and three floors are one box each; sanitisers stay themselves."""
    shown = scheme(CITY).node_by_id
    assert len(shown["br-rt-01..06"].members) == 6
    assert shown["m-core-1..2"].kind == DEVICE
    assert len(shown["L-TERM-1F..3F"].members) == 3
    assert {"san-mail", "san-file", "x-fw", "m-fw", "l-fw"} <= shown.keys()
    assert len(drawn(CITY).boxes) < len(scheme_of(design(CITY), {}).nodes) / 2
    assert all(node.members == (node.id,) for node in shown.values() if node.kind == EXTERNAL)


def test_a_device_between_zones_is_in_every_zone_it_has_an_interface_or_cable_in() -> None:
    """By interfaces, tags, ports or cables."""
    shown = scheme(CITY).node_by_id
    assert shown["x-fw"].zones == ("lgwan", "internet")
    assert shown["i-fw"].zones == ("internet", "dmz", "guest", "council", "ext:school")
    assert shown["br-sw-01..06"].zones == ("mynumber", "lgwan")
    assert shown["m-core-1..2"].zones == ("mynumber",)


def test_numbers_in_names_count_by_what_they_say() -> None:
    """Ten comes after two; what stands alone keeps its name."""
    assert name_of(["sw-1", "sw-10"]) == "sw-1..10"
    assert name_of(["br-rt-01", "br-rt-02", "br-rt-06"]) == "br-rt-01..06"
    assert name_of(["alone-1"]) == "alone-1"


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_zones_of_the_policy_have_colours_of_their_own(path: Path) -> None:
    """Zones are told apart at a glance."""
    regions = scheme(path).regions
    inner = [colours_of(regions)[region.zone] for region in regions if not region.outside]
    assert len(set(inner)) == len(inner)


@pytest.mark.parametrize("text", ["マイナンバー利用事務系", "a b c d e f", "長い/名前.yaml:10", ""])
@pytest.mark.parametrize("most", [20.0, 40.0, 400.0])
def test_broken_and_cut_texts_fit(text: str, most: float) -> None:
    """No character is lost by breaking."""
    lines = wrapped(text, most)
    assert all(width(line) <= most for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert width(cut(text, most)) <= most
