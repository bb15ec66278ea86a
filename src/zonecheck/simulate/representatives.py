"""Addresses that stand for all that anything in a topology can tell apart."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
)

from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.topology import Topology
from zonecheck.simulate.parts import parts_of


class Representatives:
    """The ends of every address, range and prefix a topology names, and those just outside.

    Any other address behaves like one of them wherever it is compared with what the topology
    names, so that a translation to any address of a range need only be followed for these.
    """

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._inside: dict[AddressRange, frozenset[IPAddress]] = {}

    def inside(
        self, ranges: Iterable[AddressRange], further: Iterable[IPAddress] = ()
    ) -> tuple[IPAddress, ...]:
        """Return the representatives of some ranges, in order.

        `further` are addresses to be told apart from all others too.
        """
        found: set[IPAddress] = set()
        for item in ranges:
            if item not in self._inside:
                ends = (address for address in self._ends if address in item)
                self._inside[item] = frozenset({item.low, item.high, *ends})
            found |= self._inside[item]
            found |= {address for address in further if address in item}
        return tuple(sorted(found, key=lambda address: (address.version, int(address))))

    @cached_property
    def _ends(self) -> frozenset[IPAddress]:
        ends = set(_ends_in(self._topology))
        return frozenset(near for end in ends for near in _around(end))


def _ends_in(topology: Topology) -> Iterator[IPAddress]:
    """Yield the ends of all addresses, ranges and prefixes a topology names."""
    for part in parts_of(topology):
        if isinstance(part, IPv4Interface | IPv6Interface):
            yield part.ip
            yield part.network.network_address
            yield part.network.broadcast_address
        elif isinstance(part, IPv4Address | IPv6Address):
            yield part
        elif isinstance(part, IPv4Network | IPv6Network):
            yield part.network_address
            yield part.broadcast_address


def _around(address: IPAddress) -> Iterator[IPAddress]:
    yield address
    for number in (int(address) - 1, int(address) + 1):
        if 0 <= number < 1 << address.max_prefixlen:
            yield type(address)(number)
