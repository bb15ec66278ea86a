"""What a file reader would reject about a topology, written down apart from the strategies."""

from collections import Counter
from collections.abc import Iterator

from zonecheck.model.address import AddressRange
from zonecheck.model.device import Device, DeviceKind, PortMode, Route
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.filter import Filter
from zonecheck.model.host import Host
from zonecheck.model.link import LinkEnd
from zonecheck.model.topology import Topology

Claim = tuple[str, str | None, AddressRange]


def faults(topology: Topology) -> list[str]:
    """Return everything that is structurally wrong, as sentences."""
    return [
        *_names(topology),
        *_segments(topology),
        *_addresses(topology),
        *_links(topology),
        *(fault for device in topology.devices for fault in _device(topology, device)),
        *(fault for host in topology.hosts for fault in _host(topology, host)),
        *_references(topology),
    ]


def claims(topology: Topology) -> Iterator[Claim]:
    """Yield who declares which addresses, and in which segment they must lie."""
    for host in topology.hosts:
        for card in host.interfaces:
            for item in card.addresses:
                yield f"{host.id}/{card.id}", card.segment, item
    for device in topology.devices:
        for interface in device.interfaces:
            for address in interface.addresses:
                owner = f"{device.id}/{interface.id}"
                yield owner, interface.segment, AddressRange.of_address(address.ip)
    for external in topology.externals:
        for edge in external.edges:
            for item in edge.addresses:
                yield f"{external.id}/{edge.id}", edge.segment, item
        for peer in external.peers:
            for item in peer.addresses:
                yield f"{external.id}/{peer.id}", None, item


def ports_of(topology: Topology) -> set[LinkEnd]:
    """Return everything a link may end at."""
    found = {LinkEnd(host.id, card.id) for host in topology.hosts for card in host.interfaces}
    for device in topology.devices:
        found |= {LinkEnd(device.id, port.id) for port in device.ports}
        found |= {
            LinkEnd(device.id, interface.port or interface.id)
            for interface in device.interfaces
            if not (device.kind.bridges and interface.vlan is not None)
        }
    return found


def _twice(what: str, names: list[str]) -> Iterator[str]:
    yield from (f"{what} {name} is there twice" for name, n in Counter(names).items() if n > 1)


def _names(topology: Topology) -> Iterator[str]:
    names = [segment.id for segment in topology.segments]
    names += [host.id for host in topology.hosts]
    names += [device.id for device in topology.devices]
    names += [external.id for external in topology.externals]
    yield from _twice("element", names)
    yield from _twice("channel", [channel.id for channel in topology.channels])
    yield from _twice("flow", [flow.id for flow in topology.specific_flows])
    for host in topology.hosts:
        yield from _twice(f"interface of {host.id}", [card.id for card in host.interfaces])
    macs = [card.mac for host in topology.hosts for card in host.interfaces if card.mac]
    yield from _twice("MAC address", macs)
    for external in topology.externals:
        members = [*(e.id for e in external.edges), *(p.id for p in external.peers)]
        yield from _twice(f"member of {external.id}", members)
    for device in topology.devices:
        names = [*(i.id for i in device.interfaces), *(p.id for p in device.ports)]
        yield from _twice(f"port of {device.id}", names)
        yield from _twice(f"filter of {device.id}", [item.id for item in device.filters])
        tags = [f"{i.port}.{i.vlan}" for i in device.interfaces if i.vlan is not None]
        yield from _twice(f"tag of {device.id}", tags)


def _segments(topology: Topology) -> Iterator[str]:
    taken: dict[tuple[str, int], str] = {}
    switches = {device.id: device for device in topology.devices if device.kind.bridges}
    for segment in topology.segments:
        for name in segment.switches:
            if name not in switches:
                yield f"{segment.id} names {name}, which is no switch"
        if segment.vlan is None:
            if segment.switches:
                yield f"{segment.id} has switches and no VLAN"
            continue
        if not 1 <= segment.vlan <= 4094:
            yield f"{segment.id} has VLAN {segment.vlan}"
        homes = segment.switches or [
            name for name, device in switches.items() if _carries(device, segment.vlan)
        ]
        for name in homes:
            other = taken.setdefault((name, segment.vlan), segment.id)
            if other != segment.id:
                yield f"{segment.id} and {other} are one VLAN on {name}"


