"""Repairs of what a device does with packets: rules, translations, routes, its own plane."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from zonecheck.model.device import Device, Standby
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.lists import (
    FilterPlace,
    drop,
    filters,
    source_of_line,
    with_device,
    with_filter,
    without,
    written_lines,
)
from zonecheck.policy.repairs.narrowing import narrowed
from zonecheck.policy.repairs.repair import Repair, Size, removal


def rule_repairs(topology: Topology) -> Iterator[Repair]:
    """Yield every rule, translation, route and opening of a device taken out, rules narrowed."""
    for device in topology.devices:
        for place, item in filters(device):
            yield from _of_filter(topology, place, item)
        holders: list[tuple[str | None, Device | Standby]] = [(None, device)]
        holders += [(member.id, member) for member in device.standby]
        for member, holder in holders:
            yield from _of_tables(device, member, holder)
        yield from _of_own_plane(device)


def _of_filter(topology: Topology, place: FilterPlace, item: Filter) -> Iterator[Repair]:
    for line in written_lines(item.rules or ()):
        named = {"node": place.node, "filter": item.id, "rule": line[0].name}
        source = source_of_line(line)
        gone = partial(_without_line, place=place, line=line)
        yield removal(
            Size.RULE, Message.of("repair.rule-removed", **named), source, gone, *_nodes(place)
        )
        for rule in line:
            wide, close = (narrowed(topology, item, rule, facing=each) for each in (False, True))
            for kept in dict.fromkeys(each for each in (wide, close) if each is not None):
                text = "; ".join(_text(each) for each in kept)
                message = Message.of("repair.rule-narrowed", **named, kept=text)
                edit = partial(_with_rules, place=place, rule=rule, kept=kept)
                yield Repair(Size.NARROWED, message, source, edit, _nodes(place))
    for line in written_lines(item.session_rules or ()):
        message = Message.of(
            "repair.rule-removed", node=place.node, filter=item.id, rule=line[0].name
        )
        gone = partial(_without_line, place=place, line=line)
        yield removal(Size.RULE, message, source_of_line(line), gone, *_nodes(place))
    if item.default is not Action.DENY:
        message = Message.of("repair.default-deny", node=place.node, filter=item.id)
        edit = partial(with_filter, place=place, edit=lambda f: replace(f, default=Action.DENY))
        yield Repair(Size.SETTING, message, item.place_of_default, edit, _nodes(place))
    if not item.stateful or item.loose:
        message = Message.of("repair.stateful", node=place.node, filter=item.id)
        edit = partial(
            with_filter, place=place, edit=lambda f: replace(f, stateful=True, loose=False)
        )
        yield Repair(Size.SETTING, message, item.source, edit, _nodes(place))


def _nodes(place: FilterPlace) -> tuple[str, ...]:
    return tuple(dict.fromkeys((place.node, place.device)))


def _text(rule: Rule) -> str:
    services = ", ".join(map(str, rule.services)) or "any"
    return f"{rule.sources.text} -> {rule.destinations.text} {services}"


def _without_line(topology: Topology, place: FilterPlace, line: tuple[Rule, ...]) -> Topology:
    def edit(item: Filter) -> Filter:
        return replace(
            item,
            rules=None if item.rules is None else without(item.rules, line),
            session_rules=(
                None if item.session_rules is None else without(item.session_rules, line)
            ),
        )

    return with_filter(topology, place, edit)


def _with_rules(
    topology: Topology, place: FilterPlace, rule: Rule, kept: tuple[Rule, ...]
) -> Topology:
    def edit(item: Filter) -> Filter:
        rules: list[Rule] = []
        for each in item.rules or ():
            rules += kept if each is rule else (each,)
        return replace(item, rules=None if item.rules is None else tuple(rules))

    return with_filter(topology, place, edit)


def _of_tables(device: Device, member: str | None, holder: Device | Standby) -> Iterator[Repair]:
    node = member or device.id
    nodes = tuple(dict.fromkeys((node, device.id)))
    for line in written_lines(holder.nat or ()):
        # A static translation is one line and works both ways.
        message = Message.of("repair.nat-removed", node=node, rule=line[0].name)
        gone = partial(drop, device=device.id, member=member, field="nat", items=line)
        yield removal(Size.RULE, message, source_of_line(line), gone, *nodes)
    for route in holder.routes or ():
        way = ", ".join(map(str, route.next_hops)) or route.interface or "-"
        message = Message.of("repair.route-removed", node=node, prefix=route.prefix, way=way)
        gone = partial(drop, device=device.id, member=member, field="routes", items=(route,))
        yield removal(Size.ROUTE, message, route.source, gone, *nodes)


def _of_own_plane(device: Device) -> Iterator[Repair]:
    for route in device.policy_routes:
        message = Message.of("repair.policy-route-removed", node=device.id, route=route.name)
        gone = partial(drop, device=device.id, member=None, field="policy_routes", items=(route,))
        yield removal(Size.ROUTE, message, route.source, gone, device.id)
    for entry in device.management or ():
        message = Message.of("repair.management-removed", node=device.id, origin=entry.sources.text)
        gone = partial(drop, device=device.id, member=None, field="management", items=(entry,))
        yield removal(Size.RULE, message, entry.source, gone, device.id)
    for opening in device.opens:
        message = Message.of("repair.opening-removed", node=device.id, to=opening.to)
        gone = partial(drop, device=device.id, member=None, field="opens", items=(opening,))
        yield removal(Size.RULE, message, opening.source, gone, device.id, opening.to.id)
    for span in device.spans:
        message = Message.of("repair.span-removed", node=device.id, to=span.to)
        gone = partial(drop, device=device.id, member=None, field="spans", items=(span,))
        yield removal(Size.PORT, message, span.source, gone, device.id, span.to)
    for feature in device.also_forwards:
        message = Message.of("repair.feature-off", node=device.id, feature=feature)
        edit = partial(
            with_device,
            name=device.id,
            edit=partial(_without_feature, feature=feature),
        )
        yield Repair(Size.SETTING, message, device.source, edit, (device.id,))


def _without_feature(device: Device, feature: str) -> Device:
    return replace(
        device, also_forwards=tuple(each for each in device.also_forwards if each != feature)
    )
