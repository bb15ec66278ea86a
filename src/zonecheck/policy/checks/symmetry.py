"""A flow and its replies pass the same stateful devices, on whatever branch."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.device import Device
from zonecheck.model.filter import Filter
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.packets import Header, PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import PACKETS, Check, Outcome
from zonecheck.policy.crossing import pairs, source_of
from zonecheck.policy.hygiene.forwarding_faults import undeclared_routes
from zonecheck.policy.legs import LegPair, leg_pairs, leg_parts, same_party
from zonecheck.policy.replay import packet_of
from zonecheck.policy.verdict import (
    Finding,
    MissingControl,
    MissingDeclaration,
    OpeningPacket,
    PacketPath,
)
from zonecheck.prove import Part, find_witness, sent_from
from zonecheck.simulate import Branch, Delivery, Hop, Packet

StatefulFilter = tuple[Device, Filter]
_FAILING: Final = "flows of asymmetric paths"


@dataclass(frozen=True, slots=True)
class _Flow:
    """One packet on one of its ways, the reply to it, and what and whose it is.

    `reply` answers the packet as it arrived; at home it has to be `expected`, the reply to the
    packet as it was sent.
    """

    name: str
    source: Source
    pair: LegPair
    packet: Packet
    reply: Packet
    expected: Packet
    way: Branch


def ask_asymmetric_path(analysis: Analysis) -> Outcome:
    """Replies come back through the stateful devices of the way there.

    Asked of every declared leg, and of whatever else gets from one zone to another.
    """
    if not any(_may_keep_state(device) for device in analysis.topology.devices):
        return Outcome((), 0)
    missing = undeclared_routes(analysis)
    findings: list[Finding] = []
    failing: dict[str, None] = {}
    examined = 0
    for name, source, pairs_of_flow in _likeliest_first(analysis):
        found: list[Finding] = []
        for pair in pairs_of_flow:
            for flow in _flows(analysis, name, source, pair):
                keeps_state, more = _judge(analysis, flow)
                examined += keeps_state
                if examined and missing:
                    # Replies that may go anywhere go wrong somewhere: no fault of the design.
                    return Outcome((), examined, missing)
                found += more
        # One flow fails in few ways; each is shown once.
        findings += {finding.message.code: finding for finding in reversed(found)}.values()
        if found:
            failing[name] = None
        if found and analysis.verdicts_only and not missing:
            break
    analysis.once(_FAILING, lambda: frozenset(failing))
    return Outcome(tuple(findings), examined)


def _may_keep_state(device: Device) -> bool:
    filters = device.filters if device.policy is None else (*device.filters, device.policy)
    return bool(device.nat) or any(item.stateful for item in filters)


def _likeliest_first(analysis: Analysis) -> Iterator[tuple[str, Source, list[LegPair]]]:
    """Yield the flows to ask about; where one finding is enough, those that failed before first."""
    failed = analysis.made_before(_FAILING)
    if not (analysis.verdicts_only and isinstance(failed, frozenset)):
        return _asked(analysis)
    return iter(sorted(_asked(analysis), key=lambda asked: asked[0] not in failed))


def _asked(analysis: Analysis) -> Iterator[tuple[str, Source, list[LegPair]]]:
    """Yield the flows to ask about: a name, where they are declared, and between whom they run.

    What nothing declares is gathered by the two zones.
    """
    for part in leg_parts(analysis.topology):
        yield str(part), part.leg.source, leg_pairs(analysis, part)
    undeclared: dict[tuple[str, str], list[LegPair]] = {}

    def between_zones(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return analysis.zone_of(a) != analysis.zone_of(b)

    for origin, end in pairs(analysis, analysis.reach, between_zones):
        headers = analysis.reach.flow(origin, end).fresh.whole & origin.honest
        if not headers.is_empty:
            zones = analysis.zone_of(origin.point) or "-", analysis.zone_of(end) or "-"
            undeclared.setdefault(zones, []).append(LegPair(origin, end, headers))
    for zones, found in sorted(undeclared.items()):
        ordered = sorted(found, key=lambda pair: pair.rank)
        source = source_of(analysis.topology, ordered[0].origin.point)
        yield " -> ".join(zones), source, ordered


def _flows(analysis: Analysis, name: str, source: Source, pair: LegPair) -> Iterator[_Flow]:
    """Yield every way of each sample packet that has a reply, but on the sender's own link."""
    for packet in _samples(analysis, pair):
        expected = packet.reply()
        for way in analysis.simulator.branches(packet, pair.origin.point):
            reply = way.packet.reply()
            if reply is None or expected is None or not way.hops or way.at != pair.destination:
                continue
            yield _Flow(name, source, pair, packet, reply, expected, way)


