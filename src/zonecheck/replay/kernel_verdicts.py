"""What the model says of a packet and what the kernel did with it, in the same words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.message import Message
from zonecheck.replay.kernel_owners import Owners
from zonecheck.replay.kernel_plan import Plan, Port
from zonecheck.replay.kernel_traffic import Seen, Shot
from zonecheck.simulate import Drop, Packet, Simulator, Trace

_BY_RULE = frozenset(
    {
        "drop.denied",
        "drop.no-session",
        "drop.source-prefix",
        "drop.reverse-path",
        "drop.local",
    }
)
_UNCOMPARED = {
    "drop.loop": "kernel.left-out-loop",
    "drop.guard": "kernel.left-out-guard",
    "drop.not-opened": "kernel.left-out-own",
}
UNTRACKED = "drop.untracked"


@dataclass(slots=True)
class Verdict:
    """Where a packet was delivered and where and why copies of it were dropped."""

    delivered: set[Message] = field(default_factory=set)
    dropped: set[Message] = field(default_factory=set)
    lost: set[Message] = field(default_factory=set)
    endings: dict[str, int] = field(default_factory=dict)


class Reader:
    """Brings both sides into the same words."""

    def __init__(self, plan: Plan, owners: Owners, simulator: Simulator) -> None:
        self._owners = owners
        self._simulator = simulator
        self._denials = {
            (node.namespace, denial.label): (denial.code, denial.source.short)
            for node in plan.nodes
            if node.ruleset is not None
            for denial in node.ruleset.denials
        }

    def of_model(self, trace: Trace, origin: Port) -> Verdict:
        """Return what the simulator says, without what the origin delivers to itself."""
        verdict = Verdict()
        for delivery in trace.deliveries:
            verdict.delivered |= self._places(delivery.at, delivery.packet)
        verdict.delivered -= self._own(origin, trace.packet)
        for drop in trace.drops:
            said = _dropped(drop)
            if said is not None:
                verdict.dropped.add(said)
        return verdict

    def of_kernel(self, shot: Shot, seen: Iterable[Seen], model: Verdict) -> Verdict:
        """Return what was seen. A copy of which no end was seen is lost, not denied."""
        verdict = Verdict()
        by_copy: dict[int, list[Seen]] = {number: [] for number in range(len(shot.targets))}
        for each in seen:
            by_copy.setdefault(each.copy, []).append(each)
        for number, events in sorted(by_copy.items()):
            self._copy(verdict, shot, number, events, model)
        verdict.delivered -= self._own(shot.origin, shot.packet)
        return verdict

    def _copy(
        self, verdict: Verdict, shot: Shot, number: int, events: list[Seen], model: Verdict
    ) -> None:
        ended = False
        for each in events:
            ended = self._event(verdict, each, model) or ended
        if ended:
            return
        for each in events:
            # Nodes log by themselves, so that events of several have no order.
            nobody = _nobody(each.node.id, _face(each.port))
            if each.what == "left" and nobody in model.dropped:
                verdict.dropped.add(nobody)
                _count(verdict, "drop.nobody")
                return
        where = str(shot.targets[number].point or shot.targets[number].name)
        verdict.lost.add(Message.of("kernel.lost", target=where))

    def _event(self, verdict: Verdict, seen: Seen, model: Verdict) -> bool:
        """Note one thing seen and return whether it is the end of a copy."""
        if seen.what == "arrived":
            return self._arrived(verdict, seen) or not seen.node.forwards
        if seen.what == "left" and not seen.node.forwards:
            verdict.delivered.add(
                Message.of("kernel.forwarded", node=seen.node.id, packet=seen.packet)
            )
        if seen.what == "local":
            verdict.delivered.add(_at(f"{seen.node.id}/{_face(seen.port)}", seen.packet))
            return True
        if seen.what == "unrouted":
            verdict.dropped.add(_unrouted(seen.node.id))
            _count(verdict, "drop.no-route")
            return True
        denial = self._denials.get((seen.node.namespace, seen.what))
        if denial is None:
            return False
        code, place = denial
        dropped = _by_rule(seen.node.id, code, place)
        if code == UNTRACKED:
            # Before any rule was asked; whichever the model names there would have dropped it too.
            named = [m for m in model.dropped if _is_by_rule_of(m, seen.node.id)]
            if named:
                verdict.dropped.update(named)
                _count(verdict, named[0].named["why"])
                return True
        verdict.dropped.add(dropped)
        _count(verdict, code)
        return True

    def _arrived(self, verdict: Verdict, seen: Seen) -> bool:
        """Note a delivery if what stands at the port takes the packet for its own."""
        port = seen.port
        if port is None:
            return False
        if port.point is None:
            verdict.delivered.add(_free(port.domain, seen.packet))
            return True
        if port.point.kind is AttachmentKind.EDGE or self._owners.declares(
            port.point, seen.packet.destination
        ):
            verdict.delivered.add(_at(str(port.point), seen.packet))
            return True
        return False

    def _places(self, point: AttachmentPoint, packet: Packet) -> set[Message]:
        """Return where a delivery is seen: free addresses are all at one place of their domain."""
        if point.kind is AttachmentKind.ACCESS or (
            point.kind is AttachmentKind.HOST
            and not self._owners.declares(point, packet.destination)
        ):
            return {_free(domain, packet) for domain in self._simulator.domains_of(point)}
        return {_at(str(point), packet)}

    def _own(self, origin: Port, packet: Packet) -> set[Message]:
        """Return what would be an origin's delivery to itself, which no frame shows."""
        if origin.point is None:
            return {_free(origin.domain, packet)}
        return {_at(str(origin.point), packet)}


