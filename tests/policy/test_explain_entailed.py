"""A change made in the file as it is printed, with all that goes with it, is the one proved."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.policy.aoba import ALPHA, FILE, statuses
from zonecheck.formats import read_topology
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.policy import Proofs, RoutingAssumption
from zonecheck.policy.explaining.kept_flows import KeptFlows
from zonecheck.policy.repairs import Entailed, Repair, Size, entailed, repairs

LINES = FILE.read_text("utf-8").splitlines()
DESIGN = read_topology(FILE)
REMOVALS = [r for r in repairs(DESIGN) if r.removes and Size.VLAN <= r.size <= Size.NODE]
REMOVED = re.compile(r"repair\.[a-z-]+-(removed|withdrawn)")


BY_VALUE = ("repair.mention-removed", "repair.vlan-removed")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block(lines: Sequence[str], at: int) -> range:
    """Return the lines of an element that begins at one."""
    end = at + 1
    while end < len(lines) and (_indent(lines[end]) > _indent(lines[at]) or not lines[end]):
        end += 1
    return range(at, end)


def as_printed(changes: list[Repair | Entailed]) -> str | None:
    """Return the file with the changes made line by line; None if one asks for more thought."""
    lines: list[str | None] = list(LINES)
    for change in changes:
        code, at = change.message.code, change.source.line - 1
        if code == "repair.tag-follows":
            block = _block(LINES, at)
            (tag,) = [n for n in block if re.search(r"\bzones: \[", LINES[n])]
            line = re.sub(r"zones: \[[^]]*\]", change.message.named["declaration"], LINES[tag])
            lines[tag] = line
        elif "edges: {" in LINES[at]:
            lines[at] = re.sub(r"edges: \{.*\}$", "edges: {}", LINES[at])
        elif REMOVED.fullmatch(code) and code not in BY_VALUE:
            for number in _block(LINES, at):
                lines[number] = None
        else:
            return None
    left = [line for line in lines if line]
    for at in reversed(range(len(left))):
        if left[at].endswith(":") and not _block(left, at)[1:]:
            del left[at]  # a key without a value
    return "\n".join(left) + "\n"


TRIED = {
    repair.message: text
    for repair in REMOVALS
    if (text := as_printed([repair, *entailed(DESIGN, [repair])])) is not None
}


def test_most_removals_can_be_made_line_by_line() -> None:
    """What the law below leaves out is little."""
    assert len(TRIED) >= 0.7 * len(REMOVALS)


@pytest.mark.parametrize("message", TRIED, ids=str)
def test_the_file_changed_as_printed_reads_and_is_the_design_proved(
    message: Message, tmp_path: Path
) -> None:
    """It has the same verdicts, and the same flows are lost."""
    (repair,) = [each for each in REMOVALS if each.message == message]
    path = tmp_path / FILE.name
    path.write_text(TRIED[message], "utf-8")
    by_hand, proved = read_topology(path), repair.edit(DESIGN)
    assert statuses(by_hand) == statuses(proved)
    assert _lost(by_hand) == _lost(proved)


def _lost(edited: Topology) -> dict[str, bool]:
    proofs = Proofs()
    flows = KeptFlows(DESIGN, ALPHA, proofs, RoutingAssumption.DECLARED)
    return {str(each.part): each.wholly for each in flows.lost(edited, proofs.fork())}


def test_without_the_only_switch_no_flow_is_kept() -> None:
    """Segments that lived on it join nothing by their names."""
    (switch,) = [r for r in REMOVALS if r.message.named.get("node") == "sw"]
    proofs = Proofs()
    flows = KeptFlows(DESIGN, ALPHA, proofs, RoutingAssumption.DECLARED)
    lost = flows.lost(switch.edit(DESIGN), proofs.fork())
    assert len(lost) == flows.number
    assert all(each.wholly for each in lost)


def test_what_does_not_change_is_not_said_to() -> None:
    """Of lines that are read from one place, none is taken for another."""
    city = read_topology(Path(__file__).parents[2] / "topologies" / "mihon-city")
    removals = [r for r in repairs(city) if r.message.code == "repair.interface-removed"]
    for repair in removals[::9]:
        name = repair.message.named["interface"].partition("/")[2]
        for each in entailed(city, [repair]):
            if each.message.code == "repair.name-left-out" and "/" in each.message.named["name"]:
                assert each.message.named["name"].partition("/")[2] == name