def _carries(device: Device, vlan: int) -> bool:
    return any(i.vlan == vlan and i.port is None for i in device.interfaces) or any(
        port.vlan == vlan or port.allows(vlan) for port in device.ports
    )


def _addresses(topology: Topology) -> Iterator[str]:
    prefixes = [(s.id, item) for s in topology.segments for item in s.ranges]
    outside = [
        (e.id, AddressRange.of_network(prefix)) for e in topology.externals for prefix in e.prefixes
    ]
    for position, (name, item) in enumerate(prefixes):
        for other, against in (*prefixes[position + 1 :], *outside):
            if _overlap(item, against):
                yield f"prefixes of {name} and {other} overlap"
    declared = list(claims(topology))
    for position, (name, segment, item) in enumerate(declared):
        for other, _, against in declared[position + 1 :]:
            if _overlap(item, against):
                yield f"{name} and {other} both declare {item}"
        if segment is None:
            continue
        homes = [p for p in topology.segment_by_id[segment].prefixes if item.low in p]
        if not homes or item.high not in homes[0]:
            yield f"{name} declares {item} outside {segment}"
        elif homes[0].version == 4 and homes[0].prefixlen < 31:
            ends = homes[0].network_address, homes[0].broadcast_address
            if any(end in item for end in ends):
                yield f"{name} declares the network or broadcast address of {homes[0]}"


def _overlap(one: AddressRange, other: AddressRange) -> bool:
    if one.version != other.version:
        return False
    return one.interval[0] <= other.interval[1] and other.interval[0] <= one.interval[1]


def _links(topology: Topology) -> Iterator[str]:
    ends = [end for link in topology.links for end in link.ends]
    yield from _twice("link end", list(map(str, ends)))
    yield from (f"{end} does not exist" for end in set(ends) - ports_of(topology))
    for host in topology.hosts:
        for card in host.interfaces:
            if card.segment is None and LinkEnd(host.id, card.id) not in ends:
                yield f"{host.id}/{card.id} is nowhere"
    for device in topology.devices:
        for interface in device.interfaces:
            end = LinkEnd(device.id, interface.port or interface.id)
            if interface.segment is None and end not in ends:
                yield f"{device.id}/{interface.id} is nowhere"


def _device(topology: Topology, device: Device) -> Iterator[str]:
    named = {item.id for item in device.filters}
    interfaces = {interface.id for interface in device.interfaces}
    if device.ports and not device.kind.bridges:
        yield f"{device.id} has switch ports"
    if device.policy is not None and not device.kind.forwards:
        yield f"{device.id} has a policy and does not forward"
    if device.kind is DeviceKind.FIREWALL and device.policy is None:
        yield f"{device.id} is a firewall without a policy"
    for port in device.ports:
        access = port.mode is PortMode.ACCESS
        if access != (port.vlan is not None) or (access and (port.allowed or port.native)):
            yield f"{device.id}/{port.id} mixes access and trunk"
    for interface in device.interfaces:
        if {interface.filter_in, interface.filter_out} - named - {None}:
            yield f"{device.id}/{interface.id} names a filter that is not there"
        if interface.vlan is not None and not device.kind.bridges and interface.port is None:
            yield f"{device.id}/{interface.id} has a tag and no port"
        planned = topology.segment_by_id.get(interface.segment or "")
        vlans = (interface.vlan,) if device.kind.bridges else (interface.vlan, None)
        if interface.vlan is not None and planned is not None and planned.vlan not in vlans:
            yield f"{device.id}/{interface.id} is in another VLAN than its segment"
    for item in _filters(device):
        for rule in item.rules or ():
            if {*rule.in_interfaces, *rule.out_interfaces} - interfaces:
                yield f"rule {rule.name} of {device.id} names an interface that is not there"
    for entry in device.management or ():
        if set(entry.interfaces) - interfaces:
            yield f"management of {device.id} names an interface that is not there"
    for route in device.routes or ():
        yield from _route(device, route)


