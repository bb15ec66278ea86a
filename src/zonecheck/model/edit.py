"""Edits: a topology in, the edited topology out."""

from dataclasses import replace
from typing import TypeVar

from zonecheck.model.address import IPNetwork
from zonecheck.model.channel import Channel, Leg
from zonecheck.model.device import Device, L3Interface
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.host import Host, HostInterface, HostRoute
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.rename import renamed
from zonecheck.model.renumber import renumbered, renumbered_address
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology

__all__ = [
    "renamed",
    "renumbered",
    "renumbered_address",
    "with_extra_deny",
    "without_dangling",
    "without_link",
    "without_node",
]
POLICY = "rules"
Placed = TypeVar("Placed", HostInterface, L3Interface)


def with_extra_deny(topology: Topology, device: str, position: int, rule: Rule) -> Topology:
    """Return the topology with one more deny at a position of a device's policy.

    A device without a policy gets one that permits everything else.

    Raises:
        KeyError: if there is no such device.
        ValueError: if the rule does not deny, if the policy's rules are undeclared, or if there
            is no such position.
    """
    if rule.action is not Action.DENY:
        raise ValueError(f"rule {rule.name!r} does not deny")
    edited = topology.device_by_id[device]
    policy = edited.policy or Filter(POLICY, (), Action.PERMIT)
    if policy.rules is None:
        raise ValueError(f"the policy of {device!r} is undeclared")
    if not 0 <= position <= len(policy.rules):
        raise ValueError(f"the policy of {device!r} has no position {position}")
    rules = (*policy.rules[:position], rule, *policy.rules[position:])
    edited = replace(edited, policy=replace(policy, rules=rules))
    return replace(
        topology,
        devices=tuple(edited if item.id == device else item for item in topology.devices),
    )


def without_rule(topology: Topology, device: str, position: int) -> Topology:
    """Return the topology without one rule of a device's policy.

    Raises:
        KeyError: if there is no such device or it has no declared policy.
        IndexError: if it has no rule at that position.
    """
    edited = topology.device_by_id[device]
    if edited.policy is None or edited.policy.rules is None:
        raise KeyError(device)
    rules = list(edited.policy.rules)
    del rules[position]
    changed = replace(edited, policy=replace(edited.policy, rules=tuple(rules)))
    devices = tuple(changed if item.id == device else item for item in topology.devices)
    return replace(topology, devices=devices)


def without_link(topology: Topology, link: Link) -> Topology:
    """Return the topology with a cable unplugged and everything else configured as before.

    Switch ports stay. An interface the cable led to keeps its addresses and loses its segment:
    without that it would stand for an ideal connection to wherever the segment lives. A
    forwarding host's connected prefixes, which come from its segments, become routes out of
    the dead interface, so no other route takes their place.

    Raises:
        ValueError: if the topology has no such link.
    """
    if link not in topology.links:
        raise ValueError(f"there is no link {link}")
    links = list(topology.links)
    links.remove(link)
    return replace(
        topology,
        links=tuple(links),
        hosts=tuple(_unplugged_host(topology, host, link.ends) for host in topology.hosts),
        devices=tuple(_unplugged_device(device, link.ends) for device in topology.devices),
    )


def without_node(topology: Topology, name: str) -> Topology:
    """Return the topology without a segment, host, device or external network.

    What refers to it goes as in `without_dangling`.

    Raises:
        KeyError: if there is no such element.
    """
    edited = replace(
        topology,
        segments=tuple(item for item in topology.segments if item.id != name),
        hosts=tuple(item for item in topology.hosts if item.id != name),
        devices=tuple(item for item in topology.devices if item.id != name),
        externals=tuple(item for item in topology.externals if item.id != name),
    )
    if edited == topology:
        raise KeyError(name)
    return without_dangling(edited)


def without_dangling(topology: Topology) -> Topology:
    """Return the topology without references to what does not exist.

    Links, legs, flows, openings and external edges that refer to something missing are left
    out, and channels all of whose legs are; an interface whose segment is missing has none
    (routes by it stay and lead nowhere); a segment none of whose switches is there becomes an
    ideal switch of its own.
    """
    segments = topology.segment_by_id
    channels = (_channel_over(topology, channel) for channel in topology.channels)
    return replace(
        topology,
        segments=tuple(_segment_over(topology, segment) for segment in topology.segments),
        hosts=tuple(
            replace(host, interfaces=tuple(_placed(topology, card) for card in host.interfaces))
            for host in topology.hosts
        ),
        devices=tuple(_device_over(topology, device) for device in topology.devices),
        links=tuple(link for link in topology.links if all(_has(topology, e) for e in link.ends)),
        externals=tuple(
            replace(external, edges=tuple(e for e in external.edges if e.segment in segments))
            for external in topology.externals
        ),
        channels=tuple(channel for channel in channels if channel is not None),
        specific_flows=tuple(f for f in topology.specific_flows if _runs(topology, f.leg)),
    )


def _unplugged_device(device: Device, ends: tuple[LinkEnd, LinkEnd]) -> Device:
    interfaces = tuple(
        replace(interface, segment=None)
        if not (device.kind.bridges and interface.vlan is not None)
        and LinkEnd(device.id, interface.port or interface.id) in ends
        else interface
        for interface in device.interfaces
    )
    return device if interfaces == device.interfaces else replace(device, interfaces=interfaces)


def _unplugged_host(topology: Topology, host: Host, ends: tuple[LinkEnd, LinkEnd]) -> Host:
    dead = [card for card in host.interfaces if LinkEnd(host.id, card.id) in ends]
    if not dead:
        return host
    cards = tuple(replace(c, segment=None) if c in dead else c for c in host.interfaces)
    if host.routes is None or host.ip_forward is False:
        return replace(host, interfaces=cards)
    alive = {prefix for card in cards for prefix in _connected(topology, card)}
    kept = {
        prefix: card.id
        for card in dead
        for prefix in _connected(topology, card)
        if prefix not in alive
    }
    routes = [route for route in host.routes if route.prefix not in kept]
    routes += [HostRoute(prefix, interface=card) for prefix, card in kept.items()]
    return replace(host, interfaces=cards, routes=tuple(routes))


def _connected(topology: Topology, card: HostInterface) -> tuple[IPNetwork, ...]:
    segment = topology.segment_by_id.get(card.segment or "")
    return () if segment is None else segment.prefixes


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
    )


def _placed(topology: Topology, interface: Placed) -> Placed:
    if interface.segment is None or interface.segment in topology.segment_by_id:
        return interface
    return replace(interface, segment=None)


def _has(topology: Topology, end: LinkEnd) -> bool:
    if end.node in topology.host_by_id:
        return any(card.id == end.port for card in topology.host_by_id[end.node].interfaces)
    device = topology.device_by_id.get(end.node)
    if device is None:
        return False
    return any(port.id == end.port for port in device.ports) or any(
        (interface.port or interface.id) == end.port for interface in device.interfaces
    )


def _channel_over(topology: Topology, channel: Channel) -> Channel | None:
    legs = tuple(leg for leg in channel.legs if _runs(topology, leg))
    return None if channel.legs and not legs else replace(channel, legs=legs)


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
