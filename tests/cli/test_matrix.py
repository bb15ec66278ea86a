"""`zonecheck matrix` of one firewall."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.formats.topologies import MINIMAL
from tests.published import published
from zonecheck.cli import main

RULES = """*filter
:FORWARD DROP [0:0]
-A FORWARD -s 10.1.0.0/24 -d 10.2.0.0/24 -p tcp -m tcp --dport 22 -j ACCEPT
-A FORWARD -i ppp0 -s 10.2.0.7 -j ACCEPT
COMMIT
"""


def run(*arguments: str) -> Result:
    """Return what `zonecheck matrix` did."""
    return CliRunner().invoke(main, ["matrix", *arguments])


def test_a_bare_file_is_asked_without_a_topology(tmp_path: Path) -> None:
    """Classes are few, names of interfaces widen, and both languages say the same table."""
    path = tmp_path / "fw.rules"
    path.write_text(RULES, encoding="utf-8")
    arguments = ("--iptables", str(path), "--service", "tcp/22")
    found = published(run(*arguments, "--format", "json").output)
    assert found["schema"] == "zonecheck.service-matrix/1"
    (rights,) = found["rights"]
    assert (rights["version"], found["widened"]) == (4, 1)
    names = {tuple(map(tuple, spans)): name for name, spans in rights["classes"].items()}
    inside = names[(("10.1.0.0", "10.1.0.255"),)]
    servers = names[(("10.2.0.0", "10.2.0.6"), ("10.2.0.8", "10.2.0.255"))]
    one = names[(("10.2.0.7", "10.2.0.7"),)]
    assert [inside, servers] in rights["pairs"]
    assert [inside, one] in rights["pairs"]
    assert [one, inside] in rights["pairs"]
    assert [servers, inside] not in rights["pairs"]
    for lang in ("ja", "en"):
        text = run(*arguments, "--lang", lang).output
        assert "10.2.0.7" in text


def test_a_device_of_a_topology_is_asked_between_all_its_interfaces() -> None:
    """Both IP versions are divided, and somebody may open what the design permits."""
    name = "fw"
    result = run(str(MINIMAL), "--device", name, "--service", "tcp/443", "--format", "json")
    assert result.exit_code == 0, result.output
    found = published(result.output)
    assert [rights["version"] for rights in found["rights"]] == [4, 6]
    assert found["rights"][0]["pairs"]


@pytest.mark.parametrize(("lang", "word"), [("ja", "経路は見ていない"), ("en", "routes are not")])
def test_a_matrix_says_what_it_does_not_look_at(lang: str, word: str) -> None:
    """An o alarms whoever takes it for a way through the network."""
    result = run(str(MINIMAL), "--device", "fw", "--service", "tcp/443", "--lang", lang)
    assert word in result.output.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--service", "tcp/22"),
        (str(MINIMAL), "--service", "tcp/22"),
        (str(MINIMAL), "--device", "fw"),
        (str(MINIMAL), "--device", "nobody", "--service", "tcp/22"),
        (str(MINIMAL), "--iptables", "x", "--service", "tcp/22"),
        (str(MINIMAL), "--device", "fw", "--service", "ssh-ish"),
        ("--iptables", "no-such-file", "--service", "tcp/22"),
    ],
)
def test_what_cannot_be_answered_is_told_in_both_languages(arguments: tuple[str, ...]) -> None:
    """Exit code 2 and a sentence, never a traceback or a code."""
    for lang in ("ja", "en"):
        result = run(*arguments, "--lang", lang)
        assert result.exit_code == 2
        assert result.output.strip()
        assert "Traceback" not in result.output
        assert "error.matrix" not in result.output


@pytest.mark.parametrize("arguments", [["matrix", "--service", "tcp/22"], ["export", "nftables"]])
def test_a_switch_has_no_rules_to_list_or_to_write(tmp_path: Path, arguments: list[str]) -> None:
    """It forwards nothing, so an answer would speak of a filter that does not exist."""
    path = tmp_path / "design.zones.yaml"
    path.write_text(
        "zonecheck: 1\nname: x\nprofile: fuefuki-10\n"
        "segments: {L: {zone: lgwan, prefix: 10.1.0.0/24}}\n"
        "devices: {sw: {kind: l2-switch, ports: {p1: {mode: access, vlan: 1}}}}\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, [*arguments, str(path), "--device", "sw", "--lang", "en"])
    assert result.exit_code == 2
    assert "device sw (l2-switch) forwards no packets and has no rules" in result.stderr
    assert result.stdout == ""
