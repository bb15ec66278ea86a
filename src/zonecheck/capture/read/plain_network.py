"""Network and transport headers of plain packets by columns: ARP, IPv4, IPv6 and what is above.

What is not plain is left out of the answer, and so is whatever has anything wrong with it.
"""

from collections.abc import Iterator
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
from zonecheck.capture.read.link_headers import ARP_HARDWARE, ARP_IPV4
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
from zonecheck.capture.read.plain_layer import Plain, Tunnelled
from zonecheck.capture.read.plain_links import ARP, IPV4, IPV6, OTHER, Frames, Linked
from zonecheck.capture.read.transport_headers import (
    IN_IP,
    IP_VERSIONS,
    SCTP_HEADER,
    UDP_HEADER,
    flag_of,
)
from zonecheck.capture.read.tunnel_headers import UDP_TUNNELS

_NEVER: Final = 1 << 40
_NO_DOOR: Final = 0
_NOT_PLAIN: Final = -1
_TRANSPORT: Final = 16
_V4_HEADER: Final = 20
_V6_HEADER: Final = 40
_ARP_SIZE: Final = 28


def layers_of(data: Octets, group: Linked, heads: Words) -> Iterator[Plain | Tunnelled]:
    """Give the plain layers that follow the link headers of `group`.

    Args:
        data: where the packets lie.
        group: packets whose link headers have been read.
        heads: for each packet number the group may have, the interface as in the head word.
    """
    for leads, read in ((IPV4, _ipv4), (IPV6, _ipv6), (ARP, _arp), (OTHER, _other)):
        which = np.flatnonzero(group.leads == leads)
        if which.size:
            members = group if len(which) == len(group.packets) else group.only(which)
            yield from read(data, members, heads)


def _by_protocol(values: dict[int, int], others: int = 0) -> NDArray[np.int64]:
    table = np.full(256, others, dtype=np.int64)
    table[list(values)] = list(values.values())
    return table


_ASIDE: Final = dict.fromkeys(TUNNEL_PROTOCOLS - set(IP_VERSIONS), _NEVER)
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
_IS_TUNNEL_PORT: Final = np.zeros(1 << 16, dtype=np.bool_)
_IS_TUNNEL_PORT[list(UDP_TUNNELS)] = True
_IS_VXLAN_PORT: Final = np.zeros(1 << 16, dtype=np.bool_)
_IS_VXLAN_PORT[[port for port, name in UDP_TUNNELS.items() if name == "vxlan"]] = True
_VXLAN_HEADER: Final = 8


def _ipv4(data: Octets, group: Linked, heads: Words) -> Iterator[Plain | Tunnelled]:
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
    yield from _transport(
        data, IPV4, group, heads, sound, protocol, header, total, above, addresses
    )


def _ipv6(data: Octets, group: Linked, heads: Words) -> Iterator[Plain | Tunnelled]:
    size = _V6_HEADER + _TRANSPORT
    group = _readable(data, group, _V6_HEADER, size)
    table = stretches(data, group.at, size)
    length, protocol = short(table, 4), octet(table, 6)
    header = np.full(len(length), _V6_HEADER, dtype=np.int64)
    total = length + _V6_HEADER
    sound = (octet(table, 0) >> 4 == 6) & (length > 0) & (total <= group.end)
    addresses = (word(table, 8), word(table, 16), word(table, 24), word(table, 32))
    above = table[:, _V6_HEADER:]
    yield from _transport(
        data, IPV6, group, heads, sound, protocol, header, total, above, addresses
    )


