"""The ledger of information systems: what runs where, and how important it is."""

from collections import Counter

from zonecheck.model.message import Message
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import STRUCTURE, SYSTEMS, Check, Outcome
from zonecheck.policy.extent import extent_of, told_of
from zonecheck.policy.roles import is_server, stands_in
from zonecheck.policy.unlisted import missing_systems
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration


def ask_ledger_model_match(analysis: Analysis) -> Outcome:
    """Every server runs one system of the ledger, and no entry of it stands for two."""
    topology = analysis.topology
    runs = Counter(host for system in topology.systems for host in dict.fromkeys(system.hosts))
    findings: list[Finding] = []
    missing = list(missing_systems(analysis))
    servers = [
        h
        for h in topology.hosts
        if is_server(topology, h) and stands_in(topology, h, analysis.areas)
    ]
    for host in servers:
        if runs[host.id] > 1:
            of = ", ".join(s.id for s in topology.systems if host.id in s.hosts)
            message = Message.of("ledger-model-match.several", host=host.id, systems=of)
            control = MissingControl(host.id, host.source)
            extent = extent_of("server", told_of(host))
            findings.append(Finding(message, (), control, host.source, extent=extent))
    first: dict[str, str] = {}
    for system in topology.systems:
        if system.ledger is None:
            item = Message.of("missing.ledger", subject=system.id)
            missing.append(MissingDeclaration(item, system.source))
            continue
        other = first.setdefault(system.ledger, system.id)
        if other != system.id:
            message = Message.of(
                "ledger-model-match.twice", ledger=system.ledger, system=system.id, other=other
            )
            control = MissingControl(system.id, system.source)
            findings.append(Finding(message, (), control, system.source))
    return Outcome(tuple(findings), len(servers) + len(topology.systems), tuple(missing))


def ask_classification_declared(analysis: Analysis) -> Outcome:
    """Every information system has its class of importance."""
    systems = analysis.topology.systems
    missing = [
        MissingDeclaration(Message.of("missing.importance", subject=system.id), system.source)
        for system in systems
        if system.importance is None
    ]
    return Outcome((), len(systems), tuple(missing))


CHECKS = (
    Check("ledger-model-match", 3, (STRUCTURE, SYSTEMS), ask_ledger_model_match),
    Check("classification-declared", 3, (STRUCTURE, SYSTEMS), ask_classification_declared),
)
