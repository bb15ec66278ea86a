"""Ends of specific flows that are our own: the Internet area is no peer, and off it means off."""

from pathlib import Path

import pytest

from tests.policy.designs import codes, missing
from tests.policy.overlaid import judged, overlaid
from zonecheck.policy import CheckResult, Status
from zonecheck.policy.verdict import RelayChain

FUEFUKI = "fuefuki"
ISOLATION, OFF = "mynumber-isolation", "peer-not-internet-connected"
MAC = '{set: hosts.i-proxy.mac, value: "00:00:5e:00:53:80"}'
DMZ = (
    "{add: zones, value: {dmz: {ja: 公開系}}}",
    (
        "{add: segments.DMZ, value: {zone: dmz, prefix: 10.35.0.0/24, nac: mac-auth,"
        " ip_source_guard: true, port_security: true}}"
    ),
    (
        "{add: hosts.web, value: {segment: DMZ, ip: 10.35.0.80, mac: '00:00:5e:00:53:90',"
        " role: server, listens: {services: [tcp/443], basis: b}, attributes: {ownership: body}}}"
    ),
    "{add: devices.fw.interfaces.dmz, value: {segment: DMZ, ip: 10.35.0.1, reverse_path: strict}}",
    (
        "{set: devices.fw.zones, value: [マイナンバー利用事務系, LGWAN接続系, インターネット接続系,"
        ' "ext:lgwan", dmz]}'
    ),
    "{insert: devices.cpe.routes, value: {to: 10.35.0.0/24, via: 10.99.0.1}}",
)
PUBLIC = (
    (
        "{insert: devices.fw.rules, value: {name: N, in: cloud, out: dmz,"
        " from: {not: [10.0.0.0/8]}, to: web, service: tcp/443, action: permit}}"
    ),
    "{add: channels.web2, value: {kind: necessary, from: cloud, to: web, service: tcp/443}}",
)
OUTWARD = (
    (
        "{insert: devices.fw.rules, value: {name: O, in: dmz, out: cloud, from: web,"
        " to: cloud/proxy, service: tcp/443, action: permit}}"
    ),
)
BY_THE_PROXY = (
    (
        "{insert: devices.fw.rules, value: {name: P, in: dmz, out: i-srv, from: web, to: i-proxy,"
        " service: tcp/8080, action: permit}}"
    ),
)


def flow(origin: str, destination: str, service: str = "tcp/443") -> tuple[str, str]:
    """Return the changes that declare a specific flow and permit it."""
    return (
        (
            f"{{insert: devices.fw.rules, value: {{name: SF, from: {origin}, to: {destination},"
            f" service: {service}, action: permit}}}}"
        ),
        (
            f"{{add: specific_flows.sf, value: {{from: {origin}, to: {destination},"
            f" service: {service}, bind: [mac, ip, port], clause: 第23条第2項}}}}"
        ),
    )


def of(folder: Path, *changes: str, profile: str = "") -> dict[str, CheckResult]:
    """Return both verdicts on 笛吹 with some changes."""
    return judged(overlaid(folder, FUEFUKI, *changes), ISOLATION, OFF, profile=profile)


@pytest.mark.parametrize(
    "ends", [("i-proxy", "m-srv"), ("m-srv", "i-proxy", "tcp/8080"), ("m-srv", "I-SRV")]
)
@pytest.mark.parametrize("profile", ["", "soumu-alpha", "soumu-beta"])
def test_a_flow_with_an_end_in_the_internet_area_is_no_specific_flow(
    ends: tuple[str, ...], profile: str, tmp_path: Path
) -> None:
    """Whoever opens it: neither is it excused, nor is its end off the Internet."""
    found = of(tmp_path, MAC, *flow(*ends), profile=profile)
    assert found[ISOLATION].status is Status.VIOLATED
    assert found[OFF].status is Status.VIOLATED
    assert codes(found[OFF]) == {f"{OFF}.ours"}


