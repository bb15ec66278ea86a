"""Which delivered packets declared legs excuse (docs/semantics.md, section 5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.channel import Leg
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.topology import Topology
from zonecheck.packets import UDP, PacketSet, PacketSpace
from zonecheck.prove.reachability import Flow, Reachability

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


@dataclass(frozen=True, slots=True)
class Unexcused:
    """What of a flow no leg excuses."""

    fresh: PacketSet
    through_state: PacketSet

    @property
    def everything(self) -> PacketSet:
        """Return all that is not excused."""
        return self.fresh | self.through_state


class Excuses:
    """The packet sets of a list of legs; headers in `never` are excused by none of them."""

    def __init__(
        self, reach: Reachability, legs: Iterable[Leg], *, never: PacketSet | None = None
    ) -> None:
        self._reach = reach
        self._plane = plane = reach.plane
        self._legs = tuple(legs)
        refused = plane.space.empty if never is None else never
        self._sets = [self._leg_set(leg) - refused for leg in self._legs]
        self._between: dict[tuple[AttachmentPoint, AttachmentPoint], PacketSet] = {}
        self._all = plane.space.union(self._sets)

    def _leg_set(self, leg: Leg) -> PacketSet:
        addressing = self._plane.addressing
        come_from = addressing.swap(addressing.endpoint_addresses(leg.origin))
        to = addressing.endpoint_addresses(leg.destination)
        return come_from & to & self._plane.filters.services(leg.services)

    def declared(self, origin: AttachmentPoint, destination: AttachmentPoint) -> PacketSet:
        """Return the first headers declared from one attachment point to another."""
        key = origin, destination
        if key not in self._between:
            topology = self._plane.topology
            result = self._plane.space.empty
            for leg, headers in zip(self._legs, self._sets, strict=True):
                if covers(topology, leg.origin, origin) and covers(
                    topology, leg.destination, destination
                ):
                    own = self._card(leg.origin, origin, source=True)
                    theirs = self._card(leg.destination, destination, source=False)
                    result |= headers & own & theirs
            self._between[key] = result
        return self._between[key]

    def _card(self, end: EndpointRef, point: AttachmentPoint, *, source: bool) -> PacketSet:
        """Return the headers with an address of the very card a leg that names a host means."""
        if end.kind is not EndpointKind.HOST:
            return self._plane.space.everything
        addressing = self._plane.addressing
        card = self._plane.topology.host_by_id[point.node].interface(point.port)
        own = addressing.interface_owns(card)
        return addressing.swap(own) if source else own

    def judge(self, flow: Flow, origin: Origin, destination: AttachmentPoint) -> Unexcused:
        """Return what of a flow nothing excuses."""
        forward = self.declared(origin.point, destination)
        backward = self.declared(destination, origin.point)
        fresh = flow.fresh - forward
        state = flow.through_state
        if not state.is_empty:
            state = state - forward.with_any_flag() - backward.mirror()
        errors = state & self._plane.filters.error_headers
        if not errors.is_empty:
            errors &= self._reach.icmp_errors(origin, destination, self._all)
        return Unexcused(fresh, state - errors)


def tunnel_headers(space: PacketSpace) -> PacketSet:
    """Return all headers of protocols that may carry other traffic inside."""
    protocols = space.box(protocols=[(p, p) for p in TUNNEL_PROTOCOLS])
    udp = space.box(protocols=[(UDP, UDP)], dst_ports=[(p, p) for p in TUNNEL_UDP_PORTS])
    return protocols | udp
