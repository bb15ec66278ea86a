"""Spellings, masks and types of hand, and packets that connection tracking does not know."""

from pathlib import Path

import pytest

from tests.formats.iptables.test_config import BOTH, CONFIG, NETWORK, SIX, firewall, policy, table
from tests.formats.topologies import codes, design
from zonecheck.formats import BadInput
from zonecheck.model.device import UNTRANSLATED
from zonecheck.model.filter import Action, Rule

DNAT = (
    "*nat\n:PREROUTING ACCEPT [0:0]\n"
    "-A PREROUTING -d 10.1.0.9 -j DNAT --to-destination 10.1.0.5\nCOMMIT\n"
)
NOTRACK = "*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth1 -j CT --notrack\nCOMMIT\n"


def of_four(folder: Path, lines: str, before: str = "") -> list[Rule]:
    """Return the rules that come from the chain of IPv4."""
    rules = policy(firewall(folder, before + table(lines), BOTH)).rules or ()
    return [rule for rule in rules if rule.name.startswith("FORWARD")]


@pytest.mark.parametrize(
    "line",
    ["-jACCEPT", "--jump=ACCEPT", "--jum ACCEPT", "--j=ACCEPT", "-gTO", "--goto=TO", "--got TO"],
)
def test_every_spelling_of_a_jump_is_a_jump(tmp_path: Path, line: str) -> None:
    """What getopt takes for a jump permits as `-j ACCEPT` does."""
    own = table(f"-s 10.2.0.7 {line}").replace(
        "-A FORWARD", ":TO - [0:0]\n-A TO -j ACCEPT\n-A FORWARD"
    )
    rules = policy(firewall(tmp_path, own, BOTH)).rules or ()
    assert (rules[0].action, rules[0].sources.text) == (Action.PERMIT, "10.2.0.7")
    assert not rules[0].uncertain


@pytest.mark.parametrize("option", ["--tcp-option 5", "--ctorigdst 10.9.9.9", "--unknown-thing x"])
def test_a_condition_after_the_jump_still_binds_it(tmp_path: Path, option: str) -> None:
    """A deny of which something else is asked is never taken for certain."""
    first, *_ = of_four(tmp_path, f"-p tcp -j DROP {option}\n-p tcp -j ACCEPT")
    assert first.action is Action.PERMIT or first.uncertain


def test_a_reject_keeps_its_own_option(tmp_path: Path) -> None:
    """How it answers is no condition."""
    first, *_ = of_four(tmp_path, "-p tcp -j REJECT --reject-with tcp-reset\n-j ACCEPT")
    assert first.action is Action.DENY
    assert not first.uncertain


@pytest.mark.parametrize(
    ("mask", "text"),
    [("255.255.255.0", "10.2.0.0/24"), ("255.255.255.255", "10.2.0.7"), ("0.0.0.0", "any")],
)
def test_a_mask_without_holes_is_a_prefix(tmp_path: Path, mask: str, text: str) -> None:
    """Old files write the mask in full."""
    (rule, *_) = of_four(tmp_path, f"-s 10.2.0.7/{mask} -j ACCEPT")
    assert rule.sources.text == text
    assert not rule.uncertain


@pytest.mark.parametrize("mask", ["0.0.0.255", "255.0.255.0", "0.255.255.255", "255.255.255.254.0"])
def test_a_mask_with_holes_is_never_a_prefix(tmp_path: Path, mask: str) -> None:
    """A mask that looks like a host mask asks for the last bits; what is no mask is an error."""
    if mask.count(".") > 3:
        with pytest.raises(BadInput) as caught:
            of_four(tmp_path, f"-s 0.0.0.7/{mask} -j ACCEPT")
        assert codes(caught.value) == ["iptables.value"]
        return
    (rule, *_) = of_four(tmp_path, f"-s 0.0.0.7/{mask} -j ACCEPT")
    assert rule.uncertain
    assert rule.sources.text == "any"


def test_type_255_is_every_type_in_ipv4_and_one_type_in_ipv6(tmp_path: Path) -> None:
    """The kernel compares the type of ICMPv6 plainly."""
    (tmp_path / "fw.rules").write_text(table("-p icmp -m icmp --icmp-type 255 -j DROP"), "utf-8")
    six = SIX.replace(
        "COMMIT", "-A FORWARD -p ipv6-icmp -m icmp6 --icmpv6-type 255 -j ACCEPT\nCOMMIT"
    )
    (tmp_path / "fw6.rules").write_text(six, "utf-8")
    device = design(tmp_path, NETWORK + BOTH).device_by_id["fw"]
    types = {
        rule.services[0].protocol: rule.services[0].icmp_types
        for rule in policy(device).rules or ()
        if rule.services
    }
    assert not types[1]
    assert [(item.low, item.high) for item in types[58]] == [(255, 255)]


