"""Where frames are watched: a segment, a cable or one interface, and what it shows of a frame."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.device import Device, PortMode, SwitchPort
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology
from zonecheck.simulate import Simulator


class NoSuchPlaceError(Exception):
    """Nothing that frames could be watched at is called so."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Lane:
    """A segment whose frames are seen at a place, and the VLAN tags they bear there."""

    segment: Segment
    tags: tuple[int, ...] = ()


class WatchedPlace:
    """A place at which frames are watched.

    A segment shows everything in its broadcast domain, an interface what it sends and takes, a
    cable (named by either end) what goes over it, as on the wire: with tags on trunks. With
    `tagged`, the frames of a segment or interface bear the tag of its VLAN too.

    Raises:
        NoSuchPlaceError: the topology has no place of that name.
    """

    def __init__(
        self, topology: Topology, simulator: Simulator, name: str, *, tagged: bool = False
    ) -> None:
        self.name = name
        self._topology = topology
        self._simulator = simulator
        self._tagged = tagged
        node, _, port = name.partition("/")
        end = LinkEnd(node, port)
        self.link: Link | None = next((x for x in topology.links if end in x.ends), None)
        self.segment: Segment | None = topology.segment_by_id.get(node)
        self.point: AttachmentPoint | None = None
        if self.segment is not None and port in ("", "*"):
            self.link = None
        elif self.link is None:
            self.segment = None
            self.point = _point(simulator, node, port)
            if self.point is None:
                raise NoSuchPlaceError(
                    Message.of("synthesise.no-place", given=name, near=_near(topology, name))
                )

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """Return the segments whose frames are seen, with their tags here."""
        if self.segment is not None:
            return (Lane(self.segment, self._tag_of(self.segment)),)
        if self.point is not None:
            found = self._segment_at(self.point)
            return () if found is None else (Lane(found, self._tag_of(found)),)
        return tuple(self._lanes_of_cable())

    @cached_property
    def trunk(self) -> SwitchPort | None:
        """Return the port that makes the cable a trunk, None if it is none."""
        ports = [port for _, port in self._switch_ends if port.mode is PortMode.TRUNK]
        return ports[0] if ports else None

    @cached_property
    def switch(self) -> Device | None:
        """Return a switch whose own frames, of spanning tree and the like, are seen here."""
        if self._switch_ends:
            return self._switch_ends[0][0]
        for lane in self.lanes:
            for device in self._topology.devices:
                if device.kind.bridges and self.carries(device, lane.segment):
                    return device
        return None

    def carries(self, switch: Device, segment: Segment) -> bool:
        """Return whether a switch carries the VLAN of a segment."""
        vlan = segment.vlan
        if vlan is None or (segment.switches and switch.id not in segment.switches):
            return False
        return any(port.vlan == vlan or port.allows(vlan) for port in switch.ports) or any(
            face.segment == segment.id for face in switch.interfaces
        )

    def tags(self, sender: AttachmentPoint, receiver: AttachmentPoint) -> tuple[int, ...] | None:
        """Return the tags of a frame between two points of one domain; None if it is not seen."""
        if self.link is not None:
            return self._tags_on_cable(self.link, sender, receiver)
        if self.point is not None:
            return self.lanes[0].tags if self.lanes and self.point in (sender, receiver) else None
        domains = set(self._domains) & set(self._simulator.domains_of(sender))
        if domains & set(self._simulator.domains_of(receiver)):
            return self.lanes[0].tags
        return None

    def flooded(self, sender: AttachmentPoint) -> Iterator[Lane]:
        """Yield the lanes in which a broadcast of a point is seen."""
        there = set(self._simulator.domains_of(sender))
        for lane in self.lanes:
            access = AttachmentPoint(AttachmentKind.ACCESS, lane.segment.id)
            if there & set(self._simulator.domains_of(access)):
                yield lane

    @cached_property
    def _domains(self) -> tuple[int, ...]:
        if self.segment is None:
            return ()
        access = AttachmentPoint(AttachmentKind.ACCESS, self.segment.id)
        return self._simulator.domains_of(access)

    @cached_property
    def _switch_ends(self) -> list[tuple[Device, SwitchPort]]:
        """Return the switch ports at the ends of the cable."""
        found = []
        for end in self.link.ends if self.link is not None else ():
            device = self._topology.device_by_id.get(end.node)
            if device is not None and device.kind.bridges:
                found += [(device, port) for port in device.ports if port.id == end.port]
        return found

    def _tag_of(self, segment: Segment) -> tuple[int, ...]:
        return (segment.vlan,) if self._tagged and segment.vlan is not None else ()

    def _segment_at(self, point: AttachmentPoint) -> Segment | None:
        """Return the segment an interface is planned in."""
        topology = self._topology
        if point.kind is AttachmentKind.HOST:
            name = topology.host_by_id[point.node].interface(point.port).segment
        elif point.kind is AttachmentKind.STACK:
            name = topology.device_by_id[point.node].interface(point.port).segment
        else:
            edges = topology.external_by_id[point.node].edges
            name = next(edge.segment for edge in edges if edge.id == point.port)
        return topology.segment_by_id.get(name or "")

    def _lanes_of_cable(self) -> Iterator[Lane]:
        if not self._switch_ends:
            for point in self._simulator.origins():
                if self.link is not None and LinkEnd(point.node, point.port) in self.link.ends:
                    found = self._segment_at(point)
                    if found is not None:
                        yield Lane(found)
                        return
            return
        for segment in self._topology.segments:
            vlan = segment.vlan
            if vlan is None or segment.laid_on is not None:
                continue
            if all(_carried(port, vlan) for _, port in self._switch_ends) and all(
                self.carries(device, segment) for device, _ in self._switch_ends
            ):
                yield Lane(segment, self._tags(vlan))

    def _tags(self, vlan: int) -> tuple[int, ...]:
        trunk = self.trunk
        return () if trunk is None or trunk.native == vlan else (vlan,)

    def _tags_on_cable(
        self, link: Link, sender: AttachmentPoint, receiver: AttachmentPoint
    ) -> tuple[int, ...] | None:
        ends = {f"{end.node}:{end.port}" for end in link.ends}
        for near, far, _ in self._simulator.chain(sender, receiver):
            texts = [text.partition(" vlan ") for text in (near, far)]
            if {text[0] for text in texts} == ends:
                numbers = [int(text[2]) for text in texts if text[2]]
                return self._tags(numbers[0]) if numbers else ()
        return None


def _carried(port: SwitchPort, vlan: int) -> bool:
    return port.allows(vlan) if port.mode is PortMode.TRUNK else port.vlan == vlan


def _point(simulator: Simulator, node: str, port: str) -> AttachmentPoint | None:
    for point in simulator.origins():
        if (point.node, point.port) == (node, port) and point.kind is not AttachmentKind.ACCESS:
            return point
    return None


def _near(topology: Topology, name: str) -> str:
    """Return names like one that does not exist."""
    known = [
        *topology.segment_by_id,
        *(str(end) for link in topology.links for end in link.ends),
        *(f"{host.id}/{card.id}" for host in topology.hosts for card in host.interfaces),
        *(f"{device.id}/{face.id}" for device in topology.devices for face in device.interfaces),
    ]
    return ", ".join(get_close_matches(name, known, n=3, cutoff=0.4)) or "-"
