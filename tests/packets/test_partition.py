"""Dividing, joining and compiling many at once: each the same as its slow way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packets.drawing import matches, packet_sets, rule_lists, versions
from zonecheck.packets import Field, Interval, PacketSet, PacketSpace, Rule
from zonecheck.packets.partition import Partition, disjoint

_NAMES = {Field.DST: "dst", Field.SRC: "src", Field.PROTOCOL: "protocols"}


@st.composite
def parts(draw: st.DrawFn) -> list[tuple[Interval, ...]]:
    """Draw disjoint parts of small values; some values are in none."""
    owner = draw(st.lists(st.integers(0, 3), min_size=8, max_size=8))
    return [
        tuple((value, value) for value, each in enumerate(owner) if each == part)
        for part in range(3)
    ]


@given(packet_sets(1), versions, st.sampled_from(sorted(_NAMES)), parts())
def test_dividing_is_cutting_down_to_each_part(
    found: list[PacketSet], version: int, field: Field, by: list[tuple[Interval, ...]]
) -> None:
    """A share is the whole within its part, also when the same set is divided twice."""
    (whole,) = found
    partition = Partition(whole.space, version, field, by)
    for _ in range(2):
        for share, part in zip(partition.divide(whole), by, strict=True):
            assert share == whole & whole.space.box(version, **{_NAMES[field]: part})


@given(packet_sets(1), st.integers(65, 90))
def test_many_narrow_parts_change_nothing(found: list[PacketSet], count: int) -> None:
    """Pieces that span very many intervals are divided as exactly."""
    (whole,) = found
    by = [tuple((2 * n, 2 * n) for n in range(count)), ((1, 1), (3, 3))]
    for share, part in zip(Partition(whole.space, 4, Field.SRC, by).divide(whole), by, strict=True):
        assert share == whole & whole.space.box(4, src=part)


def test_parts_that_share_a_value_are_refused() -> None:
    """A partition is disjoint."""
    assert not disjoint([((0, 4),), ((4, 5),)])
    with pytest.raises(ValueError, match="share"):
        Partition(PacketSpace(), 4, Field.SRC, [((0, 4),), ((4, 5),)])


@given(packet_sets(3), st.data())
def test_joining_is_the_union(found: list[PacketSet], data: st.DataObject) -> None:
    """Whether destinations are shared or not."""
    space = found[0].space
    version = data.draw(versions)
    boxes = [space.box(version, **data.draw(matches(version))) for _ in range(2)]
    apart = [each & space.box(4, dst=((n, n),)) for n, each in enumerate(found)]
    for sets in ([*found, *boxes], apart, []):
        assert space.join(sets) == space.union(sets)


@given(versions.flatmap(lambda v: st.tuples(st.just(v), st.lists(rule_lists(v), max_size=4))))
def test_lists_compiled_together_are_lists_compiled_alone(
    drawn: tuple[int, list[list[Rule]]],
) -> None:
    """Sharing services changes no list, whatever their defaults."""
    version, lists = drawn
    space = PacketSpace()
    asked = [(rules, bool(number % 2)) for number, rules in enumerate(lists)]
    for found, (rules, default) in zip(space.from_lists(version, asked), asked, strict=True):
        planes = (rules, []) if version == 4 else ([], rules)
        assert found == space.from_rules(*planes, default=default).only(version)
