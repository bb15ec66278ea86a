"""Edits of what is only declared: attributes, channels and specific flows."""

from dataclasses import dataclass, replace

from zonecheck.model.attribute import Attribute, Attributes, attribute
from zonecheck.model.edits.edit import (
    Edit,
    EditError,
    with_device,
    with_host,
    with_segment,
)
from zonecheck.model.topology import Topology


@dataclass(frozen=True, slots=True)
class RemoveFlow(Edit):
    """A channel or specific flow is no longer declared; the network stays as it is."""

    flow: str

    def apply(self, topology: Topology) -> Topology:
        """Return the topology without the declaration."""
        changed = replace(
            topology,
            channels=tuple(c for c in topology.channels if c.id != self.flow),
            specific_flows=tuple(f for f in topology.specific_flows if f.id != self.flow),
        )
        if changed == topology:
            raise EditError(f"there is no channel or specific flow {self.flow!r}")
        return changed


@dataclass(frozen=True, slots=True)
class SetAttribute(Edit):
    """An attribute of a segment, host or device gets other values."""

    node: str
    name: str
    values: tuple[str, ...]

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the attribute."""
        known = attributes_of(topology, self.node)
        old = attribute(known, self.name)
        if old is None:
            return _with(topology, self.node, (*known, Attribute(self.name, self.values)))
        new = replace(old, values=self.values)
        return _with(topology, self.node, tuple(new if a is old else a for a in known))


@dataclass(frozen=True, slots=True)
class RemoveAttribute(Edit):
    """An attribute of a segment, host or device is no longer declared."""

    node: str
    name: str

    def apply(self, topology: Topology) -> Topology:
        """Return the topology without the attribute."""
        known = attributes_of(topology, self.node)
        if attribute(known, self.name) is None:
            raise EditError(f"{self.node!r} has no attribute {self.name!r}")
        return _with(topology, self.node, tuple(a for a in known if a.name != self.name))


def attributes_of(topology: Topology, node: str) -> Attributes:
    """Return the attributes of a segment, host or device.

    Raises:
        EditError: if nothing is called so.
    """
    for known in (topology.segment_by_id, topology.host_by_id, topology.device_by_id):
        if node in known:
            return known[node].attributes
    raise EditError(f"there is no segment, host or device {node!r}")


def _with(topology: Topology, node: str, attributes: Attributes) -> Topology:
    if node in topology.segment_by_id:
        segment = replace(topology.segment_by_id[node], attributes=attributes)
        return with_segment(topology, segment)
    if node in topology.host_by_id:
        return with_host(topology, replace(topology.host_by_id[node], attributes=attributes))
    return with_device(topology, replace(topology.device_by_id[node], attributes=attributes))
