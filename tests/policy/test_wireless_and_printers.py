"""Laws of the checks on wireless networks and printers."""

from dataclasses import replace
from ipaddress import ip_network

import pytest

from tests.policy.designs import (
    PROFILE,
    addresses,
    codes,
    host,
    missing,
    permit,
    result,
    router,
    segment,
    tcp,
)
from zonecheck.model.host import Host, HostInterface, Listens
from zonecheck.model.segment import Segment, Wireless
from zonecheck.model.topology import Topology
from zonecheck.policy import Status
from zonecheck.policy.verdict import PacketPath

STRONG = Wireless("wpa3-enterprise")


def ssid(zone: str | None, on: str, wireless: Wireless | None = STRONG) -> Segment:
    """Return an SSID laid on a segment."""
    return Segment(
        "wifi",
        zone,
        prefixes=(ip_network("10.2.0.0/24"),),
        laid_on=on,
        wireless=wireless,
        ip_source_guard=True,
        port_security=True,
    )


def radio(cell: Segment) -> Topology:
    """Return the areas and a guest segment of the design's own, with one SSID."""
    return Topology(
        "radio",
        segments=(
            segment("M", "mynumber", "10.1.0.0/24"),
            segment("L", "lgwan", "10.2.0.0/24"),
            segment("I", "internet", "10.3.0.0/24"),
            segment("G", "guest", "10.4.0.0/24"),
            cell,
        ),
    )


@pytest.mark.parametrize(
    ("zone", "on", "status"),
    [
        ("lgwan", "L", Status.HOLDS),
        ("internet", "I", Status.HOLDS),
        ("guest", "G", Status.HOLDS),
        (None, "L", Status.HOLDS),
        ("mynumber", "M", Status.VIOLATED),
        (None, "M", Status.VIOLATED),
    ],
)
def test_wireless_is_where_the_policy_allows_it(zone: str | None, on: str, status: Status) -> None:
    """The My Number area has none; zones a design adds are not restricted."""
    assert result(radio(ssid(zone, on)), "wlan-zone-allowed").status is status


def test_an_ssid_lies_in_the_zone_of_the_segment_it_is_laid_on() -> None:
    """A guest SSID on a staff VLAN is in both."""
    found = result(radio(ssid("guest", "L")), "wlan-zone-allowed")
    assert codes(found) == {"wlan-zone-allowed.other-zone"}
    assert found.findings[0].zones == ("guest", "lgwan")


def test_a_profile_names_the_zones_with_wireless() -> None:
    """What is not in its list is not allowed; without a list all but the My Number area is."""
    topology = radio(ssid("internet", "I"))
    narrow = replace(PROFILE, wlan_zones=("lgwan",))
    assert result(topology, "wlan-zone-allowed", narrow).status is Status.VIOLATED
    silent = replace(PROFILE, wlan_zones=None)
    assert result(topology, "wlan-zone-allowed", silent).status is Status.HOLDS
    in_mynumber = radio(ssid("mynumber", "M"))
    assert result(in_mynumber, "wlan-zone-allowed", silent).status is Status.VIOLATED


def test_an_ssid_without_a_zone_may_lie_anywhere() -> None:
    """Until its zone is declared it may be the My Number area."""
    bare = radio(ssid(None, "X"))
    topology = replace(bare, segments=(*bare.segments, replace(segment("X", None, "10.5.0.0/24"))))
    found = result(topology, "wlan-zone-allowed")
    assert found.status is Status.UNKNOWN
    assert "missing.zone" in missing(found)


@pytest.mark.parametrize("auth", ["wpa2-enterprise", "wpa3-enterprise"])
def test_802_1x_is_strong(auth: str) -> None:
    """Enterprise authentication holds, taken on trust in the ledger."""
    found = result(radio(ssid("lgwan", "L", Wireless(auth))), "wlan-strong-auth")
    assert found.status is Status.HOLDS
    assert ("wlan-auth", "wifi") in {(a.id, a.subject) for a in found.assumptions}


@pytest.mark.parametrize("auth", ["open", "wep", "wpa2-psk", "wpa3-sae"])
def test_anything_else_is_weak(auth: str) -> None:
    """A shared key is known to whoever ever had it."""
    found = result(radio(ssid("lgwan", "L", Wireless(auth))), "wlan-strong-auth")
    assert found.status is Status.VIOLATED


@pytest.mark.parametrize("wireless", [None, Wireless()])
def test_undeclared_authentication_is_unknown(wireless: Wireless | None) -> None:
    """An SSID that says nothing never holds."""
    found = result(radio(ssid("lgwan", "L", wireless)), "wlan-strong-auth")
    assert found.status is Status.UNKNOWN
    assert missing(found) == {"missing.wlan-auth"}


@pytest.mark.parametrize(
    ("zone", "on", "status"),
    [
        ("guest", "G", Status.HOLDS),
        ("lgwan", "L", Status.VIOLATED),
        ("internet", "I", Status.VIOLATED),
    ],
)
def test_an_ssid_for_guests_lies_in_no_area(zone: str, on: str, status: Status) -> None:
    """It may be open, but not inside."""
    found = result(radio(ssid(zone, on, Wireless("open", guest=True))), "wlan-strong-auth")
    assert found.status is status


