"""Repairs of switch ports: shut, VLANs taken off, native VLANs and trunks put in order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from zonecheck.model.device import Device, PortMode, SwitchPort
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.service import PortRange
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.lists import with_device
from zonecheck.policy.repairs.repair import Repair, Size

PortEdit = Callable[[SwitchPort], SwitchPort]


def port_repairs(topology: Topology) -> Iterator[Repair]:
    """Yield every change of one switch port, and of both ends of a trunk."""
    used = _vlans_in_use(topology)
    for link in topology.links:
        yield from _of_link(topology, link, used)
    for device in topology.devices:
        for port in device.ports:
            if not port.shutdown:
                yield from _of_port(device, port, used)


def _of_port(device: Device, port: SwitchPort, used: set[int]) -> Iterator[Repair]:
    end = LinkEnd(device.id, port.id)

    def repair(
        size: Size, message: Message, edit: PortEdit, vlan: int | None = None, *, removes: bool
    ) -> Repair:
        change = partial(_with_ports, ends=(end,), edit=edit)
        return Repair(size, message, port.source, change, (_at(end, vlan),), removes)

    shut: PortEdit = partial(replace, shutdown=True)
    yield repair(Size.PORT, Message.of("repair.port-shut", port=end), shut, removes=True)
    if port.dtp:
        off: PortEdit = partial(replace, dtp=False)
        yield repair(Size.SETTING, Message.of("repair.dtp-off", port=end), off, removes=False)
    for vlan in port.other_vlans:
        message = Message.of("repair.other-vlan-removed", port=end, vlan=vlan)
        yield repair(Size.VLAN, message, partial(_without_other, vlan=vlan), vlan, removes=True)
    if port.native is not None:
        native: PortEdit = partial(replace, native=None)
        message = Message.of("repair.native-removed", port=end, vlan=port.native)
        yield repair(Size.VLAN, message, native, removes=True)
    for vlan in sorted(used):
        if port.mode is PortMode.TRUNK and port.allows(vlan):
            message = Message.of("repair.vlan-removed", port=end, vlan=vlan)
            edit: PortEdit = partial(_without_vlan, vlan=vlan)
            yield repair(Size.VLAN, message, edit, vlan, removes=True)


def _of_link(topology: Topology, link: Link, used: set[int]) -> Iterator[Repair]:
    """Yield changes of a trunk that are made at both ends at once."""
    ports = _switch_ports(topology, link)
    ends = tuple(end for end, _ in ports)
    trunks = [port for _, port in ports if port.mode is PortMode.TRUNK]
    if not trunks:
        return

    def repair(
        message: Message, edit: PortEdit, vlan: int | None = None, *, removes: bool
    ) -> Repair:
        change = partial(_with_ports, ends=ends, edit=edit)
        nodes = tuple(_at(end, vlan) for end in ends)
        return Repair(Size.VLAN, message, trunks[0].source, change, nodes, removes)

    planned = _planned(topology, link, ends)
    allowed = {vlan for port in trunks for vlan in _numbers(port)}
    if planned < allowed:
        text = ", ".join(map(str, sorted(planned))) or "-"
        message = Message.of("repair.trunk-narrowed", link=link, vlans=text)
        yield repair(message, partial(_only, vlans=frozenset(planned)), removes=False)
    if len(ports) < len(link.ends):
        return
    if any(port.native is not None for port in trunks):
        message = Message.of("repair.trunk-native-removed", link=link)
        yield repair(message, partial(replace, native=None), removes=True)
    for vlan in sorted(used & allowed):
        message = Message.of("repair.trunk-vlan-removed", link=link, vlan=vlan)
        yield repair(message, partial(_without_vlan, vlan=vlan), vlan, removes=True)


def _at(end: LinkEnd, vlan: int | None) -> str:
    """Return what a port, or a VLAN on it, is called on a counterexample."""
    return str(end) if vlan is None else f"{end} vlan {vlan}"


def _switch_ports(topology: Topology, link: Link) -> list[tuple[LinkEnd, SwitchPort]]:
    devices = [(end, topology.device_by_id.get(end.node)) for end in link.ends]
    return [
        (end, port)
        for end, device in devices
        if device is not None and device.kind.bridges
        for port in device.ports
        if port.id == end.port
    ]


def _planned(topology: Topology, link: Link, switches: tuple[LinkEnd, ...]) -> set[int]:
    """Return the VLANs a trunk has to carry: planned there, in a zone of its tag, used beyond."""
    found = {
        segment.vlan
        for segment in topology.segments
        if segment.vlan is not None
        and (not segment.switches or any(end.node in segment.switches for end in switches))
        and (link.zones is None or segment.zone in link.zones)
    }
    for end in link.ends:
        device = topology.device_by_id.get(topology.device_of_member.get(end.node, end.node))
        if device is not None and end not in switches:
            tags = {i.vlan for i in device.interfaces if (i.port or i.id) == end.port}
            found &= tags
    for _, port in _switch_ports(topology, link):
        if port.mode is PortMode.TRUNK:
            found &= set(_numbers(port))
    return {vlan for vlan in found if vlan is not None}


def _numbers(port: SwitchPort) -> Iterator[int]:
    for item in port.allowed:
        yield from range(item.low, item.high + 1)


def _vlans_in_use(topology: Topology) -> set[int]:
    """Return the VLANs that something is in: taking off others changes nothing."""
    found = {segment.vlan for segment in topology.segments}
    for device in topology.devices:
        found |= {interface.vlan for interface in device.interfaces}
        for port in device.ports:
            found |= {port.vlan, port.native, *port.other_vlans}
            low = [item.low for item in port.allowed if item.low == item.high]
            found.update(low)
    return {vlan for vlan in found if vlan is not None}


def _without_other(port: SwitchPort, vlan: int) -> SwitchPort:
    return replace(port, other_vlans=tuple(v for v in port.other_vlans if v != vlan))


def _without_vlan(port: SwitchPort, vlan: int) -> SwitchPort:
    if port.mode is not PortMode.TRUNK:
        return port
    allowed: list[PortRange] = []
    for item in port.allowed:
        if vlan not in item:
            allowed.append(item)
            continue
        if item.low < vlan:
            allowed.append(PortRange(item.low, vlan - 1))
        if vlan < item.high:
            allowed.append(PortRange(vlan + 1, item.high))
    return replace(port, allowed=tuple(allowed))


def _only(port: SwitchPort, vlans: frozenset[int]) -> SwitchPort:
    if port.mode is not PortMode.TRUNK:
        return port
    kept = sorted(vlan for vlan in vlans if port.allows(vlan))
    return replace(port, allowed=tuple(PortRange(vlan, vlan) for vlan in kept))


def _with_ports(topology: Topology, ends: Iterable[LinkEnd], edit: PortEdit) -> Topology:
    for end in ends:
        topology = with_device(topology, end.node, partial(_with_port, name=end.port, edit=edit))
    return topology


def _with_port(device: Device, name: str, edit: PortEdit) -> Device:
    return replace(device, ports=tuple(edit(p) if p.id == name else p for p in device.ports))
