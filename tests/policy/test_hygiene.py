"""`rule-anomaly` and `nat-consistency` on small designs, each told apart from its nearest twin."""

from pathlib import Path

import pytest

from tests.policy.written_designs import codes, design, judged
from zonecheck.formats import read_topology
from zonecheck.policy import CheckResult, Status
from zonecheck.policy.verdict import RuleConflict

# --- rule-anomaly --------------------------------------------------------------------------------

TWO_SEGMENTS = """
segments:
  A: {{zone: lgwan, vlan: 10, prefix: 10.2.0.0/24}}
  B: {{zone: lgwan, vlan: 20, prefix: 10.2.1.0/24}}
objects:
  unknown: {{members: []}}
hosts:
  pc: {{segment: A, ip: 10.2.0.10}}
  srv: {{segment: B, ip: 10.2.1.10}}
devices:
  fw:
    kind: {kind}
    {more}
    interfaces:
      a: {{segment: A, ip: 10.2.0.1{bound}}}
      b: {{segment: B, ip: 10.2.1.1}}
    management: none
    {rules}
"""


def anomalies(rules: str, kind: str = "firewall", bound: str = "", more: str = "") -> CheckResult:
    """Return the verdict on a device between two segments."""
    return judged(
        TWO_SEGMENTS.format(kind=kind, rules=rules, bound=bound, more=more), "rule-anomaly"
    )


def rules(*lines: str, default: str = "deny") -> str:
    """Return rules written as lines, from top to bottom."""
    return f"rules: [{', '.join('{' + line + '}' for line in lines)}]\n    default: {default}"


PERMIT = "name: permit, from: A, to: B, service: tcp/443, action: permit"
DENY = "name: deny, from: pc, to: srv, action: deny"
DENY_443 = "name: deny, from: pc, to: srv, service: tcp/443, action: deny"


def test_a_shadowed_rule_is_shown_with_what_shadows_it() -> None:
    """The finding stands at the rule, its evidence at the cause, with a packet both match."""
    found = anomalies(rules(PERMIT, DENY_443))
    assert codes(found) == {"shadowed"}
    (finding,) = found.findings
    evidence = finding.counterexample
    assert isinstance(evidence, RuleConflict)
    assert finding.message.named["rule"] == "deny"
    assert [name for name, _ in evidence.deciding] == ["permit"]
    assert evidence.deciding[0][1].line == finding.source.line
    assert str(evidence.packet) == "tcp 10.2.0.10:0 -> 10.2.1.10:443"


def test_a_rule_that_only_meets_another_is_left_alone() -> None:
    """An overlap of permit and deny is how exceptions are written."""
    assert anomalies(rules(PERMIT, DENY)).status is Status.HOLDS
    assert anomalies(rules(DENY_443, PERMIT)).status is Status.HOLDS


def test_what_a_name_matches_shadows_nothing() -> None:
    """Whether a name, a user or a time matches changes, so what stands below is reached."""
    for condition in ("fqdn: [example.jp]", "user: [suido]", "schedule: [平日]"):
        assert anomalies(rules(f"{PERMIT}, {condition}", DENY_443)).status is Status.HOLDS
    assert codes(anomalies(rules(PERMIT, f"{DENY_443}, schedule: [平日]"))) == {"shadowed"}


def test_what_an_undeclared_group_means_is_asked_for() -> None:
    """It may mean any, and shadow, or nothing, and never be hit; a fact, and not known."""
    found = anomalies(rules("name: group, from: unknown, to: srv, action: permit"))
    assert found.status is Status.UNKNOWN
    assert [item.item.code for item in found.missing] == ["missing.rule-meaning"]
    shadowing = "name: group, from: unknown, to: srv, action: deny"
    assert anomalies(rules(shadowing, PERMIT)).status is Status.HOLDS
    assert anomalies(rules(shadowing, DENY_443)).status is Status.UNKNOWN


def test_a_list_that_is_undeclared_is_asked_for() -> None:
    """Neither a list without rules nor one without a default is taken for in order."""
    assert [m.item.code for m in anomalies("").missing] == ["missing.rules"]
    found = anomalies(f"rules: [{{{PERMIT}}}]")
    assert (found.status, [m.item.code for m in found.missing]) == (
        Status.UNKNOWN,
        ["missing.default"],
    )


