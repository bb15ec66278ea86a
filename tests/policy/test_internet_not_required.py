"""Terminals that need no Internet have no way there, whoever relays and wherever it stands."""

from pathlib import Path

import pytest

from tests.policy.designs import missing
from tests.policy.overlaid import judged, overlaid
from zonecheck.policy import CheckResult, Status
from zonecheck.policy.verdict import PacketPath

CHECK = "internet-not-required-terminal"
BASE = (
    "{add: zones, value: {dmz: {ja: 公開系}, staff: {ja: 内部情報系}}}",
    (
        "{add: segments.DMZ, value: {zone: dmz, prefix: 10.35.0.0/24, nac: mac-auth,"
        " ip_source_guard: true, port_security: true}}"
    ),
    (
        "{add: segments.STAFF, value: {zone: staff, prefix: 10.36.0.0/24, nac: dot1x,"
        " ip_source_guard: true, port_security: true}}"
    ),
    (
        "{add: hosts.d-proxy, value: {segment: DMZ, ip: 10.35.0.80, role: server,"
        " listens: {services: [tcp/8080], basis: b}, attributes: {ownership: body}}}"
    ),
    (
        "{add: hosts.d-relay, value: {segment: DMZ, ip: 10.35.0.81, role: server,"
        " listens: {services: [tcp/8080], basis: b}, attributes: {ownership: body}}}"
    ),
    "{add: devices.fw.interfaces.dmz, value: {segment: DMZ, ip: 10.35.0.1, reverse_path: strict}}",
    (
        "{add: devices.fw.interfaces.staff, value: {segment: STAFF, ip: 10.36.0.1,"
        " reverse_path: strict}}"
    ),
    (
        "{set: devices.fw.zones, value: [マイナンバー利用事務系, LGWAN接続系, インターネット接続系,"
        ' "ext:lgwan", dmz, staff]}'
    ),
    "{insert: devices.cpe.routes, value: {to: 10.35.0.0/24, via: 10.99.0.1}}",
    (
        "{add: systems.r, value: {ledger: 台帳-96, importance: C, hosts: d-relay, clients: [],"
        " service: tcp/8080, admins: [], provides: RELAYS}}"
    ),
    (
        "{add: systems.p, value: {ledger: 台帳-95, importance: C, hosts: d-proxy, clients: [],"
        " service: tcp/8080, admins: [], provides: PROVIDES}}"
    ),
)
OUT = (
    "{insert: devices.fw.rules, value: {name: D2, in: dmz, out: cloud, from: d-proxy,"
    " to: cloud/proxy, service: tcp/8080, action: permit}}"
)


def permit(destination: str) -> str:
    """Return the rule that lets the terminal open a host."""
    return (
        f"{{insert: devices.fw.rules, value: {{name: D3, from: s-term, to: {destination},"
        " service: tcp/8080, action: permit}}"
    )


def of(
    folder: Path,
    *changes: str,
    required: str = "internet_required: false",
    provides: str = "proxy",
    relays: str = "proxy",
) -> CheckResult:
    """Return the verdict where a terminal stands beside a DMZ."""
    terminal = (
        "{add: hosts.s-term, value: {segment: STAFF, ip: 10.36.0.10, role: terminal,"
        f" listens: {{services: [], basis: b}}, attributes: {{ownership: body, {required}}}}}}}"
    )
    base = [c.replace("PROVIDES", provides).replace("RELAYS", relays) for c in BASE]
    return judged(overlaid(folder, "fuefuki", *base, terminal, *changes), CHECK)[CHECK]


@pytest.mark.parametrize("provides", ["proxy", "file-store"])
def test_a_host_that_opens_to_the_internet_is_a_way_there_wherever_it_stands(
    provides: str, tmp_path: Path
) -> None:
    """Whatever it is said to provide; one that does not is none."""
    found = of(tmp_path, OUT, permit("d-proxy"), provides=provides)
    assert found.status is Status.VIOLATED
    assert all(isinstance(f.counterexample, PacketPath) for f in found.findings)
    assert of(tmp_path, permit("d-proxy"), provides=provides).status is Status.HOLDS


def test_relays_in_a_row_are_a_way(tmp_path: Path) -> None:
    """They stand in one segment: the first opens the second, which opens the Internet."""
    assert of(tmp_path, OUT, permit("d-relay")).status is Status.VIOLATED
    assert of(tmp_path, permit("d-relay")).status is Status.HOLDS


def test_a_host_that_is_no_relay_uses_the_proxy_for_itself(tmp_path: Path) -> None:
    """A file store next to a proxy is not yet a way for those who use the store."""
    assert of(tmp_path, OUT, permit("d-relay"), relays="file-store").status is Status.HOLDS


def test_who_does_not_say_whether_it_needs_the_internet_is_asked(tmp_path: Path) -> None:
    """As for every other way there."""
    found = of(tmp_path, OUT, permit("d-proxy"), required="mfa: [knowledge]")
    assert found.status is Status.UNKNOWN
    assert "missing.attribute" in missing(found)
    needed = of(tmp_path, OUT, permit("d-proxy"), required="internet_required: true")
    assert needed.status is Status.HOLDS
