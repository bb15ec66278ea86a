"""Who can open which sessions to a host, and what is declared of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.channel import Leg
from zonecheck.model.closure import Closure
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.message import Message
from zonecheck.model.service import PortRange, Service
from zonecheck.packets import TCP, PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.crossing import BOX_LIMIT, Crossing, blamed, telling_path
from zonecheck.policy.extent import extent_of_packets
from zonecheck.policy.verdict import Finding, PacketPath
from zonecheck.prove import Excuses, Flow, Part, Reachability, covers, listened

ADMINISTRATION = (22, 23, 3389, 5900, 5985, 5986)
"""TCP ports of protocols that administer a host."""
SPREADING = (22, 135, 445, 3389, 5985)
"""TCP ports by which an intruder moves from one host to the next."""
MAIL = (25, 465, 587)
"""TCP ports mail is handed over by."""


def tcp(analysis: Analysis, ports: Iterable[int]) -> PacketSet:
    """Return all TCP headers to some ports."""
    return analysis.space.box(protocols=[(TCP, TCP)], dst_ports=[(p, p) for p in ports])


def tcp_services(ports: Iterable[int]) -> tuple[Service, ...]:
    """Return TCP ports as services."""
    return tuple(Service(TCP, (PortRange(port, port),)) for port in ports)


def accepted(analysis: Analysis, point: AttachmentPoint) -> PacketSet:
    """Return the headers an attachment point takes: of a host those of its closed list."""
    if point.kind is not AttachmentKind.HOST:
        return analysis.space.everything
    return analysis.once(("accepted", point), lambda: _accepted(analysis, point))


def _accepted(analysis: Analysis, point: AttachmentPoint) -> PacketSet:
    host = analysis.topology.host_by_id[point.node]
    found = listened(analysis.plane, host, host.interface(point.port))
    if host.two_sided:
        side = host.interface(point.port).side
        taken = (s for each in host.services if side is not None for s in each.accepts(side))
        services = tuple(taken)
        if services:
            found |= analysis.plane.filters.services(services)
    return found


def openable(
    analysis: Analysis,
    origin: Origin,
    destination: AttachmentPoint,
    service: PacketSet | None = None,
) -> PacketSet:
    """Return the first headers of sessions an origin can open to an attachment point.

    With a `service` only what arrives as one of its headers, whatever it was sent as.
    """
    flow = analysis.reach.flow(origin, destination).at_once
    return _first(analysis, flow, destination, service)


def undeclared(
    analysis: Analysis,
    excuses: Excuses,
    origin: Origin,
    destination: AttachmentPoint,
    service: PacketSet | None = None,
    *,
    sent_too: bool = False,
) -> PacketSet:
    """Return what of the sessions an origin can open some legs do not declare.

    With a `service` only what arrives as one of its headers, whatever it was sent as; with
    `sent_too` also what is sent as one, wherever it arrives.
    """
    left = undeclared_flow(analysis, excuses, origin, destination)
    found = _first(analysis, left, destination, service)
    if sent_too and service is not None:
        found |= _first(analysis, left, destination, None) & service
    return found


def undeclared_flow(
    analysis: Analysis, excuses: Excuses, origin: Origin, destination: AttachmentPoint
) -> Flow:
    """Return what an origin can have delivered without a session and legs do not declare."""
    flow = analysis.reach.flow(origin, destination).at_once
    return excuses.judge(flow, origin, destination).at_once


def sent_or_arriving(flow: Flow, service: PacketSet) -> PacketSet:
    """Return the headers at the origin that are of a service, or arrive as one of it."""
    return (flow.everything & service) | flow.arriving(service)


def _first(
    analysis: Analysis, flow: Flow, destination: AttachmentPoint, service: PacketSet | None
) -> PacketSet:
    taken = accepted(analysis, destination)
    if service is not None:
        taken &= service
    return flow.arriving(taken) & analysis.plane.filters.new


def points_of(analysis: Analysis, hosts: Iterable[str]) -> list[AttachmentPoint]:
    """Return the attachment points of some hosts that packets can be delivered at."""
    wanted = frozenset(hosts)
    return [
        point
        for point in analysis.plane.domains_of
        if point.kind is AttachmentKind.HOST and point.node in wanted
    ]


def origins_of(analysis: Analysis, hosts: Iterable[str]) -> list[Origin]:
    """Return the origins that are cards of some hosts."""
    wanted = frozenset(hosts)
    return [
        origin
        for origin in analysis.plane.origins
        if origin.point.kind is AttachmentKind.HOST and origin.point.node in wanted
    ]


def senders(analysis: Analysis) -> Iterator[Origin]:
    """Yield every origin that can send anything."""
    for origin in analysis.plane.origins:
        if not origin.may_send.is_empty:
            yield origin


def opening_legs(analysis: Analysis) -> Iterator[Leg]:
    """Yield the sessions devices are declared to open themselves, as legs."""
    for device in analysis.topology.devices:
        origin = EndpointRef(EndpointKind.DEVICE, device.id)
        for opening in device.opens:
            yield Leg(origin, opening.to, opening.services, (), opening.source)


def legs_to(
    analysis: Analysis, points: Iterable[AttachmentPoint], legs: Iterable[Leg]
) -> list[Leg]:
    """Return the legs that end at one of some points, each once."""
    ends = tuple(points)
    found = (
        leg for leg in legs if any(covers(analysis.topology, leg.destination, p) for p in ends)
    )
    return list(dict.fromkeys(found))


def apart(analysis: Analysis, a: AttachmentPoint, b: AttachmentPoint) -> bool:
    """Return whether two points lie in different zones; without a zone, in the upper closure."""
    zones = analysis.zone_of(a), analysis.zone_of(b)
    if None in zones:
        return analysis.closure is Closure.UPPER
    return zones[0] != zones[1]


class Permitted:
    """What legs to one system let an origin open, to whatever address of its hosts.

    Services are those that arrive at the hosts; a translation may have changed what was sent.
    """

    def __init__(self, analysis: Analysis, legs: Iterable[Leg]) -> None:
        self._analysis = analysis
        self._ends: dict[EndpointRef, PacketSet] = {}
        for leg in legs:
            known = self._ends.get(leg.origin, analysis.space.empty)
            self._ends[leg.origin] = known | analysis.plane.filters.services(leg.services)

    def to(self, origin: Origin) -> "Rights":
        """Return what an origin may open sessions with, from an address it may use."""
        point, standing_for = origin.point, self._analysis.standing_for
        addressing = self._analysis.plane.addressing
        rights = tuple(
            (addressing.swap(addressing.endpoint_addresses(end)), services)
            for end, services in self._ends.items()
            if point in standing_for(end)
        )
        together = self._analysis.space.union([one & other for one, other in rights])
        return Rights(rights, together)


@dataclass(frozen=True, slots=True)
class Rights:
    """What one origin may open: sources it may use, each with the services that may arrive.

    `unchanged` is all it may open where nothing is translated.
    """

    rights: tuple[tuple[PacketSet, PacketSet], ...]
    unchanged: PacketSet

    def beyond(self, flow: Flow, headers: PacketSet) -> PacketSet:
        """Return what of a flow arrives as one of these headers, but not as it may."""
        left = flow.nothing
        for part in flow.fresh_parts:
            if not part.way:
                left |= (part.sent & headers) - self.unchanged
                continue
            beyond = [part.arriving(headers)]
            for sources, services in self.rights:
                beyond = [
                    rest for each in beyond for rest in _beyond(each, sources, headers - services)
                ]
            for rest in beyond:
                left |= rest.sent
        return left


def _beyond(part: Part, sources: PacketSet, others: PacketSet) -> Iterator[Part]:
    """Yield what comes from elsewhere, and what arrives as one of the others."""
    for rest in (part.without(sources), part.starting(sources).arriving(others)):
        if not rest.sent.is_empty:
            yield rest


class Gathered:
    """What was found between some origins and destinations, for one finding."""

    def __init__(self, analysis: Analysis, reach: Reachability | None = None) -> None:
        """Gather what is delivered, or what `reach` delivers of that."""
        self._analysis = analysis
        self._reach = reach
        self._parts: list[tuple[Origin, AttachmentPoint, PacketSet]] = []

    def add(self, origin: Origin, destination: AttachmentPoint, headers: PacketSet) -> None:
        """Add what crosses from an origin to a destination; nothing if that is empty."""
        if not headers.is_empty:
            self._parts.append((origin, destination, headers))

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was found."""
        return not self._parts

    def extent(self) -> str | None:
        """Return the digest of all that was found (`policy.extent`)."""
        analysis = self._analysis
        return extent_of_packets(analysis, self._reach or analysis.reach, self._parts)

    def path(self) -> PacketPath:
        """Return the most telling packet, replayed.

        Raises:
            ValueError: if nothing was found.
        """
        return telling_path(self._analysis, self._crossing(), self._reach)

    def _crossing(self) -> Crossing:
        crossing = Crossing(("-", "-"), self._analysis.space.empty, parts=self._parts)
        for _, _, headers in self._parts:
            crossing.headers |= headers
        return crossing

    def finding(self, code: str, **more: object) -> Finding:
        """Return the finding with its most telling packet, replayed.

        Raises:
            ValueError: if nothing was found.
        """
        analysis = self._analysis
        crossing = self._crossing()
        path = telling_path(analysis, crossing, self._reach)
        ends = path.origin, path.destination
        zones = [analysis.zone_of(end) or "-" for end in ends]
        boxes = crossing.headers.without_own_fragments().boxes(BOX_LIMIT + 1)
        message = Message.of(
            code,
            origin=path.origin,
            destination=path.destination,
            packet=path.packet,
            from_zone=zones[0],
            to_zone=zones[1],
            **more,
        )
        return Finding(
            message,
            tuple(dict.fromkeys(zones)),
            path,
            blamed(analysis, path),
            tuple(boxes[:BOX_LIMIT]),
            more_boxes=len(boxes) > BOX_LIMIT,
            extent=self.extent(),
        )
