"""Edits: a topology in, the edited topology out."""

from dataclasses import replace

from zonecheck.model.address import IPNetwork
from zonecheck.model.dangling import without_dangling
from zonecheck.model.device import Device
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.host import Host, HostInterface, HostRoute
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.rename import renamed
from zonecheck.model.renumber import renumbered, renumbered_address
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
    the dead interface, so no other route takes their place. A standby member without a cable of
    its own at a port uses its device's.

    Raises:
        ValueError: if the topology has no such link.
    """
    if link not in topology.links:
        raise ValueError(f"there is no link {link}")
    links = list(topology.links)
    links.remove(link)
    left = {str(other) for other in links}
    return replace(
        topology,
        links=tuple(links),
        states=tuple(
            replace(s, down=tuple(n for n in s.down if n != str(link) or n in left))
            for s in topology.states
        ),
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
