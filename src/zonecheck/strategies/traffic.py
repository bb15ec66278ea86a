"""Packets of a topology, and who sends them."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.channel import Leg
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.service import ICMP_PROTOCOLS, PORT_PROTOCOLS, Service
from zonecheck.model.topology import Topology
from zonecheck.prove import covers
from zonecheck.simulate import Packet
from zonecheck.strategies.attachments import all_points, attachment_points
from zonecheck.strategies.choice import Chooser, check_flags
from zonecheck.strategies.headers import HeaderValues, declared_ranges, headers
from zonecheck.strategies.lazy import lazily

TCP, UDP, ICMP, ICMPV6 = 6, 17, 1, 58
CLIENT_PORT = 49152
NEAR = 16
_OUTSIDE = tuple(
    AddressRange.of_address(address)
    for address in (IPv4Address("203.0.113.10"), IPv6Address("2001:db8:ffff::10"))
)
_ECHO = {4: 8, 6: 128}


@dataclass(frozen=True, slots=True)
class Flow:
    """A packet and the place that sends it: what `Simulator.send` and `zonecheck trace` take."""

    origin: AttachmentPoint
    packet: Packet


@lazily
def packets(topology: Topology, *, fragments: bool = True) -> st.SearchStrategy[Packet]:
    """Return a strategy for packets that mean something in a topology.

    Addresses are declared ones, neighbours of the bounds of every prefix, range and rule,
    unclaimed and foreign ones; protocols and ports are those of the rules and their neighbours.
    Shrinks to a packet between declared addresses.

    Args:
        topology: the design whose addresses and services are drawn.
        fragments: whether non-first fragments occur.
    """
    return headers(topology, fragments=fragments).map(_packet)


@lazily
def flows(
    topology: Topology, *, declared: bool = False, fragments: bool = True
) -> st.SearchStrategy[Flow]:
    """Return a strategy for packets together with the place that sends them.

    Sources are often not the sender's own: that is forging, which a design has to withstand.

    Args:
        topology: the design whose places, addresses and services are drawn.
        declared: only first packets of what channels, maintenance and specific flows declare,
            sent by those who may from an address of theirs. Nothing if nothing is declared.
        fragments: whether non-first fragments occur; declared flows have none.
    """
    check_flags(declared=declared, fragments=fragments)
    if not isinstance(topology, Topology):
        raise InvalidArgument(f"topology={topology!r} must be a Topology")
    if not declared:
        return st.builds(Flow, attachment_points(topology), packets(topology, fragments=fragments))
    legs = [leg for leg in topology.declared_legs() if _choices(topology, leg)]
    if not legs:
        return st.nothing()
    taken = tuple(declared_ranges(topology))

    @st.composite
    def one(draw: st.DrawFn) -> Flow:
        choose = Chooser(draw)
        leg = choose.pick(legs)
        return _opener(choose, *choose.pick(_choices(topology, leg)), taken)

    return one()


_Choice = tuple[AttachmentPoint, AddressRange, AddressRange, Service]


def _choices(topology: Topology, leg: Leg) -> list[_Choice]:
    """Return who may send a leg's first packets, from and to which addresses, by which service."""
    points = [p for p in all_points(topology) if covers(topology, leg.origin, p)]
    if leg.origin.kind is not EndpointKind.DEVICE:
        points = [p for p in points if p.kind is not AttachmentKind.STACK]
    placed = [p for p in points if p.kind is not AttachmentKind.ACCESS]
    sources = topology.addresses_of(leg.origin)
    targets = _accepting(topology, leg)
    return [
        (point, source, target, service)
        for point in placed or points
        for source in _own(topology, point, _OUTSIDE if sources is None else sources)
        for target in (_OUTSIDE if targets is None else targets)
        for service in leg.services
        if source.version == target.version and _fits(service, source.version)
    ]


def _accepting(topology: Topology, leg: Leg) -> Sequence[AddressRange] | None:
    """Return the addresses of a leg's destination, of a host those of cards that listen."""
    host = topology.host_by_id.get(leg.destination.id)
    if host is None:
        return topology.addresses_of(leg.destination)
    found: list[AddressRange] = []
    for card in host.interfaces:
        if card.listens is None or _listens(card.listens.services, leg.services):
            segment = topology.segment_by_id.get(card.segment or "")
            found += card.addresses or (() if segment is None else segment.ranges)
    return found


def _listens(accepted: Sequence[Service], asked: Sequence[Service]) -> bool:
    return any(
        one.protocol in (None, other.protocol) or other.protocol is None
        for one in accepted
        for other in asked
    )


def _own(
    topology: Topology, point: AttachmentPoint, sources: Sequence[AddressRange]
) -> list[AddressRange]:
    """Return which of the sources a card of a host has; other places may use them all."""
    host = topology.host_by_id.get(point.node)
    if host is None:
        return list(sources)
    card = host.interface(point.port)
    segment = topology.segment_by_id.get(card.segment or "")
    own = card.addresses or (() if segment is None else segment.ranges)
    return [item for item in own if any(item.low in s and item.high in s for s in sources)]


def _fits(service: Service, version: int) -> bool:
    if service.protocol in ICMP_PROTOCOLS:
        return (service.protocol == ICMP) == (version == 4)
    return not service.established


def _opener(
    choose: Chooser,
    point: AttachmentPoint,
    source: AddressRange,
    target: AddressRange,
    service: Service,
    taken: Sequence[AddressRange],
) -> Flow:
    protocol = TCP if service.protocol is None else service.protocol
    number = source_port = 0
    if protocol in PORT_PROTOCOLS:
        ports = [n for item in service.ports for n in (item.low, item.high)]
        number = choose.pick(list(dict.fromkeys(ports)) or [443])
        origins = [n for item in service.source_ports for n in (item.low, item.high)]
        source_port = choose.pick(list(dict.fromkeys(origins)) or [CLIENT_PORT])
    elif protocol in ICMP_PROTOCOLS:
        types = [n for item in service.icmp_types for n in (item.low, item.high)]
        number = choose.pick(list(dict.fromkeys(types)) or [_ECHO[source.version]])
    sent = _inside(choose, source, taken), _inside(choose, target, taken)
    return Flow(point, Packet(*sent, protocol, source_port, number))


def _inside(choose: Chooser, item: AddressRange, taken: Sequence[AddressRange]) -> IPAddress:
    """Return an address near the bounds of a range; one that nobody else has, if there is."""
    low, high = item.interval
    near = range(low, min(low + NEAR, high) + 1)
    values = list(dict.fromkeys((*near[1:-1], high - 1))) if high - low >= 3 else [*near]
    others = [each.interval for each in taken if each.version == item.version and each != item]
    free = [v for v in values if not any(a <= v <= b for a, b in others)]
    value = choose.pick(free or values)
    return IPv4Address(value) if item.version == 4 else IPv6Address(value)


def _packet(values: HeaderValues) -> Packet:
    address = IPv4Address if values.version == 4 else IPv6Address
    return Packet(
        address(values.source),
        address(values.destination),
        values.protocol,
        values.source_port,
        values.destination_port,
        values.established,
        values.fragment,
    )
