"""Points and addresses that stand for a declared endpoint, chosen by a seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from random import Random

from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.topology import Topology
from zonecheck.prove import covers, segment_of
from zonecheck.simulate import Simulator
from zonecheck.simulate.ownership import Ownership
from zonecheck.simulate.ssids import laid_on

_DOCUMENTATION = (
    AddressRange(IPv4Address("203.0.113.1"), IPv4Address("203.0.113.254")),
    AddressRange(IPv4Address("198.51.100.1"), IPv4Address("198.51.100.254")),
    AddressRange(IPv4Address("192.0.2.1"), IPv4Address("192.0.2.254")),
    AddressRange(IPv6Address("2001:db8:ffff::1"), IPv6Address("2001:db8:ffff::ffff")),
)
"""Where in the Internet somebody is whom no topology declares (RFC 5737, RFC 3849)."""
_DRAWS = 64
_RESERVED_LOW = 20
"""Of a segment's free addresses the first ones are left to machines with fixed addresses."""


@dataclass(frozen=True, slots=True)
class End:
    """Somebody at a point, with an address of its own."""

    point: AttachmentPoint
    address: IPAddress


class EndpointChoice:
    """Who may stand for the endpoints of a topology."""

    def __init__(self, topology: Topology, simulator: Simulator) -> None:
        self._topology = topology
        self._simulator = simulator
        self._ownership = Ownership(topology)

    def ends(self, endpoint: EndpointRef, random: Random) -> list[End]:
        """Return one end for each point and IP version that an endpoint stands for, mixed.

        Hosts stand for their segment; where it has none, whatever is plugged into it.
        """
        points = [p for p in self._simulator.origins() if covers(self._topology, endpoint, p)]
        if endpoint.kind is EndpointKind.SEGMENT:
            hosts = [point for point in points if point.kind is AttachmentKind.HOST]
            points = hosts or [point for point in points if point.kind is AttachmentKind.ACCESS]
        found = [
            End(point, address)
            for point in points
            for address in self.addresses(point, random, endpoint)
        ]
        random.shuffle(found)
        return found

    def hosts_in(self, segment: str, random: Random) -> list[End]:
        """Return the hosts of a segment, those with declared addresses first."""
        found: list[tuple[bool, End]] = []
        for point in self._simulator.origins():
            if point.kind is AttachmentKind.HOST and self._lies_in(point, segment):
                card = self._topology.host_by_id[point.node].interface(point.port)
                declared = bool(card.addresses)
                found += [
                    (not declared, End(point, address)) for address in self.addresses(point, random)
                ]
        return [end for _, end in sorted(found, key=lambda each: (each[0], each[1].point.order))]

    def edges_in(self, segment: str, version: int = 4) -> list[End]:
        """Return the external edges in a segment that declare an address there."""
        found = []
        for external in self._topology.externals:
            for edge in external.edges:
                own = [each.low for each in edge.addresses if each.version == version]
                if own and edge.segment == segment:
                    point = AttachmentPoint(AttachmentKind.EDGE, external.id, edge.id)
                    found.append(End(point, own[0]))
        return found

    def routers_in(self, segment: str, version: int = 4) -> list[End]:
        """Return the interfaces of routers in a segment, with an address that only they have."""
        found = []
        for point in self._simulator.origins():
            if point.kind is not AttachmentKind.STACK or not self._lies_in(point, segment):
                continue
            device = self._topology.device_by_id[point.node]
            face = device.interface(point.port)
            own = [a.ip for a in face.addresses if a.version == version]
            own = [ip for ip in own if ip not in face.virtual] or own
            if device.kind.forwards and own:
                found.append(End(point, own[0]))
        return sorted(found, key=lambda end: end.point.order)

    def addresses(
        self, point: AttachmentPoint, random: Random, endpoint: EndpointRef | None = None
    ) -> Iterator[IPAddress]:
        """Yield one address of each IP version that a point has, or that an endpoint has there."""
        ranges = self._ranges(point, endpoint)
        for version in (4, 6):
            fitting = [each for each in ranges if each.version == version]
            if fitting:
                yield drawn(random.choice(fitting), random)
            elif not ranges and point.kind is not AttachmentKind.STACK:
                free = self.free(point, version, random)
                if free is not None:
                    yield free

    def free(self, point: AttachmentPoint, version: int, random: Random) -> IPAddress | None:
        """Return an address that nobody declares, of a point's segment or of the Internet."""
        if point.kind is AttachmentKind.EDGE:
            wide = [each for each in _DOCUMENTATION if each.version == version]
        else:
            name = segment_of(self._topology, point)
            return None if name is None else self.free_in(name, version, random)
        for _ in range(_DRAWS):
            address = drawn(random.choice(wide), random)
            if not self._ownership.is_claimed(address):
                return address
        return None

    def free_in(self, segment: str, version: int, random: Random) -> IPAddress | None:
        """Return an address of a segment's prefixes that nobody declares, None if there is none."""
        home = laid_on(self._topology, self._topology.segment_by_id[segment])
        wide = [p for p in home.prefixes if p.version == version and p.num_addresses > 4]
        for _ in range(_DRAWS if wide else 0):
            prefix = random.choice(wide)
            size = min(prefix.num_addresses, 1 << 16)
            lowest = _RESERVED_LOW if size > 2 * _RESERVED_LOW else 1
            address = prefix.network_address + random.randrange(lowest, size - 1)
            if not self._ownership.is_claimed(address):
                return address
        return None

    def _ranges(
        self, point: AttachmentPoint, endpoint: EndpointRef | None
    ) -> tuple[AddressRange, ...]:
        if point.kind is AttachmentKind.HOST:
            return self._topology.host_by_id[point.node].interface(point.port).addresses
        if point.kind is AttachmentKind.STACK:
            face = self._topology.device_by_id[point.node].interface(point.port)
            return tuple(AddressRange.of_address(item.ip) for item in face.addresses)
        if endpoint is not None and point.kind is AttachmentKind.EDGE:
            return self._topology.addresses_of(endpoint) or ()
        return ()

    def _lies_in(self, point: AttachmentPoint, segment: str) -> bool:
        name = segment_of(self._topology, point)
        if name is None or name not in self._topology.segment_by_id:
            return False
        return laid_on(self._topology, self._topology.segment_by_id[name]).id == segment


def drawn(item: AddressRange, random: Random) -> IPAddress:
    """Return one address of a range, near its beginning where it is a whole prefix."""
    low, high = item.interval
    if high - low > 1 << 6:
        low, high = low + 1, min(high - 1, low + (1 << 16))
    return type(item.low)(random.randint(low, high))
