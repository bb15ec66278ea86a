"""Printers stand in one zone and speak with nothing outside it."""

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.packets import ICMP, ICMPV6, TCP, UDP, PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import PACKETS, PRINTERS, STRUCTURE, Check, Outcome
from zonecheck.policy.crossing import Judge, Relevant, crossings, finding_of, needing_no_session
from zonecheck.policy.extent import extent_of, told_of
from zonecheck.policy.roles import is_printer
from zonecheck.policy.standing import zones_of_host
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration
from zonecheck.prove import Flow, listened

BRIDGED = "bridged"
PRINTING = (80, 443, 515, 631, 9100)
"""TCP: printing (LPD, IPP, raw) and management in a browser."""
SNMP = 161


def ask_mfp_single_zone(analysis: Analysis) -> Outcome:
    """Every printer stands in one zone, without a telephone line bridged into the network."""
    printers = [host for host in analysis.topology.hosts if is_printer(host)]
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    for host in printers:
        zones = zones_of_host(analysis, host)
        if len(zones) > 1:
            named = ", ".join(sorted(zones))
            message = Message.of("mfp-single-zone.zones", host=host.id, zones=named)
            findings.append(_at(message, tuple(sorted(zones)), host))
        if host.fax is None:
            item = Message.of("missing.fax", subject=host.id)
            missing.append(MissingDeclaration(item, host.source))
        elif host.fax == BRIDGED:
            message = Message.of("mfp-single-zone.fax", host=host.id)
            findings.append(_at(message, tuple(sorted(zones)), host))
    findings += _packets(analysis, frozenset(host.id for host in printers))
    return Outcome(tuple(findings), len(printers), tuple(missing))


def _packets(analysis: Analysis, printers: frozenset[str]) -> list[Finding]:
    def at_printer(point: AttachmentPoint) -> bool:
        return point.kind is AttachmentKind.HOST and point.node in printers

    def crosses(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return a.node != b.node and analysis.zone_of(a) != analysis.zone_of(b)

    def into(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return at_printer(b) and crosses(a, b)

    def out_of(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return at_printer(a) and not at_printer(b) and crosses(a, b)

    def beside(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return at_printer(b) and a.node != b.node and not crosses(a, b)

    findings = _found(analysis, into, "mfp-single-zone.reached")
    findings += _found(analysis, out_of, "mfp-single-zone.opens")
    if analysis.profile.printer_ports:
        found = crossings(analysis, analysis.reach, beside, _beyond_printing(analysis))
        findings += [finding_of(analysis, item, "mfp-single-zone.port") for item in found]
    return findings


def _found(analysis: Analysis, relevant: Relevant, code: str) -> list[Finding]:
    found = crossings(analysis, analysis.reach, relevant, needing_no_session)
    return [finding_of(analysis, item, code) for item in found]


def _beyond_printing(analysis: Analysis) -> Judge:
    """Return the judgement that leaves what a printer accepts besides printing and management."""
    plane, space = analysis.plane, analysis.space
    tcp = space.box(protocols=[(TCP, TCP)], dst_ports=[(p, p) for p in PRINTING])
    snmp = space.box(protocols=[(UDP, UDP)], dst_ports=[(SNMP, SNMP)])
    icmp = space.box(protocols=[(ICMP, ICMP), (ICMPV6, ICMPV6)])
    other = plane.filters.new - tcp - snmp - icmp

    def judge(
        flow: Flow,
        origin: Origin,  # noqa: ARG001
        destination: AttachmentPoint,
    ) -> PacketSet:
        host = plane.topology.host_by_id[destination.node]
        accepted = listened(plane, host, host.interface(destination.port)) & other
        return space.union([part.arriving(accepted).sent for part in flow.fresh_parts])

    return judge


def _at(message: Message, zones: tuple[str, ...], host: Host) -> Finding:
    control = MissingControl(host.id, host.source)
    extent = extent_of("printer", told_of(host))
    return Finding(message, zones, control, host.source, extent=extent)


CHECKS = (Check("mfp-single-zone", 1, (STRUCTURE, PACKETS, PRINTERS), ask_mfp_single_zone),)
