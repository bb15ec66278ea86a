"""Where packets leave a node, in the canonical form: tables, policy routes and next hops."""

from zonecheck.dataplane.canonical_matches import (
    Json,
    address_text,
    in_order,
    match_of,
    matched_addresses,
    prefix_text,
)
from zonecheck.dataplane.forwarding import directed_ways
from zonecheck.dataplane.graph import DataPlane
from zonecheck.dataplane.routing import Exit, Fib
from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.device import Device, L3Interface


class CanonicalWays:
    """Brings routes and what takes packets sent to next hops into the canonical form."""

    def __init__(self, plane: DataPlane) -> None:
        self._plane = plane
        self._members: dict[int, list[AttachmentPoint]] = {}
        for point, domains in plane.domains_of.items():
            for domain in domains:
                self._members.setdefault(domain, []).append(point)

    def next_hops(self, node: str, tables: dict[str, Fib | None]) -> Json:
        """Return for each next hop of a node the points that take what is sent there."""
        ways = {way for fib in tables.values() if fib for label in fib.values() for way in label}
        device = self._plane.topology.device_by_id.get(node)
        if device is not None:
            ways |= {
                way
                for vrf in tables
                for entry in device.policy_routes
                for way in directed_ways(device, vrf, entry)
            }
        return in_order(
            {
                "interface": way.interface,
                "address": address_text(way.next_hop),
                "owners": in_order(str(owner) for owner in self._owners(node, way)),
            }
            for way in ways
            if way.next_hop is not None
        )

    def _owners(self, node: str, way: Exit) -> list[AttachmentPoint]:
        """Return who takes what is sent to a next hop, behind transparent firewalls too."""
        if way.next_hop is None:
            return []
        kind = AttachmentKind.STACK
        if node in self._plane.topology.host_by_id:
            kind = AttachmentKind.HOST
        domains = self._plane.domains_of[AttachmentPoint(kind, node, way.interface)]
        heard = {far for domain in domains for far, _ in self._plane.frames.heard_in(domain)}
        members = {point for domain in heard for point in self._members.get(domain, ())}
        return [point for point in members if self._answers(point, way.next_hop)]

    def _answers(self, point: AttachmentPoint, hop: IPAddress) -> bool:
        topology, addressing = self._plane.topology, self._plane.addressing
        at_hop = self._plane.space.box(hop.version, dst=[(int(hop), int(hop))])
        if point.kind is AttachmentKind.STACK:
            stack = topology.device_by_id[point.node].interface(point.port)
            return any(address.ip == hop for address in stack.addresses)
        if point.kind is AttachmentKind.HOST:
            host = topology.host_by_id[point.node]
            own = addressing.interface_owns(host.interface(point.port))
            return self._plane.forwards(host) and bool(own & at_hop)
        if point.kind is AttachmentKind.EDGE:
            edges = topology.external_by_id[point.node].edges
            own = addressing.edge_owns(next(edge for edge in edges if edge.id == point.port))
            return bool(own & at_hop)
        segment = topology.segment_by_id[point.node]
        return not segment.guarded and bool(addressing.unclaimed(point.node) & at_hop)


def policy_routes(device: Device, interface: L3Interface) -> list[Json]:
    """Return the policy routes of what comes in by an interface, in their order."""
    found: list[Json] = []
    for entry in device.policy_routes:
        match = match_of(
            matched_addresses(entry.sources), matched_addresses(entry.destinations), entry.services
        )
        if match is None or (entry.in_interfaces and interface.id not in entry.in_interfaces):
            continue
        ways = directed_ways(device, interface.vrf, entry)
        found.append({"match": match, "exits": in_order(map(_exit, ways))})
    return found


def table_form(fib: Fib | None) -> Json:
    """Return a forwarding table; None where routes are not declared."""
    if fib is None:
        return None
    return {prefix_text(prefix): in_order(map(_exit, label)) for prefix, label in fib.items()}


def _exit(way: Exit) -> Json:
    if way.next_hop is None:
        return {"interface": way.interface}
    return {"interface": way.interface, "next_hop": address_text(way.next_hop)}
