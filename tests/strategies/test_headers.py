"""Headers and attachment points drawn for a topology are meaningful in it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies.structure import claims
from zonecheck.model.attachment import AttachmentKind
from zonecheck.model.service import PORT_PROTOCOLS
from zonecheck.strategies import HeaderValues, attachment_points, headers, topologies

QUICK = settings(max_examples=60, deadline=None)


@QUICK
@given(topologies(undeclared=True).flatmap(headers))
def test_a_drawn_header_is_a_header(header: HeaderValues) -> None:
    """Every field is in its range, and fields a protocol does not have are zero."""
    assert header.version in (4, 6)
    for address in (header.destination, header.source):
        assert 0 <= address < 1 << (32 if header.version == 4 else 128)
    assert 0 <= header.protocol <= 255
    assert header.protocol == 6 or not header.established
    typed = (header.version, header.protocol) in ((4, 1), (6, 58))
    ported = header.protocol in PORT_PROTOCOLS
    assert 0 <= header.source_port <= (65535 if ported else 0)
    assert 0 <= header.destination_port <= (65535 if ported else 255 if typed else 0)


@QUICK
@given(st.data())
def test_an_attachment_point_exists(data: st.DataObject) -> None:
    """Every attachment point names an element and a port of it."""
    topology = data.draw(topologies())
    point = data.draw(attachment_points(topology))
    if point.kind is AttachmentKind.ACCESS:
        assert point.node in topology.segment_by_id
        assert point.port == ""
    elif point.kind is AttachmentKind.HOST:
        assert topology.host_by_id[point.node].interface(point.port)
    elif point.kind is AttachmentKind.STACK:
        assert topology.device_by_id[point.node].interface(point.port)
    else:
        edges = topology.external_by_id[point.node].edges
        assert point.port in {edge.id for edge in edges}


def test_headers_meet_what_the_topology_names() -> None:
    """Many destinations are declared, some unclaimed, some in no segment at all."""
    seen = {"declared": 0, "unclaimed": 0, "foreign": 0}

    @settings(max_examples=100, derandomize=True, database=None, deadline=None)
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        topology = data.draw(topologies())
        header = data.draw(headers(topology))
        declared = [item for _, _, item in claims(topology)]
        segments = [item for segment in topology.segments for item in segment.ranges]
        for what, ranges in (("declared", declared), ("unclaimed", segments), ("foreign", None)):
            if ranges is None or any(
                item.version == header.version
                and item.interval[0] <= header.destination <= item.interval[1]
                for item in ranges
            ):
                seen[what] += 1
                break

    collect()
    assert all(count >= 10 for count in seen.values())
