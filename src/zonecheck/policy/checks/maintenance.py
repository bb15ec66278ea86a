"""Remote maintenance reaches what is declared as maintained, and nothing through it."""

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.channel import Leg, Maintenance
from zonecheck.model.closure import Closure
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import MAINTENANCE_ROLE
from zonecheck.model.message import Message
from zonecheck.model.zone import MYNUMBER, external_zone
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import MAINTENANCE, PACKETS, Check, Outcome
from zonecheck.policy.crossing import UNZONED, crossings, finding_of
from zonecheck.policy.safeguards import missing_safeguards
from zonecheck.policy.stepping_stones import beyond
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration
from zonecheck.prove import Flow

_VENDOR = (EndpointKind.EXTERNAL, EndpointKind.PEER)


def ask_remote_maintenance_bounded(analysis: Analysis) -> Outcome:
    """From vendors only declared sessions reach us; none is handed on; safeguards are declared."""
    entries = analysis.topology.maintenance
    vendors = _vendors(analysis)
    findings = _unregistered(analysis)
    findings += _extra(analysis, vendors)
    for entry in entries:
        findings += beyond(analysis, entry)
        findings += _unguarded(analysis, entry)
    return Outcome(tuple(findings), len(entries) + len(vendors))


def _vendors(analysis: Analysis) -> dict[str, PacketSet]:
    """Return the networks vendors come from, each with the headers that count as theirs.

    A network whose role is maintenance is the vendor's as a whole, another only by its peers'
    addresses.
    """
    topology, space = analysis.topology, analysis.space
    found = {e.id: space.everything for e in topology.externals if e.role == MAINTENANCE_ROLE}
    for entry in topology.maintenance:
        for leg in entry.legs:
            if leg.origin.kind in _VENDOR:
                known = found.get(leg.origin.id, space.empty)
                found[leg.origin.id] = known | _sent_by(analysis, leg.origin)
    return found


def _sent_by(analysis: Analysis, vendor: EndpointRef) -> PacketSet:
    if vendor.kind is EndpointKind.EXTERNAL:
        return analysis.space.everything
    addresses = analysis.topology.addresses_of(vendor)
    return analysis.plane.addressing.come_from(addresses)


def _unregistered(analysis: Analysis) -> list[Finding]:
    """Return the networks that are there for maintenance nobody declares."""
    topology = analysis.topology
    known = {leg.origin.id for entry in topology.maintenance for leg in entry.legs}
    findings = []
    for external in topology.externals:
        if external.role == MAINTENANCE_ROLE and external.id not in known:
            code = "remote-maintenance-bounded.no-entry"
            message = Message.of(code, external=external.id)
            control = MissingControl(external.id, external.source)
            findings.append(Finding(message, (external.zone,), control, external.source))
    return findings


def _extra(analysis: Analysis, vendors: dict[str, PacketSet]) -> list[Finding]:
    """Return what vendors have delivered to us without session that no entry declares."""
    legs: list[Leg] = [leg for entry in analysis.topology.maintenance for leg in entry.legs]
    maintained = analysis.excuses(legs, tunnels=True)

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        if a.kind is not AttachmentKind.EDGE or a.node not in vendors:
            return False
        return b.kind is not AttachmentKind.EDGE and analysis.zone_of(b) != external_zone(a.node)

    def judge(flow: Flow, origin: Origin, destination: AttachmentPoint) -> PacketSet:
        extra = maintained.judge(flow.at_once, origin, destination).fresh
        if analysis.may_lie_in(destination, MYNUMBER):
            extra |= analysis.specific.judge(flow.at_once, origin, destination).fresh
        return extra & vendors[origin.point.node]

    found = crossings(analysis, analysis.reach, relevant, judge)
    code = "remote-maintenance-bounded.extra"
    return [finding_of(analysis, item, code) for item in found]


def _unguarded(analysis: Analysis, entry: Maintenance) -> list[Finding]:
    """Return the safeguards an entry does not declare."""
    if analysis.closure is Closure.LOWER:
        return []
    findings = []
    vendors = {leg.origin.id for leg in entry.legs if leg.origin.kind in _VENDOR}
    zones = tuple(sorted(analysis.topology.external_by_id[v].zone for v in vendors)) or (UNZONED,)
    for setting in missing_safeguards(entry):
        message = Message.of("missing.safeguard", subject=entry.id, setting=setting)
        evidence = MissingDeclaration(message, entry.source)
        findings.append(Finding(message, zones, evidence, entry.source))
    return findings


CHECKS = (
    Check("remote-maintenance-bounded", 1, (PACKETS, MAINTENANCE), ask_remote_maintenance_bounded),
)
