"""The MAC addresses that frames of a topology bear.

What the topology declares is taken. Anything else gets a locally administered address made of the
names and addresses that tell it apart, the same in every capture; that it was made up can be seen
of its first byte, 02. Nobody can judge a capture by these: the design does not know them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from ipaddress import IPv6Address
from random import Random

from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.topology import Topology

BROADCAST = "ff:ff:ff:ff:ff:ff"
LOCALLY_ADMINISTERED = 0x02


class MacAddresses:
    """Which MAC address stands in a frame for which sender or receiver."""

    def __init__(
        self, topology: Topology, instead: Mapping[AttachmentPoint, str] | None = None
    ) -> None:
        """Know the addresses of a topology, some of them replaced by others."""
        self._topology = topology
        self._instead = dict(instead or {})
        self._shared = True

    def without_shared(self) -> "MacAddresses":
        """Return the same where frames for a router bear the MAC address of its interface."""
        changed = MacAddresses(self._topology, self._instead)
        changed._shared = False
        return changed

    def declared(self, point: AttachmentPoint) -> str | None:
        """Return the address the topology declares for a point, None if it declares none.

        Of several it is the first: the member that is in charge in the normal state.
        """
        if point.kind is AttachmentKind.HOST:
            return self._topology.host_by_id[point.node].interface(point.port).mac
        if point.kind is AttachmentKind.STACK:
            macs = self._topology.device_by_id[point.node].interface(point.port).macs
            return macs[0] if macs else None
        if point.kind is AttachmentKind.EDGE:
            edges = self._topology.external_by_id[point.node].edges
            return next((e.macs[0] for e in edges if e.id == point.port and e.macs), None)
        return None

    def of(self, point: AttachmentPoint, address: IPAddress | None = None) -> str:
        """Return the MAC address of what stands at a point with an IP address.

        The members of a host group and whatever is plugged into a segment are told apart by
        their IP addresses; devices and external edges have one MAC address an interface.
        """
        known = self._instead.get(point) or self.declared(point)
        if known is not None:
            return known
        several = point.kind is AttachmentKind.ACCESS or (
            point.kind is AttachmentKind.HOST and self._topology.host_by_id[point.node].count > 1
        )
        return made_up(f"{point} {address}" if several else str(point))

    def gateway(self, point: AttachmentPoint, version: int) -> str:
        """Return the address frames for a router bear: of VRRP, where it shares an address."""
        virtual = self.virtual(point, version)
        return self.of(point) if virtual is None else virtual

    def foreign(self, random: Random) -> str:
        """Return an address that is nobody's (RFC 7042, for documentation)."""
        declared = set(self._all_declared())
        free = (f"00:00:5e:00:53:{last:02x}" for last in range(256))
        return random.choice([mac for mac in free if mac not in declared])

    def _all_declared(self) -> Iterator[str]:
        for host in self._topology.hosts:
            yield from (card.mac.lower() for card in host.interfaces if card.mac)
        for device in self._topology.devices:
            yield from (mac.lower() for face in device.interfaces for mac in face.macs)
        for external in self._topology.externals:
            yield from (mac.lower() for edge in external.edges for mac in edge.macs)

    def virtual(self, point: AttachmentPoint, version: int) -> str | None:
        """Return the virtual MAC address (RFC 9568) of a shared address, None if it has none."""
        if point.kind is not AttachmentKind.STACK or not self._shared:
            return None
        face = self._topology.device_by_id[point.node].interface(point.port)
        if not any(shared.version == version for shared in face.virtual):
            return None
        kind = 0x01 if version == 4 else 0x02
        return f"00:00:5e:00:{kind:02x}:{self.group(point):02x}"

    def group(self, point: AttachmentPoint) -> int:
        """Return the VRRP group of a router's interface: its VLAN, or a number made of its name.

        The topology does not keep the number; the same on all members is what counts.
        """
        face = self._topology.device_by_id[point.node].interface(point.port)
        segment = self._topology.segment_by_id.get(face.segment or "")
        vlan = face.vlan or (segment.vlan if segment is not None else None)
        number = _digest(face.segment or face.id)[0] if vlan is None else vlan
        return number if 1 <= number <= 255 else number % 255 + 1


def made_up(name: str) -> str:
    """Return the locally administered MAC address made of a name."""
    return ":".join(f"{byte:02x}" for byte in (LOCALLY_ADMINISTERED, *_digest(name)[:5]))


def link_local(mac: str) -> IPv6Address:
    """Return the link-local address that belongs to a MAC address (RFC 4291, appendix A)."""
    data = bytes.fromhex(mac.replace(":", ""))
    identifier = bytes((data[0] ^ 2, *data[1:3], 0xFF, 0xFE, *data[3:]))
    return IPv6Address(b"\xfe\x80" + bytes(6) + identifier)


def _digest(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()
