"""What every edit is, and how elements of a topology are put in the place of others."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from zonecheck.model.device import Device, SwitchPort
from zonecheck.model.filter import Filter
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology

Item = TypeVar("Item")


class EditError(ValueError):
    """An edit does not fit the topology it is applied to: what it names is not there."""


class Edit(ABC):
    """One change of a design."""

    __slots__ = ()

    @abstractmethod
    def apply(self, topology: Topology) -> Topology:
        """Return the topology with this change.

        Raises:
            EditError: if the topology has not what the edit names.
        """


def apply_edits(topology: Topology, edits: Edit | Iterable[Edit]) -> Topology:
    """Return the topology with one edit, or several in their order.

    Raises:
        EditError: if one of them does not fit what those before it left.
    """
    for edit in (edits,) if isinstance(edits, Edit) else edits:
        topology = edit.apply(topology)
    return topology


def device_of(topology: Topology, name: str) -> Device:
    """Return a device.

    Raises:
        EditError: if there is none of that name.
    """
    if name not in topology.device_by_id:
        raise EditError(f"there is no device {name!r}")
    return topology.device_by_id[name]


def host_of(topology: Topology, name: str) -> Host:
    """Return a host.

    Raises:
        EditError: if there is none of that name.
    """
    if name not in topology.host_by_id:
        raise EditError(f"there is no host {name!r}")
    return topology.host_by_id[name]


def segment_of(topology: Topology, name: str) -> Segment:
    """Return a segment.

    Raises:
        EditError: if there is none of that name.
    """
    if name not in topology.segment_by_id:
        raise EditError(f"there is no segment {name!r}")
    return topology.segment_by_id[name]


def item_at(items: Sequence[Item] | None, position: int, what: str) -> Item:
    """Return the item at a position.

    Raises:
        EditError: if there is none, or the list is not declared.
    """
    if items is None or not 0 <= position < len(items):
        raise EditError(f"there is no {what} at position {position}")
    return items[position]


def with_device(topology: Topology, device: Device) -> Topology:
    """Return the topology with a device in the place of the one of its name."""
    devices = tuple(device if item.id == device.id else item for item in topology.devices)
    return replace(topology, devices=devices)


def with_host(topology: Topology, host: Host) -> Topology:
    """Return the topology with a host in the place of the one of its name."""
    return replace(
        topology, hosts=tuple(host if item.id == host.id else item for item in topology.hosts)
    )


def with_segment(topology: Topology, segment: Segment) -> Topology:
    """Return the topology with a segment in the place of the one of its name."""
    segments = tuple(segment if item.id == segment.id else item for item in topology.segments)
    return replace(topology, segments=segments)


def with_port(topology: Topology, device: Device, port: SwitchPort) -> Topology:
    """Return the topology with a switch port in the place of the one of its name."""
    ports = tuple(port if item.id == port.id else item for item in device.ports)
    return with_device(topology, replace(device, ports=ports))


def with_card(topology: Topology, host: Host, card: HostInterface) -> Topology:
    """Return the topology with a network card in the place of the one of its name."""
    cards = tuple(card if item.id == card.id else item for item in host.interfaces)
    return with_host(topology, replace(host, interfaces=cards))


def filter_of(device: Device, name: str | None) -> Filter:
    """Return the filter of a name, or with None the policy.

    Raises:
        EditError: if the device has no such filter.
    """
    if name is None:
        if device.policy is None:
            raise EditError(f"{device.id!r} has no policy")
        return device.policy
    for item in device.filters:
        if item.id == name:
            return item
    raise EditError(f"{device.id!r} has no filter {name!r}")


def with_filter(topology: Topology, device: Device, name: str | None, item: Filter) -> Topology:
    """Return the topology with a filter in the place of the one of a name, None: of the policy."""
    if name is None:
        return with_device(topology, replace(device, policy=item))
    filters = tuple(item if other.id == name else other for other in device.filters)
    return with_device(topology, replace(device, filters=filters))
