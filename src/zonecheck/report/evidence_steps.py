"""A counterexample as a flat list of steps, each with the line of a file it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import (
    ChainStep,
    Counterexample,
    MissingControl,
    MissingDeclaration,
    OpeningPacket,
    PacketPath,
    PlatformStep,
    RelayChain,
    RuleConflict,
    SharedDomain,
)
from zonecheck.report.lang import Lang
from zonecheck.report.text.counterexample import decision_text, join_text, service_text
from zonecheck.report.text.place import point_text
from zonecheck.report.text.translation import translation_text
from zonecheck.report.words import phrase, say
from zonecheck.simulate import Hop


@dataclass(frozen=True, slots=True)
class Step:
    """What happens at one node; `depth` is how deep it lies in what led to it."""

    text: str
    node: str
    source: Source
    depth: int = 0


def evidence_steps(found: Counterexample, topology: Topology, lang: Lang) -> list[Step]:
    """Return the steps of a counterexample in the order in which they happen.

    A step that no line of a file brings about has that of the node it happens at.
    """
    return list(_Steps(topology, lang).of(found))


class _Steps:
    """Tells the steps of one topology in one language."""

    def __init__(self, topology: Topology, lang: Lang) -> None:
        self._topology = topology
        self._lang = lang

    def of(self, found: Counterexample) -> Iterator[Step]:
        if isinstance(found, PacketPath):
            yield from self._path(found, 0)
        elif isinstance(found, RelayChain):
            yield from self._chain(found)
        elif isinstance(found, SharedDomain):
            yield from self._domain(found, 0)
        elif isinstance(found, MissingControl):
            text = self._says("report.missing-control", place=found.place)
            yield Step(text, found.place, self._place(found.source, found.place))
            if found.passes is not None:
                yield from self._path(found.passes, 1)
        elif isinstance(found, RuleConflict):
            for name, source in found.deciding:
                text = self._says("report.rule-of", place=found.place, rule=name)
                yield Step(text, found.place, source)
        else:
            yield self._missing(found)

    def _says(self, code: str, /, **arguments: object) -> str:
        return phrase(self._lang, code, **arguments)

    def _path(self, path: PacketPath | OpeningPacket, depth: int) -> Iterator[Step]:
        for opener in path.after if isinstance(path, PacketPath) else ():
            yield from self._path(opener, depth + 1)
        forged = self._says("report.forged") if path.forged else ""
        packet = self._says("report.packet", packet=path.packet) + forged
        sent = self._says("report.sent-by", point=point_text(path.origin, self._lang))
        yield self._at(path.origin, f"{packet}; {sent}", depth)
        for hop in path.hops:
            yield from self._hop(hop, depth)
        if path.destination is None:
            last = path.hops[-1].node if path.hops else path.origin.node
            yield Step(self._says("report.lost-later"), last, self._place(NOWHERE, last), depth)
            return
        point = point_text(path.destination, self._lang)
        yield self._at(path.destination, self._says("report.received-by", point=point), depth)

    def _hop(self, hop: Hop, depth: int) -> Iterator[Step]:
        way = hop.in_interface
        if hop.out_interface is not None:
            way += f" -> {hop.out_interface}"
        told = [
            (decision_text(replace(decision, source=NOWHERE), self._lang), decision.source)
            for decision in hop.decisions
        ]
        for step in reversed(hop.translations):
            nowhere = replace(step, rule=replace(step.rule, source=NOWHERE))
            text = translation_text(nowhere, hop.node, self._lang)
            told.insert(step.decided, (text, step.rule.source))
        if not told and hop.out_interface is not None:
            told.append((self._says("report.no-filter"), NOWHERE))
        if hop.route is not None:
            told.append((self._route(hop), hop.route))
        for text, source in told or [("", NOWHERE)]:
            told_at = f"{hop.node}: {way}" + (f"; {text}" if text else "")
            yield Step(told_at, hop.node, self._place(source, hop.node), depth)

    def _route(self, hop: Hop) -> str:
        if hop.policy_route is None:
            return self._says("report.route")
        return self._says("report.policy-route", name=hop.policy_route)

    def _chain(self, chain: RelayChain) -> Iterator[Step]:
        if not chain.steps:
            for node in chain.nodes[:1]:
                text = self._says("report.chain-single", node=node)
                yield Step(text, node, self._place(NOWHERE, node))
        for number, step in enumerate(chain.steps, 1):
            ends = {"origin": step.origin, "target": step.target}
            text = self._says("report.chain-step", number=number, **ends)
            yield Step(text, step.origin, self._place(NOWHERE, step.origin))
            yield from self._link(step)

    def _link(self, step: ChainStep) -> Iterator[Step]:
        by = step.by
        if isinstance(by, PacketPath):
            yield from self._path(by, 1)
        elif isinstance(by, SharedDomain):
            yield from self._domain(by, 1)
        elif isinstance(by, PlatformStep):
            text = self._says(f"report.platform-{by.kind}", subject=by.subject)
            yield Step(text, by.subject, self._place(by.source, by.subject), 1)
        else:
            yield Step(service_text(by, self._lang), by.host, self._place(by.source, by.host), 1)

    def _domain(self, shared: SharedDomain, depth: int) -> Iterator[Step]:
        a, b = point_text(shared.a, self._lang), point_text(shared.b, self._lang)
        yield self._at(shared.a, self._says("report.same-domain", a=a, b=b), depth)
        for one, other, source in shared.joins:
            yield Step(join_text(one, other, self._lang), one, source, depth)
        yield self._at(shared.b, b, depth)

    def _missing(self, missing: MissingDeclaration) -> Step:
        text = self._says("report.missing-item", item=say(missing.item, self._lang))
        return Step(text, missing.item.named.get("subject", ""), missing.source)

    def _at(self, point: AttachmentPoint, text: str, depth: int) -> Step:
        return Step(text, str(point), self._point_source(point), depth)

    def _point_source(self, point: AttachmentPoint) -> Source:
        """Return where the interface or edge is declared, else its node."""
        topology = self._topology
        owned: Sequence[object] = ()
        if point.kind is AttachmentKind.EDGE and point.node in topology.external_by_id:
            owned = topology.external_by_id[point.node].edges
        elif point.kind is AttachmentKind.HOST and point.node in topology.host_by_id:
            owned = topology.host_by_id[point.node].interfaces
        elif point.kind is AttachmentKind.STACK and point.node in topology.device_by_id:
            owned = topology.device_by_id[point.node].interfaces
        for each in owned:
            source = getattr(each, "source", NOWHERE)
            if getattr(each, "id", None) == point.port and source != NOWHERE:
                return source if isinstance(source, Source) else NOWHERE
        return self._place(NOWHERE, point.node)

    def _place(self, source: Source, node: str) -> Source:
        """Return a source, or where the node is declared if no file says the former."""
        if source != NOWHERE:
            return source
        topology, name = self._topology, node.split("/")[0]
        name = topology.device_of_member.get(name, name)
        found = (
            topology.device_by_id.get(name)
            or topology.host_by_id.get(name)
            or topology.external_by_id.get(name)
            or topology.segment_by_id.get(name)
        )
        return NOWHERE if found is None else found.source
