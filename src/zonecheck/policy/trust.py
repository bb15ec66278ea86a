"""What each verdict owes to what the file only declares: proofs without the declarations."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
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
from zonecheck.policy.withdraw import can_be_withdrawn, declarations, withdraw_all

Progress = Callable[[int, int], None]
Falls = tuple[Fall, ...]
_SMALL = 3
"""Groups of at most so many declarations are tried one by one rather than in halves."""


def with_trust(
    topology: Topology,
    profile: Profile,
    verification: Verification,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Verification:
    """Return the verification of a topology with what its verdicts owe to which declaration.

    Every check that holds is proved again without each declaration and without all of them. All
    declarations of one kind are withdrawn together first; where that changes nothing, none of
    them matters alone, because a withdrawal never makes a check hold. (Of a check that is not
    monotone this is not so: a declaration that others of its kind make up for may be missed.)
    Each `holds` then lists only the declarations it needs, besides what cannot be withdrawn.

    With `jobs` above 1 so many processes work at once; the calling program must be importable by
    them. `progress` is told how many proofs are done and how many are known to be needed.
    """
    held = tuple(r.check for r in verification.results if r.status is Status.HOLDS)
    declared = declarations(topology)
    if not held or not declared:
        return replace(verification, trust=Trust(declared, (), ()))
    task = _Task(topology, profile, RoutingAssumption(verification.routing))
    search = _Search(_Group(declared, held), progress)
    if jobs > 1:
        _prove_in_processes(task, search, jobs)
    else:
        _prove_here(task, search)
    trust = Trust(declared, search.needed(), search.answers[search.everything])
    results = tuple(_with_needed(result, trust) for result in verification.results)
    used = dict.fromkeys(a for r in results if r.status is Status.HOLDS for a in r.assumptions)
    return replace(verification, results=results, assumptions=tuple(used), trust=trust)


@dataclass(frozen=True, slots=True)
class _Group:
    """Declarations to withdraw together, and the checks that might not hold without them."""

    members: tuple[Assumption, ...]
    checks: tuple[str, ...]

    def by_kind(self) -> "list[_Group]":
        kinds = dict.fromkeys(entry.id for entry in self.members)
        return [
            _Group(tuple(e for e in self.members if e.id == kind), self.checks) for kind in kinds
        ]

    def parts(self, falls: Falls) -> "list[_Group]":
        """Return it in smaller groups, for the checks that fall without all of it."""
        checks = tuple(fall.check for fall in falls)
        size = len(self.members)
        if not falls or size == 1:
            return []
        step = 1 if size <= _SMALL else (size + 1) // 2
        return [_Group(self.members[at : at + step], checks) for at in range(0, size, step)]


class _Search:
    """The groups that were tried, and what falls without each."""

    def __init__(self, everything: _Group, progress: Progress | None) -> None:
        self.everything = everything
        self.answers: dict[_Group, Falls] = {}
        self._parts = {everything: everything.by_kind()}
        self._known = 1 + len(self._parts[everything])
        self._progress = progress

    @property
    def first(self) -> list[_Group]:
        """Return the groups to begin with; the largest takes longest."""
        return [self.everything, *self._parts[self.everything]]

    def take(self, group: _Group, falls: Falls) -> list[_Group]:
        """Keep an answer and return the groups that it makes necessary."""
        self.answers[group] = falls
        new: list[_Group] = []
        if group is not self.everything:
            new = self._parts[group] = group.parts(falls)
        self._known += len(new)
        if self._progress is not None:
            self._progress(len(self.answers), self._known)
        return new

    def needed(self) -> tuple[Withdrawal, ...]:
        """Return the smallest groups found to matter, with what falls without no part of them."""
        found = []
        for group, falls in self.answers.items():
            below = {fall.check for part in self._parts[group] for fall in self.answers[part]}
            own = tuple(fall for fall in falls if fall.check not in below)
            if own:
                found.append(Withdrawal(group.members, own))
        order = {entry: at for at, entry in enumerate(self.everything.members)}
        found.sort(key=lambda each: (len(each.declarations), order[each.declarations[0]]))
        return tuple(found)


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

    def begin(self) -> Proofs:
        """Return the proofs of the topology itself, near which the others are."""
        proofs = Proofs(replayed=False)
        verify(self.topology, self.profile, routing=self.routing, proofs=proofs)
        return proofs

    def falls(self, group: _Group, proofs: Proofs) -> Falls:
        """Return which checks of a group do not hold without its declarations."""
        found = verify(
            withdraw_all(self.topology, group.members),
            self.profile,
            checks=group.checks,
            routing=self.routing,
            proofs=proofs.fork(),
        )
        by_check = {result.check: result.status for result in found.results}
        return tuple(
            Fall(check, by_check[check])
            for check in group.checks
            if by_check[check] is not Status.HOLDS
        )


def _prove_here(task: _Task, search: _Search) -> None:
    proofs = task.begin()
    waiting = deque(search.first)
    while waiting:
        group = waiting.popleft()
        waiting.extend(search.take(group, task.falls(group, proofs)))


def _prove_in_processes(task: _Task, search: _Search, jobs: int) -> None:
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (task,)) as pool:
        running = {pool.submit(_falls, group): group for group in search.first}
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                new = search.take(running.pop(future), future.result())
                running.update({pool.submit(_falls, group): group for group in new})


_begun: list[tuple[_Task, Proofs]] = []
"""The task of this process, where it is one that was started for it."""


def _begin(task: _Task) -> None:
    _begun.append((task, task.begin()))


def _falls(group: _Group) -> Falls:
    task, proofs = _begun[0]
    return task.falls(group, proofs)
