"""What an engineer may merely have left out is named, and its declaration proposed first."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.policy.aoba import ALPHA, aoba, assert_sound
from zonecheck.formats import read_topology
from zonecheck.model.host import Host
from zonecheck.model.topology import Topology
from zonecheck.policy import Status, load_profile, verify
from zonecheck.policy.explaining.explain import explain
from zonecheck.policy.explaining.explanation import Explained
from zonecheck.policy.verdict import CheckResult

MINIMAL = Path(__file__).parents[2] / "topologies" / "minimal" / "minimal.zones.yaml"
ASAHI = Path(__file__).with_name("asahi.zones.yaml")
SANITISER = "san-mail"
ZONES = ("{remove: hosts.san-mail.zones}", "{remove: devices.fw.zones}")
SERVICES = ("{remove: hosts.san-mail.services}",)
LISTENS = (
    "{remove: hosts.san-mail.interfaces.outer.listens}",
    "{remove: hosts.san-mail.interfaces.inner.listens}",
)
SERVICE = "method: mail-text, data_from: outer, outer: [tcp/25], mail_mode: text-only"
CASES = {
    "zones": (
        ZONES,
        "multi-zone-host",
        {"missing.host-zones", "missing.device-zones"},
        {"zones: [internet, lgwan]", "zones: [internet, lgwan, mynumber]"},
    ),
    "services": (
        SERVICES,
        "sanitise-mail-text",
        {"missing.relay-service"},
        {f"services: [{{{SERVICE}}}]"},
    ),
    "listens": (
        LISTENS,
        "sanitised-channel-only",
        {"missing.side-listens"},
        {"outer.listens: [tcp/25]"},
    ),
}
"""What is left out, the check that fails for it, what it says then and what it proposes."""


SLIPS = {
    "tag": (
        "{set: devices.fw.interfaces.l-srv.tag, value: 211}",
        {"missing.other-tag"},
        {"tag: 210"},
    ),
    "vlans": (
        "{set: links.0.vlans, value: [120, 220, 313, 320]}",
        {"missing.tag-on-link"},
        {"vlans: [120, 210, 220, 313, 320]"},
    ),
}
"""A slip in the tag of an interface or the VLANs of its trunk."""


def lacking(result: CheckResult) -> set[str]:
    """Return the codes of what findings may merely lack."""
    return {each.item.code for finding in result.findings for each in finding.lacking}


@pytest.mark.parametrize("case", CASES)
def test_what_was_left_out_is_named_and_its_declaration_proposed_first(
    case: str, tmp_path: Path
) -> None:
    """The check is violated all the same, and no host is taken away before it is asked about."""
    changes, check, codes, texts = CASES[case]
    design = aoba(tmp_path, *changes, base=MINIMAL)
    (each,) = explain(design, ALPHA, checks=(check,)).explained
    assert each.result.status is Status.VIOLATED
    assert lacking(each.result) == codes
    assert all(m.source.line for f in each.result.findings for m in f.lacking)
    first = each.proposals[0]
    assert first.is_claim
    assert not first.lost
    assert not first.vacuous
    assert {repair.message.named["declaration"] for repair in first.repairs} == texts
    assert_sound(design, check, first, ALPHA)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_vlan_is_pointed_at_where_it_is_written(slip: str, tmp_path: Path) -> None:
    """An interface cabled to where its segment is not says which of both numbers is missing."""
    change, codes, texts = SLIPS[slip]
    design = aoba(tmp_path, change, base=MINIMAL)
    (each,) = explain(design, ALPHA, checks=("zone-assignment",)).explained
    assert each.result.status is Status.VIOLATED
    assert lacking(each.result) == codes
    first = each.proposals[0]
    assert {repair.message.named["declaration"] for repair in first.repairs} == texts
    assert_sound(design, "zone-assignment", first, ALPHA)


def test_what_mends_another_check_does_not_come_before_a_declaration(tmp_path: Path) -> None:
    """Explained together, each check that lacks a declaration still proposes one."""
    design = aoba(tmp_path, *SERVICES, base=MINIMAL)
    explained: tuple[Explained, ...] = explain(design, ALPHA).explained
    lacks = [each for each in explained if lacking(each.result)]
    assert {each.result.check for each in lacks} == {"sanitise-mail-text", "sanitised-channel-only"}
    assert all(each.proposals[0].is_claim for each in lacks)


@pytest.mark.parametrize("alone", [True, False])
def test_a_declaration_that_leaves_the_leak_open_stands_behind_the_change_that_ends_it(
    alone: bool, tmp_path: Path
) -> None:
    """A switch with a stray leg in another zone has no `zones`; writing them mends only that."""
    stray = "{add: devices.core.interfaces.vl310, value: {segment: I-TERM, ip: 10.3.1.254}}"
    design, check = aoba(tmp_path, stray, base=ASAHI), "multi-zone-host"
    saikai = load_profile("saikai-r6")
    found = explain(design, saikai, checks=(check,) if alone else None).explained
    (each,) = (entry for entry in found if entry.result.check == check)
    assert lacking(each.result) == {"missing.device-zones"}
    change, declared = each.proposals
    assert [repair.message.code for repair in change.repairs] == ["repair.interface-removed"]
    assert declared.is_claim
    assert "lgwan-internet-separation" in set(change.mends) - set(declared.mends)
    for proposal in each.proposals:
        assert_sound(design, check, proposal, saikai)


def test_no_declaration_is_named_that_would_help_nothing() -> None:
    """A plain server in two zones is wrong whatever its `zones` say."""
    design = read_topology(MINIMAL)
    host = replace(design.host_by_id[SANITISER], role="server", services=(), zones=())
    result = verify(_with(design, host), ALPHA, checks=("multi-zone-host",)).results[0]
    assert result.status is Status.VIOLATED
    assert lacking(result) == set()


def _with(design: Topology, changed: Host) -> Topology:
    hosts = tuple(changed if h.id == SANITISER else h for h in design.hosts)
    return replace(design, hosts=hosts)
