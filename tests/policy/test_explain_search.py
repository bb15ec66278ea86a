"""What `explain` says of its search: what costs least, what is left, why nothing is found."""

from functools import reduce
from pathlib import Path

import pytest

from tests.policy.aoba import ALPHA, aoba, assert_sound, made, statuses, worse
from zonecheck.formats import read_topology
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import Proofs, RoutingAssumption, Status, load_profile, verify
from zonecheck.policy.explaining.explain import explain
from zonecheck.policy.explaining.explanation import Explained, loss_of
from zonecheck.policy.explaining.kept_flows import KeptFlows
from zonecheck.policy.explaining.repair_search import RepairSearch
from zonecheck.policy.explaining.standard import Standard
from zonecheck.policy.explaining.trials import Design, Trials
from zonecheck.policy.repairs import also_at, repairs, shared_lines

ASAHI = Path(__file__).with_name("asahi.zones.yaml")
"""A town with an L3 switch whose default route carries no declared flow, and used systems."""
SHARED_PORTS = Path(__file__).with_name("shared-ports.zones.yaml")
"""Two switches of one port map, with a native VLAN in use between them and DTP on."""
ANY = "{insert: devices.fw.rules, at: 0, value: {name: 追加, from: any, to: any, action: permit}}"
ISHIOKA = load_profile("ishioka-r8-03")
FUEFUKI = load_profile("fuefuki-10")
SAIKAI = load_profile("saikai-r6")
SHARE = (
    "{insert: devices.fw.rules, at: 2, value: "
    "{name: 大容量, from: L-TERM, to: I-TERM, service: tcp/445, action: permit}}"
)


def explained(
    topology: Topology, check: str, profile: Profile, most: int | None = None
) -> Explained:
    """Return what is said of a check."""
    return explain(topology, profile, checks=(check,), most_elsewhere=most).explained[0]


@pytest.mark.parametrize("check", ["sanitise-mail-text", "undeclared-permit"])
def test_a_flow_lost_in_part_counts_less_than_one_lost_wholly(check: str, tmp_path: Path) -> None:
    """Of all single removals that mend, none loses fewer flows wholly, or as many and fewer."""
    topology = aoba(tmp_path, ANY)
    (proposal,) = explained(topology, check, ALPHA).proposals
    assert proposal.lost
    assert not any(flow.wholly for flow in proposal.lost)
    before, proofs = statuses(topology), Proofs()
    flows = KeptFlows(topology, ALPHA, proofs, RoutingAssumption.DECLARED)
    for repair in repairs(topology):
        edited = repair.edit(topology) if repair.removes else topology
        loss = loss_of(flows.lost(edited, proofs.fork()))
        if loss < loss_of(proposal.lost):
            after = statuses(edited)
            assert after[check] is not Status.HOLDS or worse(before, after), repair.message


@pytest.mark.parametrize(
    ("check", "profile"),
    [
        ("sanitised-channel-only", ISHIOKA),
        ("egress-control", FUEFUKI),
        ("mynumber-mfa", ALPHA),
        ("open-port-control", FUEFUKI),
    ],
)
def test_what_is_left_untried_is_what_a_higher_limit_tries(
    check: str, profile: Profile, tmp_path: Path
) -> None:
    """Without a limit nothing is left; with one, what it leaves is what it keeps from trying."""
    topology = aoba(tmp_path)
    every = explained(topology, check, profile)
    none = explained(topology, check, profile, most=0)
    assert every.untried == 0
    assert every.tried >= none.tried + none.untried or not none.untried


def test_where_nothing_mends_what_ends_the_violation_is_named(tmp_path: Path) -> None:
    """The check is unknown then for want of just what is said, and nothing else is worse."""
    topology, check = aoba(tmp_path), "egress-control"
    each = explained(topology, check, FUEFUKI)
    assert each.result.status is Status.VIOLATED
    assert each.proposals == ()
    assert each.almost is not None
    edited = reduce(lambda made, repair: repair.edit(made), each.almost.repairs, topology)
    after = verify(edited, FUEFUKI).result(check)
    assert after.status is Status.UNKNOWN
    assert after.missing == each.almost.missing
    assert not after.findings
    assert worse(statuses(topology, FUEFUKI), statuses(edited, FUEFUKI)) == set()


@pytest.mark.parametrize("check", ["lgwan-internet-separation", "sanitised-channel-only"])
def test_the_permit_that_let_a_packet_through_goes_before_the_route_it_took(
    check: str, tmp_path: Path
) -> None:
    """Neither carries a declared flow; the route stands first in the file."""
    topology = aoba(tmp_path, SHARE, base=ASAHI)
    (proposal,) = explained(topology, check, SAIKAI).proposals
    (repair,) = proposal.repairs
    assert repair.message.code == "repair.rule-removed"
    assert repair.message.named["rule"] == "大容量"
    assert not proposal.lost
    assert_sound(topology, check, proposal, SAIKAI)


