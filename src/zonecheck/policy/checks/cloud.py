"""Cloud services: approved, for what they may hold, where, and by which way they are reached."""

from collections.abc import Iterator

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.attribute import attribute, is_true, values_of
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import (
    LGWAN_ROLE,
    MAINTENANCE_ROLE,
    PUBLIC_BODY_ROLE,
    External,
    Peer,
)
from zonecheck.model.message import Message
from zonecheck.model.system import IMPORTANCE
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import PACKETS, STRUCTURE, SYSTEMS, Check, Outcome
from zonecheck.policy.check import attribute as on
from zonecheck.policy.extent import extent_of, told_of_endpoint
from zonecheck.policy.sessions import Gathered, origins_of, senders
from zonecheck.policy.unlisted import missing_systems
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration

_CLOUD = on("cloud")
_NO_CLOUDS = (LGWAN_ROLE, MAINTENANCE_ROLE, PUBLIC_BODY_ROLE)
"""What networks of these roles hold is no cloud service unless it says so."""


def _services(analysis: Analysis) -> list[tuple[External, Peer]]:
    """Return the peers that are cloud services."""
    return [
        (external, peer)
        for external in analysis.topology.externals
        for peer in external.peers
        if is_true(peer.attributes, "cloud")
    ]


def _unsaid(analysis: Analysis) -> Iterator[MissingDeclaration]:
    """Yield the peers declared sessions go to that may be cloud services."""
    ends = {leg.destination for leg in analysis.declared_legs}
    used = {(end.id, end.peer) for end in ends if end.kind is EndpointKind.PEER}
    whole = {end.id for end in ends if end.kind is EndpointKind.EXTERNAL}
    for external in analysis.topology.externals:
        for peer in external.peers:
            unsaid = attribute(peer.attributes, "cloud") is None
            named = external.id in whole or (external.id, peer.id) in used
            if unsaid and named and external.role not in _NO_CLOUDS:
                name = f"{external.id}/{peer.id}"
                item = Message.of("missing.attribute", subject=name, attribute="cloud")
                yield MissingDeclaration(item, peer.source)


def _missing(services: list[tuple[External, Peer]], name: str) -> Iterator[MissingDeclaration]:
    for external, peer in services:
        if attribute(peer.attributes, name) is None:
            subject = f"{external.id}/{peer.id}"
            item = Message.of("missing.attribute", subject=subject, attribute=name)
            yield MissingDeclaration(item, peer.source)


def ask_cloud_service_approved(analysis: Analysis) -> Outcome:
    """Every cloud service among the peers is on the list of approved ones."""
    services = _services(analysis)
    missing = (*_unsaid(analysis), *_missing(services, "approval"))
    return Outcome((), len(services), missing)


def ask_cloud_region_declared(analysis: Analysis) -> Outcome:
    """Every cloud service keeps data where the policy allows."""
    services = _services(analysis)
    findings = []
    for external, peer in services:
        region = values_of(peer.attributes, "region")
        if region is not None and region[0] not in analysis.profile.cloud_regions:
            name = f"{external.id}/{peer.id}"
            message = Message.of("cloud-region-declared.other", peer=name, region=region[0])
            control = MissingControl(name, peer.source)
            end = EndpointRef(EndpointKind.PEER, external.id, peer.id)
            extent = extent_of("service", told_of_endpoint(analysis, end), set(region))
            findings.append(Finding(message, (), control, peer.source, extent=extent))
    missing = (*_unsaid(analysis), *_missing(services, "region"))
    return Outcome(tuple(findings), len(services), missing)


def ask_cloud_class_allowed(analysis: Analysis) -> Outcome:
    """No system opens sessions to a cloud service approved for less important information."""
    services = _services(analysis)
    findings: list[Finding] = []
    missing = [*_unsaid(analysis), *_missing(services, "importance")]
    if services:
        missing += missing_systems(analysis)
    for external, peer in services:
        known = values_of(peer.attributes, "importance")
        if known is None:
            continue
        allowed = known[0]
        to = analysis.plane.addressing.to(peer.addresses)
        for system in analysis.topology.systems:
            found = Gathered(analysis)
            for origin in origins_of(analysis, system.hosts):
                for point in analysis.reach.destinations(origin):
                    if point.kind is AttachmentKind.EDGE and point.node == external.id:
                        flow = analysis.reach.flow(origin, point).at_once
                        found.add(origin, point, flow.arriving(to))
            if found.is_empty:
                continue
            if system.importance is None:
                item = Message.of("missing.importance", subject=system.id)
                missing.append(MissingDeclaration(item, system.source))
            elif IMPORTANCE.index(system.importance) < IMPORTANCE.index(allowed):
                name = f"{external.id}/{peer.id}"
                findings.append(
                    found.finding(
                        "cloud-class-allowed.above",
                        system=system.id,
                        peer=name,
                        importance=system.importance,
                        allowed=allowed,
                    )
                )
    return Outcome(tuple(findings), len(services), tuple(dict.fromkeys(missing)))


def ask_cloud_path_controlled(analysis: Analysis) -> Outcome:
    """What is exchanged with a cloud service passes a place that is declared for it."""
    services = _services(analysis)
    findings: list[Finding] = []
    for external, peer in services:
        via = values_of(peer.attributes, "via")
        if via is None:
            continue
        addressing = analysis.plane.addressing
        to, back = addressing.to(peer.addresses), addressing.come_from(peer.addresses)
        reach = analysis.reach_without(frozenset(via))
        found = Gathered(analysis, reach)
        for origin in senders(analysis):
            for point in analysis.reach.destinations(origin):
                ends = origin.point, point
                if any(end.node in via for end in ends):
                    continue
                if _is(point, external) and analysis.is_ours(origin.point):
                    found.add(origin, point, reach.flow(origin, point).arriving(to))
                elif _is(origin.point, external) and analysis.is_ours(point):
                    found.add(origin, point, reach.flow(origin, point).everything & back)
        if not found.is_empty:
            name = f"{external.id}/{peer.id}"
            findings.append(found.finding("cloud-path-controlled.around", peer=name))
    missing = (*_unsaid(analysis), *_missing(services, "via"))
    return Outcome(tuple(findings), len(services), missing)


def _is(point: AttachmentPoint, external: External) -> bool:
    return point.kind is AttachmentKind.EDGE and point.node == external.id


def ask_cloud_internal_control(analysis: Analysis) -> Outcome:
    """A network of others that is part of an area says on what it rests that it is controlled."""
    inside = [e for e in analysis.topology.externals if e.zone_tag in analysis.areas]
    missing = [
        MissingDeclaration(
            Message.of("missing.attribute", subject=e.id, attribute="internal_control"), e.source
        )
        for e in inside
        if attribute(e.attributes, "internal_control") is None
    ]
    return Outcome((), len(inside), tuple(missing))


CHECKS = (
    Check(
        "cloud-service-approved", 2, (STRUCTURE, _CLOUD, on("approval")), ask_cloud_service_approved
    ),
    Check(
        "cloud-class-allowed",
        2,
        (PACKETS, SYSTEMS, _CLOUD, on("importance")),
        ask_cloud_class_allowed,
    ),
    Check("cloud-path-controlled", 1, (PACKETS, _CLOUD, on("via")), ask_cloud_path_controlled),
    Check(
        "cloud-internal-control", 2, (STRUCTURE, on("internal_control")), ask_cloud_internal_control
    ),
    Check("cloud-region-declared", 3, (STRUCTURE, _CLOUD, on("region")), ask_cloud_region_declared),
)
