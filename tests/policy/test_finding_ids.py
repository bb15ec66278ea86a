"""The law of ids: an id stands for all a finding says, so no waiver covers what comes later."""

from dataclasses import replace

import pytest

from tests.leaks.case_file import LEAKS
from tests.policy.written_designs import PROFILE, design
from zonecheck.formats import read_topology
from zonecheck.model.topology import Topology
from zonecheck.model.waiver import Waiver
from zonecheck.policy import CHECKS, Status, verify
from zonecheck.policy.finding_id import EXAMPLES, STATED
from zonecheck.policy.waiver_standing import EXCEPTION_VALID
from zonecheck.report.words import all_words

DESIGN = """
segments:
  M: {zone: mynumber, vlan: 10, prefix: 10.1.0.0/24, ip_source_guard: true, port_security: true}
  L: {zone: lgwan, vlan: 20, prefix: 10.2.0.0/24, ip_source_guard: true, port_security: true}
hosts:
  m-term:
    segment: M
    count: 2
    role: terminal
    attributes: {media_export: allowed, mfa: [knowledge], ownership: private}
  m-mfp:
    {segment: M, ip: 10.1.0.30, role: printer, fax: bridged, attributes: {media_export: blocked}}
  l-pc: {segment: L, ip: 10.2.0.10, role: terminal}
  l-home: {segment: L, ip: 10.2.0.11, attributes: {location: offsite, approvals: [plan]}}
devices:
  sw:
    kind: l2-switch
    management: none
    attributes: {unused_ports: shut, support_until: 2020-03-31}
    ports: {7: {mode: trunk, allowed: [10]}}
  fw:
    kind: firewall
    zones: [mynumber, lgwan]
    management: none
    interfaces:
      m: {segment: M, ip: 10.1.0.1}
      l: {segment: L, ip: 10.2.0.1}
    routes: [{to: 10.9.0.0/16, via: 10.2.0.99}]
    nat: [{name: old, to: 10.2.0.200, service: tcp/80, destination: 10.8.0.99}]
    rules:
      - {name: first, from: 10.2.0.0/25, to: M, service: tcp/80-90, action: deny}
      - {name: hidden, from: 10.2.0.0/28, to: M, service: tcp/80, action: permit}
      - {name: narrow, in: l, from: l-pc, to: M, service: tcp/443, action: permit}
      - {name: any, in: l, action: permit}
    default: deny
"""
"""A design with one of each finding, all of them about declarations."""

CHANGES = [
    ("mynumber-media-export-blocked", "allowed", "count: 2", "count: 3"),
    ("mynumber-media-export-blocked", "allowed", "m-term:", "m-other:"),
    ("mynumber-mfa", "factors", "count: 2", "count: 3"),
    ("mynumber-mfa", "factors", "[knowledge]", "[possession]"),
    ("private-device-connected", "private", "count: 2", "count: 3"),
    ("private-device-connected", "private", "m-term:", "m-other:"),
    ("mfp-single-zone", "fax", "ip: 10.1.0.30", "count: 2"),
    ("mfp-single-zone", "fax", "m-mfp:", "m-mfp-2:"),
    ("offsite-host-approved", "approvals", "[plan]", "[letter]"),
    ("offsite-host-approved", "approvals", "ip: 10.2.0.11", "count: 2"),
    ("device-software-supported", "over", "2020-03-31", "2019-03-31"),
    ("open-port-control", "open", "allowed: [10]", "allowed: [10, 20]"),
    ("route-filter-consistency", "dead-next-hop", "via: 10.2.0.99", "via: 10.2.0.98"),
    ("nat-consistency", "stale", "service: tcp/80, dest", "service: tcp/80-81, dest"),
    ("nat-consistency", "stale", "to: 10.2.0.200", "to: 10.2.0.201"),
    ("nat-consistency", "stale", "destination: 10.8.0.99", "destination: 10.8.0.98"),
    ("rule-anomaly", "shadowed", "10.2.0.0/28, to: M", "10.2.0.0/27, to: M"),
    ("rule-anomaly", "shadowed", "tcp/80, action", "tcp/80-81, action"),
    ("rule-anomaly", "shadowed", "name: hidden,", "name: hidden, in: l,"),
    ("rule-anomaly", "shadowed", "10.2.0.0/25", "10.2.0.0/26"),
    ("rule-anomaly", "shadowed", "tcp/80-90", "tcp/80-91"),
    ("rule-anomaly", "needless-by-any", "tcp/443", "tcp/443-444"),
    ("rule-anomaly", "needless-by-any", "from: l-pc", "from: L"),
    ("rule-anomaly", "needless-by-any", "name: any, in: l", "name: any"),
    ("rule-anomaly", "any-any", "name: any, in: l", "name: any"),
    ("rule-anomaly", "any-any", "default: deny", "default: deny\n    loose: true"),
    (
        "rule-anomaly",
        "any-any",
        "l: {segment: L, ip: 10.2.0.1}",
        "l: {segment: L, ip: 10.2.0.1}\n      l2: {segment: L, ip: 10.2.0.2}",
    ),
]
"""A check, what it found, and an edit of what that speaks of."""


def named(topology: Topology, check: str, code: str) -> set[str]:
    """Return the ids of what a check found of one kind."""
    result = verify(topology, PROFILE, checks=[check]).result(check)
    assert result.status is Status.VIOLATED
    return {f.id for f in result.findings if f.message.code == f"{check}.{code}"}


