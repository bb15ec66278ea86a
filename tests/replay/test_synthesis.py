"""A synthesised capture is what a design declares, as its place shows it, the same each time."""

from collections import defaultdict

import pytest

pytest.importorskip("scapy")

from scapy.layers.inet import IP, TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Ether

from tests.replay.synthesised import declared_at, design, header, parsed, tags_of
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.states import normal_state
from zonecheck.replay.declared_flows import is_declared
from zonecheck.replay.header_origins import HeaderOrigins
from zonecheck.replay.mac_addresses import LOCALLY_ADMINISTERED, MacAddresses
from zonecheck.replay.synthesise import CannotSynthesiseError, synthesise, synthesised_frames
from zonecheck.replay.watched_place import NoSuchPlaceError
from zonecheck.simulate import Simulator

PLACES = [
    ("minimal", "L-SRV"),
    ("minimal", "I-EDGE"),
    ("minimal", "fw/p1"),
    ("minimal", "san-mail/inner"),
    ("mihon-city", "M-LINK"),
    ("mihon-city", "L-SANI"),
    ("mihon-city", "SECCLOUD-LINE"),
    ("mihon-city", "li-core-1/Te1/1/11"),
]
TOGETHER = [
    pytest.param(name, place, marks=pytest.mark.xdist_group(f"{name} {place}"))
    for name, place in PLACES
]
"""Places, the tests of each in one process, which makes its capture once."""
UNTRANSLATED = [place for place in TOGETHER if place.values[1] not in ("SECCLOUD-LINE", "M-LINK")]


def seen_at(name: str, place: str) -> list[tuple[int, bytes]]:
    """Return what `synthesise` gives of the first seed, made once."""
    frames = declared_at(name, place, background=True)
    return [(frame.time_ns, frame.data) for frame in frames]


def test_without_a_seed_it_is_the_first() -> None:
    """Frames are those with their comments."""
    assert synthesise(design("minimal"), "L-SRV") == seen_at("minimal", "L-SRV")


@pytest.mark.parametrize(("name", "place"), TOGETHER)
def test_a_seed_gives_the_same_bytes_each_time_and_another_seed_others(
    name: str, place: str
) -> None:
    """Which is what makes a capture a file that nobody has to keep."""
    first = synthesise(design(name), place, seed=7)
    assert first == synthesise(design(name), place, seed=7)
    assert first != seen_at(name, place)


@pytest.mark.parametrize(("name", "place"), TOGETHER)
def test_time_never_goes_back(name: str, place: str) -> None:
    """Frames come in the order in which they were seen."""
    times = [time for time, _ in seen_at(name, place)]
    assert times == sorted(times)
    assert times


@pytest.mark.parametrize(("name", "place"), UNTRANSLATED)
def test_every_session_is_declared_and_delivered(name: str, place: str) -> None:
    """Where nothing is translated before the place, a leg declares each opener, and it arrives."""
    simulator = Simulator(normal_state(design(name)))
    origins = HeaderOrigins(simulator)
    openers = [p for p in map(header, map(parsed, declared_at(name, place))) if p is not None]
    openers = [p for p in openers if p.protocol == 6 and not p.established]
    assert openers
    for packet in openers:
        assert is_declared(design(name), packet)
        origin = origins.of(packet.source)
        assert origin is not None
        trace = simulator.send(packet, origin)
        assert any(found.at != origin for found in trace.deliveries)


@pytest.mark.parametrize(("name", "place"), TOGETHER)
def test_checksums_are_right(name: str, place: str) -> None:
    """Built again from their fields, the packets are the same."""
    for frame in declared_at(name, place):
        layer = parsed(frame)
        again = layer.copy()
        for kind in (IP, TCP, UDP):
            if kind in again:
                del again[kind].chksum
        assert bytes(again) == frame.data


@pytest.mark.parametrize(("name", "place"), TOGETHER)
def test_tcp_sessions_count_what_they_say(name: str, place: str) -> None:
    """Sequence numbers follow each other; whoever acknowledges has seen it."""
    sessions: dict[object, dict[object, int]] = defaultdict(dict)
    hops: dict[object, int] = {}
    for layer in map(parsed, declared_at(name, place)):
        packet = header(layer)
        if packet is None or packet.protocol != 6:
            continue
        network = layer[IP] if IP in layer else layer[IPv6]
        ends = frozenset({(packet.source, packet.source_port)})
        key = frozenset(
            {(packet.source, packet.source_port), (packet.destination, packet.destination_port)}
        )
        left = network.ttl if IP in layer else network.hlim
        if hops.setdefault((key, ends), left) != left:
            continue  # the same packet, seen once more behind a router
        segment = layer[TCP]
        expected = sessions[key].get(ends)
        assert expected is None or segment.seq == expected
        turn = _payload_size(layer) + ("S" in segment.flags) + ("F" in segment.flags)
        sessions[key][ends] = (segment.seq + turn) % (1 << 32)
    assert sessions


def _payload_size(layer: Ether) -> int:
    if IP in layer:
        return int(layer[IP].len - 4 * layer[IP].ihl - 4 * layer[TCP].dataofs)
    return int(layer[IPv6].plen - 4 * layer[TCP].dataofs)


def test_a_session_is_the_same_at_both_sides_of_a_router_that_translates() -> None:
    """Only MAC addresses, hops and the translated address differ."""
    inside = _segments("M-LINK", "chukan")
    outside = _segments("LGWAN-LINE", "chukan")
    assert len(inside) == len(outside) > 6
    for near, far in zip(inside, outside, strict=True):
        assert (near[TCP].seq, near[TCP].ack, near[TCP].flags) == (
            far[TCP].seq,
            far[TCP].ack,
            far[TCP].flags,
        )
        assert bytes(near[TCP].payload) == bytes(far[TCP].payload)
        assert near[IP].ttl != far[IP].ttl
        assert {near.src, near.dst} != {far.src, far.dst}
    assert {inside[0][IP].src, outside[0][IP].src} == {"10.10.50.10", "198.18.255.110"}


