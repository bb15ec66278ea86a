"""Addresses that stand for all that anything in a topology can tell apart."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
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


def _ends_in(value: object) -> Iterator[IPAddress]:
    """Yield the ends of all addresses, ranges and prefixes in model elements."""
    if isinstance(value, IPv4Interface | IPv6Interface):
        yield value.ip
        yield from _ends_in(value.network)
    elif isinstance(value, IPv4Address | IPv6Address):
        yield value
    elif isinstance(value, IPv4Network | IPv6Network):
        yield value.network_address
        yield value.broadcast_address
    elif isinstance(value, tuple):
        for item in value:
            yield from _ends_in(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _ends_in(getattr(value, part.name))


def _around(address: IPAddress) -> Iterator[IPAddress]:
    yield address
    for number in (int(address) - 1, int(address) + 1):
        if 0 <= number < 1 << address.max_prefixlen:
            yield type(address)(number)
