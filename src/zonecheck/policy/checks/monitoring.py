"""Traffic with the outside, and inside, is watched and controlled where the policy says so."""

from collections.abc import Callable

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.attribute import MONITORING, values_of
from zonecheck.model.zone import INTERNET, LGWAN
from zonecheck.packets import UDP, PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import PACKETS, Check, Outcome
from zonecheck.policy.check import attribute as on
from zonecheck.policy.crossing import nothing_excused
from zonecheck.policy.observation import ask_watched
from zonecheck.policy.published import published
from zonecheck.policy.roles import is_server, is_terminal
from zonecheck.policy.sessions import MAIL, tcp
from zonecheck.prove import Flow

_RESTS_ON = (PACKETS, on("capabilities"), on("responsible"))
_WEB = (80, 443, 8080)
_QUIC = 443


def _is_edge(point: AttachmentPoint) -> bool:
    return point.kind is AttachmentKind.EDGE


def _is_host(point: AttachmentPoint) -> bool:
    return point.kind in (AttachmentKind.HOST, AttachmentKind.ACCESS)


def _count(analysis: Analysis, wanted: Callable[[AttachmentPoint], bool]) -> int:
    return sum(1 for origin in analysis.plane.origins if wanted(origin.point))


def ask_internet_monitoring_coverage(analysis: Analysis) -> Outcome:
    """Between the Internet area and the outside nothing passes unwatched."""

    def inside(point: AttachmentPoint) -> bool:
        return not _is_edge(point) and analysis.may_lie_in(point, INTERNET)

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return (inside(a) and analysis.is_open_edge(b)) or (inside(b) and analysis.is_open_edge(a))

    code = "internet-monitoring-coverage.unwatched"
    edges = _count(analysis, analysis.is_open_edge)
    examined = edges * _count(analysis, inside)
    return ask_watched(analysis, MONITORING, relevant, nothing_excused, code, examined)


def ask_lgwan_access_monitoring(analysis: Analysis) -> Outcome:
    """What comes to the LGWAN area from the Internet area, or from LGWAN, is watched."""

    def inside(point: AttachmentPoint) -> bool:
        return not _is_edge(point) and analysis.may_lie_in(point, LGWAN)

    def outside(point: AttachmentPoint) -> bool:
        if _is_edge(point):
            return analysis.zone_of(point) != LGWAN
        return analysis.may_lie_in(point, INTERNET)

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return outside(a) and inside(b)

    code = "lgwan-access-monitoring.unwatched"
    examined = _count(analysis, outside) * _count(analysis, inside)
    return ask_watched(analysis, MONITORING, relevant, nothing_excused, code, examined)


def ask_ids_on_external_link(analysis: Analysis) -> Outcome:
    """Whatever passes an attachment to a network of others passes intrusion detection."""

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        stacks = AttachmentKind.STACK in (a.kind, b.kind)
        return (_is_edge(a) or _is_edge(b)) and a.node != b.node and not stacks

    code = "ids-on-external-link.unwatched"
    edges = _count(analysis, _is_edge)
    return ask_watched(analysis, ("ids",), relevant, nothing_excused, code, edges)


def ask_east_west_monitoring(analysis: Analysis) -> Outcome:
    """What terminals and servers of different segments exchange is watched."""
    topology = analysis.topology
    hosts = topology.host_by_id
    terminals = frozenset(host.id for host in hosts.values() if is_terminal(topology, host))
    servers = frozenset(host.id for host in hosts.values() if is_server(topology, host))

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        if a.kind is not AttachmentKind.HOST or b.kind is not AttachmentKind.HOST:
            return False
        if a.node not in terminals or b.node not in servers:
            return False
        segments = [hosts[p.node].interface(p.port).segment for p in (a, b)]
        return segments[0] != segments[1] and analysis.is_ours(a) and analysis.is_ours(b)

    code = "east-west-monitoring.unwatched"
    examined = len(terminals) * len(servers)
    return ask_watched(analysis, ("ids", "flow-monitor"), relevant, nothing_excused, code, examined)


def ask_mail_egress_control(analysis: Analysis) -> Outcome:
    """Mail that leaves for an open network passes a control."""
    mail = tcp(analysis, MAIL)

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return analysis.is_ours(a) and _is_host(a) and analysis.is_open_edge(b)

    code = "mail-egress-control.uncontrolled"
    examined = _count(analysis, analysis.is_open_edge)
    judge = _of(mail)
    return ask_watched(analysis, ("mail-control",), relevant, judge, code, examined)


def ask_web_category_blocked(analysis: Analysis) -> Outcome:
    """What is browsed in an open network passes a filter of categories."""
    quic = analysis.space.box(protocols=[(UDP, UDP)], dst_ports=[(_QUIC, _QUIC)])
    web = tcp(analysis, _WEB) | quic

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return analysis.is_ours(a) and _is_host(a) and analysis.is_open_edge(b)

    code = "web-category-blocked.unfiltered"
    examined = _count(analysis, analysis.is_open_edge)
    return ask_watched(analysis, ("web-filter",), relevant, _of(web), code, examined)


def ask_dos_protection_declared(analysis: Analysis) -> Outcome:
    """Whatever an open network can open to a public system passes a protection, or it has one."""
    hosts = published(analysis)
    public = frozenset(h.id for h in hosts if values_of(h.attributes, "dos_protection") is None)
    examined = len(hosts)

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return analysis.is_open_edge(a) and b.kind is AttachmentKind.HOST and b.node in public

    def judge(flow: Flow, origin: Origin, destination: AttachmentPoint) -> PacketSet:  # noqa: ARG001
        return flow.fresh

    code = "dos-protection-declared.unprotected"
    return ask_watched(analysis, ("dos-protection",), relevant, judge, code, examined)


def _of(headers: PacketSet) -> Callable[[Flow, Origin, AttachmentPoint], PacketSet]:
    """Return the judgement that leaves first headers of some kind."""

    def judge(flow: Flow, origin: Origin, destination: AttachmentPoint) -> PacketSet:  # noqa: ARG001
        return flow.at_once.arriving(headers)

    return judge


CHECKS = (
    Check("internet-monitoring-coverage", 1, _RESTS_ON, ask_internet_monitoring_coverage),
    Check("lgwan-access-monitoring", 2, _RESTS_ON, ask_lgwan_access_monitoring),
    Check("ids-on-external-link", 1, _RESTS_ON, ask_ids_on_external_link),
    Check("mail-egress-control", 2, _RESTS_ON, ask_mail_egress_control),
    Check("web-category-blocked", 2, _RESTS_ON, ask_web_category_blocked),
    Check(
        "dos-protection-declared",
        3,
        (*_RESTS_ON, on("exposure"), on("dos_protection")),
        ask_dos_protection_declared,
    ),
    Check("east-west-monitoring", 2, _RESTS_ON, ask_east_west_monitoring),
)
