"""Replies meet the state the way there left behind."""

import pytest

from tests.policy.written_designs import codes, judged
from zonecheck.policy import Status
from zonecheck.policy.routing_assumption import RoutingAssumption
from zonecheck.policy.verdict import MissingControl, PacketPath

CHECK = "asymmetric-path"
# A core with two ways to the servers: through the firewall, and a shortcut around it.
NETWORK = """
segments:
  L: {{zone: lgwan, prefix: 10.20.0.0/24}}
  A: {{zone: lgwan, prefix: 10.99.0.0/30}}
  B: {{zone: lgwan, prefix: 10.99.0.4/30}}
  S: {{zone: internet, prefix: 10.30.0.0/24}}
  T: {{zone: internet, prefix: 10.31.0.0/24}}
hosts:
  pc: {{segment: L, ip: 10.20.0.10}}
  srv: {{segment: T, ip: 10.31.0.10}}
devices:
  core:
    kind: router
    interfaces:
      l: {{segment: L, ip: 10.20.0.1}}
      a: {{segment: A, ip: 10.99.0.1}}
      b: {{segment: B, ip: 10.99.0.5}}
    routes: [{{to: 10.31.0.0/24, via: {there}}}]
    management: none
  fw:
    kind: firewall
    zones: [lgwan, internet]
    interfaces:
      a: {{segment: A, ip: 10.99.0.2}}
      s: {{segment: S, ip: 10.30.0.1}}
    routes: [{{to: 10.20.0.0/24, via: 10.99.0.1}}, {{to: 10.31.0.0/24, via: 10.30.0.2}}]
    management: none
    stateful: {stateful}
    {rules}
    default: deny
  edge:
    kind: router
    zones: [lgwan, internet]
    interfaces:
      b: {{segment: B, ip: 10.99.0.6}}
      s: {{segment: S, ip: 10.30.0.2}}
      t: {{segment: T, ip: 10.31.0.1}}
    routes: [{{to: 10.20.0.0/24, via: {back}}}]
    management: none
channels:
  web: {{kind: necessary, from: pc, to: srv, service: tcp/443}}
"""
THROUGH = {"there": "10.99.0.2", "back": "10.30.0.1"}
AROUND = {"there": "10.99.0.6", "back": "10.99.0.5"}
PERMIT = "rules: [{name: web, from: pc, to: srv, service: tcp/443, action: permit}]"


def network(*, there: str, back: str, rules: str = PERMIT, stateful: str = "true") -> str:
    """Return the design with the routes given at both ends."""
    return NETWORK.format(there=there, back=back, rules=rules, stateful=stateful)


def test_the_same_way_there_and_back_holds() -> None:
    """Through the firewall both times."""
    result = judged(network(**THROUGH), CHECK)
    assert (result.status, result.vacuous) == (Status.HOLDS, False)


def test_without_state_there_is_nothing_to_ask() -> None:
    """Both ways around the firewall: other checks object, this one has no session to look for."""
    result = judged(network(**AROUND), CHECK)
    assert (result.status, result.vacuous) == (Status.HOLDS, True)


def test_a_reply_around_the_firewall_is_found_with_both_ways() -> None:
    """The firewall sees half of every session."""
    result = judged(network(there="10.99.0.2", back="10.99.0.5"), CHECK)
    assert result.status is Status.VIOLATED
    avoided = [f for f in result.findings if f.message.code.endswith("avoided")]
    control = avoided[0].counterexample
    assert isinstance(control, MissingControl)
    assert control.place == "fw"
    assert isinstance(control.passes, PacketPath)
    assert [hop.node for hop in control.passes.hops] == ["edge", "core"]
    assert [hop.node for hop in control.passes.after[0].hops] == ["core", "fw", "edge"]


def test_a_reply_that_meets_a_firewall_without_its_session_is_found() -> None:
    """The way there went around it."""
    result = judged(network(there="10.99.0.6", back="10.30.0.1"), CHECK)
    assert result.status is Status.VIOLATED
    assert codes(result) == {"no-session"}
    assert {f.message.named["filter"].split("/")[0] for f in result.findings} == {"fw"}


@pytest.mark.parametrize("end", ["there", "back"])
def test_one_branch_of_equal_routes_that_misses_the_firewall_is_enough(end: str) -> None:
    """A flow takes one branch, and only the filters on it know it."""
    both = {"there": "[10.99.0.2, 10.99.0.6]", "back": "[10.30.0.1, 10.99.0.5]"}
    result = judged(network(**{**THROUGH, end: both[end]}), CHECK)
    assert result.status is Status.VIOLATED


