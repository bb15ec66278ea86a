"""Which counterexamples a changed design still has, as a hint: proofs decide.

A change that leaves a packet on its way seldom makes the check hold that forbids the packet, so
those that stop it are tried first.
"""

from collections.abc import Iterator, Sequence

from zonecheck.model.states import state_named
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import (
    Counterexample,
    Finding,
    MissingControl,
    PacketPath,
    RelayChain,
    SharedDomain,
)
from zonecheck.simulate import Sessions, Simulator

_MOST = 4
"""How many counterexamples of a check are sent again."""
Proof = PacketPath | SharedDomain


def is_traceable(found: Counterexample | None) -> bool:
    """Return whether a counterexample shows everything it rests on: no change elsewhere ends it."""
    if isinstance(found, RelayChain):
        return bool(found.steps)
    return isinstance(found, PacketPath | SharedDomain)


class Survival:
    """The counterexamples of some findings, to be sent again in changed designs."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        shown = [(f.state, list(_proofs(f.counterexample))) for f in findings]
        self._evidence = [(state, proofs) for state, proofs in shown if proofs][:_MOST]

    @property
    def number(self) -> int:
        """Return how many counterexamples are sent again."""
        return len(self._evidence)

    def survivors(self, topology: Topology) -> int:
        """Return how many counterexamples are as they were."""
        simulators: dict[str, Simulator] = {}
        found = 0
        for state, proofs in self._evidence:
            try:
                if state not in simulators:
                    simulators[state] = Simulator(state_named(topology, state))
                found += all(_survives(simulators[state], proof) for proof in proofs)
            except KeyError:  # a state, an end or a hop is gone
                continue
        return found


def _proofs(found: Counterexample | None) -> Iterator[Proof]:
    if isinstance(found, PacketPath | SharedDomain):
        yield found
    elif isinstance(found, RelayChain):
        for step in found.steps:
            if isinstance(step.by, PacketPath | SharedDomain):
                yield step.by
    elif isinstance(found, MissingControl) and found.passes is not None:
        yield found.passes


def _survives(simulator: Simulator, proof: Proof) -> bool:
    if isinstance(proof, SharedDomain):
        return bool(simulator.chain(proof.a, proof.b))
    sessions = Sessions.NONE
    for opener in proof.after:
        sessions = simulator.send(opener.packet, opener.origin, sessions).sessions
    trace = simulator.send(proof.packet, proof.origin, sessions)
    return any(delivery.at == proof.destination for delivery in trace.deliveries)
