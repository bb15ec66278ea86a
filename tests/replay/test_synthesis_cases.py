"""Each case holds what its name says, and nothing else is wrong with it."""

from ipaddress import ip_address

import pytest

pytest.importorskip("scapy")

from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.inet6 import ICMPv6ND_RA, IPv6, IPv6ExtHdrFragment
from scapy.layers.l2 import ARP, Ether

from tests.replay.synthesised import case_at, declared_at, design, header, parsed, tags_of
from zonecheck.model.address import IPAddress
from zonecheck.model.topology import Topology
from zonecheck.replay.declared_flows import declared_parts, flows_of, is_declared
from zonecheck.replay.fragments import fragments
from zonecheck.replay.scapy_frames import Content
from zonecheck.replay.synthesise import synthesised_frames
from zonecheck.replay.synthesise_cases import CASES, cases_here
from zonecheck.replay.synthesise_scene import Scene
from zonecheck.report.words import all_words

CITY = "mihon-city"
WHERE = {
    "mail-attachment": "L-SANI",
    "wrong-mac": "M-LINK",
    "foreign-vlan": "li-core-1/Te1/1/11",
    "double-tag": "L-SANI",
    "ipv6-crossing": "L-TERM-1F",
    "smb-crossing": "L-TERM-1F",
    "open-resolver": "I-TERM",
    "outside-window": "L-MGMT",
    "undeclared-answer": "I-DMZ",
    "unknown-mac": "M-LINK",
    "nat-rewritten": "LGWAN-LINE",
    "fragments": "I-CPE",
    "icmp-errors": "M-LINK",
    "background": "L-TERM-1F",
}


def _packets(case: str) -> list[Ether]:
    return [parsed(frame) for frame in case_at(CITY, WHERE[case], case)]


def _zone(topology: Topology, address: IPAddress) -> str | None:
    for segment in topology.segments:
        if any(address in prefix for prefix in segment.prefixes):
            return segment.zone
    return None


def _macs(topology: Topology) -> set[str]:
    return {card.mac for host in topology.hosts for card in host.interfaces if card.mac}


def test_every_case_is_somewhere_in_the_city_and_has_its_words() -> None:
    """And comments tell violations from what must be tolerated."""
    assert WHERE.keys() == CASES.keys()
    for name, case in CASES.items():
        frames = case_at(CITY, WHERE[name], name)
        kind = "tolerated" if case.tolerated else "violation"
        own = {f"{kind}: {name}"}
        assert {frame.comment for frame in frames} == own or name == "background"
        assert f"synthesise.case-{name}" in all_words()


@pytest.mark.parametrize("place", ["L-TERM", "L-SRV", "I-SANI", "I-EDGE", "fw/p1", "M-TERM"])
def test_a_case_is_here_or_says_that_it_cannot_be(place: str) -> None:
    """On the smallest topology too; what is said to be possible is."""
    here = cases_here(Scene(design("minimal"), place, 0))
    assert "background" in here
    for name in here:
        assert case_at("minimal", place, name)


def test_the_cases_do_not_change_what_is_declared() -> None:
    """Their frames come on top; sessions of their own have ports of their own."""
    plain = declared_at(CITY, "L-SANI")
    mixed = synthesised_frames(
        design(CITY), "L-SANI", background=False, violations=["mail-attachment", "smb-crossing"]
    )
    assert [frame for frame in mixed if frame.comment.startswith("declared")] == list(plain)
    added = [frame for frame in mixed if not frame.comment.startswith("declared")]
    known = {header(parsed(frame)) for frame in plain}
    assert added
    assert not {header(parsed(frame)) for frame in added} & known


def test_the_mail_has_an_attachment_that_declared_mail_has_not() -> None:
    """It is handed from the sanitiser to the mail server."""
    said = b"".join(bytes(p[TCP].payload) for p in _packets("mail-attachment"))
    assert b"Content-Disposition: attachment" in said
    assert {p[IP].src for p in _packets("mail-attachment")} == {"10.20.13.11", "10.20.10.25"}
    plain = b"".join(frame.data for frame in declared_at(CITY, "L-SANI"))
    assert b"Content-Type: text/plain" in plain
    assert b"attachment" not in plain


def test_the_wrong_mac_address_has_the_right_addresses() -> None:
    """Header by header it is a specific flow; only the MAC address is nobody's."""
    topology = design(CITY)
    opener = _packets("wrong-mac")[0]
    packet = header(opener)
    assert packet is not None
    assert is_declared(topology, packet)
    assert opener.src not in _macs(topology)
    assert {p.dst for p in _packets("wrong-mac") if p[IP].dst == opener[IP].src} == {opener.src}


def test_the_foreign_tag_is_of_another_zone() -> None:
    """The packet stays within one segment; its tag is of another."""
    topology = design(CITY)
    (frame,) = _packets("foreign-vlan")
    zones = {s.zone for s in topology.segments if s.vlan == tags_of(frame)[0]}
    own = {_zone(topology, address) for address in _ends(frame)}
    assert zones
    assert not zones & own


def _ends(frame: Ether) -> list[IPAddress]:
    return [ip_address(frame[IP].src), ip_address(frame[IP].dst)]


def test_two_tags_are_the_native_vlan_and_one_of_another_zone() -> None:
    """Outside the VLAN of the segment, or the native one of the trunk."""
    topology = design(CITY)
    (frame,) = _packets("double-tag")
    outer, inner = tags_of(frame)
    assert outer == topology.segment_by_id["L-SANI"].vlan
    zone = topology.segment_by_id["L-SANI"].zone
    assert zone not in {s.zone for s in topology.segments if s.vlan == inner}
    (trunk,) = (parsed(f) for f in case_at(CITY, "li-core-1/Te1/1/11", "double-tag"))
    assert tags_of(trunk)[0] == topology.device_by_id["li-core-1"].port("Te1/1/11").native


