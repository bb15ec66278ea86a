"""Packets at the boundaries of what was proved: each end of each box, and just outside of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Address
from random import Random

from zonecheck.dataplane import Origin
from zonecheck.packets import (
    FLAG_ESTABLISHED,
    FLAG_NEW,
    ICMP_OF,
    MAXIMA,
    SCTP,
    TCP,
    UDP,
    Box,
    Field,
    Header,
    Interval,
    Intervals,
)
from zonecheck.prove import Reachability
from zonecheck.simulate import Packet

MOST_BOXES = 12
"""Boxes of one pair of points, the largest first."""

_ENDS = 3
_PASSES = ((0, False), (0, True), (1, False), (1, True), (2, False), (2, True))
"""Which origin of several speaks, and from which corner of the box."""

_ECHO = {4: 8, 6: 128}
_CHAINED = frozenset({0, 43, 44, 50, 51, 59, 60, 135, 139, 140})
_NOT_UNICAST = {
    4: ((0, (1 << 24) - 1), (127 << 24, (128 << 24) - 1), (224 << 24, (1 << 32) - 1)),
    6: ((0, (1 << 96) - 1), (0xFE80 << 112, MAXIMA[6][Field.DST])),
}
_LINK_LOCAL = (0xA9FE << 16, 0xA9FEFFFF)


@dataclass(frozen=True, slots=True)
class Sendable:
    """A packet and the origin that sends it."""

    origin: Origin
    packet: Packet


def boundary_packets(reach: Reachability, limit: int) -> tuple[list[Sendable], int]:
    """Return packets at the boundaries of what each origin gets delivered, and the boxes left out.

    Origins of one domain that may send the same stand for each other in turn. If there are more
    than `limit` packets, whole boxes are left out, in an order that is mixed but always the same;
    three of four taken name a service.
    """
    groups: dict[object, list[Origin]] = {}
    for origin in reach.plane.origins:
        if not origin.may_send.is_empty:
            groups.setdefault((origin.domains, origin.may_send), []).append(origin)
    boxes: dict[tuple[object, Box], list[Origin]] = {}
    for key, origins in groups.items():
        for end in reach.destinations(origins[0]):
            flow = reach.flow(origins[0], end)
            for box in flow.everything.without_own_fragments().boxes(MOST_BOXES):
                boxes[key, box] = origins
    ports = _Ports()
    found = dict.fromkeys(_crossing(reach, ports, limit // 4))
    for shift, high in _PASSES:
        for number, (box, origins) in enumerate(_mixed(boxes)):
            if len(found) >= limit:
                left = len(boxes) - number if (shift, high) == _PASSES[0] else 0
                return list(found)[:limit], left
            for each in _sendable(box, origins, number + shift, high=high):
                packet = ports.made_unique(each.packet)
                if packet is not None:
                    found[Sendable(each.origin, packet)] = None
    return list(found)[:limit], 0


def _crossing(reach: Reachability, ports: "_Ports", limit: int) -> Iterator[Sendable]:
    """Yield honest packets from one origin of each domain to what others own, permitted or not."""
    senders: dict[tuple[int, ...], Origin] = {}
    ends: dict[tuple[int, Intervals], None] = {}
    for origin in reach.plane.origins:
        for own in origin.honest.boxes(2):
            ends[own.version, own.src] = None
        if not (origin.may_send & origin.honest).is_empty:
            senders.setdefault(origin.domains, origin)
    pairs = [(sender, end) for sender in senders.values() for end in ends]
    Random(1).shuffle(pairs)
    for sender, (version, addresses) in pairs[:limit]:
        for own in (sender.may_send & sender.honest).boxes(2):
            header = None
            if own.version == version:
                header = _made(replace(own, dst=addresses), TCP, {Field.FLAG: FLAG_NEW})
            if header is not None and sender.may_send.contains(header):
                packet = ports.made_unique(packet_of(header))
                if packet is not None:
                    yield Sendable(sender, packet)
                    break


def _mixed(
    boxes: dict[tuple[object, Box], list[Origin]],
) -> Iterator[tuple[Box, list[Origin]]]:
    """Yield all boxes, those of a service three times as often as the others."""
    entries = [(box, origins) for (_, box), origins in boxes.items()]
    Random(0).shuffle(entries)
    narrow = [entry for entry in entries if not entry[0].is_free(Field.DST_PORT)]
    wide = [entry for entry in entries if entry[0].is_free(Field.DST_PORT)]
    while narrow or wide:
        taken, narrow = narrow[:3], narrow[3:]
        yield from taken
        if wide:
            yield wide.pop()


def is_ordinary(number: int, version: int) -> bool:
    """Return whether an address is neither of this host, link-local, multicast nor reserved."""
    taboo = _NOT_UNICAST[version]
    if version == 4 and _LINK_LOCAL[0] <= number <= _LINK_LOCAL[1]:
        return False
    return not any(low <= number <= high for low, high in taboo)


class _Ports:
    """Gives packets whose source port does not matter one of their own.

    The kernel remembers what it has seen, so that no two probes may be of one connection.
    """

    def __init__(self) -> None:
        self._used: set[object] = set()
        self._next = 32768

    def made_unique(self, packet: Packet) -> Packet | None:
        """Return the packet, with its source port if that is not 0; None if it was sent before."""
        if packet.has_ports and packet.source_port == 0:
            self._next = 32768 + (self._next - 32767) % 28000
            packet = Packet(
                packet.source,
                packet.destination,
                packet.protocol,
                self._next,
                packet.destination_port,
                established=packet.established,
            )
        ends = frozenset(
            {(packet.source, packet.source_port), (packet.destination, packet.destination_port)}
        )
        key = (packet.protocol, ends)
        if not packet.has_type and key in self._used:
            return None
        self._used.add(key)
        return packet


def _sendable(box: Box, origins: list[Origin], number: int, *, high: bool) -> Iterator[Sendable]:
    if high:
        # The same ends, seen from the opposite corner.
        box = replace(box, dst=box.dst[::-1], src=box.src[::-1])
    for turn, header in enumerate(dict.fromkeys(_headers(box, high=high))):
        origin = origins[(number + turn) % len(origins)]
        if origin.may_send.contains(header):
            yield Sendable(origin, packet_of(header))


def packet_of(header: Header) -> Packet:
    """Return a whole header as the simulator takes it."""
    kind = IPv4Address if header.version == 4 else IPv6Address
    return Packet(
        kind(header.src),
        kind(header.dst),
        header.protocol,
        header.src_port,
        header.dst_port,
        established=header.flag == FLAG_ESTABLISHED,
    )


def _headers(box: Box, *, high: bool) -> Iterator[Header]:
    """Yield a header of the box, then both ends of each interval and what lies just beyond."""
    protocol = _preferred(box.protocols)
    inside = _made(box, protocol, {}, high=high)
    if inside is None:
        return
    yield inside
    for field in Field:
        if field is Field.FLAG:
            if protocol == TCP:
                yield from _present(_made(box, protocol, {field: f}, high=high) for f in (0, 1))
            continue
        intervals = box.fields[field]
        highest = MAXIMA[box.version][field]
        for first, last in dict.fromkeys((*intervals[:_ENDS], intervals[-1])):
            for value in dict.fromkeys((first, last, first - 1, last + 1)):
                if 0 <= value <= highest:
                    yield from _varied(box, protocol, field, value, high=high)


def _varied(box: Box, protocol: int, field: Field, value: int, *, high: bool) -> Iterator[Header]:
    """Yield the header with one field given, if its protocol has that field."""
    if field is Field.PROTOCOL:
        yield from _present([_made(box, value, {}, high=high)])
        return
    typed = field is Field.DST_PORT and protocol == ICMP_OF[box.version]
    if field in (Field.DST, Field.SRC) or typed or protocol in (TCP, UDP, SCTP):
        yield from _present([_made(box, protocol, {field: value}, high=high)])


def _present(headers: Iterable[Header | None]) -> Iterator[Header]:
    for header in headers:
        if header is not None:
            yield header


def _made(box: Box, protocol: int, given: dict[Field, int], *, high: bool = False) -> Header | None:
    """Return a header with some values given and the others from within the box.

    None if the kernel would not treat it as unicast of its protocol.
    """
    version = box.version
    if version == 6 and protocol in _CHAINED:
        return None
    values = []
    for field in (Field.DST, Field.SRC):
        value = given.get(field)
        if value is None:
            value = _inner_address(box.fields[field], version, high=high)
        if value is None or not is_ordinary(value, version):
            return None
        values.append(value)
    dst_port, src_port, flag = 0, 0, 0
    if protocol in (TCP, UDP, SCTP):
        dst_port = given.get(Field.DST_PORT, _low_port(box.dst_ports))
        free = box.is_free(Field.SRC_PORT)
        src_port = given.get(Field.SRC_PORT, 0 if free else box.src_ports[0][0])
        if protocol == TCP:
            opening = box.flags[0][0] == FLAG_NEW
            flag = given.get(Field.FLAG, FLAG_NEW if opening else FLAG_ESTABLISHED)
    elif protocol == ICMP_OF[version]:
        echo = _ECHO[version]
        within = any(a <= echo <= b for a, b in box.dst_ports)
        dst_port = given.get(Field.DST_PORT, echo if within else min(box.dst_ports[0][0], 255))
        if dst_port > 255:
            return None
    return Header(version, values[0], values[1], protocol, dst_port, src_port, flag)


def _inner_address(intervals: Iterable[Interval], version: int, *, high: bool) -> int | None:
    """Return an ordinary address within intervals, near the beginning or the end of one."""
    for first, last in intervals:
        near = (last - 3, last - 1, last, first) if high else (first + 5, first + 1, first, last)
        for value in near:
            if first <= value <= last and is_ordinary(value, version):
                return value
        for _, taboo in _NOT_UNICAST[version]:
            if first <= taboo + 1 <= last and is_ordinary(taboo + 1, version):
                return taboo + 1
    return None


def _low_port(intervals: tuple[Interval, ...]) -> int:
    return 443 if any(low <= 443 <= high for low, high in intervals) else intervals[0][0]


def _preferred(protocols: tuple[Interval, ...]) -> int:
    for wanted in (TCP, UDP):
        if any(low <= wanted <= high for low, high in protocols):
            return wanted
    return protocols[0][0]
