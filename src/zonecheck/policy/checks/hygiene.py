"""Rules and translations that have outlived their purpose, or never had any."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zonecheck.model.device import Device
from zonecheck.model.filter import Filter, Rule
from zonecheck.model.message import Message
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import PACKETS, STRUCTURE, Check, Outcome
from zonecheck.policy.extent import extent_of, told_in_full
from zonecheck.policy.hygiene.any_any import any_permits, only_by_any
from zonecheck.policy.hygiene.nat_faults import exposures, stale_translations, wrong_addresses
from zonecheck.policy.hygiene.rule_anomalies import Anomaly, Kind, anomalies
from zonecheck.policy.hygiene.rule_lines import Reading, is_undeclared, line_key
from zonecheck.policy.replay import packet_of
from zonecheck.policy.verdict import Finding, MissingDeclaration, RuleConflict

MOST_NAMED = 3
"""So many rules are named in a message; its evidence lists all."""

_BY_ANY = {
    Kind.SHADOWED: "shadowed-by-any",
    Kind.CONTRADICTORY: "shadowed-by-any",
    Kind.REDUNDANT: "redundant-by-any",
    Kind.NEEDLESS: "needless-by-any",
    Kind.NEVER_HIT: "never-hit",
}
"""What an anomaly is called that is one only because of any-any permits."""


def ask_rule_anomaly(analysis: Analysis) -> Outcome:
    """Every rule of a filter that forwards decides something that would be decided otherwise."""
    findings: list[tuple[int, Finding]] = []
    missing: list[MissingDeclaration] = []
    examined = 0
    for device in analysis.topology.devices:
        for item, interfaces in _filters(device):
            examined += len(item.rules or ())
            found = anomalies(item, interfaces)
            findings += _ranked(device, item, found, only_by_any(item, interfaces, found))
            missing += _undeclared(device, item, interfaces, found)
    findings.sort(key=lambda ranked: ranked[0])
    return Outcome(tuple(finding for _, finding in findings), examined, tuple(missing))


def _ranked(
    device: Device, item: Filter, found: Sequence[Anomaly], by_any: frozenset[int]
) -> Iterator[tuple[int, Finding]]:
    """Yield findings with their rank: any-any permits first, what they alone make idle last."""
    permits = any_permits(found)
    written = _written(item) if found else {}
    for anomaly in found:
        only_beside = permits if id(anomaly) in by_any else ()
        finding = _finding(device, item, anomaly, only_beside)
        rank = 2 if only_beside else int(anomaly.kind is not Kind.ANY_ANY)
        yield rank, replace(finding, extent=_extent(device, item, anomaly, written))


def _written(item: Filter) -> dict[object, str]:
    """Return the digest of what each line of a list says, all rules it became included."""
    lines: dict[object, list[object]] = {}
    for where, rules in (("new", item.rules), ("sessions", item.session_rules)):
        for rule in rules or ():
            lines.setdefault(line_key(rule), []).append([where, told_in_full(rule)])
    return {line: extent_of(told) for line, told in lines.items()}


def _extent(device: Device, item: Filter, anomaly: Anomaly, written: dict[object, str]) -> str:
    """Return the digest of a line and of those that decide in its place.

    What a permit of anything lets through hangs on the interfaces there are, and on the list.
    """
    own = written[line_key(anomaly.rule)]
    # One more line that says the same is one more finding.
    told: list[object] = [own, sum(1 for each in written.values() if each == own)]
    told.append({written[line_key(cause)] for cause in anomaly.causes})
    if anomaly.kind is Kind.ANY_ANY:
        told.append({(i.id, i.segment, i.filter_in, i.filter_out) for i in device.interfaces})
        told.append([item.stateful, item.loose, set(item.alg)])
    return extent_of("rule", told)


def _filters(device: Device) -> Iterator[tuple[Filter, tuple[str, ...]]]:
    """Yield the lists by which a device forwards, with the interfaces their rules may name."""
    if not device.kind.has_rules:
        return
    if device.policy is not None:
        yield device.policy, tuple(interface.id for interface in device.interfaces)
    named = {name for i in device.interfaces for name in (i.filter_in, i.filter_out)}
    for item in device.filters:
        if item.id in named:
            yield item, ()


def _finding(
    device: Device, item: Filter, anomaly: Anomaly, permits: tuple[Rule, ...] = ()
) -> Finding:
    """Return the finding of an anomaly; `permits` are any-any permits it is one only beside."""
    place = f"{device.id}/{item.id}"
    kind = anomaly.kind.value
    causes = anomaly.causes
    if permits:
        kind = _BY_ANY[anomaly.kind]
        causes = tuple(cause for cause in causes if cause in permits) or permits
    elif anomaly.kind is Kind.NEEDLESS and not causes:
        kind = "needless-default"
    message = Message.of(
        f"rule-anomaly.{kind}", place=place, rule=anomaly.rule.name, causes=_names(causes)
    )
    conflict = RuleConflict(
        place,
        tuple((cause.name, cause.source) for cause in anomaly.causes),
        None if anomaly.header is None else packet_of(anomaly.header),
    )
    return Finding(message, tuple(sorted(device.zones)), conflict, anomaly.rule.source)


def _names(rules: tuple[Rule, ...]) -> str:
    more = ["…"] if len(rules) > MOST_NAMED else []
    return ", ".join([*(rule.name for rule in rules[:MOST_NAMED]), *more])


def _undeclared(
    device: Device, item: Filter, interfaces: tuple[str, ...], found: tuple[Anomaly, ...]
) -> Iterator[MissingDeclaration]:
    """Yield what is undeclared of a filter and might make more rules idle."""
    if item.rules is None:
        yield _missing(device, "missing.rules", item)
        return
    open_rules = [rule for rule in item.rules if _is_open(rule)]
    if not open_rules and item.default is not None:
        return
    idle = {id(anomaly.rule) for anomaly in found}
    bold = anomalies(item, interfaces, Reading.BOLD)
    if not any(rule.action.value == "permit" for rule in open_rules) and not any(
        id(anomaly.rule) not in idle for anomaly in bold
    ):
        return
    if item.default is None:
        yield _missing(device, "missing.default", item)
    for rule in open_rules:
        message = Message.of(
            "missing.rule-meaning", subject=device.id, rule=rule.name, reason=rule.uncertain
        )
        yield MissingDeclaration(message, rule.source)


def _is_open(rule: Rule) -> bool:
    return rule.uncertain is not None and is_undeclared(rule)


def _missing(device: Device, code: str, item: Filter) -> MissingDeclaration:
    source = device.source if code == "missing.default" else item.source
    return MissingDeclaration(Message.of(code, subject=device.id, filter=item.id), source)


def ask_nat_consistency(analysis: Analysis) -> Outcome:
    """Translations lead to hosts that are there and are meant, and flows are addressed by them."""
    stale = stale_translations(analysis)
    exposed = exposures(analysis, frozenset(stale))
    findings = [*stale.values(), *exposed, *wrong_addresses(analysis)]
    legs = sum(1 for leg in analysis.topology.declared_legs() if leg.addressed_as)
    examined = sum(len(device.nat) for device in analysis.topology.devices) + legs
    return Outcome(tuple(findings), examined)


CHECKS = (
    Check("rule-anomaly", 2, (STRUCTURE,), ask_rule_anomaly),
    Check("nat-consistency", 2, (PACKETS,), ask_nat_consistency),
)
