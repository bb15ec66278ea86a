"""Assertions on designs fail exactly where a packet gets through, and show it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.test_own_policies import written
from zonecheck.formats import read_topology
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.edits import AddRule, Edit, RemoveRule, SetDefault, WidenRule, apply_edits
from zonecheck.model.topology import Topology
from zonecheck.simulate import Simulator
from zonecheck.strategies import flows, topologies
from zonecheck.testing import assert_holds, assert_no_path, assert_only_through

TOPOLOGIES = Path(__file__).parents[2] / "topologies"
MINIMAL = read_topology(TOPOLOGIES / "minimal")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failures are read in English here."""
    monkeypatch.setenv("ZONECHECK_LANG", "en")


def name_of(point: AttachmentPoint) -> str:
    """Return the name of a point as a user writes it."""
    return point.node if point.kind is AttachmentKind.ACCESS else f"{point.node}/{point.port}"


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_what_the_simulator_delivers_is_a_path(data: st.DataObject) -> None:
    """No assertion that there is no path passes where one packet gets through."""
    topology = data.draw(topologies(undeclared=True))
    flow = data.draw(flows(topology, fragments=False))
    if not _may_forge(topology, flow.origin):
        return
    found = Simulator(topology, Closure.UPPER).send(flow.packet, flow.origin)
    for end in {each.at for each in found.deliveries} - {flow.origin}:
        with pytest.raises(AssertionError):
            assert_no_path(topology, name_of(flow.origin), name_of(end))


def _may_forge(topology: Topology, point: AttachmentPoint) -> bool:
    """Return whether nothing keeps a sender from using any source."""
    if point.kind is not AttachmentKind.HOST:
        return point.kind is AttachmentKind.EDGE
    card = topology.host_by_id[point.node].interface(point.port)
    segment = topology.segment_by_id.get(card.segment or "")
    return segment is not None and not (segment.ip_source_guard or segment.port_security)


def test_a_failure_shows_packet_path_rule_and_line() -> None:
    """What gets through, hop by hop, with the rule that lets it and where that is written."""
    with pytest.raises(AssertionError) as failure:
        assert_no_path(MINIMAL, "i-term", "internet", service="tcp/443")
    text = str(failure.value)
    assert "packets get from i-term to internet (tcp/443)" in text
    assert "packet: tcp 10.30.20.2:49152 -> " in text
    assert 'permitted: rules rule "ウェブ閲覧"' in text
    assert "minimal.zones.yaml:54" in text


def test_a_path_that_is_not_there_passes() -> None:
    """Zones that are apart are apart, for all services and for one."""
    assert_no_path(MINIMAL, "internet", "M-TERM")
    assert_no_path(MINIMAL, "I-TERM", "L-SRV", service="tcp/25")
    assert_no_path(TOPOLOGIES / "minimal", "M-TERM", "internet")


def test_a_segment_stands_for_the_hosts_in_it() -> None:
    """Guarded access ports send nothing; the hosts of the segment do."""
    with pytest.raises(AssertionError, match="sent by i-term"):
        assert_no_path(MINIMAL, "I-TERM", "internet")


def test_replies_count_unless_they_are_left_out() -> None:
    """What only a session lets through is a path, and its opener is shown."""
    with pytest.raises(AssertionError, match="after this packet opened the session"):
        assert_no_path(MINIMAL, "internet", "i-term")
    assert_no_path(MINIMAL, "internet", "i-term", replies=False)


def test_a_service_counts_as_it_is_sent_and_as_it_arrives() -> None:
    """A port that translation changes does not hide the service behind it."""
    from zonecheck.model.edits import Publish

    device = MINIMAL.device_by_id["fw"]
    published = Publish("fw", "edge", "m-srv", "tcp", 8443).apply(MINIMAL)
    rule = replace(published.device_by_id["fw"].nat[0], port_to=443)
    edited = replace(published.device_by_id["fw"], nat=(rule,))
    opened = replace(
        published,
        devices=tuple(edited if d.id == device.id else d for d in published.devices),
    )
    opened = AddRule("fw", 0, "permit", None, "m-srv", "tcp", 443).apply(opened)
    assert_no_path(MINIMAL, "internet", "m-srv")
    for service in ("tcp/8443", "tcp/443"):
        with pytest.raises(AssertionError, match=r"tcp/8443 .* -> fw/edge"):
            assert_no_path(opened, "internet/isp", "m-srv", service=service)
    assert_no_path(opened, "internet", "m-srv", service="udp/443")


