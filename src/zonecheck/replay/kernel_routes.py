"""The routes of a node as the kernel is told them (docs/semantics.md, section 4, step 5)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zonecheck.model.address import IPAddress, IPNetwork
from zonecheck.model.device import Device
from zonecheck.model.host import Host

Link = tuple[IPNetwork, str]


@dataclass(frozen=True, slots=True)
class Way:
    """One route: by an interface, to a next hop or onto its link; without interface: nowhere."""

    prefix: IPNetwork
    interface: str | None
    next_hop: IPAddress | None = None

    def line(self) -> str:
        """Return the route as a line of an `ip` batch.

        Addresses are added without their prefix, so that the kernel makes no routes of its own
        for the first and last address, which the model treats like any other.
        """
        if self.interface is None:
            return f"route add blackhole {self.prefix}"
        via = "" if self.next_hop is None else f" via {self.next_hop}"
        onlink = " onlink" if via else ""
        return f"route add {self.prefix}{via} dev {self.interface}{onlink}"


def ways_of_device(device: Device, vrf: str, names: Mapping[str, str]) -> tuple[Way, ...]:
    """Return the routes of one VRF; `names` are what the kernel calls its interfaces."""
    links = [
        (item.network, names[face.id])
        for face in device.interfaces
        if face.vrf == vrf
        for item in face.addresses
    ]
    statics = [
        (
            route.prefix,
            None if route.discard else route.next_hops[0] if route.next_hops else None,
            None if route.discard or route.interface is None else names[route.interface],
        )
        for route in device.routes or ()
        if route.vrf == vrf
    ]
    return tuple(_ways(links, statics))


def ways_of_host(host: Host, links: Sequence[Link], names: Mapping[str, str]) -> tuple[Way, ...]:
    """Return the routes of a host with several cards."""
    statics = [
        (route.prefix, route.next_hop, names[route.interface] if route.interface else None)
        for route in host.routes or ()
    ]
    return tuple(_ways(links, statics))


def _ways(
    links: Sequence[Link], statics: Iterable[tuple[IPNetwork, IPAddress | None, str | None]]
) -> Iterator[Way]:
    connected = dict.fromkeys(prefix for prefix, _ in links)
    for prefix in connected:
        if prefix.prefixlen < prefix.max_prefixlen:
            yield Way(prefix, next(name for each, name in links if each == prefix))
    for prefix, hop, interface in statics:
        if prefix in connected:
            continue
        if hop is None:
            yield Way(prefix, interface)
        else:
            yield Way(prefix, interface or _interface_to(hop, links), hop)


def _interface_to(hop: IPAddress, links: Sequence[Link]) -> str | None:
    around = [
        (prefix.prefixlen, name)
        for prefix, name in links
        if prefix.version == hop.version and hop in prefix
    ]
    return max(around)[1] if around else None
