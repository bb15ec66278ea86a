"""Devices whose rules are read from iptables-save files, and the import command."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.formats.topologies import codes, design
from zonecheck.cli import main
from zonecheck.formats import BadInput
from zonecheck.model.device import Device
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.source import NOWHERE
from zonecheck.policy.ledger.undeclared import undeclared_items

NETWORK = """segments:
  L: {zone: lgwan, prefix: [10.1.0.0/24, '2001:db8:1::/64']}
  I: {zone: internet, prefix: [10.2.0.0/24, '2001:db8:2::/64']}
devices:
  fw:
    kind: firewall
    interfaces:
      l: {segment: L, ip: 10.1.0.1}
      i: {segment: I, ip: 10.2.0.1}
"""
CONFIG = "    config: {format: iptables-save, file: fw.rules, interfaces: {eth0: l, eth1: i}}\n"
BOTH = """    config:
      - {format: iptables-save, file: fw.rules, interfaces: {eth0: l, eth1: i}}
      - {format: ip6tables-save, file: fw6.rules, interfaces: {eth0: l, eth1: i}}
"""
SIX = "*filter\n:INPUT DROP [0:0]\n:FORWARD DROP [0:0]\nCOMMIT\n"


def table(forward: str = "", own: str = "", policy: str = "DROP") -> str:
    """Return a filter table with these lines after `-A FORWARD` and `-A INPUT`."""
    lines = [f"-A FORWARD {line}" for line in forward.splitlines()]
    lines += [f"-A INPUT {line}" for line in own.splitlines()]
    head = ["*filter", f":INPUT {policy} [0:0]", f":FORWARD {policy} [1:2]"]
    return "\n".join([*head, *lines, "COMMIT", ""])


def firewall(folder: Path, rules: str, config: str = CONFIG, more: str = "") -> Device:
    """Return the firewall of a design that reads its rules from a file."""
    (folder / "fw.rules").write_text(rules, encoding="utf-8")
    (folder / "fw6.rules").write_text(SIX, encoding="utf-8")
    return design(folder, NETWORK + config + more).device_by_id["fw"]


def policy(device: Device) -> Filter:
    """Return the policy a device has."""
    assert device.policy is not None
    assert device.policy.rules is not None
    return device.policy


def of_version(item: Filter, version: int) -> list[Rule]:
    """Return the rules about one IP version."""
    return [
        rule
        for rule in item.rules or ()
        if version in rule.sources.versions & rule.destinations.versions
    ]


EARLY = "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n-p tcp --dport 80 -j ACCEPT"


def test_an_early_accept_of_sessions_is_a_stateful_filter(tmp_path: Path) -> None:
    """Nothing is left to say about sessions, and TCP is taken up in the middle as Linux does."""
    item = policy(firewall(tmp_path, table(EARLY), BOTH))
    assert (item.stateful, item.loose, item.session_rules) == (True, True, None)
    permit, deny, other = item.rules or ()
    assert [str(service) for service in permit.services] == ["tcp/80"]
    assert (permit.action, deny.action, other.action) == (
        Action.PERMIT,
        Action.DENY,
        Action.DENY,
    )
    assert permit.source.line == 5


def test_a_deny_before_it_also_binds_sessions(tmp_path: Path) -> None:
    """What is refused first is refused to packets of sessions as well."""
    item = policy(firewall(tmp_path, table("-s 10.1.0.9 -j DROP\n" + EARLY), BOTH))
    assert item.session_rules is not None
    assert [rule.action for rule in item.session_rules[:2]] == [Action.DENY, Action.PERMIT]
    assert item.session_rules[0].sources.text == "10.1.0.9"


def test_without_conditions_on_state_there_are_no_sessions(tmp_path: Path) -> None:
    """Every packet is judged by the same list."""
    item = policy(firewall(tmp_path, table("-p udp -j ACCEPT"), BOTH))
    assert (item.stateful, item.loose, item.session_rules) == (False, False, None)


def test_what_no_file_says_may_pass_or_not(tmp_path: Path) -> None:
    """Without an ip6tables-save file IPv6 is unknown, not closed."""
    item = policy(firewall(tmp_path, table("-j ACCEPT")))
    (rule,) = of_version(item, 6)
    assert (rule.action, rule.uncertain) == (Action.PERMIT, "ip6tables-save")


def test_what_is_not_understood_is_listed_with_its_line(tmp_path: Path) -> None:
    """An unknown match permits perhaps, an unknown target permits or denies perhaps."""
    lines = "-m geoip --source-country JP -j ACCEPT\n-p udp -j WHATEVER"
    (tmp_path / "fw.rules").write_text(table(lines), encoding="utf-8")
    (tmp_path / "fw6.rules").write_text(SIX, encoding="utf-8")
    topology = design(tmp_path, NETWORK + BOTH)
    first, second, third, *_ = policy(topology.device_by_id["fw"]).rules or ()
    assert first.uncertain == "-m geoip"
    assert (second.action, third.action) == (Action.PERMIT, Action.DENY)
    assert second.uncertain is not None
    assert third.uncertain is not None
    asked = {item.source.line for item in undeclared_items(topology) if item.source.line in (4, 5)}
    assert asked == {4, 5}


def test_a_name_the_device_lacks_may_be_any_of_its_interfaces(tmp_path: Path) -> None:
    """A permit on an interface that is not in the design is no permit that vanishes."""
    first, *_ = policy(firewall(tmp_path, table("-i ppp0 -j ACCEPT"), BOTH)).rules or ()
    assert (first.in_interfaces, first.uncertain) == ((), "interface")


def test_names_wildcards_and_negations_stand_for_interfaces_of_the_device(tmp_path: Path) -> None:
    """`! -i eth0` is every other, `eth+` all of that name, and the loopback never forwards."""
    lines = "! -i eth0 -o eth+ -j ACCEPT\n-i lo -j ACCEPT\n-i eth0 -p udp -j ACCEPT"
    first, second, *_ = policy(firewall(tmp_path, table(lines), BOTH)).rules or ()
    assert (first.in_interfaces, first.out_interfaces) == (("i",), ())
    assert second.in_interfaces == ("l",)


def test_the_input_chain_says_who_may_reach_the_device(tmp_path: Path) -> None:
    """Its permits become entries, as exact as the chain."""
    own = (
        "-s 10.1.0.66 -j DROP\n-i eth0 -s 10.1.0.0/24 -p tcp --dport 22 -j ACCEPT\n-i lo -j ACCEPT"
    )
    device = firewall(tmp_path, table("", own))
    (entry,) = device.management or ()
    assert entry.interfaces == ("l",)
    assert entry.sources.text == "10.1.0.0-10.1.0.65, 10.1.0.67-10.1.0.255"
    assert [str(service) for service in entry.services] == ["tcp/22"]


@pytest.mark.parametrize(
    "own", ["-m recent --rcheck -j ACCEPT", "-d 10.1.0.1 -j ACCEPT", "-j NFQUEUE"]
)
def test_an_input_chain_without_one_answer_leaves_management_undeclared(
    own: str, tmp_path: Path
) -> None:
    """Unknown rather than closed; what the author declares goes before it."""
    assert firewall(tmp_path, table("", own)).management is None
    assert firewall(tmp_path, table("", own), more="    management: none\n").management == ()


def test_an_open_input_chain_is_one_entry_for_each_interface(tmp_path: Path) -> None:
    """Everything from everyone needs no list of services."""
    entries = firewall(tmp_path, table(policy="ACCEPT")).management or ()
    assert [(entry.interfaces, entry.services) for entry in entries] == [(("l",), ()), (("i",), ())]


NAT = """*nat
:PREROUTING ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A PREROUTING -i eth1 -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.1.0.5:8080
-A POSTROUTING -s 10.1.0.0/24 -d 10.2.0.9 -j ACCEPT
-A POSTROUTING -s 10.1.0.0/24 -o eth1 -j MASQUERADE
COMMIT
"""


def test_exact_translations_are_read_and_others_have_to_be_written(tmp_path: Path) -> None:
    """DNAT, MASQUERADE and exemptions are; nat written by hand takes their place."""
    inward, exempt, outward = firewall(tmp_path, table() + NAT).nat
    assert (str(inward.destination_to), inward.port_to) == ("10.1.0.5", 8080)
    assert inward.in_interfaces == ("i",)
    assert (exempt.source_to, exempt.destination_to) == ((), None)
    assert (list(map(str, outward.source_to)), outward.out_interfaces) == (["10.2.0.1"], ("i",))
    odd = table() + NAT.replace("10.1.0.5:8080", "10.1.0.5:1-9")
    with pytest.raises(BadInput) as caught:
        firewall(tmp_path, odd)
    assert codes(caught.value) == ["iptables.nat-unclear"]
    assert firewall(tmp_path, odd, more="    nat: []\n").nat == ()


def test_drops_of_other_tables_come_first(tmp_path: Path) -> None:
    """A raw accept ends only the raw table; a drop there is a drop."""
    raw = (
        "*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -s 10.1.0.7 -j ACCEPT\n"
        "-A PREROUTING -s 10.1.0.0/24 -j DROP\nCOMMIT\n"
    )
    rules = policy(firewall(tmp_path, raw + table("-j ACCEPT"), BOTH)).rules or ()
    assert [(rule.action, rule.sources.text) for rule in rules[:2]] == [
        (Action.DENY, "10.1.0.0-10.1.0.6, 10.1.0.8-10.1.0.255"),
        (Action.PERMIT, "any"),
    ]


def test_untracked_packets_may_belong_to_no_session(tmp_path: Path) -> None:
    """With NOTRACK a permit of new connections is no longer certain, nor one of sessions."""
    raw = "*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p udp -j CT --notrack\nCOMMIT\n"
    lines = "-m state --state ESTABLISHED -j ACCEPT\n-m state --state NEW -j ACCEPT"
    item = policy(firewall(tmp_path, raw + table(lines), BOTH))
    assert (item.rules or ())[0].uncertain == "state"
    assert all(
        rule.uncertain == "untracked"
        for rule in item.session_rules or ()
        if rule.action is Action.PERMIT and rule.name.startswith("FORWARD")
    )


def test_comments_and_values_of_unknown_matches_are_never_repeated(tmp_path: Path) -> None:
    """Neither in rules nor in problems: they may hold what is nobody's business."""
    lines = (
        '-m comment --comment "hunter2 -j DROP" -m string --string hunter2 --algo bm -j ACCEPT\n'
        "-m comment --comment -j -j LOG --log-prefix -hunter2"
    )
    device = firewall(tmp_path, table(lines))
    assert "hunter2" not in repr(device)
    (tmp_path / "fw.rules").write_text(table(lines + "\n-s hunter2 -j ACCEPT"), encoding="utf-8")
    result = CliRunner().invoke(main, ["import", "iptables-save", str(tmp_path / "fw.rules")])
    assert result.exit_code == 2
    assert "fw.rules:6:15" in result.output
    assert "hunter2" not in result.output


