"""The laws of edits, on a design that has every element there is."""

from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import pytest

from zonecheck.formats import read_topology
from zonecheck.model.address import AddressRange
from zonecheck.model.device import Device
from zonecheck.model.edit import (
    renamed,
    renumbered,
    renumbered_address,
    without_dangling,
    without_link,
    without_node,
)
from zonecheck.model.filter import AddressMatch
from zonecheck.model.graph import from_graph, to_graph
from zonecheck.model.nat import SOURCE_NAT, NatRule
from zonecheck.model.states import state_named, states
from zonecheck.model.topology import Topology

DESIGN = Path(__file__).parents[1] / "formats" / "every_word.zones.yaml"


@cache
def city() -> Topology:
    """Return the design."""
    return read_topology(DESIGN)


def elements() -> list[str]:
    """Return the ids of segments, hosts, devices and externals."""
    groups = (city().segments, city().hosts, city().devices, city().externals)
    return [element.id for group in groups for element in group]


def named() -> list[str]:
    """Return every id of the name space the elements share."""
    others = [member.id for device in city().devices for member in device.standby]
    others += [item.id for item in city().hypervisors] + [item.id for item in city().datastores]
    return elements() + others


def test_the_design_has_a_part_of_every_kind() -> None:
    """Otherwise the laws below say nothing about it."""
    ignored = {"state", "detached", "source"}
    assert all(getattr(city(), f.name) for f in fields(Topology) if f.name not in ignored)
    # Digests come with files of rules, which the design has none of.
    device_fields = {f.name for f in fields(Device)} - {"source", "config_digests"}
    default = Device("d", city().devices[0].kind)
    told = {
        name
        for name in device_fields
        for device in city().devices
        if getattr(device, name) != getattr(default, name)
    }
    assert told == device_fields


def test_renaming_there_and_back_changes_nothing() -> None:
    """Every reference to an id follows it, so nothing dangles on the way."""
    there = {name: f"new-{name}" for name in named()}
    edited = renamed(city(), there)
    assert without_dangling(edited) == edited
    shown = repr(edited).replace("new-", "")
    assert shown == repr(city())
    assert renamed(edited, {new: old for old, new in there.items()}) == city()


@pytest.mark.parametrize("name", named())
def test_no_old_name_is_left_after_a_renaming(name: str) -> None:
    """Whatever refers to an element bears its new id."""
    edited = renamed(city(), {name: "renamed-element"})
    assert without_dangling(edited) == edited
    assert renamed(edited, {"renamed-element": name}) == city()


def test_renaming_refuses_the_id_of_a_member() -> None:
    """Members share the name space."""
    with pytest.raises(ValueError, match="one id"):
        renamed(city(), {"core": "fw-b"})


@pytest.mark.parametrize("offset", [1, 77, -300, 4093])
def test_renumbering_there_and_back_changes_nothing(offset: int) -> None:
    """No number of the design stays behind."""
    back = renumbered(renumbered(city(), offset), -offset)
    assert back == city()


def test_renumbering_moves_every_private_address() -> None:
    """None of 10.2/16 is left, neither in translations nor among shared addresses."""
    assert "Address('10.2." in repr(city())
    assert "Address('10.2." not in repr(renumbered(city(), 40))
    (rule,) = [r for r in renumbered(city(), 40).device_by_id["fw"].nat if r.port_to == 8443]
    assert str(rule.destination_to) == "10.42.0.10"
    card = renumbered(city(), 40).device_by_id["back"].interfaces[0]
    assert [str(address) for address in card.virtual] == ["10.42.0.1"]
    assert set(card.virtual) <= {address.ip for address in card.addresses}


def test_a_translation_one_to_one_has_no_image_across_the_end_of_a_block() -> None:
    """Its positions would be lost."""
    low, high = (city().hosts[0].interfaces[0].addresses[0].low + n for n in (0, 1 << 16))
    wide = AddressRange(low, high)
    rule = NatRule("1", SOURCE_NAT, AddressMatch((wide,)), source_to=(wide,), one_to_one=True)
    device = replace(city().device_by_id["fw"], nat=(rule,), standby=())
    alone = Topology("t", devices=(device,))
    across = 254
    assert int(renumbered_address(low, across)) > int(renumbered_address(high, across))
    with pytest.raises(ValueError, match="no range"):
        renumbered(alone, across)


def test_the_design_comes_back_from_its_graph() -> None:
    """Elements that are no nodes are kept, and cables of members end at their devices."""
    graph = to_graph(city())
    assert sorted(graph) == sorted(elements())
    assert from_graph(graph) == city()


@pytest.mark.parametrize("state", [state.state for state in states(city())])
def test_each_state_obeys_the_same_laws(state: str) -> None:
    """A state is a topology, with what it has detached."""
    found = state_named(city(), state)
    assert without_dangling(found) == found
    assert from_graph(to_graph(found)) == found
    assert renumbered(renumbered(found, 5), -5) == found
    there = {name: f"new-{name}" for name in elements()}
    edited = renamed(found, there)
    assert without_dangling(edited) == edited
    assert renamed(edited, {new: old for old, new in there.items()}) == found


def test_a_state_detaches_something() -> None:
    """Otherwise the law above says nothing about it."""
    assert any(state.detached for state in states(city()))


@pytest.mark.parametrize("name", elements())
def test_nothing_refers_to_an_element_that_was_removed(name: str) -> None:
    """In a graph or in the topology, and its states can still be built."""
    before = renamed(city(), {name: "gone-element"})
    assert "gone-element" in repr(before)
    edited = without_node(before, "gone-element")
    assert without_dangling(edited) == edited
    # The zone it brought is a zone like any other.
    assert "gone-element" not in repr(edited).replace("ext:gone-element", "")
    assert [state.state for state in states(edited)]
    graph = to_graph(before)
    graph.remove_node("gone-element")
    assert from_graph(graph) == edited


def test_no_state_names_a_cable_that_was_unplugged() -> None:
    """A dead link that is gone is not dead any more."""
    for link in city().links:
        edited = without_link(city(), link)
        assert without_dangling(edited).states == edited.states
        assert str(link) not in edited.states[0].down
