"""Laws of reading members, shared addresses, 802.1X, mirrors and open conditions of rules."""

from ipaddress import ip_address, ip_interface
from pathlib import Path

import pytest

from tests.formats.topologies import codes, design
from zonecheck.formats import BadInput
from zonecheck.model.device import Device, Span
from zonecheck.model.filter import Action, Filter
from zonecheck.model.link import LinkEnd
from zonecheck.model.states import states

SEGMENTS = """segments:
  L: {zone: lgwan, vlan: 20, prefix: [10.2.0.0/24, "2001:db8:2::/64"]}
  I: {zone: internet, vlan: 30, prefix: 10.3.0.0/24}
hosts: {h: {segment: L, ip: 10.2.0.99}}
objects: {empty: []}
"""
FIREWALL = """devices:
  fw:
    kind: firewall
    management: none
    interfaces: {l: {segment: L, ip: 10.2.0.1, filter_in: f}, i: {segment: I, ip: 10.3.0.1}}
    routes: [{to: 192.0.2.0/24, via: 10.3.0.9}, {to: 192.0.2.0/24, via: 10.3.0.8, distance: 9}]
    rules: [{from: L, action: permit}]
    default: deny
    alg: ftp
    filters: {f: {rules: [], default: permit}, g: undefined}
"""


def firewall(folder: Path, more: str = "") -> Device:
    """Return the firewall with more lines of its own."""
    return design(folder, SEGMENTS + FIREWALL + more).device_by_id["fw"]


def rule(folder: Path, words: str) -> tuple[str | None, tuple[str, ...]]:
    """Return why a rule with these words is uncertain, and its MAC addresses."""
    text = FIREWALL.replace("{from: L, action: permit}", f"{{action: permit, {words}}}")
    policy = design(folder, SEGMENTS + text).device_by_id["fw"].policy
    assert policy is not None
    assert policy.rules is not None
    return policy.rules[0].uncertain, policy.rules[0].macs


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("from: h", None),
        ("fqdn: centre.example.jp", "fqdn centre.example.jp"),
        ("fqdn: [a.example, b.example]", "fqdn a.example, fqdn b.example"),
        ("application: x, user: 職員", "application x, user 職員"),
        ("schedule: 平日, geo: JP, url: news", "schedule 平日, geo JP, url news"),
        ("from: empty, geo: JP", "object:empty, geo JP"),
        ("from: empty, to: empty", "object:empty"),
    ],
)
def test_a_condition_only_the_device_can_judge_is_uncertain(
    words: str, reason: str | None, tmp_path: Path
) -> None:
    """Every such word is a reason, beside that of an empty group."""
    assert rule(tmp_path, words)[0] == reason


def test_mac_addresses_of_rules_have_one_spelling(tmp_path: Path) -> None:
    """One or a list, in any of the usual forms."""
    words = "mac: ['00-00-5E-00-53-01', 0000.5e00.5302]"
    assert rule(tmp_path, words) == (None, ("00:00:5e:00:53:01", "00:00:5e:00:53:02"))


def test_what_a_member_does_not_say_is_as_on_the_device(tmp_path: Path) -> None:
    """None stands for the device's; a filter or a key of the policy is inherited by itself."""
    device = firewall(
        tmp_path,
        "    ha:\n      - {member: b}\n      - {member: c, default: permit, routes: []}\n"
        "      - {member: d, filters: {g: {rules: [], default: deny}}, nat: []}\n",
    )
    bare, other, lists = device.standby
    assert (bare.policy, bare.routes, bare.filters, bare.nat) == (None, None, None, None)
    assert device.policy is not None
    assert other.policy is not None
    assert other.policy.default is Action.PERMIT
    assert (other.policy.rules, other.policy.alg) == (device.policy.rules, ("ftp",))
    assert other.routes == ()
    assert lists.filters == (device.filter_named("f"), Filter("g", (), Action.DENY))
    assert lists.nat == ()


def test_every_member_and_every_distance_is_a_state(tmp_path: Path) -> None:
    """The states that follow from a design are those its file writes."""
    lines = "    ha: {member: b, rules: []}\nstates: {s: {active: b, floating: fw}}\n"
    city = design(tmp_path, SEGMENTS + FIREWALL + lines)
    assert [state.state for state in states(city)] == ["", "b", "fw distance 9", "s"]
    last = list(states(city))[-1].device_by_id["fw"]
    assert last.policy is not None
    assert last.policy.rules == ()
    assert [route.distance for route in last.routes or ()] == [9]


