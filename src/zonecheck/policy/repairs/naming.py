"""The lines of devices that name what is taken out: rules, translations, routes, managers."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from zonecheck.model.address import AddressRange
from zonecheck.model.device import Device, ManagementAccess, PolicyRoute, Standby
from zonecheck.model.filter import AddressMatch, Filter, Rule
from zonecheck.model.nat import NatRule
from zonecheck.model.topology import Topology

Line = TypeVar("Line", Rule, NatRule, PolicyRoute)
MatchEdit = Callable[[AddressMatch], AddressMatch | None]
"""A match as it is without what is taken out, None if it spoke of nothing else."""


def without_lines_about(topology: Topology, name: str) -> Topology:
    """Return the topology without lines that speak of an element, or a part of it, alone."""
    return _edited(topology, lambda match: None if is_about(match, name) else match)


def without_addresses(topology: Topology, node: str, gone: tuple[AddressRange, ...]) -> Topology:
    """Return the topology with lines that name a node as it reads without some addresses."""

    def edit(match: AddressMatch) -> AddressMatch:
        if match.ranges is None or node not in names_in(match):
            return match
        left = tuple(item for item in match.ranges if item not in gone)
        return match if left == match.ranges else replace(match, ranges=left)

    return _edited(topology, edit) if gone else topology


def names_in(match: AddressMatch) -> list[str]:
    """Return what a match names, as the file says it."""
    return match.text.removeprefix("not (").removesuffix(")").split(", ")


def is_about(match: AddressMatch, name: str) -> bool:
    """Return whether a match names an element, or a part of it, and nothing else."""
    return all(term == name or term.startswith(f"{name}/") for term in names_in(match))


def _edited(topology: Topology, edit: MatchEdit) -> Topology:
    return replace(topology, devices=tuple(_device(each, edit) for each in topology.devices))


def _device(device: Device, edit: MatchEdit) -> Device:
    return replace(
        device,
        policy=None if device.policy is None else _filter(device.policy, edit),
        filters=tuple(_filter(item, edit) for item in device.filters),
        nat=_lines(device.nat, edit),
        policy_routes=_lines(device.policy_routes, edit),
        management=None if device.management is None else _managers(device.management, edit),
        standby=tuple(_member(member, edit) for member in device.standby),
    )


def _member(member: Standby, edit: MatchEdit) -> Standby:
    filters, nat = member.filters, member.nat
    return replace(
        member,
        policy=None if member.policy is None else _filter(member.policy, edit),
        filters=None if filters is None else tuple(_filter(item, edit) for item in filters),
        nat=None if nat is None else _lines(nat, edit),
    )


def _filter(item: Filter, edit: MatchEdit) -> Filter:
    if item.rules is None:
        return item
    return replace(item, rules=_lines(item.rules, edit))


def _lines(lines: tuple[Line, ...], edit: MatchEdit) -> tuple[Line, ...]:
    return tuple(left for line in lines if (left := _line(line, edit)) is not None)


def _line(line: Line, edit: MatchEdit) -> Line | None:
    sources, destinations = edit(line.sources), edit(line.destinations)
    if sources is None or destinations is None:
        return None
    if (sources, destinations) == (line.sources, line.destinations):
        return line
    return replace(line, sources=sources, destinations=destinations)


def _managers(
    entries: tuple[ManagementAccess, ...], edit: MatchEdit
) -> tuple[ManagementAccess, ...]:
    found = []
    for entry in entries:
        sources = edit(entry.sources)
        if sources is not None:
            found.append(entry if sources == entry.sources else replace(entry, sources=sources))
    return tuple(found)
