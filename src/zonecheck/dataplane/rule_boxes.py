"""Rules as boxes of whole headers between two interfaces (docs/hygiene.md)."""

from collections.abc import Iterator, Sequence
from typing import Final

from zonecheck.dataplane.filtering import rule_boxes
from zonecheck.model.filter import Rule
from zonecheck.packets import (
    FLAG_ESTABLISHED,
    FLAG_NEW,
    ICMP_OF,
    MAXIMA,
    TCP,
    Field,
    Header,
    Interval,
    Intervals,
    complement,
    normalise,
)
from zonecheck.packets.field import HIGHEST_ICMP_TYPE, PORT_PROTOCOLS
from zonecheck.packets.meetings import Point, Spans

_INTERFACES: Final = 2
"""The interface a packet comes in by, then the one it leaves by."""

KEYS: Final = tuple(
    _INTERFACES + field for field in (Field.DST, Field.SRC, Field.PROTOCOL, Field.DST_PORT)
)
"""The fields that tell most rules apart."""


def boxes_between(rule: Rule, version: int, interfaces: Sequence[str]) -> list[Spans]:
    """Return the boxes of a rule on one IP version at a device with these interfaces.

    They may hold headers that do not exist; `existing` leaves these out.
    """
    ways = [_numbers(named, interfaces) for named in (rule.in_interfaces, rule.out_interfaces)]
    if not all(ways):
        return []
    found: list[Spans] = []
    for box in rule_boxes(rule, version):
        fields = (box.dst, box.src, box.protocols, box.dst_ports, box.src_ports, box.flags)
        spans = (
            normalise(intervals or ((0, highest),), highest)
            for intervals, highest in zip(fields, MAXIMA[version], strict=True)
        )
        whole = (*ways, *spans)
        if all(whole):
            found.append(whole)
    return found


def _numbers(named: tuple[str, ...], interfaces: Sequence[str]) -> Intervals:
    """Return the interfaces a condition names by number; no condition means any."""
    highest = max(len(interfaces) - 1, 0)
    if not named:
        return ((0, highest),)
    return normalise(((at, at) for at, name in enumerate(interfaces) if name in named), highest)


def existing(box: Spans, version: int, *, opening: bool) -> Iterator[Spans]:
    """Yield the parts of a box that whole headers can lie in, with `opening` those of openers.

    An opener is any packet but TCP with ACK or RST.
    """
    for fields in _KINDS[opening][version]:
        part = (*box[:_INTERFACES], *map(_common, box[_INTERFACES:], fields))
        if all(part):
            yield part


def header_at(point: Point, version: int) -> Header:
    """Return the header of a point."""
    return Header(version, *point[_INTERFACES:])


def _kinds(version: int, *, opening: bool) -> tuple[Spans, ...]:
    """Return what whole headers look like, by kind of protocol."""
    highest = MAXIMA[version]
    addresses = tuple(((0, highest[field]),) for field in (Field.DST, Field.SRC))
    ports = ((0, highest[Field.DST_PORT]),)
    icmp = ICMP_OF[version]
    others = [protocol for protocol in PORT_PROTOCOLS if protocol != TCP]
    without = complement([(p, p) for p in (*PORT_PROTOCOLS, icmp)], highest[Field.PROTOCOL])
    none: Intervals = ((0, 0),)
    flags: Interval = (FLAG_NEW, FLAG_NEW if opening else FLAG_ESTABLISHED)
    return (
        (*addresses, ((TCP, TCP),), ports, ports, (flags,)),
        (*addresses, tuple((p, p) for p in sorted(others)), ports, ports, none),
        (*addresses, ((icmp, icmp),), ((0, HIGHEST_ICMP_TYPE),), none, none),
        (*addresses, without, none, none, none),
    )


_KINDS: Final = {
    opening: {version: _kinds(version, opening=opening) for version in MAXIMA}
    for opening in (False, True)
}


def _common(one: Intervals, other: Intervals) -> Intervals:
    """Return the values two rows of normalised intervals have in common."""
    found: list[Interval] = []
    for low, high in one:
        for start, end in other:
            if start <= high and low <= end:
                found.append((max(low, start), min(high, end)))
    return tuple(found)
