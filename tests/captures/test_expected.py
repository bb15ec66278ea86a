"""What the sets expect on a wire is what the simulator brings there."""

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.laws.agreement import header_of, packet_of
from zonecheck.capture.expected import ExpectedTraffic
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.packets import Header
from zonecheck.policy.analysis import Analysis
from zonecheck.simulate import Packet
from zonecheck.strategies import headers, topologies

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PROFILE = Profile("any", "any", "any", "1", (), ())


def analysis_of(topology: Topology) -> Analysis:
    """Return the analysis captures are judged by."""
    return Analysis(topology, PROFILE, Closure.UPPER)


def deliveries(
    analysis: Analysis, point: AttachmentPoint, packet: Packet
) -> list[tuple[AttachmentPoint, Packet]]:
    """Return where the simulator delivers a packet sent by something the design lists."""
    trace = analysis.simulator.send(packet, point)
    return [(d.at, d.packet) for d in trace.deliveries if d.at.kind is not AttachmentKind.ACCESS]


def honestly(analysis: Analysis, header: Header) -> list[AttachmentPoint]:
    """Return the listed points that may rightly send a header."""
    return [
        origin.point
        for origin in analysis.plane.origins
        if origin.point.kind is not AttachmentKind.ACCESS
        and (origin.honest & origin.may_send).contains(header)
    ]


@SLOW
@given(st.data(), st.booleans())
def test_what_is_delivered_within_a_zone_is_expected_where_it_starts_and_where_it_ends(
    data: st.DataObject, wide: bool
) -> None:
    """As it was sent on the first wire, as it arrives on the last."""
    analysis = analysis_of(data.draw(topologies(wide=wide)))
    expected = ExpectedTraffic(analysis)
    for _ in range(6):
        values = data.draw(headers(analysis.topology))
        for point in honestly(analysis, header_of(values)):
            for at, arrived in deliveries(analysis, point, packet_of(values)):
                note(f"{point} sends {packet_of(values)}, {at} gets {arrived}")
                if expected.crosses(point, at) or not addressed_to(analysis, at, arrived):
                    continue
                first = expected.on(analysis.plane.domains_of[point])
                last = expected.on(analysis.plane.domains_of[at])
                assert first.contains(header_of(values))
                assert last.contains(as_header(arrived))
                assert expected.on(None).contains(as_header(arrived))


@SLOW
@given(st.data(), st.booleans())
def test_an_opening_that_nobody_has_delivered_is_not_expected_on_its_wire(
    data: st.DataObject, wide: bool
) -> None:
    """Nor is one from an address nobody listed has, nor undeclared across zones."""
    analysis = analysis_of(data.draw(topologies(wide=wide)))
    expected = ExpectedTraffic(analysis)
    for _ in range(6):
        values = data.draw(headers(analysis.topology))
        header = header_of(values)
        if header.protocol != 6 or header.flag != 0:
            continue
        for point in honestly(analysis, header):
            reached = deliveries(analysis, point, packet_of(values))
            inside = [at for at, _ in reached if not expected.crosses(point, at)]
            declared = [
                at for at, _ in reached if analysis.declared.declared(point, at).contains(header)
            ]
            note(f"{point} sends {packet_of(values)} to {reached}")
            origin = analysis.origin_at[point]
            if not inside and not declared:
                assert not expected.expected_of(origin).contains(header)
        if not honestly(analysis, header):
            known = [expected.expected_of(o) for o in analysis.plane.origins if listed(o.point)]
            assert not any(headers.contains(header) for headers in known)


def addressed_to(analysis: Analysis, at: AttachmentPoint, arrived: Packet) -> bool:
    """Return whether a packet has arrived at an address of where it is."""
    rightful = analysis.plane.addressing.rightful(at)
    return at.kind is not AttachmentKind.EDGE or rightful.contains(as_header(arrived))


def listed(point: AttachmentPoint) -> bool:
    """Return whether a point is something the design lists."""
    return point.kind is not AttachmentKind.ACCESS


def as_header(packet: Packet) -> Header:
    """Return a packet of the simulator as a header of the engine."""
    flag = 2 if packet.fragment else int(packet.established)
    return Header(
        packet.version,
        int(packet.destination),
        int(packet.source),
        packet.protocol,
        packet.destination_port,
        packet.source_port,
        flag,
    )
