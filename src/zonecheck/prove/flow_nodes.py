"""The nodes of the information flow: where they stand, what they relay (section 6)."""

from zonecheck.dataplane import DataPlane
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.host import Host, HostInterface, Side
from zonecheck.model.zone import external_zone
from zonecheck.prove.evidence import DATASTORE, HYPERVISOR, OUT_OF_BAND, FlowNode
from zonecheck.prove.openness import zone_of_external

CORE = "core"


class FlowNodes:
    """The nodes of one data plane, under its closure."""

    def __init__(self, plane: DataPlane) -> None:
        self._plane = plane
        self._topology = plane.topology
        self._commanding = {hypervisor.management for hypervisor in plane.topology.hypervisors}
        self._commanded_by_anyone = {
            item.id for item in plane.topology.hypervisors if item.commanded_by_anyone
        }

    def at(self, point: AttachmentPoint) -> list[FlowNode]:
        """Return the nodes at an attachment point: of an external network all its peers."""
        if point.kind is AttachmentKind.HOST:
            return [self.of_interface(point)]
        if point.kind is AttachmentKind.ACCESS:
            return [FlowNode("access", point.node)]
        if point.kind is AttachmentKind.STACK:
            return [FlowNode("stack", point.node)]
        return self.of_external(point.node)

    def of_external(self, name: str) -> list[FlowNode]:
        """Return the node of an external network, then those of its peers."""
        external = self._topology.external_by_id[name]
        peers = [FlowNode("peer", external.id, peer.id) for peer in external.peers]
        return [FlowNode("external", external.id), *peers]

    def of_interface(self, point: AttachmentPoint) -> FlowNode:
        """Return the node of a host that an interface of it belongs to."""
        host = self._topology.host_by_id[point.node]
        if not host.two_sided:
            return FlowNode("host", host.id)
        side = self.side(host, host.interface(point.port))
        return FlowNode("host", host.id, side.value if side is not None else CORE)

    def of_host(self, name: str) -> list[FlowNode]:
        """Return all nodes of a host: one, or three of a two-sided host."""
        if not self._topology.host_by_id[name].two_sided:
            return [FlowNode("host", name)]
        return [FlowNode("host", name, part) for part in (CORE, *(side.value for side in Side))]

    def side(self, host: Host, interface: HostInterface) -> Side | None:
        """Return the side of an interface; undeclared, in the lower closure the likelier one."""
        if interface.side is not None or self._plane.closure is Closure.UPPER:
            return interface.side
        declared = {other.side for other in host.interfaces}
        return Side.INNER if Side.OUTER in declared else Side.OUTER

    def zones_of(self, node: FlowNode) -> frozenset[str | None]:
        """Return the zones a node lies in; stacks, platforms and cores relay and lie in none.

        None stands for a segment without a zone, which the lower closure leaves out. A hypervisor
        that does not say who commands it lies, in the upper one, where no zone of ours is.
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
        if node.kind == OUT_OF_BAND:
            return frozenset({external_zone(node.id)})
        if node.kind == HYPERVISOR and node.id in self._commanded_by_anyone:
            upper = self._plane.closure is Closure.UPPER
            return frozenset({external_zone(node.id)}) if upper else frozenset()
        if node.kind in ("stack", HYPERVISOR, DATASTORE) or node.part == CORE:
            return frozenset()
        host = topology.host_by_id[node.id]
        return frozenset(
            topology.zone_of_segment(i.segment)
            for i in host.interfaces
            if not node.part or self._is_on(host, i, node.part)
        )

    def _is_on(self, host: Host, interface: HostInterface, part: str) -> bool:
        side = self.side(host, interface)
        return side is not None and side.value == part

    def relays(self, node: FlowNode) -> bool:
        """Return whether a node passes on what reaches it."""
        if node.kind != "host" or node.id in self._commanding:
            return True
        host = self._topology.host_by_id[node.id]
        if host.relays:
            return True
        return host.relay_basis is None and self._plane.closure is Closure.UPPER
