"""What is wrong with forwarding whatever is declared: circles, and next hops nobody has."""

from collections import deque
from collections.abc import Iterable, Iterator

import networkx as nx

from zonecheck.dataplane import Emission, FilterStep, Place, Translation
from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.device import Device, Route
from zonecheck.model.message import Message
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.extent import extent_of
from zonecheck.policy.replay import packet_of
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration
from zonecheck.prove import LONGEST_WAY

PlaceKey = tuple[str, str]
"""Node and interface where packets come in."""

Arrivals = dict[PlaceKey, PacketSet]


def forwarding_loops(analysis: Analysis) -> list[Finding]:
    """Return a finding for each group of interfaces round which some packet circles.

    Filters are taken at what they permit without a session, as every session began.
    """
    ways = _ways(analysis)
    groups = [ways.subgraph(g) for g in nx.strongly_connected_components(ways)]
    groups = [group for group in groups if group.number_of_edges()]
    arrivals = _arrivals(analysis) if groups else {}
    findings: list[Finding] = []
    for group in sorted(groups, key=lambda each: min(each.nodes)):
        for start in sorted(group.nodes):
            circling = _circling(analysis, set(group.nodes), start, arrivals)
            if not circling.is_empty:
                findings.append(_loop_finding(analysis, set(group.nodes), start, circling))
                break
    return findings


def _ways(analysis: Analysis) -> "nx.DiGraph[PlaceKey]":
    """Return which place hands packets to which, over declared routes."""
    plane = analysis.plane
    graph: nx.DiGraph[PlaceKey] = nx.DiGraph()
    for point in plane.domains_of:
        if not _forwards_by_routes(analysis, point):
            continue
        for emission in plane.transfer(Place(point.node, point.port)).emissions:
            for place, taken in emission.places:
                if not (taken & emission.headers).is_empty:
                    graph.add_edge((point.node, point.port), (place.node, place.interface))
    return graph


def _forwards_by_routes(analysis: Analysis, point: AttachmentPoint) -> bool:
    """Return whether what enters an interface is forwarded by declared routes."""
    topology, routing = analysis.topology, analysis.plane.routing
    if point.kind is AttachmentKind.STACK:
        device = topology.device_by_id[point.node]
        vrf = device.interface(point.port).vrf
        return device.kind.forwards and routing.declared(device.id, vrf)
    if point.kind is AttachmentKind.HOST:
        host = topology.host_by_id[point.node]
        return analysis.plane.forwards(host) and routing.declared(host.id, "default")
    return False


def _arrivals(analysis: Analysis) -> Arrivals:
    """Return what whole packets anybody can get to each place without a session."""
    seen: Arrivals = {}
    waiting: Arrivals = {}
    for origin in analysis.plane.origins:
        for domain in origin.domains:
            for transfer in analysis.plane.enter(domain):
                passed = _permitted(analysis, transfer.steps, origin.may_send.whole)
                for place in transfer.places:
                    _line_up(seen, waiting, (place.node, place.interface), passed)
    while waiting:
        place_key = next(iter(waiting))
        for successor, left in _handed_on(analysis, place_key, waiting.pop(place_key)):
            _line_up(seen, waiting, successor, left)
    return seen


def _line_up(seen: Arrivals, waiting: Arrivals, place: PlaceKey, headers: PacketSet) -> None:
    new = headers - seen[place] if place in seen else headers
    if not new.is_empty:
        seen[place] = seen[place] | new if place in seen else new
        waiting[place] = waiting[place] | new if place in waiting else new


def _circling(
    analysis: Analysis, group: set[PlaceKey], start: PlaceKey, arrivals: Arrivals
) -> PacketSet:
    """Return the headers that come back to a place, within a group of places, over and over.

    A header that translations changed on the way is taken to circle if it is back for the
    LONGEST_WAY-th time; one that nothing changes circles once it is back.
    """
    circling = arrivals.get(start, analysis.space.empty)
    for _ in range(LONGEST_WAY):
        if circling.is_empty:
            break
        back = [left for _, left in _rounds(analysis, group, start, circling)]
        circling, before = analysis.space.union(back) & circling, circling
        if circling == before:
            break
    return circling


def _rounds(
    analysis: Analysis, group: set[PlaceKey], start: PlaceKey, headers: PacketSet
) -> Iterator[tuple[tuple[PlaceKey, ...], PacketSet]]:
    """Yield ways from a place back to it, shortest first, and the headers that come back by each.

    A header that gets to a place again by a longer way is not followed further.
    """
    seen: Arrivals = {}
    waiting: deque[tuple[tuple[PlaceKey, ...], PacketSet]] = deque([((start,), headers)])
    while waiting:
        way, here = waiting.popleft()
        for successor, left in _handed_on(analysis, way[-1], here):
            if left.is_empty:
                continue
            if successor == start:
                yield (*way, start), left
            elif successor in group:
                new = left - seen[successor] if successor in seen else left
                if not new.is_empty:
                    seen[successor] = seen[successor] | new if successor in seen else new
                    waiting.append(((*way, successor), new))


def _handed_on(
    analysis: Analysis, place: PlaceKey, headers: PacketSet
) -> Iterator[tuple[PlaceKey, PacketSet]]:
    """Yield where a place sends headers on, as they are then, and which get through its filters."""
    transfer = analysis.plane.transfer(Place(*place))
    headers = _permitted(analysis, transfer.inbound, headers & transfer.accepted)
    for step, matched in _matched(transfer.destinations, headers):
        going = (matched if step is None else step.forward(matched)) - transfer.kept
        for emission in transfer.emissions:
            leaving = going & emission.headers
            if not emission.places or leaving.is_empty:
                continue
            if step is None or not emission.sees_original:
                leaving = _permitted(analysis, emission.policy, leaving)
            else:
                before = step.backward(leaving) & matched
                leaving &= step.forward(_permitted(analysis, emission.policy, before))
            yield from _emitted(analysis, emission, leaving)


