"""Packets between zones that nothing excuses, gathered into one finding a zone pair."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.message import Message
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.extent import extent_of_packets
from zonecheck.policy.replay import replay
from zonecheck.policy.verdict import Finding, PacketPath
from zonecheck.prove import Excuses, Flow, Reachability, find_witness

BOX_LIMIT = 20
UNZONED = "-"

Relevant = Callable[[AttachmentPoint, AttachmentPoint], bool]
Judge = Callable[[Flow, Origin, AttachmentPoint], PacketSet]


@dataclass
class Crossing:
    """All that crosses from one zone to another without excuse.

    `fresh` tells that some of it needs no session, so that it is more than replies.
    """

    zones: tuple[str, str]
    headers: PacketSet
    fresh: bool = False
    parts: list[tuple[Origin, AttachmentPoint, PacketSet]] = field(default_factory=list)


def excused_by(excuses: Excuses) -> Judge:
    """Return the judgement that leaves what a list of legs does not excuse."""

    def judge(flow: Flow, origin: Origin, destination: AttachmentPoint) -> PacketSet:
        return excuses.judge(flow, origin, destination).everything

    return judge


def nothing_excused(
    flow: Flow,
    origin: Origin,  # noqa: ARG001
    destination: AttachmentPoint,  # noqa: ARG001
) -> PacketSet:
    """Return everything: the judgement without exceptions."""
    return flow.everything


def needing_no_session(
    flow: Flow,
    origin: Origin,  # noqa: ARG001
    destination: AttachmentPoint,  # noqa: ARG001
) -> PacketSet:
    """Return what needs no session: the judgement on who opens what."""
    return flow.fresh


def pairs(
    analysis: Analysis, reach: Reachability, relevant: Relevant
) -> Iterator[tuple[Origin, AttachmentPoint]]:
    """Yield the pairs between which packets can be delivered and a statement speaks about."""
    # Ways left out take nothing with them that is not delivered by all ways.
    whole = analysis.reach if reach.without else reach
    for origin in analysis.plane.origins:
        if origin.may_send.is_empty:
            continue
        for destination in whole.destinations(origin):
            if relevant(origin.point, destination):
                yield origin, destination


def crossings(
    analysis: Analysis, reach: Reachability, relevant: Relevant, judge: Judge
) -> list[Crossing]:
    """Return what crosses, by pair of zones: first what needs no session, then mere replies.

    A point without a zone is foreign to every zone in the upper closure and left out in the
    lower one (docs/semantics.md, section 7). Where only verdicts are asked for, the first thing
    found is all.
    """
    found: dict[tuple[str, str], Crossing] = {}
    for origin, destination in pairs(analysis, reach, relevant):
        a, b = analysis.zone_of(origin.point), analysis.zone_of(destination)
        if (a is None or b is None) and analysis.closure is Closure.LOWER:
            continue
        flow = reach.flow(origin, destination)
        headers = judge(flow, origin, destination)
        if headers.is_empty:
            continue
        zones = (a or UNZONED, b or UNZONED)
        crossing = found.setdefault(zones, Crossing(zones, analysis.space.empty))
        crossing.headers |= headers
        crossing.fresh |= not (headers & flow.fresh).is_empty
        crossing.parts.append((origin, destination, headers))
        if analysis.verdicts_only:
            break
    return sorted(found.values(), key=lambda c: (not c.fresh, c.zones))


def finding_of(
    analysis: Analysis,
    crossing: Crossing,
    code: str,
    *,
    reach: Reachability | None = None,
    **more: object,
) -> Finding:
    """Return the finding of a crossing with its most telling packet, replayed.

    `reach` is what the crossing was found in, if not all that is delivered; `more` are further
    arguments of the message.
    """
    path = telling_path(analysis, crossing, reach)
    boxes = crossing.headers.without_own_fragments().boxes(BOX_LIMIT + 1)
    message = Message.of(
        code,
        origin=path.origin,
        destination=path.destination,
        packet=path.packet,
        from_zone=crossing.zones[0],
        to_zone=crossing.zones[1],
        **more,
    )
    return Finding(
        message,
        crossing.zones,
        path,
        blamed(analysis, path),
        tuple(boxes[:BOX_LIMIT]),
        more_boxes=len(boxes) > BOX_LIMIT,
        extent=extent_of_packets(
            analysis, analysis.reach if reach is None else reach, crossing.parts
        ),
    )


def telling_path(
    analysis: Analysis, crossing: Crossing, reach: Reachability | None = None
) -> PacketPath:
    """Return the packet an engineer learns most from: honest, fresh and between hosts."""
    reach = analysis.reach if reach is None else reach
    origin, destination, headers = telling_part(analysis, crossing, reach)
    fresh = headers & reach.flow(origin, destination).fresh
    witness = find_witness(
        analysis.plane, origin, destination, headers if fresh.is_empty else fresh
    )
    if witness is None:
        raise ValueError("a crossing holds at least one header")
    return replay(analysis, witness, reach.without)


def telling_part(
    analysis: Analysis, crossing: Crossing, reach: Reachability
) -> tuple[Origin, AttachmentPoint, PacketSet]:
    """Return the ends and headers of a crossing to take the telling packet from."""

    def rank(part: tuple[Origin, AttachmentPoint, PacketSet]) -> tuple[object, ...]:
        origin, destination, headers = part
        return (
            (headers & origin.honest).is_empty,
            origin.point.kind is not AttachmentKind.HOST,
            destination.kind is not AttachmentKind.HOST,
            origin.point.node == destination.node,
            _is_relay(analysis, origin.point) or _is_relay(analysis, destination),
            reach.flow(origin, destination).fresh.is_empty,
            origin.point.order,
            destination.order,
        )

    return min(crossing.parts, key=rank)


def _is_relay(analysis: Analysis, point: AttachmentPoint) -> bool:
    """Return whether a point belongs to a two-sided host, a poor example of a sender."""
    if point.kind is not AttachmentKind.HOST:
        return False
    return analysis.topology.host_by_id[point.node].two_sided


def blamed(analysis: Analysis, path: PacketPath) -> Source:
    """Return the file line that most directly let a packet through.

    A rule, else a route, else what forwarded it, else where it arrived.
    """
    for hop in reversed(path.hops):
        for decision in reversed(hop.decisions):
            if decision.source != NOWHERE:
                return decision.source
    for hop in reversed(path.hops):
        if hop.route is not None:
            return hop.route
    topology = analysis.topology
    for hop in reversed(path.hops):
        node = topology.device_by_id.get(hop.node) or topology.host_by_id.get(hop.node)
        if node is not None:
            return node.source
    return source_of(topology, path.destination)


def source_of(topology: Topology, point: AttachmentPoint) -> Source:
    """Return where an attachment point is declared."""
    if point.kind is AttachmentKind.ACCESS:
        return topology.segment_by_id[point.node].source
    if point.kind is AttachmentKind.EDGE:
        edges = topology.external_by_id[point.node].edges
        return next(edge.source for edge in edges if edge.id == point.port)
    if point.kind is AttachmentKind.HOST:
        return topology.host_by_id[point.node].interface(point.port).source
    return topology.device_by_id[point.node].interface(point.port).source
