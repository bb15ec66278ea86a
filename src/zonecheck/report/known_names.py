"""Names for addresses: what a set of addresses is called in the topology."""

from collections.abc import Iterable
from ipaddress import ip_address

from zonecheck.model.address import AddressRange
from zonecheck.model.topology import Topology
from zonecheck.packets import Intervals, complement, normalise

_HIGHEST = {4: (1 << 32) - 1, 6: (1 << 128) - 1}


class KnownNames:
    """Looks up intervals of addresses; only exact matches get a name.

    Where one address set has several names, hosts come before devices, these before peers and
    edges, and these before segments and networks.
    """

    def __init__(self, topology: Topology) -> None:
        self._names: dict[tuple[int, Intervals], str] = {}
        self._free: dict[tuple[int, Intervals], str] = {}
        self._claimed: list[AddressRange] = []
        self._take_hosts(topology)
        self._take_devices(topology)
        self._take_externals(topology)
        for segment in topology.segments:
            self._add(segment.id, segment.ranges)
            self._add_free(segment.id, segment.ranges)

    def whole(self, version: int, intervals: Intervals) -> str | None:
        """Return the name of exactly this set of addresses."""
        return self._names.get((version, intervals))

    def unclaimed(self, version: int, intervals: Intervals) -> str | None:
        """Return the segment whose unclaimed addresses exactly these are."""
        return self._free.get((version, intervals))

    def address(self, text: str) -> str | None:
        """Return the name of one address."""
        found = ip_address(text)
        return self.whole(found.version, ((int(found), int(found)),))

    def _take_hosts(self, topology: Topology) -> None:
        for host in topology.hosts:
            self._add(host.id, [r for i in host.interfaces for r in i.addresses])
            for interface in host.interfaces:
                self._add(f"{host.id}/{interface.id}", interface.addresses)
                self._claimed += interface.addresses

    def _take_devices(self, topology: Topology) -> None:
        for device in topology.devices:
            for interface in device.interfaces:
                own = [AddressRange.of_address(a.ip) for a in interface.addresses]
                self._claimed += own
                for one in own:
                    self._add(f"{device.id}/{interface.id}", [one])

    def _take_externals(self, topology: Topology) -> None:
        for external in topology.externals:
            for peer in external.peers:
                self._add(f"{external.id}/{peer.id}", peer.addresses)
                self._claimed += peer.addresses
            for edge in external.edges:
                self._add(f"{external.id}/{edge.id}", edge.addresses)
                self._claimed += edge.addresses
            self._add(external.id, [AddressRange.of_network(p) for p in external.prefixes])

    def _add(self, name: str, ranges: Iterable[AddressRange]) -> None:
        for version, intervals in _by_version(ranges):
            self._names.setdefault((version, intervals), name)

    def _add_free(self, segment: str, ranges: Iterable[AddressRange]) -> None:
        for version, own in _by_version(ranges):
            taken = [r.interval for r in self._claimed if r.version == version]
            highest = _HIGHEST[version]
            blocked = complement(own, highest) + normalise(taken, highest)
            free = complement(normalise(blocked, highest), highest)
            if free != own:
                self._free.setdefault((version, free), segment)


def _by_version(ranges: Iterable[AddressRange]) -> list[tuple[int, Intervals]]:
    found = list(ranges)
    result: list[tuple[int, Intervals]] = []
    for version in (4, 6):
        own = [r.interval for r in found if r.version == version]
        if own:
            result.append((version, normalise(own, _HIGHEST[version])))
    return result
