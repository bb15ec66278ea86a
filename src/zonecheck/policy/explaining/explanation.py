"""What an explanation says: the verdicts, and changes that make checks hold, each proved."""

from collections.abc import Sequence
from dataclasses import dataclass

from zonecheck.policy.explaining.kept_flows import LostFlow
from zonecheck.policy.repairs import Entailed, LinePlace, Repair, Size
from zonecheck.policy.verdict import CheckResult, Fall, MissingDeclaration, Verification

Loss = tuple[int, int]
"""Flows blocked wholly, and in part: one that some still use is lost less than one nobody does."""
Cost = tuple[Loss, int, int, tuple[int, ...]]
"""Flows blocked, other harm, how many changes, and their sizes."""


def loss_of(lost: Sequence[LostFlow]) -> Loss:
    """Return what counts of flows that are lost: less is better."""
    wholly = sum(flow.wholly for flow in lost)
    return wholly, len(lost) - wholly


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change after which a check holds, proved, and no check of separation is worse than before.

    `lost` are the declared flows it blocks, `mends` the other checks that hold with it and did
    not before, `breaks` those that something works and that it makes worse. `vacuous` tells that
    the check holds because nothing is left that it speaks of. `follow` are zone tags that have to
    be written anew because of the change. `also` are the places that lines of the change stand for
    as well: those were left as they are.
    """

    repairs: tuple[Repair, ...]
    lost: tuple[LostFlow, ...]
    mends: tuple[str, ...] = ()
    breaks: tuple[Fall, ...] = ()
    vacuous: bool = False
    follow: tuple[Repair, ...] = ()
    entails: tuple[Entailed, ...] = ()
    also: tuple[LinePlace, ...] = ()

    @property
    def is_claim(self) -> bool:
        """Return whether it writes down what has to be true first."""
        return any(repair.size is Size.CLAIM for repair in self.repairs)

    @property
    def cost(self) -> "Cost":
        """Return what makes one proposal better than another: less is."""
        # That something works no more is what a flow that is lost says already.
        harm = self.vacuous + (0 if self.lost else len(self.breaks))
        sizes = tuple(sorted((int(repair.size) for repair in self.repairs), reverse=True))
        return loss_of(self.lost), harm, len(self.repairs), sizes

    @property
    def is_free(self) -> bool:
        """Return whether it blocks and breaks nothing: no other does less."""
        return not self.lost and not self.breaks and not self.vacuous


@dataclass(frozen=True, slots=True)
class Almost:
    """A change that ends a violation and leaves the check unknown: no proposal, but a reason.

    Proved like one: no check of separation is worse. `missing` is what the check lacks then.
    """

    repairs: tuple[Repair, ...]
    lost: tuple[LostFlow, ...]
    missing: tuple[MissingDeclaration, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """One check that does not hold, and what would make it hold, the best first.

    `tried` is how many changes were tried, `untried` how many that a higher limit would try.
    `almost` is what comes nearest where nothing is proposed.
    `as_for` names the check whose proposal this is, if it was found for that one. `finding` is
    the number of the only finding asked about, 0 for all.
    """

    result: CheckResult
    proposals: tuple[Proposal, ...]
    tried: int = 0
    untried: int = 0
    as_for: str | None = None
    finding: int = 0
    almost: Almost | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that was asked for, root causes first, and the verdicts it is about.

    `flows` is how many declared flows were delivered before any change.
    """

    verification: Verification
    explained: tuple[Explained, ...]
    flows: int
