"""Declared flows work, nothing circles, next hops exist."""

from ipaddress import ip_address

import pytest

from tests.policy.written_designs import codes, judged
from zonecheck.policy import Status
from zonecheck.policy.routing_assumption import RoutingAssumption

CHECK = "route-filter-consistency"
NETWORK = """
segments:
  L: {{zone: lgwan, prefix: 10.20.0.0/24}}
  C: {{zone: lgwan, prefix: 10.99.0.0/30}}
  S: {{zone: lgwan, prefix: 10.21.0.0/24}}
hosts:
  pc: {{segment: L, ip: 10.20.0.10}}
  srv: {{segment: S, ip: 10.21.0.10}}
devices:
  near:
    kind: router
    interfaces:
      l: {{segment: L, ip: 10.20.0.1}}
      c: {{segment: C, ip: 10.99.0.1}}
    {near}
    management: none
  far:
    kind: firewall
    interfaces:
      s: {{segment: S, ip: 10.21.0.1}}
      c: {{segment: C, ip: 10.99.0.2}}
    {far}
    management: none
    stateful: {stateful}
    {rules}
    default: deny
channels:
  web: {{kind: necessary, from: pc, to: srv, service: {service}}}
"""
GOOD = {
    "near": "routes: [{to: 10.21.0.0/24, via: 10.99.0.2}]",
    "far": "routes: [{to: 10.20.0.0/24, via: 10.99.0.1}]",
    "rules": "rules: [{name: web, from: pc, to: srv, service: tcp/443, action: permit}]",
    "service": "tcp/443",
    "stateful": "true",
}


def network(**changed: str) -> str:
    """Return two routers in a row with some of their lines changed."""
    return NETWORK.format(**{**GOOD, **changed})


def test_a_flow_that_is_routed_and_permitted_both_ways_holds() -> None:
    """The reference."""
    result = judged(network(), CHECK)
    assert (result.status, result.vacuous) == (Status.HOLDS, False)


@pytest.mark.parametrize(
    ("changed", "code", "node"),
    [
        ({"near": "routes: []"}, "stops-no-route", "near"),
        ({"far": "routes: []"}, "stops-no-route", "far"),
        ({"near": "routes: [{to: 10.21.0.0/24, discard: true}]"}, "stops-discard", "near"),
        ({"rules": "rules: []"}, "stops-denied", "far"),
        ({"service": "tcp/80"}, "stops-denied", "far"),
        ({"service": "[tcp/443, tcp/80]"}, "stops-denied", "far"),
        ({"stateful": "false"}, "stops-denied", "far"),
    ],
)
def test_a_flow_is_shown_where_it_stops(changed: dict[str, str], code: str, node: str) -> None:
    """On the way there or back, by route or by filter, each service by itself."""
    result = judged(network(**changed), CHECK)
    assert result.status is Status.VIOLATED
    found = [f.message for f in result.findings if f.message.code.endswith(code)]
    assert [message.named["node"] for message in found] == [node]


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"service": "tcp/440-450"}, [((440, 442), (444, 450))]),
        ({"service": "tcp"}, [((0, 442), (444, 65535))]),
        (
            {
                "service": "tcp/80-90",
                "rules": "rules: [{from: pc, to: srv, service: tcp/85-95, action: permit}]",
            },
            [((80, 84),)],
        ),
        (
            {
                "service": "tcp/440-450",
                "stateful": "false",
                "rules": "rules: [{from: pc, to: srv, service: tcp/440-450, action: permit},"
                " {from: srv, to: pc, service: tcp from 443,"
                " action: permit}]",
            },
            [((440, 442), (444, 450))],
        ),
    ],
)
def test_a_flow_of_which_some_ports_are_lost_shows_them(
    changed: dict[str, str], missing: list[tuple[tuple[int, int], ...]]
) -> None:
    """What works does not speak for what does not, on the way there or back."""
    result = judged(network(**changed), CHECK)
    assert result.status is Status.VIOLATED
    assert all(f.message.code.startswith(f"{CHECK}.part-") for f in result.findings)
    assert [box.dst_ports for f in result.findings for box in f.boxes] == missing


