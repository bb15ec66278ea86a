"""Zones as drawn: assignment, hosts in several zones, shared broadcast domains."""

from dataclasses import replace

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, PortMode
from zonecheck.model.host import TWO_SIDED_ROLES, Host
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.model.zone import INTERNET, external_zone
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import STRUCTURE, Check, Outcome
from zonecheck.policy.crossing import source_of
from zonecheck.policy.extent import extent_of, told_of, told_of_point
from zonecheck.policy.lacking import lacking_tag, lacking_zones
from zonecheck.policy.told_places import told_of_domains, told_of_external
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration, SharedDomain
from zonecheck.policy.zone_set import beyond_partition
from zonecheck.prove import segment_of


def ask_zone_assignment(analysis: Analysis) -> Outcome:
    """Every segment has one zone; tags of hosts and links say what they stand for."""
    topology = analysis.topology
    findings: list[Finding] = []
    for segment in topology.segments:
        if segment.zone is None:
            message = Message.of("zone-assignment.no-zone", segment=segment.id)
            findings.append(_undeclared(message, (), segment.source))
    for host in topology.hosts:
        actual = _zones(analysis, [i.segment for i in host.interfaces])
        if host.zones and set(host.zones) != actual:
            findings.append(_wrong_tag("zone-assignment.host", host.id, host.zones, actual, host))
    for link in topology.links:
        findings += _link_findings(analysis, link)
    findings += _open_in_a_zone(analysis)
    findings += _misplaced(analysis)
    findings += _unplanned_ports(analysis)
    findings += beyond_partition(analysis)
    examined = len(topology.segments) + len(topology.hosts) + len(topology.links)
    return Outcome(tuple(findings), examined + len(topology.externals))


def _open_in_a_zone(analysis: Analysis) -> list[Finding]:
    """Return open networks tagged with an area: whoever can send from them is in none."""
    findings: list[Finding] = []
    for external in analysis.topology.externals:
        tag = external.zone_tag
        if tag in (None, INTERNET, external_zone(external.id)) or not analysis.is_open(external.id):
            continue
        message = Message.of("zone-assignment.open", external=external.id, zone=tag)
        control = MissingControl(external.id, external.source)
        extent = extent_of("network", told_of_external(analysis, external))
        findings.append(Finding(message, (str(tag),), control, external.source, extent=extent))
    return findings


def _misplaced(analysis: Analysis) -> list[Finding]:
    """Return interfaces cabled to where the segment they are planned in does not live."""
    findings: list[Finding] = []
    plane = analysis.plane
    for point, domains in plane.domains_of.items():
        segment = segment_of(analysis.topology, point)
        if segment is None or set(domains) & set(plane.domains.domains_of_segment(segment)):
            continue
        if LinkEnd(point.node, point.port) in analysis.topology.detached:
            continue
        message = Message.of("zone-assignment.misplaced", point=point, segment=segment)
        zones = (analysis.zone_of(point) or "-",)
        source = source_of(analysis.topology, point)
        # Where it is, not only where it is not: cabled elsewhere it is another fault.
        met = told_of_domains(analysis, domains)
        extent = extent_of("misplaced", told_of_point(analysis, point), met)
        found = Finding(message, zones, MissingControl(str(point), source), source, extent=extent)
        lacking = lacking_tag(analysis.topology, plane.domains, point)
        findings.append(replace(found, lacking=lacking))
    return findings


def _unplanned_ports(analysis: Analysis) -> list[Finding]:
    """Return open access ports in a VLAN that no segment plans on their switch."""
    findings: list[Finding] = []
    planned = {
        home for s in analysis.topology.segments for home in analysis.plane.domains.homes(s.id)
    }
    for device in analysis.topology.devices:
        for port in device.ports:
            if port.mode is not PortMode.ACCESS or port.shutdown or port.vlan is None:
                continue
            if ("bridge", device.id, port.vlan) not in planned:
                name = f"{device.id}/{port.id}"
                message = Message.of("zone-assignment.unplanned", port=name, vlan=port.vlan)
                findings.append(_undeclared(message, (), port.source))
    return findings