def test_designs_without_radio_hold_vacuously() -> None:
    """No SSID, nothing to ask."""
    bare = radio(ssid("lgwan", "L"))
    wired = replace(bare, segments=bare.segments[:-1])
    for check in ("wlan-zone-allowed", "wlan-strong-auth"):
        assert result(wired, check).vacuous


# --- mfp-single-zone --------------------------------------------------------------------------


def printer(fax: str | None = "none", **more: object) -> Host:
    """Return a printer in the LGWAN area."""
    plain = Host("mfp", (HostInterface("eth0", "L", addresses("10.2.0.50")),), role="mfp", fax=fax)
    return replace(plain, **more)  # type: ignore[arg-type]


def office(mfp: Host, *rules: object) -> Topology:
    """Return a printer in the LGWAN area, a firewall, and hosts at both sides of it."""
    fw = router("fw", {"l": ("L", "10.2.0.1/24"), "i": ("I", "10.3.0.1/24")}, {}, *rules)  # type: ignore[arg-type]
    return Topology(
        "office",
        segments=(
            segment("L", "lgwan", "10.2.0.0/24"),
            segment("I", "internet", "10.3.0.0/24"),
        ),
        hosts=(mfp, host("l-pc", "L", "10.2.0.10"), host("i-pc", "I", "10.3.0.10")),
        devices=(fw,),
    )


@pytest.mark.parametrize(
    ("fax", "status"),
    [
        ("none", Status.HOLDS),
        ("isolated", Status.HOLDS),
        ("bridged", Status.VIOLATED),
        (None, Status.UNKNOWN),
    ],
)
def test_the_telephone_line_of_a_printer_is_not_bridged(fax: str | None, status: Status) -> None:
    """Bridged is a second network; undeclared may be."""
    found = result(office(printer(fax)), "mfp-single-zone")
    assert found.status is status
    assert missing(found) == (set() if fax else {"missing.fax"})


@pytest.mark.parametrize("role", ["mfp", "MFP", "複合機", "printer"])
def test_a_printer_by_any_other_name_is_asked_like_one(role: str) -> None:
    """A role that is not known takes no host out of a check."""
    found = result(office(printer("bridged", role=role)), "mfp-single-zone")
    assert codes(found) == {"mfp-single-zone.fax"}


@pytest.mark.parametrize("role", ["server", "terminal", "iot"])
def test_a_host_that_is_known_to_be_no_printer_is_not_asked_for_its_telephone_line(
    role: str,
) -> None:
    """Servers, terminals and equipment have checks of their own."""
    assert result(office(printer(None, role=role)), "mfp-single-zone").vacuous


def test_a_printer_stands_in_one_zone() -> None:
    """A second card in another area makes it a bridge."""
    second = HostInterface("eth1", "I", addresses("10.3.0.50"))
    both = printer()
    found = result(office(replace(both, interfaces=(*both.interfaces, second))), "mfp-single-zone")
    assert found.status is Status.VIOLATED
    assert "mfp-single-zone.zones" in codes(found)


@pytest.mark.parametrize(
    ("source", "destination", "code"),
    [
        ("10.3.0.10", "10.2.0.50", "mfp-single-zone.reached"),
        ("10.2.0.50", "10.3.0.10", "mfp-single-zone.opens"),
    ],
)
def test_no_session_of_a_printer_leaves_its_zone(source: str, destination: str, code: str) -> None:
    """Neither towards it nor from it, whatever the port."""
    rule = permit(source, destination, tcp(9100))
    found = result(office(printer(), rule), "mfp-single-zone")
    assert code in codes(found)
    assert all(isinstance(f.counterexample, PacketPath) for f in found.findings)
    elsewhere = permit("10.2.0.10", "10.3.0.10", tcp(9100))
    assert result(office(printer(), elsewhere), "mfp-single-zone").status is Status.HOLDS


@pytest.mark.parametrize(
    ("port", "status"), [(9100, Status.HOLDS), (631, Status.HOLDS), (23, Status.VIOLATED)]
)
def test_a_profile_may_ask_what_a_printer_accepts_in_its_zone(port: int, status: Status) -> None:
    """Printing and management are accepted; telnet is not. By default nobody asks."""
    listens = Listens((tcp(port),), "settings sheet")
    card = HostInterface("eth0", "L", addresses("10.2.0.50"), listens=listens)
    topology = office(printer(interfaces=(card,)))
    asking = replace(PROFILE, printer_ports=True)
    assert result(topology, "mfp-single-zone", asking).status is status
    assert result(topology, "mfp-single-zone").status is Status.HOLDS


def test_a_printer_that_does_not_say_what_it_accepts_accepts_everything() -> None:
    """A profile that asks is not content with silence."""
    asking = replace(PROFILE, printer_ports=True)
    found = result(office(printer()), "mfp-single-zone", asking)
    assert codes(found) == {"mfp-single-zone.port"}