def _segments(place: str, flow: str) -> list[Ether]:
    frames = synthesised_frames(design("mihon-city"), place, flows=[flow], background=False)
    return [parsed(frame) for frame in frames]


def test_a_sender_has_its_own_mac_address_until_the_first_router() -> None:
    """Behind a router it is that of the router."""
    macs = MacAddresses(design("mihon-city"))
    server = AttachmentPoint(AttachmentKind.HOST, "link-srv", "eth0")
    own = macs.declared(server)
    assert own is not None
    before = [f for f in _segments("M-LINK", "chukan") if f[IP].src == "10.10.50.10"]
    behind = [f for f in _segments("LM-LINE", "chukan") if f[IP].src == "10.10.50.10"]
    assert {frame.src for frame in before} == {own}
    router = macs.of(AttachmentPoint(AttachmentKind.STACK, "m-fw", "to-l"))
    assert {frame.src for frame in behind} == {router}


def test_who_declares_no_mac_address_gets_one_that_shows_it() -> None:
    """Members of a group have one each, the same in every capture, locally administered."""
    topology = design("minimal")
    macs = MacAddresses(topology)
    terminal = AttachmentPoint(AttachmentKind.HOST, "l-term", "eth0")
    packet = next(p for p in map(header, map(parsed, declared_at("minimal", "L-SRV"))) if p)
    found = {macs.of(terminal, packet.source), macs.of(terminal, packet.destination)}
    assert len(found) == 2
    assert all(int(mac[:2], 16) == LOCALLY_ADMINISTERED for mac in found)
    assert found == {
        MacAddresses(topology).of(terminal, end) for end in (packet.source, packet.destination)
    }


def test_frames_are_tagged_on_trunks_only() -> None:
    """With the VLAN of the segment they are in; elsewhere where it is asked for."""
    topology = design("mihon-city")
    trunk = topology.device_by_id["li-core-1"].port("Te1/1/11")
    frames = list(map(parsed, declared_at("mihon-city", "li-core-1/Te1/1/11", background=True)))
    tagged = [frame for frame in frames if isinstance(frame, Ether) and frame.type == 0x8100]
    assert len(tagged) > len(frames) / 2
    assert all(trunk.allows(tags_of(frame)[0]) for frame in tagged)
    untagged = [frame for frame in frames if frame not in tagged]
    assert {str(frame.dst) for frame in untagged} <= {"01:80:c2:00:00:00", "01:80:c2:00:00:0e"}
    plain = map(parsed, declared_at("mihon-city", "L-SANI"))
    assert all(tags_of(frame) == [] for frame in plain)
    asked = synthesised_frames(topology, "L-SANI", background=False, tagged=True)
    assert {tuple(tags_of(parsed(frame))) for frame in asked} == {(213,)}


def test_an_interface_shows_only_what_it_sends_and_takes() -> None:
    """And what is flooded to it; its segment shows more."""
    frames = [parsed(f) for f in declared_at("mihon-city", "san-file/inner", background=True)]
    packets = [p for p in map(header, frames) if p is not None and p.protocol == 6]
    assert packets
    assert all("10.20.13.12" in (str(p.source), str(p.destination)) for p in packets)
    assert len(frames) < len(declared_at("mihon-city", "L-SANI", background=True))


def test_background_is_what_the_design_has() -> None:
    """VRRP where an address is shared, IPv6 where a prefix is planned, DHCP where one is needed."""
    kinds = {
        place: {f.comment for f in declared_at("mihon-city", place, background=True)}
        for place in ("L-TERM-1F", "M-LINK", "LM-LINE")
    }
    always = {"background: stp", "background: lldp"}
    assert all(always <= found for found in kinds.values())
    assert {"background: vrrp", "background: dhcp", "background: ra"} <= kinds["L-TERM-1F"]
    assert "background: vrrp" in kinds["M-LINK"]
    assert not {"background: dhcp", "background: ra", "background: nd"} & kinds["M-LINK"]
    assert "background: vrrp" not in kinds["LM-LINE"]


def test_remote_maintenance_keeps_its_hours() -> None:
    """The window is 09:00 to 17:00 in Japan."""
    frames = synthesised_frames(design("mihon-city"), "L-MGMT", flows=["hoshu"], background=False)
    hours = {(frame.time_ns // 3_600_000_000_000 + 9) % 24 for frame in frames}
    assert hours
    assert hours <= set(range(9, 17))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"at": "L-SRX"}, "synthesise.no-place"),
        ({"at": "fw/p2"}, "synthesise.no-place"),
        ({"at": "L-SRV", "flows": ["nothing"]}, "synthesise.no-flow"),
        ({"at": "L-SRV", "violations": ["nothing"]}, "synthesise.no-case"),
        ({"at": "L-SRV", "violations": ["wrong-mac"]}, "synthesise.not-here"),
    ],
)
def test_what_cannot_be_is_an_error(arguments: dict[str, object], code: str) -> None:
    """A place, flow or case that does not exist is named, never passed over."""
    with pytest.raises((NoSuchPlaceError, CannotSynthesiseError)) as caught:
        synthesise(design("minimal"), **arguments)  # type: ignore[arg-type]
    error = caught.value
    assert isinstance(error, NoSuchPlaceError | CannotSynthesiseError)
    assert error.reason.code == code
