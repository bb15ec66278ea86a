"""The law of ids where a place has a name: moved, widened or opened it is another finding.

What a waiver permits at a port, a line, an SSID or a platform is what that got to when it was
permitted (docs/waivers.md). Something else elsewhere is no reason for it to lapse.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.policy.overlaid import judged, overlaid
from zonecheck.model.topology import Topology
from zonecheck.policy import Status


@dataclass(frozen=True, slots=True)
class Case:
    """What a finding is made by, and what is changed later under its name."""

    code: str
    given: tuple[str, ...]
    later: tuple[str, ...]

    @property
    def check(self) -> str:
        """Return the check that finds it."""
        return self.code.partition(".")[0]


def platform(guests: str, management: str = "none", apart: str = ", isolation: 設計書") -> str:
    """Return a hypervisor with guests."""
    said = f"guests: [{guests}], management: {management}{apart}"
    return f"{{set: hypervisors, value: {{hv: {{{said}}}}}}}"


def ssid(said: str) -> tuple[str, ...]:
    """Return an SSID."""
    return (f"{{set: ssids, value: {{w: {{{said}}}}}}}",)


def entry(*legs: str) -> str:
    """Return an entry of maintenance with a window that limits nothing."""
    said = f"authentication: mfa, encryption: ipsec, window: 常時, legs: [{', '.join(legs)}]"
    return f"{{set: maintenance, value: {{v: {{{said}}}}}}}"


def beside(joins: str) -> str:
    """Return a path beside the network."""
    return f"{{set: out_of_band, value: {{k: {{medium: lte, joins: [{joins}]}}}}}}"


def lan(port: str, far: str) -> tuple[str, ...]:
    """Return a second switch, cabled to a port of the first."""
    zones = "zone: [インターネット接続系, LGWAN接続系]"
    return (
        f"{{set: devices.sw2, value: {{kind: l2-switch, ports: {{u: {{{far}}}}}}}}}",
        f"{{set: devices.sw.ports.d, value: {{{port}}}}}",
        f"{{insert: links, value: {{between: [sw/d, sw2/u], {zones}}}}}",
    )


EDGE = "externals.lgwan.edges.ss"
GUESTS = (platform("m-term, l-term"),)
SERVERS = (platform("m-srv, l-ops"),)
COMMANDED = (
    (
        "{set: hosts.both, value: {zones: [LGWAN接続系, インターネット接続系], interfaces:"
        " {a: {segment: L-SRV, ip: 10.20.10.77}, b: {segment: I-SRV, ip: 10.30.10.77}}}}"
    ),
    platform("m-term, l-term", "both"),
)
WEAK = ssid("segment: I-TERM, auth: wpa2-personal")
OWN = ssid("segment: I-TERM, zone: LGWAN接続系, auth: wpa2-personal")
GUEST = ssid("segment: I-TERM, guest: true")
DTP = ("{set: devices.sw.ports.p9, value: {mode: access, vlan: 320, dtp: true}}",)
FEWER = "{set: devices.sw.ports.up.allowed, value: [210, 220, 310, 320]}"
MEETS = lan("mode: trunk, allowed: [210, 310, 320], native: 320", "mode: access, vlan: 320")
UNEQUAL = lan("mode: trunk, allowed: [210, 320]", "mode: trunk, allowed: [320]")
NATIVES = lan(
    "mode: trunk, allowed: [210, 310, 320], native: 310",
    "mode: trunk, allowed: [210, 310, 320], native: 320",
)
FOREIGN = lan("mode: trunk, allowed: [110, 320]", "mode: trunk, allowed: [110, 320]")
RETAGGED = "{set: segments.L-SRV.zone, value: マイナンバー利用事務系}"
SWAPPED = (
    "{set: segments.M-SRV.vlan, value: 120}",
    "{set: segments.M-TERM.vlan, value: 110}",
    "{set: devices.fw.interfaces.m-srv.tag, value: 120}",
    "{set: devices.fw.interfaces.m-term.tag, value: 110}",
)
WINDOW = (entry("{from: lgwan/asp, to: l-ops, service: tcp/22}"),)
STAFF = (entry("{from: lgwan/asp, to: l-term, service: tcp/22}"),)
OUTSIDE = (beside("l-term, lgwan"),)
NOBODY = tuple(f"{{remove: {EDGE}.{field}}}" for field in ("purpose", "line", "owner"))
OPEN = "{set: externals.lgwan.openness, value: open}"
PLAIN = (
    f"{{set: {EDGE}.attributes.line_kind, value: internet}}",
    f"{{set: {EDGE}.attributes.encryption, value: none}}",
)
MOVED = (
    f"{{set: {EDGE}.segment, value: M-SRV}}",
    f"{{set: {EDGE}.ip, value: 10.10.10.99}}",
    "{set: devices.fw.routes.1.via, value: 10.10.10.99}",
)
TWICE = (
    "{set: externals.lgwan.edges.two, value: {segment: L-SRV, ip: 10.20.10.98, line: 別の回線}}",
)
VENDOR = ("{set: externals.lgwan.role, value: maintenance}",)
TAGGED = ("{set: externals.lgwan.zone, value: LGWAN接続系}", OPEN)
SERVICE = (
    "{set: externals.cloud.peers.proxy.attributes.cloud, value: true}",
    "{set: externals.cloud.peers.proxy.attributes.region, value: 国外}",
)
CABLED = (
    "{set: hosts.i-pc, value: {interfaces: {eth0: {segment: I-TERM, ip: 10.30.20.77}}}}",
    "{set: devices.sw.ports.p8, value: {mode: access, vlan: 210}}",
    "{insert: links, value: {between: [i-pc/eth0, sw/p8], zone: LGWAN接続系}}",
)
SCREEN = (
    (
        "{set: channels.screen, value: {kind: screen-transfer, initiator: インターネット接続系,"
        " legs: [{from: l-ops, to: i-proxy, service: tcp/3389}]}}"
    ),
)
UNGUARDED = tuple(
    f"{{remove: segments.I-TERM.{key}}}" for key in ("nac", "port_security", "ip_source_guard")
)

CASES = {
    "more guests of a group": Case(
        "shared-platform.zones", GUESTS, ("{set: hosts.m-term.count, value: 500}",)
    ),
    "a guest commands the others": Case(
        "shared-platform.zones", SERVERS, (platform("m-srv, l-ops", "l-ops"),)
    ),
    "nothing says they are apart": Case(
        "shared-platform.zones", SERVERS, (platform("m-srv, l-ops", apart=""),)
    ),
    "more to command": Case(
        "shared-platform.management-zones",
        COMMANDED,
        (platform("m-term, l-term, m-srv", "both"),),
    ),
    "weak radio in another area": Case(
        "wlan-strong-auth.weak", WEAK, ("{set: ssids.w.segment, value: L-TERM}",)
    ),
    "guests on another segment": Case(
        "wlan-strong-auth.guest", GUEST, ("{set: ssids.w.segment, value: I-SRV}",)
    ),
    "a radio of another zone elsewhere": Case(
        "wlan-zone-allowed.other-zone", OWN, ("{set: ssids.w.segment, value: I-SRV}",)
    ),
    "a radio in an area elsewhere": Case(
        "wlan-zone-allowed.zone",
        ssid("segment: M-TERM, auth: wpa2-personal"),
        ("{set: ssids.w.segment, value: M-SRV}",),
    ),
    "an open radio elsewhere": Case(
        "nac-enforced.radio", OWN, ("{set: ssids.w.segment, value: M-TERM}",)
    ),
    "a port that negotiates in another VLAN": Case(
        "trunk-vlan-scope.dtp", DTP, ("{set: devices.sw.ports.p9.vlan, value: 110}",)
    ),
    "more VLANs to negotiate": Case(
        "trunk-vlan-scope.dtp",
        (FEWER, *DTP),
        ("{set: devices.sw.ports.up.allowed, value: [110, 120, 210, 220, 310, 320]}",),
    ),
    "a trunk meets another VLAN": Case(
        "trunk-vlan-scope.meets-access",
        MEETS,
        (
            "{set: devices.sw2.ports.u.vlan, value: 210}",
            "{set: devices.sw.ports.d.native, value: 210}",
        ),
    ),
    "the other end allows it": Case(
        "trunk-vlan-scope.unequal",
        UNEQUAL,
        (
            "{set: devices.sw.ports.d.allowed, value: [320]}",
            "{set: devices.sw2.ports.u.allowed, value: [210, 320]}",
        ),
    ),
    "a VLAN of one end in another area": Case("trunk-vlan-scope.unequal", UNEQUAL, (RETAGGED,)),
    "other natives": Case(
        "trunk-vlan-scope.native-differs",
        NATIVES,
        ("{set: devices.sw.ports.d.native, value: 210}",),
    ),
    "a native in use in another area": Case(
        "trunk-vlan-scope.native-used",
        lan("mode: trunk, allowed: [210], native: 210", "mode: trunk, allowed: [210], native: 210"),
        (RETAGGED,),
    ),
    "another segment of a zone left out": Case("trunk-vlan-scope.foreign", FOREIGN, SWAPPED),
    "other legs without hours": Case(
        "admin-session-window.unclear",
        WINDOW,
        (entry("{from: lgwan/asp, to: l-mail, service: tcp/1-1000}"),),
    ),
    "anything without hours": Case(
        "admin-session-window.unclear",
        WINDOW,
        (entry("{from: cloud, to: m-srv, service: any}"),),
    ),
    "more terminals without hours": Case(
        "admin-session-window.unclear", STAFF, ("{set: hosts.l-term.count, value: 500}",)
    ),
    "an unregistered path from elsewhere": Case(
        "external-attachment-registered.absent", OUTSIDE, (beside("m-srv, lgwan"),)
    ),
    "an unregistered path of more terminals": Case(
        "external-attachment-registered.absent",
        OUTSIDE,
        ("{set: hosts.l-term.count, value: 500}",),
    ),
    "an unregistered line to anyone": Case(
        "external-attachment-registered.absent", NOBODY, (OPEN,)
    ),
    "one more system behind an unregistered line": Case(
        "external-attachment-registered.absent",
        NOBODY,
        ("{set: externals.lgwan.peers.more, value: {ip: 198.18.8.10, internet_connected: true}}",),
    ),
    "a mobile line elsewhere": Case("line-class-adequate.kind", OUTSIDE, (beside("m-srv, cloud"),)),
    "an inadequate line to anyone": Case("line-class-adequate.kind", PLAIN, (OPEN,)),
    "a plain line into another segment": Case("transit-encryption.none", PLAIN, MOVED),
    "a plain line to anyone": Case("transit-encryption.none", PLAIN, (OPEN,)),
    "one of several lines elsewhere": Case(
        "external-attachment-minimal.several",
        TWICE,
        (
            "{set: externals.lgwan.edges.two.segment, value: M-SRV}",
            "{set: externals.lgwan.edges.two.ip, value: 10.10.10.98}",
        ),
    ),
    "vendors nobody declares, and anyone": Case(
        "remote-maintenance-bounded.no-entry", VENDOR, (OPEN,)
    ),
    "anyone elsewhere": Case("zone-assignment.open", TAGGED, MOVED),
    "a terminal at a port of another area": Case(
        "zone-assignment.misplaced", CABLED, ("{set: devices.sw.ports.p8.vlan, value: 110}",)
    ),
    "more services from the wrong side": Case(
        "sanitise-screen-transfer.initiator",
        SCREEN,
        ("{set: channels.screen.legs.0.service, value: tcp/1-4000}",),
    ),
    "a service at other addresses": Case(
        "cloud-region-declared.other",
        SERVICE,
        ("{set: externals.cloud.peers.proxy.ip, value: 192.0.2.81}",),
    ),
    "more to be plugged into": Case(
        "miswire-resilience.unguarded",
        UNGUARDED,
        (
            "{set: segments.X, value: {zone: マイナンバー利用事務系, vlan: 130, nac: dot1x}}",
            "{set: devices.sw.ports.up.allowed, value: [110, 120, 130, 210, 220, 310, 320]}",
        ),
    ),
}
ELSEWHERE = (
    "{set: segments.Y, value: {zone: インターネット接続系, prefix: 10.77.0.0/24}}",
    "{set: hosts.y-pc, value: {segment: Y, ip: 10.77.0.10, role: terminal}}",
    "{set: segments.Z, value: {zone: LGWAN接続系, vlan: 777, prefix: 10.78.0.0/24}}",
)
"""What none of the findings speaks of."""


def named(case: Case, topology: Topology) -> set[str]:
    """Return the ids of what a case is about."""
    result = judged(topology, case.check)[case.check]
    assert result.status is Status.VIOLATED
    found = {f.id for f in result.findings if f.message.code == case.code}
    assert found
    assert "" not in found
    return found


@pytest.mark.parametrize("name", CASES)
def test_moved_widened_or_opened_it_is_another_finding(name: str, tmp_path: Path) -> None:
    """Under the same names, so that no waiver covers what it gets to now."""
    case = CASES[name]
    before = named(case, overlaid(tmp_path, "fuefuki", *case.given))
    after = named(case, overlaid(tmp_path, "fuefuki", *case.given, *case.later))
    assert before.isdisjoint(after)


@pytest.mark.parametrize("name", CASES)
def test_what_is_new_elsewhere_is_not_in_its_id(name: str, tmp_path: Path) -> None:
    """A waiver outlives a segment it has nothing to do with."""
    case = CASES[name]
    before = named(case, overlaid(tmp_path, "fuefuki", *case.given))
    assert named(case, overlaid(tmp_path, "fuefuki", *case.given, *ELSEWHERE)) == before
