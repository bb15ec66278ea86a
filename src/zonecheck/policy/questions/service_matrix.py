"""Who reaches whom through one filter with one service: classes of addresses of equal rights."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zonecheck.dataplane.filtering import FilterCompiler
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device
from zonecheck.model.filter import Filter
from zonecheck.model.service import Service
from zonecheck.packets import MAXIMA, Box, Field, Intervals, PacketSet, PacketSpace, normalise

_NOT_ADDRESS = (Field.PROTOCOL, Field.DST_PORT, Field.SRC_PORT, Field.FLAG)


@dataclass(frozen=True, slots=True)
class Rights:
    """The addresses of one IP version by what they may reach and by whom they may be reached.

    Every address is in just one of the `classes`; `pairs` are the positions of a class that may
    open the service to one that may accept it.
    """

    version: int
    classes: tuple[Intervals, ...]
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ServiceMatrix:
    """The rights of both IP versions at one place; `widened` counts lines that may permit less."""

    place: str
    service: Service
    rights: tuple[Rights, ...]
    widened: int


def matrix_of_device(device: Device, service: Service) -> ServiceMatrix:
    """Return what the policy of a device permits to open between any two of its interfaces.

    A device without a policy stops nothing.
    """
    space = PacketSpace()
    compiler = FilterCompiler(space, Closure.UPPER)
    policy = device.policy
    if policy is None:
        opened = space.everything
    else:
        names = [interface.id for interface in device.interfaces]
        opened = space.union(
            [compiler.by_rules(policy, inward, outward) for inward in names for outward in names]
        )
    return _matrix(device.id, service, opened, compiler, (4, 6), _uncertain(policy))


def matrix_of_rules(place: str, rules: Mapping[int, Filter], service: Service) -> ServiceMatrix:
    """Return what filters without interface conditions permit to open, by IP version."""
    space = PacketSpace()
    compiler = FilterCompiler(space, Closure.UPPER)
    opened = space.empty
    for version, item in rules.items():
        opened |= compiler.permitted(item, None, None).only(version)
    count = sum(map(_uncertain, rules.values()))
    return _matrix(place, service, opened, compiler, tuple(rules), count)


def _uncertain(item: Filter | None) -> int:
    if item is None:
        return 0
    return len({rule.source for rule in item.rules or () if rule.uncertain is not None})


def _matrix(
    place: str,
    service: Service,
    opened: PacketSet,
    compiler: FilterCompiler,
    versions: tuple[int, ...],
    widened: int,
) -> ServiceMatrix:
    """Return the matrix of the openers of a service in a set, whatever their source port."""
    asked = compiler.services((service,)).whole & compiler.new
    ends = (opened.whole & asked).forget(*_NOT_ADDRESS)
    rights = tuple(
        rights_of(version, [box for box in ends.only(version).boxes() if box.version == version])
        for version in versions
    )
    return ServiceMatrix(place, service, rights, widened)


def rights_of(version: int, boxes: Iterable[Box]) -> Rights:
    """Return the classes of equal rights that sources and destinations of boxes make."""
    highest = MAXIMA[version][Field.DST]
    listed = list(boxes)
    cuts = sorted(
        {0}
        | {low for box in listed for part in (box.dst, box.src) for low, _ in part}
        | {
            high + 1
            for box in listed
            for part in (box.dst, box.src)
            for _, high in part
            if high < highest
        }
    )
    position = {cut: number for number, cut in enumerate(cuts)}
    accepting: list[set[int]] = [set() for _ in cuts]
    opening: list[set[int]] = [set() for _ in cuts]
    for number, box in enumerate(listed):
        for part, marks in ((box.dst, accepting), (box.src, opening)):
            for low, high in part:
                stop = position.get(high + 1, len(cuts))
                for at in range(position[low], stop):
                    marks[at].add(number)
    from_whom = _Unions([box.src for box in listed], highest)
    to_whom = _Unions([box.dst for box in listed], highest)
    found: dict[tuple[Intervals, Intervals], list[tuple[int, int]]] = {}
    for at, cut in enumerate(cuts):
        last = cuts[at + 1] - 1 if at + 1 < len(cuts) else highest
        key = from_whom(frozenset(accepting[at])), to_whom(frozenset(opening[at]))
        found.setdefault(key, []).append((cut, last))
    classes = {key: normalise(parts, highest) for key, parts in found.items()}
    ordered = sorted(classes, key=lambda key: (_size(classes[key]), classes[key]))
    pairs = tuple(
        (one, other)
        for one, opener in enumerate(ordered)
        for other, accepter in enumerate(ordered)
        if _contains(accepter[0], classes[opener][0][0])
    )
    return Rights(version, tuple(classes[key] for key in ordered), pairs)


class _Unions:
    """Unions of the parts with some numbers, each computed once."""

    def __init__(self, parts: list[Intervals], highest: int) -> None:
        self._parts = parts
        self._highest = highest
        self._known: dict[frozenset[int], Intervals] = {}

    def __call__(self, numbers: frozenset[int]) -> Intervals:
        if numbers not in self._known:
            every = (interval for number in numbers for interval in self._parts[number])
            self._known[numbers] = normalise(every, self._highest)
        return self._known[numbers]


def _contains(intervals: Intervals, value: int) -> bool:
    return any(low <= value <= high for low, high in intervals)


def _size(intervals: Intervals) -> int:
    return sum(high - low + 1 for low, high in intervals)
