"""Hypervisors and storage that zones share, and who reaches their management."""

from collections.abc import Iterable

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.message import Message
from zonecheck.model.platform import Datastore, Hypervisor
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import PACKETS, PLATFORMS, STRUCTURE, Check, Outcome
from zonecheck.policy.crossing import crossings, finding_of, needing_no_session
from zonecheck.policy.extent import Told, extent_of, told_of
from zonecheck.policy.standing import zone_pairs, zones_of_host, zones_of_hosts
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration


def ask_shared_platform(analysis: Analysis) -> Outcome:
    """Two zones share a platform only where the policy allows it, apart and managed from one."""
    topology = analysis.topology
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    shared = 0
    platforms: list[Hypervisor | Datastore] = [*topology.hypervisors, *topology.datastores]
    for platform in platforms:
        by_zone = zones_of_hosts(analysis, _parties(platform))
        pairs = zone_pairs(by_zone)
        shared += bool(pairs)
        findings += _not_allowed(analysis, platform, by_zone)
        if pairs and platform.isolation is None:
            missing.append(_missing("missing.isolation", platform))
        if isinstance(platform, Hypervisor):
            if platform.commanded_by_anyone:
                missing.append(_missing("missing.platform-management", platform))
            if pairs:
                findings += _managed_from_elsewhere(analysis, platform, by_zone)
    return Outcome(tuple(findings), shared, tuple(missing))


def _parties(platform: Hypervisor | Datastore) -> tuple[str, ...]:
    """Return the hosts that share a platform: who commands it has its guests as well."""
    if isinstance(platform, Datastore):
        return platform.used_by
    management = () if platform.management is None else (platform.management,)
    return tuple(dict.fromkeys((*platform.guests, *management)))


def _not_allowed(
    analysis: Analysis, platform: Hypervisor | Datastore, by_zone: dict[str, list[str]]
) -> list[Finding]:
    findings = []
    for one, other in zone_pairs(by_zone):
        if frozenset((one, other)) in analysis.profile.shared_platforms:
            continue
        a, b = by_zone[one][0], by_zone[other][0]
        message = Message.of(
            "shared-platform.zones", platform=platform.id, a=a, b=b, from_zone=one, to_zone=other
        )
        control = MissingControl(f"{platform.id}: {a}, {b}", platform.source)
        members = [_told_of_parties(analysis, by_zone[zone]) for zone in (one, other)]
        extent = extent_of("platform", members, _told_of_platform(analysis, platform))
        findings.append(Finding(message, (one, other), control, platform.source, extent=extent))
    return findings


def _told_of_parties(analysis: Analysis, names: Iterable[str]) -> set[str]:
    return {extent_of(told_of(analysis.topology.host_by_id[name])) for name in names}


def _told_of_platform(analysis: Analysis, platform: Hypervisor | Datastore) -> Told:
    """Return what may undo that its parties are apart: nothing declared, or who commands it."""
    told: Told = [type(platform).__name__, platform.isolation is not None]
    if isinstance(platform, Hypervisor):
        host = analysis.topology.host_by_id.get(platform.management or "")
        told.append(platform.unmanaged)
        told.append(None if host is None else [told_of(host), zones_of_host(analysis, host)])
    return told


def _managed_from_elsewhere(
    analysis: Analysis, platform: Hypervisor, by_zone: dict[str, list[str]]
) -> list[Finding]:
    """Return who opens sessions to the management of a platform from a zone that is not its own."""
    host = analysis.topology.host_by_id.get(platform.management or "")
    if host is None:
        return []
    findings = []
    zones = tuple(sorted(zones_of_host(analysis, host)))
    if len(zones) > 1:
        message = Message.of(
            "shared-platform.management-zones",
            platform=platform.id,
            host=host.id,
            zones=", ".join(zones),
        )
        control = MissingControl(host.id, host.source)
        commanded = {
            (zone, party) for zone in by_zone for party in _told_of_parties(analysis, by_zone[zone])
        }
        extent = extent_of("management", told_of(host), commanded)
        findings.append(Finding(message, zones, control, host.source, extent=extent))

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        managed = b.kind is AttachmentKind.HOST and b.node == host.id and a.node != host.id
        return managed and analysis.zone_of(a) != analysis.zone_of(b)

    found = crossings(analysis, analysis.reach, relevant, needing_no_session)
    code = "shared-platform.management"
    return findings + [finding_of(analysis, c, code, platform=platform.id) for c in found]


def _missing(code: str, platform: Hypervisor | Datastore) -> MissingDeclaration:
    return MissingDeclaration(Message.of(code, subject=platform.id), platform.source)


CHECKS = (Check("shared-platform", 2, (STRUCTURE, PACKETS, PLATFORMS), ask_shared_platform),)
