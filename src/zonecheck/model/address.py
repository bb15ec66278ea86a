"""IP addresses, prefixes and ranges as the standard library's types."""

from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
)

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network
IPInterface = IPv4Interface | IPv6Interface


@dataclass(frozen=True, slots=True)
class AddressRange:
    """All addresses from `low` to `high`, both included, of one IP version.

    Raises:
        ValueError: if the versions differ or `low` lies above `high`.
    """

    low: IPAddress
    high: IPAddress

    def __post_init__(self) -> None:
        if self.low.version != self.high.version:
            raise ValueError(f"{self.low} and {self.high} are of different IP versions")
        if int(self.low) > int(self.high):
            raise ValueError(f"{self.low} lies above {self.high}")

    @classmethod
    def of_network(cls, network: IPNetwork) -> "AddressRange":
        """Return the range of all addresses of a prefix."""
        return cls(network.network_address, network.broadcast_address)

    @classmethod
    def of_address(cls, address: IPAddress) -> "AddressRange":
        """Return the range that holds one address."""
        return cls(address, address)

    @property
    def version(self) -> int:
        """Return 4 or 6."""
        return self.low.version

    @property
    def interval(self) -> tuple[int, int]:
        """Return the bounds as integers."""
        return int(self.low), int(self.high)

    def __contains__(self, address: IPAddress) -> bool:
        return address.version == self.version and int(self.low) <= int(address) <= int(self.high)

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"
