"""What must never add reach."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.laws.agreement import reachability
from zonecheck.dataplane import DataPlane
from zonecheck.model.closure import Closure
from zonecheck.model.edit import with_extra_deny, without_link
from zonecheck.prove import Reachability
from zonecheck.strategies import rules, topologies

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def adds_reach(before: Reachability, after: Reachability) -> bool:
    """Return whether anything is delivered after an edit that was not before."""
    old = {origin.point: origin for origin in before.plane.origins}
    for origin in after.plane.origins:
        for point in after.destinations(origin):
            if not (
                after.flow(origin, point).everything
                <= before.flow(old[origin.point], point).everything
            ):
                return True
    return False


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_adding_a_deny_to_a_filter_never_adds_reach(data: st.DataObject, closure: Closure) -> None:
    """A deny, wherever it is put into a policy, only takes away."""
    topology = data.draw(
        topologies(stateful=True).filter(
            lambda t: any(d.policy is not None and d.policy.rules for d in t.devices)
        )
    )
    filtering = [d for d in topology.devices if d.policy is not None and d.policy.rules]
    device = data.draw(st.sampled_from(filtering))
    assert device.policy is not None
    position = data.draw(st.integers(0, len(device.policy.rules or ())))
    deny = data.draw(rules(actions=st.just("deny")))
    edited = with_extra_deny(topology, device.id, position, deny)
    before = reachability(topology, closure)
    after = Reachability(DataPlane(edited, before.plane.space, closure))
    assert not adds_reach(before, after)


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_removing_a_link_never_adds_reach(data: st.DataObject, closure: Closure) -> None:
    """With every FIB and port state kept, a cable taken out only takes away."""
    topology = data.draw(topologies(vlans=True).filter(lambda t: len(t.links) > 0))
    link = data.draw(st.sampled_from(topology.links))
    edited = without_link(topology, link)
    before = reachability(topology, closure)
    after = Reachability(DataPlane(edited, before.plane.space, closure))
    assert not adds_reach(before, after)
