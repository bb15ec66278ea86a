"""Where traffic is watched or controlled: which ways pass nothing that does.

A way is watched where it passes a device or an external network with the capability, comes in by
an interface whose frames a mirror port copies to a sensor with it, or begins or ends at a host
with it (docs/semantics.md, section 9).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.attribute import attribute, capabilities_of
from zonecheck.model.device import Device, DeviceKind, Span
from zonecheck.model.external import External
from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import Outcome
from zonecheck.policy.crossing import Judge, Relevant, crossings, finding_of
from zonecheck.policy.verdict import Finding, MissingDeclaration, PacketPath

_FIREWALLS = (DeviceKind.FIREWALL, DeviceKind.TRANSPARENT_FIREWALL)


@dataclass(frozen=True, slots=True)
class Watch:
    """Nodes and interfaces `node/interface` that watch what passes, externals what they carry."""

    nodes: frozenset[str]
    interfaces: frozenset[str]
    externals: frozenset[str]

    @property
    def passed(self) -> frozenset[str]:
        """Return what a packet that is not watched does not pass."""
        return self.nodes | self.interfaces

    def sees(self, point: AttachmentPoint) -> bool:
        """Return whether whatever begins or ends at a point is watched."""
        if point.kind is AttachmentKind.EDGE:
            return point.node in self.externals
        return point.node in self.nodes or f"{point.node}/{point.port}" in self.interfaces

    def __or__(self, other: "Watch") -> "Watch":
        return Watch(
            self.nodes | other.nodes,
            self.interfaces | other.interfaces,
            self.externals | other.externals,
        )


def watch(topology: Topology, capabilities: Iterable[str]) -> Watch:
    """Return what has one of some capabilities."""
    wanted = frozenset(capabilities)
    return _watch(topology, lambda found: bool(capabilities_of(found) & wanted))


def perhaps(topology: Topology) -> Watch:
    """Return what does not say which capabilities it has, and may well have any.

    Firewalls, external networks, and sensors: other devices without a word have none.
    """
    found = _watch(topology, lambda attributes: attribute(attributes, "capabilities") is None)
    firewalls = frozenset(d.id for d in topology.devices if d.kind in _FIREWALLS)
    return Watch(found.nodes & firewalls, found.interfaces, found.externals)


def _watch(topology: Topology, has: Callable[..., bool]) -> Watch:
    devices = [device for device in topology.devices if has(device.attributes)]
    hosts = [host for host in topology.hosts if has(host.attributes)]
    sensors = frozenset(host.id for host in hosts)
    return Watch(
        frozenset(device.id for device in devices) | sensors,
        frozenset(
            name
            for device in topology.devices
            for span in device.spans
            if span.to in sensors
            for name in _mirrored(topology, device, span)
        ),
        frozenset(e.id for e in topology.externals if has(e.attributes)),
    )


def _mirrored(topology: Topology, device: Device, span: Span) -> Iterator[str]:
    """Yield the interfaces all of whose frames come by a mirrored port or VLAN.

    Of a VLAN these are the switch's own interface in it and what is cabled to the switch in it.
    """
    for interface in device.interfaces:
        if span.vlan is not None and _vlan(topology, interface.segment) == span.vlan:
            yield f"{device.id}/{interface.id}"
    for link in topology.links:
        for near, far in (link.ends, link.ends[::-1]):
            if near.node == device.id and span.port in (None, near.port):
                yield from _cabled(topology, far.node, far.port, span.vlan)


def _cabled(topology: Topology, node: str, port: str, vlan: int | None) -> Iterator[str]:
    other = topology.device_by_id.get(node)
    if other is not None:
        for interface in other.interfaces:
            at = not other.kind.bridges and (interface.port or interface.id) == port
            if at and vlan in (None, _vlan(topology, interface.segment)):
                yield f"{node}/{interface.id}"
    elif node in topology.host_by_id:
        card = topology.host_by_id[node].interface(port)
        if vlan in (None, _vlan(topology, card.segment)):
            yield f"{node}/{port}"


def _vlan(topology: Topology, segment: str | None) -> int | None:
    return None if segment is None else topology.segment_by_id[segment].vlan


def ask_watched(
    analysis: Analysis,
    capabilities: Iterable[str],
    relevant: Relevant,
    judge: Judge,
    code: str,
    examined: int,
) -> Outcome:
    """Return what is delivered without passing anything that has one of the capabilities.

    What passes something that may have one, but does not say, is missing instead. So is who
    answers for what watches.
    """
    topology = analysis.topology
    wanted = frozenset(capabilities)
    sure = watch(topology, wanted)
    missing = list(_unanswered(topology, sure, wanted))
    unwatched = _around(analysis, sure, relevant, judge, code)
    if not unwatched:
        return Outcome((), examined, tuple(missing))
    silent = perhaps(topology)
    findings = _around(analysis, sure | silent, relevant, judge, code)
    if not findings:
        for finding in unwatched:
            missing += _silent(topology, silent, finding)
    return Outcome(tuple(findings), examined, tuple(dict.fromkeys(missing)))


def _around(
    analysis: Analysis, watched: Watch, relevant: Relevant, judge: Judge, code: str
) -> list[Finding]:
    def unwatched(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return not watched.sees(a) and not watched.sees(b) and relevant(a, b)

    reach = analysis.reach_without(watched.passed)
    found = crossings(analysis, reach, unwatched, judge)
    return [finding_of(analysis, item, code, reach=reach) for item in found]


def _silent(topology: Topology, silent: Watch, finding: Finding) -> Iterator[MissingDeclaration]:
    """Yield what lies on the path of a finding and does not say what it does with traffic.

    Where nothing is found on it, every element that keeps silent.
    """
    path = finding.counterexample
    passed: set[str] = set()
    if isinstance(path, PacketPath):
        passed = {path.origin.node, path.destination.node, *(hop.node for hop in path.hops)}
    sensors = {span.to for device in topology.devices for span in device.spans}
    names = silent.nodes | silent.externals | (sensors if silent.interfaces else set())
    for element in _elements(topology):
        if element.id in (names & passed or names):
            declared = attribute(element.attributes, "capabilities")
            if declared is None:
                yield _missing("missing.capabilities", element.id, element.source)


def _unanswered(
    topology: Topology, sure: Watch, wanted: frozenset[str]
) -> Iterator[MissingDeclaration]:
    """Yield what watches without anybody who is responsible for what it reports."""
    for element in _elements(topology):
        if element.id in sure.nodes | sure.externals and (
            capabilities_of(element.attributes) & wanted
            and attribute(element.attributes, "responsible") is None
        ):
            yield _missing("missing.responsible", element.id, element.source)


def _elements(topology: Topology) -> Iterator[Device | Host | External]:
    yield from topology.devices
    yield from topology.hosts
    yield from topology.externals


def _missing(code: str, subject: str, source: Source) -> MissingDeclaration:
    return MissingDeclaration(Message.of(code, subject=subject), source)
