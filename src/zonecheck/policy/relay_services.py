"""What the checks of the three sanitising methods ask in the same way."""

from collections.abc import Iterable
from dataclasses import replace

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.channel import Channel, Leg
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.host import Host, Method, RelayService, Side
from zonecheck.model.message import Message
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.card_sides import card_sides
from zonecheck.policy.crossing import Judge, Relevant, crossings, excused_by, finding_of
from zonecheck.policy.extent import extent_of, told_of, told_of_leg
from zonecheck.policy.flow_ends import zones_at
from zonecheck.policy.lacking import lacking_service
from zonecheck.policy.sanitising import wrong_settings
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration, PacketPath
from zonecheck.prove import covers


def services_of(analysis: Analysis, method: Method) -> list[tuple[Host, RelayService]]:
    """Return the services of one method with the two-sided hosts that offer them."""
    return [
        (host, service)
        for host in analysis.topology.hosts
        if host.two_sided
        for service in host.services
        if service.method is method
    ]


def channels_of(analysis: Analysis, method: Method) -> list[Channel]:
    """Return the channels declared for one method."""
    return [c for c in analysis.topology.channels if c.kind == method.value]


def setting_findings(
    analysis: Analysis, services: Iterable[tuple[Host, RelayService]], check: str
) -> list[Finding]:
    """Return services whose settings do not sanitise, or whose host forwards packets."""
    findings: list[Finding] = []
    for host, service in services:
        for setting in wrong_settings(host, service, analysis.closure):
            message = Message.of(f"{check}.setting", host=host.id, setting=setting)
            undeclared = setting.endswith("=?")
            place = f"{host.id}: {setting}"
            evidence = (
                MissingDeclaration(message, service.source)
                if undeclared
                else MissingControl(place, service.source)
            )
            zones = zones_of(analysis, host)
            extent = _extent_of_service(analysis, service)
            findings.append(Finding(message, zones, evidence, service.source, extent=extent))
        if analysis.plane.forwards(host):
            findings.append(_forwarding(analysis, host, check))
    return findings


def _extent_of_service(analysis: Analysis, service: RelayService) -> str:
    accepted = [analysis.plane.filters.services(service.accepts(side)) for side in Side]
    return extent_of("service", service.data_from.value, *accepted)


def _forwarding(analysis: Analysis, host: Host, check: str) -> Finding:
    """Return the finding of a sanitiser that forwards, with a packet that went through it."""
    message = Message.of(f"{check}.forwards", host=host.id)
    zones = zones_of(analysis, host)
    points = points_of(host)

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        ends = {analysis.zone_of(a), analysis.zone_of(b)}
        return len(ends) == 2 and ends <= set(zones) and not {a, b} & points

    found = crossings(analysis, analysis.reach, relevant, excused_by(analysis.declared))
    for crossing in found:
        finding = finding_of(analysis, crossing, f"{check}.forwards-packet")
        # Others between the same zones may go through it as well.
        finding = replace(finding, extent=None)
        path = finding.counterexample
        if isinstance(path, PacketPath) and any(hop.node == host.id for hop in path.hops):
            return finding
    control = MissingControl(f"{host.id}: ip_forward", host.source)
    extent = extent_of("forwards", told_of(host), {(i.id, i.segment) for i in host.interfaces})
    return Finding(message, zones, control, host.source, extent=extent)


def legs_at(channels: list[Channel], relays: set[str]) -> list[Leg]:
    """Return the legs that start or end at one of the relays: only these are sanitised."""
    legs = [leg for channel in channels for leg in channel.legs]
    return [leg for leg in legs if {leg.origin.id, leg.destination.id} & relays]


def points_of(host: Host) -> set[AttachmentPoint]:
    """Return the attachment points of a host."""
    return {AttachmentPoint(AttachmentKind.HOST, host.id, i.id) for i in host.interfaces}


def zones_of(analysis: Analysis, host: Host) -> tuple[str, ...]:
    """Return the zones a host's interfaces lie in, sorted."""
    zones = {analysis.topology.zone_of_segment(i.segment) for i in host.interfaces}
    return tuple(sorted(zone for zone in zones if zone is not None))


