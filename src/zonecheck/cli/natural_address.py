"""The address an engineer would expect a place to use."""

from collections.abc import Iterator
from ipaddress import ip_address
from itertools import islice

from zonecheck.cli.places import Place
from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.external import External
from zonecheck.model.topology import Topology

_OUTSIDE = ("203.0.113.10", "198.51.100.10", "192.0.2.10", "2001:db8:ffff::10")
_TRIED = 4096
_VERSIONS = (4, 6)


def natural_addresses(topology: Topology, place: Place) -> dict[int, IPAddress]:
    """Return an address of a place for each IP version it has any of.

    Declared addresses come first; then the lowest unclaimed host address of the segment; for an
    external network a peer, a prefix, else an address kept for documentation.
    """
    found: dict[int, IPAddress] = {}
    for address in _candidates(topology, place):
        found.setdefault(address.version, address)
        if len(found) == len(_VERSIONS):
            break
    return found


def _candidates(topology: Topology, place: Place) -> Iterator[IPAddress]:
    if place.peer is not None:
        for each in topology.addresses_of(place.peer) or ():
            yield each.low
        return
    for point in place.points:
        yield from _of_point(topology, point)


def _of_point(topology: Topology, point: AttachmentPoint) -> Iterator[IPAddress]:
    if point.kind is AttachmentKind.HOST:
        interface = topology.host_by_id[point.node].interface(point.port)
        for each in interface.addresses:
            yield each.low
        if not interface.addresses and interface.segment is not None:
            yield from _unclaimed(topology, interface.segment)
    elif point.kind is AttachmentKind.STACK:
        for own in topology.device_by_id[point.node].interface(point.port).addresses:
            yield own.ip
    elif point.kind is AttachmentKind.ACCESS:
        yield from _unclaimed(topology, point.node)
    else:
        yield from _outside(topology, topology.external_by_id[point.node])


def _outside(topology: Topology, external: External) -> Iterator[IPAddress]:
    for peer in external.peers:
        for each in peer.addresses:
            yield each.low
    for prefix in external.prefixes:
        yield from islice(prefix.hosts(), 1)
    if not external.prefixes:
        elsewhere = [r for segment in topology.segments for r in segment.ranges]
        for other in topology.externals:
            if other.id != external.id:
                elsewhere += map(AddressRange.of_network, other.prefixes)
        for text in _OUTSIDE:
            address = ip_address(text)
            if not any(address in each for each in elsewhere):
                yield address


def _unclaimed(topology: Topology, segment: str) -> Iterator[IPAddress]:
    """Yield the first address of each prefix of a segment that nothing declares."""
    claimed = list(_claimed(topology))
    for prefix in topology.segment_by_id[segment].prefixes:
        hosts: Iterator[IPAddress] = prefix.hosts()
        own = [r for r in claimed if r.version == prefix.version]
        for address in islice(hosts, _TRIED):
            if not any(address in each for each in own):
                yield address
                break


def _claimed(topology: Topology) -> Iterator[AddressRange]:
    for host in topology.hosts:
        for interface in host.interfaces:
            yield from interface.addresses
    for device in topology.devices:
        for l3 in device.interfaces:
            for own in l3.addresses:
                yield AddressRange.of_address(own.ip)
    for external in topology.externals:
        for edge in external.edges:
            yield from edge.addresses
        for peer in external.peers:
            yield from peer.addresses
