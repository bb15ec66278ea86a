"""Every edit of a kind that a topology has room for, the plainest first."""

from collections.abc import Callable, Iterator
from itertools import product

from zonecheck.model.attribute import Attributes
from zonecheck.model.device import Device, PortMode
from zonecheck.model.edits import (
    AddCard,
    AllowVlan,
    Edit,
    ForbidVlan,
    MoveHost,
    MoveRule,
    OpenManagement,
    RemoveAttribute,
    RemoveFlow,
    RemoveNat,
    RemoveNode,
    RemoveRoute,
    RemoveRule,
    SetAttribute,
    SetDefault,
    SetForwarding,
    SetGuard,
    SetNative,
    SetPortVlan,
    SetShutdown,
    Unplug,
    WidenRule,
)
from zonecheck.model.edits.hosts import SECOND_CARD
from zonecheck.model.filter import ANY_ADDRESS, Filter, Rule
from zonecheck.model.link import LinkEnd
from zonecheck.model.topology import Topology

_TRUTH = {("true",): ("false",), ("false",): ("true",)}


def lists_of(topology: Topology) -> Iterator[tuple[Device, str | None, Filter]]:
    """Yield the filters whose rules are declared, by device and the name edits give them."""
    for device in topology.devices:
        named = [(None, device.policy), *((item.id, item) for item in device.filters)]
        for name, item in named:
            if item is not None and item.rules is not None:
                yield device, name, item


def _rules(topology: Topology) -> Iterator[tuple[str, int, str | None, Rule]]:
    for device, name, item in lists_of(topology):
        for position, rule in enumerate(item.rules or ()):
            yield device.id, position, name, rule


def _remove_rule(topology: Topology) -> Iterator[Edit]:
    for device, position, name, _ in _rules(topology):
        yield RemoveRule(device, position, name)


def _widen_rule(topology: Topology) -> Iterator[Edit]:
    for device, position, name, rule in _rules(topology):
        said = {
            "sources": rule.sources != ANY_ADDRESS,
            "destinations": rule.destinations != ANY_ADDRESS,
            "services": bool(rule.services),
            "in_interfaces": bool(rule.in_interfaces),
            "out_interfaces": bool(rule.out_interfaces),
        }
        for part, narrow in said.items():
            if narrow:
                yield WidenRule(device, position, part, name)


def _move_rule(topology: Topology) -> Iterator[Edit]:
    for device, name, item in lists_of(topology):
        for position in range(1, len(item.rules or ())):
            for to in dict.fromkeys((position - 1, 0)):
                yield MoveRule(device.id, position, to, name)


def _set_default(topology: Topology) -> Iterator[Edit]:
    for device, name, item in lists_of(topology):
        for action in ("permit", "deny"):
            if item.default is not None and item.default.value != action:
                yield SetDefault(device.id, action, name)


def _move_host(topology: Topology) -> Iterator[Edit]:
    ports = {
        LinkEnd(device.id, port.id): port for device in topology.devices for port in device.ports
    }
    far = {a: b for link in topology.links for a, b in (link.ends, link.ends[::-1])}
    for host, segment in product(topology.hosts, topology.segments):
        if any(route.next_hop is not None for route in host.routes or ()):
            continue
        for card in host.interfaces:
            end = far.get(LinkEnd(host.id, card.id))
            port = None if end is None else ports.get(end)
            if card.segment in (None, segment.id):
                continue
            if end is not None and (
                port is None
                or port.mode is not PortMode.ACCESS
                or segment.vlan not in _vlans(topology, end.node)
            ):
                continue
            yield MoveHost(host.id, card.id, segment.id)


def _add_card(topology: Topology) -> Iterator[Edit]:
    for host, segment in product(topology.hosts, topology.segments):
        known = {card.segment for card in host.interfaces}
        named = {card.id for card in host.interfaces}
        if not host.two_sided and segment.id not in known and SECOND_CARD not in named:
            yield AddCard(host.id, segment.id)
            yield AddCard(host.id, segment.id, forwards=True)


def _set_forwarding(topology: Topology) -> Iterator[Edit]:
    for host in topology.hosts:
        if len(host.interfaces) > 1 and host.ip_forward is not None:
            yield SetForwarding(host.id, not host.ip_forward)


def _remove_node(topology: Topology) -> Iterator[Edit]:
    for known in (topology.host_by_id, topology.device_by_id, topology.external_by_id):
        yield from map(RemoveNode, known)