def _filters(device: Device) -> Iterator[Filter]:
    yield from device.filters
    if device.policy is not None:
        yield device.policy


def _route(device: Device, route: Route) -> Iterator[str]:
    here = [interface for interface in device.interfaces if interface.vrf == route.vrf]
    if not here:
        yield f"{device.id} has no VRF {route.vrf}"
    if bool(route.next_hops) + (route.interface is not None) + route.discard != 1:
        yield f"a route of {device.id} goes several ways, or none"
    if route.interface is not None and route.interface not in {i.id for i in device.interfaces}:
        yield f"a route of {device.id} names {route.interface}"
    connected = [address.network for interface in here for address in interface.addresses]
    for hop in route.next_hops:
        if hop.version != route.prefix.version or not any(hop in network for network in connected):
            yield f"{device.id} cannot reach the next hop {hop}"


def _host(topology: Topology, host: Host) -> Iterator[str]:
    if not host.interfaces:
        yield f"{host.id} has no interface"
    if host.ip_forward is False and host.routes is not None:
        yield f"{host.id} has routes and does not forward"
    if not host.two_sided and (host.services or any(card.side for card in host.interfaces)):
        yield f"{host.id} has sides and no role for them"
    connected = [
        prefix
        for card in host.interfaces
        if card.segment is not None
        for prefix in topology.segment_by_id[card.segment].prefixes
    ]
    for route in host.routes or ():
        if (route.next_hop is None) == (route.interface is None):
            yield f"a route of {host.id} goes several ways, or none"
        if route.interface is not None and route.interface not in {c.id for c in host.interfaces}:
            yield f"a route of {host.id} names {route.interface}"
        hop = route.next_hop
        if hop is not None and (
            hop.version != route.prefix.version or not any(hop in prefix for prefix in connected)
        ):
            yield f"{host.id} cannot reach the next hop {hop}"


def _references(topology: Topology) -> Iterator[str]:
    zones = {*topology.zone_by_id, *(external.zone for external in topology.externals)}
    named: list[str | None] = [segment.zone for segment in topology.segments]
    named += [zone for host in topology.hosts for zone in host.zones]
    named += [zone for device in topology.devices for zone in device.zones]
    named += [zone for link in topology.links for zone in link.zones or ()]
    for channel in topology.channels:
        named += [*(channel.data or ()), channel.initiator]
    yield from (f"zone {zone} is unknown" for zone in set(named) - zones - {None})
    segments = [card.segment for host in topology.hosts for card in host.interfaces]
    segments += [i.segment for device in topology.devices for i in device.interfaces]
    segments += [edge.segment for external in topology.externals for edge in external.edges]
    known = {*topology.segment_by_id, None}
    yield from (f"segment {name} is unknown" for name in set(segments) - known)
    ends = [end for leg in topology.declared_legs() for end in (leg.origin, leg.destination)]
    ends += [opening.to for device in topology.devices for opening in device.opens]
    yield from (f"endpoint {end} is unknown" for end in ends if not _known(topology, end))
    yield from ("a leg has no service" for leg in topology.declared_legs() if not leg.services)


def _known(topology: Topology, end: EndpointRef) -> bool:
    if end.kind is EndpointKind.PEER:
        external = topology.external_by_id.get(end.id)
        return external is not None and any(peer.id == end.peer for peer in external.peers)
    held = {
        EndpointKind.HOST: topology.host_by_id.keys(),
        EndpointKind.SEGMENT: topology.segment_by_id.keys(),
        EndpointKind.EXTERNAL: topology.external_by_id.keys(),
        EndpointKind.DEVICE: topology.device_by_id.keys(),
    }
    return end.id in held[end.kind]