def _emitted(
    analysis: Analysis, emission: Emission, headers: PacketSet
) -> Iterator[tuple[PlaceKey, PacketSet]]:
    for step, matched in _matched(emission.sources, headers):
        changed = matched if step is None else step.forward(matched)
        passed = _permitted(analysis, emission.steps, changed)
        for place, taken in emission.places:
            yield (place.node, place.interface), passed & taken


def _matched(
    steps: tuple[Translation, ...], headers: PacketSet
) -> Iterator[tuple[Translation | None, PacketSet]]:
    """Yield the translations that match some of the headers, then None for those none matches."""
    for step in steps:
        matched = headers & step.match
        if not matched.is_empty:
            headers -= matched
            yield step, matched
    if not headers.is_empty:
        yield None, headers


def _permitted(analysis: Analysis, steps: Iterable[FilterStep], headers: PacketSet) -> PacketSet:
    for step in steps:
        if headers.is_empty:
            break
        filters = analysis.plane.filters
        headers &= filters.permitted(step.filter, step.in_interface, step.out_interface)
    return headers


def _loop_finding(
    analysis: Analysis, group: set[PlaceKey], start: PlaceKey, circling: PacketSet
) -> Finding:
    topology = analysis.topology
    circle, back = next(_rounds(analysis, group, start, circling))
    header = back.sample([circling, analysis.plane.addressing.everyday])
    if header is None:
        raise ValueError("a loop holds at least one header")
    place = " -> ".join(f"{node}/{interface}" for node, interface in circle)
    node = start[0]
    element = topology.device_by_id.get(node) or topology.host_by_id[node]
    zones = {analysis.zone_of(_point(analysis, key)) or "-" for key in circle}
    message = Message.of("route-filter-consistency.loop", place=place, packet=packet_of(header))
    control = MissingControl(place, element.source)
    return Finding(message, tuple(sorted(zones)), control, element.source)


def _point(analysis: Analysis, key: PlaceKey) -> AttachmentPoint:
    host = key[0] in analysis.topology.host_by_id
    return AttachmentPoint(AttachmentKind.HOST if host else AttachmentKind.STACK, *key)


def dead_next_hops(analysis: Analysis) -> list[Finding]:
    """Return a finding for each static route of a device to a next hop that nothing has."""
    return [
        _dead(device, route, hop)
        for device in analysis.topology.devices
        if device.kind.forwards
        for route in device.routes or ()
        for hop in route.next_hops
        if not _is_held(analysis, device, route, hop)
    ]


def _is_held(analysis: Analysis, device: Device, route: Route, hop: IPAddress) -> bool:
    """Return whether something that forwards, or an external network, has a next hop."""
    plane = analysis.plane
    at_hop = plane.addressing.to((AddressRange.of_address(hop),))
    for way in plane.routing.exits(device.id, route.vrf):
        if way.next_hop != hop:
            continue
        own = AttachmentPoint(AttachmentKind.STACK, device.id, way.interface)
        domains = set(plane.domains_of[own])
        for point, found in plane.domains_of.items():
            if domains & set(found) and not (_carried(analysis, point) & at_hop).is_empty:
                return True
    return False


def _carried(analysis: Analysis, point: AttachmentPoint) -> PacketSet:
    """Return the headers to the addresses a next hop may have at an attachment point."""
    topology, plane = analysis.topology, analysis.plane
    if point.kind is AttachmentKind.STACK:
        device = topology.device_by_id[point.node]
        own = device.interface(point.port).addresses
        ranges = tuple(AddressRange.of_address(address.ip) for address in own)
        return plane.addressing.to(ranges) if device.kind.forwards else analysis.space.empty
    if point.kind is AttachmentKind.EDGE:
        edges = topology.external_by_id[point.node].edges
        return plane.addressing.edge_owns(next(e for e in edges if e.id == point.port))
    if point.kind is AttachmentKind.HOST:
        host = topology.host_by_id[point.node]
        if plane.forwards(host):
            return plane.addressing.interface_owns(host.interface(point.port))
    return analysis.space.empty


def _dead(device: Device, route: Route, hop: IPAddress) -> Finding:
    message = Message.of(
        "route-filter-consistency.dead-next-hop",
        node=device.id,
        prefix=route.prefix,
        hop=hop,
        place=device.id,
    )
    control = MissingControl(f"{device.id}: {route.prefix} via {hop}", route.source)
    extent = extent_of("route", device.id, route.vrf)
    return Finding(message, (), control, route.source, extent=extent)


def undeclared_routes(analysis: Analysis) -> tuple[MissingDeclaration, ...]:
    """Return the devices and hosts that send what they forward anywhere, for want of routes.

    By default shortest paths stand for undeclared routes, and there are none.
    """
    topology, plane = analysis.topology, analysis.plane
    found = [
        ("missing.routes", device.id, device.source)
        for device in topology.devices
        if device.kind.forwards and device.routes is None and len(device.interfaces) > 1
    ]
    found += [
        ("missing.routes" if host.ip_forward else "missing.ip-forward", host.id, host.source)
        for host in topology.hosts
        if plane.forwards(host) and host.routes is None and len(host.interfaces) > 1
    ]
    return tuple(
        MissingDeclaration(Message.of(code, subject=node), source) for code, node, source in found
    )
