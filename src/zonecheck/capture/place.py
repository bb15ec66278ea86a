"""Where a capture was taken: which broadcast domain a frame with a certain VLAN tag is in there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zonecheck.dataplane import DataPlane
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.device import Device, PortMode, Span, SwitchPort
from zonecheck.model.topology import Topology

Tag = int | None
"""The outermost VLAN of a frame, None for an untagged one."""


@dataclass(frozen=True, slots=True)
class CapturePlace:
    """A place of capture: `domains` by the tags frames may have there.

    Without a name nobody said where the capture was taken: `domains` is then empty and nothing
    that depends on the place can be judged.
    """

    name: str = ""
    domains: Mapping[Tag, frozenset[int]] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Return whether it is said where the capture was taken."""
        return bool(self.name)

    def domains_of(self, tag: Tag) -> frozenset[int] | None:
        """Return the domains a frame is in, None if such a tag does not occur there."""
        return self.domains.get(tag)

    @property
    def all_domains(self) -> frozenset[int]:
        """Return every domain that is seen from there."""
        return frozenset(domain for found in self.domains.values() for domain in found)


NOWHERE_SAID = CapturePlace()
"""The place of a capture of which nobody says where it was taken."""


def find_place(plane: DataPlane, name: str) -> CapturePlace | None:
    """Return the place a name stands for, None if there is none.

    A segment, `host/interface`, `device/interface`, `switch/port`, `external/edge`; a host or
    device alone is all of its interfaces together, a sensor what mirror ports copy to it.
    """
    found: dict[Tag, set[int]] = {}
    for tag, domains in _tagged(plane, name):
        found.setdefault(tag, set()).update(domains)
    if not found:
        return None
    return CapturePlace(name, {tag: frozenset(domains) for tag, domains in found.items()})


def _tagged(plane: DataPlane, name: str) -> Iterator[tuple[Tag, tuple[int, ...]]]:
    topology = plane.topology
    if name in topology.segment_by_id:
        domains = plane.domains.domains_of_segment(name)
        yield None, domains
        if (vlan := topology.segment_by_id[name].vlan) is not None:
            yield vlan, domains
        return
    node, _, port = name.partition("/")
    for point, domains in plane.domains_of.items():
        is_meant = point.node == node and port in ("", point.port)
        if is_meant and point.kind is not AttachmentKind.ACCESS:
            yield None, domains
            if (vlan := _vlan_of(topology, point)) is not None:
                yield vlan, domains
    device = topology.device_by_id.get(node)
    if device is not None and port:
        yield from _port(plane, device, port)
    if node in topology.host_by_id and not port:
        yield from _mirrored(plane, node)


def _vlan_of(topology: Topology, point: AttachmentPoint) -> int | None:
    """Return the tag of frames at a point: of a device's interface, or of its segment."""
    if point.kind is AttachmentKind.STACK:
        interface = topology.device_by_id[point.node].interface(point.port)
        if interface.vlan is not None or interface.segment is None:
            return interface.vlan
        return topology.segment_by_id[interface.segment].vlan
    if point.kind is AttachmentKind.HOST:
        segment = topology.host_by_id[point.node].interface(point.port).segment
        return topology.segment_by_id[segment].vlan if segment is not None else None
    edges = topology.external_by_id[point.node].edges
    segments = [edge.segment for edge in edges if edge.id == point.port]
    return topology.segment_by_id[segments[0]].vlan if segments else None


def _port(plane: DataPlane, device: Device, name: str) -> Iterator[tuple[Tag, tuple[int, ...]]]:
    for port in device.ports:
        if port.id == name:
            for vlan in plane.domains.vlans_of_port(device.id, name):
                domains = plane.domains.domains_of_bridges(device.id, (vlan,))
                for tag in _tags_on(port, vlan):
                    yield tag, domains


def _tags_on(port: SwitchPort, vlan: int) -> tuple[Tag, ...]:
    """Return the tags frames of a VLAN may have on the cable of a port.

    Those of the native VLAN bear none, and switches take them with its tag as well.
    """
    if port.mode is PortMode.ACCESS:
        return (None,)
    return (None, vlan) if vlan == port.native else (vlan,)


def _mirrored(plane: DataPlane, sensor: str) -> Iterator[tuple[Tag, tuple[int, ...]]]:
    """Yield what mirror ports copy to a sensor, tagged or not as switches send it."""
    for device in plane.topology.devices:
        for span in device.spans:
            if span.to == sensor:
                for vlan in _vlans(plane, device, span):
                    domains = plane.domains.domains_of_bridges(device.id, (vlan,))
                    yield vlan, domains
                    yield None, domains


def _vlans(plane: DataPlane, device: Device, span: Span) -> list[int]:
    if span.vlan is not None:
        return [span.vlan]
    return plane.domains.vlans_of_port(device.id, span.port or "")