def test_one_of_several_names_of_an_interface_is_in_doubt(tmp_path: Path) -> None:
    """What is asked of a part is not asked of the whole; of all parts it is."""
    shared = CONFIG.replace("eth1: i", "eth1: i, wlan0: i")
    lines = "-o eth1 -j DROP\n-j ACCEPT"
    first, *_ = policy(firewall(tmp_path, table(lines), shared)).rules or ()
    assert first.action is Action.PERMIT or first.uncertain
    third = CONFIG.replace("eth1: i", "eth1: i, eth12: i")
    sure, *_ = policy(firewall(tmp_path, table("-o eth1+ -j DROP\n-j ACCEPT"), third)).rules or ()
    assert (sure.action, sure.out_interfaces, sure.uncertain) == (Action.DENY, ("i",), None)


def test_destinations_before_translation_are_in_doubt_wherever_it_is_written(
    tmp_path: Path,
) -> None:
    """With `nat` of the design too, raw sees what the client wrote."""
    raw = "*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -d 10.1.0.5 -j DROP\nCOMMIT\n"
    sure, *_ = policy(firewall(tmp_path, raw + table("-j ACCEPT"), CONFIG)).rules or ()
    assert not sure.uncertain
    by_hand = "    nat: [{in: i, to: 10.1.0.9, destination: 10.1.0.5}]\n"
    first, *_ = policy(firewall(tmp_path, raw + table("-j ACCEPT"), CONFIG, by_hand)).rules or ()
    assert first.uncertain


@pytest.mark.parametrize(
    ("lines", "before", "passes"),
    [
        ("-j ACCEPT", "", True),
        ("-m conntrack --ctstate INVALID -j DROP\n-j ACCEPT", "", False),
        ("-m conntrack --ctstate NEW,RELATED,ESTABLISHED -j ACCEPT", "", False),
        ("-m conntrack --ctstate INVALID -p tcp -j DROP\n-j ACCEPT", "", True),
        ("-m conntrack --ctstate INVALID -j DROP\n-j ACCEPT", NOTRACK, True),
        ("-m conntrack --ctstate INVALID,UNTRACKED -j DROP\n-j ACCEPT", NOTRACK, False),
    ],
)
def test_what_tracking_does_not_know_is_never_taken_for_translated(
    tmp_path: Path, lines: str, before: str, passes: bool
) -> None:
    """Where the file translates, such packets have to be dropped, or no proof covers them."""
    device = firewall(tmp_path, before + DNAT + table(lines))
    assert (UNTRANSLATED in device.also_forwards) is passes
    assert UNTRANSLATED not in firewall(tmp_path, before + table(lines)).also_forwards
    member = "    ha: {member: fw-2, nat: [{out: i, source: interface}]}\n"
    assert (
        UNTRANSLATED in firewall(tmp_path, before + table(lines), CONFIG, member).also_forwards
    ) is passes


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("-p tcp -m tcp --dport 21 -j CT --helper ftp", []),
        ("-p tcp -m tcp --dport 2121 -j CT --helper ftp", ["iptables.helper-ports"]),
        ("-p tcp -m tcp --dport 21:22 -j CT --helper ftp", ["iptables.helper-ports"]),
        ("-p tcp -j CT --helper ftp", ["iptables.helper-ports"]),
    ],
)
def test_a_helper_is_known_on_its_standard_ports_only(
    tmp_path: Path, line: str, wrong: list[str]
) -> None:
    """On another port it opens pinholes that the model would not."""
    raw = f"*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING {line}\nCOMMIT\n"
    own = raw + table("-m state --state RELATED,ESTABLISHED -j ACCEPT\n-p tcp -j ACCEPT")
    if not wrong:
        assert policy(firewall(tmp_path, own)).alg == ("ftp",)
        return
    with pytest.raises(BadInput) as caught:
        firewall(tmp_path, own)
    assert codes(caught.value) == wrong


def test_a_translation_with_a_condition_after_its_target_is_unclear(tmp_path: Path) -> None:
    """It would translate fewer packets than the line without it."""
    odd = DNAT.replace("10.1.0.5\n", "10.1.0.5 --ctorigdst 10.9.9.9\n")
    with pytest.raises(BadInput) as caught:
        firewall(tmp_path, odd + table())
    assert codes(caught.value) == ["iptables.nat-unclear"]
