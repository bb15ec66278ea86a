"""Trunks carry the planned VLANs, the same at both ends, and nothing untagged."""

from dataclasses import replace

import pytest

from tests.policy.written_designs import codes, design, judged
from zonecheck.model.topology import Topology
from zonecheck.policy import Status
from zonecheck.policy.checks.trunks import vlan_text
from zonecheck.policy.verdict import SharedDomain

CHECK = "trunk-vlan-scope"
SWITCHES = """
segments:
  L: {{zone: lgwan, vlan: 20, prefix: 10.20.0.0/24}}
  I: {{zone: internet, vlan: 30, prefix: 10.30.0.0/24}}
hosts:
  l-pc: {{segment: L, ip: 10.20.0.10}}
devices:
  a:
    kind: l2-switch
    ports: {{1: {{mode: trunk, allowed: {a}, native: {a_native}}}, 9: {{mode: access, vlan: 20}}}}
  b:
    kind: l2-switch
    ports: {{1: {{mode: trunk, allowed: {b}, native: {b_native}}}, 9: {{mode: access, vlan: 30}}}}
links:
  - {{between: [a/1, b/1], zone: {zone}}}
  - {{between: [a/9, l-pc/eth0], zone: lgwan}}
"""
GOOD = {"a": "[20, 30]", "a_native": "999", "b": "[20, 30]", "b_native": "999"}
BOTH = "[lgwan, internet]"


def trunk(zone: str = BOTH, **changed: str) -> str:
    """Return the design with some of its ports' settings changed."""
    return SWITCHES.format(zone=zone, **{**GOOD, **changed})


def test_equal_planned_trunks_with_an_unused_native_hold() -> None:
    """The reference: same sets, planned VLANs, native 999 not allowed."""
    result = judged(trunk(), CHECK)
    assert (result.status, result.vacuous) == (Status.HOLDS, False)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"a": "[20]"}, "unequal"),
        ({"a": "[1-4094]", "b": "[1-4094]"}, "unplanned"),
        ({"a": "[20, 30, 77]", "b": "[20, 30, 77]"}, "unplanned"),
        ({"zone": "lgwan"}, "foreign"),
        ({"a_native": "20", "b_native": "20"}, "native-used"),
        ({"a_native": "20", "b_native": "30"}, "native-differs"),
        ({"a_native": "20"}, "native-differs"),
    ],
)
def test_each_departure_is_found(changed: dict[str, str], code: str) -> None:
    """And the design without it holds."""
    result = judged(trunk(**changed), CHECK)
    assert result.status is Status.VIOLATED
    assert code in codes(result)


def test_natives_that_join_two_segments_are_shown_as_one_domain() -> None:
    """Native 20 at one end and 30 at the other: both areas in one broadcast domain."""
    result = judged(trunk(a_native="20", b_native="30"), CHECK)
    shown = [f for f in result.findings if f.message.code.endswith("native-differs")]
    assert isinstance(shown[0].counterexample, SharedDomain)
    assert shown[0].zones == ("internet", "lgwan")


def test_an_equal_native_that_nothing_uses_may_be_allowed() -> None:
    """Untagged frames then go nowhere."""
    allowed = {"a": "[20, 30, 999]", "b": "[20, 30, 999]"}
    assert judged(trunk(**allowed), CHECK).status is Status.HOLDS


def test_without_a_tag_the_zones_are_left_to_zone_assignment() -> None:
    """Unplanned VLANs and natives are still found."""
    untagged = trunk().replace(", zone: [lgwan, internet]", "")
    assert judged(untagged, CHECK).status is Status.HOLDS
    assert judged(untagged.replace("20, 30]", "20, 30, 77]"), CHECK).status is Status.VIOLATED


def test_a_shut_trunk_carries_nothing() -> None:
    """It may be configured as it likes."""
    shut = trunk(a="[1-4094]").replace("mode: trunk,", "mode: trunk, shutdown: true,", 1)
    assert judged(shut, CHECK).status is Status.HOLDS


def test_a_trunk_never_meets_an_access_port() -> None:
    """They have no set of VLANs in common."""
    text = trunk().replace(
        "mode: trunk, allowed: [20, 30], native: 999", "mode: access, vlan: 20", 1
    )
    assert "meets-access" in codes(judged(text, CHECK))


def with_dtp(topology: Topology) -> Topology:
    """Return the design with negotiation on at its access ports."""
    devices = tuple(
        replace(d, ports=tuple(replace(p, dtp=p.vlan is not None) for p in d.ports))
        for d in topology.devices
    )
    return replace(topology, devices=devices)


def test_an_access_port_must_not_negotiate() -> None:
    """DTP makes a trunk of it, one finding a port."""
    result = judged(with_dtp(design(trunk())), CHECK)
    assert result.status is Status.VIOLATED
    assert {f.message.named["port"] for f in result.findings} == {"a/9", "b/9"}


@pytest.mark.parametrize("node", ["router", "host"])
def test_a_trunk_to_no_switch_is_judged_at_its_one_end(node: str) -> None:
    """A router on a stick and a hypervisor get the VLANs of the link's zones, and no others."""
    host = "  hv: {segment: L, ip: 10.20.0.20}" if node == "host" else ""
    router = (
        "  hv: {kind: router, interfaces: {l: {segment: L, port: eth0, tag: 20, ip: 10.20.0.1}},"
        " routes: [], management: none}"
        if node == "router"
        else ""
    )
    text = f"""
segments:
  L: {{zone: lgwan, vlan: 20, prefix: 10.20.0.0/24}}
  I: {{zone: internet, vlan: 30, prefix: 10.30.0.0/24}}
hosts:
{host}
  l-pc: {{segment: L, ip: 10.20.0.10}}
devices:
{router}
  a: {{kind: l2-switch, ports: {{1: {{mode: trunk, allowed: ALLOWED, native: 999}}}}}}
links:
  - {{between: [a/1, hv/eth0], zone: lgwan}}
"""
    assert judged(text.replace("ALLOWED", "[20]"), CHECK).status is Status.HOLDS
    assert codes(judged(text.replace("ALLOWED", "[20, 30]"), CHECK)) == {"foreign"}


def test_a_segment_without_zone_leaves_the_scope_unknown() -> None:
    """It may be of a zone the tag leaves out."""
    text = trunk(zone="lgwan").replace("zone: internet, vlan: 30", "vlan: 30")
    assert judged(text, CHECK).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("vlans", "text"), [([], ""), ([3], "3"), ([4, 3, 9, 5], "3-5, 9"), ([1, 3], "1, 3")]
)
def test_vlans_are_listed_as_runs(vlans: list[int], text: str) -> None:
    """Sorted, neighbours joined."""
    assert vlan_text(vlans) == text
