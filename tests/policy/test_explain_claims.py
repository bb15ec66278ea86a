"""What `explain` proposes where a check lacks a declaration: that it be written, if it is true."""

from functools import cache
from pathlib import Path

import pytest

from tests.policy.aoba import ALPHA, FILE, aoba, assert_sound
from zonecheck.formats import read_topology
from zonecheck.model.topology import Topology
from zonecheck.policy import Status, load_profile
from zonecheck.policy.explaining.explain import explain
from zonecheck.policy.explaining.explanation import Explanation, loss_of
from zonecheck.policy.repairs import Size

FUEFUKI = load_profile("fuefuki-10")
FACTS = {
    "mynumber-mfa": "attributes.mfa: [knowledge, possession]",
    "mynumber-media-export-blocked": "attributes.media_export: blocked",
    "private-device-connected": "attributes.ownership: body",
    "device-software-supported": "attributes.support_until: ? (>= today)",
    "config-snapshot-held": "attributes.config_snapshot: ?",
    "open-port-control": "attributes.unused_ports: shut",
    "external-connection-approved": "attributes.approval: {id: ?, by: ?, date: ?}",
    "disconnect-point-effective": "attributes.disconnect: [fw]",
    "cloud-internal-control": "attributes.internal_control: ?",
    "ledger-model-match": "systems.?: {hosts: [m-link], ledger: ?, importance: A}",
    "mynumber-dedicated-terminal": "business: ?",
    "unused-service-open": "eth0.listens: {services: [], basis: ?}",
}
"""Checks that are unknown for want of a fact, and one declaration each that answers them."""


@cache
def design() -> Topology:
    """Return the town, which says nothing of most of what this profile asks for."""
    return read_topology(FILE)


@cache
def explanation() -> Explanation:
    """Return what is said of it."""
    return explain(design(), FUEFUKI)


@pytest.mark.parametrize("check", FACTS)
def test_where_a_fact_is_missing_its_declaration_is_proposed(check: str) -> None:
    """It is proved with a value that makes the check hold, and nothing is taken away for it."""
    (each,) = [e for e in explanation().explained if e.result.check == check]
    if each.as_for is not None:
        (each,) = explain(design(), FUEFUKI, checks=(check,)).explained
    assert each.result.status is Status.UNKNOWN
    (proposal,) = each.proposals
    assert {repair.size for repair in proposal.repairs} == {Size.CLAIM}
    texts = {repair.message.named["declaration"] for repair in proposal.repairs}
    assert FACTS[check] in texts
    assert all(repair.source.line for repair in proposal.repairs)
    assert_sound(design(), check, proposal, FUEFUKI)


def test_every_proposal_for_the_town_is_sound() -> None:
    """Whatever is proposed holds when proved anew, and is no hollow success at any cost."""
    for each in explanation().explained:
        if each.as_for is not None or each.result.check in FACTS:
            continue
        for proposal in each.proposals:
            assert_sound(design(), each.result.check, proposal, FUEFUKI)
            everything = loss_of(proposal.lost) == (explanation().flows, 0)
            assert not (proposal.vacuous and everything)


def test_a_watch_nobody_speaks_of_is_to_be_declared_with_who_reads_it(tmp_path: Path) -> None:
    """The firewall is not taken away because it does not say what it does."""
    topology = aoba(tmp_path, "{remove: devices.fw.attributes}")
    check = "internet-monitoring-coverage"
    (each,) = explain(topology, ALPHA, checks=(check,)).explained
    (proposal,) = each.proposals
    (repair,) = proposal.repairs
    text = "attributes.capabilities: [ids], attributes.responsible: ?"
    assert repair.message.named == {"subject": "fw", "declaration": text}
    assert_sound(topology, check, proposal, ALPHA)


def test_a_way_back_may_be_declared_shut_before_anything_is_taken_away() -> None:
    """The service of a two-sided host needs a basis; without it a side has to go, tag and all."""
    profile, check = load_profile("ishioka-r8-03"), "sanitised-channel-only"
    (each,) = explain(design(), profile, checks=(check,)).explained
    declared, removed = each.proposals
    (repair,) = declared.repairs
    assert repair.message.named["declaration"] == "services.mail-text.reverse_blocked: ?"
    assert not removed.is_claim
    assert "repair.tag-follows" in {entry.message.code for entry in removed.entails}
    for proposal in each.proposals:
        assert_sound(design(), check, proposal, profile)
