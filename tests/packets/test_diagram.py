"""Interval diagrams keep their invariants, and interval lists theirs."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.packets.drawing import packet_sets
from zonecheck.packets import NOTHING, Interval, PacketSet, complement, normalise
from zonecheck.packets.diagram import DiagramTable
from zonecheck.packets.node_merge import PERMIT, TERMINALS

interval_lists = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=6)


def check_invariants(table: DiagramTable) -> None:
    """Assert every invariant that the diagram module states."""
    inner = table.nodes[len(TERMINALS) :]
    assert len(set(inner)) == len(inner)
    for level, cuts, children in inner:
        assert cuts
        assert len(children) == len(cuts) + 1
        assert cuts[0] > 0
        assert all(a < b for a, b in pairwise(cuts))
        assert all(a != b for a, b in pairwise(children))
        assert all(table.nodes[child][0] > level for child in children)


@settings(max_examples=40)
@given(packet_sets(3))
def test_every_node_is_reduced_ordered_and_stored_once(sets: list[PacketSet]) -> None:
    """After any operations no node breaks an invariant."""
    a, b, c = sets
    _ = ((a | b) - c).mirror() & ~(a & b), b - a
    check_invariants(a.space.table)


@settings(max_examples=50)
@given(packet_sets(1))
def test_an_adopted_diagram_is_the_same_function(sets: list[PacketSet]) -> None:
    """Copied into another table and back, a diagram is itself."""
    (found,) = sets
    table, other = found.space.table, DiagramTable()
    for root in found.roots:
        assert table.adopt(other, other.adopt(table, root)) == root
    check_invariants(other)


@given(interval_lists)
def test_normalised_intervals_hold_the_same_values(intervals: list[Interval]) -> None:
    """Normalising keeps the values, sorts, and leaves a gap between neighbours."""
    normal = normalise(intervals, 20)
    values = {value for low, high in intervals for value in range(low, high + 1)}
    assert {value for low, high in normal for value in range(low, high + 1)} == values
    assert all(before[1] + 1 < after[0] for before, after in pairwise(normal))


@given(interval_lists)
def test_a_complement_holds_the_other_values(intervals: list[Interval]) -> None:
    """A complement has exactly the missing values, and is never the ambiguous empty tuple."""
    rest = complement(intervals, 20)
    values = {value for low, high in intervals for value in range(low, high + 1)}
    assert {value for low, high in rest for value in range(low, high + 1)} == {*range(21)} - values
    assert rest
    assert (rest == NOTHING) == (values == {*range(21)})


def test_within_reaches_both_ends_of_a_field() -> None:
    """An interval that starts at 0 or ends at the highest value leaves no empty edge."""
    table = DiagramTable()
    node = table.within(0, [(0, 2), (5, 9)], 9, PERMIT, 0)
    assert table.nodes[node] == (0, (3, 5), (1, 0, 1))
    assert table.within(0, [(0, 9)], 9, PERMIT, 0) == PERMIT
