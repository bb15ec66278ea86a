"""Routes and filters agree: what is declared gets there and back, nothing circles or vanishes."""

from collections.abc import Iterator
from dataclasses import dataclass

from zonecheck.model.attachment import AttachmentKind
from zonecheck.model.message import Message
from zonecheck.model.source import NOWHERE, Source
from zonecheck.packets import UDP, PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import PACKETS, Check, Outcome
from zonecheck.policy.forwarding_faults import (
    dead_next_hops,
    forwarding_loops,
    undeclared_routes,
)
from zonecheck.policy.legs import LegPair, LegPart, leg_pairs, leg_parts, same_party
from zonecheck.policy.replay import packet_of
from zonecheck.policy.verdict import Finding, MissingControl
from zonecheck.prove import find_witness
from zonecheck.simulate import Drop, Packet, Trace

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
    }
)


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where a packet of a declared part is lost, on its way there or back."""

    packet: Packet
    drop: Drop | None


def ask_route_filter_consistency(analysis: Analysis) -> Outcome:
    """Declared legs are realised both ways, nothing circles, and next hops exist."""
    findings: list[Finding] = []
    parts = list(leg_parts(analysis.topology))
    for part in parts:
        findings += _unrealised(analysis, part)
    findings += forwarding_loops(analysis)
    findings += dead_next_hops(analysis)
    findings += undeclared_routes(analysis, "route-filter-consistency.undeclared-routes")
    routes = sum(len(device.routes or ()) for device in analysis.topology.devices)
    return Outcome(tuple(findings), len(parts) + routes)


def _unrealised(analysis: Analysis, part: LegPart) -> Iterator[Finding]:
    """Yield a finding unless some packet of a part arrives and its reply comes back."""
    pairs = leg_pairs(analysis, part)
    first: tuple[LegPair, _Stop] | None = None
    for pair in pairs:
        stop = _stop(analysis, pair)
        if stop is None:
            return
        if first is None:
            first = pair, stop
    source = part.leg.source
    if first is None:
        message = Message.of("route-filter-consistency.nobody", flow=part)
        yield Finding(message, (), MissingControl(part.name, source), source)
        return
    pair, stop = first
    ends = pair.origin.point, pair.destination
    zones = tuple(sorted({analysis.zone_of(end) or "-" for end in ends}))
    drop = stop.drop
    reason = "nobody" if drop is None else drop.reason.code.removeprefix("drop.")
    if reason not in REASONS:
        reason = "elsewhere"
    node = drop.hops[-1].node if drop is not None and drop.hops else ends[0].node
    message = Message.of(
        f"route-filter-consistency.stops-{reason}", flow=part, packet=stop.packet, node=node
    )
    yield Finding(message, zones, MissingControl(node, _blamed(analysis, drop, node)), source)


def _blamed(analysis: Analysis, drop: Drop | None, node: str) -> Source:
    topology = analysis.topology
    if drop is not None and drop.source != NOWHERE:
        return drop.source
    element = topology.device_by_id.get(node) or topology.host_by_id.get(node)
    return topology.source if element is None else element.source


def _stop(analysis: Analysis, pair: LegPair) -> _Stop | None:
    """Return where the packets of a pair stop, None if one of them is answered."""
    arrived = analysis.reach.flow(pair.origin, pair.destination).fresh & pair.headers
    wanted = pair.headers if arrived.is_empty else _answered(analysis, pair, arrived)
    forward = _sample(analysis, pair, wanted)
    trace = analysis.simulator.send(forward, pair.origin.point)
    if trace.delivered_at(pair.destination) is None:
        return _Stop(forward, _last(trace))
    reply = forward.reply()
    # What a stack answers is not modelled as sent by it (docs/semantics.md, section 2).
    stack = pair.destination.kind is AttachmentKind.STACK
    if reply is None or stack or _is_one_way(forward):
        return None
    back = analysis.simulator.send(reply, pair.destination, trace.sessions)
    if any(same_party(found.at, pair.origin.point) for found in back.deliveries):
        return None
    return _Stop(reply, _last(back))


def _is_one_way(packet: Packet) -> bool:
    return packet.protocol == UDP and packet.destination_port in UNANSWERED_UDP


def _answered(analysis: Analysis, pair: LegPair, arrived: PacketSet) -> PacketSet:
    """Return those headers whose reply the proof delivers too, all if there are none."""
    answering = analysis.origin_at[pair.destination]
    back = analysis.space.union(
        [
            analysis.reach.flow(answering, point).everything
            for point in analysis.plane.domains_of
            if same_party(point, pair.origin.point)
        ]
    )
    replies = arrived.mirror() & back
    answered = arrived & replies.mirror().with_any_flag()
    return arrived if answered.is_empty else answered


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