def _link_findings(analysis: Analysis, link: Link) -> list[Finding]:
    carried = zones_on(analysis, link)
    if link.zones is None:
        if analysis.closure is Closure.LOWER or not carried:
            return []
        message = Message.of("zone-assignment.link-untagged", link=link, zones=_listed(carried))
        return [_undeclared(message, tuple(sorted(carried)), link.source)]
    if set(link.zones) == carried:
        return []
    return [_wrong_tag("zone-assignment.link", str(link), link.zones, carried, link)]


def zones_on(analysis: Analysis, link: Link) -> set[str]:
    """Return the zones of the segments at either end of a link, in the VLANs it carries."""
    domains = analysis.plane.domains
    topology = analysis.topology
    vlans = domains.vlans_on(link)
    if vlans:
        segments = [
            segment.id
            for segment in topology.segments
            if any(
                kind == "bridge" and (at, vlan) in vlans
                for kind, at, vlan in domains.homes(segment.id)
            )
        ]
        return _zones(analysis, list(segments))
    found: list[str | None] = []
    for end in link.ends:
        if end.node in topology.host_by_id:
            host = topology.host_by_id[end.node]
            found += [i.segment for i in host.interfaces if i.id == end.port]
        if end.node in topology.device_by_id:
            device = topology.device_by_id[end.node]
            found += [i.segment for i in device.interfaces if (i.port or i.id) == end.port]
    return _zones(analysis, found)


def ask_multi_zone_host(analysis: Analysis) -> Outcome:
    """Nothing stands in two zones unless its role allows it and it is declared for them."""
    findings: list[Finding] = []
    topology = analysis.topology
    for host in topology.hosts:
        zones = _worst_zones(analysis, [i.segment for i in host.interfaces])
        if len(zones) > 1 and (host.role not in TWO_SIDED_ROLES or set(host.zones) != zones):
            names = ", ".join(f"{i.id} {i.segment}" for i in host.interfaces)
            findings.append(_in_several(analysis, host, names, zones))
    for device in topology.devices:
        zones = _worst_zones(analysis, [i.segment for i in device.interfaces])
        if len(zones) > 1 and set(device.zones) != zones:
            names = ", ".join(f"{i.id} {i.segment}" for i in device.interfaces)
            findings.append(_in_several(analysis, device, names, zones))
    return Outcome(tuple(findings), len(topology.hosts) + len(topology.devices))


def _in_several(
    analysis: Analysis, element: Host | Device, interfaces: str, zones: set[str]
) -> Finding:
    """Return the finding, blamed on the first interface that leaves the first one's zone."""
    by_zone = [(analysis.topology.zone_of_segment(i.segment), i) for i in element.interfaces]
    blamed = next(i for zone, i in by_zone if zone != by_zone[0][0]).source
    kind = "host" if isinstance(element, Host) else "device"
    code = f"multi-zone-host.{kind}"
    message = Message.of(code, node=element.id, interfaces=interfaces, zones=_listed(zones))
    control = MissingControl(f"{element.id}: {interfaces}", blamed)
    standing = {(i.id, i.segment) for i in element.interfaces}
    extent = extent_of("standing", told_of(element), standing)
    lacking = lacking_zones(element, zones)
    told = tuple(sorted(zones))
    return Finding(message, told, control, blamed, extent=extent, lacking=lacking)


def ask_shared_l2_domain(analysis: Analysis) -> Outcome:
    """No broadcast domain holds segments or interfaces of two zones."""
    findings, examined = domains_of_two_zones(analysis, "shared-l2-domain.zones")
    return Outcome(tuple(findings), examined)


def domains_of_two_zones(analysis: Analysis, code: str) -> tuple[list[Finding], int]:
    """Return a finding for each pair of zones of each domain, and how many domains there are."""
    plane = analysis.plane
    members: dict[int, list[AttachmentPoint]] = {}
    for point, domains in plane.domains_of.items():
        if point.kind is not AttachmentKind.EDGE and _foreign_zone(analysis, point) is not None:
            for domain in {plane.common_domain(d) for d in domains}:
                members.setdefault(domain, []).append(point)
    findings: list[Finding] = []
    for domain in sorted(members):
        findings += _domain_findings(analysis, members[domain], code)
    return findings, len(members)