@pytest.mark.parametrize(("check", "code", "before", "after"), CHANGES)
def test_whatever_a_finding_speaks_of_is_in_its_id(
    check: str, code: str, before: str, after: str
) -> None:
    """Under the same names: a rule that is widened is another finding, or none."""
    assert DESIGN.count(before) == 1
    found = named(design(DESIGN), check, code)
    assert found
    assert "" not in found
    assert found.isdisjoint(named(design(DESIGN.replace(before, after)), check, code) - {""})


@pytest.mark.parametrize("check", sorted({change[0] for change in CHANGES}))
def test_what_a_finding_does_not_speak_of_is_not_in_its_id(check: str) -> None:
    """Where it stands, and what is noted beside it: a waiver outlives a comment."""
    moved = DESIGN.replace("hosts:\n", "# Here they are.\n\nhosts:\n")
    moved = moved.replace("name: hidden,", "name: hidden, note: 旧,")
    for code in {change[1] for change in CHANGES if change[0] == check}:
        assert named(design(moved), check, code) == named(design(DESIGN), check, code)


LINES = """
segments:
  L: {zone: lgwan, prefix: 10.2.0.0/24}
externals:
  agency:
    openness: closed
    basis: 契約書 1
    edges: {e: {segment: L, ip: 10.2.0.2}}
    peers: {system: {ip: 10.8.1.1, public_body: true, operator: 国, legal_basis: 法}}
"""


def test_one_more_system_behind_a_line_is_another_finding() -> None:
    """A line of a public body is waived for what was reached by it."""
    more = LINES.replace("peers: {system:", "peers: {other: {ip: 10.8.2.1}, system:")
    before = named(design(LINES), "public-links-via-lgwan", "direct")
    after = named(design(more), "public-links-via-lgwan", "direct")
    assert before.isdisjoint(after)
    assert "" not in before | after


def test_a_rule_written_once_more_is_another_finding() -> None:
    """Though it says the same, and the same rule decides in its place."""
    line = "      - {name: hidden, from: 10.2.0.0/28, to: M, service: tcp/80, action: permit}\n"
    assert line in DESIGN
    twice = DESIGN.replace(line, line * 2)
    before = named(design(DESIGN), "rule-anomaly", "shadowed")
    assert before.isdisjoint(named(design(twice), "rule-anomaly", "shadowed"))


def test_the_approved_export_to_media_can_be_recorded() -> None:
    """An everyday exception: the check is waived, and is not for one more terminal."""
    check = "mynumber-media-export-blocked"
    profile = replace(
        PROFILE, checks=tuple(replace(policy, waivable=True) for policy in PROFILE.checks)
    )
    topology = design(DESIGN)
    (finding,) = verify(topology, profile, checks=[check]).result(check).findings
    waiver = Waiver("usb", check, finding.id, "第120条", "CISO", "r", emergency=True)
    waiver = replace(waiver, reported=verify(topology, profile, checks=[check]).today)
    waived = verify(replace(topology, waivers=(waiver,)), profile, checks=[check])
    assert waived.result(check).status is Status.WAIVED
    more = design(DESIGN.replace("count: 2", "count: 3"))
    after = verify(replace(more, waivers=(waiver,)), profile, checks=[check])
    assert after.result(check).status is Status.VIOLATED


def test_what_fails_in_another_state_can_be_waived_for_that_state() -> None:
    """Whoever waives a finding in all states has its consequence under failure to waive, too."""
    check = "policy-holds-under-failure"
    member = "    ha: {member: fw-2, rules: [{name: w, from: L, to: M, action: permit}]}\n"
    profile = replace(
        PROFILE, checks=tuple(replace(policy, waivable=True) for policy in PROFILE.checks)
    )
    topology = design(DESIGN.replace("    routes: [", f"{member}    routes: ["))
    found = verify(topology, profile, checks=[check])
    findings = found.result(check).findings
    assert len({finding.id for finding in findings}) == len(findings) > 1
    waivers = tuple(
        Waiver(f"w{at}", check, f.id, "c", "CISO", "r", None, emergency=True, reported=found.today)
        for at, f in enumerate(findings)
    )
    every = replace(topology, waivers=waivers)
    assert verify(every, profile, checks=[check]).result(check).status in (
        Status.WAIVED,
        Status.UNKNOWN,
    )
    wider = replace(
        design(
            DESIGN.replace("    routes: [", f"{member}    routes: [").replace(
                "count: 2", "count: 3"
            )
        ),
        waivers=waivers,
    )
    assert verify(wider, profile, checks=[check]).result(check).status is Status.VIOLATED


def test_codes_without_an_id_are_those_of_the_catalogue() -> None:
    """And no message says everything and shows one example at once."""
    known = {c for c in all_words() if c.partition(".")[0] in {check.id for check in CHECKS}}
    assert known >= EXAMPLES | STATED
    assert not EXAMPLES & STATED


SOME = sorted(name for name, file in LEAKS.items() if file.not_modelled is None)[::9]


@pytest.mark.parametrize("name", [*SOME, ""])
def test_a_finding_has_an_id_unless_its_message_is_listed_as_an_example(name: str) -> None:
    """Of every check: so a report never calls one example what says everything."""
    topology = read_topology(LEAKS[name].path) if name else design(DESIGN)
    for result in verify(topology, PROFILE).results:
        if result.status is Status.VIOLATED and result.check != EXCEPTION_VALID:
            for finding in result.findings:
                assert bool(finding.id) == (finding.message.code not in EXAMPLES), finding.message
