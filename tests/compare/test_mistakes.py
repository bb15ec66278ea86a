"""Every mistake in the reference city is told by what it permits or by what was written.

Designs are compared in their normal state: what differs there differs.
"""

from functools import cache
from pathlib import Path

import pytest

from tests.compare.changed import PROFILE
from tests.mistakes.test_mistakes import BENIGN, CITY, MISTAKES, OTHER_HALF, overlay, topology
from zonecheck.compare import Diff, Direction, compare
from zonecheck.model.states import normal_state
from zonecheck.simulate import Sessions, Simulator

NO_PACKETS = {"m04-trunk-allows-all", "m15-peer-on-internet"}
"""Nothing is delivered that was not before: what differs is written in the design."""
SAME_NETWORK = ("b04-", "b05-", "b06-", "b07-")
"""Renamed, reordered, split and summarised."""


@cache
def diff(path: Path) -> Diff:
    """Return what a change of the city comes to, found once."""
    old, new = normal_state(topology(CITY)), normal_state(topology(path))
    return compare(old, new, PROFILE, verdicts=False)


@pytest.mark.xdist_group("compared")
@pytest.mark.parametrize("name", OTHER_HALF)
def test_a_mistake_is_a_difference(name: str) -> None:
    """Of packets newly permitted, or, where nothing is, of what the design says."""
    found = diff(overlay(name))
    permitted = [c for c in found.packets if c.direction is Direction.PERMITTED]
    assert bool(permitted) is (name not in NO_PACKETS)
    assert found.elements
    files = {c.after.file for c in found.elements if c.after is not None}
    assert any(Path(file).is_file() for file in files)


@pytest.mark.xdist_group("compared")
@pytest.mark.parametrize("name", OTHER_HALF)
def test_every_packet_has_its_way_its_cause_and_is_delivered(name: str) -> None:
    """The simulator delivers it in the design that lets it through, over the hops shown."""
    found = diff(overlay(name))
    for change, causes in zip(found.packets, found.causes, strict=True):
        new = change.direction is Direction.PERMITTED
        network = Simulator(found.designs.new if new else found.designs.old)
        sessions = Sessions.NONE
        for opener in change.path.after:
            sessions = network.send(opener.packet, opener.origin, sessions).sessions
        trace = network.send(change.path.packet, change.path.origin, sessions)
        delivery = trace.delivered_at(change.path.destination)
        assert delivery is not None
        assert delivery.hops == change.path.hops
        assert causes


@pytest.mark.parametrize("name", [n for n in BENIGN if n.startswith(SAME_NETWORK)])
def test_the_same_network_in_other_words_permits_and_blocks_nothing(name: str) -> None:
    """Renaming is no difference at all; the others differ in what is written."""
    found = diff(MISTAKES / "benign" / name)
    assert not found.packets
    assert found.is_empty is name.startswith("b04-")


def test_each_edit_that_a_leak_needs_is_its_cause() -> None:
    """M7 takes two routes and two rules: without any of them nothing leaks."""
    found = diff(overlay("m07-stepping-stone"))
    (crossing,) = [
        causes
        for change, causes in zip(found.packets, found.causes, strict=True)
        if change.zones == ("lgwan", "mynumber")
    ]
    assert [cause.alone for cause in crossing] == [True] * 4
    assert {cause.change.path.partition("[")[0] for cause in crossing} == {
        "devices.m-fw.rules",
        "devices.m-fw.routes",
        "devices.l-fw.rules",
        "devices.l-fw.routes",
    }


def test_what_a_widened_rule_permits_is_told_exactly() -> None:
    """M13: everything but the service that was permitted before, from one host to one."""
    found = diff(overlay("m13-specific-flow-widened"))
    change = found.packets[0]
    assert change.zones == ("mynumber", "ext:lgwan")
    assert change.replies != change.headers
    boxes = change.headers.boxes()
    assert {(box.src, box.dst) for box in boxes} == {(boxes[0].src, boxes[0].dst)}
    assert change.elsewhere is not None
    assert change.elsewhere.drop is not None
    assert change.elsewhere.drop.hops[-1].node == "m-fw"
