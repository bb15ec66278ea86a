"""Laws of reading translation tables; wrong ones are in tests/errors."""

from pathlib import Path

import pytest

from tests.formats.topologies import design
from zonecheck.model.address import AddressRange
from zonecheck.model.filter import ANY_ADDRESS
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule

SEGMENTS = """segments:
  L: {zone: lgwan, prefix: [10.2.0.0/24, "2001:db8:2::/64"]}
  I: {zone: internet, prefix: [10.3.0.0/24, "2001:db8:3::/64"]}
"""


def table(folder: Path, *lines: str) -> tuple[NatRule, ...]:
    """Return the table of a firewall with these lines."""
    text = SEGMENTS + (
        "devices:\n  fw:\n    kind: firewall\n    management: none\n    interfaces:\n"
        '      l: {segment: L, ip: [10.2.0.1, "2001:db8:2::1"]}\n'
        '      i: {segment: I, ip: [10.3.0.1, "2001:db8:3::1"], label: out}\n'
        "      j: {segment: I, ip: 10.3.0.2, label: out}\n    nat:\n"
    )
    text += "".join(f"      - {line}\n" for line in lines)
    return design(folder, text).devices[0].nat


def shown(ranges: tuple[AddressRange, ...] | None) -> list[str]:
    """Return ranges as text."""
    return [str(item) for item in ranges or ()]


def test_a_rule_translates_what_its_line_says(tmp_path: Path) -> None:
    """`source` makes source rules, `destination` destination rules, called by their position."""
    source, target = table(
        tmp_path,
        "{from: L, out: j, source: 10.3.0.8-10.3.0.9}",
        "{in: i, to: 203.0.113.80, service: tcp/443, destination: 10.2.0.10, port: 8443}",
    )
    assert (source.kind, source.name, source.out_interfaces) == (SOURCE_NAT, "1", ("j",))
    assert shown(source.source_to) == ["10.3.0.8-10.3.0.9"]
    assert (target.kind, target.name, target.in_interfaces) == (DESTINATION_NAT, "2", ("i",))
    assert (str(target.destination_to), target.port_to) == ("10.2.0.10", 8443)
    assert not target.one_to_one


def test_both_in_one_line_are_two_rules(tmp_path: Path) -> None:
    """The source rule matches what the destination rule made, in address and in port."""
    line = "{from: L, to: 203.0.113.80, service: tcp/443, destination: 10.3.0.9, port: 8443,"
    first, second = table(tmp_path, line + " source: 10.3.0.8}")
    assert (first.kind, second.kind) == (DESTINATION_NAT, SOURCE_NAT)
    assert shown(first.destinations.ranges) == ["203.0.113.80"]
    assert shown(second.destinations.ranges) == ["10.3.0.9"]
    assert [str(item) for item in second.services] == ["tcp/8443"]
    assert first.sources == second.sources


def test_the_outgoing_interface_gives_its_own_addresses(tmp_path: Path) -> None:
    """One rule for each interface behind a label, and for each IP version."""
    rules = table(tmp_path, "{from: L, out: out, source: interface}")
    assert [(rule.out_interfaces, shown(rule.source_to)) for rule in rules] == [
        (("i",), ["10.3.0.1"]),
        (("i",), ["2001:db8:3::1"]),
        (("j",), ["10.3.0.2"]),
    ]


def test_a_packet_keeps_its_ip_version(tmp_path: Path) -> None:
    """No rule has targets of both versions."""
    rules = table(tmp_path, '{source: [10.3.0.8, "2001:db8:3::8", 10.3.0.9]}')
    assert [shown(rule.source_to) for rule in rules] == [
        ["10.3.0.8", "10.3.0.9"],
        ["2001:db8:3::8"],
    ]


@pytest.mark.parametrize(
    ("inside", "outside"), [("10.2.0.10", "203.0.113.80"), ("10.2.0.32/28", "203.0.113.32/28")]
)
def test_static_is_one_to_one_both_ways(inside: str, outside: str, tmp_path: Path) -> None:
    """Its two rules undo each other."""
    one, other = table(tmp_path, f"{{static: {{inside: {inside}, outside: {outside}}}, in: i}}")
    assert (one.kind, other.kind) == (SOURCE_NAT, DESTINATION_NAT)
    assert one.one_to_one
    assert other.one_to_one
    assert one.sources.ranges == (other.destination_to,)
    assert one.source_to == other.destinations.ranges
    assert (one.in_interfaces, one.out_interfaces, other.in_interfaces) == ((), (), ("i",))


def test_a_range_of_destinations_keeps_positions(tmp_path: Path) -> None:
    """Several addresses translate one to one."""
    (rule,) = table(tmp_path, "{to: 203.0.113.0/28, destination: 10.2.0.16/28}")
    assert rule.one_to_one


def test_an_exemption_has_no_target(tmp_path: Path) -> None:
    """It shields what matches from the lines below."""
    rules = table(
        tmp_path,
        "{from: L, exempt: true, kind: source}",
        "{exempt: true, kind: destination}",
        "{from: L, exempt: false, source: 10.3.0.9}",
    )
    assert [rule.kind for rule in rules] == [SOURCE_NAT, DESTINATION_NAT, SOURCE_NAT]
    assert not any(rule.source_to or rule.destination_to for rule in rules[:2])
    assert rules[1].sources == ANY_ADDRESS
    assert rules[2].source_to
