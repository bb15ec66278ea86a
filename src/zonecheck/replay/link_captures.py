"""Packets of a way, sorted by the links and broadcast domains they go over: a capture each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.link import Link
from zonecheck.prove import segment_of
from zonecheck.replay.capture_file import Frame
from zonecheck.replay.mac_addresses import MacAddresses
from zonecheck.replay.packet_walk import Stretch, stretches
from zonecheck.replay.scapy_frames import Content, ether, ip_layers, wire_bytes
from zonecheck.replay.watched_place import WatchedPlace
from zonecheck.simulate import Simulator, Trace

SUFFIX = ".pcapng"
_STEP = 1_000_000
_A_STRETCH = 40_000
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|\s\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class _Over:
    """A stretch of a trace and what became of the packet in the end."""

    stretch: Stretch
    last: bool
    comment: str


class LinkCaptures:
    """The frames of traces on each link and in each broadcast domain, by the name of its file.

    Links are as on the wire, with the tags of trunks; domains are as a host there sees them.
    """

    def __init__(self, simulator: Simulator, beginning: int) -> None:
        self._simulator = simulator
        self._topology = simulator.topology
        self._macs = MacAddresses(self._topology)
        self._time = beginning
        self._places: dict[Link, WatchedPlace] = {}
        self.files: dict[str, list[Frame]] = {}

    def add(self, trace: Trace, comment: str) -> None:
        """Add a packet wherever it goes, on all its ways."""
        found: dict[Stretch, _Over] = {}
        for over in self._ways(trace, comment):
            known = found.get(over.stretch)
            if known is None or over.last:
                found[over.stretch] = over
        for number, over in enumerate(found.values()):
            self._put(over, self._time + number * _A_STRETCH)
        self._time += max(_STEP, len(found) * _A_STRETCH)

    def add_frame(self, a: AttachmentPoint, b: AttachmentPoint, data: bytes, comment: str) -> None:
        """Add an untagged frame that goes from one point of a domain to another."""
        self._spread(a, b, data, self._time, comment)
        self._time += _STEP

    def _ways(self, trace: Trace, comment: str) -> Iterator[_Over]:
        for delivery in trace.deliveries:
            if delivery.at == trace.origin:
                continue
            way = stretches(self._topology, trace.packet, trace.origin, delivery.hops, delivery.at)
            yield from _marked(way, f"{comment} -> {delivery.at}")
        for drop in trace.drops:
            way = stretches(self._topology, trace.packet, trace.origin, drop.hops, None)
            where = drop.hops[-1].node if drop.hops else "-"
            yield from _marked(way, f"{comment} -x {where}: {drop.reason.code}")

    def _put(self, over: _Over, time: int) -> None:
        stretch = over.stretch
        first = stretch.routers == 0
        source = self._macs.of(stretch.sender, stretch.packet.source if first else None)
        receives = stretch.receiver.kind in (AttachmentKind.HOST, AttachmentKind.ACCESS)
        if over.last and receives:
            target = self._macs.of(stretch.receiver, stretch.packet.destination)
        else:
            target = self._macs.gateway(stretch.receiver, stretch.packet.version)
        layers = ip_layers(stretch.packet, Content(), stretch.routers)
        data = wire_bytes(ether(source, target) / layers)
        self._spread(stretch.a, stretch.b, data, time, over.comment)

    def _spread(
        self, a: AttachmentPoint, b: AttachmentPoint, data: bytes, time: int, comment: str
    ) -> None:
        """Write a frame into the file of its domain and of each link that it goes over."""
        self._write(self._domain(a, b), Frame(time, data, comment))
        for link in self._links(a, b):
            tags = self._place(link).tags(a, b)
            if tags is not None:
                self._write(str(link), Frame(time, _tagged(data, tags), comment))

    def _write(self, name: str, frame: Frame) -> None:
        self.files.setdefault(file_name(name), []).append(frame)

    def _links(self, a: AttachmentPoint, b: AttachmentPoint) -> Iterator[Link]:
        """Yield the drawn cables between two points of a domain."""
        texts = {
            frozenset(text.partition(" vlan ")[0] for text in (near, far))
            for near, far, _ in self._simulator.chain(a, b)
        }
        for link in self._topology.links:
            if frozenset(f"{end.node}:{end.port}" for end in link.ends) in texts:
                yield link

    def _place(self, link: Link) -> WatchedPlace:
        if link not in self._places:
            self._places[link] = WatchedPlace(self._topology, self._simulator, str(link.a))
        return self._places[link]

    def _domain(self, a: AttachmentPoint, b: AttachmentPoint) -> str:
        """Return the name of the domain two points share: a segment planned there."""
        shared = set(self._simulator.domains_of(a)) & set(self._simulator.domains_of(b))
        planned = [segment_of(self._topology, point) for point in (a, b)]
        named = [*planned, *(segment.id for segment in self._topology.segments)]
        for name in named:
            if name in self._topology.segment_by_id:
                access = AttachmentPoint(AttachmentKind.ACCESS, name or "")
                if shared & set(self._simulator.domains_of(access)):
                    return name or ""
        return f"{a} -- {b}"


def file_name(name: str) -> str:
    """Return the name of the file for a link or a domain."""
    return _NOT_IN_NAMES.sub("_", name) + SUFFIX


def _marked(way: Iterable[Stretch], comment: str) -> Iterator[_Over]:
    found = tuple(way)
    for number, stretch in enumerate(found, 1):
        yield _Over(stretch, number == len(found), comment)


def _tagged(data: bytes, tags: tuple[int, ...]) -> bytes:
    inserted = b"".join(b"\x81\x00" + tag.to_bytes(2, "big") for tag in tags)
    return data[:12] + inserted + data[12:]
