"""The lists of a device in which a line may be taken out: filters, translations, routes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from zonecheck.model.device import Device, Standby
from zonecheck.model.filter import Filter, Rule
from zonecheck.model.nat import NatRule
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.repair import is_written

Line = TypeVar("Line")
Written = TypeVar("Written", Rule, NatRule)


@dataclass(frozen=True, slots=True)
class FilterPlace:
    """Where a filter is: the policy of a device or of a standby member, or a filter by its name."""

    device: str
    member: str | None
    name: str | None

    @property
    def node(self) -> str:
        """Return the name of the machine that holds it."""
        return self.member or self.device


def filters(device: Device) -> Iterator[tuple[FilterPlace, Filter]]:
    """Yield every filter of a device and its standby members."""
    holders: list[tuple[str | None, Device | Standby]] = [(None, device)]
    holders += [(member.id, member) for member in device.standby]
    for member, holder in holders:
        if holder.policy is not None:
            yield FilterPlace(device.id, member, None), holder.policy
        for item in holder.filters or ():
            yield FilterPlace(device.id, member, item.id), item


def with_filter(
    topology: Topology, place: FilterPlace, edit: Callable[[Filter], Filter]
) -> Topology:
    """Return the topology with one filter edited."""

    def of_device(holder: Device) -> Device:
        if place.name is None:
            return replace(holder, policy=None if holder.policy is None else edit(holder.policy))
        return replace(holder, filters=_edited(holder.filters))

    def of_member(holder: Standby) -> Standby:
        if holder.id != place.member:
            return holder
        if place.name is None:
            return replace(holder, policy=None if holder.policy is None else edit(holder.policy))
        return replace(holder, filters=None if holder.filters is None else _edited(holder.filters))

    def _edited(items: tuple[Filter, ...]) -> tuple[Filter, ...]:
        return tuple(edit(item) if item.id == place.name else item for item in items)

    if place.member is None:
        return with_device(topology, place.device, of_device)
    return with_device(
        topology,
        place.device,
        lambda device: replace(device, standby=tuple(map(of_member, device.standby))),
    )


def with_device(topology: Topology, name: str, edit: Callable[[Device], Device]) -> Topology:
    """Return the topology with one device edited."""
    return replace(
        topology, devices=tuple(edit(d) if d.id == name else d for d in topology.devices)
    )


def written_lines(items: tuple[Written, ...]) -> list[tuple[Written, ...]]:
    """Return rules or translations by the line they are read from, which may stand for several."""
    found: dict[object, list[Written]] = {}
    for item in items:
        key: object = item.source if is_written(item.source) else id(item)
        found.setdefault(key, []).append(item)
    return [tuple(line) for line in found.values()]


def without(items: tuple[Line, ...], gone: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return items without some, which are the very same objects."""
    names = {id(item) for item in gone}
    return tuple(item for item in items if id(item) not in names)


def changed_list(holder: object, field: str, *gone: object) -> dict[str, Any]:
    """Return a list of an element without items, as the field to replace; none if it is none."""
    items = getattr(holder, field)
    return {field: without(items, gone)} if items else {}


def drop(
    topology: Topology, device: str, member: str | None, field: str, items: tuple[object, ...]
) -> Topology:
    """Return the topology without items of a list of a device or of a standby member."""

    def of_device(holder: Device) -> Device:
        return replace(holder, **changed_list(holder, field, *items))

    def of_member(holder: Standby) -> Standby:
        if holder.id != member:
            return holder
        return replace(holder, **changed_list(holder, field, *items))

    if member is None:
        return with_device(topology, device, of_device)
    return with_device(
        topology, device, lambda d: replace(d, standby=tuple(map(of_member, d.standby)))
    )


def source_of_line(line: tuple[Rule, ...] | tuple[NatRule, ...]) -> Source:
    """Return where a line is written."""
    return line[0].source