def _vlans(topology: Topology, switch: str) -> tuple[int, ...]:
    """Return the VLANs of segments that mean one of them on a switch."""
    found: dict[int, int] = {}
    for segment in topology.segments:
        if segment.vlan and segment.laid_on is None:
            here = not segment.switches or switch in segment.switches
            found[segment.vlan] = found.get(segment.vlan, 0) + (1 if here else 0)
    return tuple(vlan for vlan, count in found.items() if count == 1)


def _set_port_vlan(topology: Topology) -> Iterator[Edit]:
    for device in topology.devices:
        for port in device.ports:
            if port.mode is PortMode.ACCESS:
                for vlan in _vlans(topology, device.id):
                    if vlan != port.vlan and vlan not in port.other_vlans:
                        yield SetPortVlan(device.id, port.id, vlan)


def _change_trunk(kind: str) -> Callable[[Topology], Iterator[Edit]]:
    def found(topology: Topology) -> Iterator[Edit]:
        for device in topology.devices:
            for port in device.ports:
                if port.mode is not PortMode.TRUNK:
                    continue
                for vlan in _vlans(topology, device.id):
                    if kind == "native" and vlan != port.native:
                        yield SetNative(device.id, port.id, vlan)
                    elif kind == "allow" and not port.allows(vlan):
                        yield AllowVlan(device.id, port.id, vlan)
                    elif kind == "forbid" and port.allows(vlan):
                        yield ForbidVlan(device.id, port.id, vlan)

    return found


def _set_shutdown(topology: Topology) -> Iterator[Edit]:
    for device in topology.devices:
        for port in device.ports:
            yield SetShutdown(device.id, port.id, not port.shutdown)


def _unplug(topology: Topology) -> Iterator[Edit]:
    yield from (Unplug(str(link)) for link in topology.links)


def _set_guard(topology: Topology) -> Iterator[Edit]:
    yield from (SetGuard(segment.id, not segment.guarded) for segment in topology.segments)


def _remove_route(topology: Topology) -> Iterator[Edit]:
    for device in topology.devices:
        for position in range(len(device.routes or ())):
            yield RemoveRoute(device.id, position)


def _remove_nat(topology: Topology) -> Iterator[Edit]:
    for device in topology.devices:
        yield from (RemoveNat(device.id, position) for position in range(len(device.nat)))


def _open_management(topology: Topology) -> Iterator[Edit]:
    for device in topology.devices:
        if device.management is not None and any(i.addresses for i in device.interfaces):
            yield OpenManagement(device.id)


def _remove_flow(topology: Topology) -> Iterator[Edit]:
    yield from (RemoveFlow(channel.id) for channel in topology.channels)
    yield from (RemoveFlow(flow.id) for flow in topology.specific_flows)


def _attributes(topology: Topology) -> Iterator[tuple[str, Attributes]]:
    yield from ((segment.id, segment.attributes) for segment in topology.segments)
    yield from ((host.id, host.attributes) for host in topology.hosts)
    yield from ((device.id, device.attributes) for device in topology.devices)


def _set_attribute(topology: Topology) -> Iterator[Edit]:
    for node, attributes in _attributes(topology):
        for item in attributes:
            if item.values in _TRUTH:
                yield SetAttribute(node, item.name, _TRUTH[item.values])


def _remove_attribute(topology: Topology) -> Iterator[Edit]:
    for node, attributes in _attributes(topology):
        yield from (RemoveAttribute(node, item.name) for item in attributes)


LISTED: dict[type[Edit], Callable[[Topology], Iterator[Edit]]] = {
    RemoveRule: _remove_rule,
    WidenRule: _widen_rule,
    MoveRule: _move_rule,
    SetDefault: _set_default,
    MoveHost: _move_host,
    AddCard: _add_card,
    SetForwarding: _set_forwarding,
    RemoveNode: _remove_node,
    SetPortVlan: _set_port_vlan,
    AllowVlan: _change_trunk("allow"),
    ForbidVlan: _change_trunk("forbid"),
    SetNative: _change_trunk("native"),
    SetShutdown: _set_shutdown,
    Unplug: _unplug,
    SetGuard: _set_guard,
    RemoveRoute: _remove_route,
    RemoveNat: _remove_nat,
    OpenManagement: _open_management,
    RemoveFlow: _remove_flow,
    SetAttribute: _set_attribute,
    RemoveAttribute: _remove_attribute,
}
"""The kinds of which a design allows so few that they can be listed."""
