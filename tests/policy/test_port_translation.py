"""Behind a port translation a check says what it says without one."""

from dataclasses import dataclass

import pytest

from tests.policy.written_designs import codes, judged
from zonecheck.policy import Status
from zonecheck.policy.verdict import PacketPath

GUARDED = "ip_source_guard: true, port_security: true"
NETWORK = """
segments:
  A: {{zone: {near}, prefix: 10.1.0.0/24, {guarded}}}
  B: {{zone: {far}, prefix: 10.2.0.0/24, {guarded}}}
  C: {{zone: {near}, prefix: 10.3.0.0/24, {guarded}}}
  LINE: {{zone: "ext:net", prefix: 10.9.0.0/30, {guarded}}}
hosts:
  a: {{segment: A, ip: 10.1.0.10, role: {role}}}
  b: {{segment: B, ip: 10.2.0.10, role: {role}}}
  c: {{segment: C, ip: 10.3.0.10, role: server}}
{hosts}
devices:
  fw:
    kind: firewall
    zones: [lgwan, internet, "ext:net"]
    interfaces:
      a: {{segment: A, ip: 10.1.0.1, reverse_path: strict, filter_in: shut}}
      b: {{segment: B, ip: 10.2.0.1, reverse_path: strict}}
      c: {{segment: C, ip: 10.3.0.1, filter_in: closed}}
      line: {{segment: LINE, ip: 10.9.0.1, reverse_path: strict}}
    routes: [{{to: 198.51.100.0/24, via: 10.9.0.2}}]
    management: none
    rules: [{{name: open, from: a, to: {end}, service: {opened}, action: permit}}]
    default: deny
    attributes: {{capabilities: dos-protection, responsible: ops}}
    filters:
      closed: {{rules: [], default: deny}}
      shut: {{rules: [{shut}], default: permit}}
    nat: [{nat}]
externals:
  net:
    openness: open
    basis: contract
    prefix: 198.51.100.0/24
    attributes: {{capabilities: dos-protection, responsible: ops}}
    edges: {{isp: {{segment: LINE, ip: 10.9.0.2}}}}
    peers: {{far: {{ip: 198.51.100.25}}}}
{more}
"""
SYSTEM = "systems: {{x: {{hosts: b, clients: [{clients}], service: tcp/443, {keys}}}}}"
SANITISER = """
  san:
    role: sanitiser
    zones: [lgwan, internet]
    ip_forward: false
    basis: design 3.2
    interfaces:
      outer: {side: outer, segment: A, ip: 10.1.0.31, listens: [tcp/25]}
      inner: {side: inner, segment: B, ip: 10.2.0.31, listens: []}
    services: [{method: mail-text, data_from: outer, outer: tcp/25, mail_mode: text-only}]
"""
MAIL_IN = """channels:
  mail:
    kind: mail-text
    data: {from: internet, to: lgwan}
    legs: [{from: a, to: san, service: tcp/25}, {from: san, to: b, service: tcp/25}]
"""


@dataclass(frozen=True)
class Case:
    """What a check speaks of: a service that arrives, and one it may be sent as."""

    check: str
    code: str
    arrives: str
    sent: str
    near: str = "lgwan"
    far: str = "lgwan"
    role: str = "server"
    hosts: str = ""
    more: str = ""
    end: str = "b"

    def network(self, arrives: str, sent: str | None = None) -> str:
        """Return the network in which a gets one service, translated if it is sent as another."""
        address = {"b": "10.2.0.10", "net/far": "198.51.100.25"}[self.end]
        nat, shut = "", ""
        if sent is not None:
            port = arrives.partition("/")[2]
            nat = f"{{in: a, to: 10.1.0.1, service: {sent}, destination: {address}, port: {port}}}"
            shut = f"{{name: direct, to: {address}, action: deny}}"
        return NETWORK.format(
            near=self.near,
            far=self.far,
            role=self.role,
            hosts=self.hosts,
            more=self.more,
            end=self.end,
            opened=arrives,
            nat=nat,
            shut=shut,
            guarded=GUARDED,
        )

    def found(self, arrives: str, sent: str | None = None) -> bool:
        """Return whether the check finds what it should."""
        return self.code in codes(judged(self.network(arrives, sent), self.check))

    def __str__(self) -> str:
        return f"{self.check}-{self.sent}-{self.arrives}"