def _samples(analysis: Analysis, pair: LegPair) -> Iterator[Packet]:
    """Yield a delivered packet of a pair for each class of addresses that routes tell apart."""
    for whole in analysis.reach.flow(pair.origin, pair.destination).fresh_parts:
        part = whole.starting(pair.headers)
        while not part.sent.is_empty:
            witness = find_witness(analysis.plane, pair.origin, pair.destination, part.sent)
            if witness is None:
                return
            yield packet_of(witness.header)
            alike = _faring_alike(analysis, part, witness.header)
            part = part.starting(part.sent - alike)


def _faring_alike(analysis: Analysis, part: Part, header: Header) -> PacketSet:
    """Return the headers routed like one, as they are sent and after each translation."""
    alike = _routed_alike(analysis, header)
    form = analysis.space.header(header)
    for length, step in enumerate(part.way, 1):
        onward = part.arrived if length == len(part.way) else part.entered[length]
        form = step.forward(form & part.entered[length - 1]) & onward
        after = form.sample()
        if after is None:
            raise ValueError("a header of a part takes its way")
        before = part.way[:length], part.entered[:length]
        alike &= sent_from(_routed_alike(analysis, after), *before)
    return alike


def _routed_alike(analysis: Analysis, header: Header) -> PacketSet:
    """Return the headers all routers send the same way, and whose replies they do too."""
    routing, version = analysis.plane.routing, header.version
    to = routing.class_of(version, header.dst)
    come_from = routing.class_of(version, header.src)
    return analysis.space.box(version, dst=to, src=come_from)


def _judge(analysis: Analysis, flow: _Flow) -> tuple[bool, list[Finding]]:
    """Return whether state is kept of a flow, and what is wrong with the replies to it.

    Whoever answers hands the reply to any router that can bring it back; if none can, to any.
    """
    answers = analysis.simulator.branches(flow.reply, flow.pair.destination, flow.way.sessions)
    home = [a for a in answers if a.at is not None and same_party(a.at, flow.pair.origin.point)]
    usable = {answer.first for answer in home if answer.packet == flow.expected}
    kept = _keeping_state(analysis, flow.way.hops)
    changing = {hop.node for hop in flow.way.hops if hop.translations}
    findings: list[Finding] = []
    for answer in answers:
        if usable and answer.first not in usable:
            continue
        stopping = _stopping(analysis, answer)
        if stopping is not None:
            findings.append(_no_session(analysis, flow, answer, stopping))
        avoided = kept - _keeping_state(analysis, answer.hops)
        if answer.packet != flow.expected:
            avoided |= changing - {hop.node for hop in answer.hops}
        if answer in home and avoided:
            findings.append(_avoided(analysis, flow, answer, avoided))
    for branch in (flow.way, *home):
        findings += _undeclared_rules(analysis, flow, branch)
    keeps_state = bool(kept or changing) or any(_keeping_state(analysis, a.hops) for a in answers)
    return keeps_state, findings


def _filters(analysis: Analysis, hop: Hop) -> list[StatefulFilter]:
    """Return the filters that decided at a hop, in order."""
    device = analysis.topology.device_by_id.get(hop.node)
    if device is None:
        return []
    known = {item.id: item for item in device.filters}
    if device.policy is not None:
        known[device.policy.id] = device.policy
    return [(device, known[decision.filter_id]) for decision in hop.decisions]


