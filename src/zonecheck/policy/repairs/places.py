"""Repairs that unplug or take out: links, interfaces, hosts, devices, networks of others."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from zonecheck.model.device import Device, L3Interface
from zonecheck.model.edit import without_dangling
from zonecheck.model.external import External
from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.lists import changed_list, with_device
from zonecheck.policy.repairs.next_hops import without_lost_hops
from zonecheck.policy.repairs.repair import Repair, Size, removal
from zonecheck.policy.repairs.unplugging import unplugged, without_element, without_end


def place_repairs(topology: Topology) -> Iterator[Repair]:
    """Yield everything that can be unplugged, taken down or taken away."""
    for link in topology.links:
        message = Message.of("repair.link-removed", link=link)
        nodes = (str(link), *map(str, link.ends))
        yield removal(Size.LINK, message, link.source, partial(unplugged, link=link), *nodes)
    for device in topology.devices:
        yield from _of_device(device)
    for host in topology.hosts:
        yield from _of_host(host)
    for external in topology.externals:
        yield from _of_external(external)
    yield from _of_platforms(topology)
    for segment in topology.segments:
        radio = segment.laid_on is not None
        code = "repair.ssid-removed" if radio else "repair.segment-removed"
        size = Size.CARD if radio else Size.NODE
        gone = partial(without_element, name=segment.id)
        yield removal(size, Message.of(code, segment=segment.id), segment.source, gone, segment.id)
    yield from _of_flows(topology)


def _of_device(device: Device) -> Iterator[Repair]:
    for face in device.interfaces:
        end = f"{device.id}/{face.id}"
        message = Message.of("repair.interface-removed", interface=end)
        gone = partial(without_end, node=device.id, name=face.id)
        yield removal(Size.PORT, message, face.source, gone, end)
        if len(face.addresses) > 1:
            for address in face.addresses:
                message = Message.of("repair.address-removed", interface=end, address=address)
                edit = partial(_without_address, device=device.id, face=face.id, address=address)
                yield removal(Size.VLAN, message, face.source, edit, end)
    for member in device.standby:
        message = Message.of("repair.member-removed", node=member.id)
        gone = partial(_without_member, device=device.id, member=member.id)
        yield removal(Size.NODE, message, member.source, gone, device.id, member.id)
    message = Message.of("repair.device-removed", node=device.id)
    gone = partial(without_element, name=device.id)
    yield removal(Size.NODE, message, device.source, gone, device.id, wide=True)


def _without_address(topology: Topology, device: str, face: str, address: object) -> Topology:
    def edit(interface: L3Interface) -> L3Interface:
        if interface.id != face:
            return interface
        kept = tuple(each for each in interface.addresses if each != address)
        shared = tuple(ip for ip in interface.virtual if ip in {each.ip for each in kept})
        return replace(interface, addresses=kept, virtual=shared)

    edited = with_device(
        topology, device, lambda d: replace(d, interfaces=tuple(map(edit, d.interfaces)))
    )
    return without_lost_hops(topology, edited)


def _without_member(topology: Topology, device: str, member: str) -> Topology:
    edited = with_device(
        topology,
        device,
        lambda d: replace(d, standby=tuple(m for m in d.standby if m.id != member)),
    )
    return without_dangling(edited)


def _of_host(host: Host) -> Iterator[Repair]:
    for card in host.interfaces if len(host.interfaces) > 1 else ():
        end = f"{host.id}/{card.id}"
        message = Message.of("repair.card-removed", interface=end)
        gone = partial(without_end, node=host.id, name=card.id)
        yield removal(Size.CARD, message, card.source, gone, host.id, end)
    for route in host.routes or ():
        way = route.next_hop or route.interface or "-"
        message = Message.of("repair.route-removed", node=host.id, prefix=route.prefix, way=way)
        gone = partial(_without_item, host=host.id, field="routes", item=route)
        yield removal(Size.ROUTE, message, route.source, gone, host.id)
    for service in host.services:
        message = Message.of("repair.service-removed", node=host.id, method=service.method.value)
        gone = partial(_without_item, host=host.id, field="services", item=service)
        yield removal(Size.RULE, message, service.source, gone, host.id)
    message = Message.of("repair.host-removed", node=host.id)
    yield removal(Size.NODE, message, host.source, partial(without_element, name=host.id), host.id)


def _without_item(topology: Topology, host: str, field: str, item: object) -> Topology:
    def edit(each: Host) -> Host:
        return replace(each, **changed_list(each, field, item))

    return replace(topology, hosts=tuple(edit(h) if h.id == host else h for h in topology.hosts))


def _of_external(external: External) -> Iterator[Repair]:
    for edge in external.edges:
        end = f"{external.id}/{edge.id}"
        message = Message.of("repair.edge-removed", edge=end)
        gone = partial(without_end, node=external.id, name=edge.id)
        yield removal(Size.CARD, message, edge.source, gone, external.id, end)
    for peer in external.peers:
        end = f"{external.id}/{peer.id}"
        message = Message.of("repair.peer-removed", peer=end)
        gone = partial(without_end, node=external.id, name=peer.id)
        yield removal(Size.NODE, message, peer.source, gone, external.id, end, wide=True)
    message = Message.of("repair.external-removed", node=external.id)
    gone = partial(without_element, name=external.id)
    yield removal(Size.NODE, message, external.source, gone, external.id, wide=True)


def _of_platforms(topology: Topology) -> Iterator[Repair]:
    for platform in topology.hypervisors:
        for guest in platform.guests:
            message = Message.of("repair.guest-removed", platform=platform.id, host=guest)
            gone = partial(_off_platform, platform=platform.id, host=guest)
            yield removal(Size.CARD, message, platform.source, gone, platform.id, guest)
    for store in topology.datastores:
        for user in store.used_by:
            message = Message.of("repair.share-removed", platform=store.id, host=user)
            gone = partial(_off_platform, platform=store.id, host=user)
            yield removal(Size.CARD, message, store.source, gone, store.id, user)
    for path in topology.out_of_band:
        if path.enabled:
            message = Message.of("repair.path-off", path=path.id, medium=path.medium)
            edit = partial(_switched_off, path=path.id)
            nodes = (path.id, *(end.id for end in path.joins))
            yield removal(Size.CARD, message, path.source, edit, *nodes)
    for tunnel in topology.tunnels:
        message = Message.of("repair.segment-removed", segment=tunnel.carries)
        gone = partial(without_element, name=tunnel.carries)
        yield removal(Size.NODE, message, tunnel.source, gone, tunnel.id, tunnel.carries)


def _off_platform(topology: Topology, platform: str, host: str) -> Topology:
    return replace(
        topology,
        hypervisors=tuple(
            replace(h, guests=tuple(g for g in h.guests if g != host)) if h.id == platform else h
            for h in topology.hypervisors
        ),
        datastores=tuple(
            replace(d, used_by=tuple(u for u in d.used_by if u != host)) if d.id == platform else d
            for d in topology.datastores
        ),
    )


def _switched_off(topology: Topology, path: str) -> Topology:
    return replace(
        topology,
        out_of_band=tuple(
            replace(each, enabled=False) if each.id == path else each
            for each in topology.out_of_band
        ),
    )


def _of_flows(topology: Topology) -> Iterator[Repair]:
    for field in ("channels", "specific_flows", "maintenance"):
        for entry in getattr(topology, field):
            message = Message.of("repair.flow-withdrawn", flow=entry.id)
            gone = partial(_without_flow, field=field, name=entry.id)
            yield removal(Size.FLOW, message, entry.source, gone, entry.id)


def _without_flow(topology: Topology, field: str, name: str) -> Topology:
    kept: dict[str, Any] = {
        field: tuple(entry for entry in getattr(topology, field) if entry.id != name)
    }
    return replace(topology, **kept)
