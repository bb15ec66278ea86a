"""Exchanges made up at one segment: between somebody there and a router that leads elsewhere.

They are what a capture at the segment would show if the rest of the way let it pass.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.zone import external_zone
from zonecheck.replay.declared_flows import Flow
from zonecheck.replay.endpoint_choice import End
from zonecheck.replay.packet_walk import Stretch, Walk
from zonecheck.replay.synthesise_scene import Scene
from zonecheck.replay.watched_place import Lane
from zonecheck.simulate import Packet, Sessions

_FAR = 3
"""Routers that a packet from elsewhere has passed."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Somebody of a lane's zone, the point that frames of theirs come from, and the router."""

    lane: Lane
    end: End
    near: AttachmentPoint
    router: AttachmentPoint


def neighbours(scene: Scene, version: int, random: Random) -> Iterator[Neighbours]:
    """Yield who could be seen at the place to speak to a router, hosts of the segment first.

    In a segment without hosts, one of the same zone speaks over one of two routers.
    """
    for lane in scene.place.lanes:
        routers = scene.choice.routers_in(lane.segment.id, version)
        hosts = [
            end
            for end in scene.choice.hosts_in(lane.segment.id, random)
            if end.address.version == version
        ]
        for router in routers:
            for host in hosts:
                if scene.place.tags(host.point, router.point) is not None:
                    yield Neighbours(lane, host, host.point, router.point)
        if hosts or len(routers) < 2:
            continue
        others = hosts_of_zone(scene, zone_of(scene, lane), version, random)
        for near, far in ((routers[0], routers[1]), (routers[1], routers[0])):
            if others and scene.place.tags(near.point, far.point) is not None:
                yield Neighbours(lane, others[0], near.point, far.point)


def hosts_of_zone(scene: Scene, zone: str | None, version: int, random: Random) -> list[End]:
    """Return one end for each host of a zone, servers first."""
    found = [
        end
        for segment in scene.topology.segments
        if zone is not None and segment.zone == zone
        for end in scene.choice.hosts_in(segment.id, random)
        if end.address.version == version
    ]
    return sorted(found, key=lambda end: (_role(scene, end) != "server", end.point.order))


def zone_of(scene: Scene, lane: Lane) -> str | None:
    """Return the zone of a lane."""
    return scene.topology.zone_of_segment(lane.segment.id)


def is_outside(zone: str | None) -> bool:
    """Return whether a zone is one of an external network, or none."""
    return zone is None or zone.startswith(external_zone(""))


def outgoing(name: str, who: Neighbours, packet: Packet) -> Flow:
    """Return a session that somebody of the lane opens to somewhere else."""
    reply = packet.reply()
    there = _walk(packet, who.near, who.router, 0, None)
    back = None if reply is None else _walk(reply, who.router, who.near, _FAR, who.near)
    return Flow(name, there, back)


def incoming(name: str, who: Neighbours, packet: Packet) -> Flow:
    """Return a session that somebody from somewhere else opens to somebody of the lane."""
    reply = packet.reply()
    there = _walk(packet, who.router, who.near, _FAR, who.near)
    back = None if reply is None else _walk(reply, who.near, who.router, 0, None)
    return Flow(name, there, back)


def _walk(
    packet: Packet,
    sender: AttachmentPoint,
    receiver: AttachmentPoint,
    routers: int,
    at: AttachmentPoint | None,
) -> Walk:
    if sender.kind is AttachmentKind.STACK:
        routers = max(routers, 1)
    if at is not None and at.kind is not AttachmentKind.HOST:
        at = None
    stretch = Stretch(sender, receiver, sender, receiver, packet, routers)
    return Walk(packet, sender, at, packet, (stretch,), Sessions.NONE, ())


def _role(scene: Scene, end: End) -> str:
    return scene.topology.host_by_id[end.point.node].role