def _foreign_zone(analysis: Analysis, point: AttachmentPoint) -> str | None:
    """Return a point's zone; in the upper closure a segment without one is a zone of its own."""
    zone = analysis.zone_of(point)
    if zone is None and analysis.closure is Closure.UPPER:
        return f"-{segment_of(analysis.topology, point) or point}"
    return zone


def _domain_findings(analysis: Analysis, points: list[AttachmentPoint], code: str) -> list[Finding]:
    by_zone: dict[str, list[AttachmentPoint]] = {}
    for point in points:
        by_zone.setdefault(_foreign_zone(analysis, point) or "", []).append(point)
    zones = sorted(by_zone)
    findings = []
    for index, zone in enumerate(zones):
        for other in zones[index + 1 :]:
            a, b, joins = _closest(analysis, by_zone[zone], by_zone[other])
            message = Message.of(code, a=a, b=b, from_zone=zone, to_zone=other)
            source = _joining(joins) or source_of(analysis.topology, a)
            members = [
                {tuple(told_of_point(analysis, each)) for each in by_zone[name]}
                for name in (zone, other)
            ]
            shared = SharedDomain(a, b, joins)
            extent = extent_of("domain", *members)
            findings.append(Finding(message, (zone, other), shared, source, extent=extent))
    return findings


def _closest(
    analysis: Analysis, ones: list[AttachmentPoint], others: list[AttachmentPoint]
) -> tuple[AttachmentPoint, AttachmentPoint, tuple[tuple[str, str, Source], ...]]:
    """Return the two members to name: joined most plainly, hosts before access ports."""
    kinds = [AttachmentKind.HOST, AttachmentKind.ACCESS, AttachmentKind.STACK]
    simulator = analysis.simulator
    ways = [(a, b, simulator.chain(a, b)) for a in ones for b in others]
    return min(
        (way for way in ways if way[2]),
        key=lambda way: (
            simulator.needs_double_tags(way[2]),
            kinds.index(way[0].kind) + kinds.index(way[1].kind),
            len(way[2]),
            way[0].order,
            way[1].order,
        ),
    )


def _joining(joins: tuple[tuple[str, str, Source], ...]) -> Source | None:
    """Return the link at which one VLAN becomes another, None if none does."""
    for near, far, source in joins:
        if " vlan " in near and near.rpartition(" vlan ")[2] != far.rpartition(" vlan ")[2]:
            return source
    return None


def _worst_zones(analysis: Analysis, segments: list[str | None]) -> set[str]:
    """Return the zones of segments; in the upper closure an undeclared one is one of its own."""
    zones = _zones(analysis, segments)
    unknown = any(analysis.topology.zone_of_segment(segment) is None for segment in segments)
    return zones | {"-"} if unknown and analysis.closure is Closure.UPPER else zones


def _zones(analysis: Analysis, segments: list[str | None]) -> set[str]:
    zones = {analysis.topology.zone_of_segment(segment) for segment in segments}
    return {zone for zone in zones if zone is not None}


def _undeclared(message: Message, zones: tuple[str, ...], source: Source) -> Finding:
    return Finding(message, zones, MissingDeclaration(message, source), source)


def _wrong_tag(
    code: str, name: str, tags: tuple[str, ...], actual: set[str], element: Host | Link
) -> Finding:
    message = Message.of(code, node=name, tags=_listed(set(tags)), zones=_listed(actual))
    control = MissingControl(name, element.source)
    told = told_of(element) if isinstance(element, Host) else [name]
    zones = tuple(sorted(actual | set(tags)))
    return Finding(message, zones, control, element.source, extent=extent_of("tag", told))


def _listed(zones: set[str]) -> str:
    return ", ".join(sorted(zones)) or "-"


CHECKS = (
    Check("zone-assignment", 1, (STRUCTURE,), ask_zone_assignment),
    Check("multi-zone-host", 1, (STRUCTURE,), ask_multi_zone_host),
    Check("shared-l2-domain", 1, (STRUCTURE,), ask_shared_l2_domain),
)
