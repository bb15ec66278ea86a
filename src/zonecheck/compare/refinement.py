"""Pairs what two designs call otherwise by all they say of it (colour refinement).

Each name has a colour, what is known of it so far; what is said of it, other names as their
colours, is its next colour, until no more names can be told apart. What is paired wrongly shows as
a difference later, because renaming is exact; so this may guess.
"""

from collections import defaultdict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar

Name = TypeVar("Name", bound=Hashable)


class Side(Protocol[Name]):
    """One design: the names that have no partner yet, and what is known of each name."""

    left: list[Name]
    colours: dict[Name, object]

    def signature(self, name: Name) -> Hashable:
        """Return all that is said of a name, in the colours known so far."""
        ...

    def stands_alone(self, name: Name, /) -> bool:
        """Return whether nothing that is said of it speaks of another without a partner."""
        ...


class Refinement(Generic[Name]):
    """Pairs the names that two designs have left over."""

    def __init__(self, old: Side[Name], new: Side[Name]) -> None:
        self._sides = old, new
        self._numbers: dict[Hashable, int] = {}

    def found(self) -> dict[Name, Name]:
        """Return all pairs, the names of the old design first; they are left over no more."""
        found: dict[Name, Name] = {}
        while all(side.left for side in self._sides):
            pairs = self._next_pairs()
            if not pairs:
                break
            for before, after in pairs:
                found[before] = after
                for side, name in zip(self._sides, (before, after), strict=True):
                    side.colours[name] = f"={after}"
            for at, side in enumerate(self._sides):
                paired = {pair[at] for pair in pairs}
                side.left = [name for name in side.left if name not in paired]
        return found

    def _next_pairs(self) -> list[tuple[Name, Name]]:
        """Return the pairs that are sure; if none is, one or more of those that are alike.

        Among those that nothing tells apart any pair will do; it may tell others apart.
        """
        self._refine()
        old, new = (self._classes(side) for side in self._sides)
        alike = [(names, new[colour]) for colour, names in old.items() if colour in new]
        sure = [(a[0], b[0]) for a, b in alike if len(a) == len(b) == 1]
        if sure or not alike:
            return sure
        here, there = self._sides
        alone = [
            pair
            for a, b in alike
            if here.stands_alone(a[0]) and there.stands_alone(b[0])
            for pair in zip(a, b, strict=False)
        ]
        return alone or [(alike[0][0][0], alike[0][1][0])]

    def _refine(self) -> None:
        """Tell names apart by what is said of them until no more can be told."""
        known = 0
        while True:
            told = [
                (side, {name: self._number(side.signature(name)) for name in side.left})
                for side in self._sides
            ]
            for side, colours in told:
                side.colours |= colours
            number = sum(len(set(colours.values())) for _, colours in told)
            if number <= known:
                return
            known = number

    def _number(self, signature: Hashable) -> int:
        return self._numbers.setdefault(signature, len(self._numbers))

    def _classes(self, side: Side[Name]) -> dict[object, list[Name]]:
        found: dict[object, list[Name]] = defaultdict(list)
        for name in side.left:
            found[side.colours[name]].append(name)
        return found
