"""One packet header (docs/semantics.md, section 3)."""

from dataclasses import dataclass, replace

from zonecheck.model.address import IPAddress
from zonecheck.model.service import ICMP_PROTOCOLS, PORT_PROTOCOLS, PROTOCOL_NAMES

TCP = 6
_ICMP_VERSION = {1: 4, 58: 6}
_ECHOES = {(1, 8): 0, (1, 0): 8, (58, 128): 129, (58, 129): 128}
_ERRORS = {1: frozenset({3, 4, 5, 11, 12}), 58: frozenset({1, 2, 3, 4})}


@dataclass(frozen=True, slots=True)
class Packet:
    """One header; for ICMP the destination port is the type. Only address translation changes it.

    With `fragment` it is a non-first fragment: addresses and protocol, and nothing that a port, a
    type or a flag could be compared with.

    Raises:
        ValueError: if the fields make no header of section 3.
    """

    source: IPAddress
    destination: IPAddress
    protocol: int
    source_port: int = 0
    destination_port: int = 0
    established: bool = False
    fragment: bool = False

    def __post_init__(self) -> None:
        if self.source.version != self.destination.version:
            raise ValueError(f"{self.source} and {self.destination} are of different IP versions")
        if not 0 <= self.protocol <= 255:
            raise ValueError(f"{self.protocol} is not an IP protocol number")
        if self.fragment:
            self._check_fragment()
        if self.established and self.protocol != TCP:
            raise ValueError(f"protocol {self.protocol} has no TCP flags")
        highest_source = 65535 if self.has_ports else 0
        highest_destination = 255 if self.has_type else highest_source
        if not 0 <= self.source_port <= highest_source:
            raise ValueError(f"protocol {self.protocol} has no source port {self.source_port}")
        if not 0 <= self.destination_port <= highest_destination:
            what = "type" if self.has_type else "destination port"
            raise ValueError(f"protocol {self.protocol} has no {what} {self.destination_port}")

    def _check_fragment(self) -> None:
        if not (self.protocol in PORT_PROTOCOLS or self._is_typed):
            raise ValueError(f"protocol {self.protocol} has no fragments of their own")
        if self.source_port or self.destination_port or self.established:
            raise ValueError(f"a fragment of protocol {self.protocol} has no port, type or flag")

    @property
    def version(self) -> int:
        """Return 4 or 6."""
        return self.source.version

    @property
    def has_ports(self) -> bool:
        """Return whether it carries ports: its protocol has them and it is no fragment."""
        return self.protocol in PORT_PROTOCOLS and not self.fragment

    @property
    def has_type(self) -> bool:
        """Return whether it carries a type: ICMP on IPv4 or ICMPv6 on IPv6, and no fragment."""
        return self._is_typed and not self.fragment

    @property
    def _is_typed(self) -> bool:
        return _ICMP_VERSION.get(self.protocol) == self.version

    @property
    def is_icmp_error(self) -> bool:
        """Return whether it is one of the ICMP errors of section 4, "Stateful filters"."""
        return self.has_type and self.destination_port in _ERRORS[self.protocol]

    def to_fragment(self) -> "Packet | None":
        """Return the fragment that may be the rest of it, None if its protocol has none (3)."""
        if not (self.protocol in PORT_PROTOCOLS or self._is_typed):
            return None
        return Packet(self.source, self.destination, self.protocol, fragment=True)

    def reply(self) -> "Packet | None":
        """Return what answers it, None for an ICMP type nothing answers (section 3)."""
        if self.fragment:
            return replace(self, source=self.destination, destination=self.source)
        if self.has_type:
            answer = _ECHOES.get((self.protocol, self.destination_port))
            if answer is None:
                return None
            return Packet(self.destination, self.source, self.protocol, 0, answer)
        return Packet(
            self.destination,
            self.source,
            self.protocol,
            self.destination_port,
            self.source_port,
            established=self.protocol == TCP,
        )

    def with_flag(self, *, established: bool) -> "Packet":
        """Return the same header with the TCP flag given; others and fragments have none."""
        if self.protocol != TCP or self.fragment or self.established == established:
            return self
        return replace(self, established=established)

    def answers(self, other: "Packet") -> bool:
        """Return whether it is the other's reply, up to the TCP flag."""
        expected = other.reply()
        if expected is None:
            return False
        return self.with_flag(established=True) == expected.with_flag(established=True)

    def same_session(self, other: "Packet") -> bool:
        """Return whether the other has its header or its reply's, up to the TCP flag."""
        mine = self.with_flag(established=True)
        theirs = other.with_flag(established=True)
        return theirs in (mine, mine.reply())

    def __str__(self) -> str:
        name = PROTOCOL_NAMES.get(self.protocol, f"proto/{self.protocol}")
        if self.fragment:
            name += " fragment"
        elif self.protocol in ICMP_PROTOCOLS:
            name += f"/{self.destination_port}"
        source = self._end(self.source, self.source_port)
        destination = self._end(self.destination, self.destination_port)
        flag = " established" if self.established else ""
        return f"{name} {source} -> {destination}{flag}"

    def _end(self, address: IPAddress, port: int) -> str:
        if not self.has_ports:
            return str(address)
        return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"
