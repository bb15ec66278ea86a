"""The networkx view loses nothing, and edits of it are edits of the topology."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zonecheck.model.edit import without_node
from zonecheck.model.graph import from_graph, to_graph
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.topology import Topology
from zonecheck.strategies import topologies

QUICK = settings(max_examples=40, deadline=None)


def ids(topology: Topology) -> list[str]:
    """Return the ids of all elements."""
    names = [segment.id for segment in topology.segments]
    names += [host.id for host in topology.hosts]
    names += [device.id for device in topology.devices]
    return names + [external.id for external in topology.externals]


@QUICK
@given(topologies(undeclared=True))
def test_a_topology_comes_back_from_its_graph(topology: Topology) -> None:
    """`from_graph(to_graph(t)) == t`, order included."""
    assert from_graph(to_graph(topology)) == topology


@QUICK
@given(topologies(undeclared=True))
def test_the_graph_has_the_elements_and_cables_of_the_topology(topology: Topology) -> None:
    """Nodes are the elements by id, links keep their zone tags, attachments that of the segment."""
    graph = to_graph(topology)
    assert sorted(graph) == sorted(ids(topology))
    links = [data for *_, data in graph.edges(data=True) if data["kind"] == "link"]
    assert len(links) == len(topology.links)
    assert {(d["a"], d["b"], d["zones"]) for d in links} == {
        (link.a, link.b, link.zones) for link in topology.links
    }
    for one, other, data in graph.edges(data=True):
        if data["kind"] == "attachment":
            segment = topology.segment_by_id.get(one) or topology.segment_by_id[other]
            assert data["zone"] == segment.zone


@QUICK
@given(st.data())
def test_removing_an_edge_removes_its_link_and_nothing_else(data: st.DataObject) -> None:
    """A link taken out of the graph is out of the topology."""
    topology = data.draw(topologies())
    assume(topology.links)
    link = data.draw(st.sampled_from(topology.links))
    graph = to_graph(topology)
    graph.remove_edge(link.a.node, link.b.node, str(link))
    left = tuple(other for other in topology.links if other != link)
    assert from_graph(graph) == replace(topology, links=left)


@QUICK
@given(st.data())
def test_removing_a_node_removes_the_element(data: st.DataObject) -> None:
    """A node taken out of the graph takes with it what refers to it."""
    topology = data.draw(topologies(undeclared=True))
    name = data.draw(st.sampled_from(ids(topology)))
    graph = to_graph(topology)
    graph.remove_node(name)
    assert from_graph(graph) == without_node(topology, name)


@QUICK
@given(st.data())
def test_attributes_set_in_the_graph_are_set_in_the_topology(data: st.DataObject) -> None:
    """Zones and zone tags of nodes and links may be edited as attributes."""
    topology = data.draw(topologies(undeclared=True))
    graph = to_graph(topology)
    for node in graph.nodes.values():
        node.update({"zone": "new"} if "zone" in node else {"zones": ("new",)})
    for edge in graph.edges.values():
        if edge["kind"] == "link":
            edge["zones"] = ("new",)
    edited = from_graph(graph)
    assert {segment.zone for segment in edited.segments} == {"new"}
    assert all(external.zone == "new" for external in edited.externals)
    assert all(host.zones == ("new",) for host in edited.hosts)
    assert all(device.zones == ("new",) for device in edited.devices)
    assert all(link.zones == ("new",) for link in edited.links)


@QUICK
@given(st.data())
def test_an_attachment_moved_in_the_graph_moves_the_interface(data: st.DataObject) -> None:
    """The segment of an interface is where its attachment edge leads."""
    topology = data.draw(topologies())
    assume(topology.hosts)
    host = data.draw(st.sampled_from(topology.hosts))
    card = host.interfaces[0]
    target = data.draw(st.sampled_from(topology.segments)).id
    graph = to_graph(topology)
    assert card.segment is not None
    key = f"{host.id}/{card.id}"
    attributes = dict(graph.edges[host.id, card.segment, key])
    graph.remove_edge(host.id, card.segment, key)
    assert from_graph(graph).host_by_id[host.id].interfaces[0].segment is None
    graph.add_edge(host.id, target, key, **attributes)
    assert from_graph(graph).host_by_id[host.id].interfaces[0].segment == target


@QUICK
@given(topologies(max_hosts=2))
def test_a_node_added_to_the_graph_comes_last(topology: Topology) -> None:
    """An element without an index is appended to those of its kind."""
    graph = to_graph(topology)
    added = Host("new", (HostInterface("eth0", None),))
    graph.add_node("new", kind="host", element=added)
    assert from_graph(graph) == replace(topology, hosts=(*topology.hosts, added))


def test_a_dangling_reference_has_no_graph() -> None:
    """A segment that is not there is an error, not a node made up."""
    topology = Topology("t", hosts=(Host("h", (HostInterface("eth0", "nowhere"),)),))
    with pytest.raises(ValueError, match="'nowhere', which does not exist"):
        to_graph(topology)


def test_the_model_does_not_load_networkx() -> None:
    """Only `model.graph` does."""
    script = (
        "import sys, zonecheck.model, zonecheck.model.topology, zonecheck.model.edit;"
        "sys.exit('networkx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
