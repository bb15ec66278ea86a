"""Edits change what they say and nothing else."""

from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.strategies.structure import faults
from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.edit import (
    renamed,
    renumbered,
    renumbered_address,
    with_extra_deny,
    without_dangling,
    without_link,
    without_node,
)
from zonecheck.model.external import External, Peer
from zonecheck.model.filter import Action, Rule
from zonecheck.model.renumber import BLOCKS
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology
from zonecheck.strategies import addresses, rules, topologies

QUICK = settings(max_examples=40, deadline=None)
OFFSETS = st.integers(-5000, 5000)


def near(version: int) -> st.SearchStrategy[IPAddress]:
    """Return a strategy for addresses, mostly in and beside the block that is renumbered."""
    first, last = AddressRange.of_network(BLOCKS[version]).interval
    inside = st.integers(first - 3, last + 3) | st.sampled_from((first - 1, first, last, last + 1))
    return inside.map(partial(address_of, version)) | addresses(version=version)


def address_of(version: int, value: int) -> IPAddress:
    """Return the address with an integer value."""
    return IPv4Address(value) if version == 4 else IPv6Address(value)


def ids(topology: Topology) -> list[str]:
    """Return the ids of all elements."""
    names = [segment.id for segment in topology.segments]
    names += [host.id for host in topology.hosts]
    names += [device.id for device in topology.devices]
    return names + [external.id for external in topology.externals]


@QUICK
@given(topologies(undeclared=True))
def test_renaming_there_and_back_changes_nothing(topology: Topology) -> None:
    """Two inverse renamings are none, and the way there keeps every reference whole."""
    there = {name: f"new-{name}" for name in ids(topology)}
    edited = renamed(topology, there)
    assert ids(edited) == [f"new-{name}" for name in ids(topology)]
    assert faults(edited) == []
    assert renamed(edited, {new: old for old, new in there.items()}) == topology


@QUICK
@given(topologies())
def test_renaming_may_swap_ids(topology: Topology) -> None:
    """Names are replaced all at once, so a permutation is a renaming."""
    names = ids(topology)
    swapped = dict(zip(names, [*names[1:], names[0]], strict=True))
    assert faults(renamed(topology, swapped)) == []


def test_renaming_refuses_a_name_twice_or_of_nothing() -> None:
    """Two elements never get one id, and an unknown id is a mistake."""
    topology = Topology("t", segments=(Segment("a"), Segment("b")))
    with pytest.raises(ValueError, match="one id"):
        renamed(topology, {"a": "b"})
    with pytest.raises(ValueError, match="'c'"):
        renamed(topology, {"c": "d"})


@QUICK
@given(topologies(undeclared=True), OFFSETS)
def test_renumbering_keeps_a_topology_whole(topology: Topology, offset: int) -> None:
    """The image of a design without structural faults has none."""
    assert faults(renumbered(topology, offset)) == []


@QUICK
@given(topologies(undeclared=True), OFFSETS)
def test_renumbering_there_and_back_moves_nothing(topology: Topology, offset: int) -> None:
    """Segments, interfaces and routes come back; lists of ranges may be cut but mean the same."""
    back = renumbered(renumbered(topology, offset), -offset)
    assert back.segments == topology.segments
    assert back.links == topology.links
    for device, before in zip(back.devices, topology.devices, strict=True):
        assert device.interfaces == before.interfaces
        assert device.routes == before.routes
        for port, old in zip(device.ports, before.ports, strict=True):
            assert (port.vlan, port.native) == (old.vlan, old.native)
            vlans = (1, 10, 20, 999, 4094)
            assert [port.allows(v) for v in vlans] == [old.allows(v) for v in vlans]


