"""Whoever is plugged in where 802.1X asks who it is talks to the server that knows (section 6).

The authenticator hands on what the device says: what carries it is EAP in RADIUS, which is no
packet of the device. No proof of packets sees it.
"""

from collections.abc import Iterator

from zonecheck.dataplane import BroadcastDomains, DataPlane
from zonecheck.model.attachment import AttachmentKind
from zonecheck.model.device import Device, Opening
from zonecheck.model.segment import Segment
from zonecheck.model.service import Service
from zonecheck.model.topology import Topology
from zonecheck.prove.evidence import ADMISSION, Evidence, FlowNode, PlatformEdge
from zonecheck.prove.flow_nodes import FlowNodes
from zonecheck.prove.out_of_band import exists, nodes_of_endpoint

_DOT1X, _ENTERPRISE = "dot1x", "enterprise"
_RADIUS = {17: (1645, 1646, 1812, 1813, 2083), 6: (2083,)}
"""Ports of RADIUS by protocol, RadSec (RFC 6614, RFC 7360) included."""


def admission_edges(
    nodes: FlowNodes, plane: DataPlane
) -> Iterator[tuple[FlowNode, FlowNode, Evidence]]:
    """Yield the edges between what is plugged in under 802.1X and who admits it, both ways."""
    for segment, device, opening in authenticators(plane.topology, plane.domains):
        if not exists(plane.topology, opening.to):
            continue
        evidence = PlatformEdge(ADMISSION, f"{device.id}: {segment.id}", opening.source)
        servers = nodes_of_endpoint(nodes, plane, opening.to)
        for node in _plugged_in(nodes, plane, segment):
            for server in servers:
                yield node, server, evidence
                yield server, node, evidence


def authenticators(
    topology: Topology, domains: BroadcastDomains
) -> Iterator[tuple[Segment, Device, Opening]]:
    """Yield, for each place 802.1X guards, the sessions to RADIUS of the switches it lives on."""
    asking = [
        (device, opening)
        for device in topology.devices
        for opening in device.opens
        if any(map(_is_radius, opening.services or (Service(),)))
    ]
    if not asking:
        return
    for segment in topology.segments:
        homes = domains.homes(segment.id)
        for device, opening in asking:
            vlans = {vlan for kind, at, vlan in homes if (kind, at) == ("bridge", device.id)}
            if vlans and (authenticates(segment) or vlans & _assigned(device)):
                yield segment, device, opening


def authenticates(segment: Segment) -> bool:
    """Return whether a segment or SSID asks a server who is plugged in."""
    auth = None if segment.wireless is None else segment.wireless.auth
    return segment.nac == _DOT1X or (auth is not None and _ENTERPRISE in auth)


def _assigned(device: Device) -> set[int]:
    """Return the VLANs 802.1X may put access ports of a switch in."""
    ports = [port for port in device.ports if port.other_vlans and not port.shutdown]
    own = {port.vlan for port in ports if port.vlan is not None}
    return own.union(*(port.other_vlans for port in ports))


def _is_radius(service: Service) -> bool:
    if service.protocol is None:
        return True
    numbers = _RADIUS.get(service.protocol, ())
    if not service.ports:
        return bool(numbers)
    return any(number in item for item in service.ports for number in numbers)


def _plugged_in(nodes: FlowNodes, plane: DataPlane, segment: Segment) -> list[FlowNode]:
    """Return who is asked: the segment's access ports and the hosts on the bridges it lives on."""
    found = [FlowNode("access", segment.id)]
    homes = set(plane.domains.homes(segment.id))
    for point in plane.domains_of:
        if point.kind is AttachmentKind.HOST:
            card = plane.topology.host_by_id[point.node].interface(point.port)
            wired = segment.laid_on is None and homes & set(
                plane.domains.points_of(point.node, card)
            )
            if card.segment == segment.id or wired:
                found.append(nodes.of_interface(point))
    return list(dict.fromkeys(found))
