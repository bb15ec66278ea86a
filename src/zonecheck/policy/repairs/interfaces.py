"""A design without one interface, edge or peer, and without what speaks of it."""

from dataclasses import replace
from typing import TypeVar

from zonecheck.model.device import Device
from zonecheck.model.edit import without_dangling
from zonecheck.model.external import External
from zonecheck.model.filter import Filter, Rule
from zonecheck.model.host import Host
from zonecheck.model.nat import NatRule
from zonecheck.model.topology import Topology

Line = TypeVar("Line", Rule, NatRule)
T = TypeVar("T")


def without_interface(topology: Topology, node: str, name: str) -> Topology:
    """Return the topology without an interface of a host or device, an edge or a peer.

    Its cable goes, and so do routes out of it and rules that speak of it alone: with none left
    they would speak of any.
    """
    place = topology.zone_of_segment

    def named(element: Host | Device, left: Host | Device) -> tuple[str, ...]:
        """Return the tag without zones that nothing but the interface stood in."""
        there = {place(each.segment) for each in element.interfaces}
        gone = there - {place(each.segment) for each in left.interfaces}
        return tuple(zone for zone in element.zones if zone not in gone)

    def of_host(host: Host) -> Host:
        if host.id != node:
            return host
        left = _host(host, name)
        return replace(left, zones=named(host, left))

    def of_device(device: Device) -> Device:
        if device.id != node:
            return device
        left = _device(device, name)
        return replace(left, zones=named(device, left))

    edited = replace(
        topology,
        hosts=tuple(map(of_host, topology.hosts)),
        devices=tuple(map(of_device, topology.devices)),
        externals=tuple(_external(e, name) if e.id == node else e for e in topology.externals),
    )
    return without_dangling(edited)


def _host(host: Host, name: str) -> Host:
    routes = host.routes
    if routes is not None:
        routes = tuple(route for route in routes if route.interface != name)
    cards = tuple(card for card in host.interfaces if card.id != name)
    return replace(host, interfaces=cards, routes=routes)


def _external(external: External, name: str) -> External:
    return replace(
        external,
        edges=tuple(edge for edge in external.edges if edge.id != name),
        peers=tuple(peer for peer in external.peers if peer.id != name),
    )


def _device(device: Device, name: str) -> Device:
    def routed(routes: tuple[T, ...] | None) -> tuple[T, ...] | None:
        if routes is None:
            return None
        return tuple(route for route in routes if getattr(route, "interface", None) != name)

    def filtered(item: Filter | None) -> Filter | None:
        return None if item is None else _filter(item, name)

    return replace(
        device,
        interfaces=tuple(face for face in device.interfaces if face.id != name),
        routes=routed(device.routes),
        policy_routes=tuple(
            replace(route, in_interfaces=_left(route.in_interfaces, name))
            for route in device.policy_routes
            if route.interface != name and route.in_interfaces != (name,)
        ),
        policy=filtered(device.policy),
        filters=tuple(_filter(item, name) for item in device.filters),
        nat=_lines(device.nat, name),
        management=None
        if device.management is None
        else tuple(
            replace(entry, interfaces=_left(entry.interfaces, name))
            for entry in device.management
            if entry.interfaces != (name,)
        ),
        standby=tuple(
            replace(
                member,
                routes=routed(member.routes),
                policy=filtered(member.policy),
                filters=None
                if member.filters is None
                else tuple(_filter(item, name) for item in member.filters),
                nat=None if member.nat is None else _lines(member.nat, name),
            )
            for member in device.standby
        ),
    )


def _filter(item: Filter, name: str) -> Filter:
    return replace(
        item,
        rules=None if item.rules is None else _lines(item.rules, name),
        session_rules=None if item.session_rules is None else _lines(item.session_rules, name),
    )


def _lines(lines: tuple[Line, ...], name: str) -> tuple[Line, ...]:
    """Return rules without those of that interface alone."""
    return tuple(
        _line(line, name)
        for line in lines
        if (name,) not in (line.in_interfaces, line.out_interfaces)
    )


def _line(line: Line, name: str) -> Line:
    if name not in (*line.in_interfaces, *line.out_interfaces):
        return line
    return replace(
        line,
        in_interfaces=_left(line.in_interfaces, name),
        out_interfaces=_left(line.out_interfaces, name),
    )


def _left(names: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(name for name in names if name != gone)
