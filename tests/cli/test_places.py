"""Names of places, and the addresses `trace` picks for them."""

import pytest

from tests.report import samples
from zonecheck.cli.failure import Failure
from zonecheck.cli.natural_address import natural_addresses
from zonecheck.cli.packet_choice import asked_service, chosen_packet, destination_of
from zonecheck.cli.places import find_place, single_point

DESIGN = samples.topology()


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("m-srv", ["m-srv/eth0"]),
        ("m-srv/eth0", ["m-srv/eth0"]),
        ("L-TERM", ["L-TERM/*"]),
        ("L-TERM/*", ["L-TERM/*"]),
        ("internet", ["internet/isp"]),
        ("internet/isp", ["internet/isp"]),
        ("internet/relay", ["internet/isp"]),
        ("fw", ["fw/m", "fw/l", "fw/edge"]),
        ("fw/l", ["fw/l"]),
    ],
)
def test_names(name: str, points: list[str]) -> None:
    """Hosts, segments, networks, peers and devices are found by name."""
    assert [str(point) for point in find_place(DESIGN, name).points] == points


@pytest.mark.parametrize("name", ["m-serv", "m-srv/eth9", "", "/", "internet/nobody"])
def test_unknown_names(name: str) -> None:
    """What is not in the design is refused."""
    with pytest.raises(Failure):
        find_place(DESIGN, name)


def test_a_near_name_is_suggested() -> None:
    """A slip of the pen is answered with what may have been meant."""
    with pytest.raises(Failure) as refused:
        find_place(DESIGN, "m-serv")
    assert "m-srv" in refused.value.format_message()


def test_one_point_is_needed_to_send() -> None:
    """A device with several interfaces does not say which of them sends."""
    with pytest.raises(Failure):
        single_point(find_place(DESIGN, "fw"))
    assert str(single_point(find_place(DESIGN, "fw/l"))) == "fw/l"


@pytest.mark.parametrize(
    ("name", "addresses"),
    [
        ("m-srv", {4: "10.10.10.21"}),
        ("l-any", {4: "10.20.20.2", 6: "2001:db8:20::1"}),
        ("L-TERM", {4: "10.20.20.2", 6: "2001:db8:20::1"}),
        ("fw/l", {4: "10.20.20.1"}),
        ("internet/relay", {4: "192.0.2.25"}),
        ("internet", {4: "192.0.2.25", 6: "2001:db8:ffff::10"}),
    ],
)
def test_natural_addresses(name: str, addresses: dict[int, str]) -> None:
    """A place sends with an address it may rightly use, never a network's own."""
    found = natural_addresses(DESIGN, find_place(DESIGN, name))
    assert {version: str(address) for version, address in found.items()} == addresses


@pytest.mark.parametrize(
    ("to", "src", "dst", "text"),
    [
        ("m-srv", None, None, "tcp 10.20.20.15:49152 -> 10.10.10.21:445"),
        ("10.10.10.99", None, None, "tcp 10.20.20.15:49152 -> 10.10.10.99:445"),
        ("m-srv", "192.0.2.1", None, "tcp 192.0.2.1:49152 -> 10.10.10.21:445"),
        ("m-srv", "2001:db8::1", "2001:db8::2", "tcp [2001:db8::1]:49152 -> [2001:db8::2]:445"),
    ],
)
def test_the_packet_of_trace(to: str, src: str | None, dst: str | None, text: str) -> None:
    """Addresses given win over natural ones."""
    service = asked_service(445, None, None, None, established=False)
    origin = find_place(DESIGN, "l-term")
    packet = chosen_packet(DESIGN, service, origin, destination_of(DESIGN, to), (src, dst))
    assert str(packet) == text


def test_echo_requests_fit_the_ip_version() -> None:
    """`--icmp` is an echo request of ICMP or ICMPv6."""
    service = asked_service(None, None, "echo", None, established=False)
    origin = find_place(DESIGN, "l-any")
    six = chosen_packet(
        DESIGN, service, origin, destination_of(DESIGN, "2001:db8::9"), (None, None)
    )
    assert (six.protocol, six.destination_port) == (58, 128)
    four = chosen_packet(DESIGN, service, origin, destination_of(DESIGN, "m-srv"), (None, None))
    assert (four.protocol, four.destination_port) == (1, 8)


@pytest.mark.parametrize(
    ("tcp", "udp", "icmp", "sport", "established"),
    [
        (None, None, None, None, False),
        (1, 2, None, None, False),
        (None, 53, None, None, True),
        (None, None, "echo", 9, False),
        (None, None, "256", None, False),
        (None, None, "x", None, False),
        (None, None, "-1", None, False),
    ],
)
def test_options_that_make_no_packet(
    tcp: int | None, udp: int | None, icmp: str | None, sport: int | None, established: bool
) -> None:
    """Options that contradict each other are refused."""
    with pytest.raises(Failure):
        asked_service(tcp, udp, icmp, sport, established=established)


@pytest.mark.parametrize(
    ("tcp", "sport", "established"), [(80, None, False), (None, 9, False), (None, None, True)]
)
def test_a_fragment_has_nothing_but_a_protocol(
    tcp: int | None, sport: int | None, established: bool
) -> None:
    """Neither a port nor a flag goes with it."""
    with pytest.raises(Failure):
        asked_service(tcp, None, None, sport, established=established, fragment="tcp")
    service = asked_service(None, None, None, None, established=False, fragment="tcp")
    origin = find_place(DESIGN, "l-term")
    packet = chosen_packet(DESIGN, service, origin, destination_of(DESIGN, "m-srv"), (None, None))
    assert (packet.fragment, packet.protocol, packet.destination_port) == (True, 6, 0)


@pytest.mark.parametrize(
    ("src", "dst"), [("10.0.0.1", "2001:db8::1"), ("ten", None), (None, "2001:db8::1")]
)
def test_addresses_that_do_not_fit(src: str | None, dst: str | None) -> None:
    """Both addresses are of one IP version, and addresses they are."""
    service = asked_service(445, None, None, None, established=False)
    origin = find_place(DESIGN, "l-term")
    with pytest.raises(Failure):
        chosen_packet(DESIGN, service, origin, destination_of(DESIGN, "m-srv"), (src, dst))
