"""All ways of information at once, where `relay.shortest_chain` finds one of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from zonecheck.prove.evidence import (
    DomainEdge,
    Evidence,
    FlowNode,
    PlatformEdge,
    ServiceEdge,
    SessionEdge,
)
from zonecheck.prove.information import InformationFlow
from zonecheck.prove.relay import EdgeFilter

Told = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class WayRelation:
    """The nodes and edges that lie on any way from some nodes to others.

    Nodes are told with their zones, whether they relay, and at which end of a way they may be;
    edges with all there is to say of their evidence. Both are made of texts, numbers and packet
    sets, and depend on no order and no numbering.
    """

    nodes: frozenset[Told]
    edges: frozenset[Told]


def ways_between(
    flow: InformationFlow,
    sources: Iterable[FlowNode],
    targets: Iterable[FlowNode],
    *,
    deleted: EdgeFilter | None = None,
) -> WayRelation:
    """Return what lies on any way for payload from any source to any target.

    Edges for which `deleted` is true do not exist. If anything more gets from a source to a target
    this is another relation: a new way has a node that relays, an end, an edge or evidence on one
    that was not there.
    """
    starts, ends = frozenset(sources), frozenset(targets)
    evidence = {
        ends_of: left
        for ends_of, found in flow.evidence.items()
        if (left := [e for e in found if deleted is None or not deleted(e)])
    }
    further: dict[FlowNode, set[FlowNode]] = {}
    back: dict[FlowNode, set[FlowNode]] = {}
    for a, b in evidence:
        further.setdefault(a, set()).add(b)
        back.setdefault(b, set()).add(a)
    from_start = _spread(flow, starts, further)
    to_end = _spread(flow, ends, back)
    leaving = {n for n in from_start if n in starts or flow.relays(n)}
    entering = {n for n in to_end if n in ends or flow.relays(n)}
    edges: set[Told] = set()
    nodes = set(starts & ends)
    for (a, b), found in evidence.items():
        if a in leaving and b in entering:
            nodes |= {a, b}
            edges |= _told_edges(a, b, found)
    return WayRelation(
        frozenset(
            (*_name(n), flow.relays(n), _zones(flow, n), n in starts, n in ends) for n in nodes
        ),
        frozenset(edges),
    )


def _spread(
    flow: InformationFlow, starts: Iterable[FlowNode], successors: dict[FlowNode, set[FlowNode]]
) -> set[FlowNode]:
    """Return what is got to from some nodes through nodes that relay, these nodes included."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for successor in successors.get(waiting.pop(), ()):
            if successor not in found:
                found.add(successor)
                if flow.relays(successor):
                    waiting.append(successor)
    return found


def _told_edges(a: FlowNode, b: FlowNode, evidence: Iterable[Evidence]) -> set[Told]:
    """Return everything that makes an edge; sessions between the same two points are one."""
    told: set[Told] = set()
    sessions: dict[Told, SessionEdge] = {}
    for each in evidence:
        if isinstance(each, SessionEdge):
            points: Told = (*each.origin.point.order, *each.destination.order)
            known = sessions.get(points)
            headers = each.headers if known is None else known.headers | each.headers
            sessions[points] = SessionEdge(each.origin, each.destination, headers)
        else:
            told.add((*_name(a), *_name(b), *_told(each)))
    for points, session in sessions.items():
        told.add((*_name(a), *_name(b), "session", *points, session.headers))
    return told


def _told(evidence: Evidence) -> Told:
    if isinstance(evidence, DomainEdge):
        return ("domain", *sorted((evidence.a.order, evidence.b.order)))
    if isinstance(evidence, ServiceEdge):
        service = evidence.service
        blocked = service.reverse_blocked is not None
        settings = (service.mail_mode, service.file_mode, service.unsanitisable, blocked)
        redirected = frozenset(service.redirection)
        kind = service.method.value, service.data_from.value, evidence.reverse
        return ("service", evidence.host, *kind, *settings, redirected)
    if isinstance(evidence, PlatformEdge):
        return ("platform", evidence.kind, evidence.subject)
    if isinstance(evidence, SessionEdge):
        raise TypeError("sessions are told together")
    return ("undeclared", evidence.node)


def _name(node: FlowNode) -> tuple[str, str, str]:
    return node.kind, node.id, node.part


def _zones(flow: InformationFlow, node: FlowNode) -> tuple[str, ...]:
    return tuple(sorted(zone or "-" for zone in flow.zones_of(node)))
