"""How transparent firewalls hand frames on (docs/semantics.md, section 1)."""

from collections import deque
from dataclasses import dataclass

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, L3Interface
from zonecheck.model.topology import Topology
from zonecheck.simulate.completions import Completions
from zonecheck.simulate.hops import Hop, Loss
from zonecheck.simulate.inspection import Inspection
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.sessions import FilterKey, Sessions
from zonecheck.simulate.switching import Switching


@dataclass(frozen=True, slots=True)
class Reach:
    """Domains a packet is in, and the transparent firewalls it crossed to get there.

    `admitted` are the packets that opened sessions at these.
    """

    domains: frozenset[int]
    hops: tuple[Hop, ...] = ()
    admitted: tuple[tuple[FilterKey, Packet], ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """All domains a packet gets into from those it was put into, which come first."""

    reaches: tuple[Reach, ...]
    lost: tuple[tuple[tuple[Hop, ...], Loss], ...] = ()
    admitted: tuple[tuple[FilterKey, Packet], ...] = ()


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

    def __init__(
        self,
        topology: Topology,
        switching: Switching,
        completions: Completions,
        closure: Closure,
    ) -> None:
        self._completions = completions
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
        lost: list[tuple[tuple[Hop, ...], Loss]] = []
        admitted: dict[tuple[FilterKey, Packet], None] = {}
        seen = {(domains, without)}
        queue = deque([(Reach(domains), without)])
        while queue and self._crossings:
            here, crossed = queue.popleft()
            for crossing in self._crossings:
                name = crossing.device.id
                if name in crossed or not crossing.before & here.domains:
                    continue
                state = crossing.beyond, crossed | {name}
                if state in seen:
                    continue
                inspection = Inspection(crossing.device, sessions, self._completions, self._closure)
                hop = Hop(name, crossing.inward.id, crossing.outward.id)
                after = inspection.by_policy(hop, packet, crossing.inward, crossing.outward)
                lost += [(here.hops, loss) for loss in inspection.lost]
                admitted.update(inspection.admitted)
                if after is not None:
                    seen.add(state)
                    opened = (*here.admitted, *inspection.admitted)
                    there = Reach(crossing.beyond, (*here.hops, after), opened)
                    reaches.append(there)
                    queue.append((there, state[1]))
        return Spread(tuple(reaches), tuple(dict.fromkeys(lost)), tuple(admitted))

    def beyond(self, crossed: tuple[Hop, ...], stopped: Hop) -> frozenset[int]:
        """Return the domains a packet would get into after a hop at which it was stopped.

        Whatever other transparent firewalls say, but through none it met already.
        """
        met = {hop.node for hop in (*crossed, stopped)}
        found = {
            domain
            for each in self._crossings
            if (each.device.id, each.inward.id, each.outward.id)
            == (stopped.node, stopped.in_interface, stopped.out_interface)
            for domain in each.beyond
        }
        more = True
        while more:
            more = False
            for each in self._crossings:
                if each.device.id not in met and each.before & found and each.beyond - found:
                    found |= each.beyond
                    more = True
        return frozenset(found)


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
