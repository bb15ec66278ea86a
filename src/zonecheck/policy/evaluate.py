"""From questions to verdicts (docs/semantics.md, section 7)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TypeVar

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.answer import Answer, Proofs, answer, distinct_states
from zonecheck.policy.check import Check
from zonecheck.policy.checks import CHECKS
from zonecheck.policy.finding_id import finding_id
from zonecheck.policy.implications import in_causal_order
from zonecheck.policy.ledger import Ledger
from zonecheck.policy.own_policies import concerning
from zonecheck.policy.pending import ANSWERED, PENDING
from zonecheck.policy.routing_assumption import RoutingAssumption
from zonecheck.policy.today import today_in_japan
from zonecheck.policy.undeclared import undeclared_items
from zonecheck.policy.under_failure import UNDER_FAILURE, needed_for, under_failure
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
    known = {check.id: check for check in CHECKS}
    names = (*known, *PENDING) if checks is None else tuple(checks)
    asked = [known[name] for name in names if name not in PENDING]
    if segments:
        asked = [concerning(check, segments) for check in asked]
    needed = needed_for(asked, profile, CHECKS)
    given = {name: made for name, made in (given or {}).items() if name in names}
    pending = [name for name in names if name in PENDING and name not in given]
    answered = [ANSWERED[name] for name in names if name in given]
    proved = distinct_states(topology)
    proofs = Proofs() if proofs is None else proofs
    today = today_in_japan() if today is None else today
    drawn = frozenset(end for link in topology.links for end in link.ends)
    answers: dict[str, list[Answer]] = {check.id: [] for check in (*asked, *needed)}
    answers |= {name: list(made) for name, made in given.items()}
    for state in proved:
        views = proofs.views(state, profile, routing, today, drawn)
        for check in (*asked, *needed):
            if profile.policy_for(check.id) is None or check.id == VERIFICATION_RECORD:
                continue
            if proofs.verdicts_only and _is_violated(answers[check.id]):
                continue
            if progress is not None:
                progress(check.id, state.state)
            answers[check.id].append(answer(check, views))
        views.settle()
    ledger = Ledger(topology, proved, routing)
    results = [_verdict(check, profile, answers[check.id], ledger) for check in (*asked, *answered)]
    results = [
        under_failure(r, answers, profile, CHECKS) if r.policy and r.check == UNDER_FAILURE else r
        for r in results
    ]
    waivers = Waivers(topology.waivers, profile, today)
    uses: tuple[WaiverUse, ...] = ()
    if not proofs.verdicts_only:
        results = [waive(result, answers[result.check], waivers) for result in results]
        uses = waivers.uses(results)
        results = [judged(r, uses, results) if r.check == EXCEPTION_VALID else r for r in results]
    results += [_not_run(name, profile) for name in pending if checks or profile.policy_for(name)]
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


def _not_run(check: str, profile: Profile) -> CheckResult:
    """Return that a check was not made: what a profile asks for is never passed over."""
    policy = profile.policy_for(check)
    return CheckResult(check, Status.NOT_IN_PROFILE if policy is None else Status.NOT_RUN, policy)


def _is_violated(answers: Sequence[Answer]) -> bool:
    return any(each.status is Status.VIOLATED for each in answers)


def _verdict(
    check: Check, profile: Profile, answers: Sequence[Answer], ledger: Ledger
) -> CheckResult:
    """Return the verdict that the answers in all states add up to."""
    policy = profile.policy_for(check.id)
    if policy is None or check.id == VERIFICATION_RECORD:
        return _not_run(check.id, profile)
    examined = max(each.examined for each in answers)
    found = {each.status for each in answers}
    if found == {Status.HOLDS}:
        return CheckResult(
            check.id,
            Status.HOLDS,
            policy,
            assumptions=ledger.of(check),
            vacuous=examined == 0,
            examined=examined,
        )
    status = Status.VIOLATED if Status.VIOLATED in found else Status.UNKNOWN
    telling = [each for each in answers if each.status is status]
    return CheckResult(
        check.id,
        status,
        policy,
        findings=_first_occurrences(check.id, telling),
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
