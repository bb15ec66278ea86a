"""How transparent firewalls hand frames on (docs/semantics.md, section 1)."""

from collections import deque
from dataclasses import dataclass

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, L3Interface
from zonecheck.model.topology import Topology
from zonecheck.simulate.hops import Hop, Loss
from zonecheck.simulate.inspection import Inspection
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.sessions import FilterKey, Sessions
from zonecheck.simulate.switching import Switching


@dataclass(frozen=True, slots=True)
class Reach:
    """Domains a packet is in, and the transparent firewalls it crossed to get there.

    `admitted` are the sessions it opened at them.
    """

    domains: frozenset[int]
    hops: tuple[Hop, ...] = ()
    admitted: tuple[tuple[FilterKey, Packet], ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """All domains a packet gets into from those it was put into, which come first.

    `lost` says from where on the way a firewall did not let it pass.
    """

    reaches: tuple[Reach, ...]
    lost: tuple[tuple[Reach, Loss], ...] = ()


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A transparent firewall, and one way through it."""

    device: Device
    inward: L3Interface
    outward: L3Interface
    before: frozenset[int]
    beyond: frozenset[int]


class FrameFiltering:
    """The transparent firewalls of a topology."""

    def __init__(self, topology: Topology, switching: Switching, closure: Closure) -> None:
        self._closure = closure
        self._crossings = [
            crossing
            for device in topology.devices
            if device.kind.filters_frames
            for crossing in _crossings(device, switching)
        ]

    def spread(
        self,
        domains: frozenset[int],
        packet: Packet,
        sessions: Sessions,
        without: frozenset[str] = frozenset(),
    ) -> Spread:
        """Return every domain a packet put into some gets into.

        No transparent firewall is crossed twice on the way from one sender or router to the next,
        and none of those in `without` at all.
        """
        reaches = [Reach(domains)]
        lost: list[tuple[Reach, Loss]] = []
        seen: set[tuple[str, str, str, frozenset[str]]] = set()
        queue = deque([(Reach(domains), without)])
        while queue and self._crossings:
            here, crossed = queue.popleft()
            for crossing in self._crossings:
                name = crossing.device.id
                if name in crossed or not crossing.before & here.domains:
                    continue
                behind = crossed | {name}
                state = name, crossing.inward.id, crossing.outward.id, behind
                if state in seen:
                    continue
                seen.add(state)
                inspection = Inspection(crossing.device, sessions, self._closure)
                hop = Hop(name, crossing.inward.id, crossing.outward.id)
                after = inspection.by_policy(hop, packet, crossing.inward, crossing.outward)
                lost += [(here, loss) for loss in inspection.lost]
                if after is not None:
                    admitted = (*here.admitted, *inspection.admitted)
                    there = Reach(crossing.beyond, (*here.hops, after), admitted)
                    reaches.append(there)
                    queue.append((there, behind))
        return Spread(tuple(reaches), tuple(lost))


def _crossings(device: Device, switching: Switching) -> list[_Crossing]:
    """Return each pair of interfaces without an address that are attached to something."""
    domains = {
        face.id: frozenset(
            switching.domains_of[AttachmentPoint(AttachmentKind.STACK, device.id, face.id)]
        )
        for face in device.interfaces
    }
    bare = [face for face in device.interfaces if not face.addresses and domains[face.id]]
    return [
        _Crossing(device, inward, outward, domains[inward.id], domains[outward.id])
        for inward in bare
        for outward in bare
        if inward.id != outward.id
    ]
