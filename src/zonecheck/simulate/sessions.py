"""What stateful filters remember (docs/semantics.md, section 4, "Stateful filters")."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from zonecheck.simulate.packet import TCP, Packet


@dataclass(frozen=True, slots=True, order=True)
class FilterKey:
    """One filter of one device: its policy, or one of its named filters.

    A policy keeps its sessions by the two interfaces they run `between`, in sorted order.
    """

    device: str
    filter: str
    policy: bool = False
    between: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.device}/{self.filter}"


class Sessions(Mapping[FilterKey, frozenset[Packet]]):
    """The packets that opened a session, by the stateful filter that admitted them.

    Immutable and hashable. A filter that admitted nothing is not a key, and asking for it with
    `of` gives the empty set.
    """

    NONE: ClassVar["Sessions"]

    __slots__ = ("_admitted",)

    def __init__(self, admitted: Mapping[FilterKey, frozenset[Packet]] | None = None) -> None:
        self._admitted = {key: packets for key, packets in (admitted or {}).items() if packets}

    def __getitem__(self, key: FilterKey) -> frozenset[Packet]:
        return self._admitted[key]

    def __iter__(self) -> Iterator[FilterKey]:
        return iter(sorted(self._admitted))

    def __len__(self) -> int:
        return len(self._admitted)

    def __hash__(self) -> int:
        return hash(frozenset(self._admitted.items()))

    def __repr__(self) -> str:
        return f"Sessions({self._admitted!r})"

    def of(self, key: FilterKey) -> frozenset[Packet]:
        """Return the packets a filter admitted."""
        return self._admitted.get(key, frozenset())

    def anywhere(self, key: FilterKey) -> frozenset[Packet]:
        """Return the packets a filter admitted between whatever interfaces."""
        same = (key.device, key.filter, key.policy)
        return frozenset(
            packet
            for other, packets in self._admitted.items()
            if (other.device, other.filter, other.policy) == same
            for packet in packets
        )

    def admitting(self, key: FilterKey, packet: Packet) -> "Sessions":
        """Return these sessions and the one a packet opened at a filter."""
        if packet in self.of(key):
            return self
        return Sessions({**self._admitted, key: self.of(key) | {packet}})

    def merged(self, other: "Sessions") -> "Sessions":
        """Return the sessions of both."""
        return Sessions({key: self.of(key) | other.of(key) for key in {*self, *other}})


Sessions.NONE = Sessions()


def belongs(packet: Packet, admitted: frozenset[Packet]) -> bool:
    """Return whether a packet belongs to an admitted session, by its header or as its reply.

    A TCP packet belongs to a session only with ACK or RST.
    """
    if packet.protocol == TCP and not packet.established:
        return False
    return any(opener in admitted for opener in _openers(packet))


def is_error_of(packet: Packet, admitted: frozenset[Packet]) -> bool:
    """Return whether a packet is an ICMP error sent to one end of an admitted session."""
    return packet.is_icmp_error and any(
        packet.destination in (opener.source, opener.destination) for opener in admitted
    )


def _openers(packet: Packet) -> Iterator[Packet]:
    for opener in (packet, packet.reply()):
        if opener is not None:
            yield opener.with_flag(established=False)
            yield opener.with_flag(established=True)
