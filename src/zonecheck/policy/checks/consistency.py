"""Routes and filters agree: what is declared gets there and back, nothing circles or vanishes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from zonecheck.model.attachment import AttachmentKind
from zonecheck.model.message import Message
from zonecheck.model.source import NOWHERE, Source
from zonecheck.packets import UDP, VERSIONS, Field, PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import PACKETS, Check, Outcome
from zonecheck.policy.crossing import BOX_LIMIT
from zonecheck.policy.extent import extent_of, told_of_leg, told_of_point
from zonecheck.policy.hygiene.forwarding_faults import (
    dead_next_hops,
    forwarding_loops,
    undeclared_routes,
)
from zonecheck.policy.legs import LegPair, LegPart, leg_pairs, leg_parts, same_party
from zonecheck.policy.replay import packet_of
from zonecheck.policy.tunnel_paths import broken_tunnels
from zonecheck.policy.verdict import Finding, MissingControl
from zonecheck.prove import Part, find_witness
from zonecheck.simulate import Delivery, Drop, Packet, Trace

UNANSWERED_UDP = frozenset({162, 514, 2055, 4739, 6343})
"""SNMP traps, syslog, NetFlow, IPFIX and sFlow: reports to which nobody answers."""

REASONS = frozenset(
    {
        "nobody",
        "loop",
        "no-route",
        "discard",
        "source-prefix",
        "reverse-path",
        "local",
        "denied",
        "no-session",
        "not-opened",
        "guard",
        "changed",
    }
)


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where a packet of a declared part is lost, on its way there or back.

    `changed` is a reply that comes back, but from another address than was written to.
    """

    packet: Packet
    drop: Drop | None
    changed: bool = False


def ask_route_filter_consistency(analysis: Analysis) -> Outcome:
    """Declared legs and tunnels work both ways, nothing circles, and next hops exist."""
    parts = list(leg_parts(analysis.topology))
    findings = unrealised_legs(analysis)
    findings += forwarding_loops(analysis)
    findings += dead_next_hops(analysis)
    findings += broken_tunnels(analysis)
    routes = sum(len(device.routes or ()) for device in analysis.topology.devices)
    tunnels = sum(1 for tunnel in analysis.topology.tunnels if tunnel.ends)
    examined = len(parts) + routes + tunnels
    return Outcome(tuple(findings), examined, undeclared_routes(analysis))


def unrealised_legs(analysis: Analysis) -> list[Finding]:
    """Return what keeps declared legs from working, a finding for each part that does not."""
    parts = leg_parts(analysis.topology)
    found = analysis.once(
        unrealised_legs, lambda: [f for part in parts for f in _unrealised(analysis, part)]
    )
    return list(found)


def _unrealised(analysis: Analysis, part: LegPart) -> Iterator[Finding]:
    """Yield a finding unless all of a part arrives and the replies come back."""
    pairs = leg_pairs(analysis, part)
    first: tuple[LegPair, _Stop] | None = None
    for pair in pairs:
        stop = _stop(analysis, pair)
        if stop is None:
            yield from _unrealised_rest(analysis, part, pairs)
            return
        if first is None:
            first = pair, stop
    source = part.leg.source
    # That nothing of the part works is said of all its packets: the one shown is how.
    extent = extent_of("lost", str(part), told_of_leg(analysis, part.leg))
    if first is None:
        message = Message.of("route-filter-consistency.nobody", flow=part)
        control = MissingControl(part.name, source)
        yield Finding(message, (), control, source, extent=extent)
        return
    yield _finding(analysis, part, *first, extent)


def _unrealised_rest(analysis: Analysis, part: LegPart, pairs: list[LegPair]) -> Iterator[Finding]:
    """Yield a finding if some of a part that works does not.

    Each of its ports works if it does between any two attachment points; what is to be exact,
    between any two of its addresses. An IP version of which nothing works is not used.
    """
    space = analysis.space
    addresses = () if part.exact else (Field.DST, Field.SRC)
    freed = (*addresses, Field.SRC_PORT, Field.FLAG)
    declared = space.union([pair.headers for pair in pairs]).forget(*freed)
    realised = space.empty
    for pair in pairs:
        realised |= _realised(analysis, pair).forget(*freed)
        if declared <= realised:
            return
    used = [space.box(v) for v in VERSIONS if not realised.only(v).is_empty]
    missing = (declared - realised) & space.union(used)
    lost = [replace(pair, headers=pair.headers & missing) for pair in pairs]
    lost = [pair for pair in lost if not pair.headers.is_empty]
    for pair in lost:
        stop = _stop(analysis, pair)
        if stop is not None:
            told = {_told_of_pair(analysis, each) for each in lost}
            extent = extent_of("part", str(part), told_of_leg(analysis, part.leg), told)
            found = _finding(analysis, part, pair, stop, extent, partly=True)
            boxes = space.union([each.headers for each in lost]).boxes(BOX_LIMIT + 1)
            shown, more = tuple(boxes[:BOX_LIMIT]), len(boxes) > BOX_LIMIT
            yield replace(found, boxes=shown, more_boxes=more)
            return


def _realised(analysis: Analysis, pair: LegPair) -> PacketSet:
    """Return what of a pair arrives and, if it is answered, has its reply delivered."""
    parts = analysis.reach.flow(pair.origin, pair.destination).fresh_parts
    arriving = [part.starting(pair.headers) for part in parts]
    realised = _replied(analysis, pair, arriving)
    for part in arriving:
        realised |= part.arriving(_unanswered(analysis, pair, part.arrived)).sent
    return realised


