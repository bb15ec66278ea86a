"""What happens to a packet from one router's decision to the next's, told without names.

Labels of different interfaces that do the same are one *behaviour*; that is what lets all subnets
of a zone behind one filter be one destination.
"""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from zonecheck.dataplane.route_tables import RoutedInterface, RoutedNetwork, Way
from zonecheck.packets import Field


class StepKind(Enum):
    """What a step does with the packet."""

    FILTER = "filter"
    TRANSLATED = "translated"
    UNTOUCHED = "untouched"
    SOURCES = "sources"


class Step(NamedTuple):
    """A filter, one outcome of a translation (it matches, or does not), or a check of sources.

    The number is that of the filter, of the translation or of the checking interface.
    """

    kind: StepKind
    number: int


class Hop(NamedTuple):
    """Steps in order, then the next router or else the zone where the packet is delivered.

    With `translation`, its destination becomes that translation's constant on the way. A zone of
    None is a link where nobody is said to live.
    """

    steps: tuple[Step, ...]
    router: int | None
    zone: int | None = None
    translation: int | None = None


Behaviour = frozenset[Hop]


@dataclass(frozen=True, slots=True)
class Entry:
    """Senders that fare alike: a zone, what becomes of their packets, whose addresses they use."""

    zone: int
    hops: Behaviour
    interfaces: tuple[int, ...]


def behaviour_of(network: RoutedNetwork, ways: tuple[Way, ...]) -> Behaviour:
    """Return what the ways of a label do; ways to nobody are left out."""
    found: set[Hop] = set()
    for way in ways:
        out = network.interfaces[way.out]
        for steps in _out_steps(network, out):
            if way.into is not None:
                taken_in = network.interfaces[way.into]
                checks: tuple[Step, ...] = ()
                if taken_in.sources is not None:
                    checks = (Step(StepKind.SOURCES, way.into),)
                for hop in entering(network, taken_in):
                    found.add(hop._replace(steps=(*steps, *checks, *hop.steps)))
            elif out.zone is not None:
                found.add(Hop(steps, None, out.zone))
    return frozenset(found)


def entering(network: RoutedNetwork, interface: RoutedInterface) -> Behaviour:
    """Return what an interface does with what comes in by it, its check of sources left out."""
    steps = _filter(interface.filter_in)
    number = interface.translate_in
    if number is None:
        return frozenset({Hop(steps, interface.router)})
    if network.translations[number].field is not Field.DST:
        raise ValueError("an inbound translation must translate destinations")
    return frozenset(
        {
            Hop((*steps, Step(StepKind.UNTOUCHED, number)), interface.router),
            Hop((*steps, Step(StepKind.TRANSLATED, number)), interface.router, translation=number),
        }
    )


def entries_of(network: RoutedNetwork) -> list[Entry]:
    """Return where packets enter, interfaces that treat a zone's packets alike taken together."""
    found: dict[tuple[int, Behaviour], list[int]] = {}
    for number, interface in enumerate(network.interfaces):
        if interface.zone is not None:
            key = interface.zone, entering(network, interface)
            found.setdefault(key, []).append(number)
    return [Entry(zone, hops, tuple(members)) for (zone, hops), members in found.items()]


def _out_steps(network: RoutedNetwork, out: RoutedInterface) -> list[tuple[Step, ...]]:
    steps = _filter(out.filter_out)
    number = out.translate_out
    if number is None:
        return [steps]
    if network.translations[number].field is not Field.SRC:
        raise ValueError("an outbound translation must translate sources")
    return [(Step(kind, number), *steps) for kind in (StepKind.UNTOUCHED, StepKind.TRANSLATED)]


def _filter(number: int | None) -> tuple[Step, ...]:
    return () if number is None else (Step(StepKind.FILTER, number),)
