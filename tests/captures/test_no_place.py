"""Where nobody says where a capture was taken, a design is not refuted by what neighbours say."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from ipaddress import IPv6Address

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from tests.captures.made_chunks import ETHERNET, chunk_of
from tests.captures.test_bulk import SLOW, frame_of, neighbourly
from tests.captures.test_expected import analysis_of
from zonecheck.capture.bulk import BulkJudge
from zonecheck.capture.judge import Judge
from zonecheck.capture.judgement import FlowVerdict, Judgement
from zonecheck.capture.place import NOWHERE_SAID, find_place
from zonecheck.capture.read import FlowTable, Tunnel
from zonecheck.formats import read_topology
from zonecheck.model.topology import Topology
from zonecheck.packets import ICMPV6
from zonecheck.policy.analysis import Analysis
from zonecheck.strategies import HeaderValues, headers, topologies

pytest.importorskip("scapy")

from zonecheck.replay.synthesise import synthesised_frames

ASKS, REPLIES = 135, 136


@pytest.fixture(scope="module")
def minimal() -> Analysis:
    """Return the smallest design, analysed once."""
    return analysis_of(read_topology("topologies/minimal"))


def table_of(frames: Sequence[bytes]) -> FlowTable:
    """Return the flows of some frames."""
    table = FlowTable([ETHERNET])
    if frames:
        table.add(chunk_of(frames))
    return table


def refuting(analysis: Analysis, place: str) -> Iterator[Judgement]:
    """Yield what refutes a design in what `synthesise` makes of it at a place, left unsaid."""
    frames = [frame.data for frame in synthesised_frames(analysis.topology, place)]
    found = BulkJudge(Judge(analysis, NOWHERE_SAID), table_of(frames)).judge()
    for judgement in found.single.values():
        if judgement.verdict is not FlowVerdict.ALLOWED:
            yield judgement


def places_of(topology: Topology) -> list[str]:
    """Return the segments, and the interfaces and ports of devices."""
    found = [segment.id for segment in topology.segments]
    for device in topology.devices:
        found += [f"{device.id}/{interface.id}" for interface in device.interfaces]
        found += [f"{device.id}/{port.id}" for port in device.ports]
    return found


def test_what_the_smallest_design_declares_never_refutes_it(minimal: Analysis) -> None:
    """At any of its places, whether or not anybody says at which."""
    for place in places_of(minimal.topology):
        assert list(refuting(minimal, place)) == [], place


@settings(SLOW, max_examples=15)
@given(st.data())
def test_what_a_design_declares_never_refutes_it(data: st.DataObject) -> None:
    """Sessions and background of any segment."""
    analysis = analysis_of(data.draw(topologies()))
    place = data.draw(st.sampled_from([segment.id for segment in analysis.topology.segments]))
    assert list(refuting(analysis, place)) == []


@SLOW
@given(st.data())
def test_what_neighbours_say_is_allowed_without_a_place_only_where_it_is_at_one(
    data: st.DataObject,
) -> None:
    """Whose ends are on no common wire is traffic, and judged as any other."""
    analysis = analysis_of(data.draw(topologies(max_devices=2)))
    values = neighbourly(data.draw(headers(analysis.topology)), data.draw(st.integers(132, 138)))
    layer = table_of([frame_of(values, ())]).layer(0)
    unsaid = Judge(analysis, NOWHERE_SAID).judge(layer)
    note(f"{unsaid}")
    if unsaid.background:
        names = [segment.id for segment in analysis.topology.segments]
        places = [place for name in names if (place := find_place(analysis.plane, name))]
        said = [Judge(analysis, place).judge(layer) for place in places]
        alike = [each for each in said if each.background == unsaid.background]
        assert any(each.verdict is unsaid.verdict for each in alike)


def between(source: str, destination: str, kind: int) -> HeaderValues:
    """Return an ICMPv6 message."""
    ends = int(IPv6Address(destination)), int(IPv6Address(source))
    return HeaderValues(6, *ends, ICMPV6, kind, 0, established=False)


@pytest.mark.parametrize(
    ("source", "destination", "kind", "verdict"),
    [
        ("2001:db8:20::1", "2001:db8:20::3fff", REPLIES, FlowVerdict.ALLOWED),
        ("fe80::1", "2001:db8:20::3fff", ASKS, FlowVerdict.ALLOWED),
        ("2001:db8:10::1", "2001:db8:20::3fff", REPLIES, FlowVerdict.VIOLATING),
        ("2001:db8:99::1", "2001:db8:20::3fff", REPLIES, FlowVerdict.VIOLATING),
        ("2001:db8:20::1", "2001:db8:99::1", REPLIES, FlowVerdict.VIOLATING),
        ("fe80::bad", "2001:db8:20::3fff", 134, FlowVerdict.VIOLATING),
    ],
)
def test_only_neighbours_on_one_wire_are_in_order(
    minimal: Analysis, source: str, destination: str, kind: int, verdict: FlowVerdict
) -> None:
    """Not who is on another, whom nobody lists, or who advertises itself as a router."""
    frame = frame_of(between(source, destination, kind), ())
    found = Judge(minimal, NOWHERE_SAID).judge(table_of([frame]).layer(0))
    assert found.verdict is verdict, found


def test_in_a_tunnel_nobody_is_a_neighbour(minimal: Analysis) -> None:
    """Its ends may be anywhere, and so may be those of what it carries."""
    judge = Judge(minimal, NOWHERE_SAID)
    values = between("2001:db8:20::1", "2001:db8:20::3fff", REPLIES)
    layer = table_of([frame_of(values, ())]).layer(0)
    assert judge.judge(layer).background == "nd"
    inside = judge.judge(replace(layer, tunnel=Tunnel("gre", layer)))
    assert inside.background == ""
    assert inside.verdict is not FlowVerdict.ALLOWED
