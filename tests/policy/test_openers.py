"""What has to be sent before a packet that only sessions let through."""

from tests.policy.written_designs import design
from zonecheck.model.closure import Closure
from zonecheck.policy import load_profile, verify
from zonecheck.policy.verdict import PacketPath
from zonecheck.simulate import Sessions, Simulator

# inner lets in only what b sends and lets answers out; b only answers what comes through outer,
# and only somebody in Y, in the name of a, can ask.
TWO_FIREWALLS = """
segments:
  A: {zone: mynumber, prefix: 10.1.0.0/24, ip_source_guard: true, port_security: true}
  X: {zone: lgwan, prefix: 10.2.0.0/31, ip_source_guard: true, port_security: true}
  Y: {zone: lgwan, prefix: 10.4.0.0/24}
  B: {zone: internet, prefix: 10.3.0.0/24, ip_source_guard: true, port_security: true}
hosts:
  a: {segment: A, ip: 10.1.0.10}
  b: {segment: B, ip: 10.3.0.10}
devices:
  inner:
    kind: firewall
    zones: [mynumber, lgwan]
    interfaces: {a: {segment: A, ip: 10.1.0.1}, x: {segment: X, ip: 10.2.0.0}}
    routes: [{to: 10.3.0.0/24, via: 10.2.0.1}]
    management: none
    rules: [{from: b, to: a, service: udp, action: permit}]
    default: deny
  outer:
    kind: firewall
    zones: [lgwan, internet]
    interfaces:
      x: {segment: X, ip: 10.2.0.1}
      b: {segment: B, ip: 10.3.0.1}
      y: {segment: Y, ip: 10.4.0.1}
    routes: [{to: 10.1.0.0/24, via: 10.2.0.0}]
    management: none
    rules: [{from: a, to: b, service: udp/53, action: permit}]
    default: deny
"""


def test_an_opener_that_needs_a_session_is_shown_after_its_own_opener() -> None:
    """Somebody asks in the name of a, b answers, and now what a sends gets out."""
    topology = design(TWO_FIREWALLS)
    result = verify(topology, load_profile("fuefuki-10")).result("undeclared-permit")
    shown = [finding.counterexample for finding in result.findings]
    (path,) = [
        path
        for path in shown
        if isinstance(path, PacketPath) and (path.origin.node, path.destination.node) == ("a", "b")
    ]
    assert [opener.origin.node for opener in path.after] == ["Y", "b"]
    simulator, sessions = Simulator(topology, Closure.UPPER), Sessions.NONE
    for opener in path.after:
        assert not simulator.send(path.packet, path.origin, sessions).delivered_at(path.destination)
        sessions = simulator.send(opener.packet, opener.origin, sessions).sessions
    assert simulator.send(path.packet, path.origin, sessions).delivered_at(path.destination)
