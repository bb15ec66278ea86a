"""Remote maintenance reaches what is declared as maintained, and nothing through it."""

from collections.abc import Mapping, Sequence

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
    topology = analysis.topology
    entries = [entry for entry in topology.maintenance if not entry.staff]
    everything = analysis.space.everything
    own = {e.id: everything for e in topology.externals if e.role == MAINTENANCE_ROLE}
    vendors = _from_outside(analysis, entries, own)
    findings = _unregistered(analysis)
    findings += _extra(analysis, entries, vendors, "remote-maintenance-bounded.extra")
    for entry in entries:
        findings += beyond(analysis, entry)
        findings += _unguarded(analysis, entry, missing_safeguards(entry))
    return Outcome(tuple(findings), len(entries) + len(vendors))


def ask_remote_access_bounded(analysis: Analysis) -> Outcome:
    """Staff outside open declared sessions only, from addresses that are listed."""
    entries = [entry for entry in analysis.topology.maintenance if entry.staff]
    findings = _extra(
        analysis, entries, _from_outside(analysis, entries, {}), "remote-access-bounded.extra"
    )
    for entry in entries:
        for leg in entry.legs:
            if leg.origin.kind is EndpointKind.EXTERNAL and analysis.is_open(leg.origin.id):
                message = Message.of(
                    "remote-access-bounded.anyone", entry=entry.id, external=leg.origin.id
                )
                control = MissingControl(entry.id, leg.source)
                findings.append(Finding(message, (), control, leg.source))
        safeguards = [s for s in missing_safeguards(entry) if s != "window"]
        findings += _unguarded(analysis, entry, safeguards)
    return Outcome(tuple(findings), len(entries))


def _from_outside(
    analysis: Analysis, entries: Sequence[Maintenance], whole: Mapping[str, PacketSet]
) -> dict[str, PacketSet]:
    """Return the networks entries begin in, each with the headers that count as theirs.

    Those of `whole` are theirs as they are, of another only the addresses of its peers.
    """
    space = analysis.space
    found = dict(whole)
    for entry in entries:
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
    vendors = [entry for entry in topology.maintenance if not entry.staff]
    known = {leg.origin.id for entry in vendors for leg in entry.legs}
    findings = []
    for external in topology.externals:
        if external.role == MAINTENANCE_ROLE and external.id not in known:
            code = "remote-maintenance-bounded.no-entry"
            message = Message.of(code, external=external.id)
            control = MissingControl(external.id, external.source)
            findings.append(Finding(message, (external.zone,), control, external.source))
    return findings


def _extra(
    analysis: Analysis,
    entries: Sequence[Maintenance],
    vendors: Mapping[str, PacketSet],
    code: str,
) -> list[Finding]:
    """Return what is delivered to us from outside without session that no entry declares."""
    legs: list[Leg] = [leg for entry in entries for leg in entry.legs]
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
    return [finding_of(analysis, item, code) for item in found]


def _unguarded(analysis: Analysis, entry: Maintenance, safeguards: Sequence[str]) -> list[Finding]:
    """Return the safeguards an entry does not declare."""
    if analysis.closure is Closure.LOWER:
        return []
    findings = []
    vendors = {leg.origin.id for leg in entry.legs if leg.origin.kind in _VENDOR}
    zones = tuple(sorted(analysis.topology.external_by_id[v].zone for v in vendors)) or (UNZONED,)
    for setting in safeguards:
        message = Message.of("missing.safeguard", subject=entry.id, setting=setting)
        evidence = MissingDeclaration(message, entry.source)
        findings.append(Finding(message, zones, evidence, entry.source))
    return findings


CHECKS = (
    Check("remote-maintenance-bounded", 1, (PACKETS, MAINTENANCE), ask_remote_maintenance_bounded),
    Check("remote-access-bounded", 2, (PACKETS, MAINTENANCE), ask_remote_access_bounded),
)
