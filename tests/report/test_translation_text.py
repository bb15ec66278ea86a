"""Traces show what became of addresses."""

import json
from dataclasses import replace
from ipaddress import ip_address, ip_interface, ip_network

from tests.published import published
from zonecheck.model.address import AddressRange
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, DeviceKind, L3Interface, PolicyRoute
from zonecheck.model.filter import AddressMatch
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.model.segment import Segment
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.questions.trace import TraceView
from zonecheck.report.machine.trace_json import render_trace_json
from zonecheck.report.text.trace import render_trace_text
from zonecheck.simulate import Packet, Sessions, Simulator

SEGMENTS = (
    Segment("in", prefixes=(ip_network("10.2.0.0/24"),)),
    Segment("out", prefixes=(ip_network("192.0.2.0/24"),)),
)
SERVER = AttachmentPoint(AttachmentKind.HOST, "server", "eth0")
GUEST = AttachmentPoint(AttachmentKind.HOST, "guest", "eth0")


def one(address: str) -> AddressRange:
    """Return the range of one address."""
    return AddressRange.of_address(ip_address(address))


def network() -> Topology:
    """Return a firewall that publishes a server and hides it."""
    table = (
        NatRule(
            "規則1",
            DESTINATION_NAT,
            destinations=AddressMatch((one("203.0.113.80"),)),
            destination_to=one("10.2.0.10"),
            source=Source("city.yaml", 7, 3),
        ),
        NatRule("規則2", SOURCE_NAT, source_to=(one("192.0.2.1"),), out_interfaces=("o",)),
    )
    faces = (
        L3Interface("i", "in", (ip_interface("10.2.0.1/24"),)),
        L3Interface("o", "out", (ip_interface("192.0.2.1/24"),)),
    )
    hosts = (
        Host("server", (HostInterface("eth0", "in", (one("10.2.0.10"),)),)),
        Host("guest", (HostInterface("eth0", "out", (one("192.0.2.9"),)),)),
    )
    firewall = Device("fw", DeviceKind.FIREWALL, faces, nat=table)
    return Topology("t", segments=SEGMENTS, hosts=hosts, devices=(firewall,))


def udp(source: str, destination: str, source_port: int, destination_port: int) -> Packet:
    """Return a UDP packet."""
    return Packet(ip_address(source), ip_address(destination), 17, source_port, destination_port)


def view(
    topology: Topology,
    packet: Packet,
    origin: AttachmentPoint,
    sessions: Sessions = Sessions.NONE,
) -> TraceView:
    """Return what becomes of a packet, ready to be shown."""
    trace = Simulator(topology, Closure.UPPER).send(packet, origin, sessions)
    return TraceView(packet, origin, "server", None, trace, forged=False)


SENT = udp("192.0.2.9", "203.0.113.80", 5000, 53)


def test_a_translated_destination_is_shown_with_its_rule_and_line() -> None:
    """Next to the packet that arrives."""
    found = view(network(), SENT, GUEST)
    ja, en = render_trace_text(found, "ja"), render_trace_text(found, "en")
    assert "宛先変換 203.0.113.80:53 -> 10.2.0.10:53 (fw nat 規則1)  city.yaml:7" in ja
    assert "destination translated 203.0.113.80:53 -> 10.2.0.10:53 (fw nat 規則1)" in en
    assert "udp 192.0.2.9:5000 -> 10.2.0.10:53" in ja
    assert "udp 192.0.2.9:5000 -> 203.0.113.80:53" in ja.splitlines()[0]


def test_a_restored_reply_names_the_packet_that_was_translated_first() -> None:
    """The state that gives the address back."""
    sessions = view(network(), SENT, GUEST).trace.sessions
    found = view(network(), udp("10.2.0.10", "192.0.2.9", 53, 5000), SERVER, sessions)
    text = render_trace_text(found, "ja")
    assert "応答の送信元を戻す 10.2.0.10:53 -> 203.0.113.80:53 (fw nat 規則1" in text
    assert str(SENT) in text
    assert "source of a reply restored" in render_trace_text(found, "en")


def test_a_reply_to_a_hidden_sender_is_shown() -> None:
    """Its destination is given back."""
    sessions = view(network(), udp("10.2.0.10", "192.0.2.9", 7, 8), SERVER).trace.sessions
    found = view(network(), udp("192.0.2.9", "192.0.2.1", 8, 7), GUEST, sessions)
    assert "応答の宛先を戻す 192.0.2.1:7 -> 10.2.0.10:7 (fw nat 規則2" in render_trace_text(
        found, "ja"
    )


def test_json_says_the_same() -> None:
    """Before, after, the rule and what is undone; nothing where nothing is translated."""
    document = published(render_trace_json(view(network(), SENT, GUEST)))
    hops = [hop for each in document["deliveries"] for hop in each["hops"]]
    steps = [step for hop in hops for step in hop.get("translations", ())]
    assert {(s["kind"], s["rule"], s["after"]["destination"]) for s in steps} == {
        ("destination", "規則1", "10.2.0.10")
    }
    assert {each.get("packet", {}).get("destination") for each in document["deliveries"]} == {
        "10.2.0.10"
    }
    plain = replace(network(), devices=(replace(network().devices[0], nat=()),))
    direct = replace(SENT, destination=ip_address("10.2.0.10"))
    untouched = published(render_trace_json(view(plain, direct, GUEST)))
    assert untouched["deliveries"]
    assert not any("packet" in each for each in untouched["deliveries"])
    assert "translations" not in json.dumps(untouched)


def test_a_policy_route_is_named() -> None:
    """With the line where it is written."""
    entry = PolicyRoute("via-lan", interface="i", source=Source("city.yaml", 9, 1))
    firewall = replace(network().devices[0], nat=(), policy_routes=(entry,))
    found = view(replace(network(), devices=(firewall,)), SENT, GUEST)
    assert "ポリシー経路 via-lan  city.yaml:9" in render_trace_text(found, "ja")
    assert "policy route via-lan" in render_trace_text(found, "en")
