"""Broadcast domains and what attaches to them (docs/semantics.md, section 1)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, L3Interface, PortMode, SwitchPort
from zonecheck.model.link import LinkEnd
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.simulate.cabling import (
    Cabling,
    Place,
    access_vlans,
    allows_host,
    is_svi,
    port_text,
)

Step = tuple[str, str, Source]


@dataclass(frozen=True, slots=True)
class Attachment:
    """That a point attaches at a place: by which port there, and where that is written."""

    place: Place
    near_text: str
    far_text: str
    source: Source


class Switching:
    """The broadcast domains of a topology, numbered from 0."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._cabling = Cabling(topology)
        self.attachments: dict[AttachmentPoint, tuple[Attachment, ...]] = {
            point: () if self._is_detached(point) else tuple(dict.fromkeys(found))
            for point, found in sorted(self._attach(), key=lambda pair: pair[0].order)
        }

    @cached_property
    def points(self) -> tuple[AttachmentPoint, ...]:
        """Return every attachment point, attached to anything or not, in its order."""
        return tuple(self.attachments)

    @cached_property
    def domains_of(self) -> dict[AttachmentPoint, tuple[int, ...]]:
        """Return the domains each attachment point attaches to."""
        return {
            point: tuple(sorted({self._domain_of_place[item.place] for item in found}))
            for point, found in self.attachments.items()
        }

    @cached_property
    def members(self) -> dict[int, tuple[AttachmentPoint, ...]]:
        """Return the attachment points of each domain, in their order."""
        found: dict[int, list[AttachmentPoint]] = {}
        for point, domains in self.domains_of.items():
            for domain in domains:
                found.setdefault(domain, []).append(point)
        return {domain: tuple(points) for domain, points in found.items()}

    def chain(self, a: AttachmentPoint, b: AttachmentPoint, closure: Closure) -> tuple[Step, ...]:
        """Return the ports and VLANs that join two points of one domain, step by step.

        Each step is two ends, such as `li-core-1:Te1/1/1 vlan 320`, and where it is written.
        The way needs as few frames with two tags as possible and is then a shortest one; it is
        empty if the points share no domain, not even through transparent firewalls that hand on
        frames that are not IP.
        """
        bridged = self._bridged(closure)
        queue: list[tuple[int, int, int, Place, tuple[Step, ...]]] = []
        for item in self.attachments[a]:
            first: tuple[Step, ...] = ((item.near_text, item.far_text, item.source),)
            heappush(queue, (0, 1, len(queue), item.place, first))
        ends = {item.place: item for item in reversed(self.attachments[b])}
        seen: set[Place] = set()
        pushed = len(queue)
        while queue:
            doubled, length, _, place, way = heappop(queue)
            if place in seen:
                continue
            seen.add(place)
            if place in ends:
                end = ends[place]
                last = (end.far_text, end.near_text, end.source)
                return tuple(dict.fromkeys((*way, last)))
            for neighbour, step in (*self._neighbours.get(place, ()), *bridged.get(place, ())):
                cost = doubled + (step in self._double_tagged)
                pushed += 1
                heappush(queue, (cost, length + 1, pushed, neighbour, (*way, step)))
        return ()

    def needs_double_tags(self, steps: tuple[Step, ...]) -> bool:
        """Return whether a way of `chain` holds only for frames with two tags."""
        return any(step in self._double_tagged for step in steps)

    def _bridged(self, closure: Closure) -> dict[Place, list[tuple[Place, Step]]]:
        """Return the places joined for frames that are not IP by transparent firewalls."""
        found: dict[Place, list[tuple[Place, Step]]] = {}
        for device in self._topology.devices:
            passes = closure is Closure.UPPER if device.non_ip is None else device.non_ip
            if not (device.kind.filters_frames and passes):
                continue
            sides = [
                (f"{device.id}:{face.id}", item.place)
                for face in device.interfaces
                if not face.addresses
                for item in self.attachments.get(
                    AttachmentPoint(AttachmentKind.STACK, device.id, face.id), ()
                )
            ]
            for near, place in sides:
                for far, other in sides:
                    if near != far:
                        step = (near, far, device.source)
                        found.setdefault(place, []).append((other, step))
        return found

    @cached_property
    def _neighbours(self) -> dict[Place, list[tuple[Place, Step]]]:
        found: dict[Place, list[tuple[Place, Step]]] = {}
        for join in sorted(self._cabling.joins, key=lambda j: j.double_tagged):
            there = (join.a_text, join.b_text, join.source)
            back = (join.b_text, join.a_text, join.source)
            found.setdefault(join.a, []).append((join.b, there))
            found.setdefault(join.b, []).append((join.a, back))
        return found

    @cached_property
    def _double_tagged(self) -> frozenset[Step]:
        """Return the steps that only frames with two tags take."""
        found: set[Step] = set()
        for join in self._cabling.joins:
            if join.double_tagged:
                found.add((join.a_text, join.b_text, join.source))
                found.add((join.b_text, join.a_text, join.source))
        return frozenset(found)

    @cached_property
    def _domain_of_place(self) -> dict[Place, int]:
        used = {item.place for found in self.attachments.values() for item in found}
        found: dict[Place, int] = {}
        number = 0
        for start in sorted(used):
            if start in found:
                continue
            stack = [start]
            while stack:
                place = stack.pop()
                if place not in found:
                    found[place] = number
                    stack += [neighbour for neighbour, _ in self._neighbours.get(place, ())]
            number += 1
        return found

    def _is_detached(self, point: AttachmentPoint) -> bool:
        return LinkEnd(point.node, point.port) in self._topology.detached

    def _attach(self) -> Iterator[tuple[AttachmentPoint, Iterable[Attachment]]]:
        for segment in self._topology.segments:
            point = AttachmentPoint(AttachmentKind.ACCESS, segment.id)
            yield point, self._with_segment(segment.id, f"{segment.id}/*")
        for external in self._topology.externals:
            for edge in external.edges:
                point = AttachmentPoint(AttachmentKind.EDGE, external.id, edge.id)
                yield point, self._with_segment(edge.segment, f"{external.id}:{edge.id}")
        for host in self._topology.hosts:
            for card in host.interfaces:
                point = AttachmentPoint(AttachmentKind.HOST, host.id, card.id)
                end = LinkEnd(host.id, card.id)
                yield point, self._by_link_or_segment(end, None, card.segment)
        for device in self._topology.devices:
            for face in device.interfaces:
                point = AttachmentPoint(AttachmentKind.STACK, device.id, face.id)
                yield point, self._attach_interface(device, face)

    def _attach_interface(self, device: Device, face: L3Interface) -> Iterable[Attachment]:
        end = LinkEnd(device.id, face.port or face.id)
        if not is_svi(device, face) or face.vlan is None:
            return self._by_link_or_segment(end, face, face.segment)
        place = Place(device.id, face.vlan)
        own = Attachment(place, f"{device.id}:{face.id}", str(place), face.source)
        return [own, *(self._by_links(end, face) if face.port else ())]

    def _by_link_or_segment(
        self, end: LinkEnd, face: L3Interface | None, segment: str | None
    ) -> Iterable[Attachment]:
        if any(end in link.ends for link in self._topology.links):
            return self._by_links(end, face)
        return self._with_segment(segment, str(end).replace("/", ":", 1))

    def _with_segment(self, segment: str | None, text: str) -> Iterator[Attachment]:
        """Yield everywhere a segment lives."""
        if segment in self._topology.segment_by_id:
            home = self._topology.segment_by_id[segment]
            for place in self._cabling.places_of_segment(home):
                yield Attachment(place, text, str(place), home.source)

    def _by_links(self, end: LinkEnd, face: L3Interface | None) -> Iterator[Attachment]:
        """Yield where the links of an interface lead; `face` None means a host's."""
        for link in self._topology.links:
            for near, far in ((link.a, link.b), (link.b, link.a)):
                if near != end:
                    continue
                text = f"{near.node}:{near.port}"
                port = self._cabling.switch_port(far)
                if port is None:
                    hub = self._cabling.hub_of(link)
                    yield Attachment(hub, text, f"{far.node}:{far.port}", link.source)
                    continue
                for vlan in self._vlans_behind(port, face):
                    place = Place(far.node, vlan)
                    yield Attachment(place, text, port_text(far, vlan), link.source)

    def _vlans_behind(self, port: SwitchPort, face: L3Interface | None) -> Iterator[int]:
        """Yield the VLANs something plugged into a switch port sends into (section 1)."""
        if port.shutdown:
            return
        if face is None or face.vlan is None:
            yield from access_vlans(port)
        if face is None:
            yield from (vlan for vlan in self._cabling.vlans if allows_host(port, vlan))
        elif port.mode is PortMode.TRUNK:
            vlan = port.native if face.vlan is None else face.vlan
            if vlan is not None and port.allows(vlan):
                yield vlan
