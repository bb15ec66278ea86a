"""What each verdict owes to what the file only declares: proofs without the declarations."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.answer import Proofs
from zonecheck.policy.evaluate import verify
from zonecheck.policy.routing_assumption import RoutingAssumption
from zonecheck.policy.verdict import (
    Assumption,
    CheckResult,
    Fall,
    Status,
    Trust,
    Verification,
    Withdrawal,
)
from zonecheck.policy.waiver_standing import VERIFICATION_RECORD
from zonecheck.policy.withdraw import can_be_withdrawn, declarations, withdraw_all

Progress = Callable[[int, int], None]
Falls = tuple[Fall, ...]
_SMALL = 3
"""Groups of at most so many declarations are tried one by one rather than in halves."""
_LARGE = 16
"""How many declarations are first withdrawn together: what senders forge without hundreds of
checks of their addresses takes longer to prove than several parts of that."""


def with_trust(
    topology: Topology,
    profile: Profile,
    verification: Verification,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Verification:
    """Return the verification of a topology with what its verdicts owe to which declaration.

    Every check that holds is proved again without each declaration and without all of them.
    Declarations of one kind are withdrawn together first; where that changes nothing, none of
    them matters alone, because a withdrawal never makes a check hold. (Of a check that is not
    monotone this is not so: a declaration that others of its kind make up for may be missed.)
    Each `holds` then lists only the declarations it needs, besides what cannot be withdrawn.

    With `jobs` above 1 so many processes work at once; the calling program must be importable by
    them. `progress` is told how many proofs are done and how many are known to be needed.
    """
    held = tuple(
        r.check
        for r in verification.results
        if r.status is Status.HOLDS and r.check != VERIFICATION_RECORD
    )
    declared = declarations(topology)
    if not held or not declared:
        return replace(verification, trust=Trust(declared, (), ()))
    routing = RoutingAssumption(verification.routing)
    task = _Task(topology, profile, routing, verification.today)
    with _asking(task, jobs) as ask:
        search = _Search(_Group(declared, held), ask, progress)
    trust = Trust(declared, search.needed(), search.together())
    results = tuple(_with_needed(result, trust) for result in verification.results)
    used = dict.fromkeys(a for r in results if r.status is Status.HOLDS for a in r.assumptions)
    return replace(verification, results=results, assumptions=tuple(used), trust=trust)


@dataclass(frozen=True, slots=True)
class _Group:
    """Declarations to withdraw together, and the checks that might not hold without them."""

    members: tuple[Assumption, ...]
    checks: tuple[str, ...]

    def kinds(self) -> "list[_Group]":
        """Return it by what is declared."""
        ids = dict.fromkeys(entry.id for entry in self.members)
        return [_Group(tuple(e for e in self.members if e.id == each), self.checks) for each in ids]

    def split(self, size: int) -> "list[_Group]":
        """Return it in groups of at most so many declarations."""
        starts = range(0, len(self.members), size)
        return [_Group(self.members[at : at + size], self.checks) for at in starts]

    def halves(self, falls: Falls) -> "list[_Group]":
        """Return it in smaller groups, for the checks that fall without all of it."""
        size = len(self.members)
        if not falls or size == 1:
            return []
        step = 1 if size <= _SMALL else (size + 1) // 2
        return replace(self, checks=tuple(fall.check for fall in falls)).split(step)


Ask = Callable[[Sequence[_Group]], Iterator[tuple[_Group, Falls]]]
"""Answers groups in any order."""


class _Search:
    """The groups that were tried, and what falls without each.

    Groups of one kind come first and are halved as long as something falls without them. What
    stands is asked without all of a kind, and what still stands without everything: fewer checks
    for the groups that take longest. `ask` answers groups, several at once.
    """

    def __init__(self, everything: _Group, ask: Ask, progress: Progress | None) -> None:
        self._everything = everything
        self._ask = ask
        self._progress = progress
        self._known = 0
        self.answers: dict[_Group, Falls] = {}
        kinds = everything.kinds()
        groups = [part for kind in kinds for part in kind.split(_LARGE)]
        while groups:
            groups = [half for group, falls in self._try(groups) for half in group.halves(falls)]
        self._try(map(self._standing, (kind for kind in kinds if len(kind.members) > _LARGE)))
        self._try([self._standing(everything)])

    def _try(self, groups: Iterable[_Group]) -> list[tuple[_Group, Falls]]:
        asked = [group for group in groups if group.checks]
        self._known += len(asked)
        for group, falls in self._ask(asked):
            self.answers[group] = falls
            if self._progress is not None:
                self._progress(len(self.answers), self._known)
        return [(group, self.answers[group]) for group in asked]

    def _standing(self, group: _Group) -> _Group:
        """Return a group for the checks that no part of it makes fall."""
        fallen = self._fallen_below(group)
        return replace(group, checks=tuple(c for c in group.checks if c not in fallen))

    def _fallen_below(self, group: _Group) -> set[str]:
        members = set(group.members)
        return {
            fall.check
            for other, falls in self.answers.items()
            for fall in falls
            if members > set(other.members)
        }

    def needed(self) -> tuple[Withdrawal, ...]:
        """Return the smallest groups found to matter, with what falls without no part of them."""
        found = []
        for group, falls in self.answers.items():
            below = self._fallen_below(group) if falls else set()
            own = tuple(fall for fall in falls if fall.check not in below)
            if own:
                found.append(Withdrawal(group.members, own))
        order = {entry: at for at, entry in enumerate(self._everything.members)}
        found.sort(key=lambda each: (len(each.declarations), order[each.declarations[0]]))
        return tuple(found)

    def together(self) -> Falls:
        """Return what falls without everything, with the worst that was found of it."""
        falls = [fall for found in self.answers.values() for fall in found]
        violated = {fall.check for fall in falls if fall.status is Status.VIOLATED}
        fallen = {fall.check: fall for fall in falls}
        return tuple(
            Fall(check, Status.VIOLATED) if check in violated else fallen[check]
            for check in self._everything.checks
            if check in fallen
        )


def _with_needed(result: CheckResult, trust: Trust) -> CheckResult:
    """Return a result that lists only those declarations it needs."""
    if result.status is not Status.HOLDS:
        return result
    needed = {
        (entry.id, entry.subject): entry
        for each in trust.needed
        if any(fall.check == result.check for fall in each.falls)
        for entry in each.declarations
    }
    kept = [a for a in result.assumptions if not can_be_withdrawn(a) or (a.id, a.subject) in needed]
    # What is written once may be declared twice, as the port security of guards and admission.
    return replace(result, assumptions=tuple(dict.fromkeys((*kept, *needed.values()))))


@dataclass(frozen=True)
class _Task:
    """What every process needs to prove."""

    topology: Topology
    profile: Profile
    routing: RoutingAssumption
    today: date | None

    def begin(self) -> Proofs:
        """Return the proofs of the topology itself, near which the others are."""
        proofs = Proofs(verdicts_only=True)
        verify(self.topology, self.profile, routing=self.routing, proofs=proofs, today=self.today)
        return proofs

    def falls(self, group: _Group, proofs: Proofs) -> Falls:
        """Return which checks of a group do not hold without its declarations."""
        found = verify(
            withdraw_all(self.topology, group.members),
            self.profile,
            checks=group.checks,
            routing=self.routing,
            proofs=proofs.fork(),
            today=self.today,
        )
        by_check = {result.check: result.status for result in found.results}
        return tuple(
            Fall(check, by_check[check])
            for check in group.checks
            if by_check[check] is not Status.HOLDS
        )


@contextmanager
def _asking(task: _Task, jobs: int) -> Iterator[Ask]:
    """Give what answers groups, here or in so many processes."""
    if jobs == 1:
        proofs = task.begin()
        yield lambda groups: ((group, task.falls(group, proofs)) for group in groups)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (task,)) as pool:

        def ask(groups: Sequence[_Group]) -> Iterator[tuple[_Group, Falls]]:
            running = {pool.submit(_falls, group): group for group in groups}
            for future in as_completed(running):
                yield running[future], future.result()

        yield ask


_begun: list[tuple[_Task, Proofs]] = []
"""The task of this process, where it is one that was started for it."""


def _begin(task: _Task) -> None:
    _begun.append((task, task.begin()))


def _falls(group: _Group) -> Falls:
    task, proofs = _begun[0]
    return task.falls(group, proofs)
