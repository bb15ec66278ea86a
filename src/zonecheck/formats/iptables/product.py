"""What a packet must be like for a line to match: one condition on each property.

A chain that jumps joins conditions, a chain that returns takes one away from another; both stay
lists of products. Every product here is about one IP version.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Final

from zonecheck.packets import MAXIMA, Field, Intervals, complement, normalise


class State(Enum):
    """What connection tracking says of a packet."""

    NEW = "NEW"
    ESTABLISHED = "ESTABLISHED"
    RELATED = "RELATED"
    INVALID = "INVALID"
    UNTRACKED = "UNTRACKED"


class Flags(Enum):
    """The two kinds of TCP packets the model tells apart."""

    OPENING = "neither ACK nor RST"
    ANSWERING = "ACK or RST"


ALL_STATES: Final = frozenset(State)
ALL_FLAGS: Final = frozenset(Flags)
ALL_PORTS: Final[Intervals] = ((0, 0xFFFF),)
ALL_TYPES: Final[Intervals] = ((0, 0xFF),)
ALL_PROTOCOLS: Final[Intervals] = ((0, 0xFF),)
_SETS = ("protocols", "src", "dst", "dst_ports", "src_ports", "types")
_CHOICES = ("flags", "states", "inward", "outward")


@dataclass(frozen=True, slots=True)
class Product:
    """Packets of one IP version that fulfil all conditions.

    `inward` and `outward` are the interfaces, None for every one. `macs` are the source MAC
    addresses one of which is asked for, none for any. `doubts` say why a packet that fulfils all
    this may still not match; `partial` why not all the packets behind one header of the model do,
    although the one that opens a session does: a permit is then certain and a deny is not.
    """

    version: int
    src: Intervals
    dst: Intervals
    protocols: Intervals = ALL_PROTOCOLS
    dst_ports: Intervals = ALL_PORTS
    src_ports: Intervals = ALL_PORTS
    types: Intervals = ALL_TYPES
    flags: frozenset[Flags] = ALL_FLAGS
    states: frozenset[State] = ALL_STATES
    inward: frozenset[str] | None = None
    outward: frozenset[str] | None = None
    macs: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether no packet can fulfil this."""
        return not all(getattr(self, name) for name in _SETS) or any(
            getattr(self, name) is not None and not getattr(self, name) for name in _CHOICES
        )

    @property
    def is_unconditional(self) -> bool:
        """Return whether every packet of the states fulfils this for certain."""
        return self == replace(everything(self.version), states=self.states)

    def __and__(self, other: "Product") -> "Product":
        """Return what fulfils both; MAC addresses of both become a doubt."""
        macs = self.macs or other.macs
        doubts = (*self.doubts, *other.doubts)
        if self.macs and other.macs and self.macs != other.macs:
            doubts = (*doubts, "mac")
        met: dict[str, Any] = {n: meet(getattr(self, n), getattr(other, n)) for n in _SETS}
        met |= {n: _common(getattr(self, n), getattr(other, n)) for n in _CHOICES}
        return Product(
            version=self.version,
            **met,
            macs=macs,
            doubts=tuple(dict.fromkeys(doubts)),
            partial=tuple(dict.fromkeys((*self.partial, *other.partial))),
        )

    def having(self, name: str, value: Any) -> "Product":
        """Return the product with another condition on one property."""
        changed: dict[str, Any] = {name: value}
        return replace(self, **changed)

    def doubting(self, *reasons: str) -> "Product":
        """Return the product with further doubts."""
        return replace(self, doubts=tuple(dict.fromkeys((*self.doubts, *reasons))))

    def minus(self, other: "Product", universe: "Universe") -> Iterator["Product"]:
        """Yield disjoint products of what fulfils this and not the other.

        What fulfils the other only perhaps stays, as what perhaps stays.
        """
        rest = self
        for name in _SETS + _CHOICES:
            mine, theirs = getattr(rest, name), getattr(other, name)
            if theirs is None:
                continue
            if name in _SETS:
                outside: Any = _without(mine, theirs)
                inside: Any = meet(mine, theirs)
            else:
                known = getattr(universe, name) if mine is None else mine
                outside, inside = known - theirs, known & theirs
            if outside:
                yield rest.having(name, outside)
            rest = rest.having(name, inside)
            if not inside:
                return
        reasons = (*other.doubts, *other.partial, *(("mac",) if other.macs else ()))
        if reasons:
            yield rest.doubting(*reasons)


@dataclass(frozen=True, slots=True)
class Universe:
    """The interfaces there are, for conditions that exclude some; `flags` and `states` are all."""

    inward: frozenset[str]
    outward: frozenset[str]
    flags: frozenset[Flags] = ALL_FLAGS
    states: frozenset[State] = ALL_STATES


def everything(version: int) -> Product:
    """Return the product that every packet of an IP version fulfils."""
    highest = MAXIMA[version][Field.SRC]
    return Product(version, ((0, highest),), ((0, highest),))


def meet(one: Intervals, other: Intervals) -> Intervals:
    """Return the values in both, normalised."""
    if one == other:
        return one
    found = [
        (max(low, start), min(high, end))
        for low, high in one
        for start, end in other
        if max(low, start) <= min(high, end)
    ]
    return normalise(found, max((high for _, high in found), default=0))


def _without(one: Intervals, other: Intervals) -> Intervals:
    if not one or not other:
        return one
    highest = max(one[-1][1], other[-1][1])
    left = complement(other, highest)
    return meet(one, tuple(item for item in left if item[0] <= item[1]))


def _common(one: frozenset[Any] | None, other: frozenset[Any] | None) -> frozenset[Any] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other
