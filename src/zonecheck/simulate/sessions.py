"""What filters and translation tables remember (docs/semantics.md, section 4)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from zonecheck.model.address import IPAddress
from zonecheck.simulate.packet import TCP, Packet
from zonecheck.simulate.translated import Translated


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
    `of` gives the empty set. The packets are as the filter saw them. Besides the mapping,
    `translations` are the packets that devices translated, as they were and became.
    """

    NONE: ClassVar["Sessions"]

    __slots__ = ("_admitted", "translations")

    def __init__(
        self,
        admitted: Mapping[FilterKey, frozenset[Packet]] | None = None,
        translations: Iterable[Translated] = (),
    ) -> None:
        self._admitted = {key: packets for key, packets in (admitted or {}).items() if packets}
        self.translations = frozenset(translations)

    def __getitem__(self, key: FilterKey) -> frozenset[Packet]:
        return self._admitted[key]

    def __iter__(self) -> Iterator[FilterKey]:
        return iter(sorted(self._admitted))

    def __len__(self) -> int:
        return len(self._admitted)

    def __hash__(self) -> int:
        return hash((frozenset(self._admitted.items()), self.translations))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sessions):
            return NotImplemented
        return self._admitted == other._admitted and self.translations == other.translations

    def __repr__(self) -> str:
        return f"Sessions({self._admitted!r}, {self.translations!r})"

    @property
    def packets(self) -> frozenset[Packet]:
        """Return every packet remembered anywhere, as it was and became."""
        packets = {packet for admitted in self._admitted.values() for packet in admitted}
        packets |= {each for entry in self.translations for each in (entry.before, entry.after)}
        return frozenset(packets)

    @property
    def addresses(self) -> frozenset[IPAddress]:
        """Return every address of a packet remembered anywhere."""
        packets = self.packets
        return frozenset(end for packet in packets for end in (packet.source, packet.destination))

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
        admitted = {**self._admitted, key: self.of(key) | {packet}}
        return Sessions(admitted, self.translations)

    def translating(self, entry: Translated) -> "Sessions":
        """Return these sessions and a packet that a device translated."""
        if entry in self.translations:
            return self
        return Sessions(self._admitted, self.translations | {entry})

    def merged(self, other: "Sessions") -> "Sessions":
        """Return the sessions of both."""
        admitted = {key: self.of(key) | other.of(key) for key in {*self, *other}}
        return Sessions(admitted, self.translations | other.translations)


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
