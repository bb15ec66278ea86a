"""Further zones that a profile keeps apart, each as its own rule says."""

from collections.abc import Iterator

from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.message import Message
from zonecheck.model.profile import CHANNELS, SANITISED, Isolation
from zonecheck.model.zone import INTERNET
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.chains import relay_chain
from zonecheck.policy.check import FLOW, PACKETS, Check, Outcome
from zonecheck.policy.checks.sanitised import accepted_edges
from zonecheck.policy.checks.separation import chain_source, count_pairs
from zonecheck.policy.crossing import (
    Relevant,
    crossings,
    excused_by,
    finding_of,
    nothing_excused,
)
from zonecheck.policy.extent import extent_of_ways
from zonecheck.policy.internet_nodes import is_internet_node
from zonecheck.policy.verdict import Finding
from zonecheck.prove import FlowNode, InformationFlow, shortest_chain


def ask_zone_isolation(analysis: Analysis) -> Outcome:
    """Nothing but what its rule excepts passes between a zone and those it is kept apart from."""
    findings: list[Finding] = []
    examined = 0
    for rule in analysis.profile.isolation:
        relevant = _concerned(analysis, rule)
        excepted = CHANNELS in rule.exceptions
        judge = excused_by(analysis.declared) if excepted else nothing_excused
        found = crossings(analysis, analysis.reach, relevant, judge)
        findings += [
            finding_of(analysis, item, "zone-isolation.packet", zone=rule.zone) for item in found
        ]
        findings += _relayed(analysis, rule)
        examined += count_pairs(analysis, relevant)
    return Outcome(tuple(findings), examined)


def _concerned(analysis: Analysis, rule: Isolation) -> Relevant:
    """Return whether a rule speaks of what passes between two points."""

    def outside(point: AttachmentPoint) -> bool:
        zone = analysis.zone_of(point)
        if zone is None:
            return analysis.closure is Closure.UPPER
        if not rule.others:
            return zone != rule.zone
        return zone in rule.others or (INTERNET in rule.others and analysis.is_internet(point))

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        if analysis.zone_of(a) is None and analysis.zone_of(b) is None:
            return False
        return any(
            analysis.may_lie_in(one, rule.zone) and outside(other)
            for one, other in ((a, b), (b, a))
        )

    return relevant


def _relayed(analysis: Analysis, rule: Isolation) -> Iterator[Finding]:
    """Yield the ways of payload around the rule, one a direction.

    Channels that are excepted and need not sanitise carry whatever they carry: then there is
    nothing to say of payload.
    """
    if CHANNELS in rule.exceptions and SANITISED not in rule.exceptions:
        return
    flow = analysis.information
    inner = [n for n in flow.edges if rule.zone in flow.zones_of(n)]
    outer = [n for n in flow.edges if _is_outside(analysis, flow, rule, n)]
    unzoned = [n for n in flow.edges if None in flow.zones_of(n)]
    if analysis.closure is Closure.LOWER:
        unzoned = []
    deleted = accepted_edges(analysis) if SANITISED in rule.exceptions else None
    # A node without a zone may be either end, but not both at once.
    ways = [(outer, inner + unzoned), (outer + unzoned, inner)][: 2 if unzoned else 1]
    if rule.payload == "both":
        ways += [(ends, starts) for starts, ends in ways]
    for starts, ends in ways:
        steps = shortest_chain(flow, starts, ends, deleted=deleted)
        if steps is None:
            continue
        start = steps[0].source if steps else min(set(starts) & set(ends))
        end = steps[-1].target if steps else start
        zones = tuple(sorted(z or "-" for z in flow.zones_of(start) | flow.zones_of(end)))
        message = Message.of("zone-isolation.relay", origin=start, destination=end, zone=rule.zone)
        chain = relay_chain(analysis, start, steps)
        extent = extent_of_ways(analysis, (starts, ends), deleted=deleted)
        yield Finding(message, zones, chain, chain_source(analysis, start), extent=extent)


def _is_outside(analysis: Analysis, flow: InformationFlow, rule: Isolation, node: FlowNode) -> bool:
    others = flow.zones_of(node) - {rule.zone, None}
    if not rule.others:
        return bool(others) or is_internet_node(analysis, node)
    if INTERNET in rule.others and is_internet_node(analysis, node):
        return True
    return bool(others & set(rule.others))


CHECKS = (Check("zone-isolation", 1, (PACKETS, FLOW), ask_zone_isolation),)
