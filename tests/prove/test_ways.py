"""All ways of information together hold every single one of them."""

from hypothesis import HealthCheck, given, settings

from zonecheck.dataplane import DataPlane
from zonecheck.model.closure import Closure
from zonecheck.model.topology import Topology
from zonecheck.model.zone import LGWAN
from zonecheck.packets import PacketSpace
from zonecheck.prove import InformationFlow, Reachability, shortest_chain, ways_between
from zonecheck.prove.ways import WayRelation
from zonecheck.strategies import topologies

SLOW = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def flow_of(topology: Topology) -> InformationFlow:
    """Return the information flow of a design with all its evidence."""
    plane = DataPlane(topology, PacketSpace(), Closure.UPPER)
    return InformationFlow(Reachability(plane), all_evidence=True)


@SLOW
@given(topologies(undeclared=True))
def test_a_way_there_is_lies_among_all_ways_and_none_is_none(topology: Topology) -> None:
    """Nothing that a single proof finds is left out of what a waiver speaks of."""
    flow = flow_of(topology)
    starts = [node for node in flow.edges if LGWAN in flow.zones_of(node)]
    ends = [node for node in flow.edges if flow.zones_of(node) - {LGWAN}]
    found = ways_between(flow, starts, ends)
    way = shortest_chain(flow, starts, ends)
    assert (way is None) == (found == WayRelation(frozenset(), frozenset()))
    edges = {edge[:6] for edge in found.edges}
    for step in way or ():
        a, b = step.source, step.target
        assert (a.kind, a.id, a.part, b.kind, b.id, b.part) in edges


@SLOW
@given(topologies(undeclared=True))
def test_what_is_kept_of_an_edge_is_among_all_its_evidence(topology: Topology) -> None:
    """The graph for proofs and that for names have the same edges."""
    flow = flow_of(topology)
    pairs = {(a, b) for a, found in flow.edges.items() for b in found}
    assert pairs == set(flow.evidence)
    for a, b in pairs:
        assert all(kept in flow.evidence[a, b] for kept in flow.edges[a][b])
