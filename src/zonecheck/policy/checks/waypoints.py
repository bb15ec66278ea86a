"""Traffic passes where the policy says it must: the LGWAN gateway, the security cloud.

Forwarding stays as it is; only the ways through the waypoint are left out (docs/semantics.md,
section 9).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.external import LGWAN_ROLE, SECURITY_CLOUD_ROLE, Peer
from zonecheck.model.message import Message
from zonecheck.model.zone import MYNUMBER
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import PACKETS, ROLES, SCOPE, Check, Outcome
from zonecheck.policy.crossing import (
    UNZONED,
    Crossing,
    Judge,
    Relevant,
    crossings,
    finding_of,
    nothing_excused,
)
from zonecheck.policy.extent import extent_of
from zonecheck.policy.flow_ends import public_peers
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration
from zonecheck.prove import Flow, Reachability


@dataclass(frozen=True, slots=True)
class _Waypoint:
    """Where traffic has to pass: devices, or all edges of external networks that name none.

    `lines` are the segments in which networks that name gateways have their edges, with these
    gateways: only there has what passes a gateway passed the waypoint.
    """

    lines: Mapping[str, frozenset[str]]
    edges_of: frozenset[str]

    def is_edge(self, point: AttachmentPoint) -> bool:
        """Return whether what comes or goes at a point has passed the waypoint."""
        return point.kind is AttachmentKind.EDGE and point.node in self.edges_of


def _waypoint(analysis: Analysis, role: str) -> _Waypoint:
    """Return what external networks of a role make traffic pass.

    If no network is said to have the role, in the lower closure each one without a role may.
    """
    externals = analysis.topology.externals
    found = [e for e in externals if e.role == role]
    if not found and analysis.closure is Closure.LOWER:
        return _Waypoint({}, frozenset(e.id for e in externals if e.role is None))
    lines: dict[str, frozenset[str]] = {}
    for external in found:
        for edge in external.edges:
            known = lines.get(edge.segment, frozenset())
            lines[edge.segment] = known | frozenset(external.gateways)
    return _Waypoint(lines, frozenset(e.id for e in found if not e.gateways))


def _around(
    analysis: Analysis, waypoint: _Waypoint, relevant: Relevant, judge: Judge
) -> Iterator[tuple[Crossing, Reachability]]:
    """Yield what crosses although the waypoint hands nothing on, with the ways it has.

    The gateways of a line count for what ends or begins at an edge in that line. What a gateway
    hands on to any other line has not passed the waypoint, whoever owns the gateway.
    """
    line_of = {
        AttachmentPoint(AttachmentKind.EDGE, external.id, edge.id): edge.segment
        for external in analysis.topology.externals
        for edge in external.edges
    }

    def gateways(point: AttachmentPoint) -> frozenset[str]:
        return waypoint.lines.get(line_of.get(point, ""), frozenset())

    for passed in sorted({gateways(point) for point in line_of}, key=sorted):

        def by_this_line(
            a: AttachmentPoint, b: AttachmentPoint, passed: frozenset[str] = passed
        ) -> bool:
            edges = [point for point in (a, b) if point in line_of]
            return any(gateways(point) == passed for point in edges) and relevant(a, b)

        reach = analysis.reach_without(passed)
        for crossing in crossings(analysis, reach, by_this_line, judge):
            yield crossing, reach


def ask_public_body_via_lgwan(analysis: Analysis) -> Outcome:
    """What the My Number area exchanges with an excepted peer passes the LGWAN gateway."""
    peers = public_peers(analysis.topology)
    waypoint = _waypoint(analysis, LGWAN_ROLE)
    findings: list[Finding] = []
    for end, peer, _ in peers:
        findings += _around_lgwan(analysis, waypoint, end, peer)
    return Outcome(tuple(findings), len(peers))


def _around_lgwan(
    analysis: Analysis, waypoint: _Waypoint, end: EndpointRef, peer: Peer
) -> list[Finding]:
    addressing = analysis.plane.addressing
    to, come_from = addressing.to(peer.addresses), addressing.come_from(peer.addresses)

    def outside(point: AttachmentPoint) -> bool:
        if point.kind is not AttachmentKind.EDGE or waypoint.is_edge(point):
            return False
        return analysis.zone_of(point) != MYNUMBER

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return any(
            analysis.may_lie_in(one, MYNUMBER) and outside(other) for one, other in ((a, b), (b, a))
        )

    def judge(flow: Flow, origin: Origin, destination: AttachmentPoint) -> PacketSet:
        found = analysis.space.empty
        if outside(destination):
            found |= flow.arriving(to) | (flow.everything & to)
        if outside(origin.point):
            found |= flow.everything & come_from
        return found

    found = _around(analysis, waypoint, relevant, judge)
    code = "public-body-via-lgwan.around"
    return [finding_of(analysis, item, code, reach=reach, peer=end) for item, reach in found]


def ask_egress_via_security_cloud(analysis: Analysis) -> Outcome:
    """Between the areas of the policy and open networks everything passes the security cloud."""
    waypoint = _waypoint(analysis, SECURITY_CLOUD_ROLE)

    def ours(point: AttachmentPoint) -> bool:
        if point.kind is AttachmentKind.EDGE:
            return False
        zone = analysis.zone_of(point)
        return zone in analysis.areas or (zone is None and analysis.closure is Closure.UPPER)

    def elsewhere(point: AttachmentPoint) -> bool:
        if point.kind is not AttachmentKind.EDGE or not analysis.is_open(point.node):
            return False
        return not waypoint.is_edge(point)

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return (ours(a) and elsewhere(b)) or (ours(b) and elsewhere(a))

    found = _around(analysis, waypoint, relevant, nothing_excused)
    code = "egress-via-security-cloud.around"
    findings = [finding_of(analysis, item, code, reach=reach) for item, reach in found]
    missing: tuple[MissingDeclaration, ...] = ()
    if analysis.profile.internet_edge == "attachment":
        findings += _attachments(analysis)
        missing = _undescribed(analysis)
    return Outcome(tuple(findings), _examined(analysis, ours), missing)


def _attachments(analysis: Analysis) -> list[Finding]:
    """Return the attachments to open networks besides those of the security cloud.

    Networks of others that the policy leaves out are not ways of ours to the Internet.
    """
    found: list[Finding] = []
    for external in analysis.topology.externals:
        left_out = external.role in (None, SECURITY_CLOUD_ROLE) or external.scope is not None
        if left_out or not analysis.is_open(external.id):
            continue
        for edge in external.edges:
            name = f"{external.id}/{edge.id}"
            message = Message.of("egress-via-security-cloud.attachment", edge=name)
            point = AttachmentPoint(AttachmentKind.EDGE, external.id, edge.id)
            zones = (analysis.zone_of(point) or UNZONED,)
            control = MissingControl(name, edge.source)
            segment = edge.segment, analysis.topology.zone_of_segment(edge.segment)
            extent = extent_of("attachment", name, segment)
            found.append(Finding(message, zones, control, edge.source, extent=extent))
    return found


def _undescribed(analysis: Analysis) -> tuple[MissingDeclaration, ...]:
    """Return the open networks of which nobody says what they are: the cloud's or another line."""
    return tuple(
        MissingDeclaration(Message.of("missing.scope", subject=external.id), external.source)
        for external in analysis.topology.externals
        if external.role is None and external.scope is None and analysis.is_open(external.id)
    )


def _examined(analysis: Analysis, ours: Callable[[AttachmentPoint], bool]) -> int:
    """Return between how many of our points and edges of open networks the statement speaks."""
    points = [origin.point for origin in analysis.plane.origins]
    edges = [p for p in points if p.kind is AttachmentKind.EDGE and analysis.is_open(p.node)]
    return len(edges) * sum(1 for point in points if ours(point))


CHECKS = (
    Check("public-body-via-lgwan", 1, (PACKETS, ROLES), ask_public_body_via_lgwan),
    Check("egress-via-security-cloud", 1, (PACKETS, ROLES, SCOPE), ask_egress_via_security_cloud),
)