def test_a_stateless_filter_may_be_avoided() -> None:
    """It holds no session that could be missing."""
    stateless = network(there="10.99.0.2", back="10.99.0.5", stateful="false")
    assert judged(stateless, CHECK).status is Status.HOLDS


def test_a_firewall_whose_rules_are_undeclared_leaves_its_sessions_unknown() -> None:
    """The upper closure passes everything, session or not, and proves nothing here."""
    result = judged(network(**THROUGH, rules=""), CHECK)
    assert result.status is Status.UNKNOWN
    assert "missing.rules" in {item.item.code for item in result.missing}


def test_undeclared_routes_are_taken_to_be_shortest_paths() -> None:
    """The shortest way back is the one around the firewall; of any way nothing is known."""
    line = "    routes: [{to: 10.20.0.0/24, via: 10.30.0.1}]\n"
    text = network(**THROUGH)
    assert line in text
    undeclared = text.replace(line, "")
    assert judged(undeclared, CHECK).status is Status.VIOLATED
    result = judged(undeclared, CHECK, RoutingAssumption.ANY)
    assert result.status is Status.UNKNOWN
    assert {item.item.code for item in result.missing} == {"missing.routes"}


@pytest.mark.parametrize(
    ("back", "status"), [("10.30.0.1", Status.HOLDS), ("10.99.0.5", Status.VIOLATED)]
)
def test_a_reply_around_the_translator_is_found_though_no_filter_keeps_state(
    back: str, status: Status
) -> None:
    """Nobody else can give it the address back that was written to."""
    both = """rules:
      - {name: web, from: pc, to: srv, service: tcp/443, action: permit}
      - {name: back, from: srv, to: pc, service: {service: tcp, source: 443}, action: permit}
    nat: [{to: 10.99.0.2, service: tcp/443, destination: 10.31.0.10}]"""
    text = network(there="10.99.0.2", back=back, rules=both, stateful="false")
    text = text.replace("service: tcp/443}\n", "service: tcp/443, addressed_as: 10.99.0.2}\n")
    result = judged(text, CHECK)
    assert (result.status, result.vacuous) == (status, False)
    places = {f.counterexample.place for f in result.findings if f.zones == ("internet", "lgwan")}  # type: ignore[union-attr]
    assert places == ({"fw"} if status is Status.VIOLATED else set())


BRIDGED = """
segments:
  A: {{zone: lgwan, prefix: 10.20.0.0/25}}
  B: {{zone: internet, prefix: 10.20.0.128/25}}
hosts:
  pc: {{segment: A, ip: 10.20.0.10}}
  srv: {{segment: B, ip: 10.20.0.130}}
devices:
  one:
    kind: transparent-firewall
    zones: [lgwan, internet]
    interfaces: {{a: {{segment: A}}, b: {{segment: B}}}}
    management: none
    non_ip: false
    rules: [{{name: web, from: pc, to: srv, service: tcp/443, action: permit}}]
    default: deny
{other}
channels:
  web: {{kind: necessary, from: pc, to: srv, service: tcp/443}}
"""
BESIDE = """
  two:
    kind: transparent-firewall
    zones: [lgwan, internet]
    interfaces: {{a: {{segment: A}}, b: {{segment: B}}}}
    management: none
    non_ip: false
    stateful: {stateful}
    rules: [{{name: back, from: srv, to: pc, action: {action}}}]
    default: deny
"""


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("", set()),
        (BESIDE.format(stateful="false", action="permit"), {"avoided"}),
        (BESIDE.format(stateful="true", action="deny"), {"no-session"}),
    ],
)
def test_a_transparent_firewall_beside_another_knows_nothing_of_its_sessions(
    other: str, found: set[str]
) -> None:
    """A reply may cross either; one of them has not seen what it answers."""
    result = judged(BRIDGED.format(other=other), CHECK)
    named = {(f.message.named["flow"].partition(":")[0], f.message.code) for f in result.findings}
    assert {(flow, code) for flow, code in named if flow == "web"} == {
        ("web", f"{CHECK}.{code}") for code in found
    }
    assert not result.vacuous
    assert result.status is (Status.VIOLATED if found else Status.HOLDS)
