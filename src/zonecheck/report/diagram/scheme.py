"""What a drawing of a design shows: zones as regions, what lies in them, and what joins it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from zonecheck.model.external import External
from zonecheck.model.graph import ATTACHMENT, DEVICE, EXTERNAL, HOST, SEGMENT, to_graph
from zonecheck.model.host import Host
from zonecheck.model.link import LinkEnd
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology
from zonecheck.model.zone import external_zone
from zonecheck.policy.crossing import UNZONED
from zonecheck.report.diagram.carried import device_zones, link_zones


@dataclass(frozen=True, slots=True)
class Node:
    """A segment, host, device or external network, or several that are alike.

    `members` are the ids it stands for, `count` how many machines these are. `zones` are all it
    lies in, in the order of the regions; what lies in several stands between them. `home` is the
    only segment of a host. `role` is that of a host, the kind of a device, the
    VLAN of a segment or the openness of an external network.
    """

    id: str
    kind: str
    zones: tuple[str, ...]
    role: str = ""
    count: int = 1
    home: str | None = None
    members: tuple[str, ...] = ()

    @property
    def between(self) -> bool:
        """Return whether it lies in more than one zone."""
        return len(self.zones) > 1


@dataclass(frozen=True, slots=True)
class Join:
    """A cable, or an interface and its segment, with the zones it carries."""

    a: str
    b: str
    zones: tuple[str, ...]
    attached: bool


@dataclass(frozen=True, slots=True)
class Region:
    """A zone as an area of the drawing; `outside` is the zone of an external network."""

    zone: str
    name: str
    outside: bool


@dataclass(frozen=True)
class Scheme:
    """All of one drawing."""

    title: str
    regions: tuple[Region, ...]
    nodes: tuple[Node, ...]
    joins: tuple[Join, ...]

    @cached_property
    def node_by_id(self) -> dict[str, Node]:
        """Return nodes by id."""
        return {node.id: node for node in self.nodes}

    def inside(self, zone: str) -> list[Node]:
        """Return what lies in one zone only, hosts with a home excepted: these lie in that."""
        return [n for n in self.nodes if n.zones == (zone,) and n.home is None]

    def at_home(self, segment: str) -> list[Node]:
        """Return the hosts whose only segment this is."""
        return [node for node in self.nodes if node.home == segment]

    @property
    def between(self) -> list[Node]:
        """Return what stands between zones."""
        return [node for node in self.nodes if node.between]


def scheme_of(topology: Topology, names: Mapping[str, str]) -> Scheme:
    """Return the drawing of a design with everything in it; `names` names zones.

    Every zone of the design is a region, also one in which nothing lies.
    """
    graph = to_graph(topology)
    regions = _regions(topology, names)
    order = {region.zone: at for at, region in enumerate(regions)}

    def ordered(zones: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(set(zones), key=order.__getitem__)) or (UNZONED,)

    nodes = [
        *(_segment(segment) for segment in topology.segments),
        *(_host(topology, host, ordered(_host_zones(topology, host))) for host in topology.hosts),
        *(
            Node(d.id, DEVICE, ordered(device_zones(topology, d)), d.kind.value, members=(d.id,))
            for d in topology.devices
        ),
        *(_external(external) for external in topology.externals),
    ]
    joins = []
    for a, b, data in graph.edges(data=True):
        if data["kind"] == ATTACHMENT:
            if not _detached(topology, (a, b), data["interface"]):
                joins.append(Join(a, b, (data["zone"] or UNZONED,), attached=True))
        else:
            zones = ordered(link_zones(topology, data["element"]))
            joins.append(Join(a, b, zones, attached=False))
    used = {zone for node in nodes for zone in node.zones}
    kept = tuple(region for region in regions if region.zone != UNZONED or UNZONED in used)
    return Scheme(topology.name, kept, tuple(nodes), tuple(joins))


def without_empty(scheme: Scheme) -> Scheme:
    """Return a drawing without the zones in which nothing lies."""
    used = {zone for node in scheme.nodes for zone in node.zones}
    regions = tuple(region for region in scheme.regions if region.zone in used)
    return Scheme(scheme.title, regions, scheme.nodes, scheme.joins)


def _regions(topology: Topology, names: Mapping[str, str]) -> list[Region]:
    """Return the zones, those of the design in its own order, then all that others bring."""
    own = {external_zone(external.id) for external in topology.externals}
    used = [
        *(zone.id for zone in topology.zones),
        *(external.zone for external in topology.externals),
        *(segment.zone for segment in topology.segments if segment.zone),
        *(zone for host in topology.hosts for zone in host.zones),
        *(zone for device in topology.devices for zone in device.zones),
        *(zone for link in topology.links for zone in link.zones or ()),
        UNZONED,
    ]
    return [Region(zone, names.get(zone, zone), zone in own) for zone in dict.fromkeys(used)]


def _segment(segment: Segment) -> Node:
    role = "" if segment.vlan is None else str(segment.vlan)
    return Node(segment.id, SEGMENT, (segment.zone or UNZONED,), role, members=(segment.id,))


def _external(external: External) -> Node:
    role = external.openness.value if external.openness else ""
    return Node(external.id, EXTERNAL, (external.zone,), role, members=(external.id,))


def _host(topology: Topology, host: Host, zones: tuple[str, ...]) -> Node:
    segments = {
        face.segment
        for face in host.interfaces
        if face.segment is not None and LinkEnd(host.id, face.id) not in topology.detached
    }
    home = segments.pop() if len(segments) == 1 and len(zones) == 1 else None
    return Node(host.id, HOST, zones, host.role, host.count, home, (host.id,))


def _host_zones(topology: Topology, host: Host) -> set[str]:
    """Return the zones a host is in by its segments, else those it is declared for."""
    found = {topology.zone_of_segment(face.segment) or UNZONED for face in host.interfaces}
    return found - {UNZONED} or set(host.zones) or found


def _detached(topology: Topology, ends: tuple[str, str], interface: str) -> bool:
    return any(LinkEnd(end, interface) in topology.detached for end in ends)
