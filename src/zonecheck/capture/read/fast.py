"""The fast decoder: plain packets of a chunk by columns, with the answer of the plain one.

Plain is what most traffic is: ARP for IPv4, IPv4 and IPv6 that is neither fragmented nor a tunnel
nor has extension headers, with ports and flags captured, or a frame that is named by its EtherType
alone. Whatever else a packet is, and whatever is wrong with it, it is not plain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read import flow_row as row
from zonecheck.capture.read.ip_headers import (
    AH,
    EXTENSIONS,
    ICMP,
    ICMPV6,
    PORT_PROTOCOLS,
    SCTP,
    TCP,
    TUNNEL_PROTOCOLS,
    UDP,
)
from zonecheck.capture.read.octet_columns import (
    MAC,
    Octets,
    Words,
    long,
    mac,
    octet,
    short,
    stretches,
    word,
)
from zonecheck.capture.read.plain_links import ARP, IPV4, IPV6, OTHER, Linked, linked
from zonecheck.capture.read.record import Chunk, Interface
from zonecheck.capture.read.transport_headers import SCTP_HEADER, UDP_HEADER, flag_of
from zonecheck.capture.read.tunnel_headers import UDP_TUNNELS

_NEVER: Final = 1 << 40
_TRANSPORT: Final = 16
_V4_HEADER: Final = 20
_V6_HEADER: Final = 40
_ARP_SIZE: Final = 28


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain packets of a chunk, each of one layer."""

    packets: NDArray[np.int64]  # position in the chunk
    columns: Words  # their keys as columns: (9, n)
    tcp_flags: NDArray[np.uint8]
    payload: NDArray[np.int64]


def plain(chunk: Chunk, interfaces: Sequence[Interface]) -> Iterator[Plain]:
    """Give the plain packets of `chunk` in groups; all that are in none of them are not plain.

    Raises:
        KeyError: an interface has a link type that is not in `layers.LINK_TYPES`.
    """
    heads = chunk.interface.astype(np.uint64) << np.uint64(row.INTERFACE_SHIFT)
    for group in linked(chunk, interfaces):
        for leads, read in ((IPV4, _ipv4), (IPV6, _ipv6), (ARP, _arp), (OTHER, _other)):
            which = np.flatnonzero(group.leads == leads)
            if which.size:
                members = group if len(which) == len(group.packets) else group.only(which)
                yield read(chunk.data, members, heads)


def _by_protocol(values: dict[int, int], others: int = 0) -> NDArray[np.int64]:
    table = np.full(256, others, dtype=np.int64)
    table[list(values)] = list(values.values())
    return table


_ASIDE: Final = dict.fromkeys(TUNNEL_PROTOCOLS, _NEVER)
_SENT: Final = {TCP: 20, UDP: UDP_HEADER, SCTP: SCTP_HEADER, ICMP: 2, ICMPV6: 2}
_NEEDED_SENT: Final = {
    IPV4: _by_protocol({**_SENT, **_ASIDE, AH: _NEVER}),
    IPV6: _by_protocol({**_SENT, **_ASIDE, **dict.fromkeys(EXTENSIONS, _NEVER)}),
}
"""Octets above IP that must have been on the wire for a packet to be plain."""
_NEEDED_SEEN: Final = _by_protocol({TCP: 14, UDP: 4, SCTP: 4, ICMP: 2, ICMPV6: 2})
"""Octets above IP that must have been captured."""
_HEADER: Final = _by_protocol({UDP: UDP_HEADER, SCTP: SCTP_HEADER})
"""Octets of a transport header that has no length of its own."""
_ENDS: Final = row.HAS_SOURCE | row.HAS_DESTINATION
_HEAD: Final = _by_protocol(
    {
        **dict.fromkeys(PORT_PROTOCOLS, row.HAS_SOURCE_PORT | row.HAS_DESTINATION_PORT),
        **dict.fromkeys((ICMP, ICMPV6), row.HAS_ICMP_TYPE | row.HAS_ICMP_CODE),
    }
) | (np.arange(256) << row.PROTOCOL_SHIFT | row.HAS_PROTOCOL | _ENDS)
"""What a protocol makes of the head word."""
_FLAG: Final = np.array(
    [row.FLAGS.index(flag_of(flags)) << row.FLAG_SHIFT for flags in range(256)], dtype=np.int64
)
_TUNNEL_PORTS: Final = np.array(sorted(UDP_TUNNELS), dtype=np.int64)


def _ipv4(data: Octets, group: Linked, heads: Words) -> Plain:
    size = _V4_HEADER + _TRANSPORT
    group = _readable(data, group, _V4_HEADER, size)
    table = stretches(data, group.at, size)
    first, protocol, total = octet(table, 0), octet(table, 9), short(table, 2)
    header = (first & 15).astype(np.int64) << 2
    above = table[:, _V4_HEADER:]
    sound = (first >> 4 == 4) & (header >= _V4_HEADER) & (total <= group.end)
    sound &= (short(table, 6) & 0x3FFF) == 0
    sound &= group.at + header <= len(data) - _TRANSPORT
    moved = np.flatnonzero((header > _V4_HEADER) & sound)
    if moved.size:
        above = np.ascontiguousarray(above)
        above[moved] = stretches(data, group.at[moved] + header[moved], _TRANSPORT)
    addresses = (None, long(table, 12), None, long(table, 16))
    return _transport(IPV4, group, heads, sound, protocol, header, total, above, addresses)


