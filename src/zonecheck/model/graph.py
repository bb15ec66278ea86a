"""The networkx view of a topology, and the way back."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import networkx as nx

from zonecheck.model.device import Device, L3Interface
from zonecheck.model.edit import without_dangling
from zonecheck.model.external import External, ExternalEdge
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.link import Link
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology

Element = Segment | Host | Device | External
Bearer = Host | Device | External
Chosen = TypeVar("Chosen", Segment, Host, Device, External)
SEGMENT, HOST, DEVICE, EXTERNAL = "segment", "host", "device", "external"
LINK, ATTACHMENT = "link", "attachment"
_KEPT = (
    "maintenance",
    "tunnels",
    "hypervisors",
    "datastores",
    "out_of_band",
    "states",
    "state",
    "detached",
    "waivers",
)
LAST = 1 << 30
"""The index of what an edit added without one: after everything else."""


def to_graph(topology: Topology) -> "nx.MultiGraph[str]":
    """Return the topology as a graph.

    Nodes are segments, hosts, devices and external networks, by id, with the attributes:
        kind: "segment", "host", "device" or "external".
        zone, zones: the zone of a segment or external network, the tags of a host or device.
        role: the role of a host, the kind of a device.
        element, index: the model element and its position among those of its kind.

    Edges are, by their attribute `kind`:
        "link": a cable, with `a` and `b` (its two `LinkEnd`), `zones`, `element` and `index`.
        "attachment": an interface or external edge and its segment, with `interface` (its id)
            and `zone` (that of the segment). It names the planned segment also of an interface
            that has a cable.

    A cable of a standby member ends at the node of its device.

    The graph itself has `name`, `profile`, `zones`, `channels`, `flows` and `source`, and the
    elements that are no nodes: `maintenance`, `tunnels`, `hypervisors`, `datastores`,
    `out_of_band`, `states`, `state`, `detached` and `waivers`.

    Raises:
        ValueError: if the topology names segments or nodes that it does not have.
    """
    graph: nx.MultiGraph[str] = nx.MultiGraph(
        name=topology.name,
        profile=topology.profile,
        zones=topology.zones,
        channels=topology.channels,
        flows=topology.specific_flows,
        source=topology.source,
        **{name: getattr(topology, name) for name in _KEPT},
    )
    groups: tuple[tuple[Element, ...], ...] = (
        topology.segments,
        topology.hosts,
        topology.devices,
        topology.externals,
    )
    for group in groups:
        for index, element in enumerate(group):
            graph.add_node(element.id, **_attributes(element), element=element, index=index)
    bearers: list[Bearer] = [*topology.hosts, *topology.devices, *topology.externals]
    for bearer in bearers:
        for interface in _interfaces(bearer):
            if interface.segment is not None:
                zone = topology.zone_of_segment(interface.segment)
                _join(
                    graph,
                    (bearer.id, interface.segment),
                    f"{bearer.id}/{interface.id}",
                    {"kind": ATTACHMENT, "interface": interface.id, "zone": zone},
                )
    members = topology.device_of_member
    for index, link in enumerate(topology.links):
        _join(
            graph,
            (members.get(link.a.node, link.a.node), members.get(link.b.node, link.b.node)),
            str(link),
            {
                "kind": LINK,
                "a": link.a,
                "b": link.b,
                "zones": link.zones,
                "element": link,
                "index": index,
            },
        )
    return graph


def from_graph(graph: "nx.MultiGraph[str]") -> Topology:
    """Return the topology a graph stands for; `from_graph(to_graph(t)) == t`.

    Elements come from the attribute `element`, with the zones, roles and attachments the graph
    has now. A node that was removed takes with it what refers to it, as in
    `edit.without_dangling`. A link that was removed leaves its interfaces where they are
    planned, without a cable; remove their attachments too, or use `edit.without_link`, to
    unplug them.
    """
    found = Topology(
        name=graph.graph.get("name", ""),
        profile=graph.graph.get("profile", ""),
        zones=tuple(graph.graph.get("zones", ())),
        segments=tuple(_elements(graph, SEGMENT, Segment)),
        hosts=tuple(_elements(graph, HOST, Host)),
        devices=tuple(_elements(graph, DEVICE, Device)),
        links=tuple(_links(graph)),
        externals=tuple(_elements(graph, EXTERNAL, External)),
        channels=tuple(graph.graph.get("channels", ())),
        specific_flows=tuple(graph.graph.get("flows", ())),
        **{name: graph.graph[name] for name in _KEPT if name in graph.graph},
    )
    if "source" in graph.graph:
        found = replace(found, source=graph.graph["source"])
    return without_dangling(found)


def _attributes(element: Element) -> dict[str, object]:
    match element:
        case Segment():
            return {"kind": SEGMENT, "zone": element.zone}
        case External():
            return {"kind": EXTERNAL, "zone": element.zone}
        case Host():
            return {"kind": HOST, "zones": element.zones, "role": element.role}
        case Device():
            return {"kind": DEVICE, "zones": element.zones, "role": element.kind.value}


def _interfaces(
    element: Bearer,
) -> Iterable[HostInterface | L3Interface | ExternalEdge]:
    return element.edges if isinstance(element, External) else element.interfaces


def _join(
    graph: "nx.MultiGraph[str]", ends: tuple[str, str], key: str, attributes: Mapping[str, Any]
) -> None:
    for end in ends:
        if end not in graph:
            raise ValueError(f"{key} refers to {end!r}, which does not exist")
    if graph.has_edge(*ends, key):
        raise ValueError(f"{key} is there twice")
    one, other = ends
    graph.add_edge(one, other, key, **attributes)


def _elements(graph: "nx.MultiGraph[str]", kind: str, of: type[Chosen]) -> Iterable[Chosen]:
    nodes = [(name, data) for name, data in graph.nodes(data=True) if data["kind"] == kind]
    for name, data in sorted(nodes, key=lambda node: node[1].get("index", LAST)):
        element = data["element"]
        if not isinstance(element, of) or element.id != name:
            raise ValueError(f"node {name!r} does not bear its own element")
        yield _as_now(element, data, _attachments(graph, name))


def _as_now(element: Chosen, data: Mapping[str, Any], segments: Mapping[str, str]) -> Chosen:
    """Return an element with what the attributes and attachments in the graph say."""
    changed = {
        name: data[name]
        for name, old in _attributes(element).items()
        if name not in ("kind", "index") and data.get(name, old) != old
    }
    if isinstance(element, Segment):
        return replace(element, **changed)
    if isinstance(element, External):
        if "zone" in changed:
            changed["zone_tag"] = changed.pop("zone")
        edges = tuple(
            replace(edge, segment=segments[edge.id])
            for edge in element.edges
            if edge.id in segments
        )
        return replace(element, edges=edges, **changed)
    if isinstance(element, Device) and "role" in changed:
        changed["kind"] = type(element.kind)(changed.pop("role"))
    interfaces = tuple(replace(i, segment=segments.get(i.id)) for i in element.interfaces)
    return replace(element, interfaces=interfaces, **changed)


def _attachments(graph: "nx.MultiGraph[str]", name: str) -> dict[str, str]:
    return {
        data["interface"]: other
        for _, other, data in graph.edges(name, data=True)
        if data["kind"] == ATTACHMENT
    }


def _links(graph: "nx.MultiGraph[str]") -> Iterable[Link]:
    found = [data for _, _, data in graph.edges(data=True) if data["kind"] == LINK]
    for data in sorted(found, key=lambda item: item.get("index", LAST)):
        link = data.get("element") or Link(data["a"], data["b"])
        yield replace(link, zones=data.get("zones", link.zones))
