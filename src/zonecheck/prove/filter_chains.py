"""Filter chains: what stands between a router and the zone where a destination is delivered.

Forwarding commutes with stateless filters: what arrives over a path is what every filter on it
permits, whatever their order. A way through the network is therefore the *set* of its filters, one
such set between any two translations. Of two ways to the same zone the one with fewer filters
delivers everything the other does, so a set of ways keeps its least chains only; that also ends
every walk, for going round a loop adds filters and nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from zonecheck.dataplane.hops import Step, StepKind

NO_CHAINS: Final = 0
"""The number of the empty set of chains: nothing is delivered."""

MOST_TRANSLATIONS: Final = 8


@dataclass(frozen=True, slots=True)
class Chain:
    """A zone and what must be passed to be delivered there.

    `parts` are sets of filters; between part `i` and part `i + 1` stands translation
    `translations[i]`.
    """

    zone: int
    parts: tuple[frozenset[Step], ...] = (frozenset(),)
    translations: tuple[int, ...] = ()

    def after(self, steps: Iterable[Step]) -> "Chain":
        """Return the chain with these steps before it.

        Raises:
            ValueError: More than `MOST_TRANSLATIONS` translations, as in a loop that translates.
        """
        parts, translations = list(self.parts), list(self.translations)
        for step in reversed(tuple(steps)):
            if step.kind is StepKind.TRANSLATED:
                parts.insert(0, frozenset())
                translations.insert(0, step.number)
            else:
                parts[0] |= {step}
        if len(translations) > MOST_TRANSLATIONS:
            raise ValueError(f"a packet is translated more than {MOST_TRANSLATIONS} times")
        return Chain(self.zone, tuple(parts), tuple(translations))

    def delivers_all_of(self, other: "Chain") -> bool:
        """Return whether whatever the other chain delivers this one delivers, by its form alone."""
        return (
            self.zone == other.zone
            and self.translations == other.translations
            and all(mine <= theirs for mine, theirs in zip(self.parts, other.parts, strict=True))
        )

    @property
    def steps(self) -> frozenset[Step]:
        """Return every filter on the way."""
        return frozenset[Step]().union(*self.parts)


def least(chains: Iterable[Chain]) -> frozenset[Chain]:
    """Return the chains that no other makes superfluous."""
    distinct = set(chains)
    if len(distinct) < 2:
        return frozenset(distinct)
    return frozenset(
        chain
        for chain in distinct
        if not any(other != chain and other.delivers_all_of(chain) for other in distinct)
    )


class ChainSets:
    """Sets of least chains, numbered; number `NO_CHAINS` is the empty one.

    Chains have numbers too: `chains[n]` is chain `n`, `sets[n]` the numbers of the chains of set
    `n`. Numbers are never given anew, so walks of one network after another may share them.
    """

    def __init__(self) -> None:
        self.chains: Final[list[Chain]] = []
        self.sets: Final[list[tuple[int, ...]]] = [()]
        self._chain_numbers: dict[Chain, int] = {}
        self._numbers: dict[tuple[int, ...], int] = {(): NO_CHAINS}
        self._steps: dict[tuple[Step, ...], int] = {(): 0}
        self._listed: list[tuple[Step, ...]] = [()]
        self._after: dict[tuple[int, int], int] = {}
        self._unions: dict[tuple[int, int], int] = {}

    def number(self, chains: Iterable[Chain]) -> int:
        """Return the number of a set of chains."""
        found = tuple(sorted(self._chain(chain) for chain in least(chains)))
        number = self._numbers.setdefault(found, len(self.sets))
        if number == len(self.sets):
            self.sets.append(found)
        return number

    def steps(self, steps: tuple[Step, ...]) -> int:
        """Return the number of a sequence of steps; 0 is the empty one."""
        number = self._steps.setdefault(steps, len(self._listed))
        if number == len(self._listed):
            self._listed.append(steps)
        return number

    def after(self, steps: int, chains: int) -> int:
        """Return the chains with numbered steps before each."""
        key = steps, chains
        if key not in self._after:
            before = self._listed[steps]
            self._after[key] = self.number(c.after(before) for c in self.members(chains))
        return self._after[key]

    def union(self, a: int, b: int) -> int:
        """Return the union of two sets of chains."""
        key = (a, b) if a < b else (b, a)
        if key not in self._unions:
            self._unions[key] = self.number([*self.members(a), *self.members(b)])
        return self._unions[key]

    def members(self, number: int) -> list[Chain]:
        """Return the chains of a set."""
        return [self.chains[chain] for chain in self.sets[number]]

    def _chain(self, chain: Chain) -> int:
        number = self._chain_numbers.setdefault(chain, len(self.chains))
        if number == len(self.chains):
            self.chains.append(chain)
        return number