BASIS = "admins: [], admin_basis: design 4"
TESTS = "  x: {hosts: b, clients: [c], service: tcp/443, admins: [], admin_basis: design 4}\n"
CASES = (
    Case(
        "admin-flow-from-mgmt-only",
        "extra",
        "tcp/22",
        "tcp/443",
        more=SYSTEM.format(clients="a", keys="admins: []"),
    ),
    Case(
        "admin-flow-from-mgmt-only",
        "extra",
        "tcp/22",
        "tcp/8022",
        more=SYSTEM.format(clients="c", keys="admins: []"),
    ),
    Case(
        "log-store-protected",
        "extra",
        "tcp/22",
        "tcp/443",
        more=SYSTEM.format(clients="a", keys="admins: [], provides: log"),
    ),
    Case(
        "log-store-protected",
        "extra",
        "tcp/443",
        "tcp/22",
        more=SYSTEM.format(clients="c", keys=f"{BASIS}, provides: log"),
    ),
    Case(
        "system-access-minimal",
        "extra",
        "tcp/443",
        "tcp/22",
        more=SYSTEM.format(clients="c", keys=BASIS),
    ),
    Case(
        "dev-prod-separation",
        "extra",
        "tcp/443",
        "tcp/22",
        more=f"systems:\n  t: {{hosts: a, environment: test}}\n{TESTS}",
    ),
    Case("lateral-movement-bounded", "opens", "tcp/3389", "tcp/443", role="terminal"),
    Case("smtp-restricted", "extra", "tcp/25", "tcp/2525", near="internet"),
    Case("smtp-restricted", "extra", "tcp/25", "tcp/2525", end="net/far"),
    Case(
        "sanitise-mail-text",
        "packet",
        "tcp/25",
        "tcp/2525",
        near="internet",
        hosts=SANITISER,
        more=MAIL_IN,
    ),
    Case("time-sync-reachable", "internet", "udp/123", "udp/1123", end="net/far"),
    Case("mail-egress-control", "uncontrolled", "tcp/25", "tcp/2525", end="net/far"),
    Case("web-category-blocked", "unfiltered", "tcp/443", "tcp/8443", end="net/far"),
)


AS_SENT_TOO = ("smtp-restricted", "sanitise-mail-text", "time-sync-reachable")
"""Checks that speak of what is sent as a service, too, wherever it arrives."""


@pytest.mark.parametrize("case", CASES, ids=str)
def test_behind_a_port_translation_a_check_says_what_it_says_without_one(case: Case) -> None:
    """The server is asked for what arrives there, whatever it was sent as."""
    assert case.found(case.arrives)
    assert case.found(case.arrives, case.sent)


@pytest.mark.parametrize("case", [c for c in CASES if c.check not in AS_SENT_TOO], ids=str)
def test_what_arrives_as_another_service_is_judged_as_that(case: Case) -> None:
    """A port in front of a server opens what it leads to, and nothing by its own number."""
    assert case.found(case.sent, case.arrives) == case.found(case.sent)


@pytest.mark.parametrize("case", [c for c in CASES if c.check in AS_SENT_TOO], ids=str)
def test_what_is_sent_as_mail_or_asks_for_the_time_does_so_wherever_it_arrives(case: Case) -> None:
    """Filters on its way see the port it was sent to, and who sends means that service."""
    assert not case.found(case.sent)
    assert case.found(case.sent, case.arrives)


UPDATES = "systems: {u: {hosts: b, clients: [A], service: tcp/8530, admins: [], provides: update}}"
BESIDE = """  r:
    kind: router
    interfaces:
      a: {segment: A, ip: 10.1.0.2, filter_in: closed}
      b: {segment: B, ip: 10.2.0.2}
    routes: []
    management: none
    filters: {closed: {rules: [], default: deny}}
externals:
"""


def is_lost(text: str) -> bool:
    """Return whether a lacks what it needs."""
    found = judged(text, "update-path-reachable").findings
    return "a" in {finding.message.named["element"] for finding in found}


