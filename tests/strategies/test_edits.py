"""Edits drawn for a design fit it, are realistic, and shrink to one."""

from collections import Counter
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

import zonecheck.model.edits
from tests.strategies.structure import faults
from zonecheck.formats import read_topology
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.edits import (
    KINDS,
    Edit,
    EditError,
    RemoveNode,
    RemoveRule,
    Unplug,
    WidenRule,
    apply_edits,
)
from zonecheck.model.topology import Topology
from zonecheck.simulate import Packet, Simulator
from zonecheck.strategies import Flow, edited, edits, flows, packets, topologies

MINIMAL = Path(__file__).parents[2] / "topologies" / "minimal"
QUICK = settings(
    max_examples=300,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_an_edited_design_is_one_a_reader_would_accept(data: st.DataObject) -> None:
    """Whatever is edited, nothing becomes structurally wrong, and something has changed."""
    topology = data.draw(topologies(undeclared=True))
    assert faults(topology) == []
    edit = data.draw(edits(topology))
    changed = edit.apply(topology)
    assert changed is not topology
    loose = [fault for fault in faults(changed) if not fault.endswith("is nowhere")]
    assert loose == [], edit
    assert loose == faults(changed) or isinstance(edit, Unplug | RemoveNode), edit


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_edits_are_made_in_their_order(data: st.DataObject) -> None:
    """Applied one by one, the edits of an `Edited` make its topology."""
    topology = data.draw(topologies())
    after = data.draw(edited(topology, max_edits=4))
    assert len(after.edits) <= 4
    assert apply_edits(topology, after.edits) == after.topology


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_edit_is_written_as_the_python_that_makes_it(data: st.DataObject) -> None:
    """What a failing test prints can be pasted into the next one."""
    edit = data.draw(edits(data.draw(topologies())))
    assert eval(repr(edit), vars(zonecheck.model.edits)) == edit


def test_every_kind_of_edit_is_drawn() -> None:
    """Each kind occurs, and none takes most of the draws."""
    seen: Counter[type[Edit]] = Counter()

    @settings(QUICK, max_examples=300, phases=[Phase.generate])
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        drawn = edits(data.draw(topologies(wide=True)))
        seen.update(type(data.draw(drawn)) for _ in range(8))

    collect()
    drawn_by_hand = {"SetAttribute", "RemoveAttribute"}  # drawn designs have no attributes
    assert {kind.__name__ for kind in KINDS if not seen[kind]} <= drawn_by_hand
    assert max(seen.values()) < seen.total() / 3


def test_attributes_of_a_written_design_are_edited() -> None:
    """A design read from a file has attributes; they are removed and turned around."""
    topology = read_topology(MINIMAL)
    edit = find(edits(topology), lambda e: type(e).__name__ == "RemoveAttribute", settings=QUICK)
    assert edit.apply(topology) != topology


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_says_what_it_does_not_find(kind: type[Edit]) -> None:
    """On a design without the element each kind refuses, and names it."""
    assert is_dataclass(kind)
    needed = [item for item in fields(kind) if item.name != "filter"]
    of_kind: dict[object, object] = {"int": 10, "bool": True, "tuple[str, ...]": ("true",)}
    values = {
        item.name: of_kind.get(getattr(item.type, "__name__", str(item.type)), "nowhere")
        for item in needed
    }
    with pytest.raises(EditError, match=r"nowhere|none of|neither"):
        kind(**values).apply(Topology("empty"))


@pytest.mark.parametrize(
    ("strategy", "message"),
    [
        (edits("minimal.zones.yaml"), "topology='minimal.zones.yaml' must be a Topology"),  # type: ignore[arg-type]
        (edits(Topology("t"), kinds=()), "kinds="),
        (edits(Topology("t"), kinds=RemoveRule), "must be a sequence"),  # type: ignore[arg-type]
        (edits(Topology("t"), kinds=(Edit,)), "RemoveRule, WidenRule"),
        (edited(Topology("t"), max_edits=-1), "max_edits=-1"),
        (edited(Topology("t"), min_edits=3, max_edits=2), "min_edits=3"),
        (packets(None), "topology=None must be a Topology"),  # type: ignore[arg-type]
        (flows(Topology("t"), declared=1), "declared=1 must be a bool"),  # type: ignore[arg-type]
    ],
)
def test_a_senseless_argument_fails_where_the_strategy_is_used(
    strategy: st.SearchStrategy[object], message: str
) -> None:
    """Making such a strategy raises nothing; using it says what is wrong with which argument."""
    with pytest.raises(InvalidArgument, match=message.replace("(", r"\(")):
        strategy.validate()


def test_only_the_kinds_asked_for_are_drawn() -> None:
    """`kinds` keeps all others out, and what the design has no room for is nothing."""
    topology = read_topology(MINIMAL)

    @settings(QUICK, max_examples=40)
    @given(edits(topology, kinds=(WidenRule, RemoveRule)))
    def of_two_kinds(edit: Edit) -> None:
        assert isinstance(edit, RemoveRule | WidenRule)

    of_two_kinds()
    assert edits(Topology("empty")).is_empty


def test_a_leak_shrinks_to_one_edit_and_one_packet() -> None:
    """Of many edits and packets that let the Internet into other zones, the plainest are shown."""
    topology = read_topology(MINIMAL)
    anybody = AttachmentPoint(AttachmentKind.EDGE, "internet", "isp")
    of_rules = tuple(kind for kind in KINDS if kind.__module__.endswith(".rules"))

    def leaks(after: Topology, packet: Packet) -> bool:
        found = Simulator(after, Closure.UPPER).send(packet, anybody).deliveries
        return any(each.at.node in ("m-term", "m-srv", "l-term", "l-mail") for each in found)

    drawn = st.tuples(edited(topology, max_edits=3, kinds=of_rules), packets(topology))
    after, packet = find(drawn, lambda pair: leaks(pair[0].topology, pair[1]), settings=QUICK)
    (edit,) = after.edits
    assert leaks(edit.apply(topology), packet)
    assert not leaks(topology, packet)
    assert not packet.fragment


@settings(max_examples=60, deadline=None)
@given(flows(read_topology(MINIMAL), declared=True))
def test_what_is_declared_is_delivered(flow: Flow) -> None:
    """First packets of declared flows get where the flow says in a design that works."""
    topology = read_topology(MINIMAL)
    assume(flow.origin.node != "san-mail")  # which of its cards sends is its own affair
    found = Simulator(topology, Closure.LOWER).send(flow.packet, flow.origin).deliveries
    assert any(each.at != flow.origin for each in found), flow
