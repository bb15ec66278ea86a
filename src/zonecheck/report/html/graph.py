"""The graph of a design for the page: zones with what lies in them, and the paths of findings.

Ids are ours; names of others stand in values only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import Finding
from zonecheck.report.diagram.collapse import collapsed, is_large
from zonecheck.report.diagram.palette import colours_of
from zonecheck.report.diagram.scheme import Node, Scheme, scheme_of, without_empty
from zonecheck.report.diagram.steps import steps_of
from zonecheck.report.html.entries import Entry
from zonecheck.report.html.places import Places, box_of, places_of
from zonecheck.report.machine.json_parts import Json
from zonecheck.report.printable import printable
from zonecheck.report.whole import WholeReport
from zonecheck.report.zone_names import zone_names


def graph_json(
    design: Topology,
    profile: Profile,
    ways: Mapping[str, Sequence[str]],
    numbers: Mapping[str, int],
) -> Json:
    """Return nodes, edges, and for each finding with a path the nodes it comes by.

    `ways` are hosts, devices and networks by the element of the page that speaks of them.
    """
    names = {lang: zone_names(design, profile, lang) for lang in ("en", "ja")}
    scheme = without_empty(scheme_of(design, names["en"]))
    if is_large(scheme):
        scheme = collapsed(scheme)
    ids = {node.id: f"n{at}" for at, node in enumerate(scheme.nodes)}
    of_member = {member: ids[node.id] for node in scheme.nodes for member in node.members}
    of_member |= {
        member: of_member[device]
        for member, device in design.device_of_member.items()
        if device in of_member
    }
    places = places_of(scheme)
    parents = {region.zone: f"z{at}" for at, region in enumerate(scheme.regions)}
    return {
        "nodes": [
            *_zones(scheme, places, parents, names["ja"], numbers),
            *_nodes(scheme, places, ids, parents),
        ],
        "edges": [
            {"data": {"id": f"e{at}", "source": ids[join.a], "target": ids[join.b]}}
            for at, join in enumerate(scheme.joins)
        ],
        "paths": _paths(ways, of_member),
    }


def _zones(
    scheme: Scheme,
    places: Places,
    parents: Mapping[str, str],
    in_japanese: Mapping[str, str],
    numbers: Mapping[str, int],
) -> Iterator[Json]:
    """Yield the zones as boxes behind their nodes: parents of nodes would cost a browser much."""
    colours = colours_of(scheme.regions)
    for region in scheme.regions:
        box = box_of(scheme, region.zone, places)
        if box is None:
            continue
        data = {
            "id": parents[region.zone],
            "kind": "zone",
            "zone": numbers.get(region.zone),
            "ja": printable(in_japanese.get(region.zone, region.zone)),
            "en": printable(region.name),
            "fill": colours[region.zone].fill,
            "line": colours[region.zone].line,
            "wide": box.wide,
            "high": box.high,
        }
        yield {"data": data, "position": {"x": box.x, "y": box.y}}


def _nodes(
    scheme: Scheme, places: Places, ids: Mapping[str, str], parents: Mapping[str, str]
) -> Iterator[Json]:
    for node in scheme.nodes:
        data: Json = {"id": ids[node.id], "kind": node.kind, "name": _label(node)}
        if not node.between:
            data["in"] = parents[node.zones[0]]
        x, y = places[node.id]
        yield {"data": data, "position": {"x": x, "y": y}}


def _label(node: Node) -> str:
    name = printable(node.id)
    return f"{name} ×{node.count}" if node.count > 1 else name


def _paths(ways: Mapping[str, Sequence[str]], of_member: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the nodes of the graph by which each way leads, in their order."""
    found: dict[str, list[str]] = {}
    for key, way in ways.items():
        path: list[str] = []
        for member in way:
            node = of_member.get(member)
            if node is not None and (not path or path[-1] != node):
                path.append(node)
        if path:
            found[key] = path
    return found


def ways_of(whole: WholeReport, entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Return by which hosts, devices and networks each finding comes."""
    return {
        entry.key: [s.node for s in steps_of(whole.topology, entry.found.counterexample, "en")]
        for entry in entries
        if isinstance(entry.found, Finding)
    }
