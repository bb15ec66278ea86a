"""The cards a design lists: whose MAC address it is, and where they are plugged in."""

from collections.abc import Collection
from functools import cached_property

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis

_VIRTUAL_ROUTERS = (0x00005E0001, 0x00005E0002, 0x00000C07AC)
"""The first five octets of what VRRP (IPv4, IPv6) and HSRP put in place of a MAC address."""


class Inventory:
    """MAC addresses by card and cards by MAC address; what declares none is not known by it."""

    def __init__(self, analysis: Analysis) -> None:
        self._plane = analysis.plane
        self._topology = analysis.topology
        self._complete: dict[frozenset[int], bool] = {}

    @cached_property
    def cards(self) -> dict[int, list[AttachmentPoint]]:
        """Return the cards by MAC address: SVIs of one switch may share theirs."""
        found: dict[int, list[AttachmentPoint]] = {}
        for point in self._plane.domains_of:
            for mac in self.macs_of(point):
                found.setdefault(mac, []).append(point)
        return found

    def macs_of(self, point: AttachmentPoint) -> frozenset[int]:
        """Return the MAC addresses frames of a card may have, none if none is declared."""
        return frozenset(int(mac.replace(":", ""), 16) for mac in _declared(self._topology, point))

    def is_in(self, point: AttachmentPoint, domains: Collection[int]) -> bool:
        """Return whether a card is plugged into one of some broadcast domains."""
        return not set(domains).isdisjoint(self._plane.domains_of[point])

    def forwards(self, point: AttachmentPoint) -> bool:
        """Return whether frames of a card may carry packets of others."""
        if point.kind is AttachmentKind.HOST:
            return self._plane.forwards(self._topology.host_by_id[point.node])
        return point.kind is not AttachmentKind.ACCESS

    def ipv6_routers(self, domains: frozenset[int]) -> list[AttachmentPoint]:
        """Return the interfaces of devices in some domains that have an IPv6 address."""
        return [
            point
            for point in self._plane.domains_of
            if point.kind is AttachmentKind.STACK
            and self.is_in(point, domains)
            and any(
                address.version == 6
                for address in self._topology.device_by_id[point.node]
                .interface(point.port)
                .addresses
            )
        ]

    def shared_routers(self, domains: frozenset[int]) -> list[AttachmentPoint]:
        """Return the interfaces of devices in some domains that share an address with others."""
        return [
            point
            for point in self._plane.domains_of
            if point.kind is AttachmentKind.STACK
            and self.is_in(point, domains)
            and self._topology.device_by_id[point.node].interface(point.port).virtual
        ]

    def is_complete(self, domains: frozenset[int]) -> bool:
        """Return whether everything plugged into some domains declares its MAC addresses."""
        if domains not in self._complete:
            listed = [
                point
                for point in self._plane.domains_of
                if point.kind is not AttachmentKind.ACCESS and self.is_in(point, domains)
            ]
            self._complete[domains] = bool(listed) and all(map(self._says_all, listed))
        return self._complete[domains]

    def _says_all(self, point: AttachmentPoint) -> bool:
        if point.kind is AttachmentKind.HOST and self._topology.host_by_id[point.node].count > 1:
            return False
        return bool(self.macs_of(point))


def is_virtual_router(mac: int) -> bool:
    """Return whether a MAC address is one that routers of a group share."""
    return mac >> 8 in _VIRTUAL_ROUTERS


def _declared(topology: Topology, point: AttachmentPoint) -> tuple[str, ...]:
    if point.kind is AttachmentKind.HOST:
        mac = topology.host_by_id[point.node].interface(point.port).mac
        return () if mac is None else (mac,)
    if point.kind is AttachmentKind.STACK:
        return topology.device_by_id[point.node].interface(point.port).macs
    if point.kind is AttachmentKind.EDGE:
        edges = topology.external_by_id[point.node].edges
        return next((edge.macs for edge in edges if edge.id == point.port), ())
    return ()
