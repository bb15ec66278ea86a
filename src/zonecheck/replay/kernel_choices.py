"""A design in which every choice is made that a kernel makes and the model leaves open.

Where the model takes all ways (several next hops, several owners of a shared address, any address
of a range), a kernel takes one. Both then judge a design that has this one way only, and the
choice is said. `pick` chooses another one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.device import Device, L3Interface, Route
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.message import Message
from zonecheck.model.nat import NatRule
from zonecheck.model.topology import Topology


def determined(topology: Topology, pick: int = 0) -> tuple[Topology, tuple[Message, ...]]:
    """Return the design with the choices made, and what was chosen."""
    chosen: dict[Message, None] = {}
    keepers = _keepers(topology, pick)
    devices = []
    for device in topology.devices:
        faces = tuple(_without_shared(device, face, keepers, chosen) for face in device.interfaces)
        devices.append(
            replace(
                device,
                interfaces=faces,
                routes=None if device.routes is None else _routes(device, pick, chosen),
                nat=tuple(_single(device, rule, pick, chosen) for rule in device.nat),
                policy=None if device.policy is None else _macless(device, device.policy, chosen),
                filters=tuple(_macless(device, item, chosen) for item in device.filters),
            )
        )
    return replace(topology, devices=tuple(devices)), tuple(chosen)


def _keepers(topology: Topology, pick: int) -> dict[IPAddress, tuple[str, str]]:
    """Return which interface keeps each shared address."""
    owners: dict[IPAddress, list[tuple[str, str]]] = {}
    for device in topology.devices:
        for face in device.interfaces:
            for shared in face.virtual:
                owners.setdefault(shared, []).append((device.id, face.id))
    return {shared: found[pick % len(found)] for shared, found in owners.items()}


def _without_shared(
    device: Device,
    face: L3Interface,
    keepers: dict[IPAddress, tuple[str, str]],
    chosen: dict[Message, None],
) -> L3Interface:
    lost = {each for each in face.virtual if keepers[each] != (device.id, face.id)}
    for shared in face.virtual:
        if shared not in lost:
            message = Message.of("kernel.chose-owner", address=shared, node=device.id)
            chosen[message] = None
    if not lost:
        return face
    return replace(
        face,
        addresses=tuple(item for item in face.addresses if item.ip not in lost),
        virtual=tuple(each for each in face.virtual if each not in lost),
    )


def _routes(device: Device, pick: int, chosen: dict[Message, None]) -> tuple[Route, ...]:
    alike: dict[tuple[object, str], list[Route]] = {}
    for route in device.routes or ():
        for single in _single_hops(route):
            alike.setdefault((route.prefix, route.vrf), []).append(single)
    kept = []
    for (prefix, _), routes in alike.items():
        if len(routes) > 1:
            message = Message.of("kernel.chose-route", node=device.id, prefix=prefix)
            chosen[message] = None
        kept.append(routes[pick % len(routes)])
    return tuple(kept)


def _single_hops(route: Route) -> Iterator[Route]:
    if len(route.next_hops) < 2:
        yield route
    for hop in route.next_hops if len(route.next_hops) > 1 else ():
        yield replace(route, next_hops=(hop,))


def _single(device: Device, rule: NatRule, pick: int, chosen: dict[Message, None]) -> NatRule:
    """Return a translation with one address of each IP version to translate to."""
    if rule.one_to_one:
        return rule
    source_to = tuple(_one_of_each(rule.source_to, pick))
    target = rule.destination_to
    if target is not None:
        (target,) = _one_of_each((target,), pick)
    single = replace(rule, source_to=source_to, destination_to=target)
    if single != rule:
        chosen[Message.of("kernel.chose-target", node=device.id, rule=rule.name)] = None
    return single


def _one_of_each(ranges: Iterable[AddressRange], pick: int) -> Iterator[AddressRange]:
    ranges = tuple(ranges)
    for version in (4, 6):
        mine = [item for item in ranges if item.version == version]
        if mine:
            found = mine[pick % len(mine)]
            yield AddressRange.of_address(found.high if pick % 2 else found.low)


def _macless(device: Device, item: Filter, chosen: dict[Message, None]) -> Filter:
    """Return a filter as the model reads it: a MAC address binds nobody."""
    if item.rules is None or not any(rule.macs for rule in item.rules):
        return item
    chosen[Message.of("kernel.macs-forged", node=device.id, filter=item.id)] = None
    return replace(item, rules=tuple(_macless_rules(item.rules)))


def _macless_rules(rules: Iterable[Rule]) -> Iterator[Rule]:
    for rule in rules:
        if not rule.macs:
            yield rule
        elif rule.action is Action.PERMIT:
            yield replace(rule, macs=())
