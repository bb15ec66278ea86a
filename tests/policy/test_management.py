"""Devices are reached from management segments of their own zone, and from nowhere else."""

from dataclasses import replace
from ipaddress import ip_address

import pytest

from tests.policy.written_designs import codes, design, judged
from zonecheck.model.tunnel import Tunnel
from zonecheck.policy import Status
from zonecheck.policy.verdict import PacketPath

CHECK = "mgmt-plane-isolation"
NETWORK = """
segments:
  MGMT: {{zone: lgwan, prefix: 10.20.90.0/24, ip_source_guard: true, port_security: true}}
  L: {{zone: lgwan, prefix: 10.20.0.0/24}}
  I: {{zone: internet, prefix: 10.30.0.0/24}}
  E: {{zone: internet, prefix: 10.30.9.0/29}}
hosts:
  jump: {{segment: MGMT, ip: 10.20.90.10}}
  l-pc: {{segment: L, ip: 10.20.0.10}}
  l-log: {{segment: L, ip: 10.20.0.20}}
  i-pc: {{segment: I, ip: 10.30.0.10}}
devices:
  fw:
    kind: firewall
    zones: [lgwan, internet]
    interfaces:
      mgmt: {{segment: MGMT, ip: 10.20.90.1, reverse_path: strict}}
      l: {{segment: L, ip: 10.20.0.1{check}}}
      i: {{segment: I, ip: 10.30.0.1, reverse_path: strict}}
      e: {{segment: E, ip: 10.30.9.1, reverse_path: strict}}
    routes: [{{to: 0.0.0.0/0, via: 10.30.9.2}}]
    management: {management}
    opens: {opens}
    rules: []
    default: deny
externals:
  isp: {{openness: open, edges: {{line: {{segment: E, ip: 10.30.9.2}}}}, basis: contract}}
"""
FROM_MGMT = "[{from: MGMT, service: tcp/22, interface: mgmt}]"
STRICT = ", reverse_path: strict"


def network(management: str = FROM_MGMT, *, check: str = STRICT, opens: str = "[]") -> str:
    """Return a firewall that is managed as given."""
    return NETWORK.format(management=management, check=check, opens=opens)


def test_management_from_one_segment_of_the_zone_holds() -> None:
    """Bound to its interface, guarded, and sources checked."""
    result = judged(network(), CHECK)
    assert (result.status, result.vacuous) == (Status.HOLDS, False)


@pytest.mark.parametrize(
    ("management", "code"),
    [
        ("[{from: any, service: tcp/22, interface: mgmt}]", "any"),
        ("[{from: 10.0.0.0/8, service: tcp/22, interface: mgmt}]", "wide"),
        ("[{from: [MGMT, I], service: tcp/22, interface: mgmt}]", "wide"),
        ("[{from: any, service: tcp/22}]", "external"),
        (
            "[{from: I, service: tcp/22, interface: i}, {from: MGMT, service: tcp/22}]",
            "second",
        ),
    ],
)
def test_each_way_of_admitting_too_much_is_found(management: str, code: str) -> None:
    """By the entry itself or by a packet that arrives."""
    result = judged(network(management), CHECK)
    assert result.status is Status.VIOLATED
    assert code in codes(result)


def test_a_forged_management_address_from_another_segment_counts() -> None:
    """Without a source check a terminal reaches the firewall with the jump host's address."""
    anywhere = "[{from: MGMT, service: tcp/22}]"
    result = judged(network(anywhere, check=""), CHECK)
    assert result.status is Status.VIOLATED
    assert codes(result) == {"segment"}
    path = result.findings[0].counterexample
    assert isinstance(path, PacketPath)
    assert path.forged
    assert judged(network(anywhere), CHECK).status is Status.HOLDS


def test_undeclared_management_is_unknown() -> None:
    """Everyone may be admitted, or no one."""
    text = network().replace(f"    management: {FROM_MGMT}\n", "")
    result = judged(text, CHECK)
    assert result.status is Status.UNKNOWN
    assert "missing.management" in {item.item.code for item in result.missing}


def test_replies_to_what_the_device_opens_are_not_management() -> None:
    """A log server answers from its own segment."""
    text = network(opens="[{to: l-log, service: tcp/6514}]")
    assert judged(text, CHECK).status is Status.HOLDS


@pytest.mark.parametrize(
    ("service", "status"),
    [
        ("icmp", Status.HOLDS),
        ("proto/112", Status.HOLDS),
        ("proto/89", Status.HOLDS),
        ("tcp/443", Status.VIOLATED),
        ("udp/161", Status.VIOLATED),
        ("udp/623", Status.VIOLATED),
    ],
)
def test_only_control_traffic_may_come_from_elsewhere(service: str, status: Status) -> None:
    """Echo, OSPF and VRRP manage nothing."""
    entry = f"[{{from: L, service: {service}, interface: l}}, {{from: MGMT, service: tcp/22}}]"
    text = network(entry).replace("L: {zone: lgwan", "L: {zone: internet")
    result = judged(text, CHECK)
    assert result.status is status


