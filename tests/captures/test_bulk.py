"""Judging all flows at once says what judging each by itself says."""

import struct
from dataclasses import replace

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.captures.made_chunks import ETHERNET, chunk_of
from tests.captures.made_frames import ethernet, ipv4, ipv6, tcp
from tests.captures.test_expected import analysis_of
from zonecheck.capture.bulk import BulkJudge
from zonecheck.capture.judge import Judge
from zonecheck.capture.judgement import FlowVerdict
from zonecheck.capture.place import NOWHERE_SAID, find_place
from zonecheck.capture.read import FlowTable
from zonecheck.strategies import HeaderValues, headers, topologies

SLOW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def frame_of(values: HeaderValues, tags: tuple[tuple[int, int], ...]) -> bytes:
    """Return a frame with a header; what is no TCP, UDP or ICMP carries nothing."""
    ports = (values.source_port, values.destination_port)
    if values.protocol == 6:
        inside = tcp(ports, 0x10 if values.established else 0x02)
    elif values.protocol in (17, 132):
        inside = struct.pack("!HHHH", *ports, 8, 0)
    elif values.protocol in (1, 58):
        inside = struct.pack("!BBHI", values.destination_port & 0xFF, 0, 0, 0)
    else:
        inside = bytes(8)
    ends = (values.source, values.destination)
    if values.version == 4:
        place = 0x00B9 if values.fragment else 0
        return ethernet(0x0800, ipv4(values.protocol, inside, ends=ends, place=place), tags)
    return ethernet(0x86DD, ipv6(values.protocol, inside, ends=ends), tags)


def neighbourly(values: HeaderValues, kind: int) -> HeaderValues:
    """Return a message of ICMPv6 between the same ends, whatever it was; of IPv4 the same."""
    if values.version == 4:
        return values
    return replace(values, protocol=58, destination_port=kind, source_port=0, fragment=False)


@SLOW
@given(st.data())
def test_all_flows_at_once_are_judged_as_each_alone(data: st.DataObject) -> None:
    """Verdict and zones of every flow, at every place or none, whatever the tags."""
    analysis = analysis_of(data.draw(topologies(stateful=True)))
    names = [segment.id for segment in analysis.topology.segments]
    name = data.draw(st.sampled_from(["", *names]))
    place = find_place(analysis.plane, name) if name else NOWHERE_SAID
    assert place is not None
    vlans = st.sampled_from([0, 10, 20, *(s.vlan or 0 for s in analysis.topology.segments)])
    frames = []
    for _ in range(data.draw(st.integers(1, 12))):
        tags = tuple((0x8100, vlan) for vlan in data.draw(st.lists(vlans, max_size=2)))
        values = data.draw(headers(analysis.topology))
        kind = data.draw(st.sampled_from([0, 0, 0, 0, 134, 135, 136]))
        frames.append(frame_of(neighbourly(values, kind) if kind else values, tags))
    table = FlowTable([ETHERNET])
    table.add(chunk_of(frames))
    judge = Judge(analysis, place)
    found = BulkJudge(judge, table).judge()
    for flow in range(len(table)):
        alone = judge.judge(table.layer(flow), int(table.counts.tcp_flags[flow]))
        note(f"{alone}")
        assert found.verdict(flow) is alone.verdict
        assert found.pairs[int(found.pair_of[flow])] == alone.zones
        if alone.verdict is FlowVerdict.ALLOWED and flow in found.single:
            assert found.single[flow].background == alone.background