def test_a_device_in_the_internet_area_is_no_better_end_than_a_host(tmp_path: Path) -> None:
    """The router of the line stands there, whether or not anybody has a session with it."""
    found = of(tmp_path, *flow("m-srv", "cpe"))[OFF]
    assert found.status is Status.VIOLATED
    assert codes(found) == {f"{OFF}.area"}


@pytest.mark.parametrize("connection", [PUBLIC, OUTWARD, BY_THE_PROXY])
@pytest.mark.parametrize("ends", [("web", "m-srv"), ("m-srv", "web")])
def test_a_host_of_ours_that_meets_the_internet_is_connected_wherever_it_stands(
    connection: tuple[str, ...], ends: tuple[str, str], tmp_path: Path
) -> None:
    """Opened from there, opening there, or by way of a relay; the way is shown."""
    found = of(tmp_path, *DMZ, *connection, *flow(*ends))[OFF]
    assert found.status is Status.VIOLATED
    assert all(isinstance(f.counterexample, RelayChain) for f in found.findings)
    assert of(tmp_path, *DMZ, *flow(*ends))[OFF].status is Status.HOLDS


def test_a_segment_is_connected_if_anything_in_it_is(tmp_path: Path) -> None:
    """Each of its hosts and free ports is an end of the flow."""
    found = of(tmp_path, *DMZ, *PUBLIC, *flow("DMZ", "m-srv"))[OFF]
    assert found.status is Status.VIOLATED
    assert of(tmp_path, *DMZ, *flow("DMZ", "m-srv"))[OFF].status is Status.HOLDS


@pytest.mark.parametrize("ends", [("m-srv", "l-ops", "tcp/8530"), ("l-ops", "m-srv")])
def test_the_lgwan_area_is_off_the_internet_as_far_as_it_is_kept_so(
    ends: tuple[str, ...], tmp_path: Path
) -> None:
    """Sanitised import and one-way export connect nobody; a session past them does."""
    found = of(tmp_path, *flow(*ends))
    assert {result.status for result in found.values()} == {Status.HOLDS}
    past = (
        (
            "{insert: devices.fw.rules, value: {name: X, in: l-srv, out: cloud, from: l-mail,"
            " to: cloud/proxy, service: tcp/8080, action: permit}}"
        ),
        "{insert: devices.cpe.routes, value: {to: 10.20.10.0/24, via: 10.99.0.1}}",
    )
    assert of(tmp_path, *flow(*ends), *past)[OFF].status is Status.VIOLATED


def test_whether_an_undeclared_network_is_open_decides_of_its_neighbours(tmp_path: Path) -> None:
    """It may be: then the answer is unknown, and names it."""
    unsaid = "{remove: externals.lgwan.openness}"
    found = of(tmp_path, unsaid, *flow("m-srv", "l-ops", "tcp/8530"))[OFF]
    assert found.status is Status.UNKNOWN
    assert "missing.openness" in missing(found)


def test_two_flows_in_a_row_do_not_lead_around_the_sanitiser(tmp_path: Path) -> None:
    """The first of them is no specific flow."""
    second = (
        (
            "{insert: devices.fw.rules, value: {name: SF2, in: m-srv, out: l-srv, from: m-srv,"
            " to: l-ops, service: tcp/8530, action: permit}}"
        ),
        (
            "{add: specific_flows.sf2, value: {from: m-srv, to: l-ops, service: tcp/8530,"
            " bind: [mac, ip, port], clause: 第23条第2項}}"
        ),
    )
    found = of(tmp_path, MAC, *flow("i-proxy", "m-srv"), *second)
    assert {result.status for result in found.values()} == {Status.VIOLATED}


def test_a_closed_network_in_the_internet_area_is_no_peer_either(tmp_path: Path) -> None:
    """What it says of itself does not take it out of the area it is put into."""
    inside = "{add: externals.lgwan.zone, value: インターネット接続系}"
    found = of(tmp_path, inside, "{set: segments.LGWAN.zone, value: インターネット接続系}")
    assert {result.status for result in found.values()} == {Status.VIOLATED}
