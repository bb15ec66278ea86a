"""Kernel and simulator asked about the same packets (docs/kernel.md)."""

from collections import Counter
from collections.abc import Callable, Iterator

from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.policy.questions.kernel import KernelDisagreement, KernelView
from zonecheck.replay.kernel_choices import determined
from zonecheck.replay.kernel_commands import KernelError, check_means
from zonecheck.replay.kernel_features import Features, probe_features
from zonecheck.replay.kernel_network import built, own_prefix
from zonecheck.replay.kernel_owners import Owners
from zonecheck.replay.kernel_plan import Node, Plan, Port, plan_of
from zonecheck.replay.kernel_questions import ERROR_TURN, Question, Questions
from zonecheck.replay.kernel_traffic import Seen, Shot, Traffic
from zonecheck.replay.kernel_verdicts import UNTRACKED, Reader, Verdict, said_by_one
from zonecheck.simulate import Simulator


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
    addresses = comparison.questions.addresses()
    with built(comparison.plan, comparison.owners, addresses):
        if after_build is not None:
            after_build(comparison.plan)
        with Traffic(comparison.plan) as traffic:
            comparison.run(traffic)
            if traffic.overflowed:
                raise KernelError(Message.of("kernel.log-overflow"))
    return comparison.view(features, chosen)


class _Comparison:
    """The answers of both as they come in."""

    def __init__(self, topology: Topology, limit: int) -> None:
        self._topology = topology
        simulator = Simulator(topology, Closure.UPPER)
        self.plan = plan_of(topology, simulator, own_prefix())
        self.owners = Owners(topology, self.plan.members)
        self.questions = Questions(topology, simulator, self.plan, limit)
        self._reader = Reader(self.plan, self.owners, simulator)
        self._around: dict[int, list[tuple[Node, Port]]] = {}
        for node in self.plan.nodes:
            for port in node.ports:
                if port.domain is not None:
                    self._around.setdefault(port.domain, []).append((node, port))
        self._left_out = Counter(self.questions.left_out)
        self._asked = 0
        self._copies = 0
        self._deliveries = 0
        self._endings: Counter[str] = Counter()
        self._disagreements: list[KernelDisagreement] = []

    def run(self, traffic: Traffic) -> None:
        """Ask all questions, those of one turn together, and compare."""
        for questions in self.questions.turns:
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

    def _shot(self, question: Question) -> Shot:
        origin = self.questions.port_of(question.point)
        if origin is None:
            raise KeyError(str(question.point))
        targets = tuple(self._targets(origin, question.packet.destination))
        quoted = question.about if question.turn == ERROR_TURN else None
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

    def _compare(self, question: Question, shot: Shot, seen: list[Seen]) -> None:
        model = self._reader.of_model(question.trace, shot.origin)
        kernel = self._reader.of_kernel(shot, seen, model)
        if UNTRACKED in kernel.endings and kernel.delivered <= model.delivered and not kernel.lost:
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


def _ways_taken(model: Verdict, kernel: Verdict, question: Question) -> Verdict:
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
