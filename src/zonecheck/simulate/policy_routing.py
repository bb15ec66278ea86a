"""What goes its own way before the routes are asked (docs/semantics.md, section 4, step 5)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from zonecheck.model.device import Device, L3Interface
from zonecheck.simulate.matching import address_fits, names_fit, services_fit
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.routing import Exit, exits_of, links_of


@dataclass(frozen=True, slots=True)
class PolicyRouted:
    """Where policy routes send a packet, and whether the routes are asked.

    Of a fragment that is all that becomes of what it may be the rest of. `leads_nowhere` says
    that an entry matched whose next hop lies in no connected prefix of the VRF.
    """

    exits: tuple[Exit, ...]
    leads_nowhere: bool
    by_routes: bool


def policy_routed(
    device: Device, inward: L3Interface, completions: Iterable[Packet]
) -> PolicyRouted:
    """Return what the first policy route that matches does with each of a packet's completions."""
    if not device.policy_routes:
        return PolicyRouted((), leads_nowhere=False, by_routes=True)
    found = dict.fromkeys(_exits_of_first(device, inward, whole) for whole in completions)
    exits = dict.fromkeys(way for ways in found if ways is not None for way in ways)
    return PolicyRouted(tuple(exits), leads_nowhere=() in found, by_routes=None in found)


def _exits_of_first(device: Device, inward: L3Interface, packet: Packet) -> tuple[Exit, ...] | None:
    """Return where the first policy route that matches sends a packet, None if none matches.

    None matches a packet for an address of the device in whatever VRF. No exit means that the
    next hop lies in no connected prefix of the VRF.
    """
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
