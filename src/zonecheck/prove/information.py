"""The information-flow graph (docs/semantics.md, section 6).

Nodes hold or relay data; an edge says that payload may go from one node to another, and on what
evidence. The graph is built under the closure of its data plane.
"""

from collections.abc import Iterator

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.host import ONE_WAY, Host, HostInterface, Listens, Side
from zonecheck.packets import PacketSet
from zonecheck.prove.evidence import (
    DomainEdge,
    Evidence,
    FlowNode,
    ServiceEdge,
    SessionEdge,
    UndeclaredEdge,
)
from zonecheck.prove.excuse import Excuses
from zonecheck.prove.flow import Flow, Part
from zonecheck.prove.openness import zone_of_external
from zonecheck.prove.reachability import Reachability


class InformationFlow:
    """The graph: successors by node, each with its evidence.

    `excuses` names the legs whose excused packets make no edge; None keeps every packet.
    """

    def __init__(self, reach: Reachability, excuses: Excuses | None = None) -> None:
        self._reach = reach
        self._plane = reach.plane
        self._topology = reach.plane.topology
        self._excuses = excuses
        self.edges: dict[FlowNode, dict[FlowNode, list[Evidence]]] = {}
        for origin in self._plane.origins:
            for node in self._nodes_at(origin.point):
                self.edges.setdefault(node, {})
        self._add_service_edges()
        self._add_carriers()
        self._add_sessions()
        self._add_shared_domains()

    def zones_of(self, node: FlowNode) -> frozenset[str | None]:
        """Return the zones a node lies in; stacks and cores only relay and lie in none.

        None stands for a segment without a zone, which the lower closure leaves out.
        """
        zones = self._all_zones_of(node)
        return zones - {None} if self._plane.closure is Closure.LOWER else zones

    def _all_zones_of(self, node: FlowNode) -> frozenset[str | None]:
        topology = self._topology
        if node.kind in ("external", "peer"):
            external = topology.external_by_id[node.id]
            return frozenset({zone_of_external(external, self._plane.closure)})
        if node.kind == "access":
            return frozenset({topology.zone_of_segment(node.id)})
        if node.kind == "stack" or node.part == "core":
            return frozenset()
        host = topology.host_by_id[node.id]
        return frozenset(
            topology.zone_of_segment(i.segment)
            for i in host.interfaces
            if not node.part or self._is_on(host, i, node.part)
        )

    def _is_on(self, host: Host, interface: HostInterface, part: str) -> bool:
        side = self._side(host, interface)
        return side is not None and side.value == part

    def relays(self, node: FlowNode) -> bool:
        """Return whether a node passes on what reaches it."""
        if node.kind != "host":
            return True
        host = self._topology.host_by_id[node.id]
        if host.relays:
            return True
        return host.relay_basis is None and self._plane.closure is Closure.UPPER

    def _add(self, a: FlowNode, b: FlowNode, evidence: Evidence) -> None:
        """Add an edge. Services are all kept, since a proof may delete them one by one."""
        self.edges.setdefault(b, {})
        if a == b:
            return
        known = self.edges.setdefault(a, {}).setdefault(b, [])
        if isinstance(evidence, ServiceEdge):
            known.append(evidence)
            return
        others = [e for e in known if not isinstance(e, ServiceEdge)]
        if not others:
            known.append(evidence)
        elif self._cost(evidence) < self._cost(others[0]):
            known[known.index(others[0])] = evidence

    def _cost(self, evidence: Evidence) -> int:
        """Return how poor an evidence is: sessions with honest first packets are the best."""
        if not isinstance(evidence, SessionEdge):
            return 1
        if (evidence.headers & evidence.origin.honest).is_empty:
            return 2
        fresh = self._reach.flow(evidence.origin, evidence.destination).fresh
        return 1 if (evidence.headers & evidence.origin.honest & fresh).is_empty else 0

    def _nodes_at(self, point: AttachmentPoint) -> list[FlowNode]:
        if point.kind is AttachmentKind.HOST:
            return [self._host_node(point)]
        if point.kind is AttachmentKind.ACCESS:
            return [FlowNode("access", point.node)]
        if point.kind is AttachmentKind.STACK:
            return [FlowNode("stack", point.node)]
        external = self._topology.external_by_id[point.node]
        peers = [FlowNode("peer", external.id, peer.id) for peer in external.peers]
        return [FlowNode("external", external.id), *peers]

    def _host_node(self, point: AttachmentPoint) -> FlowNode:
        host = self._topology.host_by_id[point.node]
        if not host.two_sided:
            return FlowNode("host", host.id)
        side = self._side(host, host.interface(point.port))
        return FlowNode("host", host.id, side.value if side is not None else "core")

    def _side(self, host: Host, interface: HostInterface) -> Side | None:
        """Return the side of an interface; undeclared, in the lower closure the likelier one."""
        if interface.side is not None or self._plane.closure is Closure.UPPER:
            return interface.side
        declared = {other.side for other in host.interfaces}
        return Side.INNER if Side.OUTER in declared else Side.OUTER

    # --- sessions --------------------------------------------------------------------------

    def _add_sessions(self) -> None:
        opened: list[tuple[FlowNode, FlowNode, SessionEdge]] = []
        for origin in self._plane.origins:
            if origin.may_send.is_empty:
                continue
            for destination in self._reach.destinations(origin):
                if _within_a_carrier(origin.point, destination):
                    continue
                flow = self._reach.flow(origin, destination)
                if self._excuses is not None:
                    flow = self._excuses.judge(flow, origin, destination)
                for target, headers in self._accepted(destination, flow):
                    for source, sent in self._senders(origin, headers):
                        edge = SessionEdge(origin, destination, sent)
                        self._add(source, target, edge)
                        self._add(target, source, edge)
                        opened.append((source, target, edge))
        self._add_commanded(opened)

    def _add_commanded(self, opened: list[tuple[FlowNode, FlowNode, SessionEdge]]) -> None:
        """Let the core of a host that the outer side has a session with open what it can."""
        commanded = {
            target.id
            for _, target, edge in opened
            if target.part == "core" and not self._is_inner(edge.destination)
        }
        for source, target, edge in opened:
            if source.kind == "host" and source.part and source.id in commanded:
                core = FlowNode("host", source.id, "core")
                self._add(core, target, edge)
                self._add(target, core, edge)

    def _is_inner(self, point: AttachmentPoint) -> bool:
        host = self._topology.host_by_id[point.node]
        return self._side(host, host.interface(point.port)) is Side.INNER

    def _senders(self, origin: Origin, headers: PacketSet) -> Iterator[tuple[FlowNode, PacketSet]]:
        """Yield the nodes a session starts in, each with its share."""
        point = origin.point
        if point.kind is not AttachmentKind.EDGE:
            yield self._nodes_at(point)[0], headers
            return
        external = self._topology.external_by_id[point.node]
        rest = headers
        for peer in external.peers:
            sent = headers & self._plane.addressing.come_from(peer.addresses)
            rest -= sent
            if not sent.is_empty:
                yield FlowNode("peer", external.id, peer.id), sent
        if not rest.is_empty:
            yield FlowNode("external", external.id), rest

    def _accepted(self, point: AttachmentPoint, flow: Flow) -> Iterator[tuple[FlowNode, PacketSet]]:
        """Yield the nodes that take what arrives at a point, each with what was sent to it."""
        errors = self._plane.filters.error_headers
        for part in flow.fresh_parts:
            yield from self._taken(point, part, answers=False)
        for part in flow.state_parts:
            yield from self._taken(point, part.without(errors), answers=True)

    def _taken(
        self, point: AttachmentPoint, part: Part, *, answers: bool
    ) -> Iterator[tuple[FlowNode, PacketSet]]:
        """Yield who takes a part; `answers` tells that only session state lets it through."""
        if point.kind is AttachmentKind.EDGE:
            yield from self._taken_outside(point, part)
            return
        if point.kind is AttachmentKind.HOST and not answers:
            host = self._topology.host_by_id[point.node]
            part = part.arriving(self._listens(host, host.interface(point.port)))
        if part.sent.is_empty:
            return
        if point.kind is not AttachmentKind.HOST:
            yield self._nodes_at(point)[0], part.sent
            return
        host = self._topology.host_by_id[point.node]
        if not host.two_sided or answers:
            yield self._host_node(point), part.sent
            return
        services = self._service_ports(host, self._side(host, host.interface(point.port)))
        at_service = part.arriving(services).sent
        at_core = part.arriving(self._plane.space.everything - services).sent
        if not at_service.is_empty:
            yield self._host_node(point), at_service
        if not at_core.is_empty:
            yield FlowNode("host", host.id, "core"), at_core

    def _taken_outside(
        self, point: AttachmentPoint, part: Part
    ) -> Iterator[tuple[FlowNode, PacketSet]]:
        external = self._topology.external_by_id[point.node]
        elsewhere = self._plane.space.everything
        for peer in external.peers:
            to_peer = self._plane.addressing.to(peer.addresses)
            elsewhere -= to_peer
            taken = part.arriving(to_peer).sent
            if not taken.is_empty:
                yield FlowNode("peer", external.id, peer.id), taken
        rest = part.arriving(elsewhere).sent
        if not rest.is_empty:
            yield FlowNode("external", external.id), rest

    def _closed_list(self, host: Host, interface: HostInterface) -> Listens | None:
        """Return the closed list of a side, which in the upper closure needs a basis."""
        listens = interface.listens
        if listens is None or self._plane.closure is Closure.LOWER:
            return listens
        return listens if (listens.basis or host.basis) is not None else None

    def _listens(self, host: Host, interface: HostInterface) -> PacketSet:
        """Return what a side accepts."""
        listens = self._closed_list(host, interface)
        if listens is None:
            return self._plane.space.everything
        if not listens.services:
            return self._plane.space.empty
        return self._plane.filters.services(listens.services)

    def _service_ports(self, host: Host, side: Side | None) -> PacketSet:
        result = self._plane.space.empty
        if side is None:
            return result
        for service in host.services:
            accepted = service.accepts(side)
            if accepted:
                result |= self._plane.filters.services(accepted)
        return result

    # --- two-sided hosts and shared domains --------------------------------------------------

    def _add_service_edges(self) -> None:
        for host in self._topology.hosts:
            if not host.two_sided:
                continue
            parts = {side: FlowNode("host", host.id, side.value) for side in Side}
            for service in host.services:
                source, target = parts[service.data_from], parts[service.data_from.other]
                self._add(source, target, ServiceEdge(host.id, service, reverse=False))
            for service in host.services:
                if service.reverse_blocked is None and host.role != ONE_WAY:
                    source, target = parts[service.data_from.other], parts[service.data_from]
                    self._add(source, target, ServiceEdge(host.id, service, reverse=True))
            undecided = host.basis is None or any(i.side is None for i in host.interfaces)
            if undecided and self._plane.closure is Closure.UPPER:
                core = FlowNode("host", host.id, "core")
                for part in parts.values():
                    self._add(part, core, UndeclaredEdge(host.id))
                    self._add(core, part, UndeclaredEdge(host.id))

    def _add_carriers(self) -> None:
        """Let a carrier relay between its members where nothing says that it does not."""
        for external in self._topology.externals:
            if external.basis is not None or self._plane.closure is Closure.LOWER:
                continue
            network = FlowNode("external", external.id)
            for peer in external.peers:
                member = FlowNode("peer", external.id, peer.id)
                self._add(network, member, UndeclaredEdge(external.id))
                self._add(member, network, UndeclaredEdge(external.id))

    def _add_shared_domains(self) -> None:
        present: dict[int, list[AttachmentPoint]] = {}
        for origin in self._plane.origins:
            if not self._stays_out(origin.point):
                for domain in {self._plane.common_domain(d) for d in origin.domains}:
                    present.setdefault(domain, []).append(origin.point)
        for domain, points in present.items():
            for a in points:
                for b in points:
                    if a != b and not (self._is_closed(a) and self._is_closed(b)):
                        self._add(
                            self._nodes_at(a)[0], self._nodes_at(b)[0], DomainEdge(a, b, domain)
                        )

    def _stays_out(self, point: AttachmentPoint) -> bool:
        """Return whether a point takes no part in what its domain shares.

        Stacks, and the access ports of guarded segments: nothing unknown is plugged in there.
        """
        if point.kind is AttachmentKind.ACCESS:
            return self._topology.segment_by_id[point.node].guarded
        return point.kind is AttachmentKind.STACK

    def _is_closed(self, point: AttachmentPoint) -> bool:
        if point.kind is not AttachmentKind.HOST:
            return False
        host = self._topology.host_by_id[point.node]
        return self._closed_list(host, host.interface(point.port)) is not None


def _within_a_carrier(a: AttachmentPoint, b: AttachmentPoint) -> bool:
    """Return whether both are edges of one network: what its members share is its own affair."""
    return a.kind is b.kind is AttachmentKind.EDGE and a.node == b.node
