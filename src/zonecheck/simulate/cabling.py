"""Where frames go: bridges, hubs and the links that join them (docs/semantics.md, section 1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from zonecheck.model.device import Device, L3Interface, PortMode, SwitchPort
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.segment import Segment
from zonecheck.model.service import PortRange
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.simulate.ssids import laid_on


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A bridge (`vlan` set: one VLAN on the switch `name`) or a hub (`vlan` 0)."""

    name: str
    vlan: int = 0

    def __str__(self) -> str:
        return f"{self.name} vlan {self.vlan}" if self.vlan else self.name


@dataclass(frozen=True, slots=True)
class Join:
    """Two places that frames pass between, as the ports and VLANs they pass.

    `double_tagged` marks those that only frames with two tags pass.
    """

    a: Place
    b: Place
    a_text: str
    b_text: str
    source: Source
    double_tagged: bool = False


class Cabling:
    """The switches of a topology, what they carry, and how links join their VLANs."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self.switches: dict[str, Device] = {d.id: d for d in topology.devices if d.kind.bridges}

    def switch_port(self, end: LinkEnd) -> SwitchPort | None:
        """Return the switch port at the end of a link, None if something else is there."""
        if end.node in self.switches:
            for port in self.switches[end.node].ports:
                if port.id == end.port:
                    return port
        return None

    @cached_property
    def vlans(self) -> tuple[int, ...]:
        """Return the VLANs that matter: of segments, access ports, native VLANs, IP interfaces."""
        named = {segment.vlan for segment in self._topology.segments}
        for switch in self.switches.values():
            named |= {vlan for port in switch.ports for vlan in access_vlans(port)}
            named |= {port.native for port in switch.ports if port.mode is PortMode.TRUNK}
        named |= {face.vlan for device in self._topology.devices for face in device.interfaces}
        said = {vlan for vlan in named if vlan is not None}
        return tuple(sorted(said | self._vlans_of_hosts(said)))

    def _vlans_of_hosts(self, said: set[int]) -> set[int]:
        """Return VLANs nobody names that hosts behind trunks may use, one a set of trunks."""
        trunks = [
            (LinkEnd(switch.id, port.id), port)
            for switch in self.switches.values()
            for port in switch.ports
            if port.mode is PortMode.TRUNK or port.dtp
        ]
        to_hosts = {
            far
            for link in self._topology.links
            for near, far in ((link.a, link.b), (link.b, link.a))
            if near.node in self._topology.host_by_id
        }
        to_hosts |= {end for end, _ in self._free_ports_with_dtp()}
        if not any(end in to_hosts for end, _ in trunks):
            return set()
        # From one bound of what a trunk allows to the next, all VLANs are allowed on the same ones.
        bounds = {1}
        for _, port in trunks:
            for item in port.allowed:
                bounds |= {item.low, item.high + 1}
        chosen: dict[tuple[LinkEnd, ...], int] = {}
        found = False
        for vlan in range(1, 4095):
            if vlan in bounds:
                found = False
            if found or vlan in said:
                continue
            found = True
            allowing = tuple(end for end, port in trunks if allows_host(port, vlan))
            if any(end in to_hosts for end in allowing):
                chosen.setdefault(allowing, vlan)
        return set(chosen.values())

    def places_of_segment(self, segment: Segment) -> tuple[Place, ...]:
        """Return where a segment lives (section 1, "Where a segment lives" and "SSIDs")."""
        segment = laid_on(self._topology, segment)
        vlan = segment.vlan
        if vlan is not None:
            named = [name for name in segment.switches if name in self.switches]
            homes = named or [n for n, switch in self.switches.items() if _carries(switch, vlan)]
            if homes:
                return tuple(Place(name, vlan) for name in homes)
        return (Place(segment.id),)

    def hub_of(self, link: Link) -> Place:
        """Return the hub that a cable between two things that are not switch ports is."""
        return Place(str(link))

    @cached_property
    def joins(self) -> tuple[Join, ...]:
        """Return every join that links between open switch ports make, and free ports with DTP."""
        found = [join for link in self._topology.links for join in self._joins_of(link)]
        return (*found, *self._joins_of_free_ports())

    def _joins_of_free_ports(self) -> Iterator[Join]:
        """Yield the joins that somebody makes who talks a free access port into being a trunk."""
        for end, port in self._free_ports_with_dtp():
            for own in access_vlans(port):
                for vlan in self.vlans:
                    if vlan != own:
                        yield Join(
                            Place(end.node, own),
                            Place(end.node, vlan),
                            port_text(end, own),
                            port_text(end, vlan),
                            port.source,
                        )

    def _free_ports_with_dtp(self) -> list[tuple[LinkEnd, SwitchPort]]:
        taken = {end for link in self._topology.links for end in link.ends}
        ends = [
            (LinkEnd(switch.id, port.id), port)
            for switch in self.switches.values()
            for port in switch.ports
            if port.dtp and not port.shutdown
        ]
        return [(end, port) for end, port in ends if end not in taken]

    def _joins_of(self, link: Link) -> Iterator[Join]:
        yield from self._cable_joins(link)
        for near, far in ((link.a, link.b), (link.b, link.a)):
            near_port, far_port = self.switch_port(near), self.switch_port(far)
            if near_port is not None and far_port is None and not near_port.shutdown:
                yield from self._double_tagging_to_stranger(link, near, near_port)
            if near_port is None or far_port is None or near_port.shutdown or far_port.shutdown:
                continue
            yield from self._switch_joins(link, near, near_port, far, far_port)
            if _negotiate(near_port, far_port):
                yield from self._switch_joins(
                    link, near, _negotiated(near_port), far, _negotiated(far_port)
                )

    def _switch_joins(
        self, link: Link, near: LinkEnd, near_port: SwitchPort, far: LinkEnd, far_port: SwitchPort
    ) -> Iterator[Join]:
        """Yield the joins of two open ports of switches in the direction of the far one."""
        for vlan in self.vlans:
            for entered in _enters(near_port, far_port, vlan):
                yield Join(
                    Place(near.node, vlan),
                    Place(far.node, entered),
                    port_text(near, vlan),
                    port_text(far, entered),
                    link.source,
                )
        yield from self._double_tagging(link, near, near_port, far, far_port)

    def _cable_joins(self, link: Link) -> Iterator[Join]:
        """Yield the joins of a cable with the hubs of the segments its ends are planned in."""
        if any(self.switch_port(end) is not None for end in link.ends):
            return
        cable = self.hub_of(link)
        for end in link.ends:
            for name in self._planned_at(end):
                segment = self._topology.segment_by_id.get(name or "")
                if segment is None:
                    continue
                for place in self.places_of_segment(segment):
                    if not place.vlan:
                        yield Join(cable, place, str(link), segment.id, link.source)

    def _planned_at(self, end: LinkEnd) -> list[str | None]:
        host = self._topology.host_by_id.get(end.node)
        if host is not None:
            return [card.segment for card in host.interfaces if card.id == end.port]
        device = self._topology.device_by_id.get(end.node)
        faces = device.interfaces if device is not None else ()
        return [face.segment for face in faces if (face.port or face.id) == end.port]

    def _double_tagging(
        self, link: Link, near: LinkEnd, near_port: SwitchPort, far: LinkEnd, far_port: SwitchPort
    ) -> Iterator[Join]:
        """Yield the joins of frames with two tags out of a native VLAN in use for access."""
        native = near_port.native
        if near_port.mode is not PortMode.TRUNK or native is None:
            return
        if far_port.mode is not PortMode.TRUNK or not self._used_for_access(near.node, native):
            return
        for vlan in self.vlans:
            if far_port.allows(vlan):
                yield Join(
                    Place(near.node, native),
                    Place(far.node, vlan),
                    f"{near.node}:{near.port} native vlan {native}",
                    port_text(far, vlan),
                    link.source,
                    double_tagged=True,
                )

    def _double_tagging_to_stranger(
        self, link: Link, near: LinkEnd, port: SwitchPort
    ) -> Iterator[Join]:
        """Yield the joins of frames with two tags to something that is not a switch."""
        native = port.native
        if port.mode is not PortMode.TRUNK or native is None:
            return
        if self._used_for_access(near.node, native):
            for vlan in self.vlans:
                if port.allows(vlan) and vlan != native:
                    yield Join(
                        Place(near.node, native),
                        Place(near.node, vlan),
                        f"{near.node}:{near.port} native vlan {native}",
                        port_text(near, vlan),
                        link.source,
                        double_tagged=True,
                    )

    def _used_for_access(self, switch: str, vlan: int) -> bool:
        if any(vlan in access_vlans(port) for port in self.switches[switch].ports):
            return True
        return Place(switch, vlan) in self._planned_places

    @cached_property
    def _planned_places(self) -> frozenset[Place]:
        """Return the places where segments live."""
        return frozenset(
            place
            for segment in self._topology.segments
            for place in self.places_of_segment(segment)
        )


def is_svi(device: Device, interface: L3Interface) -> bool:
    """Return whether an interface is the SVI of its VLAN."""
    routed_port = interface.vlan is None or interface.port is not None
    return device.kind.bridges and not routed_port


def port_text(end: LinkEnd, vlan: int) -> str:
    """Return a port and a VLAN as `li-core-1:Te1/1/1 vlan 320`."""
    return f"{end.node}:{end.port} vlan {vlan}"


def _carries(switch: Device, vlan: int) -> bool:
    """Return whether a switch has an access port in a VLAN, an SVI for it or a trunk with it."""
    for port in switch.ports:
        if vlan in access_vlans(port) or (port.mode is PortMode.TRUNK and port.allows(vlan)):
            return True
    return any(is_svi(switch, face) and face.vlan == vlan for face in switch.interfaces)


def access_vlans(port: SwitchPort) -> tuple[int, ...]:
    """Return the VLANs an access port may be in: its own and those of 802.1X; a trunk's none."""
    if port.mode is not PortMode.ACCESS:
        return ()
    own = () if port.vlan is None else (port.vlan,)
    return tuple(dict.fromkeys((*own, *port.other_vlans)))


