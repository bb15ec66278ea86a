"""Hosts that are a way to the Internet for whoever can use them, wherever they stand."""

from functools import cached_property
from typing import Final

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.sessions import openable, origins_of
from zonecheck.policy.unlisted import claimed_by_none

_RELAYING: Final = frozenset({"proxy", "mail", "dns", "time", "update"})
"""What systems provide whose hosts open to others what is asked of them."""


def relaying(topology: Topology) -> frozenset[str]:
    """Return the hosts that open to others what is asked of them, by what their systems provide."""
    systems = (system for system in topology.systems if _RELAYING.intersection(system.provides))
    return frozenset(host for system in systems for host in system.hosts)


class WaysOut:
    """Which hosts lead to the Internet: they open it, or relay to hosts that lead there.

    A relay is a host of a system that provides what relays do, or that no system claims. What
    two-sided hosts hand on is for the checks of their services, unless they are such relays.
    """

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._opened: dict[str, tuple[bool, frozenset[str]]] = {}

    @cached_property
    def _relays(self) -> frozenset[str]:
        topology = self._analysis.topology
        return relaying(topology) | {host.id for host in claimed_by_none(topology)}

    def lead_from(self, name: str) -> bool:
        """Return whether who can open a host has a way to the Internet by it."""
        seen, left = {name}, [name]
        while left:
            host = left.pop()
            if not self._hands_on(host):
                continue
            outside, others = self._opens(host)
            if outside:
                return True
            if host in self._relays:
                left += sorted(others - seen)
                seen |= others
        return False

    def _hands_on(self, name: str) -> bool:
        return not self._analysis.topology.host_by_id[name].two_sided or name in self._relays

    def _opens(self, name: str) -> tuple[bool, frozenset[str]]:
        """Return whether a host opens the Internet or its area, and which hosts it opens."""
        if name not in self._opened:
            self._opened[name] = self._find_opened(name)
        return self._opened[name]

    def _find_opened(self, name: str) -> tuple[bool, frozenset[str]]:
        analysis = self._analysis
        hosts: set[str] = set()
        for origin in origins_of(analysis, [name]):
            for point in analysis.reach.destinations(origin):
                outside = analysis.is_internet(point)
                if not outside and point.kind is not AttachmentKind.HOST:
                    continue
                if openable(analysis, origin, point).is_empty:
                    continue
                if outside and point.node != name:
                    return True, frozenset()
                hosts.add(point.node)
        return False, frozenset(hosts - {name})


def to_connected_peers(analysis: Analysis, origin: Origin, edge: AttachmentPoint) -> PacketSet:
    """Return the first headers to peers on the Internet in a network; public bodies left out."""
    plane = analysis.plane
    found = analysis.space.empty
    for peer in analysis.topology.external_by_id[edge.node].peers:
        if peer.internet_connected and not peer.public_body:
            end = EndpointRef(EndpointKind.PEER, edge.node, peer.id)
            found |= plane.addressing.endpoint_addresses(end)
    if found.is_empty:
        return found
    flow = analysis.reach.flow(origin, edge).at_once
    return flow.arriving(found) & plane.filters.new