def test_a_permit_under_a_default_permit_changes_nothing() -> None:
    """Unless it is an exception to a deny."""
    assert codes(anomalies(rules(PERMIT, default="permit"))) == {"needless-default"}
    exception = "name: one, from: pc, to: srv, service: tcp/443, action: permit"
    whole = "name: rest, from: A, to: B, action: deny"
    assert anomalies(rules(exception, whole, default="permit")).status is Status.HOLDS


def test_a_permit_of_established_packets_is_never_hit_where_sessions_are_kept() -> None:
    """A stateful list sees openers; a stateless one sees all."""
    line = "name: back, from: B, to: A, service: tcp established, action: permit"
    assert codes(anomalies(rules(line))) == {"never-hit"}
    assert anomalies(rules(line), more="stateful: false").status is Status.HOLDS


def test_rules_between_other_interfaces_do_not_meet() -> None:
    """A rule is covered only if it is between every pair of interfaces it speaks about."""
    one, other = (
        f"name: {name}, in: {name}, service: tcp/443, action: permit, from: any, to: srv"
        for name in ("a", "b")
    )
    everywhere = "name: all, service: tcp/443, action: permit, from: any, to: srv"
    assert anomalies(rules(one, other)).status is Status.HOLDS
    found = anomalies(rules(one, other, everywhere))
    assert (codes(found), found.findings[0].message.named["rule"]) == ({"redundant"}, "all")


@pytest.mark.parametrize("bound", ["filter_in", "filter_out"])
def test_a_filter_counts_where_an_interface_names_it(bound: str) -> None:
    """A list nobody uses forwards nothing, whatever stands in it."""
    more = f"filters: {{acl: {{{rules(PERMIT, DENY_443)}}}}}".replace("\n    ", ", ")
    policy = "rules: []"
    assert anomalies(policy, "router", more=more).status is Status.HOLDS
    used = anomalies(policy, "router", bound=f", {bound}: acl", more=more)
    assert codes(used) == {"shadowed"}
    assert used.findings[0].message.named["place"] == "fw/acl"


ANY = "name: any, action: permit"
NARROW = "name: narrow, from: pc, to: srv, service: tcp/443, action: permit"


def told(found: CheckResult) -> list[tuple[str, str]]:
    """Return each rule that is blamed with what is wrong with it, in the order of a report."""
    return [
        (f.message.named["rule"], f.message.code.removeprefix("rule-anomaly."))
        for f in found.findings
    ]


def test_an_any_any_permit_comes_before_what_is_needless_only_because_of_it() -> None:
    """Who reads from the top narrows the permit, and keeps the good rules."""
    assert told(anomalies(rules(NARROW, ANY))) == [
        ("any", "any-any"),
        ("narrow", "needless-by-any"),
    ]
    assert told(anomalies(rules(ANY, NARROW, DENY))) == [
        ("any", "any-any"),
        ("narrow", "redundant-by-any"),
        ("deny", "shadowed-by-any"),
    ]


def test_what_is_idle_without_an_any_any_permit_too_is_told_as_ever() -> None:
    """Between the any-any permit and what hangs on it alone."""
    again = NARROW.replace("narrow", "again")
    other = "name: other, from: srv, to: pc, service: tcp/22, action: permit"
    assert told(anomalies(rules(other, NARROW, again, ANY))) == [
        ("any", "any-any"),
        ("again", "redundant"),
        ("other", "needless-by-any"),
        ("narrow", "needless-by-any"),
    ]


def test_any_any_permits_of_all_lists_come_first() -> None:
    """Not only before the findings of their own list."""
    acl = f"filters: {{acl: {{{rules(NARROW, ANY)}}}}}".replace("\n    ", ", ")
    found = anomalies(rules(PERMIT, DENY_443), bound=", filter_in: acl", more=acl)
    assert [code for _, code in told(found)] == ["any-any", "shadowed", "needless-by-any"]


def test_a_standby_member_is_judged_by_its_own_list() -> None:
    """The finding says in which state it occurs."""
    member = f"ha: {{member: fw-2, rules: [{{{PERMIT}}}, {{{DENY_443}}}]}}"
    found = anomalies(rules(PERMIT), more=member)
    assert codes(found) == {"shadowed"}
    assert {finding.state for finding in found.findings} == {"fw-2"}


# --- nat-consistency -----------------------------------------------------------------------------

