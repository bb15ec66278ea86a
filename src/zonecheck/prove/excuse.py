"""Which delivered packets declared legs excuse (docs/semantics.md, section 5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.channel import Leg
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.topology import Topology
from zonecheck.packets import UDP, PacketSet, PacketSpace
from zonecheck.prove.flow import Flow, Part
from zonecheck.prove.reachability import Reachability

TUNNEL_PROTOCOLS = (4, 41, 47, 50, 51, 94, 97, 115)
TUNNEL_UDP_PORTS = (500, 1194, 1701, 4500, 4789, 6081, 51820)


def covers(topology: Topology, endpoint: EndpointRef, point: AttachmentPoint) -> bool:
    """Return whether a declared endpoint stands for an attachment point.

    A segment stands for everything whose own interface is planned in it; an external network
    and each of its peers for every edge of the network.
    """
    if endpoint.kind is EndpointKind.HOST:
        return point.kind is AttachmentKind.HOST and point.node == endpoint.id
    if endpoint.kind is EndpointKind.DEVICE:
        return point.kind is AttachmentKind.STACK and point.node == endpoint.id
    if endpoint.kind is EndpointKind.SEGMENT:
        return segment_of(topology, point) == endpoint.id
    return point.kind is AttachmentKind.EDGE and point.node == endpoint.id


def segment_of(topology: Topology, point: AttachmentPoint) -> str | None:
    """Return the segment an attachment point is planned in; None for external edges."""
    if point.kind is AttachmentKind.ACCESS:
        return point.node
    if point.kind is AttachmentKind.HOST:
        return topology.host_by_id[point.node].interface(point.port).segment
    if point.kind is AttachmentKind.STACK:
        return topology.device_by_id[point.node].interface(point.port).segment
    return None


class Excuses:
    """The packet sets of a list of legs.

    What is sent or arrives as one of the headers in `never` is excused by none of them.
    """

    def __init__(
        self, reach: Reachability, legs: Iterable[Leg], *, never: PacketSet | None = None
    ) -> None:
        self._reach = reach
        self._plane = plane = reach.plane
        self._legs = tuple(legs)
        self._never = plane.space.empty if never is None else never
        self._sets = [self._leg_set(leg) - self._never for leg in self._legs]
        self._between: dict[tuple[AttachmentPoint, AttachmentPoint], list[_Declared]] = {}
        self._turned: dict[tuple[AttachmentPoint, AttachmentPoint], PacketSet] = {}
        self._leaving = _Ends(plane.topology, [leg.origin for leg in self._legs])
        self._entering = _Ends(plane.topology, [leg.destination for leg in self._legs])
        self._all = plane.space.union(self._sets)

    @property
    def headers(self) -> PacketSet:
        """Return the first headers of all legs, as their origins send them."""
        return self._all

    def _leg_set(self, leg: Leg) -> PacketSet:
        addressing = self._plane.addressing
        come_from = addressing.swap(addressing.endpoint_addresses(leg.origin))
        to = addressing.endpoint_addresses(leg.destination)
        if leg.addressed_as:
            to = addressing.to(leg.addressed_as)
        return come_from & to & self._plane.filters.services(leg.services)

    def declared(self, origin: AttachmentPoint, destination: AttachmentPoint) -> PacketSet:
        """Return the first headers declared from one attachment point to another, as sent."""
        result = self._plane.space.empty
        for item in self._declarations(origin, destination):
            result |= item.sent
        return result

    def _declarations(
        self, origin: AttachmentPoint, destination: AttachmentPoint
    ) -> "list[_Declared]":
        key = origin, destination
        if key not in self._between:
            found: dict[PacketSet, PacketSet] = {}
            for number in sorted(self._leaving.at(origin) & self._entering.at(destination)):
                leg = self._legs[number]
                own = self._plane.addressing.swap(self._card(leg.origin, origin))
                theirs = self._card(leg.destination, destination)
                sent = self._sets[number] & own
                if not leg.addressed_as:
                    sent &= theirs
                found[theirs] = found.get(theirs, self._plane.space.empty) | sent
            self._between[key] = [_Declared(sent, theirs) for theirs, sent in found.items()]
        return self._between[key]

    def _card(self, end: EndpointRef, point: AttachmentPoint) -> PacketSet:
        """Return the headers to an address of an end, of a host to that of the very card."""
        if end.kind is not EndpointKind.HOST:
            return self._plane.addressing.endpoint_addresses(end)
        card = self._plane.topology.host_by_id[point.node].interface(point.port)
        return self._plane.addressing.interface_owns(card)

    def judge(self, flow: Flow, origin: Origin, destination: AttachmentPoint) -> Flow:
        """Return what of a flow nothing excuses."""
        forward = self._declarations(origin.point, destination)
        backward = self._declarations(destination, origin.point)
        fresh = [part.without(self._forward(part, forward)) for part in flow.fresh_parts]
        state = []
        for part in flow.state_parts:
            excused = self._forward(part, forward, any_flag=True) | self._replies(part, backward)
            if backward and not part.way:
                # A translation may forget before a filter does: the reply comes back as it is.
                excused |= part.sent & self._translated(destination, origin.point).mirror()
            left = part.without(excused)
            errors = left.sent & self._plane.filters.error_headers
            if not errors.is_empty:
                left = left.without(self._reach.icmp_errors(origin, destination, self._all))
            state.append(left)
        return Flow(_not_empty(fresh), _not_empty(state), flow.nothing)

    def _forward(
        self, part: Part, declared: "list[_Declared]", *, any_flag: bool = False
    ) -> PacketSet:
        """Return what of a part was sent as declared and arrives where it should."""
        result = self._plane.space.empty
        for item in declared:
            sent = item.sent.with_any_flag() if any_flag else item.sent
            if part.way:
                result |= part.arriving(item.theirs - self._never).sent & sent
            else:
                result |= part.sent & sent & item.theirs
        return result

    def _replies(self, part: Part, declared: "list[_Declared]") -> PacketSet:
        """Return what of a part answers a declared first header, as that one was sent."""
        result = self._plane.space.empty
        for item in declared:
            answering = item.sent.mirror()
            if not part.way:
                result |= part.sent & answering
                continue
            from_card = self._plane.addressing.swap(item.theirs)
            result |= part.arriving(answering).sent & from_card
        return result

    def _translated(self, origin: AttachmentPoint, destination: AttachmentPoint) -> PacketSet:
        """Return what declared first headers arrive as that were sent to another address."""
        key = origin, destination
        if key not in self._turned:
            found = self._plane.space.empty
            declared = [d for d in self._declarations(*key) if not (d.sent - d.theirs).is_empty]
            senders = [o for o in self._plane.origins if declared and o.point == origin]
            for sender in senders:
                for part in self._reach.flow(sender, destination).fresh_parts:
                    for item in declared if part.way else ():
                        arriving = item.theirs - self._never
                        found |= part.starting(item.sent).arriving(arriving).arrived
            self._turned[key] = found
        return self._turned[key]


class _Ends:
    """Which of a row of declared endpoints stand for an attachment point, by their numbers."""

    def __init__(self, topology: Topology, ends: list[EndpointRef]) -> None:
        self._topology = topology
        self._numbers: dict[EndpointRef, list[int]] = {}
        for number, end in enumerate(ends):
            self._numbers.setdefault(end, []).append(number)
        self._known: dict[AttachmentPoint, frozenset[int]] = {}

    def at(self, point: AttachmentPoint) -> frozenset[int]:
        """Return the numbers of the endpoints that stand for a point."""
        if point not in self._known:
            self._known[point] = frozenset(
                number
                for end, numbers in self._numbers.items()
                if covers(self._topology, end, point)
                for number in numbers
            )
        return self._known[point]


@dataclass(frozen=True, slots=True)
class _Declared:
    """First headers as they are sent, and the addresses they arrive with."""

    sent: PacketSet
    theirs: PacketSet


def _not_empty(parts: list[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if not part.sent.is_empty)


def tunnel_headers(space: PacketSpace) -> PacketSet:
    """Return all headers of protocols that may carry other traffic inside."""
    protocols = space.box(protocols=[(p, p) for p in TUNNEL_PROTOCOLS])
    udp = space.box(protocols=[(UDP, UDP)], dst_ports=[(p, p) for p in TUNNEL_UDP_PORTS])
    return protocols | udp
