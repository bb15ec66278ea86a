"""Checks of what a transparent firewall is cabled to: frames it would pass must have a place."""

from zonecheck.formats.context import Context
from zonecheck.model.device import Device, L3Interface, PortMode, SwitchPort
from zonecheck.model.link import Link, LinkEnd


def check_cables(links: tuple[Link, ...], devices: tuple[Device, ...], context: Context) -> None:
    """Report sides of transparent firewalls whose frames the switch port does not say the VLAN of.

    It bridges what a trunk sends with tags as well; a side without `tag` would leave all of that
    out of the model. Behind an access port a tag that the switch drops, or takes for its own VLAN.
    """
    ports = {(device.id, port.id): port for device in devices for port in device.ports}
    owners = {
        name: device
        for device in devices
        if device.kind is not None and device.kind.filters_frames
        for name in (device.id, *(member.id for member in device.standby))
    }
    for link in links:
        for near, far in (link.ends, link.ends[::-1]):
            port = ports.get((far.node, far.port))
            if near.node in owners and port is not None and not port.shutdown:
                _check_side(owners[near.node], near, port, link, context)


def _check_side(
    device: Device, near: LinkEnd, port: SwitchPort, link: Link, context: Context
) -> None:
    sides = [item for item in device.interfaces if _port_of(item) == near.port]
    on_trunk = port.mode is PortMode.TRUNK
    if not any((side.vlan is None) is on_trunk for side in sides if not side.addresses):
        return
    problems, name, side = context.problems, device.id, near.port
    if on_trunk:
        problems.add(link.source, "link.bridged-trunk", device=name, interface=side)
    else:
        problems.add(link.source, "link.bridged-tag", device=name, interface=side)


def _port_of(interface: L3Interface) -> str:
    return interface.port or interface.id
