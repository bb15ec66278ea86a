"""Designs and what somebody did to them."""

from dataclasses import replace

from hypothesis import strategies as st

from zonecheck.model.device import Device
from zonecheck.model.edit import with_extra_deny, without_link, without_node, without_rule
from zonecheck.model.filter import Action, Rule
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.strategies import rules, topologies

PROFILE = Profile("none", "", "", "", (), ())
KINDS = ("permit", "rule", "deny", "link", "node", "routes", "group")


@st.composite
def edited(draw: st.DrawFn, topology: Topology) -> Topology:
    """Return a design after one edit of some kind, the same one if there is nothing to edit."""
    lists = [d for d in topology.devices if d.policy and d.policy.rules]
    kind = draw(st.sampled_from(KINDS if lists else KINDS[3:]))
    if kind in ("deny", "permit", "rule") and lists:
        device = draw(st.sampled_from(lists))
        assert device.policy is not None
        assert device.policy.rules is not None
        at = draw(st.integers(0, len(device.policy.rules) - 1))
        if kind == "rule":
            return without_rule(topology, device.id, at)
        rule = draw(rules(actions=st.just("deny")))
        if kind == "deny":
            return with_extra_deny(topology, device.id, at, rule)
        wider = draw(st.sampled_from([rule, Rule(Action.PERMIT, "all")]))
        wider = replace(wider, action=Action.PERMIT)
        listed = (*device.policy.rules[:at], wider, *device.policy.rules[at:])
        changed = replace(device, policy=replace(device.policy, rules=listed))
        return _with_device(topology, changed)
    if kind == "link" and topology.links:
        return without_link(topology, draw(st.sampled_from(topology.links)))
    if kind == "routes" and any(d.routes for d in topology.devices):
        device = draw(st.sampled_from([d for d in topology.devices if d.routes]))
        return _with_device(topology, replace(device, routes=(device.routes or ())[1:]))
    if kind == "group" and topology.hosts:
        host = draw(st.sampled_from(topology.hosts))
        hosts = tuple(replace(h, count=h.count + 1) if h == host else h for h in topology.hosts)
        return replace(topology, hosts=hosts)
    if kind == "node" and topology.hosts:
        return without_node(topology, draw(st.sampled_from(topology.hosts)).id)
    return topology


def _with_device(topology: Topology, changed: Device) -> Topology:
    devices = tuple(changed if d.id == changed.id else d for d in topology.devices)
    return replace(topology, devices=devices)


@st.composite
def designs_apart(
    draw: st.DrawFn, *, edits: int = 2, wide: bool = False
) -> tuple[Topology, Topology]:
    """Return a design and what it is after up to some edits, in either order."""
    old = draw(topologies(undeclared=True, stateful=True, wide=wide, max_devices=2))
    new = old
    for _ in range(draw(st.integers(1, edits))):
        new = draw(edited(new))
    return (old, new) if draw(st.booleans()) else (new, old)
