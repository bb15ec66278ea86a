"""IPv6 is kept apart like everything else, planned or not."""

from tests.policy.written_designs import codes, judged
from zonecheck.policy import Status
from zonecheck.policy.verdict import PacketPath, SharedDomain

CHECK = "ipv6-parity"
ROUTED = """
segments:
  L: {{zone: lgwan, prefix: [10.20.0.0/24, "2001:db8:20::/64"]}}
  I: {{zone: internet, prefix: [10.30.0.0/24, "2001:db8:30::/64"]}}
hosts:
  l-pc: {{segment: L, ip: [10.20.0.10, "2001:db8:20::10"]}}
  i-pc: {{segment: I, ip: [10.30.0.10, "2001:db8:30::10"]}}
devices:
  core:
    kind: router
    zones: [lgwan, internet]
    interfaces:
      l: {{segment: L, ip: [10.20.0.1, "2001:db8:20::1"], filter_in: only}}
      i: {{segment: I, ip: [10.30.0.1, "2001:db8:30::1"], filter_in: only}}
    routes: []
    management: none
    filters: {{only: {only}}}
{more}"""
NOTHING = "{rules: [], default: deny}"
NO_IPV4 = (
    "{rules: [{name: no IPv4, from: 0.0.0.0/0, to: 0.0.0.0/0, action: deny}], default: permit}"
)
UNDECLARED = "{rules: []}"


def test_a_filter_that_stops_only_ipv4_is_found_by_its_ipv6_packet() -> None:
    """RA on two VLANs of one switch: IPv4 is tight, IPv6 is not."""
    result = judged(ROUTED.format(only=NO_IPV4, more=""), CHECK)
    assert result.status is Status.VIOLATED
    for finding in result.findings:
        assert isinstance(finding.counterexample, PacketPath)
        assert finding.counterexample.packet.version == 6
    assert {finding.zones for finding in result.findings} == {
        ("lgwan", "internet"),
        ("internet", "lgwan"),
    }


def test_a_filter_that_stops_both_versions_keeps_ipv6_apart() -> None:
    """The mend is a deny for IPv6."""
    result = judged(ROUTED.format(only=NOTHING, more=""), CHECK)
    assert (result.status, result.vacuous) == (Status.HOLDS, False)


def test_an_undeclared_default_leaves_ipv6_unknown() -> None:
    """What a filter does with the rest decides about IPv6 too."""
    result = judged(ROUTED.format(only=UNDECLARED, more=""), CHECK)
    assert result.status is Status.UNKNOWN
    assert {item.item.code for item in result.missing} == {"missing.default"}


def test_a_declared_ipv6_flow_is_no_finding() -> None:
    """A channel excuses over IPv6 what it excuses over IPv4."""
    permit = "{name: web, from: L, to: i-pc, service: tcp/443, action: permit}"
    text = ROUTED.format(
        only=f"{{stateful: true, rules: [{permit}], default: deny}}",
        more="""
channels:
  web: {kind: necessary, from: L, to: i-pc, service: tcp/443}
""",
    )
    guarded = text.replace('::/64"]}', '::/64"], ip_source_guard: true, port_security: true}')
    assert judged(guarded, CHECK).status is Status.HOLDS
    undeclared = guarded.partition("channels:")[0]
    assert judged(undeclared, CHECK).status is Status.VIOLATED


def test_two_zones_in_one_broadcast_domain_reach_each_other_link_locally() -> None:
    """Nobody has to plan IPv6 for that."""
    result = judged(
        """
segments:
  L: {zone: lgwan, vlan: 20, prefix: 10.20.0.0/24, switches: a}
  I: {zone: internet, vlan: 30, prefix: 10.30.0.0/24, switches: b}
hosts:
  l-pc: {segment: L, ip: 10.20.0.10}
  i-pc: {segment: I, ip: 10.30.0.10}
devices:
  a: {kind: l2-switch, ports: {1: {mode: access, vlan: 20}}}
  b: {kind: l2-switch, ports: {1: {mode: access, vlan: 30}}}
links:
  - {between: [a/1, b/1], zone: [lgwan, internet]}
""",
        CHECK,
    )
    assert result.status is Status.VIOLATED
    assert codes(result) == {"link-local"}
    assert isinstance(result.findings[0].counterexample, SharedDomain)