def test_a_cable_may_end_at_a_member(tmp_path: Path) -> None:
    """It ends at a port of its device, and switches' members share the ports links imply."""
    lines = (
        "    ha: {member: fw-b}\n  sw: {kind: l2-switch, ha: {member: sw-b}}\nlinks:\n"
        "  - {between: [sw/1, fw/l], vlans: 20}\n  - {between: [sw-b/1, fw-b/l], vlans: 20}\n"
        "  - {between: [sw-b/2, h/eth0], vlans: 20}\n"
        "states: {s: {down: ['fw/l -- sw/1', sw/2]}}\n"
    )
    city = design(tmp_path, SEGMENTS + FIREWALL + lines)
    assert city.links[1].ends == (LinkEnd("sw-b", "1"), LinkEnd("fw-b", "l"))
    assert [port.id for port in city.device_by_id["sw"].ports] == ["1", "2"]
    assert city.states[0].down == (str(city.links[0]), "sw/2")


def router(name: str, card: str) -> str:
    """Return the line of a router with one interface."""
    return f"  {name}: {{kind: router, management: none, interfaces: {{l: {{{card}}}}}}}\n"


def test_shared_addresses_are_addresses_too(tmp_path: Path) -> None:
    """Their length is that of the prefix that holds them, and an own one may be shared."""
    shared = "vrrp: [{group: 1, ip: 10.2.0.1}, {ip: ['2001:db8:2::1', 10.2.0.2]}]"
    text = "devices:\n" + router("a", f"segment: L, ip: 10.2.0.2/25, {shared}")
    text += router("b", f"segment: L, ip: 10.2.0.3, {shared}")
    a, b = (device.interfaces[0] for device in design(tmp_path, SEGMENTS + text).devices)
    assert a.addresses == tuple(
        map(ip_interface, ("10.2.0.2/25", "10.2.0.1/25", "2001:db8:2::1/64"))
    )
    assert a.virtual == tuple(map(ip_address, ("10.2.0.1", "2001:db8:2::1", "10.2.0.2")))
    assert b.addresses[1] == ip_interface("10.2.0.1/24")


@pytest.mark.parametrize(
    "other",
    [
        "segment: L, ip: 10.2.0.1",
        "ip: 10.2.0.3/24, port: p, vrrp: {ip: 10.2.0.1}",
    ],
)
def test_an_address_is_shared_only_where_everyone_says_so(other: str, tmp_path: Path) -> None:
    """In one segment, and as a shared address on each device."""
    text = "devices:\n" + router("a", "segment: L, ip: 10.2.0.2, vrrp: {ip: 10.2.0.1}")
    text += "  sw: {kind: l2-switch}\n" + router("b", other)
    text += "links: [{between: [sw/1, b/p], vlans: 20}]\n" if "port" in other else ""
    with pytest.raises(BadInput) as caught:
        design(tmp_path, SEGMENTS + text)
    assert codes(caught.value) == ["address.duplicate"]


def test_an_802_1x_port_has_every_vlan_it_may_be_put_in(tmp_path: Path) -> None:
    """Its own is not another; a bare `dot1x` names none."""
    ports = (
        "1: {mode: access, vlan: 20, dot1x: {assigned: [30, 20], guest_vlan: 40, "
        "critical_vlan: 30}}, 2: {mode: access, vlan: 20, dot1x: {}, dtp: true}"
    )
    spans = "span: [{from: 1, to: h}, {vlan: 20, to: h}]"
    text = f"devices: {{sw: {{kind: l2-switch, ports: {{{ports}}}, {spans}}}}}\n"
    switch = design(tmp_path, SEGMENTS + text).devices[0]
    assert switch.port("1").other_vlans == (30, 40)
    assert (switch.port("2").other_vlans, switch.port("2").dtp) == ((), True)
    assert switch.spans == (Span("h", "1"), Span("h", vlan=20))


def test_a_transparent_firewall_is_a_stateful_firewall_without_routes(tmp_path: Path) -> None:
    """Its routes are not undeclared: it has none; whether it passes other frames may be."""
    text = (
        "devices: {t: {kind: transparent-firewall, "
        "interfaces: {a: {segment: L, label: in}, b: {segment: I}}, "
        "rules: [{in: in, out: b, action: permit}], default: deny}}\n"
    )
    device = design(tmp_path, SEGMENTS + text).devices[0]
    assert (device.routes, device.management, device.non_ip) == ((), (), None)
    assert device.policy is not None
    assert device.policy.stateful
    assert device.policy.rules is not None
    assert device.policy.rules[0].in_interfaces == ("a",)
