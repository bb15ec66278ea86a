"""Whatever ends in a network device comes from management segments of one zone, its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from zonecheck.dataplane import Origin, Translation
from zonecheck.model.address import AddressRange
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, ManagementAccess
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.filter import AddressMatch
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment
from zonecheck.packets import ICMP_OF, UDP, PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import PACKETS, Check, Outcome
from zonecheck.policy.extent import extent_of, extent_of_packets
from zonecheck.policy.replay import replay
from zonecheck.policy.verdict import Finding, MissingControl
from zonecheck.prove import Flow, find_witness, segment_of

ROUTING_PROTOCOLS = (89, 112)
DHCP_PORTS = (67, 68)


def ask_mgmt_plane_isolation(analysis: Analysis) -> Outcome:
    """Device stacks are reached from management segments of one zone only, forged or not."""
    findings: list[Finding] = []
    examined = 0
    for device in analysis.topology.devices:
        if any(interface.addresses for interface in device.interfaces):
            examined += 1
            findings += [
                item for entry in device.management or () for item in _wide(analysis, device, entry)
            ]
            findings += _reached(analysis, device)
    return Outcome(tuple(findings), examined)


def management_segments(analysis: Analysis, match: AddressMatch) -> list[Segment]:
    """Return the segments that hold an address a management entry names."""
    return [
        segment
        for segment in analysis.topology.segments
        if any(_overlap(one, other) for one in segment.ranges for other in match.ranges or ())
    ]


def _wide(analysis: Analysis, device: Device, entry: ManagementAccess) -> Iterator[Finding]:
    """Yield a finding if an entry admits more than addresses of segments of one zone."""
    match = entry.sources
    control = MissingControl(device.id, entry.source)
    filters = analysis.plane.filters
    admitted = filters.addresses(match, source=True) & filters.services(entry.services)
    extent = extent_of("management", device.id, admitted, set(entry.interfaces))
    if match.ranges is None or match.negated:
        message = Message.of("mgmt-plane-isolation.any", device=device.id, place=match.text)
        yield Finding(message, (), control, entry.source, extent=extent)
        return
    segments = management_segments(analysis, match)
    zones = {_zone(analysis, segment.zone, segment.id) for segment in segments}
    planned = [r for segment in segments for r in segment.ranges]
    if len(zones) > 1 or not all(_covered(each, planned) for each in match.ranges):
        message = Message.of("mgmt-plane-isolation.wide", device=device.id, place=match.text)
        yield Finding(message, tuple(sorted(zones)), control, entry.source, extent=extent)


def _zone(analysis: Analysis, zone: str | None, segment: str) -> str:
    """Return a zone; in the upper closure a segment without one is a zone of its own."""
    return zone or (f"-{segment}" if analysis.closure is Closure.UPPER else "-")


def _overlap(one: AddressRange, other: AddressRange) -> bool:
    (low, high), (first, last) = one.interval, other.interval
    return one.version == other.version and low <= last and first <= high


def _covered(wanted: AddressRange, ranges: list[AddressRange]) -> bool:
    """Return whether ranges together hold every address of another."""
    low, high = wanted.interval
    for first, last in sorted(r.interval for r in ranges if r.version == wanted.version):
        if first <= low <= last:
            low = last + 1
    return low > high


@dataclass
class _Entering:
    """What reaches a device from one zone in one unwanted way."""

    parts: list[tuple[Origin, AttachmentPoint, PacketSet]] = field(default_factory=list)


def _reached(analysis: Analysis, device: Device) -> list[Finding]:
    """Return a finding for each zone that reaches a device in each unwanted way."""
    exempt = _exempt(analysis, device)
    managed = {
        segment.id
        for entry in device.management or ()
        for segment in management_segments(analysis, entry.sources)
    }
    found: dict[tuple[str, tuple[str, ...]], _Entering] = {}
    good: dict[str, _Entering] = {}
    for origin, destination, headers in _arriving(analysis, device, exempt):
        zone = analysis.zone_of(origin.point) or "-"
        here = analysis.zone_of(destination) or "-"
        if "-" in (zone, here) and analysis.closure is Closure.LOWER:
            continue
        part = origin, destination, headers
        kind = _unwanted(analysis, origin.point, destination, managed)
        if kind is None:
            good.setdefault(zone, _Entering()).parts.append(part)
        else:
            zones = tuple(sorted({zone, here}))
            found.setdefault((kind, zones), _Entering()).parts.append(part)
    first, *others = sorted(good) or [""]
    for zone in others:
        found[("second", (first, zone))] = good[zone]
    return [
        _finding(analysis, device, kind, zones, entering)
        for (kind, zones), entering in sorted(found.items())
    ]


def _unwanted(
    analysis: Analysis, origin: AttachmentPoint, destination: AttachmentPoint, managed: set[str]
) -> str | None:
    """Return in which way an origin should not reach a device, None if it may."""
    if origin.kind is AttachmentKind.EDGE:
        return "external"
    zone = analysis.zone_of(origin)
    if zone is None or zone != analysis.zone_of(destination):
        return "zone"
    return None if segment_of(analysis.topology, origin) in managed else "segment"


def _arriving(
    analysis: Analysis, device: Device, exempt: PacketSet
) -> Iterator[tuple[Origin, AttachmentPoint, PacketSet]]:
    """Yield what each other origin can have delivered to a device's own stack."""
    points = [
        AttachmentPoint(AttachmentKind.STACK, device.id, each.id) for each in device.interfaces
    ]
    for origin in analysis.plane.origins:
        if origin.may_send.is_empty or _is_own(origin.point, device):
            continue
        for point in points:
            headers = _besides(analysis.reach.flow(origin, point), exempt)
            if not headers.is_empty:
                yield origin, point, headers