@QUICK
@given(st.sampled_from((4, 6)).flatmap(lambda v: st.tuples(*[near(v)] * 3)), OFFSETS)
def test_a_range_holds_an_address_iff_their_images_do(
    drawn: tuple[IPAddress, IPAddress, IPAddress], offset: int
) -> None:
    """Renumbering ranges agrees with renumbering the addresses in them."""
    low, high = sorted(drawn[:2], key=int)
    peer = Peer("p", (AddressRange(low, high),))
    topology = Topology("t", externals=(External("x", peers=(peer,)),))
    moved = renumbered(topology, offset).external_by_id["x"].peer("p").addresses
    image = renumbered_address(drawn[2], offset)
    assert any(image in item for item in moved) == (drawn[2] in peer.addresses[0])


def test_renumbering_refuses_a_prefix_without_an_image() -> None:
    """A prefix larger than a step, inside the block, would fall apart."""
    topology = Topology("t", segments=(Segment("a", prefixes=(ip_network("10.0.0.0/12"),)),))
    with pytest.raises(ValueError, match=r"10\.0\.0\.0/12 is larger"):
        renumbered(topology, 1)


@QUICK
@given(st.data())
def test_an_extra_deny_stands_where_it_was_put(data: st.DataObject) -> None:
    """The other rules keep their order."""
    topology = data.draw(topologies())
    assume(any(device.kind.forwards for device in topology.devices))
    device = data.draw(st.sampled_from([d for d in topology.devices if d.kind.forwards]))
    old = device.policy.rules if device.policy is not None else ()
    assert old is not None
    position = data.draw(st.integers(0, len(old)))
    deny = data.draw(rules(actions=st.just(Action.DENY)))
    edited = with_extra_deny(topology, device.id, position, deny).device_by_id[device.id]
    assert edited.policy is not None
    new = list(edited.policy.rules or ())
    assert new.pop(position) == deny
    assert tuple(new) == old
    if device.policy is None:
        assert edited.policy.default is Action.PERMIT


def test_an_extra_deny_is_a_deny_in_a_place_that_exists() -> None:
    """Anything else is refused."""
    topology = Topology("t")
    with pytest.raises(ValueError, match="does not deny"):
        with_extra_deny(topology, "d", 0, Rule(Action.PERMIT, "r"))
    with pytest.raises(KeyError):
        with_extra_deny(topology, "d", 0, Rule(Action.DENY, "r"))


@QUICK
@given(st.data())
def test_unplugging_a_cable_leaves_its_interfaces_nowhere(data: st.DataObject) -> None:
    """Ports, addresses and routes of devices stay; interfaces at the cable lose their segment."""
    topology = data.draw(topologies())
    assume(topology.links)
    link = data.draw(st.sampled_from(topology.links))
    edited = without_link(topology, link)
    assert edited.links == tuple(other for other in topology.links if other != link)
    for device, before in zip(edited.devices, topology.devices, strict=True):
        assert (device.ports, device.routes) == (before.ports, before.routes)
        for interface, old in zip(device.interfaces, before.interfaces, strict=True):
            assert interface.addresses == old.addresses
            svi = device.kind.bridges and old.vlan is not None
            at_cable = (device.id, old.port or old.id) in [(e.node, e.port) for e in link.ends]
            assert interface.segment == (None if at_cable and not svi else old.segment)
    with pytest.raises(ValueError, match="no link"):
        without_link(edited, link)


@QUICK
@given(st.data())
def test_nothing_refers_to_an_element_that_was_removed(data: st.DataObject) -> None:
    """Removing an element leaves a topology whose references by id hold."""
    topology = data.draw(topologies(undeclared=True))
    name = data.draw(st.sampled_from(ids(topology)))
    edited = without_node(topology, name)
    assert name not in ids(edited)
    cut_off = ("is nowhere", "cannot reach the next hop")
    assert not [fault for fault in faults(edited) if not any(what in fault for what in cut_off)]
    assert without_dangling(edited) == edited


@QUICK
@given(topologies(undeclared=True))
def test_nothing_dangles_in_a_whole_topology(topology: Topology) -> None:
    """Dropping dangling references changes nothing where there are none."""
    assert without_dangling(topology) == topology
