"""Kernel and simulator asked about the same packets (docs/kernel.md)."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from zonecheck.dataplane import DataPlane
from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSpace
from zonecheck.policy.questions.kernel import KernelDisagreement, KernelView
from zonecheck.prove import Reachability
from zonecheck.replay.kernel_boundaries import boundary_packets
from zonecheck.replay.kernel_choices import determined
from zonecheck.replay.kernel_commands import KernelError, check_means
from zonecheck.replay.kernel_features import Features, probe_features
from zonecheck.replay.kernel_network import built, own_prefix
from zonecheck.replay.kernel_owners import Owners
from zonecheck.replay.kernel_plan import Node, Plan, Port, plan_of
from zonecheck.replay.kernel_traffic import Seen, Shot, Traffic
from zonecheck.replay.kernel_verdicts import UNTRACKED, Reader, Verdict, said_by_one
from zonecheck.simulate import Packet, Sessions, Simulator, Trace

_ECHOES = frozenset({(1, 8), (58, 128)})
_UNREACHABLE = {4: (1, 3), 6: (58, 1)}
_TCP, _UDP = 6, 17
_ERROR_TURN = 3


@dataclass(frozen=True, slots=True)
class _Question:
    """One packet from one point, with what the simulator says of it.

    An answer knows its opener; an answer and an ICMP error know the packet they are `about`.
    """

    probe: int
    turn: int
    packet: Packet
    point: AttachmentPoint
    trace: Trace
    opened_by: "_Question | None" = None
    about: Packet | None = None

    @property
    def translated(self) -> bool:
        """Return whether translations are remembered: then replies have more than one way."""
        return bool(self.turn and self.trace.sessions.translations)


def judged_by_kernel(
    topology: Topology,
    *,
    probes: int = 4000,
    pick: int = 0,
    after_build: Callable[[Plan], None] | None = None,
) -> KernelView:
    """Return how a kernel and the simulator treat packets at the boundaries of what is proved.

    The topology is in one state. At most `probes` packets are sent by themselves; those of
    sessions follow. `pick` takes another of several ways. `after_build` may change the network
    that was built before anything is sent.

    Raises:
        KernelError: not root, no commands, or the kernel refuses.
        BadInput: something of the design cannot be built; the problems name it and its line.
    """
    check_means()
    features = probe_features(own_prefix())
    single, chosen = determined(topology, pick)
    comparison = _Comparison(single, probes)
    addresses = comparison.addresses()
    with built(comparison.plan, comparison.owners, addresses):
        if after_build is not None:
            after_build(comparison.plan)
        with Traffic(comparison.plan) as traffic:
            comparison.run(traffic)
            if traffic.overflowed:
                raise KernelError(Message.of("kernel.log-overflow"))
    return comparison.view(features, chosen)


class _Comparison:
    """Questions, and the answers of both as they come in."""

    def __init__(self, topology: Topology, limit: int) -> None:
        self._topology = topology
        self._simulator = Simulator(topology, Closure.UPPER)
        self.plan = plan_of(topology, self._simulator, own_prefix())
        self.owners = Owners(topology, self.plan.members)
        self._around: dict[int, list[tuple[Node, Port]]] = {}
        for node in self.plan.nodes:
            for port in node.ports:
                if port.domain is not None:
                    self._around.setdefault(port.domain, []).append((node, port))
        self._reader = Reader(self.plan, self.owners, self._simulator)
        self._left_out: Counter[Message] = Counter()
        self._connections: set[object] = set()
        self._asked = 0
        self._copies = 0
        self._deliveries = 0
        self._endings: Counter[str] = Counter()
        self._disagreements: list[KernelDisagreement] = []
        self._first = self._questions(limit)
        self._turns = [self._first, *self._followed()]

    def addresses(self) -> frozenset[IPAddress]:
        """Return every address a packet is sent to or comes to have."""
        found: set[IPAddress] = set()
        for question in (each for turn in self._turns for each in turn):
            found.add(question.packet.destination)
            for delivery in question.trace.deliveries:
                found.add(delivery.packet.destination)
            ways = [d.hops for d in question.trace.deliveries]
            ways += [d.hops for d in question.trace.drops]
            for hop in (hop for way in ways for hop in way):
                found |= {step.after.destination for step in hop.translations}
        return frozenset(found)

    def run(self, traffic: Traffic) -> None:
        """Ask all questions, those of one turn together, and compare."""
        for questions in self._turns:
            shots = {(q.probe, q.turn): self._shot(q) for q in questions}
            seen = traffic.exchange(shots.values())
            for question in questions:
                key = question.probe, question.turn
                self._compare(question, shots[key], seen.get(key, []))

    def view(self, features: Features, chosen: tuple[Message, ...]) -> KernelView:
        """Return the outcome."""
        rulesets = [node.ruleset for node in self.plan.nodes if node.ruleset is not None]
        differences = dict.fromkeys(d for ruleset in rulesets for d in ruleset.differences)
        return KernelView(
            self._topology.name,
            self._topology.state,
            self._asked,
            self._copies,
            self._deliveries,
            tuple(sorted(self._endings.items())),
            tuple(self._disagreements),
            tuple(sorted(self._left_out.items(), key=lambda item: item[0].code)),
            tuple(Message.of(f"kernel.real-{name}") for name in ("stacks", "filters", "sessions")),
            tuple(_emulated(self._topology)),
            tuple(Message.of("kernel.absent", feature=name) for name in features.absent),
            chosen,
            tuple(differences),
        )

    def _questions(self, limit: int) -> list[_Question]:
        plane = DataPlane(self._topology, PacketSpace(), Closure.UPPER)
        sendable, cut = boundary_packets(Reachability(plane), limit)
        if cut:
            self._left_out[Message.of("kernel.left-out-boxes")] = cut
        found: list[_Question] = []
        for each in sendable:
            point = each.origin.point
            if self._port_of(point) is None:
                self._left_out[Message.of("kernel.left-out-own")] += 1
                continue
            question = self._question(len(found), 0, each.packet, point, Sessions.NONE)
            if question is not None:
                found.append(question)
        return found

    def _question(
        self, probe: int, turn: int, packet: Packet, point: AttachmentPoint, sessions: Sessions
    ) -> _Question | None:
        trace = self._simulator.send(packet, point, sessions)
        reason = self._reader.uncompared(trace)
        if reason is not None:
            self._left_out[reason] += 1
            return None
        forms = _connections(trace)
        if turn == 0 and forms & self._connections:
            # What the kernel remembers of another probe would decide about this one.
            self._left_out[Message.of("kernel.left-out-alike")] += 1
            return None
        self._connections |= forms
        return _Question(probe, turn, packet, point, trace)

    def _followed(self) -> Iterator[list[_Question]]:
        """Yield the answers to what is delivered, what follows them, and ICMP errors instead."""
        answers = []
        for first in self._first:
            reply = self._answer(first)
            if reply is not None:
                answers.append(reply)
        yield answers
        further = []
        for answer in answers:
            opener = answer.opened_by
            if opener is None or not answer.trace.deliveries:
                continue
            if not _came_back(opener, answer):
                # Without the answer the kernel's handshake is not at its end (nftables.conntrack).
                self._left_out[Message.of("kernel.left-out-handshake")] += 1
                continue
            packet = opener.packet.with_flag(established=True)
            found = self._question(opener.probe, 2, packet, opener.point, answer.trace.sessions)
            if found is not None:
                further.append(found)
        yield further
        yield [error for answer in answers if (error := self._error(answer)) is not None]

    def _error(self, answer: _Question) -> _Question | None:
        """Return the ICMP error that a receiver sends instead of its answer."""
        about = answer.about
        if about is None or answer.translated:
            return None
        protocol, unreachable = _UNREACHABLE[about.version]
        packet = Packet(about.destination, about.source, protocol, 0, unreachable)
        sessions = answer.trace.sessions
        found = self._question(answer.probe, _ERROR_TURN, packet, answer.point, sessions)
        return found and replace(found, about=about)

    def _answer(self, first: _Question) -> _Question | None:
        packet = first.packet
        opening = packet.protocol == _UDP or (packet.protocol == _TCP and not packet.established)
        if not opening and (packet.protocol, packet.destination_port) not in _ECHOES:
            return None
        for delivery in first.trace.deliveries:
            reply = delivery.packet.reply()
            if delivery.hops and reply is not None and self._port_of(delivery.at) is not None:
                found = self._question(first.probe, 1, reply, delivery.at, first.trace.sessions)
                return found and replace(found, opened_by=first, about=delivery.packet)
        return None

    def _port_of(self, point: AttachmentPoint) -> Port | None:
        """Return where a point speaks from, None if it does not in this comparison."""
        if point.kind is AttachmentKind.STACK:
            return None
        if point.kind is AttachmentKind.ACCESS:
            domains = self._simulator.domains_of(point)
            return self.plan.free_at[domains[0]] if domains else None
        if point.kind is AttachmentKind.HOST and self._topology.host_by_id[point.node].ip_forward:
            return None
        port = self.plan.port_at[point]
        return port if port.domain is not None else None

    def _shot(self, question: _Question) -> Shot:
        origin = self._port_of(question.point)
        if origin is None:
            raise KeyError(str(question.point))
        targets = tuple(self._targets(origin, question.packet.destination))
        quoted = question.about if question.turn == _ERROR_TURN else None
        return Shot(question.probe, question.turn, question.packet, origin, targets, quoted)

    def _targets(self, origin: Port, address: IPAddress) -> Iterator[Port]:
        """Yield who a sender may hand a packet to: all that may forward, edges, the owner."""
        domain = origin.domain
        if domain is None:
            return
        for node, port in self._around[domain]:
            if port.namespace == origin.namespace or port.point is None:
                continue
            if self._is_asked(node, port.point, address):
                yield port
        free = self.plan.free_at[domain]
        if free != origin and self.owners.free(domain, address):
            yield free

    def _is_asked(self, node: Node, point: AttachmentPoint, address: IPAddress) -> bool:
        if point.kind is AttachmentKind.EDGE or self.owners.declares(point, address):
            return True
        return node.stack and (node.forwards or point.kind is AttachmentKind.HOST)

    def _compare(self, question: _Question, shot: Shot, seen: list[Seen]) -> None:
        model = self._reader.of_model(question.trace, shot.origin)
        kernel = self._reader.of_kernel(shot, seen, model)
        if UNTRACKED in kernel.endings:
            self._left_out[Message.of("kernel.left-out-untracked")] += 1
            return
        if not shot.targets and not model.delivered:
            self._left_out[Message.of("kernel.left-out-unheard")] += 1
            return
        self._asked += 1
        self._copies += len(shot.targets)
        self._deliveries += len(model.delivered & kernel.delivered)
        self._endings.update(kernel.endings)
        reasons = not question.translated
        if question.translated:
            model = _ways_taken(model, kernel, question)
        by_kernel = said_by_one(kernel, model, reasons=reasons)
        by_model = said_by_one(model, kernel, reasons=reasons)
        if by_kernel or by_model:
            self._disagreements.append(
                KernelDisagreement(
                    question.packet, str(question.point), question.turn, by_kernel, by_model
                )
            )


def _came_back(opener: _Question, answer: _Question) -> bool:
    """Return whether an answer passes every node that its opener passed."""
    there = {hop.node for delivery in opener.trace.deliveries for hop in delivery.hops}
    back = {hop.node for delivery in answer.trace.deliveries for hop in delivery.hops}
    return there <= back


def _connections(trace: Trace) -> set[object]:
    """Return what the kernel would remember of a packet, in every form it comes to have.

    Packets of ICMP are told apart by an identifier of their own.
    """
    packets = {trace.packet, *(delivery.packet for delivery in trace.deliveries)}
    ways = [d.hops for d in trace.deliveries] + [d.hops for d in trace.drops]
    packets |= {step.after for way in ways for hop in way for step in hop.translations}
    return {
        (p.protocol, frozenset({(p.source, p.source_port), (p.destination, p.destination_port)}))
        for p in packets
        if not p.has_type
    }


def _ways_taken(model: Verdict, kernel: Verdict, question: _Question) -> Verdict:
    """Return the verdict with those of the model's ways that the kernel has to have taken.

    Of a reply to what was translated the model takes both ways, with and without the memory of
    the translation; the kernel has not forgotten yet, so that only the first must be seen.
    """
    opener = question.opened_by
    home = set()
    if opener is not None:
        packet = opener.packet.reply()
        home = {m for m in model.delivered if m.named["packet"] == str(packet)}
    return Verdict((model.delivered & kernel.delivered) | home, set(model.dropped))


def _emulated(topology: Topology) -> Iterator[Message]:
    """Yield what is built in another way than the design says."""
    yield Message.of("kernel.emulated-vlans")
    yield Message.of("kernel.emulated-free")
    if any(len({face.vrf for face in d.interfaces}) > 1 for d in topology.devices):
        yield Message.of("kernel.emulated-vrfs")
    if topology.tunnels:
        yield Message.of("kernel.emulated-tunnels")
    if any(segment.guarded for segment in topology.segments):
        yield Message.of("kernel.emulated-guards")
