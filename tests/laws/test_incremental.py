"""Verdicts that build on earlier proofs are those of a fresh start, whatever was edited between."""

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.laws.test_verdicts import PROFILE
from zonecheck.model.edit import with_extra_deny, without_link, without_rule
from zonecheck.model.states import DeclaredState, state_declared
from zonecheck.model.topology import Topology
from zonecheck.policy import Proofs, verify
from zonecheck.strategies import rules, topologies


class EditedNetwork(RuleBasedStateMachine):
    """A network that is edited step by step and verified after each step, in both ways."""

    @initialize(topology=topologies(undeclared=True, wide=True, max_devices=2, max_hosts=3))
    def begin(self, topology: Topology) -> None:
        """Start from some network in which there is something to edit."""
        policies = [device.policy for device in topology.devices if device.policy]
        assume(topology.links or any(policy.rules for policy in policies))
        self.topology = topology
        self.earlier: list[Topology] = []
        self.proofs = Proofs()

    def edit(self, topology: Topology) -> None:
        """Make an edit, remembering what was before it."""
        self.earlier.append(self.topology)
        self.topology = topology

    @precondition(lambda self: any(d.policy and d.policy.rules for d in self.topology.devices))
    @rule(data=st.data())
    def deny_something(self, data: st.DataObject) -> None:
        """Put a deny into a policy."""
        device = data.draw(
            st.sampled_from([d for d in self.topology.devices if d.policy and d.policy.rules])
        )
        assert device.policy is not None
        position = data.draw(st.integers(0, len(device.policy.rules or ())))
        deny = data.draw(rules(actions=st.just("deny")))
        self.edit(with_extra_deny(self.topology, device.id, position, deny))

    @precondition(lambda self: any(d.policy and d.policy.rules for d in self.topology.devices))
    @rule(data=st.data())
    def drop_a_rule(self, data: st.DataObject) -> None:
        """Take a rule out of a policy."""
        device = data.draw(
            st.sampled_from([d for d in self.topology.devices if d.policy and d.policy.rules])
        )
        assert device.policy is not None
        position = data.draw(st.integers(0, len(device.policy.rules or ()) - 1))
        self.edit(without_rule(self.topology, device.id, position))

    @precondition(lambda self: bool(self.topology.externals or self.topology.devices))
    @rule(data=st.data())
    def lose_something(self, data: st.DataObject) -> None:
        """Let a device or an external network die, with everything still drawn."""
        alive = [external.id for external in self.topology.externals]
        alive += [device.id for device in self.topology.devices]
        dead = data.draw(st.sampled_from(alive))
        state = DeclaredState(self.topology.state, down=(dead,))
        self.edit(state_declared(self.topology, state))

    @precondition(lambda self: len(self.topology.links) > 0)
    @rule(data=st.data())
    def unplug(self, data: st.DataObject) -> None:
        """Take a cable out."""
        link = data.draw(st.sampled_from(self.topology.links))
        self.edit(without_link(self.topology, link))

    @precondition(lambda self: len(self.earlier) > 0)
    @rule()
    def undo(self) -> None:
        """Go back to the network before the last edit."""
        self.topology = self.earlier.pop()

    @invariant()
    def both_ways_give_the_same_report(self) -> None:
        """Findings, evidence and assumptions included."""
        if hasattr(self, "topology"):
            again = verify(self.topology, PROFILE, proofs=self.proofs)
            assert again.results == verify(self.topology, PROFILE).results


EditedNetwork.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestEditedNetwork = EditedNetwork.TestCase