def _transport(
    data: Octets,
    kind: int,
    group: Linked,
    heads: Words,
    sound: NDArray[np.bool_],
    protocol: NDArray[np.uint8],
    header: NDArray[np.int64],
    total: NDArray[np.int64],
    above: Octets,
    addresses: tuple[Words | None, ...],
) -> Iterator[Plain | Tunnelled]:
    """Read the transport headers `above`, and keep the plain ones of what is `sound` so far."""
    payload = total - header
    sound &= payload >= _NEEDED_SENT[kind].take(protocol)
    sound &= group.seen >= header + _NEEDED_SEEN.take(protocol)
    source, destination = short(above, 0), short(above, 2)
    is_tcp = protocol == TCP
    words = octet(above, 12) >> 4
    sound &= ~is_tcp | (words >= 5)
    doors = _doors(group, protocol, header, payload, destination, above)
    flags = np.where(is_tcp, octet(above, 13), np.uint8(0))
    own = _HEAD.take(protocol) | kind << row.KIND_SHIFT | group.macs
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
    found = Plain(group.packets, columns, flags, payload)
    if not doors.any():
        yield _kept(found, sound)
        return
    yield _kept(found, sound & (doors == _NO_DOOR))
    for number, version in IP_VERSIONS.items():
        places = np.flatnonzero(sound & (doors == number))
        if places.size:
            inside = _inside(data, group, places, header, total)
            name = IN_IP[row.KINDS[kind], number]
            yield Tunnelled(found.only(places), name, None, inside, version)
    places = np.flatnonzero(sound & (doors == UDP))
    if places.size:
        inside = _inside(data, group, places, header + UDP_HEADER + _VXLAN_HEADER, total)
        numbers = (long(above, UDP_HEADER + 4).take(places) >> np.uint64(8)).astype(np.int64)
        yield Tunnelled(found.only(places), "vxlan", numbers, inside, "ethernet")


def _doors(
    group: Linked,
    protocol: NDArray[np.uint8],
    header: NDArray[np.int64],
    payload: NDArray[np.int64],
    destination: NDArray[np.int64],
    above: Octets,
) -> NDArray[np.int64]:
    """Return for each packet the protocol by which it is a tunnel, `_NO_DOOR`, or `_NOT_PLAIN`."""
    doors = np.where((protocol == 4) | (protocol == 41), protocol, _NO_DOOR).astype(np.int64)
    at_port = np.flatnonzero((protocol == UDP) & _IS_TUNNEL_PORT.take(destination))
    if at_port.size:
        both = UDP_HEADER + _VXLAN_HEADER
        valid = (above[at_port, UDP_HEADER] & 8 != 0) & (above[at_port, both - 1] == 0)
        valid &= _IS_VXLAN_PORT.take(destination[at_port])
        valid &= (payload[at_port] >= both) & (group.seen[at_port] >= header[at_port] + both)
        doors[at_port] = np.where(valid, UDP, _NOT_PLAIN)
    return doors


def _inside(
    data: Octets,
    group: Linked,
    places: NDArray[np.int64],
    size: NDArray[np.int64],
    total: NDArray[np.int64],
) -> Frames:
    """Return what lies `size` octets after the network headers of the packets at `places`."""
    at, seen, size = group.at.take(places), group.seen.take(places), size.take(places)
    end = total.take(places) - size
    return Frames(data, np.arange(len(places)), at + size, np.minimum(seen - size, end), end)


def _arp(data: Octets, group: Linked, heads: Words) -> Iterator[Plain | Tunnelled]:
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
    usual = (long(table, 2) == ARP_IPV4) & np.isin(short(table, 0), ARP_HARDWARE)
    yield _kept(_without_transport(group, columns), usual)


def _other(_: Octets, group: Linked, heads: Words) -> Iterator[Plain | Tunnelled]:
    own = np.full(len(group.packets), group.macs, dtype=np.int64)
    columns = _columns(group, heads, own, np.zeros_like(own), np.zeros_like(own))
    link = row.HAS_ETHERTYPE | group.ethertype << row.ETHERTYPE_SHIFT
    columns[row.LINK] |= link.astype(np.uint64)
    yield _without_transport(group, columns)


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
    return found if which.all() else found.only(np.flatnonzero(which))