def allows_host(port: SwitchPort, vlan: int) -> bool:
    """Return whether a host behind a port can send tagged frames of a VLAN.

    Behind a trunk those allowed; an access port with DTP it may talk into a trunk of all.
    """
    return port.allows(vlan) if port.mode is PortMode.TRUNK else port.dtp


def _negotiate(one: SwitchPort, other: SwitchPort) -> bool:
    """Return whether the two ends of a cable may agree by DTP on being a trunk."""
    willing = [port.dtp or port.mode is PortMode.TRUNK for port in (one, other)]
    return all(willing) and (one.dtp or other.dtp)


def _negotiated(port: SwitchPort) -> SwitchPort:
    """Return a port as DTP makes it: a trunk of all VLANs, native VLAN 1, unless it is one."""
    if not port.dtp:
        return port
    return SwitchPort(port.id, PortMode.TRUNK, allowed=(PortRange(1, 4094),), native=1)


def _enters(near: SwitchPort, far: SwitchPort, vlan: int) -> tuple[int, ...]:
    """Return the VLANs that frames of a VLAN enter at the far end of a link."""
    if near.mode is PortMode.ACCESS:
        return _untagged_vlans(far) if vlan in access_vlans(near) else ()
    if not near.allows(vlan):
        return ()
    if near.native == vlan:
        return _untagged_vlans(far)
    return (vlan,) if far.mode is PortMode.TRUNK and far.allows(vlan) else ()


def _untagged_vlans(port: SwitchPort) -> tuple[int, ...]:
    """Return the VLANs that untagged frames enter at a port, none if they are dropped."""
    if port.mode is PortMode.ACCESS:
        return access_vlans(port)
    if port.native is not None and port.allows(port.native):
        return (port.native,)
    return ()
