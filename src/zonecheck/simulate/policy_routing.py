"""What goes its own way before the routes are asked (docs/semantics.md, section 4, step 5)."""

from dataclasses import replace

from zonecheck.model.device import Device, L3Interface
from zonecheck.simulate.matching import address_fits, names_fit, services_fit
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.routing import Exit, exits_of, links_of


def policy_exits(device: Device, inward: L3Interface, packet: Packet) -> tuple[Exit, ...] | None:
    """Return where the first policy route that matches sends a packet, None if none matches.

    None matches a packet for an address of the device in whatever VRF. No exit means that the
    next hop lies in no connected prefix of the VRF.
    """
    if not device.policy_routes:
        return None
    own = (item.ip for face in device.interfaces for item in face.addresses)
    if packet.destination in own:
        return None
    for entry in device.policy_routes:
        if (
            names_fit(entry.in_interfaces, inward)
            and address_fits(entry.sources, packet.source)
            and address_fits(entry.destinations, packet.destination)
            and services_fit(entry.services, packet)
        ):
            next_hops = () if entry.next_hop is None else (entry.next_hop,)
            links = links_of(device, inward.vrf)
            exits = exits_of(next_hops, entry.interface, entry.source, links)
            return tuple(replace(way, policy_route=entry.name) for way in exits)
    return None