def test_the_router_advertised_is_nobodys_and_leads_to_another_zone() -> None:
    """A session follows the advertisement, over that router, to another zone."""
    topology = design(CITY)
    first, *rest = _packets("ipv6-crossing")
    assert ICMPv6ND_RA in first
    assert first.src not in _macs(topology)
    opener = header(rest[0])
    assert opener is not None
    assert opener.version == 6
    assert rest[0].dst == first.src
    assert not is_declared(topology, opener)
    assert _zone(topology, opener.source) != _zone(topology, opener.destination)


@pytest.mark.parametrize(
    ("case", "zones", "service"),
    [
        ("smb-crossing", ("lgwan", "internet"), (6, 445)),
        ("open-resolver", ("internet", None), (17, 53)),
    ],
)
def test_a_crossing_is_declared_by_nobody(
    case: str, zones: tuple[str | None, str | None], service: tuple[int, int]
) -> None:
    """It opens in the one zone and ends in the other, and is answered."""
    topology = design(CITY)
    opener, answer = (header(p) for p in _packets(case)[:2])
    assert opener is not None
    assert answer is not None
    assert (_zone(topology, opener.source), _zone(topology, opener.destination)) == zones
    assert (opener.protocol, opener.destination_port) == service
    assert not is_declared(topology, opener)
    assert answer.answers(opener)


def test_remote_maintenance_outside_its_window_is_declared_but_for_the_hour() -> None:
    """The window is 09:00 to 17:00 in Japan."""
    frames = case_at(CITY, WHERE["outside-window"], "outside-window")
    hours = {(frame.time_ns // 3_600_000_000_000 + 9) % 24 for frame in frames}
    assert not hours & set(range(9, 17))
    opener = header(parsed(frames[0]))
    assert opener is not None
    assert is_declared(design(CITY), opener)
    assert opener.destination_port == 3389


def test_the_undeclared_answer_answers_nothing_declared() -> None:
    """A SYN-ACK of a server of ours, from a port that no leg leads to."""
    (frame,) = _packets("undeclared-answer")
    packet = header(frame)
    assert packet is not None
    assert frame[TCP].flags == "SA"
    opener = packet.reply()
    assert opener is not None
    assert not is_declared(design(CITY), opener.with_flag(established=False))
    assert _zone(design(CITY), packet.source) == "dmz"


def test_the_unknown_mac_address_claims_a_declared_address() -> None:
    """That of a host whose own MAC address the design declares, so that it can be refuted."""
    topology = design(CITY)
    told, asks = (p[ARP] for p in _packets("unknown-mac"))
    assert told.hwsrc == asks.hwsrc
    assert told.hwsrc not in _macs(topology)
    cards = [card for host in topology.hosts for card in host.interfaces if card.mac]
    assert told.psrc in {str(item) for card in cards for item in card.addresses}


def test_translated_sessions_are_on_both_sides_with_other_addresses() -> None:
    """With the same seed, and the same numbers."""
    outside = {p[TCP].seq: p[IP].src for p in _packets("nat-rewritten") if TCP in p}
    frames = case_at(CITY, "M-LINK", "nat-rewritten")
    inside = {p[TCP].seq: p[IP].src for p in map(parsed, frames) if TCP in p}
    shared = inside.keys() & outside.keys()
    assert len(shared) > 10
    assert any(inside[number] != outside[number] for number in shared)


def test_fragments_are_one_packet_of_which_only_the_first_piece_has_ports() -> None:
    """They follow each other without a gap."""
    pieces = [p for p in _packets("fragments") if p[IP].frag or p[IP].flags == "MF"]
    assert len(pieces) == 3
    assert len({p[IP].id for p in pieces}) == 1
    assert [UDP in p or TCP in p for p in pieces] == [True, False, False]
    at = 0
    for piece in pieces:
        assert piece[IP].frag * 8 == at
        at += piece[IP].len - 20
    assert pieces[-1][IP].flags == 0


def test_fragments_of_ipv6_have_the_header_for_it() -> None:
    """The same for the other version."""
    scene = Scene(design(CITY), "SECCLOUD-LINE", 0)
    flows = [flow for part in declared_parts(scene) for flow in flows_of(scene, part, 2)]
    way = next(flow.there for flow in flows if flow.opener.version == 6)
    pieces = [parsed(frame) for frame in fragments(scene, way, Content(payload=bytes(3000)), 0, "")]
    assert len(pieces) == 3
    assert [piece[IPv6ExtHdrFragment].m for piece in pieces] == [1, 1, 0]
    assert len({piece[IPv6].src for piece in pieces}) == 1


def test_icmp_errors_quote_a_declared_packet() -> None:
    """One of a router on the way, one of the end, about the packet before them."""
    opener, *errors = _packets("icmp-errors")
    packet = header(opener)
    assert packet is not None
    assert is_declared(design(CITY), packet)
    assert [error[ICMP].type for error in errors] == [11, 3]
    for error in errors:
        quoted = error[ICMP].payload
        ends = quoted.src, quoted.dst, quoted.payload.sport, quoted.payload.dport
        assert ends == (opener[IP].src, opener[IP].dst, opener[TCP].sport, opener[TCP].dport)
        assert error[IP].dst == opener[IP].src
