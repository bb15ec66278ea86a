"""What synthesis works on: a design in its normal state, watched at a place."""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from random import Random

from scapy.packet import Packet as Layer

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.states import normal_state
from zonecheck.model.topology import Topology
from zonecheck.replay.capture_file import Frame
from zonecheck.replay.endpoint_choice import EndpointChoice
from zonecheck.replay.mac_addresses import MacAddresses
from zonecheck.replay.packet_walk import Stretch, Walk
from zonecheck.replay.scapy_frames import Content, ether, ip_layers, wire_bytes
from zonecheck.replay.watched_place import WatchedPlace
from zonecheck.simulate import Simulator

BEGINNING = 1_775_437_200_000_000_000
"""Monday 2026-04-06, 10:00 in Japan: when captures begin."""
SECOND = 1_000_000_000
A_STRETCH = 40_000
"""Nanoseconds that a packet takes from one router to the next."""
_FROM_OUTSIDE = 57
"""Hops left to a packet that comes in from an external network."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A stretch that is seen at the place, with the tags of its frames and the delay to there."""

    stretch: Stretch
    tags: tuple[int, ...]
    delay: int


class Scene:
    """A topology, its simulator, who has which MAC address, and the place watched.

    Raises:
        NoSuchPlaceError: the topology has no place of that name.
    """

    def __init__(self, topology: Topology, at: str, seed: int, *, tagged: bool = False) -> None:
        self.topology = normal_state(topology)
        self.simulator = Simulator(self.topology)
        self.place = WatchedPlace(self.topology, self.simulator, at, tagged=tagged)
        self.macs = MacAddresses(self.topology)
        self.choice = EndpointChoice(self.topology, self.simulator)
        self._seed = seed

    def with_mac(self, point: AttachmentPoint, mac: str) -> "Scene":
        """Return the same with another MAC address at a point."""
        changed = copy(self)
        changed.macs = MacAddresses(self.topology, {point: mac})
        return changed

    def random(self, purpose: str) -> Random:
        """Return numbers of their own for a purpose; the place has no part in them.

        So the same session looks the same at every place, but for what routers change.
        """
        return Random(f"{self._seed}/{purpose}")

    def seen(self, walk: Walk) -> Iterator[Seen]:
        """Yield the stretches of a way that are seen at the place."""
        for number, stretch in enumerate(walk.stretches):
            tags = self.place.tags(stretch.a, stretch.b)
            if tags is not None:
                yield Seen(stretch, tags, number * A_STRETCH)

    def crosses(self, walk: Walk) -> bool:
        """Return whether a way is seen at the place."""
        return any(True for _ in self.seen(walk))

    def head(self, walk: Walk, stretch: Stretch, tags: tuple[int, ...]) -> Layer:
        """Return the Ethernet header of a frame on a stretch."""
        first, last = stretch.routers == 0, stretch.receiver == walk.at
        source = self.macs.of(stretch.sender, stretch.packet.source if first else None)
        if last:
            destination = self.macs.of(stretch.receiver, stretch.packet.destination)
        else:
            destination = self.macs.gateway(stretch.receiver, stretch.packet.version)
        return ether(source, destination, tags)

    def frames(self, walk: Walk, content: Content, time: int, comment: str) -> Iterator[Frame]:
        """Yield a packet wherever it is seen on its way."""
        content = self.content_of(walk, content)
        for seen in self.seen(walk):
            layers = ip_layers(seen.stretch.packet, content, seen.stretch.routers)
            whole = self.head(walk, seen.stretch, seen.tags) / layers
            yield Frame(time + seen.delay, wire_bytes(whole), comment)

    def content_of(self, walk: Walk, content: Content) -> Content:
        """Return the content with the hops it has left where the way begins."""
        outside = walk.origin.kind is AttachmentKind.EDGE
        return replace(content, hops=_FROM_OUTSIDE) if outside else content

    def in_lanes(
        self, sender: AttachmentPoint, layers: Layer, macs: tuple[str, str], time: int, comment: str
    ) -> Iterator[Frame]:
        """Yield a flooded frame of a point, once for each lane of its domain."""
        for lane in self.place.flooded(sender):
            yield Frame(time, wire_bytes(ether(*macs, lane.tags) / layers), comment)


def in_order(frames: Iterable[Frame]) -> list[Frame]:
    """Return frames by time; those of one moment stay as they were."""
    return sorted(frames, key=lambda frame: frame.time_ns)