def test_where_else_a_line_stands_is_told_with_the_change_of_one_place(tmp_path: Path) -> None:
    """By an alias it is a rule of a switch too, which the change that was proved leaves there."""
    anchored = SHARE.replace("value: {", "value: &share {")
    shared = "{add: devices.core.filters, value: {l-in: {default: permit, rules: [*share]}}}"
    topology, check = aoba(tmp_path, anchored, shared, base=ASAHI), "sanitised-channel-only"
    (proposal,) = explained(topology, check, SAIKAI).proposals
    (repair,) = proposal.repairs
    assert repair.message.named["node"] == "fw"
    assert list(map(str, proposal.also)) == ["core (l-in)"]
    core = next(device for device in made(topology, proposal).devices if device.id == "core")
    assert [rule.name for item in core.filters for rule in item.rules or ()] == ["大容量"]
    (alone,) = explained(aoba(tmp_path, SHARE, base=ASAHI), check, SAIKAI).proposals
    assert alone.also == ()


def test_of_two_permits_that_carry_nothing_declared_the_one_a_finding_blames_goes(
    tmp_path: Path,
) -> None:
    """The other one lets through to the firewall what the firewall is there to judge."""
    inside = "{name: 庁内, to: 10.2.0.0/16, action: permit}"
    rules = f"[{inside}, {{name: 外, to: any, action: permit}}]"
    filters = f"{{add: devices.core.filters, value: {{l-in: {{default: deny, rules: {rules}}}}}}}"
    bound = "{add: devices.core.interfaces.vl210.filter_in, value: l-in}"
    topology = aoba(tmp_path, SHARE, filters, bound, base=ASAHI)
    each = explained(topology, "lgwan-internet-separation", SAIKAI)
    (proposal,) = each.proposals
    (repair,) = proposal.repairs
    assert repair.source in {finding.source for finding in each.result.findings}
    assert repair.message.named["rule"] == "大容量"


def test_a_permit_to_a_sanitiser_is_narrowed_to_its_side_before_a_route_goes(
    tmp_path: Path,
) -> None:
    """Mail needs its outer side only; the inner side counts as a part of the flow all the same."""
    topology = aoba(tmp_path, "{remove: devices.fw.rules.0.out}", base=ASAHI)
    check = "sanitised-channel-only"
    (proposal,) = explained(topology, check, SAIKAI).proposals
    (repair,) = proposal.repairs
    assert repair.message.code == "repair.rule-narrowed"
    assert "-> 10.3.2.5 tcp/25" in repair.message.named["kept"]
    assert not any(flow.wholly for flow in proposal.lost)
    assert_sound(topology, check, proposal, SAIKAI)


def test_what_the_clients_of_a_system_get_to_is_a_flow_that_counts(tmp_path: Path) -> None:
    """The gateway of all terminals is no change that blocks nothing."""
    topology = aoba(tmp_path, base=ASAHI)
    proofs = Proofs()
    flows = KeptFlows(topology, SAIKAI, proofs, RoutingAssumption.DECLARED)
    (gateway,) = (r for r in repairs(topology) if r.message.named.get("interface") == "core/vl210")
    lost = flows.lost(gateway.edit(topology), proofs.fork())
    found = [(str(flow.part), flow.wholly) for flow in lost]
    assert found == [("mail: L-TERM -> l-mail any", True)]


@pytest.mark.parametrize(
    ("changes", "uses"), [((), 3), (("{add: systems.mail.service, value: tcp/25}",), 2)]
)
def test_a_use_of_a_system_declared_as_a_channel_counts_once(
    changes: tuple[str, ...], uses: int, tmp_path: Path
) -> None:
    """Beside the four declared legs; the channel lets the sanitiser deliver mail by tcp/25."""
    topology = aoba(tmp_path, *changes, base=ASAHI)
    flows = KeptFlows(topology, SAIKAI, Proofs(), RoutingAssumption.DECLARED)
    assert flows.number == 4 + uses


def test_a_use_that_only_a_leak_delivers_is_none(tmp_path: Path) -> None:
    """Between zones a use has to be a channel: to end the leak blocks nothing."""
    client = "{set: systems.mail.clients, value: [L-TERM, I-TERM]}"
    rule = "{name: 漏れ, from: I-TERM, to: l-mail, action: permit}"
    leak = f"{{insert: devices.fw.rules, at: 0, value: {rule}}}"
    topology = aoba(tmp_path, client, leak, base=ASAHI)
    flows = KeptFlows(topology, SAIKAI, proofs := Proofs(), RoutingAssumption.DECLARED)
    (removed,) = (
        r for r in repairs(topology) if r.removes and r.message.named.get("rule") == "漏れ"
    )
    assert flows.lost(removed.edit(topology), proofs.fork()) == ()


def test_who_may_plug_in_beside_the_hosts_of_a_segment_does_not_use_what_they_use(
    tmp_path: Path,
) -> None:
    """To shut strangers out blocks nothing, where the segment names its hosts."""
    strangers = "{set: segments.L-TERM.port_security, value: false}"
    topology = aoba(tmp_path, strangers, base=ASAHI)
    flows = KeptFlows(topology, SAIKAI, proofs := Proofs(), RoutingAssumption.DECLARED)
    (shut,) = (r for r in repairs(topology) if r.message.code == "repair.port-security-on")
    assert flows.lost(shut.edit(topology), proofs.fork()) == ()