def bare(item: Filter) -> Filter:
    """Return a filter without what its lines are called and where they stand."""

    def plain(rules: tuple[Rule, ...] | None) -> tuple[Rule, ...] | None:
        if rules is None:
            return None
        return tuple(
            replace(
                rule,
                note="",
                source=NOWHERE,
                uncertain=rule.uncertain and rule.uncertain.split()[-1],
            )
            for rule in rules
        )

    return replace(item, rules=plain(item.rules), session_rules=plain(item.session_rules))


def test_what_import_writes_means_what_config_reads(tmp_path: Path) -> None:
    """Pasted under the device, the rules are the same filter."""
    lines = (
        "-s 10.1.0.9 -j DROP\n-m state --state RELATED -j ACCEPT\n"
        "! -i l -p tcp --syn -m multiport --dports 80,443 -j ACCEPT\n"
        "-m mac --mac-source 00:00:5E:00:53:01 -j ACCEPT\n-m time --utc -p icmp -j ACCEPT"
    )
    config = "    config: {format: iptables-save, file: fw.rules}\n"
    read = policy(firewall(tmp_path, table(lines), config))
    path = str(tmp_path / "fw.rules")
    arguments = ["import", "iptables-save", path, "--interface", "l", "--interface", "i"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    assert result.output.count("# ") == 3
    pasted = "".join(
        f"    {line}\n" for line in result.output.splitlines() if not line.startswith("#")
    )
    assert bare(policy(firewall(tmp_path, table(), pasted))) == bare(read)