@pytest.mark.parametrize(
    "changed",
    [
        {
            "service": "tcp/440-450",
            "rules": "rules: [{from: pc, to: srv, service: tcp/440-445, action: permit},"
            " {from: pc, to: srv, service: tcp/446-460, action: permit}]",
        },
        {"service": "any", "rules": "rules: [{from: pc, to: srv, action: permit}]"},
        {"service": "icmp", "rules": "rules: [{from: pc, to: srv, service: icmp, action: permit}]"},
        {
            "service": "udp/500-520",
            "rules": "rules: [{from: pc, to: srv, service: udp, action: permit}]",
        },
    ],
)
def test_a_flow_all_of_whose_ports_work_holds_however_its_rules_are_split(
    changed: dict[str, str],
) -> None:
    """Answered or not, as long as it is permitted."""
    assert judged(network(**changed), CHECK).status is Status.HOLDS


def test_a_channel_works_on_a_port_if_it_does_between_any_two_of_its_hosts() -> None:
    """It says from where something may come, not that everything there needs it."""
    text = network(service="tcp/443-444").replace("from: pc, to: srv, service: tcp/443-444", "FLOW")
    text = text.replace("FLOW", "from: L, to: srv, service: tcp/443-444")
    one = "{from: pc, to: srv, service: tcp/443, action: permit}"
    other = "{from: 10.20.0.77, to: srv, service: tcp/444, action: permit}"
    rules = GOOD["rules"]
    assert judged(text, CHECK).status is Status.VIOLATED
    split = text.replace(rules, f"rules: [{one}, {other}]")
    assert judged(split, CHECK).status is Status.HOLDS


def test_a_rule_that_may_permit_the_rest_leaves_it_unknown() -> None:
    """It may be that all of it works."""
    rest = "{from: pc, to: srv, service: tcp, schedule: 業務時間, action: permit}"
    sure = "{from: pc, to: srv, service: tcp/443, action: permit}"
    found = judged(network(service="tcp/440-450", rules=f"rules: [{sure}, {rest}]"), CHECK)
    assert found.status is Status.UNKNOWN


def test_of_a_specific_flow_every_address_works() -> None:
    """What is to be exact is permitted from all it is declared from, to all it is declared to."""
    text = network().replace("channels:\n  web: {kind: necessary,", "specific_flows:\n  web: {")
    both = text.replace("ip: 10.20.0.10}", "ip: [10.20.0.10, 10.20.0.11]}")
    assert judged(both, CHECK).status is Status.HOLDS
    some = both.replace("from: pc, to: srv, service: tcp/443, act", "from: 10.20.0.10, FLOW, act")
    some = some.replace("FLOW", "to: srv, service: tcp/443")
    found = judged(some, CHECK)
    assert found.status is Status.VIOLATED
    address = int(ip_address("10.20.0.11"))
    assert [box.src for f in found.findings for box in f.boxes] == [((address, address),)]
    channel = some.replace("specific_flows:\n  web: {", "channels:\n  web: {kind: necessary,")
    assert judged(channel, CHECK).status is Status.HOLDS


def test_nobody_answers_a_log_message() -> None:
    """Syslog over UDP needs no way back, DNS does."""
    one_way = {"stateful": "false", "service": "udp/514"}
    rules = "rules: [{name: log, from: pc, to: srv, service: udp/514, action: permit}]"
    assert judged(network(**one_way, rules=rules), CHECK).status is Status.HOLDS
    asked = {"stateful": "false", "service": "udp/53", "rules": rules.replace("514", "53")}
    assert judged(network(**asked), CHECK).status is Status.VIOLATED


def test_undeclared_rules_leave_it_unknown_whether_a_flow_works() -> None:
    """The closures change places: what may be denied may not work."""
    result = judged(network(rules=""), CHECK)
    assert result.status is Status.UNKNOWN
    assert "missing.rules" in {item.item.code for item in result.missing}