def _ipv6(data: Octets, group: Linked, heads: Words) -> Plain:
    size = _V6_HEADER + _TRANSPORT
    group = _readable(data, group, _V6_HEADER, size)
    table = stretches(data, group.at, size)
    length, protocol = short(table, 4), octet(table, 6)
    header = np.full(len(length), _V6_HEADER, dtype=np.int64)
    total = length + _V6_HEADER
    sound = (octet(table, 0) >> 4 == 6) & (length > 0) & (total <= group.end)
    addresses = (word(table, 8), word(table, 16), word(table, 24), word(table, 32))
    above = table[:, _V6_HEADER:]
    return _transport(IPV6, group, heads, sound, protocol, header, total, above, addresses)


def _transport(
    kind: int,
    group: Linked,
    heads: Words,
    sound: NDArray[np.bool_],
    protocol: NDArray[np.uint8],
    header: NDArray[np.int64],
    total: NDArray[np.int64],
    above: Octets,
    addresses: tuple[Words | None, ...],
) -> Plain:
    """Read the transport headers `above`, and keep the plain ones of what is `sound` so far."""
    payload = total - header
    sound &= payload >= _NEEDED_SENT[kind].take(protocol)
    sound &= group.seen >= header + _NEEDED_SEEN.take(protocol)
    source, destination = short(above, 0), short(above, 2)
    is_tcp, is_udp = protocol == TCP, protocol == UDP
    words = octet(above, 12) >> 4
    sound &= ~is_tcp | (words >= 5)
    for port in _TUNNEL_PORTS.tolist():
        sound &= ~(is_udp & (destination == port))
    flags = np.where(is_tcp, octet(above, 13), np.uint8(0))
    own = _HEAD.take(protocol) | row.KINDS.index(_NAMES[kind]) << row.KIND_SHIFT | group.macs
    own |= np.where(is_tcp, _FLAG.take(flags), 0)
    is_icmp = (protocol == ICMP) | (protocol == ICMPV6)
    if is_icmp.any():
        source, destination = (
            np.where(is_icmp, source >> 8, source),
            np.where(is_icmp, source & 0xFF, destination),
        )
    portless = (own & (row.HAS_SOURCE_PORT | row.HAS_ICMP_TYPE)) == 0
    if portless.any():
        source[portless] = destination[portless] = 0
    transport = np.where(is_tcp, words.astype(np.int64) << 2, _HEADER.take(protocol))
    payload = np.maximum(payload - transport, 0)
    columns = _columns(group, heads, own, source, destination)
    for place, address in zip(range(row.SOURCE_HIGH, row.EXTRA), addresses, strict=True):
        if address is not None:
            columns[place] = address
    return _kept(Plain(group.packets, columns, flags, payload), sound)


_NAMES: Final = {IPV4: row.KINDS[2], IPV6: row.KINDS[3]}


def _arp(data: Octets, group: Linked, heads: Words) -> Plain:
    group = _readable(data, group, _ARP_SIZE, _ARP_SIZE)
    table = stretches(data, group.at, _ARP_SIZE)
    own = np.full(
        len(group.packets),
        row.KINDS.index("arp") << row.KIND_SHIFT | row.HAS_ARP | _ENDS | group.macs,
        dtype=np.int64,
    )
    columns = _columns(group, heads, own, short(table, 6), np.zeros_like(own))
    columns[row.SOURCE_HIGH], columns[row.SOURCE_LOW] = mac(table, 8), long(table, 14)
    columns[row.DESTINATION_HIGH] = word(table, 16) & MAC
    columns[row.DESTINATION_LOW] = long(table, 24)
    return _kept(_without_transport(group, columns), long(table, 2) == 0x08000604)


def _other(_: Octets, group: Linked, heads: Words) -> Plain:
    own = np.full(len(group.packets), group.macs, dtype=np.int64)
    columns = _columns(group, heads, own, np.zeros_like(own), np.zeros_like(own))
    link = row.HAS_ETHERTYPE | group.ethertype << row.ETHERTYPE_SHIFT
    columns[row.LINK] |= link.astype(np.uint64)
    return _without_transport(group, columns)


def _readable(data: Octets, group: Linked, seen: int, stretch: int) -> Linked:
    """Return those of which `seen` octets were captured and `stretch` octets can be read."""
    whole = (group.seen >= seen) & (group.at <= len(data) - stretch)
    return group if whole.all() else group.only(np.flatnonzero(whole))


def _columns(
    group: Linked,
    heads: Words,
    own: NDArray[np.int64],
    source_port: NDArray[np.int64],
    destination_port: NDArray[np.int64],
) -> Words:
    """Return the columns of the keys with all but the addresses."""
    columns = np.zeros((row.WORDS, len(group.packets)), dtype=np.uint64)
    shift = np.uint64(row.PORT_SHIFT)
    columns[row.HEAD] = heads.take(group.packets) | own.astype(np.uint64)
    columns[row.SOURCE_END] = group.source_mac | source_port.astype(np.uint64) << shift
    columns[row.DESTINATION_END] = (
        group.destination_mac | destination_port.astype(np.uint64) << shift
    )
    columns[row.LINK] = group.link
    return columns


def _without_transport(group: Linked, columns: Words) -> Plain:
    size = len(group.packets)
    return Plain(group.packets, columns, np.zeros(size, np.uint8), np.zeros(size, np.int64))


def _kept(found: Plain, which: NDArray[np.bool_]) -> Plain:
    if which.all():
        return found
    places = np.flatnonzero(which)
    return Plain(
        found.packets.take(places),
        found.columns.take(places, axis=1),
        found.tcp_flags.take(places),
        found.payload.take(places),
    )
