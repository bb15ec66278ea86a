"""The way of one packet, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from zonecheck.dataplane.addressing import Addressing
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.states import normal_state
from zonecheck.model.topology import Topology
from zonecheck.packets import Header, PacketSpace
from zonecheck.simulate import Packet, Simulator, Trace


@dataclass(frozen=True, slots=True)
class TraceView:
    """A packet, its sender, where it was meant to go, and what became of it.

    `wanted` are the attachment points asked for, None if an address was. `forged` means that the
    sender may not rightly use the source address.
    """

    packet: Packet
    origin: AttachmentPoint
    destination: str
    wanted: tuple[AttachmentPoint, ...] | None
    trace: Trace
    forged: bool

    def meant(self, point: AttachmentPoint) -> bool:
        """Return whether a point is one that was asked for."""
        return self.wanted is not None and point in self.wanted

    @property
    def arrived(self) -> bool:
        """Return whether it was delivered where it was asked to go, or anywhere."""
        found = self.trace.deliveries
        return any(self.wanted is None or self.meant(each.at) for each in found)


def trace_view(
    topology: Topology,
    packet: Packet,
    origin: AttachmentPoint,
    destination: tuple[str, Sequence[AttachmentPoint] | None],
) -> TraceView:
    """Return what becomes of a packet; `destination` is a name and its attachment points.

    What the file leaves undeclared is read as letting most through.
    """
    topology = normal_state(topology)
    trace = Simulator(topology, Closure.UPPER).send(packet, origin)
    name, points = destination
    wanted = None if points is None else tuple(points)
    return TraceView(packet, origin, name, wanted, trace, _forged(topology, packet, origin))


def _forged(topology: Topology, packet: Packet, origin: AttachmentPoint) -> bool:
    to_sender = Addressing(topology, PacketSpace()).rightful(origin)
    source = Header(packet.source.version, int(packet.source), 0, 0)
    return not to_sender.contains(source)
