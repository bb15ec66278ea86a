"""The headers at the ends of one box and just beyond them, as far as a kernel takes them plainly.

A header whose addresses are this host's, link-local, multicast or reserved is treated by a kernel
in ways of its own, which the model does not speak of.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

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
)

_ENDS = 3
_ECHO = {4: 8, 6: 128}
_CHAINED = frozenset({0, 43, 44, 50, 51, 59, 60, 135, 139, 140})
_NOT_UNICAST = {
    4: ((0, (1 << 24) - 1), (127 << 24, (128 << 24) - 1), (224 << 24, (1 << 32) - 1)),
    6: ((0, (1 << 96) - 1), (0xFE80 << 112, MAXIMA[6][Field.DST])),
}
_LINK_LOCAL = (0xA9FE << 16, 0xA9FEFFFF)


@dataclass(frozen=True, slots=True)
class Corner:
    """Where in a box its packets stand: at which end, and how far from it.

    That differs from box to box, so that protocols without ports have addresses of their own.
    """

    number: int
    high: bool

    @property
    def offset(self) -> int:
        """Return how far from the end, never more than a small segment holds."""
        return self.number % 23


def headers_around(box: Box, corner: Corner) -> Iterator[Header]:
    """Yield a header of the box, then both ends of each interval and what lies just beyond."""
    if corner.high:
        # The same ends, seen from the opposite corner.
        box = replace(box, dst=box.dst[::-1], src=box.src[::-1])
    protocol = _preferred(box.protocols)
    inside = made_header(box, protocol, {}, corner)
    if inside is None:
        return
    yield inside
    for field in Field:
        if field is Field.FLAG:
            if protocol == TCP:
                yield from _present(made_header(box, protocol, {field: f}, corner) for f in (0, 1))
            continue
        intervals = box.fields[field]
        highest = MAXIMA[box.version][field]
        for first, last in dict.fromkeys((*intervals[:_ENDS], intervals[-1])):
            for value in dict.fromkeys((first, last, first - 1, last + 1)):
                if 0 <= value <= highest:
                    yield from _varied(box, protocol, field, value, corner)


def _varied(box: Box, protocol: int, field: Field, value: int, corner: Corner) -> Iterator[Header]:
    """Yield the header with one field given, if its protocol has that field."""
    if field is Field.PROTOCOL:
        yield from _present([made_header(box, value, {}, corner)])
        return
    typed = field is Field.DST_PORT and protocol == ICMP_OF[box.version]
    if field in (Field.DST, Field.SRC) or typed or protocol in (TCP, UDP, SCTP):
        yield from _present([made_header(box, protocol, {field: value}, corner)])


def _present(headers: Iterable[Header | None]) -> Iterator[Header]:
    for header in headers:
        if header is not None:
            yield header


def made_header(box: Box, protocol: int, given: dict[Field, int], corner: Corner) -> Header | None:
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
            value = _inner_address(box.fields[field], version, corner)
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


def _inner_address(intervals: Iterable[Interval], version: int, corner: Corner) -> int | None:
    """Return an ordinary address within intervals, near the beginning or the end of one."""
    for first, last in intervals:
        near = (first + 5 + corner.offset, first + 5, first + 1, first, last)
        if corner.high:
            near = (last - 3 - corner.offset, last - 3, last - 1, last, first)
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


def is_ordinary(number: int, version: int) -> bool:
    """Return whether an address is neither of this host, link-local, multicast nor reserved."""
    taboo = _NOT_UNICAST[version]
    if version == 4 and _LINK_LOCAL[0] <= number <= _LINK_LOCAL[1]:
        return False
    return not any(low <= number <= high for low, high in taboo)
