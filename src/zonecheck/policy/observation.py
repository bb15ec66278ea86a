"""Where traffic is watched or controlled: which ways pass nothing that does.

A way is watched where it passes a device or an external network with the capability, comes in by
an interface whose frames a mirror port copies to a sensor with it, or begins or ends at a host
with it (docs/semantics.md, section 9). A mirror whose copies get nowhere watches nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.attribute import Attributes, attribute, capabilities_of
from zonecheck.model.device import Device, DeviceKind
from zonecheck.model.external import External
from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import Outcome
from zonecheck.policy.crossing import Judge, Relevant, crossings, finding_of
from zonecheck.policy.mirrors import Arrival, Mirror, mirrors
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


def watch(analysis: Analysis, capabilities: Iterable[str]) -> Watch:
    """Return what has one of some capabilities."""
    topology = analysis.topology
    wanted = frozenset(capabilities)
    devices = (d.id for d in topology.devices if capabilities_of(d.attributes) & wanted)
    hosts = (h.id for h in topology.hosts if capabilities_of(h.attributes) & wanted)
    sensors = frozenset(hosts)
    seen = (m for m in mirrors(analysis) if m.span.to in sensors and m.arrival is Arrival.SURE)
    return Watch(
        frozenset(devices) | sensors,
        frozenset(name for mirror in seen for name in mirror.interfaces),
        frozenset(e.id for e in topology.externals if capabilities_of(e.attributes) & wanted),
    )


def _perhaps(analysis: Analysis, wanted: frozenset[str]) -> Watch:
    """Return what may have one of some capabilities: the design does not say all it takes.

    Firewalls, external networks and sensors that keep silent: other devices without a word have
    none. Besides, mirrors of which nobody says by which cable their copies go.
    """
    topology = analysis.topology
    firewalls = (d.id for d in topology.devices if d.kind in _FIREWALLS)
    return Watch(
        frozenset(firewalls) & silent(topology),
        frozenset(n for mirror in _doubtful(analysis, wanted) for n in mirror.interfaces),
        frozenset(e.id for e in topology.externals) & silent(topology),
    )


def _doubtful(analysis: Analysis, wanted: frozenset[str]) -> Iterator[Mirror]:
    """Yield the mirrors to sensors that may watch, or to which copies may get."""
    for mirror in mirrors(analysis):
        attributes = analysis.topology.host_by_id[mirror.span.to].attributes
        able = capabilities_of(attributes) & wanted or _keeps_silent(attributes)
        if able and mirror.arrival is not Arrival.NONE:
            yield mirror


def silent(topology: Topology) -> frozenset[str]:
    """Return what does not say its capabilities where that leaves open what it watches."""
    sensors = {span.to for device in topology.devices for span in device.spans}
    heard: list[Device | Host | External] = [
        *(device for device in topology.devices if device.kind in _FIREWALLS),
        *(host for host in topology.hosts if host.id in sensors),
        *topology.externals,
    ]
    return frozenset(element.id for element in heard if _keeps_silent(element.attributes))


def _keeps_silent(attributes: Attributes) -> bool:
    return attribute(attributes, "capabilities") is None


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
    sure = watch(analysis, wanted)
    missing = list(_unanswered(topology, sure, wanted))
    unwatched = _around(analysis, sure, relevant, judge, code)
    if not unwatched:
        return Outcome((), examined, tuple(missing))
    findings = _around(analysis, sure | _perhaps(analysis, wanted), relevant, judge, code)
    if not findings:
        for finding in unwatched:
            missing += _unsaid(analysis, wanted, finding)
    return Outcome(tuple(findings), examined, tuple(dict.fromkeys(missing)))


def _around(
    analysis: Analysis, watched: Watch, relevant: Relevant, judge: Judge, code: str
) -> list[Finding]:
    def unwatched(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return not watched.sees(a) and not watched.sees(b) and relevant(a, b)

    reach = analysis.reach_without(watched.passed)
    found = crossings(analysis, reach, unwatched, judge)
    return [finding_of(analysis, item, code, reach=reach) for item in found]


def _unsaid(
    analysis: Analysis, wanted: frozenset[str], finding: Finding
) -> Iterator[MissingDeclaration]:
    """Yield what lies on the path of a finding and does not say what it does with traffic.

    Where nothing is found on it, every element that keeps silent. And which way copies go.
    """
    topology = analysis.topology
    perhaps = _perhaps(analysis, wanted)
    doubtful = list(_doubtful(analysis, wanted))
    path = finding.counterexample
    passed: set[str] = set()
    if isinstance(path, PacketPath):
        passed = {path.origin.node, path.destination.node, *(hop.node for hop in path.hops)}
    names = perhaps.nodes | perhaps.externals | {mirror.span.to for mirror in doubtful}
    for element in _elements(topology):
        if element.id in (names & passed or names) and _keeps_silent(element.attributes):
            yield _missing("missing.capabilities", element.id, element.source)
    for mirror in doubtful:
        if mirror.arrival is Arrival.UNSAID:
            message = Message.of(
                "missing.mirror-cable", subject=mirror.span.to, device=mirror.device.id
            )
            yield MissingDeclaration(message, mirror.span.source)


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