PUBLISHED = """
segments:
  S: {{zone: {zone}, prefix: 10.3.0.0/24, ip_source_guard: true, port_security: true}}
  T: {{zone: internet, prefix: 10.3.1.0/24, ip_source_guard: true, port_security: true}}
  X: {{zone: internet, prefix: 10.3.9.0/29, ip_source_guard: true, port_security: true}}
hosts:
  web: {{segment: S, ip: 10.3.0.80}}
  web-2: {{segment: S, ip: 10.3.0.81}}
  pc: {{segment: T, count: 9}}
devices:
  fw:
    kind: firewall
    zones: [internet{zones}]
    interfaces:
      s: {{segment: S, ip: 10.3.0.1}}
      t: {{segment: T, ip: 10.3.1.1}}
      x: {{segment: X, ip: 10.3.9.1, reverse_path: strict}}
    routes: [{{to: 0.0.0.0/0, via: 10.3.9.2}}]
    management: none
    nat: [{nat}]
    rules: [{{name: in, from: {source}, to: 10.3.0.0/24, service: tcp/443, action: permit}}]
    default: deny
externals:
  internet: {{openness: open, edges: {{isp: {{segment: X, ip: 10.3.9.2}}}}}}
channels: {channels}
"""

STATIC = "{{name: web, in: x, out: x, static: {{inside: {0}, outside: {1}}}}}"
WEB = STATIC.format("10.3.0.80", "203.0.113.80")
LEG = "{{web: {{kind: necessary, from: internet, to: web, addressed_as: {0}, service: {1}}}}}"


def translations(
    nat: str,
    channels: str = "{}",
    *,
    source: str = "{not: [10.0.0.0/8]}",
    zone: str = "internet",
) -> CheckResult:
    """Return the verdict on a firewall that publishes servers."""
    zones = "" if zone == "internet" else f", {zone}"
    text = PUBLISHED.format(nat=nat, channels=channels, source=source, zone=zone, zones=zones)
    return judged(text, "nat-consistency")


def test_a_translation_without_a_declared_flow_exposes_whom_it_leads_to() -> None:
    """A flow that is addressed by it makes it meant; one by another address does not."""
    assert codes(translations(WEB)) == {"exposed"}
    meant = LEG.format("203.0.113.80", "tcp/443")
    assert translations(WEB, meant).status is Status.HOLDS
    both = f"{WEB}, {STATIC.format('10.3.0.81', '203.0.113.81')}"
    found = translations(both, meant)
    assert [finding.message.named["nat"] for finding in found.findings] == ["web"]
    assert "web-2" in found.findings[0].message.named["destination"]


def test_a_translation_that_only_opens_outwards_exposes_nobody() -> None:
    """What no rule lets in is not exposed, though an address is there for it."""
    assert translations(WEB, source="T").status is Status.HOLDS


def test_within_a_zone_translations_need_no_declaration() -> None:
    """From T to S is a matter of the zone itself, until S lies in another."""
    inside = "{name: alias, to: 203.0.113.80, destination: 10.3.0.80}"
    assert translations(inside, source="T").status is Status.HOLDS
    assert codes(translations(inside, source="T", zone="lgwan")) == {"exposed"}


@pytest.mark.parametrize(
    ("inside", "absent"),
    [
        ("10.3.0.80-10.3.0.81", None),
        ("10.3.0.80-10.3.0.82", "10.3.0.82"),
        ("10.3.0.82", "10.3.0.82"),
        ("10.3.1.7", None),
        ("10.3.0.0-10.3.0.255", None),
        ("10.9.0.0-10.9.0.255", "10.9.0.0-10.9.0.255"),
    ],
)
def test_each_address_inside_is_somebodys(inside: str, absent: str | None) -> None:
    """A host without an address may have any of its segment; a whole network stands for itself."""
    low, _, high = inside.partition("-")
    size = int(high.rsplit(".", 1)[-1]) - int(low.rsplit(".", 1)[-1]) if high else 0
    outside = f"198.51.100.0-198.51.100.{size}" if high else "198.51.100.0"
    found = translations(STATIC.format(inside, outside), source="T")
    named = [finding.message.named["addresses"] for finding in found.findings]
    assert named == ([] if absent is None else [absent])


@pytest.mark.parametrize(
    ("sources", "stale"),
    [
        ("10.3.1.0/24", False),
        ("10.3.1.0/25", False),
        ("10.0.0.0/8", False),
        ("any", False),
        ("10.3.0.82", True),
        ("10.8.0.0/16", True),
    ],
)
def test_sources_to_hide_are_somebodys(sources: str, stale: bool) -> None:
    """A network of which something is there is hidden as a whole; a host has to be there."""
    found = translations(f"{{name: hide, from: {sources}, out: x, source: interface}}", source="T")
    assert codes(found) == ({"stale"} if stale else set())


