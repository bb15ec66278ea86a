"""The key of a flow as nine 64-bit words, exactly: two layers have one row if they are equal.

What plain packets have lies in the words themselves, so that columns of packets make columns of
words. What they do not have (a fourth VLAN tag, wrappers, a tunnel, something undecided) is an
`Extra`, of which the last word is the number.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, cast

from zonecheck.capture.read.layer import Arp, Flag, Fragment, Kind, Layer, Tunnel, Undecided

WORDS: Final = 9
HEAD, SOURCE_END, DESTINATION_END, LINK, SOURCE_HIGH, SOURCE_LOW = range(6)
DESTINATION_HIGH, DESTINATION_LOW, EXTRA = range(6, 9)

KINDS: Final[tuple[Kind, ...]] = ("other", "arp", "ipv4", "ipv6")
FLAGS: Final[tuple[Flag | None, ...]] = (None, "opening", "established", "neither")
FRAGMENTS: Final[tuple[Fragment, ...]] = ("whole", "first", "later")

# HEAD: interface << 32 | protocol << 16 | what there is, as these bits.
KIND_SHIFT: Final = 0
FLAG_SHIFT: Final = 2
FRAGMENT_SHIFT: Final = 4
HAS_SOURCE_MAC: Final = 1 << 6
HAS_DESTINATION_MAC: Final = 1 << 7
HAS_SOURCE: Final = 1 << 8
HAS_DESTINATION: Final = 1 << 9
HAS_SOURCE_PORT: Final = 1 << 10
HAS_DESTINATION_PORT: Final = 1 << 11
HAS_ICMP_TYPE: Final = 1 << 12
HAS_ICMP_CODE: Final = 1 << 13
HAS_PROTOCOL: Final = 1 << 14
HAS_ARP: Final = 1 << 15
PROTOCOL_SHIFT: Final = 16
INTERFACE_SHIFT: Final = 32
# SOURCE_END, DESTINATION_END: MAC address | port << 48; ICMP type and code and the ARP operation
# take the place of ports. For ARP, the high words of the addresses are its MAC addresses.
PORT_SHIFT: Final = 48
# LINK: number of tags, the first three of 12 bits each, whether there is an EtherType, and it.
VLAN_SHIFT: Final = 2
VLAN_BITS: Final = 12
VLANS_IN_ROW: Final = 3
HAS_ETHERTYPE: Final = 1 << 38
ETHERTYPE_SHIFT: Final = 40

_MAC: Final = (1 << 48) - 1
_LOW: Final = (1 << 64) - 1
_ETHERTYPE: Final = "ethertype:0x"


class Extra(NamedTuple):
    """What a key says beyond the words of its row; `outer` is the index of the flow around it."""

    vlans: tuple[int, ...] = ()
    link_protocol: str | None = None
    wrapped: tuple[str, ...] = ()
    undecided: Undecided | None = None
    encapsulation: str | None = None
    outer: int | None = None


NOTHING: Final = Extra()


class Extras:
    """The extras met so far, each by its number; number 0 is `NOTHING`."""

    def __init__(self) -> None:
        self.known: list[Extra] = [NOTHING]
        self._numbers: dict[Extra, int] = {NOTHING: 0}

    def number(self, extra: Extra) -> int:
        """Return the number of `extra`, a new one if it was not met before."""
        number = self._numbers.setdefault(extra, len(self.known))
        if number == len(self.known):
            self.known.append(extra)
        return number

    def find(self, extra: Extra) -> int | None:
        """Return the number of `extra`, `None` if it was not met before."""
        return self._numbers.get(extra)


def extra_of(layer: Layer, outer: int | None) -> Extra:
    """Return what `layer` says beyond its row, `outer` being the flow of the layer around it."""
    link = layer.link_protocol
    return Extra(
        layer.vlans[VLANS_IN_ROW:],
        None if link is None or link.startswith(_ETHERTYPE) else link,
        layer.wrapped,
        layer.undecided,
        layer.tunnel.encapsulation if layer.tunnel else None,
        outer,
    )


def row_of(layer: Layer, extra: int) -> tuple[int, ...]:
    """Return the words of `layer`, whose extra has the number given."""
    head = (
        KINDS.index(layer.kind) << KIND_SHIFT
        | FLAGS.index(layer.flag) << FLAG_SHIFT
        | FRAGMENTS.index(layer.fragment) << FRAGMENT_SHIFT
        | (layer.protocol or 0) << PROTOCOL_SHIFT
        | layer.interface << INTERFACE_SHIFT
    )
    for bit, value in (
        (HAS_SOURCE_MAC, layer.source_mac),
        (HAS_DESTINATION_MAC, layer.destination_mac),
        (HAS_SOURCE, layer.source),
        (HAS_DESTINATION, layer.destination),
        (HAS_SOURCE_PORT, layer.source_port),
        (HAS_DESTINATION_PORT, layer.destination_port),
        (HAS_ICMP_TYPE, layer.icmp_type),
        (HAS_ICMP_CODE, layer.icmp_code),
        (HAS_PROTOCOL, layer.protocol),
        (HAS_ARP, layer.arp),
    ):
        if value is not None:
            head |= bit
    arp = layer.arp or Arp(0, 0, 0)
    source, destination = layer.source or 0, layer.destination or 0
    source_port = layer.source_port or layer.icmp_type or arp.operation
    destination_port = layer.destination_port or layer.icmp_code or 0
    return (
        head,
        (layer.source_mac or 0) | source_port << PORT_SHIFT,
        (layer.destination_mac or 0) | destination_port << PORT_SHIFT,
        _link(layer),
        source >> 64 | arp.sender_mac,
        source & _LOW,
        destination >> 64 | arp.target_mac,
        destination & _LOW,
        extra,
    )


def _link(layer: Layer) -> int:
    word = min(len(layer.vlans), VLANS_IN_ROW)
    for place, vlan in enumerate(layer.vlans[:VLANS_IN_ROW]):
        word |= vlan << (VLAN_SHIFT + VLAN_BITS * place)
    if layer.link_protocol is not None and layer.link_protocol.startswith(_ETHERTYPE):
        word |= HAS_ETHERTYPE | int(layer.link_protocol[len(_ETHERTYPE) :], 16) << ETHERTYPE_SHIFT
    return word


def layer_of(row: Sequence[int], extra: Extra, outer: Layer | None) -> Layer:
    """Return the layer of a row: the inverse of `row_of` and `extra_of`."""
    head, source_end, destination_end, link, *addresses = row[:EXTRA]
    is_arp = bool(head & HAS_ARP)
    source_high, source_low, destination_high, destination_low = addresses
    source = source_low if is_arp else source_high << 64 | source_low
    destination = destination_low if is_arp else destination_high << 64 | destination_low
    source_port, destination_port = source_end >> PORT_SHIFT, destination_end >> PORT_SHIFT

    def shown(bit: int, value: int) -> int | None:
        return value if head & bit else None

    link_protocol = extra.link_protocol
    if link & HAS_ETHERTYPE:
        link_protocol = f"{_ETHERTYPE}{link >> ETHERTYPE_SHIFT:04x}"
    in_row = [link >> (VLAN_SHIFT + VLAN_BITS * place) & 0xFFF for place in range(link & 3)]
    return Layer(
        interface=head >> INTERFACE_SHIFT,
        source_mac=shown(HAS_SOURCE_MAC, source_end & _MAC),
        destination_mac=shown(HAS_DESTINATION_MAC, destination_end & _MAC),
        vlans=(*in_row, *extra.vlans),
        wrapped=extra.wrapped,
        kind=KINDS[head >> KIND_SHIFT & 3],
        link_protocol=link_protocol,
        source=shown(HAS_SOURCE, source),
        destination=shown(HAS_DESTINATION, destination),
        protocol=shown(HAS_PROTOCOL, head >> PROTOCOL_SHIFT & 0xFF),
        source_port=shown(HAS_SOURCE_PORT, source_port),
        destination_port=shown(HAS_DESTINATION_PORT, destination_port),
        icmp_type=shown(HAS_ICMP_TYPE, source_port),
        icmp_code=shown(HAS_ICMP_CODE, destination_port),
        flag=FLAGS[head >> FLAG_SHIFT & 3],
        fragment=FRAGMENTS[head >> FRAGMENT_SHIFT & 3],
        arp=Arp(source_port, source_high, destination_high) if is_arp else None,
        tunnel=Tunnel(cast("str", extra.encapsulation), outer) if outer is not None else None,
        undecided=extra.undecided,
    )
