"""Edits of switch ports, cables and what guards access ports."""

from dataclasses import dataclass, replace

from zonecheck.model.device import Device, PortMode, SwitchPort
from zonecheck.model.edit import without_link
from zonecheck.model.edits.edit import (
    Edit,
    EditError,
    device_of,
    segment_of,
    with_port,
    with_segment,
)
from zonecheck.model.service import PortRange
from zonecheck.model.topology import Topology

_VLANS = range(1, 4095)


@dataclass(frozen=True, slots=True)
class SetPortVlan(Edit):
    """An access port is put in another VLAN; the plan stays as it is."""

    device: str
    port: str
    vlan: int

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the port in the VLAN."""
        device, port = _port(topology, self.device, self.port, PortMode.ACCESS)
        _check(self.vlan)
        return with_port(topology, device, replace(port, vlan=self.vlan))


@dataclass(frozen=True, slots=True)
class AllowVlan(Edit):
    """A trunk carries one more VLAN."""

    device: str
    port: str
    vlan: int

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the VLAN allowed."""
        device, port = _port(topology, self.device, self.port, PortMode.TRUNK)
        _check(self.vlan)
        if port.allows(self.vlan):
            return topology
        allowed = (*port.allowed, PortRange(self.vlan, self.vlan))
        return with_port(topology, device, replace(port, allowed=allowed))


@dataclass(frozen=True, slots=True)
class ForbidVlan(Edit):
    """A trunk carries one VLAN less."""

    device: str
    port: str
    vlan: int

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the VLAN taken off the trunk."""
        device, port = _port(topology, self.device, self.port, PortMode.TRUNK)
        kept: list[PortRange] = []
        for item in port.allowed:
            if self.vlan not in item:
                kept.append(item)
                continue
            if item.low < self.vlan:
                kept.append(PortRange(item.low, self.vlan - 1))
            if self.vlan < item.high:
                kept.append(PortRange(self.vlan + 1, item.high))
        return with_port(topology, device, replace(port, allowed=tuple(kept)))


@dataclass(frozen=True, slots=True)
class SetNative(Edit):
    """Untagged frames of a trunk are of another VLAN; None: they are dropped."""

    device: str
    port: str
    vlan: int | None

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the native VLAN of the trunk."""
        device, port = _port(topology, self.device, self.port, PortMode.TRUNK)
        if self.vlan is not None:
            _check(self.vlan)
        return with_port(topology, device, replace(port, native=self.vlan))


@dataclass(frozen=True, slots=True)
class SetShutdown(Edit):
    """A switch port is shut, or opened."""

    device: str
    port: str
    shutdown: bool

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the port as told."""
        device, port = _port(topology, self.device, self.port)
        return with_port(topology, device, replace(port, shutdown=self.shutdown))


@dataclass(frozen=True, slots=True)
class Unplug(Edit):
    """A cable is taken out; it is named as in reports, `sw-1f/1 -- x-fw/l`."""

    link: str

    def apply(self, topology: Topology) -> Topology:
        """Return the topology without the cable."""
        for link in topology.links:
            if str(link) == self.link:
                return without_link(topology, link)
        raise EditError(f"there is no cable {self.link!r}")


@dataclass(frozen=True, slots=True)
class SetGuard(Edit):
    """The access ports of a segment bind senders to their addresses, or no longer do."""

    segment: str
    guarded: bool

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with both guards of the segment on or off."""
        segment = segment_of(topology, self.segment)
        changed = replace(segment, ip_source_guard=self.guarded, port_security=self.guarded)
        return with_segment(topology, changed)


def _port(
    topology: Topology, device: str, name: str, mode: PortMode | None = None
) -> tuple[Device, SwitchPort]:
    owner = device_of(topology, device)
    for port in owner.ports:
        if port.id == name:
            if mode is not None and port.mode is not mode:
                raise EditError(f"port {name!r} of {device!r} is not of mode {mode.value}")
            return owner, port
    raise EditError(f"{device!r} has no switch port {name!r}")


def _check(vlan: int) -> None:
    if vlan not in _VLANS:
        raise EditError(f"{vlan} is no VLAN")
