"""What leaves for other networks: by relays only, mail between relays, nothing of the excepted."""

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.attribute import values_of
from zonecheck.model.channel import Leg
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.host import Method
from zonecheck.model.message import Message
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import LISTENS, PACKETS, SYSTEMS, Check, Outcome
from zonecheck.policy.check import attribute as on
from zonecheck.policy.roles import is_terminal
from zonecheck.policy.sessions import (
    MAIL,
    Gathered,
    apart,
    openable,
    origins_of,
    senders,
    tcp,
    undeclared,
)
from zonecheck.policy.unlisted import missing_systems, unlisted
from zonecheck.policy.verdict import Finding, MissingDeclaration
from zonecheck.policy.ways_out import WaysOut, relaying, to_connected_peers

_ANYWHERE = (AttachmentKind.HOST, AttachmentKind.ACCESS)


def _relays(analysis: Analysis) -> frozenset[str]:
    """Return the hosts that hand on what others open to the outside."""
    topology = analysis.topology
    found = relaying(topology) | {host.id for host in topology.hosts if host.two_sided}
    # What a server is that no system claims is not known: that is missing, not wrong.
    return found | {host.id for host in unlisted(analysis)}


def ask_egress_control(analysis: Analysis) -> Outcome:
    """Only relays open sessions to open networks, and those that are declared."""
    relays = _relays(analysis)
    kept = [leg for leg in analysis.declared_legs if _is_relay(leg.origin, relays)]
    excuses = analysis.excuses(kept, tunnels=True)
    by_zone: dict[str, Gathered] = {}
    examined = 0
    if not any(map(analysis.is_open_edge, analysis.plane.domains_of)):
        return Outcome((), 0, missing_systems(analysis))
    for origin in senders(analysis):
        if origin.point.kind not in _ANYWHERE or not analysis.is_ours(origin.point):
            continue
        examined += 1
        for point in analysis.reach.destinations(origin):
            if analysis.is_open_edge(point):
                zone = analysis.zone_of(origin.point) or "-"
                found = by_zone.setdefault(zone, Gathered(analysis))
                found.add(origin, point, undeclared(analysis, excuses, origin, point))
    findings = [
        found.finding("egress-control.direct")
        for _, found in sorted(by_zone.items())
        if not found.is_empty
    ]
    return Outcome(tuple(findings), examined, missing_systems(analysis))


def _is_relay(end: EndpointRef, relays: frozenset[str]) -> bool:
    return end.kind is EndpointKind.HOST and end.id in relays


def ask_smtp_restricted(analysis: Analysis) -> Outcome:
    """Mail crosses between zones from one registered relay to the next only."""
    mail = tcp(analysis, MAIL)
    relays = _mail_relays(analysis) | {host.id for host in unlisted(analysis)}
    legs = [
        leg
        for leg in analysis.declared_legs
        if all(end.kind is EndpointKind.PEER or end.id in relays for end in _ends(leg))
    ]
    excuses = analysis.excuses(legs)
    pairs: dict[tuple[str, str], Gathered] = {}
    for origin in senders(analysis):
        a = analysis.zone_of(origin.point) or "-"
        for point in analysis.reach.destinations(origin):
            b = analysis.zone_of(point) or "-"
            if apart(analysis, origin.point, point):
                found = pairs.setdefault((a, b), Gathered(analysis))
                mails = undeclared(analysis, excuses, origin, point, mail, sent_too=True)
                found.add(origin, point, mails)
    findings = [
        found.finding("smtp-restricted.extra")
        for zones, found in sorted(pairs.items())
        if not found.is_empty and analysis.areas.intersection(zones)
    ]
    return Outcome(tuple(findings), len(relays), missing_systems(analysis))


def _ends(leg: Leg) -> tuple[EndpointRef, EndpointRef]:
    return leg.origin, leg.destination


def _mail_relays(analysis: Analysis) -> frozenset[str]:
    topology = analysis.topology
    found = {h for s in topology.systems if "mail" in s.provides for h in s.hosts}
    found |= {
        host.id
        for host in topology.hosts
        if any(s.method in (Method.MAIL_TEXT, Method.ONE_WAY) for s in host.services)
    }
    return frozenset(found)


def ask_internet_not_required_terminal(analysis: Analysis) -> Outcome:
    """Terminals whose users do not need them open no way to the Internet, its area, or mail."""
    hosts = analysis.topology.host_by_id
    served = _mail_relays(analysis) | {
        host.id
        for host in hosts.values()
        if any(service.method is Method.SCREEN_TRANSFER for service in host.services)
    }
    ways = WaysOut(analysis)
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    terminals = [host for host in hosts.values() if is_terminal(analysis.topology, host)]
    for host in terminals:
        required = values_of(host.attributes, "internet_required")
        if required == ("true",):
            continue
        found = Gathered(analysis)
        for origin in origins_of(analysis, [host.id]):
            for point in analysis.reach.destinations(origin):
                if point.node != host.id:
                    opened = _leading_out(analysis, ways, served, origin, point)
                    found.add(origin, point, opened)
        if found.is_empty:
            continue
        if required is None:
            item = Message.of("missing.attribute", subject=host.id, attribute="internet_required")
            missing.append(MissingDeclaration(item, host.source))
        else:
            findings.append(found.finding("internet-not-required-terminal.opens", host=host.id))
    if any(values_of(h.attributes, "internet_required") != ("true",) for h in terminals):
        missing += missing_systems(analysis)
    return Outcome(tuple(findings), len(terminals), tuple(missing))


def _leading_out(
    analysis: Analysis,
    ways: WaysOut,
    served: frozenset[str],
    origin: Origin,
    point: AttachmentPoint,
) -> PacketSet:
    """Return what of the sessions a terminal can open to a point leads to the Internet or mail."""
    if not analysis.is_internet(point):
        if point.kind is AttachmentKind.EDGE:
            return to_connected_peers(analysis, origin, point)
        if point.kind is not AttachmentKind.HOST:
            return analysis.space.empty
        if point.node not in served:
            opened = openable(analysis, origin, point)
            leads = not opened.is_empty and ways.lead_from(point.node)
            return opened if leads else analysis.space.empty
    return openable(analysis, origin, point)


def ask_classified_egress_bounded(analysis: Analysis) -> Outcome:
    """A system with personal data opens nothing beyond its zone that is not declared."""
    personal = [system for system in analysis.topology.systems if system.personal]
    findings: list[Finding] = []
    for system in personal:
        found = Gathered(analysis)
        for origin in origins_of(analysis, system.hosts):
            for point in analysis.reach.destinations(origin):
                if apart(analysis, origin.point, point):
                    found.add(origin, point, undeclared(analysis, analysis.declared, origin, point))
        if not found.is_empty:
            findings.append(found.finding("classified-egress-bounded.extra", system=system.id))
    return Outcome(tuple(findings), len(personal), missing_systems(analysis))


CHECKS = (
    Check("egress-control", 1, (PACKETS, LISTENS, SYSTEMS), ask_egress_control),
    Check("smtp-restricted", 2, (PACKETS, LISTENS, SYSTEMS), ask_smtp_restricted),
    Check(
        "internet-not-required-terminal",
        2,
        (PACKETS, LISTENS, SYSTEMS, on("internet_required")),
        ask_internet_not_required_terminal,
    ),
    Check(
        "classified-egress-bounded", 2, (PACKETS, LISTENS, SYSTEMS), ask_classified_egress_bounded
    ),
)
