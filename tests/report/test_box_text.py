"""Packet sets as people read them."""

from ipaddress import ip_address, ip_network

import pytest

from tests.report import samples
from zonecheck.packets import Box, Interval, PacketSet, PacketSpace
from zonecheck.report.known_names import KnownNames
from zonecheck.report.text.box import (
    address_range,
    address_set,
    box_lines,
    service_summary,
    service_text,
)
from zonecheck.report.text.columns import aligned, cells, pad

SPACE = PacketSpace()
NAMES = KnownNames(samples.topology())


def _only(headers: PacketSet) -> Box:
    (box,) = headers.boxes()
    return box


def _net(text: str) -> Interval:
    network = ip_network(text)
    return int(network.network_address), int(network.broadcast_address)


def _address(text: str) -> Interval:
    return int(ip_address(text)), int(ip_address(text))


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        ("10.0.0.1", "10.0.0.1", "10.0.0.1"),
        ("10.0.0.0", "10.0.0.255", "10.0.0.0/24"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.1-10.0.0.2"),
        ("0.0.0.0", "255.255.255.255", "0.0.0.0/0"),
        ("2001:db8::", "2001:db8::ffff:ffff:ffff:ffff", "2001:db8::/64"),
    ],
)
def test_intervals_are_addresses_prefixes_or_ranges(low: str, high: str, text: str) -> None:
    """An interval is said in the shortest exact form."""
    first = ip_address(low)
    assert address_range(first.version, (int(first), int(ip_address(high)))) == text


@pytest.mark.parametrize(
    ("intervals", "name"),
    [
        ((_address("10.10.10.21"),), "m-srv"),
        ((_net("10.20.20.0/24"),), "L-TERM"),
        ((_address("10.30.60.2"),), "internet/isp"),
        ((_address("192.0.2.25"),), "internet/relay"),
        ((_address("10.20.20.1"),), "fw/l"),
        ((_address("10.10.10.21"), _address("10.20.20.15")), "m-srv,l-term"),
        ((_net("10.20.20.0/25"),), "10.20.20.0/25"),
        ((_net("0.0.0.0/0"),), "any"),
        ((_net("0.0.0.0/1"), _net("128.0.0.0/2"), _net("192.0.0.0/3")), "any but 224.0.0.0/3"),
    ],
)
def test_addresses_go_by_their_names_where_these_fit_exactly(
    intervals: tuple[Interval, ...], name: str
) -> None:
    """A name stands for exactly the addresses it has in the design."""
    assert address_set(4, intervals, NAMES, "en") == name


def test_unclaimed_addresses_of_a_segment_have_a_name() -> None:
    """What a segment has left is said as such."""
    low, high = _net("10.20.20.0/24")
    rest = ((low, low), (low + 2, low + 14), (low + 16, high))
    assert address_set(4, rest, NAMES, "en") == "unclaimed in L-TERM"


def test_services() -> None:
    """Ports and types are said with their protocol, and the TCP state where it matters."""
    web = SPACE.box(4, protocols=[(6, 6)], dst_ports=[(443, 443)])
    assert service_text(_only(web), "en") == "tcp/443"
    assert service_text(_only(web & SPACE.box(flags=[(1, 1)])), "en") == "tcp/443 (established)"
    assert service_text(_only(SPACE.box(4, protocols=[(1, 1)], dst_ports=[(8, 8)])), "en") == (
        "icmp/8"
    )
    assert service_text(_only(SPACE.box(4, protocols=[(50, 50)])), "en") == "esp"
    assert service_text(_only(SPACE.box(4, protocols=[(99, 99)])), "en") == "proto/99"


def test_a_summary_says_the_version_only_where_the_versions_differ() -> None:
    """What holds for IPv4 and IPv6 alike is said once."""
    both = SPACE.box(protocols=[(6, 6)], dst_ports=[(443, 443)])
    four = SPACE.box(4, protocols=[(17, 17)], dst_ports=[(53, 53)])
    assert service_summary((both | four).boxes(), "en") == ["tcp/443", "IPv4 udp/53"]


def test_everything_is_any() -> None:
    """The set of all headers reads as such, fragments going without saying."""
    assert box_lines(SPACE.everything.without_own_fragments().boxes(), NAMES, "en") == [
        ("IPv4 any", "any", "-> any"),
        ("IPv6 any", "any", "-> any"),
    ]


def test_source_ports_are_said() -> None:
    """A rule that trusts a source port shows it."""
    headers = SPACE.box(
        4, [_address("10.10.10.21")], [_net("10.20.20.0/24")], [(6, 6)], src_ports=[(80, 80)]
    )
    assert box_lines([_only(headers)], NAMES, "en") == [
        ("tcp", "L-TERM (source port 80)", "-> m-srv")
    ]


def test_japanese_takes_two_cells() -> None:
    """Columns stay aligned when Japanese and Latin text mix."""
    assert cells("違反 ok") == 7
    assert pad("違反", 6) == "違反  "
    lines = aligned([("違反", "a"), ("ok", "b")])
    assert lines == ["違反  a", "ok    b"]
