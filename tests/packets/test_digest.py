"""Digests of packet sets: one for each set, whatever table, run or machine made it."""

from hypothesis import given
from hypothesis import strategies as st

from tests.packets.drawing import packet_sets
from zonecheck.packets import TCP, PacketSet, PacketSpace


@given(packet_sets(2))
def test_digests_are_equal_iff_sets_are(sets: list[PacketSet]) -> None:
    """A name made of a digest stands for one set."""
    a, b = sets
    assert (a.digest == b.digest) == (a == b)


@given(packet_sets(3))
def test_however_a_set_is_made_its_digest_is_the_same(sets: list[PacketSet]) -> None:
    """Intermediate results number the nodes of a table otherwise and change nothing."""
    a, b, c = sets
    assert ((a | b) & c).digest == ((b & c) | (c & a)).digest
    assert (a - b).digest == (a & ~b).digest


@given(packet_sets(1), st.integers(0, 3))
def test_another_space_gives_the_same_digest(sets: list[PacketSet], before: int) -> None:
    """What a space made before does not come into it."""
    (known,) = sets
    other = PacketSpace()
    for port in range(before):
        other.box(protocols=[(TCP, TCP)], dst_ports=[(port, port + 7)])
    copy = other.empty
    for box in known.boxes():
        copy |= other.box(box.version, *box.fields)
    assert copy.digest == known.digest


def test_a_digest_is_the_same_on_every_machine() -> None:
    """Waivers name findings by it, so it is part of what files say."""
    space = PacketSpace()
    assert space.empty.digest == (
        "df370b48e66c2132e5d293e4854f3b5038a2f8d56070011df5eb8721c6338b82"
    )
    web = space.box(4, dst=[(1, 9)], protocols=[(TCP, TCP)], dst_ports=[(443, 443)])
    assert web.digest == "fe81df9e43e54e5ec11e5b31468358f0ab36a3e41eba84ffd79d49e9541fcb40"
