"""Two designs made comparable: in the same words, in the same states, in one packet space."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from zonecheck.compare.pairing import renaming
from zonecheck.compare.part_pairing import part_renaming
from zonecheck.compare.parts import Part, with_parts
from zonecheck.compare.plain_names import plain_renaming, with_plain_names
from zonecheck.model.closure import Closure
from zonecheck.model.profile import Profile
from zonecheck.model.rename import renamed
from zonecheck.model.states import states
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSpace
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.ledger.undeclared import undeclared_items
from zonecheck.policy.verdict import MissingDeclaration


@dataclass(frozen=True, slots=True)
class StatePair:
    """Both designs in one state; a design that has no such state is in its normal one."""

    name: str
    old: Topology
    new: Topology


@dataclass(frozen=True, slots=True)
class AnalysisPair:
    """The analyses of both designs in one state under one closure."""

    state: str
    closure: Closure
    old: Analysis
    new: Analysis


@dataclass(frozen=True, slots=True)
class Designs:
    """An older and a newer design; `old` calls elements as `new` does.

    `names` are the new names of elements and parts of them that are only called otherwise.
    """

    old: Topology
    new: Topology
    names: Mapping[str, str]

    @property
    def undeclared(self) -> tuple[MissingDeclaration, ...]:
        """Return what makes the two closures of either design differ."""
        both = (*self.states, StatePair("", self.old, self.new))
        items = (i for pair in both for t in (pair.old, pair.new) for i in undeclared_items(t))
        return tuple(dict.fromkeys(items))

    @property
    def states(self) -> tuple[StatePair, ...]:
        """Return the states of both, each pair of networks once."""
        old, new = ({t.state: t for t in states(each)} for each in (self.old, self.new))
        found: list[StatePair] = []
        for name in dict.fromkeys((*new, *old)):
            pair = StatePair(name, old.get(name, old[""]), new.get(name, new[""]))
            if not any(_same(pair, known) for known in found):
                found.append(pair)
        return tuple(found)

    def analyses(
        self, profile: Profile, space: PacketSpace | None = None
    ) -> Iterator[AnalysisPair]:
        """Yield the analyses of both designs, those of the upper closure first in each state.

        All are in one packet space, each near one before it, so that what both designs share is
        proved once. Where everything is declared there is one closure.
        """
        space = PacketSpace() if space is None else space
        closures = tuple(Closure) if self.undeclared else (Closure.UPPER,)
        nearest: dict[Closure, Analysis] = {}
        for pair in self.states:
            for closure in sorted(closures, key=lambda c: c is not Closure.UPPER):
                old = Analysis(pair.old, profile, closure, space, nearest.get(closure))
                _ = old.reach
                new = Analysis(pair.new, profile, closure, space, old)
                _ = new.reach
                nearest[closure] = new
                yield AnalysisPair(pair.name, closure, old, new)


def designs(old: Topology, new: Topology) -> Designs:
    """Return two designs in the words of the newer one."""
    names = renaming(old, new)
    inner = renamed(old, names)
    parts = part_renaming(inner, new)
    inner = with_parts(inner, parts)
    plain = plain_renaming(inner, new)
    told = {
        **names,
        **{str(part): str(Part(part.kind, part.node, to)) for part, to in parts.items()},
        **{f"{section}.{name}": f"{section}.{to}" for (section, name), to in plain.items()},
    }
    return Designs(with_plain_names(inner, plain), new, told)


def _same(one: StatePair, other: StatePair) -> bool:
    return all(
        replace(a, state="") == replace(b, state="")
        for a, b in ((one.old, other.old), (one.new, other.new))
    )
