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
from zonecheck.policy.address_bound import beyond_bound
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import MAINTENANCE, PACKETS, Check, Outcome
from zonecheck.policy.crossing import UNZONED, crossings, finding_of
from zonecheck.policy.extent import extent_of, extent_of_entry, told_of_leg
from zonecheck.policy.safeguards import absent_safeguards, missing_safeguards
from zonecheck.policy.stepping_stones import beyond
from zonecheck.policy.told_places import told_of_external
from zonecheck.policy.vendor_places import OUTSIDE, vendor_places
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration
from zonecheck.prove import Flow, segment_of


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
        unsaid = [item for _, item in missing_safeguards(entry)]
        findings += _unguarded(analysis, entry, unsaid)
        absent = absent_safeguards(entry)
        findings += _refused(analysis, entry, absent, "remote-maintenance-bounded.no-safeguard")
    return Outcome(tuple(findings), len(entries) + len(vendors))


def ask_remote_access_bounded(analysis: Analysis) -> Outcome:
    """Staff outside open declared sessions only, from addresses that are listed."""
    topology = analysis.topology
    entries = [entry for entry in topology.maintenance if entry.staff]
    findings = _extra(
        analysis, entries, _from_outside(analysis, entries, {}), "remote-access-bounded.extra"
    )
    for entry in entries:
        for leg in entry.legs:
            if leg.origin.id in topology.external_by_id and analysis.is_open(leg.origin.id):
                findings += _not_somebody(analysis, entry, leg)
        unsaid = [item for setting, item in missing_safeguards(entry) if setting != "window"]
        findings += _unguarded(analysis, entry, unsaid)
        absent = [(s, text) for s, text in absent_safeguards(entry) if s != "window"]
        findings += _refused(analysis, entry, absent, "remote-access-bounded.no-safeguard")
    return Outcome(tuple(findings), len(entries))


def _not_somebody(analysis: Analysis, entry: Maintenance, leg: Leg) -> list[Finding]:
    """Return why an end in an open network at which staff are is not somebody in particular."""
    control = MissingControl(entry.id, leg.source)
    extent = extent_of("entry", entry.id, told_of_leg(analysis, leg))
    if leg.origin.kind is EndpointKind.EXTERNAL:
        message = Message.of("remote-access-bounded.anyone", entry=entry.id, external=leg.origin.id)
        return [Finding(message, (), control, leg.source, extent=extent)]
    findings = []
    addresses = analysis.plane.addressing.endpoint_addresses(leg.origin)
    for version, prefix in beyond_bound(analysis, addresses):
        message = Message.of(
            "remote-access-bounded.addresses",
            entry=entry.id,
            end=leg.origin,
            version=version,
            prefix=prefix,
        )
        findings.append(Finding(message, (), control, leg.source, extent=extent))
    return findings


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
            if leg.origin.kind in OUTSIDE:
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
            extent = extent_of("network", told_of_external(analysis, external))
            zones = (external.zone,)
            findings.append(Finding(message, zones, control, external.source, extent=extent))
    return findings


def _extra(
    analysis: Analysis,
    entries: Sequence[Maintenance],
    vendors: Mapping[str, PacketSet],
    code: str,
) -> list[Finding]:
    """Return what vendors have delivered to us without session that no entry declares.

    A vendor at a place of ours is asked about all it opens beyond its segment, also within the
    zone it sits in.
    """
    topology = analysis.topology
    legs: list[Leg] = [leg for entry in entries for leg in entry.legs]
    maintained = analysis.excuses(legs, tunnels=True)
    places = frozenset(place for entry in entries for place in vendor_places(analysis, entry))

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        if b.kind is AttachmentKind.EDGE:
            return False
        if a in places:
            return a.node != b.node and segment_of(topology, a) != segment_of(topology, b)
        if a.kind is not AttachmentKind.EDGE or a.node not in vendors:
            return False
        return analysis.zone_of(b) != external_zone(a.node)

    def judge(flow: Flow, origin: Origin, destination: AttachmentPoint) -> PacketSet:
        extra = maintained.judge(flow.at_once, origin, destination).fresh
        within = analysis.zone_of(origin.point) == MYNUMBER
        if analysis.may_lie_in(destination, MYNUMBER) and not within:
            extra |= analysis.specific.judge(flow.at_once, origin, destination).fresh
        return extra if origin.point in places else extra & vendors[origin.point.node]

    found = crossings(analysis, analysis.reach, relevant, judge)
    return [finding_of(analysis, item, code) for item in found]


def _unguarded(analysis: Analysis, entry: Maintenance, unsaid: Sequence[Message]) -> list[Finding]:
    """Return the safeguards an entry does not declare, or not so that anybody can tell."""
    if analysis.closure is Closure.LOWER:
        return []
    findings = []
    for message in unsaid:
        evidence = MissingDeclaration(message, entry.source)
        findings.append(Finding(message, _zones(analysis, entry), evidence, entry.source))
    return findings


def _refused(
    analysis: Analysis, entry: Maintenance, absent: Sequence[tuple[str, str]], code: str
) -> list[Finding]:
    """Return the safeguards an entry says it does without."""
    findings = []
    for setting, text in absent:
        message = Message.of(code, entry=entry.id, setting=setting, text=text)
        control = MissingControl(f"{entry.id}: {setting}", entry.source)
        extent = extent_of_entry(analysis, entry)
        zones = _zones(analysis, entry)
        findings.append(Finding(message, zones, control, entry.source, extent=extent))
    return findings


def _zones(analysis: Analysis, entry: Maintenance) -> tuple[str, ...]:
    vendors = {leg.origin.id for leg in entry.legs if leg.origin.kind in OUTSIDE}
    zones = tuple(sorted(analysis.topology.external_by_id[v].zone for v in vendors))
    return zones or (UNZONED,)


CHECKS = (
    Check("remote-maintenance-bounded", 1, (PACKETS, MAINTENANCE), ask_remote_maintenance_bounded),
    Check("remote-access-bounded", 2, (PACKETS, MAINTENANCE), ask_remote_access_bounded),
)