def _keeping_state(analysis: Analysis, hops: tuple[Hop, ...]) -> frozenset[str]:
    """Return the devices on a way that keep state of its session."""
    filters = (each for hop in hops for each in _filters(analysis, hop))
    return frozenset(device.id for device, item in filters if item.stateful)


def _stopping(analysis: Analysis, answer: Branch) -> StatefulFilter | None:
    """Return the stateful filter that dropped a reply, None if none did."""
    last = answer.hops[-1] if answer.hops else None
    if answer.lost is None or last is None or not last.decisions or last.decisions[-1].passes:
        return None
    device, item = _filters(analysis, last)[-1]
    return (device, item) if item.stateful and item.rules is not None else None


def _no_session(
    analysis: Analysis, flow: _Flow, answer: Branch, stopping: StatefulFilter
) -> Finding:
    device, item = stopping
    place = f"{device.id}/{item.id}"
    message = Message.of(
        "asymmetric-path.no-session",
        flow=flow.name,
        filter=place,
        there=_nodes(flow.way),
        back=_nodes(answer),
    )
    trace = analysis.simulator.send(flow.packet, flow.pair.origin.point)
    path = None
    if any(_is_way(found, flow.way) for found in trace.deliveries):
        ends = flow.pair.origin.point, flow.pair.destination
        path = PacketPath(flow.packet, *ends, flow.way.hops, forged=False)
    control = MissingControl(place, item.source, path)
    return Finding(message, _zones(analysis, flow), control, flow.source)


def _avoided(analysis: Analysis, flow: _Flow, answer: Branch, avoided: frozenset[str]) -> Finding:
    place = ", ".join(sorted(avoided))
    message = Message.of(
        "asymmetric-path.avoided",
        flow=flow.name,
        devices=place,
        there=_nodes(flow.way),
        back=_nodes(answer),
    )
    source = _last_route(answer) or analysis.topology.device_by_id[min(avoided)].source
    control = MissingControl(place, source, _reply_path(analysis, flow, answer))
    return Finding(message, _zones(analysis, flow), control, flow.source)


def _reply_path(analysis: Analysis, flow: _Flow, answer: Branch) -> PacketPath | None:
    """Return the reply as a path with the packet it answers, None if a trace shows another way."""
    origin, end = flow.pair.origin.point, flow.pair.destination
    there = analysis.simulator.send(flow.packet, origin)
    back = analysis.simulator.send(flow.reply, end, there.sessions)
    home = answer.at
    if home is None or not any(_is_way(found, answer) for found in back.deliveries):
        return None
    opener = OpeningPacket(flow.packet, origin, end, flow.way.hops, forged=False)
    return PacketPath(flow.reply, end, home, answer.hops, forged=False, after=(opener,))


def _is_way(found: Delivery, way: Branch) -> bool:
    return (found.at, found.hops) == (way.at, way.hops)


def _undeclared_rules(analysis: Analysis, flow: _Flow, branch: Branch) -> Iterator[Finding]:
    """Yield the stateful filters without declared rules: what sessions they hold is unknown."""
    for hop in branch.hops:
        for device, item in _filters(analysis, hop):
            if item.stateful and item.rules is None:
                missing = Message.of("missing.rules", subject=device.id, filter=item.id)
                message = Message.of(
                    "asymmetric-path.undeclared-rules", flow=flow.name, device=device.id
                )
                evidence = MissingDeclaration(missing, item.source)
                yield Finding(message, _zones(analysis, flow), evidence, flow.source)


def _nodes(branch: Branch) -> str:
    return " -> ".join(hop.node for hop in branch.hops) or "-"


def _last_route(branch: Branch) -> Source | None:
    return next((hop.route for hop in reversed(branch.hops) if hop.route is not None), None)


def _zones(analysis: Analysis, flow: _Flow) -> tuple[str, ...]:
    ends = flow.pair.origin.point, flow.pair.destination
    return tuple(sorted({analysis.zone_of(end) or "-" for end in ends}))


CHECKS = (Check("asymmetric-path", 1, (PACKETS,), ask_asymmetric_path, monotone=False),)
