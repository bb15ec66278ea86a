"""Section 3: headers and their replies."""

from typing import Any

import pytest

from tests.simulate.networks import ICMP, ICMPV6, TCP, UDP, packet

V4 = ("10.0.0.1", "10.0.0.2")
V6 = ("2001:db8::1", "2001:db8::2")
V4_BACK = (V4[1], V4[0])
V6_BACK = (V6[1], V6[0])


def test_a_header_has_one_ip_version() -> None:
    """Source and destination of different versions make no header."""
    with pytest.raises(ValueError, match="versions"):
        packet("10.0.0.1", "2001:db8::1")


@pytest.mark.parametrize(
    ("protocol", "fields"),
    [
        (256, {}),
        (-1, {}),
        (47, {"destination_port": 1}),
        (47, {"source_port": 1}),
        (ICMP, {"source_port": 1}),
        (ICMP, {"destination_port": 256}),
        (TCP, {"destination_port": 65536}),
        (UDP, {"established": True}),
    ],
)
def test_fields_a_protocol_has_not_are_refused(protocol: int, fields: dict[str, Any]) -> None:
    """Ports, types and the TCP flag exist only where the protocol has them."""
    with pytest.raises(ValueError, match="protocol"):
        packet(*V4, protocol, **fields)


def test_icmp_has_types_on_its_own_ip_version_only() -> None:
    """ICMP on IPv6 and ICMPv6 on IPv4 are protocols without ports."""
    assert packet(*V4, ICMP, destination_port=8).has_type
    assert packet(*V6, ICMPV6, destination_port=128).has_type
    with pytest.raises(ValueError, match="protocol"):
        packet(*V6, ICMP, destination_port=8)
    with pytest.raises(ValueError, match="protocol"):
        packet(*V4, ICMPV6, destination_port=128)


def test_the_reply_swaps_addresses_and_ports() -> None:
    """A UDP reply goes back between the same ports."""
    sent = packet(*V4, UDP, source_port=5, destination_port=53)
    assert sent.reply() == packet(*V4_BACK, UDP, source_port=53, destination_port=5)


@pytest.mark.parametrize("established", [False, True])
def test_a_tcp_reply_is_always_established(established: bool) -> None:
    """Whatever the flag, the answer carries ACK or RST."""
    reply = packet(*V4, TCP, established=established).reply()
    assert reply is not None
    assert reply.established


def test_echo_request_and_echo_reply_answer_each_other_and_no_other_type_is_answered() -> None:
    """Of the ICMP types only the echoes have a reply."""
    for version, protocol, request, answer in ((V4, ICMP, 8, 0), (V6, ICMPV6, 128, 129)):
        asked = packet(*version, protocol, destination_port=request)
        answered = packet(version[1], version[0], protocol, destination_port=answer)
        assert asked.reply() == answered
        assert answered.reply() == asked
        assert packet(*version, protocol, destination_port=3).reply() is None


def test_a_protocol_without_ports_is_answered_between_swapped_addresses() -> None:
    """ESP, and ICMP on the other IP version, answer by the same protocol."""
    assert packet(*V4, 50).reply() == packet(*V4_BACK, 50)
    assert packet(*V6, ICMP).reply() == packet(*V6_BACK, ICMP)


def test_the_packets_of_a_session_are_its_header_and_its_reply_up_to_the_flag() -> None:
    """Either direction counts, other ports do not."""
    opened = packet(*V4, TCP)
    reply = opened.reply()
    assert reply is not None
    assert opened.same_session(packet(*V4, TCP, established=True))
    assert opened.same_session(reply)
    assert reply.same_session(opened)
    assert not opened.same_session(packet(*V4, TCP, destination_port=22))
    echo = packet(*V4, ICMP, destination_port=8)
    assert echo.same_session(packet(*V4_BACK, ICMP, destination_port=0))
    assert not echo.same_session(packet(*V4_BACK, ICMP, destination_port=3))


def test_a_packet_reads_as_people_write_it() -> None:
    """The text names protocol, ends and flag."""
    sent = packet("10.20.20.15", "10.10.10.21", TCP, source_port=49152, destination_port=445)
    assert str(sent) == "tcp 10.20.20.15:49152 -> 10.10.10.21:445"
    assert str(sent.with_flag(established=True)).endswith(":445 established")
    assert str(packet(*V4, ICMP, destination_port=8)) == "icmp/8 10.0.0.1 -> 10.0.0.2"
    assert str(packet(*V6)) == "udp [2001:db8::1]:1000 -> [2001:db8::2]:2000"
    assert str(packet(*V4, 253)) == "proto/253 10.0.0.1 -> 10.0.0.2"
