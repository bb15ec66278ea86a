"""Failures: what is kept for them works, and a network that has to go can be cut off."""

from dataclasses import replace

from zonecheck.dataplane import BroadcastDomains
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.attribute import values_of
from zonecheck.model.external import External
from zonecheck.model.message import Message
from zonecheck.model.states import DeclaredState, state_declared
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.attached import paths_to
from zonecheck.policy.check import BESIDE, KINDS, PACKETS, STRUCTURE, Check, Outcome
from zonecheck.policy.check import attribute as on
from zonecheck.policy.checks.consistency import unrealised_legs
from zonecheck.policy.crossing import crossings, finding_of, nothing_excused
from zonecheck.policy.extent import extent_of, told_in_full
from zonecheck.policy.under_failure import UNDER_FAILURE
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration


def ask_redundancy_effective(analysis: Analysis) -> Outcome:
    """What is declared to work still does when a member takes over or routes float up."""
    topology = analysis.topology
    if not topology.state:
        return Outcome((), 0)
    findings = [
        replace(
            finding,
            message=Message.of(
                "redundancy-effective.gone",
                flow=finding.message.named["flow"],
                state=topology.state,
            ),
        )
        for finding in unrealised_legs(analysis)
    ]
    return Outcome(tuple(findings), 1)


def ask_disconnect_point_effective(analysis: Analysis) -> Outcome:
    """What is named to be cut really cuts a network of others off."""
    topology = analysis.topology
    externals = [e for e in topology.externals if e.edges or paths_to(topology, e)]
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    for external in externals:
        named = values_of(external.attributes, "disconnect")
        if named is None:
            item = Message.of("missing.attribute", subject=external.id, attribute="disconnect")
            missing.append(MissingDeclaration(item, external.source))
        else:
            findings += _surviving(analysis, external, named)
            findings += _beside(analysis, external, named)
    return Outcome(tuple(findings), len(externals), tuple(missing))


def _surviving(analysis: Analysis, external: External, cut: tuple[str, ...]) -> list[Finding]:
    """Return what still passes between a network and anything when some parts are dead."""
    state = state_declared(analysis.topology, DeclaredState(analysis.topology.state, down=cut))
    if _stands_alone(state, external):
        return []
    dead = {name.partition("/")[0] for name in cut if "/" not in name}
    left = analysis.of(state)

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        edges = [p.kind is AttachmentKind.EDGE and p.node == external.id for p in (a, b)]
        return edges[0] != edges[1] and not dead & {a.node, b.node}

    found = crossings(left, left.reach, relevant, nothing_excused)
    code = "disconnect-point-effective.survives"
    cut_text = ", ".join(cut)
    return [finding_of(left, item, code, external=external.id, cut=cut_text) for item in found]


def _beside(analysis: Analysis, external: External, cut: tuple[str, ...]) -> list[Finding]:
    """Return the paths beside the network that still join a network when some parts are dead.

    A path is dead where all else it joins is; a port that is cut has none on it.
    """
    findings = []
    for path in paths_to(analysis.topology, external):
        if any(end.id not in (external.id, *cut) for end in path.joins):
            message = Message.of(
                "disconnect-point-effective.beside",
                external=external.id,
                path=path.id,
                cut=", ".join(cut),
            )
            control = MissingControl(path.id, path.source)
            extent = extent_of("beside", external.id, path.id, told_in_full(path.joins))
            found = Finding(message, (external.zone,), control, path.source, extent=extent)
            findings.append(found)
    return findings


_OF_THE_FIRST_TIER = ("capabilities", "responsible", "exposure", "cloud", "via")
"""Attributes that checks of the first tier rest on."""


def ask_policy_holds_under_failure(analysis: Analysis) -> Outcome:  # noqa: ARG001
    """Nothing of its own: what other checks say of the other states (policy.under_failure)."""
    return Outcome((), 0)


def _stands_alone(state: Topology, external: External) -> bool:
    """Return whether nothing but edges of a network is left where these are: then all is said."""
    domains = BroadcastDomains(state)
    own = {d for edge in external.edges for d in domains.domains_of_edge(external.id, edge)}
    others = [domains.domains_of(host.id, card) for host in state.hosts for card in host.interfaces]
    others += [domains.domains_of(d.id, face) for d in state.devices for face in d.interfaces]
    others += [
        domains.domains_of_edge(other.id, edge)
        for other in state.externals
        if other.id != external.id
        for edge in other.edges
    ]
    others += [
        domains.domains_of_segment(segment.id) for segment in state.segments if not segment.guarded
    ]
    return not any(own.intersection(found) for found in others)


CHECKS = (
    Check(UNDER_FAILURE, 1, (*KINDS, *map(on, _OF_THE_FIRST_TIER)), ask_policy_holds_under_failure),
    Check("redundancy-effective", 2, (PACKETS,), ask_redundancy_effective, monotone=False),
    Check(
        "disconnect-point-effective",
        2,
        (PACKETS, STRUCTURE, BESIDE, on("disconnect")),
        ask_disconnect_point_effective,
    ),
)
