"""How far a vendor gets through the hosts it maintains (docs/semantics.md, section 9)."""

from dataclasses import dataclass

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.channel import Leg, Maintenance
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.model.zone import MYNUMBER
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.chains import relay_chain
from zonecheck.policy.crossing import BOX_LIMIT, blamed, crossings, telling_part
from zonecheck.policy.vendor_places import OUTSIDE, vendor_places
from zonecheck.policy.verdict import Finding, PacketPath, RelayChain
from zonecheck.prove import Flow, FlowNode, RelayStep, SessionEdge, covers

_KINDS = {
    AttachmentKind.HOST: "host",
    AttachmentKind.STACK: "stack",
    AttachmentKind.ACCESS: "access",
    AttachmentKind.EDGE: "external",
}


@dataclass(frozen=True, slots=True)
class _Stone:
    """A place a vendor gets to, and by which sessions."""

    node: FlowNode
    steps: tuple[RelayStep, ...]


def beyond(analysis: Analysis, entry: Maintenance) -> list[Finding]:
    """Return the sessions a vendor can open through the hosts of an entry that nobody declares."""
    findings: list[Finding] = []
    limit = analysis.profile.maintenance_depth
    for stone in _stones(analysis, entry).values():
        if limit is None or len(stone.steps) <= limit:
            findings += _undeclared_steps(analysis, entry, stone)
    return findings


def _stones(analysis: Analysis, entry: Maintenance) -> dict[FlowNode, _Stone]:
    """Return where a vendor sits in our network, and what it gets to, by the fewest sessions."""
    places = sorted(vendor_places(analysis, entry), key=lambda point: point.order)
    found = {node: _Stone(node, ()) for node in map(_node, places)}
    while True:
        further = [
            stone
            for leg in entry.legs
            for stone in _by_leg(analysis, leg, found)
            if stone.node not in found
        ]
        if not further:
            return found
        for stone in further:
            found.setdefault(stone.node, stone)


def _by_leg(analysis: Analysis, leg: Leg, found: dict[FlowNode, _Stone]) -> list[_Stone]:
    """Return where one leg leads from the vendor or from what it has already got to."""
    declared = analysis.excuses([leg], tunnels=True)
    stones = []
    for origin in analysis.plane.origins:
        if not covers(analysis.topology, leg.origin, origin.point):
            continue
        start = _node(origin.point, leg)
        steps: tuple[RelayStep, ...] = ()
        if leg.origin.kind not in OUTSIDE:
            if start not in found:
                continue
            steps = found[start].steps
        for destination in analysis.reach.destinations(origin):
            opened = analysis.reach.flow(origin, destination).at_once
            headers = opened.fresh - declared.judge(opened, origin, destination).fresh
            if not headers.is_empty:
                end = _node(destination)
                step = RelayStep(start, end, SessionEdge(origin, destination, headers))
                stones.append(_Stone(end, (*steps, step)))
    return stones


def _node(point: AttachmentPoint, leg: Leg | None = None) -> FlowNode:
    if leg is not None and leg.origin.kind is EndpointKind.PEER:
        return FlowNode("peer", leg.origin.id, leg.origin.peer)
    return FlowNode(_KINDS[point.kind], point.node)


def _undeclared_steps(analysis: Analysis, entry: Maintenance, stone: _Stone) -> list[Finding]:
    """Return what a host a vendor has got to can open in other zones without declaration."""
    vendor = stone.steps[0].source if stone.steps else stone.node

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        if _node(a) != stone.node or _node(b) == stone.node:
            return False
        if b.kind is AttachmentKind.EDGE and b.node == vendor.id:
            return False
        # What a vendor opens from a place of ours has to be in its entry: that is asked elsewhere.
        if not stone.steps and b.kind is not AttachmentKind.EDGE:
            return False
        return analysis.zone_of(a) != analysis.zone_of(b)

    def judge(flow: Flow, origin: Origin, destination: AttachmentPoint) -> PacketSet:
        ends = (origin.point, destination)
        mynumber = any(analysis.may_lie_in(point, MYNUMBER) for point in ends)
        excuses = analysis.specific if mynumber else analysis.permitted
        return excuses.judge(flow.at_once, origin, destination).fresh

    findings = []
    for crossing in crossings(analysis, analysis.reach, relevant, judge):
        origin, destination, headers = telling_part(analysis, crossing, analysis.reach)
        target = _node(destination)
        step = RelayStep(stone.node, target, SessionEdge(origin, destination, headers))
        chain = relay_chain(analysis, vendor, (*stone.steps, step))
        message = _message(entry, vendor, stone, target)
        boxes = crossing.headers.without_own_fragments().boxes(BOX_LIMIT + 1)
        findings.append(
            Finding(
                message,
                crossing.zones,
                chain,
                _blamed(analysis, chain),
                tuple(boxes[:BOX_LIMIT]),
                more_boxes=len(boxes) > BOX_LIMIT,
            )
        )
    return findings


def _message(entry: Maintenance, vendor: FlowNode, stone: _Stone, target: FlowNode) -> Message:
    if not stone.steps:
        code = "remote-maintenance-bounded.leaves"
        return Message.of(code, origin=vendor, destination=target, entry=entry.id)
    return Message.of(
        "remote-maintenance-bounded.relay",
        origin=vendor,
        destination=target,
        through=stone.node,
        entry=entry.id,
    )


def _blamed(analysis: Analysis, chain: RelayChain) -> Source:
    """Return what let the last session through, the one nobody declares."""
    last = chain.steps[-1].by
    if not isinstance(last, PacketPath):
        raise TypeError("every step of a vendor is a session")
    return blamed(analysis, last)
