"""Who may put which packet into the network (docs/semantics.md, section 2)."""

from functools import cached_property

from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.device import SwitchPort
from zonecheck.model.link import LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment
from zonecheck.model.service import Service
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.simulate.cabling import access_vlans
from zonecheck.simulate.completions import Completions
from zonecheck.simulate.matching import services_fit
from zonecheck.simulate.ownership import Ownership
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.routing import device_tables
from zonecheck.simulate.tunnels import Tunnels

Refusal = tuple[Message, Source]


class Senders:
    """What stops a sender: the guard of its segment, or that a device opens no such session."""

    def __init__(self, topology: Topology, ownership: Ownership, completions: Completions) -> None:
        self._topology = topology
        self._ownership = ownership
        self._completions = completions
        self._tunnels = Tunnels(topology)

    def refusal(self, origin: AttachmentPoint, packet: Packet) -> Refusal | None:
        """Return why an origin cannot send a packet, None if it can."""
        if origin.kind is AttachmentKind.ACCESS:
            segment = self._topology.segment_by_id[origin.node]
            return _guarded(segment.id, packet, segment.source) if segment.guarded else None
        if origin.kind is AttachmentKind.HOST:
            return self._host_refusal(origin, packet)
        if origin.kind is AttachmentKind.STACK:
            opened = any(self.opens(origin.node, whole) for whole in self._completions.of(packet))
            if not opened or not self._leaves_by(origin, packet.destination):
                source = self._topology.device_by_id[origin.node].source
                return Message.of("drop.not-opened", node=origin.node), source
        return None

    def _leaves_by(self, origin: AttachmentPoint, destination: IPAddress) -> bool:
        """Return whether the routes of a device send its own packets out of an interface."""
        device = self._topology.device_by_id[origin.node]
        tables = device_tables(device) if device.kind.forwards else None
        if tables is None or device.policy_routes:
            return True
        entries = tables[device.interface(origin.port).vrf].best(destination)
        return any(way.interface == origin.port for entry in entries for way in entry.exits)

    def opens(self, device: str, packet: Packet) -> bool:
        """Return whether a device itself opens sessions with a whole packet, from any own address.

        The end of a tunnel opens what the tunnel is made of, from that end's address.
        """
        if self._tunnels.opens(device, packet):
            return True
        own = self._topology.device_by_id[device]
        if not any(packet.source == a.ip for face in own.interfaces for a in face.addresses):
            return False
        return any(
            _holds(ranges, packet.destination) and services_fit(services, packet)
            for ranges, services in self._openings[device]
        )

    def admits_tunnel(self, device: str, packet: Packet) -> bool:
        """Return whether a packet comes from the far end of a tunnel of a device (section 6)."""
        return self._tunnels.admits(device, packet)

    def is_reply_to_opened(self, device: str, packet: Packet) -> bool:
        """Return whether a packet is the reply to a session a device opens (section 4, step 3)."""
        opener = packet.reply()
        if opener is None:
            return False
        variants = (opener.with_flag(established=False), opener.with_flag(established=True))
        return any(
            v.reply() == packet and self.opens(device, v) and self._is_sent(device, v)
            for v in variants
        )

    def _is_sent(self, device: str, packet: Packet) -> bool:
        """Return whether some interface of a device sends a packet of its own."""
        faces = self._topology.device_by_id[device].interfaces
        stacks = (AttachmentPoint(AttachmentKind.STACK, device, face.id) for face in faces)
        return any(self._leaves_by(stack, packet.destination) for stack in stacks)

    def _host_refusal(self, origin: AttachmentPoint, packet: Packet) -> Refusal | None:
        card = self._topology.host_by_id[origin.node].interface(origin.port)
        segment = self._topology.segment_by_id.get(card.segment or "")
        if segment is None or not segment.guarded or not self._on_access_port(origin, segment):
            return None
        if self._ownership.may_use(card, packet.source):
            return None
        return _guarded(segment.id, packet, segment.source)

    def _on_access_port(self, card: AttachmentPoint, segment: Segment) -> bool:
        """Return whether a host's card is, as far as drawn, on an access port of its segment."""
        end = LinkEnd(card.node, card.port)
        for link in self._topology.links:
            if end in link.ends:
                far = link.b if link.a == end else link.a
                device = self._topology.device_by_id.get(far.node)
                ports = [p for p in device.ports if p.id == far.port] if device else []
                return any(_is_only_in(port, segment.vlan) for port in ports)
        return True

    @cached_property
    def _openings(
        self,
    ) -> dict[str, list[tuple[tuple[AddressRange, ...] | None, tuple[Service, ...]]]]:
        return {
            device.id: [
                (self._topology.addresses_of(item.to), item.services) for item in device.opens
            ]
            for device in self._topology.devices
        }


def _holds(ranges: tuple[AddressRange, ...] | None, address: IPAddress) -> bool:
    return ranges is None or any(address in item for item in ranges)


def _is_only_in(port: SwitchPort, vlan: int | None) -> bool:
    """Return whether a port is an access port of a VLAN and can become nothing else."""
    return vlan is not None and access_vlans(port) == (vlan,) and not port.dtp


def _guarded(segment: str, packet: Packet, source: Source) -> Refusal:
    return Message.of("drop.guard", segment=segment, source=packet.source), source