def test_to_take_a_host_out_of_a_segment_blocks_no_use_of_those_who_stay(tmp_path: Path) -> None:
    """What its card in the other segment gets to counts, and so does a host that is given up."""
    stray = "{add: hosts.m-term.interfaces, value: {a: {segment: M-NET, ip: 10.1.0.21}, "
    stray += "b: {segment: L-TERM, ip: 10.2.1.77}}}"
    plain = ("{remove: hosts.m-term.segment}", "{remove: hosts.m-term.ip}")
    topology = aoba(tmp_path, *plain, stray, base=ASAHI)
    flows = KeptFlows(topology, SAIKAI, proofs := Proofs(), RoutingAssumption.DECLARED)
    lost = {}
    for name, host in (("m-term/b", ""), ("m-term/a", ""), ("", "l-term")):
        (repair,) = (
            each
            for each in repairs(topology)
            if (name and each.message.named.get("interface") == name)
            or (host and each.message == Message.of("repair.host-removed", node=host))
        )
        found = flows.lost(repair.edit(topology), proofs.fork())
        lost[name or host] = [str(flow.part) for flow in found]
    assert lost == {
        "m-term/b": [],
        "m-term/a": ["juki: m-term -> m-srv any"],
        "l-term": ["mail: L-TERM -> l-mail any"],
    }


def test_several_changes_found_for_one_check_are_none_where_another_needs_one() -> None:
    """Whichever is asked first; that all of them would do is no reason to make them."""
    topology, check, greedy = read_topology(SHARED_PORTS), "shared-l2-domain", "trunk-vlan-scope"
    (alone,) = explained(topology, check, ISHIOKA).proposals
    assert [repair.message.code for repair in alone.repairs] == ["repair.link-removed"]
    for checks in ((greedy, check), (check, greedy)):
        each = explain(topology, ISHIOKA, checks=checks, most_elsewhere=None).explained
        found = {one.result.check: one for one in each}
        (more,) = found[greedy].proposals
        (proposal,) = found[check].proposals
        assert len(more.repairs) > 1
        assert check in more.mends
        assert [r.key for r in proposal.repairs] == [r.key for r in alone.repairs]
        assert found[check].as_for is None


def test_of_several_changes_found_for_one_check_another_takes_what_it_needs() -> None:
    """One of the two already keeps the zones apart."""
    topology, greedy = read_topology(SHARED_PORTS), "trunk-vlan-scope"
    trials = Trials(Design(topology, (Standard(ISHIOKA, RoutingAssumption.DECLARED),), None), 0)
    (more,) = explained(topology, greedy, ISHIOKA).proposals
    wanted = trials.verification.result("shared-l2-domain")
    search = RepairSearch(trials, wanted, (), None, None)
    needed = search.needed_of(more)
    assert len(needed) == 1
    assert set(needed) < set(more.repairs)
    proposal = search.proved(needed)
    assert proposal is not None
    assert_sound(topology, wanted.check, proposal, ISHIOKA)
    search.start_from(more)
    assert [each.repairs for each in search.proposals()] == [needed]


def test_where_else_the_line_of_a_switch_port_stands_is_told() -> None:
    """A port map of two switches; of a trunk both ends are changed at once."""
    topology = read_topology(SHARED_PORTS)
    every = tuple(repairs(topology))
    shared = shared_lines(every)
    told = {
        (repair.message.code, str(repair.message.named["port"])): also_at((repair,), shared)
        for repair in every
        if "port" in repair.message.named
    }
    for code in ("repair.dtp-off", "repair.port-shut"):
        assert list(map(str, told[code, "sw1/p9"])) == ["sw2/p9"]
        assert list(map(str, told[code, "sw2/p9"])) == ["sw1/p9"]
    assert list(map(str, told["repair.native-removed", "sw1/t"])) == ["sw2/t"]
    others = [repair for repair in every if "port" not in repair.message.named]
    assert "repair.trunk-native-removed" in {repair.message.code for repair in others}
    assert not any(also_at((repair,), shared) for repair in others)
    gone = [r for r in every if r.message == Message.of("repair.device-removed", node="sw1")]
    (off,) = (r for r in every if r.message == Message.of("repair.dtp-off", port="sw2/p9"))
    assert also_at((*gone, off), shared) == ()


def test_ports_written_twice_share_no_line(tmp_path: Path) -> None:
    """The same words on lines of their own."""
    ports = "{p9: {mode: access, vlan: 210, dtp: true}}"
    changed = f"{{set: devices.sw2.ports, value: {ports}}}"
    topology = aoba(tmp_path, changed, "{remove: links}", base=SHARED_PORTS)
    every = tuple(repairs(topology))
    assert not any(also_at((repair,), shared_lines(every)) for repair in every)
