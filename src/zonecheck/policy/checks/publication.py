"""Systems people outside use: apart from the others, behind a firewall, on declared ports."""

from collections.abc import Iterator

from zonecheck.model.attachment import AttachmentKind
from zonecheck.model.attribute import values_of
from zonecheck.model.device import DeviceKind
from zonecheck.model.filter import Action
from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.service import ANY_SERVICE
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import LISTENS, PACKETS, STRUCTURE, Check, Outcome
from zonecheck.policy.check import attribute as on
from zonecheck.policy.extent import extent_of, told_of
from zonecheck.policy.published import contradicted, from_open_network, published
from zonecheck.policy.sessions import (
    Gathered,
    accepted,
    apart,
    legs_to,
    origins_of,
    points_of,
    senders,
    undeclared,
)
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration
from zonecheck.prove import segment_of

_FIREWALLS = (DeviceKind.FIREWALL, DeviceKind.TRANSPARENT_FIREWALL)
_RESTS_ON = (STRUCTURE, PACKETS, LISTENS, on("exposure"))


def ask_public_service_separated(analysis: Analysis) -> Outcome:
    """Public systems stand in segments of their own behind a firewall, and open nothing inwards.

    Whatever an open network reaches undeclared is public as well, though not declared to be; so is
    what it is declared to use, though declared not to be.
    """
    public = published(analysis)
    findings = [
        *_contradictions(analysis),
        *_among_others(analysis, public),
        *_inwards(analysis, public),
    ]
    findings += [*_exposed(analysis, public), *_without_firewall(analysis, public)]
    return Outcome(tuple(findings), len(public), tuple(_unsaid(analysis)))


def _unsaid(analysis: Analysis) -> Iterator[MissingDeclaration]:
    """Yield the hosts open networks are declared to use that do not say whether they are public."""
    topology = analysis.topology
    legs = [leg for leg in analysis.declared_legs if from_open_network(analysis, leg)]
    for host in topology.hosts:
        unsaid = values_of(host.attributes, "exposure") is None
        used = bool(legs_to(analysis, points_of(analysis, [host.id]), legs))
        if used and unsaid and not host.two_sided:
            item = Message.of("missing.attribute", subject=host.id, attribute="exposure")
            yield MissingDeclaration(item, host.source)


def _contradictions(analysis: Analysis) -> Iterator[Finding]:
    """Yield the hosts that say they are not public, and what is declared to use them."""
    for host, leg in contradicted(analysis):
        said = ", ".join(values_of(host.attributes, "exposure") or ())
        message = Message.of(
            "public-service-separated.internal", host=host.id, said=said, origin=leg.origin
        )
        yield Finding(message, (), MissingControl(host.id, host.source), leg.source)


def _among_others(analysis: Analysis, public: list[Host]) -> list[Finding]:
    """Return the public systems that share a broadcast domain with others."""
    names = {host.id for host in public}
    plane = analysis.plane
    findings: list[Finding] = []
    for host in public:
        domains = {d for p in points_of(analysis, [host.id]) for d in plane.domains_of[p]}
        others = sorted(
            {
                point.node
                for point, own in plane.domains_of.items()
                if point.kind is AttachmentKind.HOST
                and point.node not in names
                and domains.intersection(own)
            }
        )
        if others:
            message = Message.of(
                "public-service-separated.shared", host=host.id, others=", ".join(others)
            )
            control = MissingControl(host.id, host.source)
            hosts = analysis.topology.host_by_id
            beside = {tuple(told_of(hosts[other])) for other in others}
            extent = extent_of("beside", told_of(host), beside)
            findings.append(Finding(message, (), control, host.source, extent=extent))
    return findings


def _inwards(analysis: Analysis, public: list[Host]) -> list[Finding]:
    """Return what public systems open undeclared to whatever is not public itself."""
    names = {host.id for host in public}
    # Within a zone nothing else declares what is used; administration names its services.
    uses = [
        leg
        for system in analysis.topology.systems
        for leg in system.uses
        if leg.services and ANY_SERVICE not in leg.services
    ]
    excuses = analysis.excuses(analysis.declared_legs)
    inside = analysis.excuses((*analysis.declared_legs, *uses))
    found = Gathered(analysis)
    for origin in origins_of(analysis, names):
        own = segment_of(analysis.topology, origin.point)
        for point in analysis.reach.destinations(origin):
            beside = point.node in names or point.node == own
            if point.kind is not AttachmentKind.EDGE and not beside:
                known = excuses if apart(analysis, origin.point, point) else inside
                found.add(origin, point, undeclared(analysis, known, origin, point))
    return [] if found.is_empty else [found.finding("public-service-separated.inwards")]


def _exposed(analysis: Analysis, public: list[Host]) -> list[Finding]:
    """Return what an open network opens undeclared to what is not declared to be public."""
    names = {host.id for host in public}
    found = Gathered(analysis)
    for origin in senders(analysis):
        if not analysis.is_open_edge(origin.point):
            continue
        for point in analysis.reach.destinations(origin):
            host = point.kind in (AttachmentKind.HOST, AttachmentKind.ACCESS)
            if host and point.node not in names:
                found.add(origin, point, undeclared(analysis, analysis.declared, origin, point))
    return [] if found.is_empty else [found.finding("public-service-separated.exposed")]


def _without_firewall(analysis: Analysis, public: list[Host]) -> list[Finding]:
    """Return what reaches a public system from an open network past every firewall."""
    walls = frozenset(
        device.id
        for device in analysis.topology.devices
        if device.kind in _FIREWALLS
        and device.policy is not None
        and device.policy.default is Action.DENY
    )
    reach = analysis.reach_without(walls)
    found = Gathered(analysis, reach)
    first: Host | None = None
    for origin in senders(analysis):
        if not analysis.is_open_edge(origin.point):
            continue
        for point in points_of(analysis, (host.id for host in public)):
            flow = reach.flow(origin, point).at_once
            found.add(origin, point, flow.arriving(accepted(analysis, point)))
            if first is None and not found.is_empty:
                first = analysis.topology.host_by_id[point.node]
    if first is None:
        return []
    message = Message.of("public-service-separated.no-firewall", host=first.id)
    control = MissingControl(first.id, first.source)
    return [Finding(message, (), control, first.source, extent=found.extent())]


def ask_exposed_port_minimal(analysis: Analysis) -> Outcome:
    """From open networks public systems take the sessions that are declared, and no other."""
    public = published(analysis)
    findings: list[Finding] = []
    for host in public:
        found = Gathered(analysis)
        for origin in senders(analysis):
            if analysis.is_open_edge(origin.point):
                for point in points_of(analysis, [host.id]):
                    found.add(origin, point, undeclared(analysis, analysis.declared, origin, point))
        if not found.is_empty:
            findings.append(found.finding("exposed-port-minimal.extra", host=host.id))
    return Outcome(tuple(findings), len(public))


CHECKS = (
    Check("public-service-separated", 1, _RESTS_ON, ask_public_service_separated),
    Check("exposed-port-minimal", 2, _RESTS_ON, ask_exposed_port_minimal),
)
