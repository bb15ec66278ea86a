"""What an edit leaves behind: references to elements that are not there any more."""

from dataclasses import replace
from typing import TypeVar

from zonecheck.model.attribute import REFERENCES, Attributes
from zonecheck.model.channel import Channel, Leg, Maintenance
from zonecheck.model.device import Device, L3Interface
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import External
from zonecheck.model.host import HostInterface
from zonecheck.model.link import LinkEnd
from zonecheck.model.own_policy import OwnPolicy
from zonecheck.model.platform import Datastore, Hypervisor, OutOfBand
from zonecheck.model.segment import Segment
from zonecheck.model.states import DeclaredState
from zonecheck.model.system import System
from zonecheck.model.topology import Topology

Placed = TypeVar("Placed", HostInterface, L3Interface)
WithLegs = TypeVar("WithLegs", Channel, Maintenance)


def without_dangling(topology: Topology) -> Topology:
    """Return the topology without references to what does not exist.

    Links, legs, flows, openings and external edges that refer to something missing are left
    out, and channels and maintenance all of whose legs are; so are channels without one of their
    waypoints, systems without hosts, SSIDs without their segment, mirror sessions without their
    host, tunnels that carry nothing, platforms and out-of-band paths that join nothing any more,
    and what states and attributes say of missing parts. An interface whose segment is missing has
    none (routes by it stay and lead nowhere); a segment none of whose switches is there becomes an
    ideal switch of its own.
    """
    there = topology.segment_by_id
    topology = replace(
        topology,
        segments=tuple(s for s in topology.segments if s.laid_on is None or s.laid_on in there),
    )
    segments = topology.segment_by_id
    nodes = {**topology.host_by_id, **topology.device_by_id, **topology.external_by_id}
    channels = (_with_legs(topology, channel) for channel in topology.channels)
    maintenance = (_with_legs(topology, entry) for entry in topology.maintenance)
    links = tuple(link for link in topology.links if all(_has(topology, e) for e in link.ends))
    return replace(
        topology,
        segments=tuple(_segment_over(topology, segment) for segment in topology.segments),
        hosts=tuple(
            replace(host, interfaces=tuple(_placed(topology, card) for card in host.interfaces))
            for host in topology.hosts
        ),
        devices=tuple(_device_over(topology, device) for device in topology.devices),
        links=links,
        externals=tuple(_external_over(topology, external) for external in topology.externals),
        channels=tuple(channel for channel in channels if channel is not None),
        specific_flows=tuple(f for f in topology.specific_flows if _runs(topology, f.leg)),
        maintenance=tuple(entry for entry in maintenance if entry is not None),
        systems=_systems(topology),
        tunnels=tuple(t for t in topology.tunnels if t.carries in segments),
        hypervisors=_hypervisors(topology),
        datastores=_datastores(topology),
        out_of_band=_paths(topology),
        policies=_policies(topology),
        states=_states(topology, {str(link) for link in links}),
        detached=frozenset(end for end in topology.detached if end.node in nodes),
    )


def _systems(topology: Topology) -> tuple[System, ...]:
    """Return the systems that still run on a host, with the ends that still exist."""
    found = []
    for system in topology.systems:
        hosts = tuple(host for host in system.hosts if host in topology.host_by_id)
        clients, admins = (
            None if ends is None else tuple(end for end in ends if _exists(topology, end))
            for ends in (system.clients, system.admins)
        )
        if hosts:
            found.append(replace(system, hosts=hosts, clients=clients, admins=admins))
    return tuple(found)


def _segment_over(topology: Topology, segment: Segment) -> Segment:
    switches = tuple(name for name in segment.switches if name in topology.device_by_id)
    if switches == segment.switches:
        return segment
    return replace(segment, switches=switches, vlan=segment.vlan if switches else None)


def _device_over(topology: Topology, device: Device) -> Device:
    return replace(
        device,
        interfaces=tuple(_placed(topology, interface) for interface in device.interfaces),
        opens=tuple(opening for opening in device.opens if _exists(topology, opening.to)),
        spans=tuple(span for span in device.spans if span.to in topology.host_by_id),
    )


def _placed(topology: Topology, interface: Placed) -> Placed:
    if interface.segment is None or interface.segment in topology.segment_by_id:
        return interface
    return replace(interface, segment=None)


