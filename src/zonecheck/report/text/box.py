"""Boxes of packets as lines people read."""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address

from zonecheck.model.service import PROTOCOL_NAMES
from zonecheck.packets import (
    ICMP_OF,
    MAXIMA,
    TCP,
    Box,
    Field,
    Interval,
    Intervals,
    complement,
    normalise,
)
from zonecheck.packets.field import HIGHEST_ICMP_TYPE
from zonecheck.report.known_names import KnownNames
from zonecheck.report.lang import Lang
from zonecheck.report.words import phrase

_ICMP_TYPES = (0, HIGHEST_ICMP_TYPE)

MOST_VALUES = 6
"""How many intervals of one field a line lists before it says how many more there are."""


def box_lines(boxes: Sequence[Box], names: KnownNames, lang: Lang) -> list[tuple[str, str, str]]:
    """Return the columns service, source and `-> destination` of boxes.

    Boxes with the same addresses and source ports share a line.
    """
    groups: dict[tuple[object, ...], list[Box]] = {}
    for box in boxes:
        sent_by = box.src_ports if _ports(box.src_ports) and _has_ports(box) else ()
        groups.setdefault((box.version, box.src, box.dst, sent_by), []).append(box)
    return [_group_line(group, names, lang) for group in groups.values()]


def _group_line(boxes: Sequence[Box], names: KnownNames, lang: Lang) -> tuple[str, str, str]:
    first = boxes[0]
    source = address_set(first.version, first.src, names, lang)
    sent_by = _ports(first.src_ports) if _has_ports(first) else ""
    if sent_by:
        source += phrase(lang, "report.source-port", ports=sent_by)
    services = ", ".join(services_of(boxes, lang))
    if first.is_free(Field.SRC) and first.is_free(Field.DST):
        services = f"IPv{first.version} {services}"
    return services, source, f"-> {address_set(first.version, first.dst, names, lang)}"


def services_of(boxes: Sequence[Box], lang: Lang) -> list[str]:
    """Return the services of boxes of one IP version, whole protocols gathered into one text."""
    whole = [box for box in boxes if _is_whole(box)]
    rest = list(dict.fromkeys(service_text(box, lang) for box in boxes if not _is_whole(box)))
    if not whole:
        return rest
    highest = MAXIMA[whole[0].version][Field.PROTOCOL]
    protocols = normalise([each for box in whole for each in box.protocols], highest)
    return [_values(protocols, highest, _protocol, lang), *rest]


def service_text(box: Box, lang: Lang) -> str:
    """Return protocols, destination ports or ICMP types and TCP state of a box."""
    text = _values(box.protocols, MAXIMA[box.version][Field.PROTOCOL], _protocol, lang)
    if box.is_of_fragments:
        return f"{text} ({phrase(lang, 'report.fragments')})"
    if not _all_numbers(box):
        text += "/" + _values(box.dst_ports, MAXIMA[box.version][Field.DST_PORT], str, lang)
    if _covers(box.protocols, TCP) and not box.is_free(Field.FLAG):
        state = "report.established" if box.flags[0][0] else "report.new"
        text += f" ({phrase(lang, state)})"
    return text


def service_summary(boxes: Sequence[Box], lang: Lang) -> list[str]:
    """Return the services of boxes without addresses; the IP version only where they differ."""
    by_version = {
        version: services_of([box for box in boxes if box.version == version], lang)
        for version in (4, 6)
    }
    both = [text for text in by_version[4] if text in by_version[6]]
    single = [
        f"IPv{version} {text}"
        for version, texts in by_version.items()
        for text in texts
        if text not in both
    ]
    return both + single


def address_set(version: int, intervals: Intervals, names: KnownNames, lang: Lang) -> str:
    """Return a set of addresses by name where it has one, else as prefixes and ranges."""
    highest = MAXIMA[version][Field.DST]
    name = names.whole(version, intervals)
    if name is not None:
        return name
    segment = names.unclaimed(version, intervals)
    if segment is not None:
        return phrase(lang, "report.free-addresses", segment=segment)

    def one(interval: Interval) -> str:
        return names.whole(version, (interval,)) or address_range(version, interval)

    return _ranges(intervals, highest, one, lang)


def address_range(version: int, interval: Interval) -> str:
    """Return an address, a prefix, or `low-high`."""
    kind = IPv4Address if version == 4 else IPv6Address
    low, high = interval
    size = high - low + 1
    if size == 1:
        return str(kind(low))
    if size & (size - 1) == 0 and low % size == 0:
        bits = 32 if version == 4 else 128
        return f"{kind(low)}/{bits - size.bit_length() + 1}"
    return f"{kind(low)}-{kind(high)}"


def _protocol(number: int) -> str:
    return PROTOCOL_NAMES.get(number, f"proto/{number}")


def _has_ports(box: Box) -> bool:
    return any(_covers(box.protocols, number) for number in (6, 17, 132))


def _covers(intervals: Intervals, number: int) -> bool:
    return any(low <= number <= high for low, high in intervals)


def _all_numbers(box: Box) -> bool:
    """Return whether a box leaves ports and ICMP types free where its protocols have them."""
    if box.is_free(Field.DST_PORT):
        return True
    if _has_ports(box):
        return False
    return not _covers(box.protocols, ICMP_OF[box.version]) or box.dst_ports == (_ICMP_TYPES,)


def _is_whole(box: Box) -> bool:
    """Return whether a box holds all packets of its protocols between its addresses."""
    if box.is_of_fragments:
        return False
    flags = not _covers(box.protocols, TCP) or box.is_free(Field.FLAG)
    ports = not _has_ports(box) or box.is_free(Field.SRC_PORT)
    return flags and ports and _all_numbers(box)


def _ports(intervals: Intervals) -> str:
    if intervals in (((0, 65535),), ((0, 0),)):
        return ""
    shown = [_number_range(each, str) for each in intervals[:MOST_VALUES]]
    return ",".join(shown) + ("…" if len(intervals) > MOST_VALUES else "")


def _values(intervals: Intervals, highest: int, name: Callable[[int], str], lang: Lang) -> str:
    return _ranges(intervals, highest, lambda each: _number_range(each, name), lang)


def _number_range(interval: Interval, name: Callable[[int], str]) -> str:
    low, high = interval
    if low == high:
        return name(low)
    if high - low == 1:
        return f"{name(low)},{name(high)}"
    return f"{name(low)}-{name(high)}"


def _ranges(intervals: Intervals, highest: int, one: Callable[[Interval], str], lang: Lang) -> str:
    """Return intervals in a list; what is nearly everything is said by what it lacks."""
    if intervals == ((0, highest),):
        return phrase(lang, "report.any")
    rest = complement(intervals, highest)
    wide = sum(high - low + 1 for low, high in intervals) > highest // 2
    if wide and len(rest) <= max(len(intervals), MOST_VALUES):
        return phrase(lang, "report.any-but", list=",".join(map(one, rest)))
    shown = ",".join(map(one, intervals[:MOST_VALUES]))
    if len(intervals) > MOST_VALUES:
        number = len(intervals) - MOST_VALUES
        shown += " " + phrase(lang, "report.more-values", number=number)
    return shown
