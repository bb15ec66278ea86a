"""A specific flow bound by MAC address is: nobody beside its sender can take its address."""

from dataclasses import dataclass, field

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.channel import SpecificFlow
from zonecheck.model.closure import Closure
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import BINDING, STRUCTURE, Check, Outcome
from zonecheck.policy.crossing import source_of
from zonecheck.policy.enforcement import binds_mac
from zonecheck.policy.extent import extent_of, told_of_flow
from zonecheck.policy.flow_ends import MAC, names_of, zones_of_flow
from zonecheck.policy.replay import replay
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration, PacketPath
from zonecheck.prove import Excuses, covers, find_witness, segment_of

_OURS = (EndpointKind.HOST, EndpointKind.SEGMENT, EndpointKind.DEVICE)


@dataclass(frozen=True)
class _Sender:
    """A point a bound flow starts at."""

    flow: SpecificFlow
    origin: Origin
    excuses: Excuses


@dataclass
class _Gap:
    """A place from which a foreign MAC address gets through, and the senders it concerns."""

    kind: str
    source: Source
    point: AttachmentPoint
    senders: list[_Sender] = field(default_factory=list)


def ask_mac_binding_enforced(analysis: Analysis) -> Outcome:
    """Before the first router, frames with a bound address and a foreign MAC are dropped."""
    bound = [
        flow
        for flow in analysis.topology.specific_flows
        if MAC in flow.bind and flow.origin.kind in _OURS
    ]
    findings: list[Finding] = []
    gaps: dict[str, _Gap] = {}
    for flow in bound:
        for sender in _senders(analysis, flow):
            findings += _unnamed(analysis, flow, sender.origin.point)
            for place, gap in _gaps(analysis, sender).items():
                gaps.setdefault(place, gap).senders.append(sender)
    findings += [_finding(analysis, place, gap) for place, gap in gaps.items()]
    return Outcome(tuple(findings), len(bound))


def _senders(analysis: Analysis, flow: SpecificFlow) -> list[_Sender]:
    """Return where a flow starts: the points it is delivered from, all if it is from none."""
    excuses = analysis.excuses([flow.leg], tunnels=True)
    senders = [
        _Sender(flow, origin, excuses)
        for origin in analysis.plane.origins
        if covers(analysis.topology, flow.origin, origin.point)
    ]
    return [s for s in senders if _delivered(analysis, s, s.origin) is not None] or senders


def _delivered(
    analysis: Analysis, sender: _Sender, at: Origin
) -> tuple[AttachmentPoint, PacketSet] | None:
    """Return where packets of a flow arrive, and which, if some other origin sends them."""
    for destination in analysis.reach.destinations(at):
        if covers(analysis.topology, sender.flow.destination, destination):
            headers = sender.excuses.declared(sender.origin.point, destination)
            headers &= analysis.reach.flow(at, destination).fresh
            if not headers.is_empty:
                return destination, headers
    return None


def _unnamed(analysis: Analysis, flow: SpecificFlow, point: AttachmentPoint) -> list[Finding]:
    """Return that the MAC address of a sending card is undeclared, which may be what it is."""
    if point.kind is not AttachmentKind.HOST or analysis.closure is Closure.LOWER:
        return []
    card = analysis.topology.host_by_id[point.node].interface(point.port)
    if card.mac is not None:
        return []
    message = Message.of("missing.mac", subject=point.node, interface=point.port)
    missing = MissingDeclaration(message, card.source)
    return [Finding(message, zones_of_flow(analysis, flow), missing, card.source)]


def _gaps(analysis: Analysis, sender: _Sender) -> dict[str, _Gap]:
    """Return the places in the domains of a sender where its MAC address is not enforced."""
    plane, topology = analysis.plane, analysis.topology
    domains = _domains(analysis, sender.origin)
    found: dict[str, _Gap] = {}
    for segment in topology.segments:
        lives = set(plane.domains.domains_of_segment(segment.id))
        if segment.laid_on is not None:
            lives |= set(plane.domains.domains_of_segment(segment.laid_on))
        if lives & domains and not binds_mac(segment):
            point = AttachmentPoint(AttachmentKind.ACCESS, segment.id)
            code = "ssid" if segment.laid_on is not None else "segment"
            found[segment.id] = _Gap(code, segment.source, point)
    for point, attached in plane.domains_of.items():
        if not set(attached) & domains:
            continue
        if point.kind is AttachmentKind.EDGE:
            found[str(point)] = _Gap("edge", source_of(topology, point), point)
        if point.kind is AttachmentKind.HOST:
            card = topology.host_by_id[point.node].interface(point.port)
            if not plane.domains.on_access_port(point.node, card):
                found[str(point)] = _Gap("card", card.source, point)
    return found


def _domains(analysis: Analysis, origin: Origin) -> set[int]:
    """Return the domains a sender is in, and all those its segment lives in."""
    own = segment_of(analysis.topology, origin.point)
    planned = () if own is None else analysis.plane.domains.domains_of_segment(own)
    return {*origin.domains, *planned}


def _finding(analysis: Analysis, place: str, gap: _Gap) -> Finding:
    """Return the finding of a gap, with a forged packet that passes it where there is one."""
    flows = [sender.flow for sender in gap.senders]
    message = Message.of(f"mac-binding-enforced.{gap.kind}", place=place, flow=names_of(flows))
    zones = tuple(sorted({zone for flow in flows for zone in zones_of_flow(analysis, flow)}))
    control = MissingControl(place, gap.source, _passes(analysis, gap))
    extent = extent_of("gap", {extent_of(told_of_flow(analysis, flow)) for flow in flows})
    return Finding(message, zones, control, gap.source, extent=extent)


def _passes(analysis: Analysis, gap: _Gap) -> PacketPath | None:
    """Return a packet with a bound address that a foreign card in the domain gets delivered.

    The place of the gap itself is tried first, then access ports, then whoever else is there.
    """
    for sender in gap.senders:
        domains = _domains(analysis, sender.origin)
        others = [
            other
            for other in analysis.plane.origins
            if set(other.domains) & domains
            and not covers(analysis.topology, sender.flow.origin, other.point)
        ]
        others.sort(key=lambda o: (o.point != gap.point, o.point.kind is not AttachmentKind.ACCESS))
        for other in others:
            found = _delivered(analysis, sender, other)
            witness = found and find_witness(analysis.plane, other, *found)
            if witness:
                return replay(analysis, witness)
    return None


CHECKS = (Check("mac-binding-enforced", 1, (STRUCTURE, BINDING), ask_mac_binding_enforced),)