def _unanswered(analysis: Analysis, pair: LegPair, arrived: PacketSet) -> PacketSet:
    """Return the headers that arrive and to which no reply is asked for."""
    if pair.destination.kind is AttachmentKind.STACK:
        return arrived
    reports = [(port, port) for port in sorted(UNANSWERED_UDP)]
    one_way = analysis.space.box(protocols=[(UDP, UDP)], dst_ports=reports)
    return (arrived & one_way) | (arrived - arrived.mirror().mirror().with_any_flag())


def _told_of_pair(analysis: Analysis, pair: LegPair) -> str:
    ends = (told_of_point(analysis, end) for end in (pair.origin.point, pair.destination))
    return extent_of(*ends, pair.headers)


def _finding(
    analysis: Analysis,
    part: LegPart,
    pair: LegPair,
    stop: _Stop,
    extent: str,
    *,
    partly: bool = False,
) -> Finding:
    """Return the finding of where a packet of a part stops; `partly` tells that some does not."""
    source = part.leg.source
    ends = pair.origin.point, pair.destination
    zones = tuple(sorted({analysis.zone_of(end) or "-" for end in ends}))
    drop = stop.drop
    reason = "nobody" if drop is None else drop.reason.code.removeprefix("drop.")
    if reason not in REASONS:
        reason = "elsewhere"
    node = drop.hops[-1].node if drop is not None and drop.hops else ends[0].node
    if stop.changed:
        reason, node = "changed", ends[0].node
    message = Message.of(
        f"route-filter-consistency.stops-{reason}", flow=part, packet=stop.packet, node=node
    )
    if partly:
        message = Message.of(
            f"route-filter-consistency.part-{reason}", flow=part, packet=stop.packet, node=node
        )
    control = MissingControl(node, _blamed(analysis, drop, node))
    return Finding(message, zones, control, source, extent=extent)


def _blamed(analysis: Analysis, drop: Drop | None, node: str) -> Source:
    topology = analysis.topology
    if drop is not None and drop.source != NOWHERE:
        return drop.source
    element = topology.device_by_id.get(node) or topology.host_by_id.get(node)
    return topology.source if element is None else element.source


def _stop(analysis: Analysis, pair: LegPair) -> _Stop | None:
    """Return where the packets of a pair stop, None if one of them is answered."""
    parts = analysis.reach.flow(pair.origin, pair.destination).fresh_parts
    arriving = [part.starting(pair.headers) for part in parts]
    wanted = _answered(analysis, pair, arriving)
    forward = _sample(analysis, pair, pair.headers if wanted.is_empty else wanted)
    trace = analysis.simulator.send(forward, pair.origin.point)
    arrived = [found for found in trace.deliveries if found.at == pair.destination]
    if not arrived:
        return _Stop(forward, _last(trace))
    stops = [_stop_of_reply(analysis, pair, forward, trace, found) for found in arrived]
    return None if None in stops else stops[0]


def _stop_of_reply(
    analysis: Analysis, pair: LegPair, forward: Packet, trace: Trace, arrived: Delivery
) -> _Stop | None:
    """Return where the reply to a packet as it arrived stops, None if it answers what was sent."""
    reply, expected = arrived.packet.reply(), forward.reply()
    # What a stack answers is not modelled as sent by it (docs/semantics.md, section 2).
    stack = pair.destination.kind is AttachmentKind.STACK
    if reply is None or stack or _is_one_way(forward):
        return None
    further = (forward.source, forward.destination)
    back = analysis.simulator.send(reply, arrived.at, trace.sessions, further=further)
    home = [each for each in back.deliveries if same_party(each.at, pair.origin.point)]
    if any(each.packet == expected for each in home):
        return None
    return _Stop(reply, _last(back), changed=bool(home))


def _is_one_way(packet: Packet) -> bool:
    return packet.protocol == UDP and packet.destination_port in UNANSWERED_UDP


def _answered(analysis: Analysis, pair: LegPair, arriving: list[Part]) -> PacketSet:
    """Return what of the parts has its reply delivered by the proof too.

    All that arrives, as it was sent, if there is none.
    """
    replied = _replied(analysis, pair, arriving)
    if not replied.is_empty:
        return replied
    return analysis.space.union([part.sent for part in arriving])


def _replied(analysis: Analysis, pair: LegPair, arriving: list[Part]) -> PacketSet:
    """Return what of the parts has a reply that is delivered, as it was sent."""
    answering = analysis.origin_at[pair.destination]
    back = analysis.space.union(
        [
            analysis.reach.flow(answering, point).everything
            for point in analysis.plane.domains_of
            if same_party(point, pair.origin.point)
        ]
    )
    replied = analysis.space.empty
    for part in arriving:
        replies = part.arrived.mirror() & back
        replied |= part.arriving(replies.mirror().with_any_flag()).sent
    return replied


def _sample(analysis: Analysis, pair: LegPair, headers: PacketSet) -> Packet:
    witness = find_witness(analysis.plane, pair.origin, pair.destination, headers)
    if witness is None:
        raise ValueError("a pair of a leg holds at least one header")
    return packet_of(witness.header)


def _last(trace: Trace) -> Drop | None:
    """Return the drop that came furthest."""
    return max(trace.drops, key=lambda drop: len(drop.hops), default=None)


CHECKS = (
    Check(
        "route-filter-consistency",
        1,
        (PACKETS,),
        ask_route_filter_consistency,
        monotone=False,
    ),
)