def _has(topology: Topology, end: LinkEnd) -> bool:
    if end.node in topology.host_by_id:
        return any(card.id == end.port for card in topology.host_by_id[end.node].interfaces)
    device = topology.device_by_id.get(topology.device_of_member.get(end.node, end.node))
    if device is None:
        return False
    return any(port.id == end.port for port in device.ports) or any(
        (interface.port or interface.id) == end.port for interface in device.interfaces
    )


def _with_legs(topology: Topology, flow: WithLegs) -> WithLegs | None:
    if isinstance(flow, Channel) and any(not _is_node(topology, name) for name in flow.via):
        return None
    legs = tuple(leg for leg in flow.legs if _runs(topology, leg))
    return None if flow.legs and not legs else replace(flow, legs=legs)


def _is_node(topology: Topology, name: str) -> bool:
    return name in topology.host_by_id or name in topology.device_by_id


def _external_over(topology: Topology, external: External) -> External:
    return replace(
        external,
        edges=tuple(e for e in external.edges if e.segment in topology.segment_by_id),
        gateways=tuple(name for name in external.gateways if name in topology.device_by_id),
        attributes=_attributes(topology, external.attributes),
        peers=tuple(
            replace(peer, attributes=_attributes(topology, peer.attributes))
            for peer in external.peers
        ),
    )


def _attributes(topology: Topology, attributes: Attributes) -> Attributes:
    """Return attributes whose references lead somewhere, those left without any taken away."""
    nodes = {*topology.device_by_id, *topology.host_by_id}
    found = []
    for item in attributes:
        if item.name in REFERENCES:
            there = tuple(name for name in item.values if name.partition("/")[0] in nodes)
            if there:
                found.append(replace(item, values=there))
        else:
            found.append(item)
    return tuple(found)


def _policies(topology: Topology) -> tuple[OwnPolicy, ...]:
    there = topology.segment_by_id
    found = (
        replace(policy, segments=tuple(name for name in policy.segments if name in there))
        for policy in topology.policies
    )
    return tuple(policy for policy in found if policy.segments)


def _hypervisors(topology: Topology) -> tuple[Hypervisor, ...]:
    hosts = topology.host_by_id
    found: list[Hypervisor] = []
    for hypervisor in topology.hypervisors:
        guests = tuple(name for name in hypervisor.guests if name in hosts)
        management = hypervisor.management if hypervisor.management in hosts else None
        if guests or guests == hypervisor.guests:
            found.append(replace(hypervisor, guests=guests, management=management))
    return tuple(found)


def _datastores(topology: Topology) -> tuple[Datastore, ...]:
    found: list[Datastore] = []
    for store in topology.datastores:
        users = tuple(name for name in store.used_by if name in topology.host_by_id)
        if users or users == store.used_by:
            found.append(replace(store, used_by=users))
    return tuple(found)


def _paths(topology: Topology) -> tuple[OutOfBand, ...]:
    found: list[OutOfBand] = []
    for path in topology.out_of_band:
        joins = tuple(end for end in path.joins if _exists(topology, end))
        if len(joins) > 1 or joins == path.joins:
            found.append(replace(path, joins=joins))
    return tuple(found)


def _states(topology: Topology, links: set[str]) -> tuple[DeclaredState, ...]:
    """Return the declared states without what is missing, and without those left empty."""
    parts = links | {f"{d.id}/{port.id}" for d in topology.devices for port in d.ports}
    parts |= topology.device_by_id.keys() | topology.external_by_id.keys()
    found: list[DeclaredState] = []
    for state in topology.states:
        left = replace(
            state,
            active=tuple(name for name in state.active if name in topology.device_of_member),
            floating=tuple(name for name in state.floating if name in topology.device_by_id),
            down=tuple(name for name in state.down if name in parts),
        )
        if left == state or left.active or left.floating or left.down:
            found.append(left)
    return tuple(found)


def _runs(topology: Topology, leg: Leg) -> bool:
    return _exists(topology, leg.origin) and _exists(topology, leg.destination)


def _exists(topology: Topology, endpoint: EndpointRef) -> bool:
    match endpoint.kind:
        case EndpointKind.HOST:
            return endpoint.id in topology.host_by_id
        case EndpointKind.SEGMENT:
            return endpoint.id in topology.segment_by_id
        case EndpointKind.DEVICE:
            return endpoint.id in topology.device_by_id
    external = topology.external_by_id.get(endpoint.id)
    if endpoint.kind is EndpointKind.EXTERNAL or external is None:
        return external is not None
    return any(peer.id == endpoint.peer for peer in external.peers)
