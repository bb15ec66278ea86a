"""A design without a link, device, host, segment or external network, as a file could say it.

No file holds an interface that is attached to nothing, and where a switch is gone no name of a
segment joins what it joined. So what hung on the element alone goes with it.
"""

from collections.abc import Iterable
from functools import reduce

from zonecheck.dataplane.broadcast import BroadcastDomains
from zonecheck.model.address import AddressRange
from zonecheck.model.edit import without_link, without_node
from zonecheck.model.link import Link
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.interfaces import without_interface
from zonecheck.policy.repairs.naming import without_addresses, without_lines_about
from zonecheck.policy.repairs.next_hops import without_lost_hops

End = tuple[str, str]
"""A node and an interface, card or edge of it."""


def unplugged(topology: Topology, link: Link) -> Topology:
    """Return the topology without a link and what was attached by it alone."""
    if link not in topology.links:
        return topology
    loose = set(_loose(topology))
    edited = without_link(topology, link)
    return without_ends(topology, edited, [end for end in _loose(edited) if end not in loose])


def without_element(topology: Topology, name: str) -> Topology:
    """Return the topology without a node or segment, or the same if there is none of the name."""
    if name in topology.device_by_id:
        edited = _without_device(topology, name)
    elif name in topology.segment_by_id:
        edited = _without_segment(topology, name)
    elif name in topology.host_by_id or name in topology.external_by_id:
        edited = without_node(topology, name)
    else:
        return topology
    return without_lines_about(edited, name)


def without_end(topology: Topology, node: str, name: str) -> Topology:
    """Return the topology without an interface, card or edge, or a peer."""
    return without_lost_hops(topology, _without_end(topology, node, name))


def without_ends(before: Topology, edited: Topology, ends: Iterable[End]) -> Topology:
    """Return a topology without some interfaces, and without hosts and networks left with none."""
    for node, name in ends:
        edited = _without_end(edited, node, name)
        host, external = edited.host_by_id.get(node), edited.external_by_id.get(node)
        bare = host is not None and not host.interfaces
        cut_off = external is not None and not external.edges and before.external_by_id[node].edges
        if bare or cut_off:
            edited = without_lines_about(without_node(edited, node), node)
    return without_lost_hops(before, edited)


def _without_end(topology: Topology, node: str, name: str) -> Topology:
    """Return the topology without an end and lines about it; others name the rest of the node."""
    before = _addresses(topology, node)
    edited = without_lines_about(without_interface(topology, node, name), f"{node}/{name}")
    left = _addresses(edited, node)
    return without_addresses(edited, node, tuple(item for item in before if item not in left))


def _addresses(topology: Topology, node: str) -> list[AddressRange]:
    host, device = topology.host_by_id.get(node), topology.device_by_id.get(node)
    if host is not None:
        return [item for card in host.interfaces for item in card.addresses]
    faces = () if device is None else device.interfaces
    return [AddressRange.of_address(a.ip) for face in faces for a in face.addresses]


def _without_device(topology: Topology, name: str) -> Topology:
    """Return the topology without a device, what is cabled to it and lives on it alone cut off."""
    domains = BroadcastDomains(topology)
    on_it = {
        segment.id
        for segment in topology.segments
        if {(kind, at) for kind, at, _ in domains.homes(segment.id)} == {("bridge", name)}
    }
    cut_off = [end for end, segment in _attached(topology).items() if segment in on_it]
    links = [link for link in topology.links if name in {end.node for end in link.ends}]
    edited = reduce(unplugged, links, topology)
    left = [end for end in cut_off if end in _attached(edited) and end[0] != name]
    edited = without_ends(topology, edited, left)
    return without_node(edited, name)


def _without_segment(topology: Topology, name: str) -> Topology:
    """Return the topology without a segment and what is attached to it."""
    ends = [end for end, segment in _attached(topology).items() if segment == name]
    return without_node(without_ends(topology, topology, ends), name)


def _attached(topology: Topology) -> dict[End, str | None]:
    """Return every interface, card and edge with its segment."""
    found: dict[End, str | None] = {}
    for host in topology.hosts:
        found |= {(host.id, card.id): card.segment for card in host.interfaces}
    for device in topology.devices:
        found |= {(device.id, face.id): face.segment for face in device.interfaces}
    for external in topology.externals:
        found |= {(external.id, edge.id): edge.segment for edge in external.edges}
    return found


def _loose(topology: Topology) -> list[End]:
    """Return what is attached neither by a segment nor by a cable nor inside a switch."""
    cabled = {(end.node, end.port) for link in topology.links for end in link.ends}
    return [
        end
        for end, segment in _attached(topology).items()
        if segment is None and not _inside(topology, end) and _port(topology, end) not in cabled
    ]


def _inside(topology: Topology, end: End) -> bool:
    """Return whether an interface is one of a switch in a VLAN, which needs no cable."""
    device = topology.device_by_id.get(end[0])
    if device is None or not device.kind.bridges:
        return False
    return any(i.id == end[1] and i.vlan is not None and i.port is None for i in device.interfaces)


def _port(topology: Topology, end: End) -> End:
    """Return the port an interface hangs on: its own, or that of its trunk."""
    device = topology.device_by_id.get(end[0])
    for interface in device.interfaces if device is not None else ():
        if interface.id == end[1]:
            return end[0], interface.port or interface.id
    return end
