"""What of a design cannot be built in namespaces: told, with its line, rather than left out."""

from zonecheck.formats.problems import Problems
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.device import Device
from zonecheck.model.host import Host
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.simulate import Simulator


def refuse(topology: Topology, simulator: Simulator, problems: Problems) -> None:
    """Add a problem for everything of which agreement with a kernel could not be said."""
    for device in topology.devices:
        _refuse_device(device, problems)
    for host in topology.hosts:
        _refuse_host(host, problems)
    for external in topology.externals:
        for edge in external.edges:
            if not edge.addresses:
                problems.add(edge.source, "kernel.edge-without-address", edge=edge.id)
    for point in simulator.origins():
        if len(simulator.domains_of(point)) > 1:
            problems.add(_source(topology, point), "kernel.several-domains", point=point)
    _refuse_twice_in_one_domain(topology, simulator, problems)


def _refuse_device(device: Device, problems: Problems) -> None:
    if device.kind.filters_frames:
        problems.add(device.source, "kernel.transparent", device=device.id)
        return
    if device.routes is None and device.kind.forwards and device.interfaces:
        problems.add(device.source, "kernel.undeclared-routes", node=device.id)
    for entry in device.policy_routes:
        problems.add(entry.source, "kernel.policy-route", device=device.id, rule=entry.name)
    networks = set()
    for face in device.interfaces:
        for network in {(item.network, face.vrf) for item in face.addresses}:
            if network in networks:
                problems.add(face.source, "kernel.same-prefix", device=device.id, prefix=network[0])
            networks.add(network)
    for route in device.routes or ():
        if route.interface and device.interface(route.interface).vrf != route.vrf:
            problems.add(route.source, "kernel.vrf-leak", device=device.id, prefix=route.prefix)


def _refuse_host(host: Host, problems: Problems) -> None:
    if host.ip_forward is None and len(host.interfaces) > 1:
        problems.add(host.source, "kernel.undeclared-forwarding", host=host.id)
    if host.ip_forward:
        if host.routes is None:
            problems.add(host.source, "kernel.undeclared-routes", node=host.id)
        for card in host.interfaces:
            if not card.addresses:
                problems.add(card.source, "kernel.forwards-without-address", host=host.id)


def _refuse_twice_in_one_domain(
    topology: Topology, simulator: Simulator, problems: Problems
) -> None:
    """An address of such a node is answered for by several of its interfaces."""
    seen: set[tuple[AttachmentKind, str, str, int]] = set()
    for point in simulator.origins():
        if point.kind not in (AttachmentKind.HOST, AttachmentKind.STACK):
            continue
        vrf = ""
        if point.kind is AttachmentKind.STACK:
            vrf = topology.device_by_id[point.node].interface(point.port).vrf
        for domain in simulator.domains_of(point):
            key = point.kind, point.node, vrf, domain
            if key in seen:
                problems.add(_source(topology, point), "kernel.twice-in-domain", point=point)
            seen.add(key)


def _source(topology: Topology, point: AttachmentPoint) -> Source:
    if point.kind is AttachmentKind.HOST:
        return topology.host_by_id[point.node].interface(point.port).source
    if point.kind is AttachmentKind.STACK:
        return topology.device_by_id[point.node].interface(point.port).source
    if point.kind is AttachmentKind.EDGE:
        return topology.external_by_id[point.node].source
    return topology.segment_by_id[point.node].source
