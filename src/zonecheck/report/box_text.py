"""Boxes of packets as lines people read."""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address

from zonecheck.model.service import PROTOCOL_NAMES
from zonecheck.packets import ICMP_OF, MAXIMA, TCP, Box, Field, Interval, Intervals, complement
from zonecheck.report.known_names import KnownNames
from zonecheck.report.lang import Lang
from zonecheck.report.words import phrase

MOST_VALUES = 6
"""How many intervals of one field a line lists before it says how many more there are."""


def box_line(box: Box, names: KnownNames, lang: Lang) -> tuple[str, str, str]:
    """Return service, sources and destinations of a box as three columns."""
    source = address_set(box.version, box.src, names, lang)
    sent_by = _ports(box.src_ports)
    if sent_by and _has_ports(box):
        source += f":{sent_by}"
    return (
        box_service(box, lang),
        source,
        address_set(box.version, box.dst, names, lang),
    )


def box_lines(boxes: Sequence[Box], names: KnownNames, lang: Lang) -> list[tuple[str, str, str]]:
    """Return the columns `service`, `from`, `-> to` of several boxes."""
    lines = []
    for box in boxes:
        service, source, destination = box_line(box, names, lang)
        lines.append((service, source, f"-> {destination}"))
    return lines


def box_service(box: Box, lang: Lang) -> str:
    """Return protocols, destination ports or ICMP types and TCP state of a box.

    Where the addresses do not show it the IP version is said too.
    """
    text = service_text(box, lang)
    free = box.is_free(Field.SRC) and box.is_free(Field.DST)
    return f"IPv{box.version} {text}" if free else text


def service_text(box: Box, lang: Lang) -> str:
    """Return what `box_service` does without the IP version."""
    if box.is_free(Field.PROTOCOL) and box.is_free(Field.DST_PORT):
        return phrase(lang, "report.any")
    text = _values(box.protocols, MAXIMA[box.version][Field.PROTOCOL], _protocol, lang)
    only = box.protocols[0][0] if _single(box.protocols) else None
    numbered = _has_ports(box) or only == ICMP_OF[box.version]
    if numbered and not box.is_free(Field.DST_PORT):
        text += "/" + _values(box.dst_ports, MAXIMA[box.version][Field.DST_PORT], str, lang)
    if _covers(box.protocols, TCP) and not box.is_free(Field.FLAG):
        state = "report.established" if box.flags[0][0] else "report.new"
        text += f" ({phrase(lang, state)})"
    return text


def service_summary(boxes: Sequence[Box], lang: Lang) -> list[str]:
    """Return the services of boxes without addresses; the IP version only where they differ."""
    by_version = {
        version: list(dict.fromkeys(service_text(b, lang) for b in boxes if b.version == version))
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


def _single(intervals: Intervals) -> bool:
    return len(intervals) == 1 and intervals[0][0] == intervals[0][1]


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
