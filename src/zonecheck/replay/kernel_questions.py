"""What is asked of kernel and simulator: packets, their answers, and what follows the answers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from zonecheck.dataplane import DataPlane
from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSpace
from zonecheck.prove import Reachability
from zonecheck.replay.kernel_boundaries import boundary_packets
from zonecheck.replay.kernel_plan import Plan, Port
from zonecheck.replay.kernel_verdicts import uncompared
from zonecheck.simulate import Packet, Sessions, Simulator, Trace

ERROR_TURN = 3
_ECHOES = frozenset({(1, 8), (58, 128)})
_UNREACHABLE = {4: (1, 3), 6: (58, 1)}
_TCP, _UDP = 6, 17


@dataclass(frozen=True, slots=True)
class Question:
    """One packet from one point, with what the simulator says of it.

    An answer knows its opener; an answer and an ICMP error know the packet they are `about`.
    """

    probe: int
    turn: int
    packet: Packet
    point: AttachmentPoint
    trace: Trace
    opened_by: "Question | None" = None
    about: Packet | None = None

    @property
    def translated(self) -> bool:
        """Return whether translations are remembered: then replies have more than one way."""
        return bool(self.turn and self.trace.sessions.translations)


class Questions:
    """All questions about one design, by turn, with the simulator's answers.

    `left_out` counts what is not asked, by reason.
    """

    def __init__(self, topology: Topology, simulator: Simulator, plan: Plan, limit: int) -> None:
        self._topology = topology
        self._simulator = simulator
        self._plan = plan
        self._connections: set[object] = set()
        self.left_out: Counter[Message] = Counter()
        self._first = self._questions(limit)
        self.turns = [self._first, *self._followed()]

    def addresses(self) -> frozenset[IPAddress]:
        """Return every address a packet is sent to or comes to have."""
        found: set[IPAddress] = set()
        for question in (each for turn in self.turns for each in turn):
            found.add(question.packet.destination)
            for delivery in question.trace.deliveries:
                found.add(delivery.packet.destination)
            ways = [d.hops for d in question.trace.deliveries]
            ways += [d.hops for d in question.trace.drops]
            for hop in (hop for way in ways for hop in way):
                found |= {step.after.destination for step in hop.translations}
        return frozenset(found)

    def port_of(self, point: AttachmentPoint) -> Port | None:
        """Return where a point speaks from, None if it does not in this comparison."""
        if point.kind is AttachmentKind.STACK:
            return None
        if point.kind is AttachmentKind.ACCESS:
            domains = self._simulator.domains_of(point)
            return self._plan.free_at[domains[0]] if domains else None
        if point.kind is AttachmentKind.HOST and self._topology.host_by_id[point.node].ip_forward:
            return None
        port = self._plan.port_at[point]
        return port if port.domain is not None else None

    def _questions(self, limit: int) -> list[Question]:
        plane = DataPlane(self._topology, PacketSpace(), Closure.UPPER)
        sendable, cut = boundary_packets(Reachability(plane), limit)
        if cut:
            self.left_out[Message.of("kernel.left-out-boxes")] = cut
        found: list[Question] = []
        for each in sendable:
            point = each.origin.point
            if self.port_of(point) is None:
                self.left_out[Message.of("kernel.left-out-own")] += 1
                continue
            question = self._question(len(found), 0, each.packet, point, Sessions.NONE)
            if question is not None:
                found.append(question)
        return found

    def _question(
        self, probe: int, turn: int, packet: Packet, point: AttachmentPoint, sessions: Sessions
    ) -> Question | None:
        trace = self._simulator.send(packet, point, sessions)
        reason = uncompared(trace)
        if reason is not None:
            self.left_out[reason] += 1
            return None
        forms = _connections(trace)
        if turn == 0 and forms & self._connections:
            # What the kernel remembers of another probe would decide about this one.
            self.left_out[Message.of("kernel.left-out-alike")] += 1
            return None
        self._connections |= forms
        return Question(probe, turn, packet, point, trace)

    def _followed(self) -> Iterator[list[Question]]:
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
                self.left_out[Message.of("kernel.left-out-handshake")] += 1
                continue
            packet = opener.packet.with_flag(established=True)
            found = self._question(opener.probe, 2, packet, opener.point, answer.trace.sessions)
            if found is not None:
                further.append(found)
        yield further
        yield [error for answer in answers if (error := self._error(answer)) is not None]

    def _error(self, answer: Question) -> Question | None:
        """Return the ICMP error that a receiver sends instead of its answer."""
        about = answer.about
        if about is None or answer.translated:
            return None
        protocol, unreachable = _UNREACHABLE[about.version]
        packet = Packet(about.destination, about.source, protocol, 0, unreachable)
        sessions = answer.trace.sessions
        found = self._question(answer.probe, ERROR_TURN, packet, answer.point, sessions)
        return found and replace(found, about=about)

    def _answer(self, first: Question) -> Question | None:
        packet = first.packet
        opening = packet.protocol == _UDP or (packet.protocol == _TCP and not packet.established)
        if not opening and (packet.protocol, packet.destination_port) not in _ECHOES:
            return None
        for delivery in first.trace.deliveries:
            reply = delivery.packet.reply()
            if delivery.hops and reply is not None and self.port_of(delivery.at) is not None:
                found = self._question(first.probe, 1, reply, delivery.at, first.trace.sessions)
                return found and replace(found, opened_by=first, about=delivery.packet)
        return None


def _came_back(opener: Question, answer: Question) -> bool:
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
