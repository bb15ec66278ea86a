"""From questions to verdicts (docs/semantics.md, section 7)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TypeVar

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.answer import Answer, Proofs, answer, distinct_states
from zonecheck.policy.check import Check, Statement
from zonecheck.policy.checks import CHECKS
from zonecheck.policy.finding_id import finding_id
from zonecheck.policy.implications import in_causal_order
from zonecheck.policy.ledger.assumptions import Ledger
from zonecheck.policy.ledger.undeclared import undeclared_items
from zonecheck.policy.own_policies import concerning
from zonecheck.policy.pending import ANSWERED, PENDING
from zonecheck.policy.routing_assumption import RoutingAssumption
from zonecheck.policy.today import today_in_japan
from zonecheck.policy.under_failure import (
    UNDER_FAILURE,
    answers_under_failure,
    needed_for,
    under_failure,
)
from zonecheck.policy.verdict import CheckResult, Finding, Status, Verification
from zonecheck.policy.waiver_standing import EXCEPTION_VALID, VERIFICATION_RECORD, WaiverUse
from zonecheck.policy.waivers import Waivers, judged, waive

T = TypeVar("T")
Progress = Callable[[str, str], None]


def verify(
    topology: Topology,
    profile: Profile,
    *,
    checks: Sequence[str] | None = None,
    progress: Progress | None = None,
    routing: RoutingAssumption = RoutingAssumption.DECLARED,
    proofs: Proofs | None = None,
    today: date | None = None,
    segments: Collection[str] = (),
    given: Mapping[str, Sequence[Answer]] | None = None,
) -> Verification:
    """Return the verdict of every check (or of those named) on a topology under a profile.

    Every state of the topology is proved: a check holds if it holds in all, is violated if it is
    in one, and is unknown otherwise. `progress` is told the id of each check and the name of the
    state before it runs. With `proofs` of earlier verifications, what did not change since is taken
    over from them, and what is new is added. `today` is the day that counts for waivers and
    whatever else expires, by default the one it is in Japan. Proofs of verdicts only do not know
    whole findings, so no waiver counts in them.

    With `segments`, findings that do not concern these segments are left out where that is sure to
    leave out nothing that does.

    `given` are answers that take more than the design (`policy.pending`), by check.

    Raises:
        KeyError: if `checks` names a check that does not exist.
    """
    wanted = _Wanted.of(profile, checks, segments, given or {})
    proved = distinct_states(topology)
    proofs = Proofs() if proofs is None else proofs
    today = today_in_japan() if today is None else today
    answers = {name: list(made) for name, made in wanted.given.items()}
    answers |= {check.id: [] for check in wanted.proved}
    for state in proved:
        views = proofs.views(state, profile, routing, today, topology.links)
        for check in wanted.proved:
            if proofs.verdicts_only and _is_violated(answers[check.id]):
                continue
            if progress is not None:
                progress(check.id, state.state)
            answers[check.id].append(answer(check, views))
        views.settle()
    ledger = Ledger(topology, proved, routing)
    results = [_verdict(each, profile, answers.get(each.id, ()), ledger) for each in wanted.told]
    if UNDER_FAILURE in answers:
        failing = answers_under_failure(answers, profile, CHECKS)
        answers[UNDER_FAILURE] += failing
        results = [under_failure(r, failing) if r.check == UNDER_FAILURE else r for r in results]
    uses: tuple[WaiverUse, ...] = ()
    if not proofs.verdicts_only:
        results, uses = _with_waivers(results, answers, Waivers(topology.waivers, profile, today))
    results += [_not_run(name, profile) for name in wanted.pending]
    used = _distinct(a for r in results if r.status is Status.HOLDS for a in r.assumptions)
    asked_for = (u for made in answers.values() for each in made for u in each.undeclared)
    undeclared = _distinct(
        chain((u for t in (topology, *proved) for u in undeclared_items(t)), asked_for)
    )
    return Verification(
        topology.name,
        topology.source.file,
        profile.id,
        in_causal_order(tuple(results)),
        used,
        undeclared,
        tuple(state.state for state in proved),
        routing.value,
        today=today,
        waivers=uses,
    )


@dataclass(frozen=True)
class _Wanted:
    """What a verification is to tell, and what it has to prove for that.

    `proved` are checks to ask of every state, those whose answers others need included; `told` is
    what gets a verdict, `pending` what is listed as not run. `given` are answers from elsewhere.
    """

    proved: tuple[Check, ...]
    told: tuple[Statement, ...]
    pending: tuple[str, ...]
    given: Mapping[str, Sequence[Answer]]

    @classmethod
    def of(
        cls,
        profile: Profile,
        checks: Sequence[str] | None,
        segments: Collection[str],
        given: Mapping[str, Sequence[Answer]],
    ) -> "_Wanted":
        """Return it for all checks, or those named.

        Raises:
            KeyError: if one is named that does not exist.
        """
        known = {check.id: check for check in CHECKS}
        names = (*known, *PENDING) if checks is None else tuple(checks)
        asked = [known[name] for name in names if name not in PENDING]
        if segments:
            asked = [concerning(check, segments) for check in asked]
        needed = needed_for(asked, profile, CHECKS)
        given = {name: made for name, made in given.items() if name in names}
        pending = [name for name in names if name in PENDING and name not in given]
        return cls(
            tuple(check for check in (*asked, *needed) if _is_provable(check, profile)),
            (*asked, *(ANSWERED[name] for name in names if name in given)),
            tuple(name for name in pending if checks or profile.policy_for(name)),
            given,
        )


def _is_provable(check: Check, profile: Profile) -> bool:
    """Return whether a profile asks for a check, and the design answers it."""
    return profile.policy_for(check.id) is not None and check.id != VERIFICATION_RECORD


def _with_waivers(
    results: Sequence[CheckResult], answers: Mapping[str, Sequence[Answer]], waivers: Waivers
) -> tuple[list[CheckResult], tuple[WaiverUse, ...]]:
    """Return the verdicts with waivers counted, and what became of each waiver."""
    waived = [waive(result, answers.get(result.check, ()), waivers) for result in results]
    uses = waivers.uses(waived)
    profile = waivers.profile
    return [
        judged(r, uses, waived, profile) if r.check == EXCEPTION_VALID else r for r in waived
    ], uses


def _not_run(check: str, profile: Profile) -> CheckResult:
    """Return that a check was not made: what a profile asks for is never passed over."""
    policy = profile.policy_for(check)
    return CheckResult(check, Status.NOT_IN_PROFILE if policy is None else Status.NOT_RUN, policy)


def _is_violated(answers: Sequence[Answer]) -> bool:
    return any(each.status is Status.VIOLATED for each in answers)


def _verdict(
    stated: Statement, profile: Profile, answers: Sequence[Answer], ledger: Ledger
) -> CheckResult:
    """Return the verdict that the answers in all states add up to."""
    policy = profile.policy_for(stated.id)
    if policy is None or stated.id == VERIFICATION_RECORD:
        return _not_run(stated.id, profile)
    examined = max(each.examined for each in answers)
    found = {each.status for each in answers}
    if found == {Status.HOLDS}:
        return CheckResult(
            stated.id,
            Status.HOLDS,
            policy,
            assumptions=ledger.of(stated),
            vacuous=examined == 0,
            examined=examined,
        )
    status = Status.VIOLATED if Status.VIOLATED in found else Status.UNKNOWN
    telling = [each for each in answers if each.status is status]
    return CheckResult(
        stated.id,
        status,
        policy,
        findings=_first_occurrences(stated.id, telling),
        missing=_distinct(item for each in telling for item in each.missing),
        examined=examined,
    )


def _first_occurrences(check: str, answers: Iterable[Answer]) -> tuple[Finding, ...]:
    """Return the findings, each with the first state it occurs in.

    What a violated check found gets a name, for all states it occurs in together.
    """
    found: dict[Finding, Finding] = {}
    extents: dict[Finding, list[tuple[str, str | None]]] = {}
    for each in answers:
        for finding in each.findings:
            found.setdefault(finding, replace(finding, state=each.state))
            if each.status is Status.VIOLATED:
                extents.setdefault(finding, []).append((each.state, finding.extent))
    return tuple(
        replace(first, id=finding_id(check, finding, extents.get(finding, ())))
        for finding, first in found.items()
    )


def _distinct(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
