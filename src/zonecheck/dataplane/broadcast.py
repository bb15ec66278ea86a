"""Broadcast domains: bridges and hubs joined by links (docs/semantics.md, section 1)."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import networkx as nx

from zonecheck.dataplane.port_vlans import as_trunk, entered_vlans, turns
from zonecheck.model.device import Device, L3Interface, PortMode, SwitchPort
from zonecheck.model.external import ExternalEdge
from zonecheck.model.host import HostInterface
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.service import PortRange
from zonecheck.model.topology import Topology

BridgeOrHub = tuple[str, str, int]
"""("bridge", switch, vlan), ("hub", segment, 0) or ("cable", "", index of the link)."""


def cabling_of(topology: Topology) -> tuple[object, ...]:
    """Return all of a topology that its broadcast domains depend on."""
    return (
        topology.links,
        topology.segments,
        tuple((host.id, host.interfaces) for host in topology.hosts),
        tuple((d.id, d.kind, d.interfaces, d.ports) for d in topology.devices),
        topology.detached,
    )


class BroadcastDomains:
    """The domains of a topology, numbered from 0 in a stable order.

    Every bridge and hub that anything attaches to or a join touches belongs to exactly one
    domain. `graph` is the undirected join graph, whose edges carry the `link` that joins.
    """

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._switches = {d.id: d for d in topology.devices if d.kind.bridges}
        self._ports = {(d.id, p.id): p for d in self._switches.values() for p in d.ports}
        self._talked = {key: as_trunk(port) for key, port in self._ports.items() if port.dtp}
        self._far_end = _far_ends(topology.links)
        self._carried_by: dict[int, list[int]] = {}
        self._allowed_by: dict[tuple[PortRange, ...], list[int]] = {}
        self.vlans = self._vlans_that_matter()
        self._homes = {s.id: tuple(self._find_homes(s.id)) for s in topology.segments}
        self.graph: nx.Graph[BridgeOrHub] = nx.Graph()
        self._add_nodes()
        self._join()
        self._join_cables()
        components = sorted(sorted(part) for part in nx.connected_components(self.graph))
        self._domain = {node: number for number, part in enumerate(components) for node in part}
        self.count = len(components)

    def homes(self, segment: str) -> tuple[BridgeOrHub, ...]:
        """Return the bridges or the hub where a segment lives."""
        return self._homes[segment]

    def domains_of_segment(self, segment: str) -> tuple[int, ...]:
        """Return the domains a segment lives in."""
        return self._domains(self._homes[segment])

    def points_of(self, node: str, interface: HostInterface | L3Interface) -> list[BridgeOrHub]:
        """Return the bridges or hubs an interface attaches to."""
        if LinkEnd(node, interface.id) in self._topology.detached:
            return []
        device = self._topology.device_by_id.get(node)
        if isinstance(interface, L3Interface):
            return self._device_points(device, node, interface)
        return self._cabled(node, interface.id, interface.segment, tag=None, host=True)

    def domains_of(self, node: str, interface: HostInterface | L3Interface) -> tuple[int, ...]:
        """Return the domains an interface attaches to."""
        return self._domains(self.points_of(node, interface))

    def domains_of_edge(self, external: str, edge: ExternalEdge) -> tuple[int, ...]:
        """Return the domains an external edge attaches to."""
        if LinkEnd(external, edge.id) in self._topology.detached:
            return ()
        return self.domains_of_segment(edge.segment)

    def on_access_port(self, node: str, interface: HostInterface) -> bool:
        """Return whether a host's card is, as far as drawn, on an access port of its segment."""
        found = self._far_end.get((node, interface.id))
        if found is None:
            return True
        port = self._ports.get((found[1].node, found[1].port))
        if port is None or port.mode is not PortMode.ACCESS or interface.segment is None:
            return False
        if port.other_vlans or port.dtp:
            return False
        return port.vlan == self._topology.segment_by_id[interface.segment].vlan

    def vlans_on(self, link: Link) -> set[tuple[str, int]]:
        """Return the (switch, VLAN) pairs a link's ends put on the wire or take from it."""
        found: set[tuple[str, int]] = set()
        for near, far in (link.ends, link.ends[::-1]):
            port = self._ports.get((near.node, near.port))
            if port is not None and not port.shutdown:
                for one, _ in self._as_what(near, far):
                    found |= {(near.node, vlan) for vlan in self._port_vlans(one)}
        return found

    def _as_what(self, near: LinkEnd, far: LinkEnd) -> list[tuple[SwitchPort, SwitchPort | None]]:
        """Return what the switch ports of a link may be: as written, and talked into trunks."""
        ends = [(end.node, end.port) for end in (near, far)]
        one, other = self._ports[ends[0]], self._ports.get(ends[1])
        found: list[tuple[SwitchPort, SwitchPort | None]] = [(one, other)]
        trunks = [self._talked.get(end, self._ports.get(end)) for end in ends]
        if other is not None and any(end in self._talked for end in ends):
            a, b = trunks
            if a is not None and b is not None and a.mode is b.mode is PortMode.TRUNK:
                found.append((a, b))
        return found

    def vlans_of_port(self, switch: str, port: str) -> list[int]:
        """Return every VLAN a switch port can carry; none if it is shut or there is none."""
        found = self._ports.get((switch, port))
        if found is None or found.shutdown:
            return []
        return sorted(self.vlans) if found.dtp else self._port_vlans(found)

    def domains_of_bridges(self, switch: str, vlans: Iterable[int]) -> tuple[int, ...]:
        """Return the domains of those VLANs of a switch that anything attaches to or joins."""
        return self._domains(b for v in vlans if (b := ("bridge", switch, v)) in self._domain)

    def _domains(self, points: Iterable[BridgeOrHub]) -> tuple[int, ...]:
        return tuple(sorted({self._domain[point] for point in points}))

    def _vlans_that_matter(self) -> frozenset[int]:
        found = {s.vlan for s in self._topology.segments}
        for device in self._switches.values():
            for port in device.ports:
                found |= {port.vlan, port.native, *port.other_vlans}
        for device in self._topology.devices:
            found |= {interface.vlan for interface in device.interfaces}
        named = frozenset(vlan for vlan in found if vlan is not None)
        return named | self._unnamed_vlans(named)

    def _free_with_dtp(self) -> Iterator[tuple[str, SwitchPort]]:
        """Yield the open ports without a cable that may be talked into being trunks."""
        cabled = {(end.node, end.port) for _, end in self._far_end.values()}
        for key in self._talked:
            if key not in cabled and not self._ports[key].shutdown:
                yield key[0], self._ports[key]

    def _unnamed_vlans(self, named: frozenset[int]) -> frozenset[int]:
        """Return one VLAN for each set of trunks that hosts could use a VLAN nobody names on.

        Whoever finds a free port with DTP can as well.
        """
        hosts = self._topology.host_by_id
        behind = {
            (end.node, end.port)
            for (node, _), (_, end) in self._far_end.items()
            if node in hosts and (end.node, end.port) in self._ports
        } | {(switch, port.id) for switch, port in self._free_with_dtp()}
        trunks = {
            key: port
            for key, port in self._ports.items()
            if port.mode is PortMode.TRUNK or port.dtp
        }
        if not behind & trunks.keys():
            return frozenset()
        chosen: dict[frozenset[tuple[str, str]], int] = {}
        for start, stop in pairwise(turns(trunks.values())):
            vlan = next((v for v in range(start, stop) if v not in named), None)
            if vlan is None:
                continue
            allowing = frozenset(
                key for key, port in trunks.items() if port.dtp or port.allows(vlan)
            )
            if allowing & behind:
                chosen.setdefault(allowing, vlan)
        return frozenset(chosen.values())

    def _port_vlans(self, port: SwitchPort) -> list[int]:
        """Return the VLANs a port carries; ports are told apart by identity, which is cheap."""
        if id(port) not in self._carried_by:
            self._carried_by[id(port)] = self._find_port_vlans(port)
        return self._carried_by[id(port)]

    def _find_port_vlans(self, port: SwitchPort) -> list[int]:
        if port.mode is PortMode.ACCESS:
            own = [port.vlan] if port.vlan is not None else []
            return sorted({*own, *port.other_vlans})
        if port.allowed not in self._allowed_by:
            found = [vlan for vlan in sorted(self.vlans) if port.allows(vlan)]
            self._allowed_by[port.allowed] = found
        return self._allowed_by[port.allowed]

    def _carries(self, switch: Device, vlan: int) -> bool:
        if any(i.vlan == vlan and i.port is None for i in switch.interfaces):
            return True
        return any(vlan in self._port_vlans(port) for port in switch.ports)

    def _find_homes(self, segment_id: str) -> Iterator[BridgeOrHub]:
        segment = self._topology.segment_by_id[segment_id]
        if segment.laid_on is not None:
            yield from self._find_homes(segment.laid_on)
            return
        if segment.vlan is not None:
            named = segment.switches or tuple(
                s.id for s in self._switches.values() if self._carries(s, segment.vlan)
            )
            yield from (("bridge", switch, segment.vlan) for switch in named)
            if named:
                return
        yield ("hub", segment.id, 0)

    def _add_nodes(self) -> None:
        for homes in self._homes.values():
            self.graph.add_nodes_from(homes)
        for switch in self._switches.values():
            for port in switch.ports:
                carried = sorted(self.vlans) if port.dtp else self._port_vlans(port)
                self.graph.add_nodes_from(("bridge", switch.id, v) for v in carried)
            for interface in switch.interfaces:
                if interface.vlan is not None and interface.port is None:
                    self.graph.add_node(("bridge", switch.id, interface.vlan))
        for index, _ in enumerate(self._topology.links):
            self.graph.add_node(("cable", "", index))

    def _join_cables(self) -> None:
        """Join a cable with the hubs of the segments its interfaces are planned in."""
        planned: dict[tuple[str, str], set[str | None]] = {}
        for host in self._topology.hosts:
            for card in host.interfaces:
                planned.setdefault((host.id, card.id), set()).add(card.segment)
        for device in self._topology.devices:
            for face in device.interfaces:
                port = (device.id, face.port or face.id)
                planned.setdefault(port, set()).add(face.segment)
        for index, link in enumerate(self._topology.links):
            if any((end.node, end.port) in self._ports for end in link.ends):
                continue
            for end in link.ends:
                for segment in planned.get((end.node, end.port), ()):
                    hub = ("hub", segment or "", 0)
                    if hub in self.graph:
                        self.graph.add_edge(("cable", "", index), hub, link=link)

    def _join(self) -> None:
        for link in self._topology.links:
            for near, far in (link.ends, link.ends[::-1]):
                one = self._ports.get((near.node, near.port))
                if one is None or one.shutdown:
                    continue
                if (far.node, far.port) not in self._ports:
                    self._join_at_stranger(near, one, link)
                    continue
                for a, b in self._as_what(near, far):
                    if b is not None and not b.shutdown:
                        self._join_ports(near, a, far, b, link)
        for switch, port in self._free_with_dtp():
            # Who finds the port sends and gets frames of its VLAN and of all others.
            for vlan in self._port_vlans(port):
                edges = ((("bridge", switch, vlan), ("bridge", switch, v)) for v in self.vlans)
                self.graph.add_edges_from((a, b) for a, b in edges if a != b)

    def _join_ports(
        self, near: LinkEnd, one: SwitchPort, far: LinkEnd, other: SwitchPort, link: Link
    ) -> None:
        for vlan in self._port_vlans(one):
            for entered in entered_vlans(one, vlan, other):
                a, b = ("bridge", near.node, vlan), ("bridge", far.node, entered)
                self.graph.add_edge(a, b, link=link)
        self._join_by_double_tag(near, one, far, other, link)

    def _join_by_double_tag(
        self, near: LinkEnd, one: SwitchPort, far: LinkEnd, other: SwitchPort, link: Link
    ) -> None:
        """Join a native VLAN in use for access with every VLAN of the far trunk."""
        native = one.native
        if PortMode.ACCESS in (one.mode, other.mode) or native is None:
            return
        if not self._used_for_access(near.node, native):
            return
        for vlan in self._port_vlans(other):
            a, b = ("bridge", near.node, native), ("bridge", far.node, vlan)
            if not self.graph.has_edge(a, b):
                self.graph.add_edge(a, b, link=link)

    def _join_at_stranger(self, near: LinkEnd, one: SwitchPort, link: Link) -> None:
        """Join a native VLAN in use for access with all a trunk to no switch carries."""
        native = one.native
        if one.mode is not PortMode.TRUNK or native is None:
            return
        if self._used_for_access(near.node, native):
            for vlan in self._port_vlans(one):
                a, b = ("bridge", near.node, native), ("bridge", near.node, vlan)
                if a != b and not self.graph.has_edge(a, b):
                    self.graph.add_edge(a, b, link=link)

    def _used_for_access(self, switch: str, vlan: int) -> bool:
        ports = self._switches[switch].ports
        if any(p.mode is PortMode.ACCESS and vlan in (p.vlan, *p.other_vlans) for p in ports):
            return True
        return any(("bridge", switch, vlan) in homes for homes in self._homes.values())

    def _device_points(
        self, device: Device | None, node: str, interface: L3Interface
    ) -> list[BridgeOrHub]:
        if (
            device is not None
            and device.kind.bridges
            and interface.vlan is not None
            and interface.port is None
        ):
            return [("bridge", node, interface.vlan)]
        port = interface.port or interface.id
        return self._cabled(node, port, interface.segment, tag=interface.vlan, host=False)

    def _cabled(
        self, node: str, port: str, segment: str | None, *, tag: int | None, host: bool
    ) -> list[BridgeOrHub]:
        found = self._far_end.get((node, port))
        if found is None:
            return list(self._homes[segment]) if segment in self._homes else []
        index, far = found
        switch_port = self._ports.get((far.node, far.port))
        if switch_port is None:
            return [("cable", "", index)]
        if switch_port.shutdown:
            return []
        if host and switch_port.dtp:
            return [("bridge", far.node, v) for v in sorted(self.vlans)]
        if switch_port.mode is PortMode.ACCESS:
            return [("bridge", far.node, v) for v in self._port_vlans(switch_port) if tag is None]
        if host:
            return [("bridge", far.node, v) for v in self._port_vlans(switch_port)]
        vlan = switch_port.native if tag is None else tag
        carried = self._port_vlans(switch_port)
        return [("bridge", far.node, vlan)] if vlan is not None and vlan in carried else []


def _far_ends(links: tuple[Link, ...]) -> dict[tuple[str, str], tuple[int, LinkEnd]]:
    found: dict[tuple[str, str], tuple[int, LinkEnd]] = {}
    for index, link in enumerate(links):
        found[link.a.node, link.a.port] = index, link.b
        found[link.b.node, link.b.port] = index, link.a
    return found
