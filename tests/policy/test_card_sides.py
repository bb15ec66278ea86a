"""A card of a sanitiser whose side is not declared may be on either (docs/semantics.md, 7)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from zonecheck.formats import read_topology
from zonecheck.model.host import Host, Side
from zonecheck.model.topology import Topology
from zonecheck.policy import Status, load_profile, verify

ROOT = Path(__file__).parents[2]
LEAKS = ROOT / "tests" / "leaks"
FUEFUKI = load_profile("fuefuki-10")
CHECKS = ("sanitise-mail-text", "sanitise-screen-transfer", "sanitise-file")
DESIGNS = [
    ROOT / "topologies" / "minimal" / "minimal.zones.yaml",
    *sorted(LEAKS.glob("*sanitiser*.zones.yaml")),
    *sorted(LEAKS.glob("screen-*.zones.yaml")),
    *sorted(LEAKS.glob("wrong-data*.zones.yaml")),
]


def with_side(design: Topology, host: Host, card: str, side: Side | None) -> Topology:
    """Return a design with one card on that side."""
    cards = tuple(replace(i, side=side) if i.id == card else i for i in host.interfaces)
    hosts = tuple(replace(h, interfaces=cards) if h == host else h for h in design.hosts)
    return replace(design, hosts=hosts)


def statuses(design: Topology) -> dict[str, Status]:
    """Return what the checks of sanitising say."""
    found = verify(design, FUEFUKI, checks=CHECKS)
    return {result.check: result.status for result in found.results}


def cards(design: Topology) -> Iterator[tuple[Host, str]]:
    """Yield the cards of two-sided hosts."""
    for host in design.hosts:
        if host.two_sided:
            yield from ((host, card.id) for card in host.interfaces)


@pytest.mark.parametrize("path", DESIGNS, ids=lambda path: path.name)
def test_what_is_said_without_a_side_is_so_on_either(path: Path) -> None:
    """Neither does a forgotten side hide a violation, nor does it make one."""
    design = read_topology(path)
    for host, card in cards(design):
        open_ = statuses(with_side(design, host, card, None))
        either = [statuses(with_side(design, host, card, side)) for side in Side]
        for check, status in open_.items():
            if status is not Status.UNKNOWN:
                assert {each[check] for each in either} == {status}


def test_a_forgotten_side_is_unknown_and_pointed_at() -> None:
    """The data of the channel may go right: what is missing is the side of the card."""
    design = read_topology(ROOT / "topologies" / "minimal")
    for host, card in cards(design):
        changed = with_side(design, host, card, None)
        result = verify(changed, FUEFUKI, checks=CHECKS[:1]).result(CHECKS[0])
        assert result.status is Status.UNKNOWN
        places = {(m.item.code, m.item.named.get("interface"), m.source) for m in result.missing}
        assert ("missing.side", card, host.interface(card).source) in places