def _besides(flow: Flow, exempt: PacketSet) -> PacketSet:
    """Return what of a flow is not exempt both as it is sent and as it arrives.

    A reply that is only given back its addresses is what it arrives as.
    """
    found = flow.nothing
    for part in (*flow.fresh_parts, *flow.state_parts):
        if part.way:
            found |= part.arriving(part.arrived - exempt).sent
        if not part.way or any(isinstance(step, Translation) for step in part.way):
            found |= part.sent - exempt
    return found


def _is_own(point: AttachmentPoint, device: Device) -> bool:
    return point.kind is AttachmentKind.STACK and point.node == device.id


def _exempt(analysis: Analysis, device: Device) -> PacketSet:
    """Return what may come from elsewhere: control traffic, tunnels' ends, replies.

    What is translated must be that as it is sent and as it arrives.
    """
    space, plane = analysis.space, analysis.plane
    own = analysis.topology.addresses_of(EndpointRef(EndpointKind.DEVICE, device.id)) or ()
    protocols = [(number, number) for number in ROUTING_PROTOCOLS]
    result = space.box(protocols=protocols)
    for version, icmp in ICMP_OF.items():
        result |= space.box(version, protocols=[(icmp, icmp)])
    dhcp = [(port, port) for port in DHCP_PORTS]
    relayed = space.box(protocols=[(UDP, UDP)], dst_ports=dhcp, src_ports=dhcp)
    result |= relayed.with_fragments()
    sessions = plane.opened(device.id) & plane.addressing.come_from(own)
    result |= sessions.mirror()
    for tunnel in analysis.topology.tunnels:
        ends = tuple(AddressRange.of_address(end) for end in tunnel.ends)
        between = plane.addressing.come_from(ends) & plane.addressing.to(ends)
        if ends and tunnel.outer_services:
            result |= between & plane.filters.services(tunnel.outer_services)
    return result


def _finding(
    analysis: Analysis, device: Device, kind: str, zones: tuple[str, ...], entering: _Entering
) -> Finding:
    def rank(part: tuple[Origin, AttachmentPoint, PacketSet]) -> tuple[object, ...]:
        origin, destination, headers = part
        return (
            (headers & origin.honest).is_empty,
            origin.point.kind is not AttachmentKind.HOST,
            origin.point.order,
            destination.order,
        )

    origin, destination, headers = min(entering.parts, key=rank)
    fresh = headers & analysis.reach.flow(origin, destination).fresh
    shown = headers if fresh.is_empty else fresh
    witness = find_witness(analysis.plane, origin, destination, shown)
    if witness is None:
        raise ValueError("what arrives holds at least one header")
    path = replay(analysis, witness)
    message = Message.of(
        f"mgmt-plane-isolation.{kind}",
        device=device.id,
        origin=origin.point,
        packet=path.packet,
        from_zone=analysis.zone_of(origin.point) or "-",
        to_zone=analysis.zone_of(destination) or "-",
        place=device.id,
    )
    extent = extent_of_packets(analysis, analysis.reach, entering.parts)
    return Finding(message, zones, path, device.source, extent=extent)


CHECKS = (Check("mgmt-plane-isolation", 1, (PACKETS,), ask_mgmt_plane_isolation),)