@pytest.mark.parametrize(
    ("addressed", "service", "wrong"),
    [
        ("203.0.113.80", "tcp/443", None),
        ("10.3.0.80", "tcp/443", None),
        ("[203.0.113.80, 10.3.0.80]", "tcp/443", None),
        ("203.0.113.81", "tcp/443", "203.0.113.81"),
        ("203.0.113.79-203.0.113.81", "tcp/443", "203.0.113.79, 203.0.113.81"),
        ("10.3.0.81", "tcp/443", "10.3.0.81"),
        ("203.0.113.90", "tcp/8443", None),
        ("203.0.113.90", "tcp/443", "203.0.113.90"),
        ("203.0.113.95", "tcp/443", None),
    ],
)
def test_a_flow_is_addressed_as_what_leads_to_its_end(
    addressed: str, service: str, wrong: str | None
) -> None:
    """Its own address, one translated into that for the service, or one translated twice."""
    further = (
        "{name: port, to: 203.0.113.90, service: tcp/8443, destination: 10.3.0.80, port: 443}, "
        "{name: first, to: 203.0.113.95, destination: 203.0.113.80}"
    )
    found = translations(f"{WEB}, {further}", LEG.format(addressed, service), source="T")
    named = [
        finding.message.named["addresses"]
        for finding in found.findings
        if finding.message.code == "nat-consistency.addressed-as"
    ]
    assert named == ([] if wrong is None else [wrong])


def test_a_design_is_read_in_which_nothing_is_translated() -> None:
    """There is nothing to ask, and the answer says so."""
    found = translations("")
    assert (found.status, found.vacuous) == (Status.HOLDS, True)
    assert design(TWO_SEGMENTS.format(kind="router", rules="", bound="", more="")).devices


SAVED = """*filter
:INPUT DROP [0:0]
:FORWARD {policy} [0:0]
:LAN - [0:0]
{lines}
COMMIT
"""


def saved(tmp_path: Path, policy: str, *lines: str) -> dict[int, str]:
    """Return what is wrong with the lines of an iptables-save file, by their number in it."""
    rules_file = tmp_path / "fw.rules"
    written = "\n".join(f"-A {line}" for line in lines)
    rules_file.write_text(SAVED.format(policy=policy, lines=written), "utf-8")
    config = "config: [{format: iptables-save, file: fw.rules}]"
    path = tmp_path / "design.zones.yaml"
    text = TWO_SEGMENTS.format(kind="firewall", rules=config, bound="", more="routes: []")
    path.write_text(f"zonecheck: 1\nname: saved\nprofile: fuefuki-10\n{text}", "utf-8")
    found = judged(read_topology(path), "rule-anomaly")
    return {f.source.line: f.message.code.partition(".")[2] for f in found.findings}


FIRST = 5
"""The line of a file at which its rules begin."""


def test_lines_of_netfilter_are_judged_as_they_are_written(tmp_path: Path) -> None:
    """One line may become several rules; a line for sessions is hit by these."""
    lines = (
        "FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "FORWARD -m conntrack --ctstate INVALID -j DROP",
        "FORWARD -i a -p tcp -m multiport --dports 80,443 -j ACCEPT",
        "FORWARD -i a ! -s 10.2.0.10 -p tcp --dport 443 -j ACCEPT",
        "FORWARD -i a -p tcp --dport 80:81 -j DROP",
        "FORWARD -i a -s 10.2.0.10 -p tcp --dport 80 -j DROP",
    )
    found = saved(tmp_path, "DROP", *lines)
    assert found == {FIRST + 3: "redundant", FIRST + 5: "shadowed"}


@pytest.mark.parametrize("policy", ["DROP", "ACCEPT"])
def test_the_policy_of_a_chain_is_a_default(tmp_path: Path, policy: str) -> None:
    """No packet may be left to it, and that it accepts anything is no line that does."""
    chains = ("FORWARD -i a -j LAN", "FORWARD -i b -j DROP", "LAN -p tcp -j ACCEPT", "LAN -j DROP")
    assert saved(tmp_path, policy, *chains) == {}
    assert saved(tmp_path, policy, "FORWARD -i b -p udp -j DROP") == {}
