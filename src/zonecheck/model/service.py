"""Services: a protocol with its ports or ICMP types."""

from dataclasses import dataclass

PROTOCOL_NUMBERS: dict[str, int] = {
    "icmp": 1,
    "tcp": 6,
    "udp": 17,
    "6in4": 41,
    "gre": 47,
    "esp": 50,
    "ah": 51,
    "icmpv6": 58,
    "ospf": 89,
    "vrrp": 112,
    "sctp": 132,
}
PROTOCOL_NAMES: dict[int, str] = {number: name for name, number in PROTOCOL_NUMBERS.items()}
PORT_PROTOCOLS = frozenset({6, 17, 132})
ICMP_PROTOCOLS = frozenset({1, 58})


@dataclass(frozen=True, slots=True)
class PortRange:
    """Numbers from `low` to `high`, both included (ports, ICMP types or VLAN ids).

    Raises:
        ValueError: if `low` lies above `high`.
    """

    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"{self.low} lies above {self.high}")

    def __contains__(self, number: int) -> bool:
        return self.low <= number <= self.high

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


@dataclass(frozen=True, slots=True)
class Service:
    """What a rule, channel or listener means by a service.

    An empty tuple means any. `protocol` None means any protocol; then nothing else may be
    given. `established` keeps only TCP packets that carry ACK or RST, the stateless
    `established` of access lists, which a sender can forge; `opening` keeps only those that carry
    neither. At most one of both is set.
    """

    protocol: int | None = None
    ports: tuple[PortRange, ...] = ()
    source_ports: tuple[PortRange, ...] = ()
    icmp_types: tuple[PortRange, ...] = ()
    established: bool = False
    opening: bool = False

    def __str__(self) -> str:
        if self.protocol is None:
            return "any"
        name = PROTOCOL_NAMES.get(self.protocol, f"proto/{self.protocol}")
        numbers = self.ports or self.icmp_types
        text = name + ("/" + ",".join(map(str, numbers)) if numbers else "")
        if self.source_ports:
            text += " from " + ",".join(map(str, self.source_ports))
        return text + " established" * self.established + " opening" * self.opening


ANY_SERVICE = Service()
