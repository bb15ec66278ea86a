"""Where the policy ends: networks it leaves out are networks of others, and every link is known."""

from dataclasses import replace

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.device import Device
from zonecheck.model.host import Host
from zonecheck.model.link import Link
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import ROLES, SCOPE, STRUCTURE, Check, Outcome
from zonecheck.policy.checks.zoning import zones_on
from zonecheck.policy.crossing import source_of
from zonecheck.policy.extent import extent_of, told_of, told_of_point
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration, SharedDomain
from zonecheck.prove import segment_of


def ask_scope_boundary_declared(analysis: Analysis) -> Outcome:
    """What the policy leaves out meets ours only as an external network, and says why."""
    topology = analysis.topology
    left_out = analysis.profile.out_of_scope
    outside = [s for s in topology.segments if not s.in_scope or s.zone in left_out]
    names = {segment.id for segment in outside}
    findings = _straddling(analysis, names)
    for segment in outside:
        findings += _sharing(analysis, segment, names)
    findings += [_orphan(link) for link in topology.links if _is_orphan(analysis, link)]
    missing = tuple(
        MissingDeclaration(Message.of("missing.scope", subject=e.id), e.source)
        for e in topology.externals
        if e.role is None and e.scope is None
    )
    examined = len(outside) + len(topology.links) + len(topology.externals)
    return Outcome(tuple(findings), examined, missing)


def _straddling(analysis: Analysis, outside: set[str]) -> list[Finding]:
    """Return nodes that serve segments inside and outside the scope."""
    topology = analysis.topology
    findings: list[Finding] = []
    nodes: list[Device | Host] = [*topology.devices, *topology.hosts]
    for node in nodes:
        served = _served_by(analysis, node)
        beyond, within = served & outside, served - outside
        if beyond and within:
            segment = min(beyond)
            message = Message.of(
                "scope-boundary-declared.node", node=node.id, segment=segment, other=min(within)
            )
            told = extent_of("straddling", told_of(node), beyond, within)
            found = _at(analysis, message, (segment, min(within)), node)
            findings.append(replace(found, extent=told))
    return findings


def _served_by(analysis: Analysis, node: Device | Host) -> set[str]:
    """Return the segments a node has interfaces in or carries as a switch."""
    served = {i.segment for i in node.interfaces if i.segment is not None}
    if isinstance(node, Device):
        domains = analysis.plane.domains
        for segment in analysis.topology.segments:
            homes = domains.homes(segment.id)
            if any(kind == "bridge" and at == node.id for kind, at, _ in homes):
                served.add(segment.id)
    return served


def _sharing(analysis: Analysis, segment: Segment, outside: set[str]) -> list[Finding]:
    """Return one finding for a segment outside the scope whose domain something of ours is in."""
    here = AttachmentPoint(AttachmentKind.ACCESS, segment.id)
    domains = set(analysis.plane.domains_of[here])
    ours = [
        (point, planned)
        for point, at in analysis.plane.domains_of.items()
        if domains & set(at)
        and (planned := segment_of(analysis.topology, point)) is not None
        and planned not in outside
    ]
    if not ours:
        return []
    point, planned = ours[0]
    joins = analysis.simulator.chain(here, point)
    message = Message.of("scope-boundary-declared.domain", segment=segment.id, point=point)
    zones = _zones(analysis, (segment.id, planned))
    source = source_of(analysis.topology, point)
    sharing = {(*told_of_point(analysis, each), within) for each, within in ours}
    extent = extent_of("sharing", sharing)
    return [Finding(message, zones, SharedDomain(here, point, joins), source, extent=extent)]


def _is_orphan(analysis: Analysis, link: Link) -> bool:
    """Return whether a link in use belongs to no network anyone planned."""
    ports = {
        (device.id, port.id): port for device in analysis.topology.devices for port in device.ports
    }
    ends = [ports.get((end.node, end.port)) for end in link.ends]
    if any(port is not None and port.shutdown for port in ends):
        return False
    return not zones_on(analysis, link)


def _orphan(link: Link) -> Finding:
    message = Message.of("scope-boundary-declared.link", link=link)
    return Finding(message, (), MissingControl(str(link), link.source), link.source)


def _at(
    analysis: Analysis, message: Message, segments: tuple[str, ...], node: Device | Host
) -> Finding:
    control = MissingControl(node.id, node.source)
    return Finding(message, _zones(analysis, segments), control, node.source)


def _zones(analysis: Analysis, segments: tuple[str, ...]) -> tuple[str, ...]:
    zones = {analysis.topology.zone_of_segment(name) for name in segments}
    return tuple(sorted(zone for zone in zones if zone is not None))


CHECKS = (
    Check("scope-boundary-declared", 1, (STRUCTURE, ROLES, SCOPE), ask_scope_boundary_declared),
)