def test_a_flow_nothing_could_let_through_is_violated_though_rules_are_undeclared() -> None:
    """No completion of the design makes it work."""
    assert judged(network(rules="", near="routes: []"), CHECK).status is Status.VIOLATED


def test_undeclared_routes_are_taken_to_be_shortest_paths() -> None:
    """What must work then rests on it, and on what is declared again if a way is barred."""
    result = judged(network(near=""), CHECK)
    assert result.status is Status.HOLDS
    assert "routing-shortest" in {entry.id for entry in result.assumptions}
    assert judged(network(near="", rules="rules: []"), CHECK).status is Status.VIOLATED


def test_routes_that_may_be_anything_are_unknown() -> None:
    """They may circle, or lead nowhere."""
    result = judged(network(), CHECK, RoutingAssumption.ANY)
    assert result.status is Status.UNKNOWN
    assert {item.item.code for item in result.missing} == {"missing.routes"}


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        ("rules: [{name: all, action: permit}]", Status.VIOLATED),
        (GOOD["rules"], Status.HOLDS),
    ],
)
def test_packets_circle_where_two_defaults_point_at_each_other(rules: str, status: Status) -> None:
    """Unless a filter on the way denies what would circle."""
    result = judged(
        network(
            near="routes: [{to: 0.0.0.0/0, via: 10.99.0.2}]",
            far="routes: [{to: 0.0.0.0/0, via: 10.99.0.1}]",
            rules=rules,
        ),
        CHECK,
    )
    assert result.status is status
    if status is Status.VIOLATED:
        assert codes(result) == {"loop"}
        place = result.findings[0].message.named["place"].split(" -> ")
        assert place[0] == place[-1]
        assert set(place) == {"near/c", "far/c"}


def test_a_next_hop_is_somebodys_address() -> None:
    """A stale one swallows what is routed to it."""
    stale = "routes: [{to: 10.21.0.0/24, via: 10.99.0.2}, {to: 10.22.0.0/24, via: 10.99.0.3}]"
    result = judged(network(near=stale), CHECK)
    assert codes(result) == {"dead-next-hop"}
    assert result.findings[0].message.named["hop"] == "10.99.0.3"


def test_a_sender_needs_an_address_of_its_own() -> None:
    """A router that opens no session sends nothing."""
    text = network().replace(
        "from: pc, to: srv, service: tcp/443}\n", "from: near, to: srv, service: tcp/443}\n"
    )
    assert codes(judged(text, CHECK)) == {"nobody"}


TRANSLATED = """
segments:
  I: {{zone: internet, prefix: 198.51.100.0/24}}
  S: {{zone: internet, prefix: 10.30.0.0/24}}
hosts:
  pc: {{segment: I, ip: 198.51.100.10}}
  web: {{segment: S, ip: 10.30.0.10}}
devices:
  fw:
    kind: firewall
    interfaces:
      i: {{segment: I, ip: 198.51.100.1}}
      s: {{segment: S, ip: 10.30.0.1}}
    routes: []
    management: none
    stateful: true
    rules: [{{name: web, from: pc, to: 10.30.0.10, service: tcp/8443, action: permit}}]
    default: deny
    nat: [{{{nat}}}]
channels:
  web:
    kind: necessary
    from: pc
    to: web
    service: tcp/443
    addressed_as: 198.51.100.1
"""
PUBLISHED = "to: 198.51.100.1, service: tcp/443, destination: 10.30.0.10, port: 8443"


def test_a_translated_flow_works_if_its_reply_comes_from_the_address_written_to() -> None:
    """The server answers the packet as it arrived; its answer is translated back."""
    assert judged(TRANSLATED.format(nat=PUBLISHED), CHECK).status is Status.HOLDS