def uncompared(trace: Trace) -> Message | None:
    """Return why a packet is not to be compared, None if it is."""
    for drop in trace.drops:
        if drop.reason.code in _UNCOMPARED:
            return Message.of(_UNCOMPARED[drop.reason.code])
    return None


def said_by_one(mine: Verdict, other: Verdict, *, reasons: bool) -> tuple[Message, ...]:
    """Return what one side says and the other does not."""
    found = mine.delivered - other.delivered
    if reasons:
        found |= mine.dropped - other.dropped
    return tuple(sorted(found | mine.lost, key=lambda m: (m.code, m.arguments)))


def _dropped(drop: Drop) -> Message | None:
    if not drop.hops:
        return None
    hop = drop.hops[-1]
    code = drop.reason.code
    if code in _BY_RULE:
        return _by_rule(hop.node, code, drop.source.short)
    if code in ("drop.no-route", "drop.discard"):
        return _unrouted(hop.node)
    if code == "drop.nobody":
        return _nobody(hop.node, hop.out_interface or "")
    return None


def _is_by_rule_of(said: Message, node: str) -> bool:
    return said.named["node"] == node and said.named["why"] in _BY_RULE


def _count(verdict: Verdict, code: str) -> None:
    verdict.endings[code] = verdict.endings.get(code, 0) + 1


def _face(port: Port | None) -> str:
    return port.point.port if port is not None and port.point is not None else ""


def _at(point: str, packet: Packet) -> Message:
    return Message.of("kernel.delivered", point=point, packet=packet)


def _free(domain: int | None, packet: Packet) -> Message:
    return Message.of("kernel.delivered", point=f"free/{domain}", packet=packet)


def _by_rule(node: str, code: str, place: str) -> Message:
    return Message.of("kernel.dropped-by", node=node, why=code, place=place)


def _unrouted(node: str) -> Message:
    return Message.of("kernel.dropped-by", node=node, why="drop.no-route", place="-")


def _nobody(node: str, interface: str) -> Message:
    return Message.of("kernel.dropped-by", node=node, why="drop.nobody", place=interface)
