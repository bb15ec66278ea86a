"""What hosts share below the network: hypervisors and datastores (docs/semantics.md, section 6)."""

from collections.abc import Iterable, Iterator

from zonecheck.dataplane import DataPlane
from zonecheck.model.closure import Closure
from zonecheck.model.platform import Hypervisor
from zonecheck.prove.evidence import DATASTORE, HYPERVISOR, Evidence, FlowNode, PlatformEdge
from zonecheck.prove.flow_nodes import FlowNodes

Edges = Iterator[tuple[FlowNode, FlowNode, Evidence]]


def platform_edges(nodes: FlowNodes, plane: DataPlane) -> Edges:
    """Yield what passes between platforms and the hosts on them, both ways.

    Who commands a hypervisor reaches into its guests, whatever keeps these apart. Back, and so to
    one another, guests get without an `isolation` basis only, under the upper closure; a datastore
    hands on what its users store, under both.
    """
    topology = plane.topology
    for hypervisor in topology.hypervisors:
        evidence = PlatformEdge(HYPERVISOR, hypervisor.id, hypervisor.source)
        node, commanding = _node_of(nodes, plane, hypervisor)
        yield from _both_ways([node], commanding, evidence)
        guests = _parts(nodes, plane, hypervisor.guests)
        yield from ((node, guest, evidence) for guest in guests)
        if hypervisor.isolation is None and plane.closure is Closure.UPPER:
            yield from ((guest, node, evidence) for guest in guests)
    for datastore in topology.datastores:
        if datastore.isolation is None:
            evidence = PlatformEdge(DATASTORE, datastore.id, datastore.source)
            store = FlowNode(DATASTORE, datastore.id)
            yield from _both_ways([store], _parts(nodes, plane, datastore.used_by), evidence)


def _node_of(
    nodes: FlowNodes, plane: DataPlane, hypervisor: Hypervisor
) -> tuple[FlowNode, list[FlowNode]]:
    """Return the node a hypervisor is, and those beside it that command it.

    It is one with its management host; if that has two sides, either commands it.
    """
    hosts = plane.topology.host_by_id
    management = hypervisor.management
    if management in hosts and not hosts[management].two_sided:
        return nodes.of_host(management)[0], []
    own = FlowNode(HYPERVISOR, hypervisor.id)
    return own, _parts(nodes, plane, [management] if management is not None else [])


def _parts(nodes: FlowNodes, plane: DataPlane, names: Iterable[str]) -> list[FlowNode]:
    hosts = plane.topology.host_by_id
    return [node for name in names if name in hosts for node in nodes.of_host(name)]


def _both_ways(ones: list[FlowNode], others: list[FlowNode], evidence: Evidence) -> Edges:
    for one in ones:
        for other in others:
            yield one, other, evidence
            yield other, one, evidence
