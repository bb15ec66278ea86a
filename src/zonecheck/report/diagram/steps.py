"""The path of a counterexample as steps, each in the zone it is in or from one zone to another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.device import L3Interface
from zonecheck.model.host import HostInterface
from zonecheck.model.topology import Topology
from zonecheck.policy.crossing import UNZONED
from zonecheck.policy.verdict import (
    ChainStep,
    Counterexample,
    MissingControl,
    PacketPath,
    RelayChain,
    SharedDomain,
)
from zonecheck.report.lang import Lang
from zonecheck.report.text.counterexample import chain_lines, domain_lines, hop_lines
from zonecheck.report.text.place import point_text
from zonecheck.report.words import phrase
from zonecheck.simulate import Hop

_COLUMNS = re.compile(r"\s{2,}")


@dataclass(frozen=True, slots=True)
class Step:
    """Where a path comes by: `name` is what stands there, `notes` what lets it go on.

    `answered` tells that payload comes here in the answers of a session: its packet goes the other
    way.
    """

    node: str
    name: str
    entered: str
    left: str
    notes: tuple[str, ...] = ()
    answered: bool = False


def steps_of(topology: Topology, found: Counterexample | None, lang: Lang) -> list[Step]:
    """Return the steps of a counterexample, empty if it shows no path."""
    return _once(list(_Steps(topology, lang).of(found)))


def packets_of(found: Counterexample | None) -> list[PacketPath]:
    """Return the packets whose paths a counterexample shows."""
    if isinstance(found, MissingControl):
        return packets_of(found.passes)
    if isinstance(found, RelayChain):
        return [step.by for step in found.steps if isinstance(step.by, PacketPath)]
    return [found] if isinstance(found, PacketPath) else []


class _Steps:
    def __init__(self, topology: Topology, lang: Lang) -> None:
        self._topology = topology
        self._lang = lang

    def of(self, found: Counterexample | None) -> Iterator[Step]:
        if isinstance(found, PacketPath):
            yield from self._path(found)
        elif isinstance(found, MissingControl):
            yield from self.of(found.passes)
        elif isinstance(found, SharedDomain):
            yield from self._domain(found)
        elif isinstance(found, RelayChain):
            yield from self._chain(found)

    def _path(self, path: PacketPath) -> Iterator[Step]:
        yield self._point(path.origin, phrase(self._lang, "plot.step-sent"))
        for hop in path.hops:
            yield self._hop(hop)
        yield self._point(path.destination, phrase(self._lang, "plot.step-delivered"))

    def _domain(self, shared: SharedDomain) -> Iterator[Step]:
        notes = [note for line in domain_lines(shared, self._lang)[1:] for note in _notes(line)]
        yield self._point(shared.a, phrase(self._lang, "plot.same-domain"), *notes)
        yield self._point(shared.b)

    def _chain(self, chain: RelayChain) -> Iterator[Step]:
        if not chain.steps:
            for name in chain.nodes:
                yield self._lone(name)
        for step in chain.steps:
            if isinstance(step.by, PacketPath):
                steps = list(self._path(step.by))
                if step.by.origin.node == _node(step.origin):
                    yield from steps
                else:
                    yield from _answers(steps)
            elif isinstance(step.by, SharedDomain):
                yield from self._domain(step.by)
            else:
                yield from self._below(step)

    def _below(self, step: ChainStep) -> Iterator[Step]:
        """Yield the two ends of what is handed on by no packet, with what hands it on."""
        of_two = RelayChain((step.origin, step.target), (step,))
        notes = [note for line in chain_lines(of_two, self._lang)[2:] for note in _notes(line)]
        zone = self._zone_of_name(step.origin)
        yield Step(_node(step.origin), step.origin, zone, zone, tuple(notes))
        zone = self._zone_of_name(step.target)
        yield Step(_node(step.target), step.target, zone, zone)

    def _lone(self, name: str) -> Step:
        """Return the step of a node that lies in several zones itself."""
        zones = [face_zone for _, face_zone in self._faces(_node(name))] or [UNZONED]
        return Step(_node(name), name, zones[0], zones[-1])

    def _point(self, point: AttachmentPoint, *notes: str) -> Step:
        zone = self._zone_of_point(point)
        name = point_text(point, self._lang)
        if point.kind is AttachmentKind.STACK:
            name = point.node
        return Step(point.node, name, zone, zone, notes)

    def _hop(self, hop: Hop) -> Step:
        zones = dict(self._faces(hop.node))
        entered = zones.get(hop.in_interface, UNZONED)
        left = entered if hop.out_interface is None else zones.get(hop.out_interface, UNZONED)
        lines = hop_lines((hop,), self._lang)
        lines[0] = lines[0].removeprefix(hop.node)
        notes = tuple(note for line in lines for note in _notes(line))
        return Step(hop.node, hop.node, entered, left, notes)

    def _zone_of_point(self, point: AttachmentPoint) -> str:
        if point.kind is AttachmentKind.ACCESS:
            return self._topology.zone_of_segment(point.node) or UNZONED
        if point.kind is AttachmentKind.EDGE:
            external = self._topology.external_by_id.get(point.node)
            return UNZONED if external is None else external.zone
        return dict(self._faces(point.node)).get(point.port, UNZONED)

    def _zone_of_name(self, name: str) -> str:
        node, _, port = name.partition("/")
        if node in self._topology.segment_by_id:
            return self._topology.zone_of_segment(node) or UNZONED
        if node in self._topology.external_by_id:
            return self._topology.external_by_id[node].zone
        faces = self._faces(node)
        return dict(faces).get(port) or (faces[0][1] if faces else UNZONED)

    def _faces(self, node: str) -> list[tuple[str, str]]:
        """Return the interfaces of a host or device with the zones these lie in."""
        bearer = self._topology.device_by_id.get(node) or self._topology.host_by_id.get(node)
        faces: tuple[L3Interface | HostInterface, ...] = bearer.interfaces if bearer else ()
        return [
            (face.id, self._topology.zone_of_segment(face.segment) or UNZONED) for face in faces
        ]


def _node(name: str) -> str:
    return name.partition("/")[0]


def _notes(line: str) -> list[str]:
    """Return the columns of a line of a report, each a note of its own."""
    return [part for part in _COLUMNS.split(line.strip()) if part]


def _answers(steps: list[Step]) -> Iterator[Step]:
    """Yield the steps of a packet from its destination back, the way its answers go."""
    for at, step in enumerate(reversed(steps)):
        yield replace(step, entered=step.left, left=step.entered, answered=at > 0)


def _once(steps: list[Step]) -> list[Step]:
    """Return the steps with those one after another at the same node as one."""
    found: list[Step] = []
    for step in steps:
        if found and found[-1].node == step.node:
            before = found.pop()
            name = step.name if step.name == before.name else step.node
            notes = tuple(dict.fromkeys((*before.notes, *step.notes)))
            step = replace(before, name=name, left=step.left, notes=notes)
        found.append(step)
    return found