def test_a_flow_to_an_address_that_nothing_translates_stops_there() -> None:
    """The firewall is then written to itself."""
    other = TRANSLATED.format(nat=PUBLISHED.replace("tcp/443", "tcp/444"))
    assert codes(judged(other, CHECK)) == {"stops-local"}


TUNNEL = """
segments:
  A: {{zone: lgwan, prefix: 10.20.0.0/24}}
  O: {{zone: lgwan, prefix: 10.99.0.0/30}}
  P: {{zone: lgwan, prefix: 10.99.0.4/30}}
  IN: {{zone: lgwan, prefix: 10.98.0.0/30}}
  B: {{zone: lgwan, prefix: 10.21.0.0/24}}
hosts:
  pc: {{segment: A, ip: 10.20.0.10}}
  srv: {{segment: B, ip: 10.21.0.10}}
devices:
  near:
    kind: router
    interfaces:
      a: {{segment: A, ip: 10.20.0.1}}
      o: {{segment: O, ip: 10.99.0.1}}
      t: {{segment: IN, ip: 10.98.0.1}}
    routes: [{{to: 10.99.0.4/30, via: 10.99.0.2}}, {{to: 10.21.0.0/24, via: 10.98.0.2}}]
    management: none
  wall:
    kind: firewall
    interfaces:
      o: {{segment: O, ip: 10.99.0.2}}
      p: {{segment: P, ip: 10.99.0.5}}
    routes: []
    management: none
    stateful: true
    rules: {rules}
    default: deny
  far:
    kind: router
    interfaces:
      p: {{segment: P, ip: 10.99.0.6}}
      b: {{segment: B, ip: 10.21.0.1}}
      t: {{segment: IN, ip: 10.98.0.2}}
    routes: [{{to: 10.99.0.0/30, via: 10.99.0.5}}, {{to: 10.20.0.0/24, via: 10.98.0.1}}]
    management: none
tunnels:
  vpn: {{kind: gre, carries: IN, ends: [10.99.0.1, 10.99.0.6]}}
channels:
  web: {{kind: necessary, from: pc, to: srv, service: tcp/443}}
"""
OUT = "{name: out, from: 10.99.0.1, to: 10.99.0.6, service: gre, action: permit}"
BACK = "{name: back, from: 10.99.0.6, to: 10.99.0.1, service: gre, action: permit}"
OTHER = "{name: other, from: 10.99.0.1, to: 10.99.0.6, service: esp, action: permit}"


@pytest.mark.parametrize(
    ("rules", "works"),
    [([OUT, BACK], True), ([OUT], True), ([BACK], True), ([OTHER], False), ([], False)],
)
def test_a_tunnel_works_if_its_ends_reach_each_other_outside(
    rules: list[str], *, works: bool
) -> None:
    """One of them opens and the other answers; what it carries is not asked."""
    result = judged(TUNNEL.format(rules=f"[{', '.join(rules)}]"), CHECK)
    found = codes(result)
    assert ("tunnel" in found) is not works
    assert (result.status is Status.HOLDS) is works


@pytest.mark.parametrize(("port", "works"), [(51820, True), (51821, False)])
def test_what_the_ends_of_a_tunnel_say_arrives_at_their_port(port: int, *, works: bool) -> None:
    """Behind a translation of its port nobody listens."""
    rules = [
        f"{{from: 10.99.0.1, to: 10.99.0.6, service: udp/{port}, action: permit}}",
        f"{{from: 10.99.0.6, to: 10.99.0.1, service: udp/{port}, action: permit}}",
    ]
    text = TUNNEL.format(rules=f"[{', '.join(rules)}]").replace("kind: gre", "kind: wireguard")
    nat = ", ".join(
        f"{{in: {face}, to: {far}, service: udp/51820, destination: {far}, port: {port}}}"
        for face, far in (("o", "10.99.0.6"), ("p", "10.99.0.1"))
    )
    text = text.replace("    stateful: true\n", f"    stateful: true\n    nat: [{nat}]\n")
    assert ("tunnel" not in codes(judged(text, CHECK))) is works