def test_only_through_holds_of_the_node_on_the_way_and_of_no_other() -> None:
    """All that leaves passes the firewall, nothing passes the sanitiser."""
    assert_only_through(MINIMAL, "I-TERM", "internet", "fw")
    assert_only_through(MINIMAL, "I-TERM", "internet", "fw/i-term")
    with pytest.raises(AssertionError, match="past san-mail"):
        assert_only_through(MINIMAL, "I-TERM", "internet", "san-mail")


def test_what_hangs_on_something_undeclared_is_no_pass() -> None:
    """A policy that is not declared may permit; the failure says what to declare."""
    fw = MINIMAL.device_by_id["fw"]
    assert fw.policy is not None
    bare = replace(fw, policy=replace(fw.policy, rules=None))
    undeclared = replace(MINIMAL, devices=(MINIMAL.devices[0], bare))
    with pytest.raises(AssertionError, match=r"(?s)unknown.*not declared.*fw"):
        assert_no_path(undeclared, "i-term", "m-srv")


@pytest.mark.parametrize(
    "edits",
    [
        (SetDefault("fw", "permit"),),
        (WidenRule("fw", 2, "out_interfaces"), WidenRule("fw", 2, "services")),
        (AddRule("fw", 0, origin="I-TERM", destination="M-TERM"),),
    ],
)
def test_a_check_fails_with_its_part_of_the_report(edits: tuple[Edit, ...]) -> None:
    """`assert_holds` passes on the design and shows what an edit breaks."""
    assert_holds(MINIMAL, check="mynumber-isolation")
    edited = apply_edits(MINIMAL, edits)
    with pytest.raises(AssertionError) as failure:
        assert_holds(edited, check=["mynumber-isolation"])
    text = str(failure.value)
    assert "does not hold under soumu-alpha" in text
    assert "violated mynumber-isolation" in text
    assert "packet: " in text
    assert "clause: " in text


def test_a_check_that_is_not_made_is_no_pass() -> None:
    """A check that the profile does not contain fails where it is asked for by name."""
    with pytest.raises(AssertionError, match="was asked for and is not made"):
        assert_holds(MINIMAL, check="change-impact-diff")
    assert_holds(RemoveRule("fw", 0).apply(MINIMAL), check="lgwan-internet-separation")


def test_bodies_with_a_policy_of_their_own_are_verified_too(tmp_path: Path) -> None:
    """A design is not said to hold while a council on its wiring does not."""
    with pytest.raises(AssertionError, match="does not hold under nemuro-council-r8"):
        assert_holds(written(tmp_path, default="permit"), check="unfiltered-zone-crossing")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("internt", "m-srv"), "did you mean internet"),
        (("internet", "m-srv2"), "did you mean"),
    ],
)
def test_a_name_that_nothing_has_is_an_error(arguments: tuple[str, str], message: str) -> None:
    """A misspelt name never passes; it raises and names what was meant."""
    with pytest.raises(ValueError, match=message):
        assert_no_path(MINIMAL, *arguments)


def test_other_arguments_are_checked() -> None:
    """Services, waypoints, profiles, checks and files each say what is wrong."""
    with pytest.raises(ValueError, match="write it like tcp/443"):
        assert_no_path(MINIMAL, "internet", "m-srv", service="https")
    with pytest.raises(ValueError, match="hands no packets on"):
        assert_only_through(MINIMAL, "internet", "m-srv", "sw")
    with pytest.raises(ValueError, match="fuefuki-10"):
        assert_holds(MINIMAL, profile="fuefuki-1")
    with pytest.raises(ValueError, match="mynumber-isolation"):
        assert_holds(MINIMAL, check="mynumber-isolaton")
    with pytest.raises(ValueError, match="nowhere"):
        assert_holds("nowhere.zones.yaml")
    with pytest.raises(TypeError, match="neither a Topology nor a path"):
        assert_holds(7)  # type: ignore[arg-type]
