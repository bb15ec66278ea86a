"""What goes with a change: all else in which the changed design differs, to be written as well.

A proposal is proved as a whole. So whatever its edit takes along, or writes anew, has to be said,
or somebody who makes the change as it is printed makes another one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zonecheck.model.device import Device, Route, Standby
from zonecheck.model.filter import AddressMatch, Filter
from zonecheck.model.host import Host, HostRoute
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.lists import filters
from zonecheck.policy.repairs.naming import names_in
from zonecheck.policy.repairs.repair import Repair, Size, is_written

_GONE = {
    "hosts": ("repair.host-removed", "node"),
    "devices": ("repair.device-removed", "node"),
    "externals": ("repair.external-removed", "node"),
    "segments": ("repair.segment-removed", "segment"),
    "channels": ("repair.flow-withdrawn", "flow"),
    "specific_flows": ("repair.flow-withdrawn", "flow"),
    "maintenance": ("repair.flow-withdrawn", "flow"),
}
_ELSEWHERE = (*_GONE, "systems", "tunnels", "hypervisors", "datastores", "out_of_band")
_NAMES = ("node", "segment", "interface", "edge", "peer")
_INTERFACES = ("in_interfaces", "out_interfaces", "interfaces")
_NAMED = ("policies", "states")


@dataclass(frozen=True, slots=True)
class Entailed:
    """Something that goes with a change, and where it is written."""

    message: Message
    source: Source


def entailed(before: Topology, repairs: Sequence[Repair]) -> tuple[Entailed, ...]:
    """Return what goes with changes that take elements out, made one after the other."""
    found: dict[Entailed, None] = {}
    own = {repair.message for repair in repairs}
    for repair in repairs:
        after = repair.edit(before)
        if repair.removes and Size.VLAN <= repair.size <= Size.NODE:
            found |= dict.fromkeys(_differences(before, after, repair))
        before = after
    return tuple(each for each in found if each.message not in own)


def _differences(before: Topology, after: Topology, repair: Repair) -> Iterator[Entailed]:
    named = repair.message.named
    at = next(
        (named[k] for k in ("node", "segment", "interface", "edge", "peer") if k in named), ""
    )
    kept = {link.ends for link in after.links}
    for link in before.links:
        if link.ends not in kept:
            yield Entailed(Message.of("repair.link-removed", link=link), link.source)
    for device in before.devices:
        if device.id in after.device_by_id:
            yield from _of_device(device, after.device_by_id[device.id], at)
            yield from _names(device, after.device_by_id[device.id], at)
    for host in before.hosts:
        if host.id in after.host_by_id:
            yield from _of_host(host, after.host_by_id[host.id], at)
    for section in (*_ELSEWHERE, *_NAMED):
        yield from _of_section(section, getattr(before, section), getattr(after, section), at)


def _of_section(
    section: str, before: Iterable[Any], after: Iterable[Any], at: str
) -> Iterator[Entailed]:
    """Yield the elements that are gone, and those in which something is not mentioned any more."""
    left = {_key(element): element for element in after}
    for element in before:
        name = _key(element)
        if name == at:
            continue
        if name not in left:
            code, key = _GONE.get(section, ("repair.entry-removed", "subject"))
            yield Entailed(Message.of(code, **{key: name}), element.source)
        elif section not in ("hosts", "devices") and left[name] != element:
            if name == at.partition("/")[0]:
                continue
            message = Message.of("repair.mention-removed", subject=name, name=at)
            yield Entailed(message, element.source)


def _key(element: Any) -> str:
    return str(getattr(element, "id", None) or getattr(element, "name", ""))


def _of_host(before: Host, after: Host, at: str) -> Iterator[Entailed]:
    for card in before.interfaces:
        end = f"{before.id}/{card.id}"
        if end != at and card.id not in {each.id for each in after.interfaces}:
            yield Entailed(Message.of("repair.card-removed", interface=end), card.source)
    yield from _tag(before, after)
    for gone in _missing(before.routes, after.routes):
        yield _route(before.id, gone)


def _of_device(before: Device, after: Device, at: str) -> Iterator[Entailed]:
    for face in before.interfaces:
        end = f"{before.id}/{face.id}"
        if end != at and face.id not in {each.id for each in after.interfaces}:
            yield Entailed(Message.of("repair.interface-removed", interface=end), face.source)
    yield from _tag(before, after)
    yield from _of_tables(before.id, before, after)
    for route in _missing(before.policy_routes, after.policy_routes):
        message = Message.of("repair.policy-route-removed", node=before.id, route=route.name)
        yield Entailed(message, route.source)
    for entry in _missing(before.management, after.management):
        message = Message.of("repair.management-removed", node=before.id, origin=entry.sources.text)
        yield Entailed(message, entry.source)
    for opening in _missing(before.opens, after.opens):
        message = Message.of("repair.opening-removed", node=before.id, to=opening.to)
        yield Entailed(message, opening.source)
    for span in _missing(before.spans, after.spans):
        message = Message.of("repair.span-removed", node=before.id, to=span.to)
        yield Entailed(message, span.source)
    left = {member.id: member for member in after.standby}
    for member in before.standby:
        if member.id in left:
            yield from _of_tables(member.id, member, left[member.id])
    now = {(place, item.id): item for place, item in filters(after)}
    for place, item in filters(before):
        if (place, item.id) in now:
            yield from _of_filter(place.node, item, now[place, item.id])


def _of_tables(node: str, before: Device | Standby, after: Device | Standby) -> Iterator[Entailed]:
    for route in _missing(before.routes, after.routes):
        yield _route(node, route)
    for entry in _missing(before.nat, after.nat):
        message = Message.of("repair.nat-removed", node=node, rule=entry.name)
        yield Entailed(message, entry.source)


def _of_filter(node: str, before: Filter, after: Filter) -> Iterator[Entailed]:
    for rules, left in (
        (before.rules, after.rules),
        (before.session_rules, after.session_rules),
    ):
        for rule in _missing(rules, left):
            message = Message.of("repair.rule-removed", node=node, filter=before.id, rule=rule.name)
            yield Entailed(message, rule.source)


def _route(node: str, route: Route | HostRoute) -> Entailed:
    hops = route.next_hops if isinstance(route, Route) else (route.next_hop,)
    way = ", ".join(str(hop) for hop in hops if hop) or route.interface or "-"
    message = Message.of("repair.route-removed", node=node, prefix=route.prefix, way=way)
    return Entailed(message, route.source)


def _tag(before: Host | Device, after: Host | Device) -> Iterator[Entailed]:
    if before.zones != after.zones:
        text = f"zones: [{', '.join(after.zones)}]"
        message = Message.of("repair.tag-follows", node=before.id, declaration=text)
        yield Entailed(message, before.source)


def _missing(before: Iterable[Any] | None, after: Iterable[Any] | None) -> Iterator[Any]:
    """Yield the lines of a list that are not in another any more, told apart by their place."""
    left = {_place(line) for line in after or ()}
    yield from (line for line in before or () if _place(line) not in left)


def _place(line: Any) -> object:
    return line.source if is_written(line.source) else line


def _names(before: Device, device: Device, at: str) -> Iterator[Entailed]:
    """Yield the lines left that name, or named, what is gone beside other things.

    Several lines may be read from one place: they are looked at together.
    """
    was = _by_place(before)
    for (node, place), lines in _by_place(device).items():
        known = was.get((node, place), lines)
        for name in sorted(_interfaces(known) - _interfaces(lines)):
            yield _about("repair.name-left-out", node, lines[0], f"{device.id}/{name}")
        for hop in sorted(_hops(known) - _hops(lines)):
            yield _about("repair.name-left-out", node, lines[0], hop)
        if at and any(term == at or term.startswith(f"{at}/") for term in _terms(lines)):
            yield _about("repair.name-resolved", node, lines[0], at)


def _by_place(device: Device) -> dict[tuple[str, object], list[Any]]:
    found: dict[tuple[str, object], list[Any]] = {}
    for node, line in _lines(device):
        found.setdefault((node, _place(line)), []).append(line)
    return found


def _interfaces(lines: Iterable[Any]) -> set[str]:
    return {name for line in lines for key in _INTERFACES for name in getattr(line, key, ())}


def _hops(lines: Iterable[Any]) -> set[str]:
    return {str(hop) for line in lines for hop in getattr(line, "next_hops", ())}


def _terms(lines: Iterable[Any]) -> Iterator[str]:
    for line in lines:
        for match in (getattr(line, "sources", None), getattr(line, "destinations", None)):
            if isinstance(match, AddressMatch):
                yield from names_in(match)


def _about(code: str, node: str, line: Any, name: str) -> Entailed:
    rule = getattr(line, "name", None) or getattr(line, "prefix", None) or line.sources.text
    return Entailed(Message.of(code, node=node, rule=rule, name=name), line.source)


def _lines(device: Device) -> Iterator[tuple[str, Any]]:
    """Yield every line of a device and its standby members, with whose it is."""
    for place, item in filters(device):
        yield from (
            (place.node, rule) for rule in (*(item.rules or ()), *(item.session_rules or ()))
        )
    holders: tuple[Device | Standby, ...] = (device, *device.standby)
    for holder in holders:
        yield from ((holder.id, line) for line in (*(holder.nat or ()), *(holder.routes or ())))
    yield from ((device.id, line) for line in device.policy_routes)
    yield from ((device.id, line) for line in device.management or ())
