"""Whether a filter ends in a deny is told by what it permits, however that is written."""

import pytest

from tests.policy.written_designs import judged
from zonecheck.policy import Status

CHECK = "unfiltered-zone-crossing"
NETWORK = """
zones: {{dmz: {{ja: 公開系}}}}
segments:
  L: {{zone: lgwan, prefix: [10.20.0.0/24, "2001:db8:20::/64"]}}
  L2: {{zone: lgwan, prefix: 10.20.1.0/24}}
  V: {{zone: dmz, prefix: [10.30.0.0/24, "2001:db8:30::/64"]}}
  W: {{zone: dmz, prefix: 203.0.113.0/24}}
hosts:
  l-pc: {{segment: L, ip: 10.20.0.10}}
  l2-pc: {{segment: L2, ip: 10.20.1.10}}
  web: {{segment: V, ip: 10.30.0.10}}
  out: {{segment: W, ip: 203.0.113.10}}
objects:
  nobody-yet: {{members: []}}
  anybody: {{members: [], when_empty: any}}
devices:
  fw:
    kind: firewall
    zones: [lgwan, dmz]
    interfaces:
      l: {{segment: L, ip: [10.20.0.1, "2001:db8:20::1"]}}
      l2: {{segment: L2, ip: 10.20.1.1}}
      v: {{segment: V, ip: [10.30.0.1, "2001:db8:30::1"]}}
      w: {{segment: W, ip: 203.0.113.1}}
    routes: []
    management: none
    stateful: true
    rules:
{rules}
    default: deny
"""


def status(*rules: str) -> Status:
    """Return the verdict on a firewall between two zones with these rules."""
    written = "\n".join(f"      - {{{rule}}}" for rule in rules) or "      []"
    return judged(NETWORK.format(rules=written), CHECK).status


PERMIT = "action: permit"


@pytest.mark.parametrize(
    "rules",
    [
        [PERMIT],
        [f'from: "{half}", {PERMIT}' for half in ("0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1")],
        [f"to: {half}, {PERMIT}" for half in ("0.0.0.0/1", "128.0.0.0/1")],
        [f"service: {each}, {PERMIT}" for each in ("tcp", "udp", "icmp", "icmpv6", "esp", "gre")],
        [f"service: tcp, {PERMIT}"],
        [f"service: udp, {PERMIT}"],
        [f"service: [tcp/1-30000, tcp/30001-65535], {PERMIT}"],
        [f'to: {{not: [240.0.0.0/4, "ff00::/8"]}}, {PERMIT}'],
        [f"from: L, to: V, {PERMIT}"],
        [f"from: L, to: 10.30.0.0/25, {PERMIT}", f"from: L, to: 10.30.0.128/25, {PERMIT}"],
        [f'from: "2001:db8:20::/64", to: "2001:db8:30::/64", {PERMIT}'],
        [f"in: l, from: L, {PERMIT}"],
        [f"from: L, to: W, {PERMIT}"],
        [f"in: l, out: v, service: tcp, {PERMIT}"],
    ],
)
def test_how_a_permit_is_split_makes_no_difference(rules: list[str]) -> None:
    """By addresses, protocols, ports, interfaces or segments: the deny is reached by nothing."""
    assert status(*rules) is Status.VIOLATED


@pytest.mark.parametrize(
    "rules",
    [
        ["service: tcp/445, action: deny", PERMIT],
        ["service: [tcp/0-40000, udp], action: deny", PERMIT],
        ["service: [tcp/445, udp/53], action: deny", f"from: L, to: V, {PERMIT}"],
        [f"service: [tcp/0-444, tcp/446-65535], {PERMIT}"],
        [f"from: {{not: [10.20.0.77]}}, {PERMIT}"],
        [f"from: L, to: {{not: [10.30.0.77]}}, {PERMIT}"],
    ],
)
def test_an_exception_to_a_permit_of_everything_is_no_terminal_deny(rules: list[str]) -> None:
    """What is denied is then the exception, and permitting is the rule."""
    assert status(*rules) is Status.VIOLATED


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [f"from: l-pc, to: web, {PERMIT}"],
        [f"from: L, to: web, service: tcp, {PERMIT}"],
        [f"from: L, to: V, service: [tcp/443, tcp/49152-65535, udp/53], {PERMIT}"],
        [f"from: L, to: V, service: [icmp, icmpv6, esp], {PERMIT}"],
        [f"service: tcp established, {PERMIT}"],
        [f"from: L, to: L2, {PERMIT}", f"from: L2, to: L, {PERMIT}", f"from: V, to: W, {PERMIT}"],
        ["from: L, to: V, action: deny", f"in: l, out: v, from: L, {PERMIT}"],
        [f"from: L, to: V, service: tcp/443, {PERMIT}", "action: deny"],
        [
            f"from: L, to: V, service: tcp/443, {PERMIT}",
            "from: L, to: [V, W], action: deny",
            f"from: L, {PERMIT}",
        ],
    ],
)
def test_a_list_that_permits_some_of_what_two_zones_may_say_ends_in_a_deny(
    rules: list[str],
) -> None:
    """Named hosts, named services, replies, and whatever stays in a zone."""
    assert status(*rules) is Status.HOLDS


@pytest.mark.parametrize(
    "rule",
    [
        f"{PERMIT}, schedule: 業務時間",
        f"from: nobody-yet, {PERMIT}",
        f"from: L, to: V, {PERMIT}, schedule: 業務時間",
    ],
)
def test_a_rule_that_may_permit_everything_leaves_it_unknown(rule: str) -> None:
    """The list may or may not end in a deny: it is not shown that it does."""
    assert status(rule) is Status.UNKNOWN


def test_a_rule_that_surely_permits_everything_is_violated_though_others_are_uncertain() -> None:
    """Neither what else may be permitted nor what may be denied mends it."""
    assert status(f"from: anybody, {PERMIT}") is Status.VIOLATED
    assert status(f"service: tcp/80, {PERMIT}, schedule: 業務時間", PERMIT) is Status.VIOLATED


def test_a_deny_that_may_not_apply_keeps_nothing_apart_for_sure() -> None:
    """All of it may be permitted."""
    assert status("action: deny, schedule: 夜間", PERMIT) is Status.UNKNOWN


TRANSLATED = """
zones: {{dmz: {{ja: 公開系}}}}
segments:
  L: {{zone: lgwan, prefix: 10.20.0.0/24}}
  W: {{zone: dmz, prefix: 203.0.113.0/24}}
hosts:
  pc: {{segment: L, ip: 10.20.0.10}}
  web: {{segment: W, ip: 203.0.113.10}}
devices:
  rt:
    kind: router
    zones: [lgwan, dmz]
    interfaces:
      l: {{segment: L, ip: 10.20.0.1}}
      w: {{segment: W, ip: 203.0.113.1, filter_in: i, filter_out: o}}
    filters:
      i: {{rules: [], default: deny}}
      o: {{rules: [{{from: 203.0.113.1, {rule}}}], default: deny}}
    routes: []
    management: none
    nat: [{{out: w, source: 203.0.113.1}}]
"""


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        (f"service: tcp/443, {PERMIT}", Status.HOLDS),
        (f"to: web, {PERMIT}", Status.HOLDS),
        (PERMIT, Status.VIOLATED),
    ],
)
def test_the_address_that_senders_are_given_stands_for_them_all(rule: str, status: Status) -> None:
    """What is permitted to it behind the translation is permitted to whoever gets it."""
    assert judged(TRANSLATED.format(rule=rule), CHECK).status is status