def unserved(analysis: Analysis, method: Method, check: str) -> list[Finding]:
    """Return channels of a method none of whose legs touches a host with such a service."""
    able = {host.id for host, _ in services_of(analysis, method)}
    findings = []
    for channel in channels_of(analysis, method):
        ends = {end.id for leg in channel.legs for end in (leg.origin, leg.destination)}
        if not ends & able:
            message = Message.of(f"{check}.no-sanitiser", channel=channel.id)
            control = MissingControl(channel.id, channel.source)
            data, extent = channel.data or (), extent_of_channel(analysis, channel)
            found = Finding(message, data, control, channel.source, extent=extent)
            findings.append(replace(found, lacking=lacking_service(analysis.topology, channel)))
        findings += _legs_past(analysis, channel, able, check)
        findings += _against_data(analysis, channel, method, check)
    return findings


def _against_data(
    analysis: Analysis, channel: Channel, method: Method, check: str
) -> list[Finding]:
    """Return the services a channel uses that hand payload on otherwise than its `data` wants."""
    if channel.data is None:
        return []
    ends = {end.id for leg in channel.legs for end in (leg.origin, leg.destination)}
    findings = []
    for host, service in services_of(analysis, method):
        if host.id not in ends:
            continue
        sides = card_sides(analysis, host)
        wanted = channel.data
        given = service.data_from, service.data_from.other
        if host.interfaces and any(map(sides.lacks, given, wanted)):
            message = Message.of(
                f"{check}.against-data",
                channel=channel.id,
                host=host.id,
                side=service.data_from.value,
            )
            control = MissingControl(channel.id, channel.source)
            extent = extent_of_channel(analysis, channel)
            findings.append(Finding(message, wanted, control, channel.source, extent=extent))
    return findings


def extent_of_channel(analysis: Analysis, channel: Channel) -> str:
    """Return the digest of what a channel declares."""
    legs = {extent_of(told_of_leg(analysis, leg)) for leg in channel.legs}
    return extent_of("channel", channel.id, channel.kind, legs)


def _legs_past(analysis: Analysis, channel: Channel, able: set[str], check: str) -> list[Finding]:
    """Return the legs of a sanitised channel that join two zones without a sanitiser."""
    findings = []
    for leg in channel.legs:
        zones = {
            zone
            for end in (leg.origin, leg.destination)
            for zone in zones_at(analysis, end)
            if zone is not None
        }
        if len(zones) > 1 and not {leg.origin.id, leg.destination.id} & able:
            message = Message.of(
                f"{check}.leg-past",
                channel=channel.id,
                origin=leg.origin,
                destination=leg.destination,
            )
            control = MissingControl(f"{leg.origin} -> {leg.destination}", leg.source)
            joined, extent = tuple(sorted(zones)), extent_of("leg", told_of_leg(analysis, leg))
            found = Finding(message, joined, control, leg.source, extent=extent)
            ends = {leg.origin.id, leg.destination.id}
            lacking = tuple(
                each
                for each in lacking_service(analysis.topology, channel)
                if each.item.named["subject"] in ends
            )
            findings.append(replace(found, lacking=lacking))
    return findings


def crossing_findings(
    analysis: Analysis, relevant: Relevant, judge: Judge, code: str
) -> list[Finding]:
    """Return one finding for each pair of zones between which something crosses."""
    found = crossings(analysis, analysis.reach, relevant, judge)
    return [finding_of(analysis, crossing, code) for crossing in found]


def any_covers(analysis: Analysis, ends: list[EndpointRef], point: AttachmentPoint) -> bool:
    """Return whether a point is one of the ends or another port of a segment they live in."""
    for end in ends:
        if covers(analysis.topology, end, point):
            return True
        if end.kind is EndpointKind.HOST and point.kind is AttachmentKind.ACCESS:
            host = analysis.topology.host_by_id[end.id]
            if point.node in {i.segment for i in host.interfaces}:
                return True
    return False
