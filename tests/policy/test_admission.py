"""Access ports and radio cells of the covered zones authenticate devices."""

from dataclasses import replace

import pytest

from tests.policy.written_designs import PROFILE, codes, design
from zonecheck.model.profile import Profile
from zonecheck.model.segment import Segment, Wireless
from zonecheck.model.topology import Topology
from zonecheck.policy import CheckResult, Status, verify
from zonecheck.policy.verdict import MissingControl

CHECK = "nac-enforced"
NETWORK = design("""
zones: {guest: {ja: 来庁者}}
segments:
  L: {zone: lgwan, vlan: 20, prefix: 10.20.0.0/24}
  G: {zone: guest, vlan: 90, prefix: 10.90.0.0/24}
  C: {zone: lgwan, prefix: 10.99.0.0/31}
hosts:
  l-pc: {segment: L, ip: 10.20.0.10}
devices:
  sw: {kind: l2-switch, ports: {1: {mode: access, vlan: 20}, 2: {mode: access, vlan: 90}}}
  one: {kind: router, interfaces: {c: {segment: C, ip: 10.99.0.0}}, routes: [], management: none}
  two: {kind: router, interfaces: {c: {segment: C, ip: 10.99.0.1}}, routes: [], management: none}
links:
  - {between: [one/c, two/c], zone: lgwan}
""")


def with_segment(segment: Segment) -> Topology:
    """Return the network with a segment put in the place of that of its id, or added."""
    others = tuple(s for s in NETWORK.segments if s.id != segment.id)
    return replace(NETWORK, segments=(*others, segment))


def judged(topology: Topology, profile: Profile = PROFILE) -> CheckResult:
    """Return the result of the check."""
    return verify(topology, profile, checks=[CHECK]).result(CHECK)


L = NETWORK.segment_by_id["L"]
G = NETWORK.segment_by_id["G"]
AUTHENTICATED = with_segment(replace(L, nac="dot1x"))


def test_open_access_ports_of_a_covered_zone_are_named() -> None:
    """The switch, the VLAN and the segment; neither the cable nor the guests' segment."""
    result = judged(NETWORK)
    assert result.status is Status.VIOLATED
    (finding,) = result.findings
    assert isinstance(finding.counterexample, MissingControl)
    assert finding.counterexample.place == "sw: VLAN 20 L"


@pytest.mark.parametrize(
    "closed",
    [replace(L, nac="dot1x"), replace(L, nac="mac-auth"), replace(L, port_security=True)],
    ids=["dot1x", "mac-auth", "port-security"],
)
def test_authentication_by_certificate_or_mac_is_enough(closed: Segment) -> None:
    """Any of the three identifies the device."""
    result = judged(with_segment(closed))
    assert (result.status, result.vacuous) == (Status.HOLDS, False)


def test_the_verdict_rests_on_what_is_declared() -> None:
    """The ledger names the segment."""
    rested_on = {(each.id, each.subject) for each in judged(AUTHENTICATED).assumptions}
    assert ("device-admission", "L") in rested_on


def test_a_profile_may_cover_more_zones_or_fewer() -> None:
    """`nac_zones` replaces the zones of the profile."""
    wider = replace(PROFILE, nac_zones=("lgwan", "guest"))
    assert judged(AUTHENTICATED, wider).status is Status.VIOLATED
    narrower = replace(PROFILE, nac_zones=("mynumber",))
    assert (judged(NETWORK, narrower).status, judged(NETWORK, narrower).vacuous) == (
        Status.HOLDS,
        True,
    )


def test_what_is_out_of_scope_is_not_examined() -> None:
    """The policy leaves it out."""
    assert judged(with_segment(replace(L, in_scope=False))).vacuous


def test_a_cable_with_a_third_end_is_no_cable() -> None:
    """A host on it is plugged into something."""
    host = replace(NETWORK.host_by_id["l-pc"], id="third", interfaces=())
    card = replace(NETWORK.host_by_id["l-pc"].interfaces[0], segment="C", addresses=())
    crowded = replace(AUTHENTICATED, hosts=(replace(host, interfaces=(card,)),))
    assert {f.message.named["segment"] for f in judged(crowded).findings} == {"C"}


@pytest.mark.parametrize(
    ("auth", "nac", "status"),
    [
        ("wpa3-enterprise", None, Status.HOLDS),
        ("wpa2-enterprise", None, Status.HOLDS),
        ("wpa2-psk", None, Status.VIOLATED),
        ("wpa2-psk", "mac-auth", Status.HOLDS),
        (None, None, Status.UNKNOWN),
    ],
)
def test_a_radio_cell_authenticates_by_certificate(
    auth: str | None, nac: str | None, status: Status
) -> None:
    """A shared key identifies nobody; what is not declared is not known."""
    ssid = Segment("staff", zone="lgwan", laid_on="L", nac=nac, wireless=Wireless(auth))
    result = judged(replace(AUTHENTICATED, segments=(*AUTHENTICATED.segments, ssid)))
    assert result.status is status
    if status is Status.UNKNOWN:
        assert {item.item.code for item in result.missing} == {"missing.wireless-auth"}


def test_a_segment_without_zone_may_be_covered() -> None:
    """Unknown, never holds."""
    lost = replace(AUTHENTICATED, segments=(*AUTHENTICATED.segments, replace(G, zone=None, id="X")))
    assert judged(lost).status is Status.UNKNOWN
    assert codes(judged(lost)) == {"open"}
