"""From questions to verdicts (docs/semantics.md, section 7)."""

from collections.abc import Callable, Iterator, Sequence

from zonecheck.model.closure import Closure
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import KINDS, Check, Outcome
from zonecheck.policy.checks import CHECKS
from zonecheck.policy.implications import in_causal_order
from zonecheck.policy.ledger import assumptions_of
from zonecheck.policy.replay import DisagreementError
from zonecheck.policy.undeclared import undeclared_items
from zonecheck.policy.verdict import (
    Assumption,
    CheckResult,
    Finding,
    MissingDeclaration,
    OpeningPacket,
    PacketPath,
    RelayChain,
    Status,
    Verification,
)

Progress = Callable[[str], None]


def verify(
    topology: Topology,
    profile: Profile,
    *,
    checks: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Return the verdict of every check (or of those named) on a topology under a profile.

    `progress` is told the id of each check before it runs.

    Raises:
        KeyError: if `checks` names a check that does not exist.
    """
    known = {check.id: check for check in CHECKS}
    asked = [known[name] for name in checks] if checks is not None else list(CHECKS)
    undeclared = undeclared_items(topology)
    upper = Analysis(topology, profile, Closure.UPPER)
    lower = Analysis(topology, profile, Closure.LOWER) if undeclared else upper
    ledger = {kind: assumptions_of(topology, kind) for kind in KINDS}
    results = []
    for check in asked:
        if progress is not None:
            progress(check.id)
        results.append(_verdict(check, profile, upper, lower, undeclared, ledger))
    used = _distinct(a for r in results if r.status is Status.HOLDS for a in r.assumptions)
    return Verification(
        topology.name,
        topology.source.file,
        profile.id,
        in_causal_order(tuple(results)),
        used,
        undeclared,
    )


def _verdict(
    check: Check,
    profile: Profile,
    upper: Analysis,
    lower: Analysis,
    undeclared: tuple[MissingDeclaration, ...],
    ledger: dict[str, tuple[Assumption, ...]],
) -> CheckResult:
    policy = profile.policy_for(check.id)
    if policy is None:
        return CheckResult(check.id, Status.NOT_IN_PROFILE, None)
    assumptions = _distinct(a for kind in check.rests_on for a in ledger[kind])
    try:
        worst, best = _asked(check, upper, lower)
        if not worst.findings:
            return CheckResult(
                check.id,
                Status.HOLDS,
                policy,
                assumptions=assumptions,
                vacuous=worst.examined == 0,
                examined=worst.examined,
            )
    except DisagreementError as error:
        missing = MissingDeclaration(
            Message.of("missing.replay", detail=error), upper.topology.source
        )
        return CheckResult(check.id, Status.UNKNOWN, policy, missing=(missing,))
    if best.findings:
        return CheckResult(
            check.id, Status.VIOLATED, policy, findings=best.findings, examined=best.examined
        )
    return CheckResult(
        check.id,
        Status.UNKNOWN,
        policy,
        findings=worst.findings,
        missing=_relevant(worst.findings, undeclared),
        examined=worst.examined,
    )


def _asked(check: Check, upper: Analysis, lower: Analysis) -> tuple[Outcome, Outcome]:
    """Return the outcome that must be without findings to hold, and that which shows a violation.

    For a question that is not monotone, the first has the findings of either closure, the second
    those found under both.
    """
    first = check.ask(upper)
    if lower is upper:
        return first, first
    if check.monotone:
        return first, (check.ask(lower) if first.findings else first)
    second = check.ask(lower)
    above = {_subject(finding) for finding in first.findings}
    below = {_subject(finding) for finding in second.findings}
    either = [f for f in second.findings if _subject(f) not in above]
    both = [f for f in second.findings if _subject(f) in above & below]
    return (
        Outcome((*first.findings, *either), max(first.examined, second.examined)),
        Outcome(tuple(both), second.examined),
    )


def _subject(finding: Finding) -> tuple[object, ...]:
    """Return what a finding is about, which may fail in another way under the other closure."""
    named = finding.message.named
    about = named.get("flow") or f"{finding.message.code} {named.get('place', '')}"
    return about, finding.zones, finding.source


def _relevant(
    findings: Sequence[Finding], undeclared: tuple[MissingDeclaration, ...]
) -> tuple[MissingDeclaration, ...]:
    """Return the undeclared items that lie on the counterexamples, all if none does."""
    named = {name for finding in findings for name in _names(finding)}
    chosen = tuple(item for item in undeclared if item.item.named["subject"] in named)
    return chosen or undeclared


def _names(finding: Finding) -> Iterator[str]:
    yield from finding.message.named.values()
    evidence = finding.counterexample
    if isinstance(evidence, PacketPath):
        yield from _path_names(evidence)
    elif isinstance(evidence, RelayChain):
        for node in evidence.nodes:
            yield node.split("/")[0]
        for step in evidence.steps:
            if isinstance(step.by, PacketPath):
                yield from _path_names(step.by)
    elif isinstance(evidence, MissingDeclaration):
        yield from evidence.item.named.values()


def _path_names(path: PacketPath | OpeningPacket) -> Iterator[str]:
    yield path.origin.node
    if path.destination is not None:
        yield path.destination.node
    for hop in path.hops:
        yield hop.node
    for opener in path.after if isinstance(path, PacketPath) else ():
        yield from _path_names(opener)


def _distinct(assumptions: Iterator[Assumption]) -> tuple[Assumption, ...]:
    return tuple(dict.fromkeys(assumptions))