def test_a_switch_managed_from_another_zone_is_found_though_one_zone_manages_it() -> None:
    """Its management address lies in one zone, the jump host in another."""
    face = "interfaces: {mgmt: {segment: L, ip: 10.20.0.2}}"
    switch = f"  sw: {{kind: l2-switch, {face}, management: ENTRY}}\n"
    permit = "{name: admin, from: I, to: 10.20.0.2, service: tcp/22, action: permit}"
    text = network().replace("rules: []", f"rules: [{permit}]")
    text = text.replace("externals:", f"{switch}externals:")
    across = judged(text.replace("ENTRY", "[{from: I, service: tcp/22}]"), CHECK)
    assert "zone" in codes(across)
    assert ("internet", "lgwan") in {finding.zones for finding in across.findings}
    within = judged(text.replace("ENTRY", "[{from: l-log, service: tcp/22}]"), CHECK)
    assert "zone" not in codes(within)


def test_the_ends_of_a_declared_tunnel_talk_to_each_other() -> None:
    """Its outer packets come from outside; nothing else does."""
    made = design("""
segments:
  E: {zone: internet, prefix: 10.30.9.0/29, ip_source_guard: true, port_security: true}
devices:
  cpe:
    kind: router
    interfaces: {e: {segment: E, ip: 10.30.9.1}}
    routes: []
    management: [{from: 10.30.9.2, service: udp/500}]
externals:
  isp: {openness: open, edges: {line: {segment: E, ip: 10.30.9.2}}, basis: contract}
""")
    assert "external" in codes(judged(made, CHECK))
    ends = (ip_address("10.30.9.1"), ip_address("10.30.9.2"))
    tunnelled = replace(made, tunnels=(Tunnel("vpn", "ipsec", "E", ends),))
    assert judged(tunnelled, CHECK).status is Status.HOLDS
    other = replace(made, tunnels=(Tunnel("vpn", "gre", "E", ends),))
    assert "external" in codes(judged(other, CHECK))


BEHIND = """
segments:
  I: {{zone: internet, prefix: 10.30.0.0/24, ip_source_guard: true, port_security: true}}
  L: {{zone: lgwan, prefix: 10.20.0.0/24, ip_source_guard: true, port_security: true}}
hosts:
  i-pc: {{segment: I, ip: 10.30.0.10}}
devices:
  fw:
    kind: firewall
    zones: [lgwan, internet]
    interfaces:
      i: {{segment: I, ip: 10.30.0.1, reverse_path: strict}}
      l: {{segment: L, ip: 10.20.0.1, reverse_path: strict}}
    routes: []
    management: none
    rules: {rules}
    default: deny
    nat: {nat}
  r:
    kind: router
    interfaces: {{l: {{segment: L, ip: 10.20.0.2}}}}
    routes: [{{to: 10.30.0.0/24, via: 10.20.0.1}}]
    management: {management}
    opens: {opens}
"""
SNMP = "[{from: i-pc, to: 10.20.0.2, service: udp/161, action: permit}]"
FROM_I = "[{from: I, service: udp/161}]"
AS_IKE = "[{in: i, to: 10.20.0.2, service: udp/500, destination: 10.20.0.2, port: 161}]"
SHUT = """    filters:
      shut: {rules: [{to: 10.20.0.2, service: udp/161, action: deny}], default: permit}
"""


def test_management_that_is_sent_as_control_traffic_is_management() -> None:
    """A translation makes of what the ends of a tunnel say what the device takes for SNMP."""
    hidden = BEHIND.format(rules=SNMP, nat=AS_IKE, management=FROM_I, opens="[]")
    face = "10.30.0.1, reverse_path: strict"
    hidden = hidden.replace(face, f"{face}, filter_in: shut").replace(
        "    routes: []\n", f"    routes: []\n{SHUT}"
    )
    ends = (ip_address("10.30.0.10"), ip_address("10.20.0.2"))
    vpn = Tunnel("vpn", "ipsec", "L", ends)
    for text in (BEHIND.format(rules=SNMP, nat="[]", management=FROM_I, opens="[]"), hidden):
        assert "zone" in codes(judged(replace(design(text), tunnels=(vpn,)), CHECK))


def test_translated_replies_to_what_the_device_opens_are_not_management() -> None:
    """They are sent to the address of the translation and arrive as the replies they are."""
    asks = "[{from: 10.20.0.2, to: i-pc, service: udp/123, action: permit}]"
    nat = "[{out: i, from: 10.20.0.2, source: 10.30.0.1}]"
    text = BEHIND.format(
        rules=asks, nat=nat, management="none", opens="[{to: i-pc, service: udp/123}]"
    )
    result = judged(text, CHECK)
    assert codes(result) == set()
    assert result.status is Status.HOLDS
