"""The way of a packet as stretches: from one sender of its frames to their next receiver."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.topology import Topology
from zonecheck.simulate import Branch, Hop, Packet, Sessions, Simulator


@dataclass(frozen=True, slots=True)
class Stretch:
    """A packet in one broadcast domain: who is there, whose frame it is, how it looks by then.

    `a` and `b` are the ends of the stretch in the domain; `sender` and `receiver` have their MAC
    addresses in the frame. Those differ where a transparent firewall stands between.
    """

    a: AttachmentPoint
    b: AttachmentPoint
    sender: AttachmentPoint
    receiver: AttachmentPoint
    packet: Packet
    routers: int


@dataclass(frozen=True, slots=True)
class Walk:
    """One way of a packet: its stretches in order, and where it arrived in which form.

    `at` is None if it was lost on this way.
    """

    packet: Packet
    origin: AttachmentPoint
    at: AttachmentPoint | None
    arrived: Packet
    stretches: tuple[Stretch, ...]
    sessions: Sessions
    nodes: tuple[str, ...]


def walk(
    simulator: Simulator,
    packet: Packet,
    origin: AttachmentPoint,
    wanted: Callable[[AttachmentPoint, Packet], bool],
    sessions: Sessions = Sessions.NONE,
) -> Walk | None:
    """Return the way a packet takes to a place that is wanted, None if it does not get there.

    Of several ways one of those over fewest routers, always the same: as if the first member of
    each redundant pair were in charge.
    """
    ways = [
        branch
        for branch in simulator.branches(packet, origin, sessions)
        if branch.at is not None and wanted(branch.at, branch.packet)
    ]
    if not ways:
        return None
    best = min(ways, key=_rank)
    return _walk(simulator.topology, packet, origin, best)


def _rank(branch: Branch) -> tuple[object, ...]:
    names = tuple((hop.node, hop.in_interface, hop.out_interface or "") for hop in branch.hops)
    return len(names), names, branch.at.order if branch.at else ()


def _walk(topology: Topology, packet: Packet, origin: AttachmentPoint, way: Branch) -> Walk:
    return Walk(
        packet,
        origin,
        way.at,
        way.packet,
        stretches(topology, packet, origin, way.hops, way.at),
        way.sessions,
        tuple(hop.node for hop in way.hops),
    )


def stretches(
    topology: Topology,
    packet: Packet,
    origin: AttachmentPoint,
    hops: Iterable[Hop],
    at: AttachmentPoint | None,
) -> tuple[Stretch, ...]:
    """Return the stretches of a way over some hops to where it ends; `at` None: at the last hop."""
    found: list[Stretch] = []
    sides: list[tuple[AttachmentPoint, AttachmentPoint]] = []
    sender = near = origin
    routers = 0

    def close(receiver: AttachmentPoint) -> None:
        found.extend(Stretch(a, b, sender, receiver, packet, routers) for a, b in sides)
        sides.clear()

    for hop in hops:
        inward = _point(topology, hop.node, hop.in_interface)
        sides.append((near, inward))
        if _is_transparent(topology, hop.node):
            if hop.out_interface is None:
                break
            near = _point(topology, hop.node, hop.out_interface)
            continue
        close(inward)
        if hop.translations:
            packet = hop.translations[-1].after
        if hop.out_interface is None:
            return tuple(found)
        sender = near = _point(topology, hop.node, hop.out_interface)
        routers += 1
    if at is not None:
        sides.append((near, at))
        close(at)
    elif sides:
        close(sides[-1][1])
    return tuple(found)


def _point(topology: Topology, node: str, port: str) -> AttachmentPoint:
    kind = AttachmentKind.HOST if node in topology.host_by_id else AttachmentKind.STACK
    return AttachmentPoint(kind, node, port)


def _is_transparent(topology: Topology, node: str) -> bool:
    device = topology.device_by_id.get(node)
    return device is not None and device.kind.filters_frames
