"""Where the nodes of a page's graph stand."""

from itertools import pairwise
from pathlib import Path

import pytest

from zonecheck.formats import read_topology
from zonecheck.report.diagram.scheme import Node, scheme_of, without_empty
from zonecheck.report.html.places import box_of, places_of

ROOT = Path(__file__).parents[2] / "topologies"


@pytest.mark.parametrize("name", ["minimal", "four-zones", "chiba"])
def test_what_joins_zones_stands_in_the_order_of_what_it_joins(name: str) -> None:
    """From left to right by the middle of its zones, and nothing stands on anything else."""
    scheme = without_empty(scheme_of(read_topology(ROOT / name), {}))
    places = places_of(scheme)
    assert set(places) == set(scheme.node_by_id)
    assert len(set(places.values())) == len(places)

    def middle(node: Node) -> float:
        boxes = [box_of(scheme, zone, places) for zone in node.zones]
        known = [box.x for box in boxes if box is not None]
        assert known
        return sum(known) / len(known)

    assert scheme.between
    rows = {places[node.id][1] for node in scheme.between}
    for row in rows:
        nodes = [node for node in scheme.between if places[node.id][1] == row]
        nodes.sort(key=lambda node: places[node.id])
        assert all(middle(one) <= middle(other) for one, other in pairwise(nodes))
