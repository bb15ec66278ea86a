"""Laws of verdicts and counterexamples on random networks."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.laws.agreement import reachability
from tests.shown import packet_paths
from zonecheck.dataplane import DataPlane
from zonecheck.model.closure import Closure
from zonecheck.model.profile import CHANNELS, SANITISED, CheckPolicy, Isolation, Profile
from zonecheck.model.rename import renamed
from zonecheck.model.renumber import renumbered
from zonecheck.model.topology import Topology
from zonecheck.policy import CHECKS, Status, Verification, verify
from zonecheck.policy.verdict import ChainStep, RelayChain
from zonecheck.prove import Reachability
from zonecheck.simulate import Sessions, Simulator
from zonecheck.strategies import topologies

SLOW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

PROFILE = Profile(
    id="all",
    title="every check",
    document="",
    edition="",
    zones=(),
    checks=tuple(CheckPolicy(check.id, ()) for check in CHECKS),
    methods=("mail-text", "screen-transfer", "file-clean"),
    sanitise="both",
    isolation=(
        Isolation("lgwan", ("internet",), (CHANNELS, SANITISED)),
        Isolation("internet", (), (CHANNELS,)),
    ),
    local_breakout=True,
)


def statuses(verification: Verification) -> dict[str, Status]:
    """Return the verdict of each check."""
    return {result.check: result.status for result in verification.results}


@SLOW
@given(topologies(undeclared=True))
def test_every_counterexample_replays_to_delivery(topology: Topology) -> None:
    """Each packet a report shows is delivered by the simulator, without a session or after some."""
    deliver_all(topology, verify(topology, PROFILE))


@SLOW
@given(topologies(undeclared=True, wide=True))
def test_every_counterexample_of_a_wide_network_replays_to_delivery(topology: Topology) -> None:
    """The same where translations and gateways remember packets too."""
    deliver_all(topology, verify(topology, PROFILE))


def deliver_all(topology: Topology, verification: Verification) -> None:
    """Send every packet that is shown, after those that open its sessions; none is missing."""
    for result in verification.results:
        assert all(item.item.code != "missing.replay" for item in result.missing)
        closure = Closure.LOWER if result.status is Status.VIOLATED else Closure.UPPER
        if not verification.undeclared:
            closure = Closure.UPPER
        simulator = Simulator(topology, closure)
        for finding in result.findings:
            for path in packet_paths(finding.counterexample):
                sessions = Sessions.NONE
                for opener in path.after:
                    sessions = simulator.send(opener.packet, opener.origin, sessions).sessions
                trace = simulator.send(path.packet, path.origin, sessions)
                assert path.destination in {delivery.at for delivery in trace.deliveries}


@SLOW
@given(topologies(undeclared=True))
def test_relay_chains_join_at_their_relays(topology: Topology) -> None:
    """The steps of a chain run through its nodes in order."""
    for result in verify(topology, PROFILE).results:
        for finding in result.findings:
            chain = finding.counterexample
            if isinstance(chain, RelayChain):
                steps: tuple[ChainStep, ...] = chain.steps
                assert len(chain.nodes) == len(steps) + 1
                for index, step in enumerate(steps):
                    assert (step.origin, step.target) == chain.nodes[index : index + 2]


@SLOW
@given(topologies(undeclared=True))
def test_what_the_lower_closure_delivers_the_upper_delivers_too(topology: Topology) -> None:
    """Reading the undeclared as what leaks least never adds reach."""
    upper = reachability(topology, Closure.UPPER)
    lower = Reachability(DataPlane(topology, upper.plane.space, Closure.LOWER))
    above = {origin.point: origin for origin in upper.plane.origins}
    for origin in lower.plane.origins:
        for point in lower.destinations(origin):
            flow = lower.flow(origin, point).everything
            assert flow <= upper.flow(above[origin.point], point).everything


@SLOW
@given(topologies(undeclared=False))
def test_a_network_with_nothing_undeclared_has_no_unknown(topology: Topology) -> None:
    """Unknown always names something undeclared."""
    verification = verify(topology, PROFILE)
    assert verification.undeclared or Status.UNKNOWN not in statuses(verification).values()


@settings(SLOW, max_examples=12)
@given(st.data())
def test_renaming_commutes_with_verdicts(data: st.DataObject) -> None:
    """Other ids, same verdicts."""
    topology = data.draw(topologies(undeclared=True))
    ids = [segment.id for segment in topology.segments]
    ids += [host.id for host in topology.hosts]
    ids += [device.id for device in topology.devices]
    ids += [external.id for external in topology.externals]
    others = data.draw(st.permutations([f"n{number}" for number in range(len(ids))]))
    other = renamed(topology, dict(zip(ids, others, strict=True)))
    assert statuses(verify(other, PROFILE)) == statuses(verify(topology, PROFILE))


@SLOW
@given(topologies(undeclared=True), st.integers(1, 200))
def test_renumbering_commutes_with_verdicts(topology: Topology, offset: int) -> None:
    """Other VLAN ids and addresses, same verdicts.

    Without DTP: the native VLAN of a trunk it makes is 1 in either.
    """
    plain = without_dtp(topology)
    other = renumbered(plain, offset)
    assert statuses(verify(other, PROFILE)) == statuses(verify(plain, PROFILE))


def without_dtp(topology: Topology) -> Topology:
    """Return a topology all of whose access ports stay what they are."""
    devices = (
        replace(d, ports=tuple(replace(p, dtp=False) for p in d.ports)) for d in topology.devices
    )
    return replace(topology, devices=tuple(devices))
