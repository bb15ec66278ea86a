"""The three sanitising methods of 第24条, each as it must be."""

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.channel import Channel
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.host import Host, Method
from zonecheck.model.message import Message
from zonecheck.model.zone import LGWAN
from zonecheck.packets import TCP, PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.card_sides import card_sides
from zonecheck.policy.check import FLOW, PACKETS, Check, Outcome
from zonecheck.policy.crossing import UNZONED, excused_by, nothing_excused
from zonecheck.policy.flow_ends import zones_at
from zonecheck.policy.relay_services import (
    any_covers,
    channels_of,
    crossing_findings,
    extent_of_channel,
    legs_at,
    points_of,
    services_of,
    setting_findings,
    unserved,
)
from zonecheck.policy.sessions import sent_or_arriving
from zonecheck.policy.verdict import Finding, MissingControl
from zonecheck.prove import Flow, covers

MAIL_PORTS = ((25, 25), (465, 465), (587, 587))


def ask_sanitise_mail_text(analysis: Analysis) -> Outcome:
    """Internet mail reaches the LGWAN mail server only as text, from the mail sanitiser."""
    services = services_of(analysis, Method.MAIL_TEXT)
    channels = channels_of(analysis, Method.MAIL_TEXT)
    findings = setting_findings(analysis, services, "sanitise-mail-text")
    findings += unserved(analysis, Method.MAIL_TEXT, "sanitise-mail-text")
    relays = {host.id for host, _ in services}
    servers = [
        leg.destination
        for channel in channels
        for leg in channel.legs
        if leg.origin.id in relays and leg.destination.id not in relays
    ]
    mail = analysis.space.box(protocols=[(TCP, TCP)], dst_ports=MAIL_PORTS)

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return analysis.is_internet(a) and any_covers(analysis, servers, b)

    excuses = analysis.excuses(legs_at(channels, relays))

    def judge(flow: Flow, origin: Origin, destination: AttachmentPoint) -> PacketSet:
        return sent_or_arriving(excuses.judge(flow, origin, destination), mail)

    findings += crossing_findings(analysis, relevant, judge, "sanitise-mail-text.packet")
    return Outcome(tuple(findings), len(services) + len(channels))


def ask_sanitise_screen_transfer(analysis: Analysis) -> Outcome:
    """Between the screen servers and the LGWAN area only the declared display session passes."""
    services = services_of(analysis, Method.SCREEN_TRANSFER)
    channels = channels_of(analysis, Method.SCREEN_TRANSFER)
    findings = setting_findings(analysis, services, "sanitise-screen-transfer")
    findings += unserved(analysis, Method.SCREEN_TRANSFER, "sanitise-screen-transfer")
    findings += _initiators(analysis, channels)
    findings += _not_foreseen(analysis, channels)
    relays = {host.id for host, _ in services}
    servers = [
        end
        for channel in channels
        for leg in channel.legs
        for end in (leg.origin, leg.destination)
        if end.id not in relays and _is_outside(analysis, end)
    ]
    excuses = analysis.excuses(legs_at(channels, relays))

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        for one, other in ((a, b), (b, a)):
            if analysis.zone_of(one) == LGWAN and any_covers(analysis, servers, other):
                return True
        return False

    code = "sanitise-screen-transfer.packet"
    findings += crossing_findings(analysis, relevant, excused_by(excuses), code)
    return Outcome(tuple(findings), len(services) + len(channels))


def _initiators(analysis: Analysis, channels: list[Channel]) -> list[Finding]:
    findings = []
    for channel in channels:
        if channel.initiator is None or not channel.legs:
            continue
        points = [o.point for o in analysis.plane.origins]
        origin = channel.legs[0].origin
        zones = {analysis.zone_of(p) for p in points if covers(analysis.topology, origin, p)}
        if channel.initiator not in zones:
            message = Message.of(
                "sanitise-screen-transfer.initiator",
                channel=channel.id,
                declared=channel.initiator,
                actual=", ".join(sorted(z or "-" for z in zones)),
            )
            control = MissingControl(channel.id, channel.source)
            extent = extent_of_channel(analysis, channel)
            zone = channel.initiator
            findings.append(Finding(message, (zone,), control, channel.source, extent=extent))
    return findings


def _not_foreseen(analysis: Analysis, channels: list[Channel]) -> list[Finding]:
    """Return screen transfers that are opened from where the profile does not foresee it."""
    foreseen = analysis.profile.screen_initiators
    findings: list[Finding] = []
    for channel in channels if foreseen else ():
        zones = zones_at(analysis, channel.legs[0].origin) if channel.legs else set()
        for zone in sorted({z or UNZONED for z in zones} - set(foreseen)):
            message = Message.of(
                "sanitise-screen-transfer.not-foreseen",
                channel=channel.id,
                zone=zone,
                zones=", ".join(foreseen),
            )
            control = MissingControl(channel.id, channel.source)
            extent = extent_of_channel(analysis, channel)
            findings.append(Finding(message, (zone,), control, channel.source, extent=extent))
    return findings


def _is_outside(analysis: Analysis, end: EndpointRef) -> bool:
    points = [o.point for o in analysis.plane.origins if covers(analysis.topology, end, o.point)]
    return bool(points) and all(analysis.zone_of(p) != LGWAN for p in points)


def ask_sanitise_file(analysis: Analysis) -> Outcome:
    """Writers reach only the outer side of a file sanitiser, readers only the inner one."""
    services = services_of(analysis, Method.FILE_CLEAN)
    channels = channels_of(analysis, Method.FILE_CLEAN)
    findings = setting_findings(analysis, services, "sanitise-file")
    findings += unserved(analysis, Method.FILE_CLEAN, "sanitise-file")
    for host in {host.id: host for host, _ in services}.values():
        findings += _wrong_side(analysis, host)
    return Outcome(tuple(findings), len(services) + len(channels))


def _wrong_side(analysis: Analysis, host: Host) -> list[Finding]:
    sides, own = card_sides(analysis, host), points_of(host)

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return a not in own and sides.is_wrong(analysis.zone_of(a), b)

    return crossing_findings(analysis, relevant, nothing_excused, "sanitise-file.wrong-side")


CHECKS = (
    Check("sanitise-mail-text", 1, (PACKETS, FLOW), ask_sanitise_mail_text),
    Check("sanitise-screen-transfer", 1, (PACKETS, FLOW), ask_sanitise_screen_transfer),
    Check("sanitise-file", 1, (PACKETS, FLOW), ask_sanitise_file),
)
