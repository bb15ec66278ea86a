"""What lies on the counterexamples of a check: file lines and names of nodes."""

from dataclasses import dataclass, field

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.states import state_named
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import (
    CheckResult,
    Counterexample,
    Finding,
    MissingControl,
    MissingDeclaration,
    OpeningPacket,
    PacketPath,
    PlatformStep,
    RelayChain,
    RuleConflict,
    ServiceStep,
    SharedDomain,
)
from zonecheck.simulate import Hop, Simulator


class Simulators:
    """What tells by which cables frames go in each state of a design, made when first asked."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._known: dict[str, Simulator] = {}
        self.hosts = topology.host_by_id.keys()

    def joins(
        self, state: str, a: AttachmentPoint, b: AttachmentPoint
    ) -> tuple[tuple[str, str, Source], ...]:
        """Return what joins two attachment points of one broadcast domain."""
        if state not in self._known:
            self._known[state] = Simulator(state_named(self._topology, state), Closure.UPPER)
        return self._known[state].chain(a, b)


@dataclass
class Culprits:
    """The lines and names that the findings of a check lead past.

    `lines` decided: rules, routes, translations, joins, and what a finding blames. `names` are
    nodes, interfaces and links a counterexample touches. `blamed` are the lines that findings
    are reported at.
    """

    simulators: Simulators
    state: str = ""
    lines: set[Source] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    blamed: set[Source] = field(default_factory=set)

    def touches(self, source: Source, nodes: tuple[str, ...]) -> bool:
        """Return whether an element written there, of these names, lies on it."""
        return source in self.lines or not self.names.isdisjoint(nodes)

    def add_finding(self, finding: Finding) -> None:
        """Add what a finding names and what its counterexample leads past."""
        self.state = finding.state
        self._line(finding.source)
        self.blamed.add(finding.source)
        for value in finding.message.named.values():
            self._words(value)
        if finding.counterexample is not None:
            self._evidence(finding.counterexample)

    def add_missing(self, missing: MissingDeclaration) -> None:
        """Add what is not declared."""
        self._line(missing.source)
        for value in missing.item.named.values():
            self._words(value)

    def _line(self, source: Source) -> None:
        if source != NOWHERE:
            self.lines.add(source)

    def _words(self, text: str) -> None:
        """Add the names in a text: whole, by commas and colons, and the node of an end."""
        for part in (text, *text.replace(": ", ", ").split(", ")):
            self.names.add(part)
            self.names.update(part.split(" -- "))
            self.names.update(word for end in part.split() for word in (end, end.split("/")[0]))

    def _evidence(self, found: Counterexample | ServiceStep | PlatformStep) -> None:
        if isinstance(found, PacketPath):
            self._path(found)
        elif isinstance(found, RelayChain):
            for node in found.nodes:
                self._words(node)
            for step in found.steps:
                self._evidence(step.by)
        elif isinstance(found, SharedDomain):
            self._words(str(found.a))
            self._words(str(found.b))
            for a, b, source in found.joins:
                self._line(source)
                self._join(a)
                self._join(b)
        elif isinstance(found, MissingControl):
            self._line(found.source)
            self._words(found.place)
            if found.passes is not None:
                self._path(found.passes)
        elif isinstance(found, MissingDeclaration):
            self.add_missing(found)
        elif isinstance(found, RuleConflict):
            self._words(found.place)
            for _, source in found.deciding:
                self._line(source)
        else:
            self._line(found.source)
            self._words(found.host if isinstance(found, ServiceStep) else found.subject)

    def _join(self, text: str) -> None:
        """Add an end such as `switch:port vlan 320`."""
        end, _, vlan = text.partition(" vlan ")
        node, _, port = end.partition(":")
        self.names |= {node, f"{node}/{port}", end, f"{node}/{port} vlan {vlan}"}

    def _path(self, path: PacketPath | OpeningPacket) -> None:
        for point in (path.origin, path.destination):
            if point is not None:
                self._words(str(point))
        for hop in path.hops:
            self._hop(hop)
        self._cables(path)
        for opener in path.after if isinstance(path, PacketPath) else ():
            self._path(opener)

    def _cables(self, path: PacketPath | OpeningPacket) -> None:
        """Add the switches between one hop and the next, and the cables between them."""
        ways: list[AttachmentPoint] = [path.origin]
        for hop in path.hops:
            ways.append(self._end(hop.node, hop.in_interface))
            if hop.out_interface is not None:
                ways.append(self._end(hop.node, hop.out_interface))
        if path.destination is not None:
            ways.append(path.destination)
        for a, b in zip(ways[::2], ways[1::2], strict=False):
            for one, other, _ in self.simulators.joins(self.state, a, b):
                self._join(one)
                self._join(other)

    def _end(self, node: str, port: str) -> AttachmentPoint:
        is_host = node in self.simulators.hosts
        return AttachmentPoint(AttachmentKind.HOST if is_host else AttachmentKind.STACK, node, port)

    def _hop(self, hop: Hop) -> None:
        self.names |= {hop.node, f"{hop.node}/{hop.in_interface}"}
        if hop.out_interface is not None:
            self.names.add(f"{hop.node}/{hop.out_interface}")
        if hop.route is not None:
            self._line(hop.route)
        for decision in hop.decisions:
            self._line(decision.source)
        for step in hop.translations:
            self._line(step.rule.source)


def culprits(result: CheckResult, simulators: Simulators) -> list[Culprits]:
    """Return what lies on each counterexample of a check; of one without, what is not declared."""
    found = []
    for finding in result.findings:
        found.append(Culprits(simulators))
        found[-1].add_finding(finding)
    if not found:
        found.append(Culprits(simulators))
        for missing in result.missing:
            found[-1].add_missing(missing)
    return found
