"""Who answers for an address in a broadcast domain, read from the model for static neighbours.

Written from docs/semantics.md, section 4, "Arrival in a domain" and step 7, and not from the
simulator, which is the other party of the comparison.
"""

from collections.abc import Iterable, Iterator

from zonecheck.model.address import AddressRange, IPAddress, IPNetwork
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.host import HostInterface
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology

FREE = "free"
"""Stands for whoever may have an address of a domain that nobody declares."""

Taker = AttachmentPoint | str


class Owners:
    """The declared and the free addresses of each domain."""

    def __init__(self, topology: Topology, members: dict[int, list[AttachmentPoint]]) -> None:
        self._topology = topology
        self._members = members
        self._claims = tuple(dict.fromkeys(_claims(topology)))
        self._edges = {(x.id, edge.id): edge for x in topology.externals for edge in x.edges}

    def on_link(self, domain: int, address: IPAddress) -> list[Taker]:
        """Return who takes an address that a router looks for on the link."""
        found: list[Taker] = [m for m in self._members[domain] if self._declares(m, address)]
        if not found and not self._is_claimed(address):
            open_ports = any(self._is_open(m) for m in self._members[domain])
            if open_ports or self._has_free(domain, address):
                return [FREE]
        return found

    def next_hop(self, domain: int, address: IPAddress) -> list[Taker]:
        """Return who takes what a router sends to a next hop."""
        found: list[Taker] = [m for m in self._members[domain] if self._carries(m, address)]
        if not found and not self._is_claimed(address) and self._has_free(domain, address):
            return [FREE]
        return found

    def free(self, domain: int, address: IPAddress) -> bool:
        """Return whether a sender reaches whoever may have a free address of the domain."""
        return not self._is_claimed(address) and self._has_free(domain, address)

    def declares(self, point: AttachmentPoint, address: IPAddress) -> bool:
        """Return whether what stands at a point declares an address as its own."""
        return self._declares(point, address)

    def _has_free(self, domain: int, address: IPAddress) -> bool:
        for member in self._members[domain]:
            if member.kind is AttachmentKind.ACCESS and self._is_open(member):
                segment: str | None = member.node
            elif member.kind is AttachmentKind.HOST:
                card = self._topology.host_by_id[member.node].interface(member.port)
                if any(item.version == address.version for item in card.addresses):
                    continue
                segment = card.segment
            else:
                continue
            if self._in_segment(segment, address):
                return True
        return False

    def _in_segment(self, segment: str | None, address: IPAddress) -> bool:
        found = self._topology.segment_by_id.get(segment or "")
        return found is not None and any(
            address.version == prefix.version and address in prefix
            for prefix in prefixes_of(self._topology, found)
        )

    def _is_open(self, member: AttachmentPoint) -> bool:
        if member.kind is not AttachmentKind.ACCESS:
            return False
        return not self._topology.segment_by_id[member.node].guarded

    def _declares(self, member: AttachmentPoint, address: IPAddress) -> bool:
        if member.kind is AttachmentKind.HOST:
            host = self._topology.host_by_id[member.node]
            return any(_covers(card.addresses, address) for card in host.interfaces)
        if member.kind is AttachmentKind.STACK:
            device = self._topology.device_by_id[member.node]
            vrf = device.interface(member.port).vrf
            return any(
                item.ip == address
                for face in device.interfaces
                if face.vrf == vrf
                for item in face.addresses
            )
        if member.kind is AttachmentKind.EDGE:
            return _covers(self._edges[member.node, member.port].addresses, address)
        return False

    def _carries(self, member: AttachmentPoint, address: IPAddress) -> bool:
        if member.kind is AttachmentKind.HOST:
            host = self._topology.host_by_id[member.node]
            return bool(host.ip_forward) and _covers(host.interface(member.port).addresses, address)
        if member.kind is AttachmentKind.STACK:
            device = self._topology.device_by_id[member.node]
            face = device.interface(member.port)
            return device.kind.forwards and any(item.ip == address for item in face.addresses)
        return self._declares(member, address)

    def _is_claimed(self, address: IPAddress) -> bool:
        return _covers(self._claims, address)


def prefixes_of(topology: Topology, segment: Segment) -> tuple[IPNetwork, ...]:
    """Return the prefixes of a segment, an SSID's being those of what it is laid on."""
    below = topology.segment_by_id.get(segment.laid_on or "")
    return (*segment.prefixes, *(below.prefixes if below else ()))


def declared_addresses(card: HostInterface) -> tuple[IPAddress, ...]:
    """Return the addresses of a card that its stack is given; of a range, its first ones."""
    found: list[IPAddress] = []
    for item in card.addresses:
        low, high = item.interval
        found += [type(item.low)(low + n) for n in range(min(high - low + 1, 16))]
    return tuple(found)


def _covers(ranges: Iterable[AddressRange], address: IPAddress) -> bool:
    return any(address in item for item in ranges)


def _claims(topology: Topology) -> Iterator[AddressRange]:
    for host in topology.hosts:
        for card in host.interfaces:
            yield from card.addresses
    for device in topology.devices:
        for face in device.interfaces:
            for item in face.addresses:
                yield AddressRange.of_address(item.ip)
    for external in topology.externals:
        for edge in external.edges:
            yield from edge.addresses
        for peer in external.peers:
            yield from peer.addresses