@pytest.mark.parametrize(
    ("arrives", "sent", "lost"),
    [
        ("tcp/8530", None, False),
        ("tcp/7777", None, True),
        ("tcp/8530", "tcp/7777", False),
        ("tcp/7777", "tcp/8530", True),
    ],
)
def test_a_service_is_reached_if_it_arrives_at_its_port(
    arrives: str, sent: str | None, *, lost: bool
) -> None:
    """Nothing listens where a translation leads elsewhere."""
    case = Case("update-path-reachable", "lost", arrives, arrives, more=UPDATES)
    assert is_lost(case.network(arrives, sent)) is lost


def test_a_service_is_reached_if_its_answer_comes_from_the_address_written_to() -> None:
    """What answers past the translation answers nothing that was asked."""
    text = Case("update-path-reachable", "lost", "", "", more=UPDATES).network("tcp/8530", "tcp/80")
    past = text.replace("externals:\n", BESIDE).replace(
        "10.2.0.1, reverse_path: strict}", "10.2.0.1, filter_in: closed}"
    )
    assert past.count("filter_in: closed") == 3
    assert is_lost(past)
    both = past.replace("10.2.0.1, filter_in: closed}", "10.2.0.1}")
    assert not is_lost(both)


@pytest.mark.parametrize("sent", [None, "udp/7777"])
def test_what_arrives_as_a_tunnel_may_carry_anything_whatever_it_was_sent_as(
    sent: str | None,
) -> None:
    """A declared flow does not say so, and nobody knows what is inside."""
    addressed = "" if sent is None else ", addressed_as: 10.1.0.1"
    service = sent or "udp/1194"
    leg = f"channels: {{x: {{kind: necessary, from: a, to: b, service: {service}{addressed}}}}}"
    check = "lgwan-internet-separation"
    text = Case(check, "packet", "", "", near="internet", more=leg).network("udp/1194", sent)
    assert judged(text, check).status is Status.UNKNOWN


@pytest.mark.parametrize("declared", [True, False])
def test_a_declared_flow_and_its_replies_stay_declared_behind_a_translation(
    *, declared: bool
) -> None:
    """Replies that come back after the translation was forgotten are replies of that flow."""
    leg = "{kind: necessary, from: a, to: b, service: tcp/2525, addressed_as: 10.1.0.1}"
    more = f"channels: {{x: {leg}}}" if declared else ""
    case = Case("undeclared-permit", "packet", "", "", near="internet", more=more)
    status = judged(case.network("tcp/8025", "tcp/2525"), case.check).status
    assert status is (Status.HOLDS if declared else Status.VIOLATED)


def test_what_is_not_sent_as_declared_is_not_excused_by_where_it_arrives() -> None:
    """Who writes to the server past the translation does what nobody declared, and so its reply."""
    leg = "{kind: necessary, from: a, to: b, service: tcp/2525, addressed_as: 10.1.0.1}"
    case = Case(
        "undeclared-permit", "packet", "", "", near="internet", more=f"channels: {{x: {leg}}}"
    )
    text = case.network("tcp/8025", "tcp/2525")
    direct = text.replace("{name: direct, to: 10.2.0.10, action: deny}", "")
    assert judged(direct, case.check).status is Status.VIOLATED


@pytest.mark.parametrize(("address", "excused"), [(25, True), (66, False)])
def test_a_flow_that_is_declared_to_a_peer_arrives_at_its_address(
    address: int, *, excused: bool
) -> None:
    """A translation that leads on to somebody else leads where nothing is declared to go."""
    more = "channels: {x: {kind: necessary, from: a, to: net/far, service: tcp/443}}"
    case = Case("undeclared-permit", "packet", "", "", end="net/far", more=more)
    to = f"198.51.100.{address}"
    nat = f"nat: [{{in: a, to: 198.51.100.25, service: tcp/443, destination: {to}}}]"
    shut = "shut: {rules: [{to: 198.51.100.66, action: deny}]"
    text = case.network("tcp/443").replace("nat: []", nat).replace("shut: {rules: []", shut)
    result = judged(text.replace("to: net/far, service", f"to: {to}, service", 1), case.check)
    assert (result.status is Status.HOLDS) is excused
    shown = [finding.counterexample for finding in result.findings]
    senders = {path.origin.node for path in shown if isinstance(path, PacketPath)}
    assert ("a" in senders) is not excused
