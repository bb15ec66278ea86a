"""The zones a device stands in and a cable carries, as the design plans and tags them.

This is what is drawn, not what is proved: a VLAN that leaks is in no drawing, it is a finding.
"""

from zonecheck.model.device import Device, PortMode, SwitchPort
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.topology import Topology


def device_zones(topology: Topology, device: Device) -> set[str]:
    """Return the zones of a device: its tags, and those of its interfaces, ports and cables."""
    found = set(device.zones)
    for face in device.interfaces:
        zone = topology.zone_of_segment(face.segment)
        if zone is not None and LinkEnd(device.id, face.id) not in topology.detached:
            found.add(zone)
    for port in device.ports:
        if port.mode is PortMode.ACCESS and not port.shutdown:
            found |= _port_zones(topology, device, port)
    own = {device.id, *(member.id for member in device.standby)}
    for link in topology.links:
        if own & {link.a.node, link.b.node}:
            found |= link_zones(topology, link)
    return found


def link_zones(topology: Topology, link: Link) -> set[str]:
    """Return the zones of a cable: its tag, else those of what its ends are set to carry."""
    if link.zones is not None:
        return set(link.zones)
    found: set[str] = set()
    for end in link.ends:
        device = topology.device_by_id.get(topology.device_of_member.get(end.node, end.node))
        for port in device.ports if device else ():
            if device is not None and port.id == end.port:
                found |= _port_zones(topology, device, port)
        bearer = device or topology.host_by_id.get(end.node)
        for face in bearer.interfaces if bearer else ():
            if end.port in (face.id, getattr(face, "port", None)):
                found.add(topology.zone_of_segment(face.segment) or "")
    return found - {""}


def _port_zones(topology: Topology, device: Device, port: SwitchPort) -> set[str]:
    """Return the zones of the segments whose VLANs a port carries."""
    return {
        segment.zone
        for segment in topology.segments
        if segment.zone is not None
        and segment.vlan is not None
        and (not segment.switches or device.id in segment.switches)
        and (
            segment.vlan == port.vlan if port.mode is PortMode.ACCESS else port.allows(segment.vlan)
        )
    }
