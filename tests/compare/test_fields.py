"""Whatever a design says counts: changing any field of any element is a difference.

Fields are walked as the model declares them, on a design that uses every word of the format, so
that a new field cannot be forgotten.
"""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
)
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from zonecheck.compare import designs, element_changes
from zonecheck.formats import read_topology
from zonecheck.model.address import AddressRange
from zonecheck.model.service import PortRange
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology

DESIGN = read_topology(Path(__file__).parents[1] / "formats" / "every_word.zones.yaml")
SAYS_NOTHING = {
    "*.note": "a remark",
    "Topology.name": "its title",
    "Rule.name": "a rule is what it says",
    "NatRule.name": "so is a line of a translation table",
    "PolicyRoute.name": "and of a routing policy",
    "AddressMatch.text": "how it is written; its ranges are compared",
}
"""Fields that may change without a difference, with the reason; places in files are walked past."""
Put = Callable[[Any], Topology]
_ADDRESS = IPv4Address("203.0.113.9")
_SAMPLES: dict[type, Any] = {
    str: "sample",
    bool: True,
    int: 7,
    date: date(2031, 1, 1),
    IPv4Address: _ADDRESS,
    IPv6Address: _ADDRESS,
    IPv4Network: IPv4Network("203.0.113.0/28"),
    IPv6Network: IPv4Network("203.0.113.0/28"),
    IPv4Interface: IPv4Interface("203.0.113.9/28"),
    IPv6Interface: IPv4Interface("203.0.113.9/28"),
    AddressRange: AddressRange.of_address(_ADDRESS),
    PortRange: PortRange(7, 7),
}


def hints(kind: type[Any]) -> dict[str, Any]:
    """Return the types of the fields of a class."""
    return get_type_hints(kind)


def sample(kind: Any) -> Any:
    """Return some value of a type."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return sample(next(each for each in inner if each is not NoneType))
    if origin is tuple:
        return (sample(inner[0]),) if inner[-1] is Ellipsis else tuple(map(sample, inner))
    if origin is frozenset:
        return frozenset({sample(inner[0])})
    if kind in _SAMPLES:
        return _SAMPLES[kind]
    if issubclass(kind, Enum):
        return next(iter(kind))
    needed = [f for f in fields(kind) if f.default is f.default_factory is MISSING]
    return kind(**{f.name: sample(hints(kind)[f.name]) for f in needed})


def others(value: Any, kind: Any) -> Iterator[Any]:
    """Yield values of a field that are not this one."""
    if value is None:
        yield sample(kind)
        return
    if NoneType in get_args(kind):
        yield None
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield f"{value}x"
    elif isinstance(value, Enum):
        yield from (member for member in type(value) if member is not value)
    elif isinstance(value, tuple):
        held = next(k for k in (kind, *get_args(kind)) if get_origin(k) is tuple)
        yield from [value[:-1]] * bool(value)
        yield value + sample(held)
    elif isinstance(value, frozenset):
        yield value | sample(kind)
    elif type(value) in _SAMPLES:
        yield _SAMPLES[type(value)]


def walk(value: Any, path: str, put: Put) -> Iterator[tuple[str, Any, Put]]:
    """Yield every element of a design and all it holds, with what puts another in its place."""
    if isinstance(value, tuple):
        for at, item in enumerate(value):

            def one(new: Any, at: int = at, items: tuple[Any, ...] = value) -> Topology:
                return put((*items[:at], new, *items[at + 1 :]))

            yield from walk(item, path, one)
    elif is_dataclass(value) and not isinstance(value, Source | Enum):
        yield path, value, put
        for each in fields(value):

            def inner(new: Any, name: str = each.name, held: Any = value) -> Topology:
                return put(replace(held, **{name: new}))

            yield from walk(getattr(value, each.name), f"{path}.{each.name}", inner)


def kinds_of_fields() -> dict[str, list[tuple[Any, Put, Field[Any]]]]:
    """Return every field of every kind of element, by the way to it: where it is used and not."""
    found: dict[str, list[tuple[Any, Put, Field[Any]]]] = {}
    seen: set[tuple[str, bool]] = set()
    for path, element, put in walk(DESIGN, "", lambda new: new):
        for each in fields(element):
            way = f"{path}.{each.name}".strip(".")
            says = bool(getattr(element, each.name))
            if each.name not in ("source", "profile_source") and (way, says) not in seen:
                seen.add((way, says))
                found.setdefault(way, []).append((element, put, each))
    return found


FIELDS = kinds_of_fields()
SECTIONS = sorted({way.partition(".")[0] for way in FIELDS})


def says_nothing(element: Any, field: str) -> bool:
    """Return whether a field may change without a difference."""
    return not SAYS_NOTHING.keys().isdisjoint({f"*.{field}", f"{type(element).__name__}.{field}"})


@pytest.mark.parametrize("section", SECTIONS)
def test_changing_any_field_is_a_difference(section: str) -> None:
    """Or it is told as a name that is another one."""
    silent = []
    for way, places in FIELDS.items():
        if way.partition(".")[0] != section:
            continue
        for element, put, each in places:
            if says_nothing(element, each.name):
                continue
            for other in others(getattr(element, each.name), hints(type(element))[each.name]):
                try:
                    new = put(replace(element, **{each.name: other}))
                except ValueError:
                    continue
                both = designs(DESIGN, new)
                named = both.names and (each.name == "id" or _is_name(element, each.name))
                if not element_changes(both.old, both.new) and not named:
                    silent.append((way, other))
    assert silent == []


def _is_name(element: Any, field: str) -> bool:
    """Return whether a field is the one place where a name is written."""
    return isinstance(getattr(element, field), str) and field in ("vrf", "port")


@pytest.mark.parametrize("section", SECTIONS)
def test_what_says_nothing_is_no_difference(section: str) -> None:
    """Remarks, titles and names of rules."""
    for way, places in FIELDS.items():
        for element, put, each in places if way.partition(".")[0] == section else ():
            if says_nothing(element, each.name):
                new = put(replace(element, **{each.name: "another"}))
                assert element_changes(DESIGN, new) == (), way
