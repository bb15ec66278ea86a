"""The information-flow graph (docs/semantics.md, section 6).

Nodes hold or relay data; an edge says that payload may go from one node to another, and on what
evidence. The graph is built under the closure of its data plane.
"""

from collections.abc import Iterator
from itertools import chain

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.packets import PacketSet
from zonecheck.prove.admission_edges import admission_edges
from zonecheck.prove.evidence import (
    Evidence,
    FlowNode,
    ServiceEdge,
    SessionEdge,
    UndeclaredEdge,
)
from zonecheck.prove.excuse import Excuses
from zonecheck.prove.flow import Flow, Part
from zonecheck.prove.flow_nodes import FlowNodes
from zonecheck.prove.mirror_ports import mirror_edges
from zonecheck.prove.out_of_band import out_of_band_edges
from zonecheck.prove.platform_edges import platform_edges
from zonecheck.prove.reachability import Reachability
from zonecheck.prove.shared_domains import domain_edges, listened
from zonecheck.prove.two_sided import Opened, commanded_edges, service_edges, service_ports


class InformationFlow:
    """The graph: successors by node, each with its evidence.

    `excuses` names the legs whose excused packets make no edge; None keeps every packet. `edges`
    keeps the most telling evidence of each edge; `evidence` has all there is, if `all_evidence` is
    asked for, which takes as much memory as the network has sessions.
    """

    def __init__(
        self, reach: Reachability, excuses: Excuses | None = None, *, all_evidence: bool = False
    ) -> None:
        self._reach = reach
        self._plane = reach.plane
        self._topology = reach.plane.topology
        self._excuses = excuses
        self._keeps_all = all_evidence
        self.nodes = FlowNodes(self._plane)
        self.edges: dict[FlowNode, dict[FlowNode, list[Evidence]]] = {}
        self.evidence: dict[tuple[FlowNode, FlowNode], list[Evidence]] = {}
        for origin in self._plane.origins:
            for node in self.nodes.at(origin.point):
                self.edges.setdefault(node, {})
        for source, target, evidence in service_edges(self._plane):
            self._add(source, target, evidence)
        self._add_carriers()
        self._add_sessions()
        for source, target, evidence in domain_edges(self.nodes, self._plane):
            self._add(source, target, evidence)
        for source, target, evidence in chain(
            platform_edges(self.nodes, self._plane),
            out_of_band_edges(self.nodes, self._plane),
            mirror_edges(self.nodes, self._reach),
            admission_edges(self.nodes, self._plane),
        ):
            self._add(source, target, evidence)

    def zones_of(self, node: FlowNode) -> frozenset[str | None]:
        """Return the zones a node lies in (see FlowNodes)."""
        return self.nodes.zones_of(node)

    def relays(self, node: FlowNode) -> bool:
        """Return whether a node passes on what reaches it."""
        return self.nodes.relays(node)

    def _add(self, a: FlowNode, b: FlowNode, evidence: Evidence) -> None:
        """Add an edge. Services are all kept, since a proof may delete them one by one."""
        self.edges.setdefault(b, {})
        if a == b:
            return
        if self._keeps_all:
            self.evidence.setdefault((a, b), []).append(evidence)
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

    # --- sessions --------------------------------------------------------------------------

    def _add_sessions(self) -> None:
        opened: list[Opened] = []
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

    def _add_commanded(self, opened: list[Opened]) -> None:
        for source, target, edge in commanded_edges(self.nodes, self._plane, opened):
            self._add(source, target, edge)

    def _senders(self, origin: Origin, headers: PacketSet) -> Iterator[tuple[FlowNode, PacketSet]]:
        """Yield the nodes a session starts in, each with its share."""
        point = origin.point
        if point.kind is not AttachmentKind.EDGE:
            yield self.nodes.at(point)[0], headers
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
            part = part.arriving(listened(self._plane, host, host.interface(point.port)))
        if part.sent.is_empty:
            return
        if point.kind is not AttachmentKind.HOST:
            yield self.nodes.at(point)[0], part.sent
            return
        host = self._topology.host_by_id[point.node]
        if not host.two_sided or answers:
            yield self.nodes.of_interface(point), part.sent
            return
        services = service_ports(
            self._plane, host, self.nodes.side(host, host.interface(point.port))
        )
        at_service = part.arriving(services).sent
        at_core = part.arriving(self._plane.space.everything - services).sent
        if not at_service.is_empty:
            yield self.nodes.of_interface(point), at_service
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

    # --- carriers ----------------------------------------------------------------------------

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


def _within_a_carrier(a: AttachmentPoint, b: AttachmentPoint) -> bool:
    """Return whether both are edges of one network: what its members share is its own affair."""
    return a.kind is b.kind is AttachmentKind.EDGE and a.node == b.node
