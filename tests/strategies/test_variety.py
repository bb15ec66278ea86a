"""Generated topologies hold what makes networks go wrong."""

from collections.abc import Callable
from functools import cache
from itertools import combinations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from zonecheck.model.device import Device, DeviceKind, PortMode, ReversePath, SwitchPort
from zonecheck.model.external import Openness
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.link import LinkEnd
from zonecheck.model.topology import Topology
from zonecheck.strategies import topologies

EXAMPLES = 400


@cache
def sample() -> tuple[Topology, ...]:
    """Return the same topologies in every run."""
    drawn: list[Topology] = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(topologies(undeclared=True))
    def collect(topology: Topology) -> None:
        drawn.append(topology)

    collect()
    return tuple(drawn)


def filters_of(device: Device) -> list[Filter]:
    """Return every filter of a device."""
    return [*device.filters, *([device.policy] if device.policy else [])]


def any_device(found: Callable[[Device], bool]) -> Callable[[Topology], bool]:
    """Return whether a device is so."""
    return lambda topology: any(map(found, topology.devices))


def any_filter(found: Callable[[Filter], bool]) -> Callable[[Topology], bool]:
    """Return whether a filter is so."""
    return any_device(lambda device: any(map(found, filters_of(device))))


def any_rule(found: Callable[[Rule], bool]) -> Callable[[Topology], bool]:
    """Return whether a rule is so."""
    return any_filter(lambda item: any(map(found, item.rules or ())))


def switch_links(topology: Topology) -> list[tuple[SwitchPort, SwitchPort]]:
    """Return the ports of the links between switch ports."""
    ports = {LinkEnd(d.id, p.id): p for d in topology.devices for p in d.ports}
    return [(ports[k.a], ports[k.b]) for k in topology.links if k.a in ports and k.b in ports]


def native_in_access(device: Device) -> bool:
    """Return whether an access port is in the native VLAN of a trunk."""
    natives = {p.native for p in device.ports if p.mode is PortMode.TRUNK and p.native}
    return bool(natives & {p.vlan for p in device.ports})


def leaks(device: Device) -> bool:
    """Return whether a route leaves by an interface of another VRF."""
    vrfs = {interface.id: interface.vrf for interface in device.interfaces}
    return any(r.interface and vrfs[r.interface] != r.vrf for r in device.routes or ())


def routed_to_neighbour(topology: Topology) -> bool:
    """Return whether a next hop is another device's address."""
    owners = {a.ip: d.id for d in topology.devices for i in d.interfaces for a in i.addresses}
    return any(
        owners.get(hop, device.id) != device.id
        for device in topology.devices
        for route in device.routes or ()
        for hop in route.next_hops
    )


def routed_to_itself(topology: Topology) -> bool:
    """Return whether a next hop is the device's own address."""
    return any(
        hop == address.ip
        for device in topology.devices
        for route in device.routes or ()
        for hop in route.next_hops
        for interface in device.interfaces
        for address in interface.addresses
    )


FEATURES: dict[str, Callable[[Topology], bool]] = {
    "every number of segments": lambda t: len(t.segments) == 4,
    "segment without prefix": lambda t: any(not s.prefixes for s in t.segments),
    "two IP versions in a segment": lambda t: any(
        {p.version for p in s.prefixes} == {4, 6} for s in t.segments
    ),
    "IPv6 only": lambda t: any({p.version for p in s.prefixes} == {6} for s in t.segments),
    "second IPv4 prefix": lambda t: any(
        len([p for p in s.prefixes if p.version == 4]) > 1 for s in t.segments
    ),
    "point-to-point prefix": lambda t: any(
        p.prefixlen in (31, 127) for s in t.segments for p in s.prefixes
    ),
    "guarded segment": lambda t: any(s.guarded for s in t.segments),
    "half a guard": lambda t: any(s.port_security != s.ip_source_guard for s in t.segments),
    "edge VLAN": lambda t: any(s.vlan in (1, 4094) for s in t.segments),
    "one VLAN id, two segments": lambda t: any(
        a.vlan is not None and a.vlan == b.vlan for a, b in combinations(t.segments, 2)
    ),
    "segment without zone": lambda t: any(s.zone is None for s in t.segments),
    "every kind of device": lambda t: len({d.kind for d in t.devices}) == 3,
    "l2 switch": any_device(lambda d: d.kind is DeviceKind.L2_SWITCH),
    "management address of an l2 switch": any_device(
        lambda d: d.kind is DeviceKind.L2_SWITCH and bool(d.interfaces)
    ),
    "switch ports linked": lambda t: bool(switch_links(t)),
    "differing natives": lambda t: any(
        a.native != b.native and a.native and b.native for a, b in switch_links(t)
    ),
    "access to access of another VLAN": lambda t: any(
        a.vlan and b.vlan and a.vlan != b.vlan for a, b in switch_links(t)
    ),
    "access to trunk": lambda t: any(a.mode is not b.mode for a, b in switch_links(t)),
    "allow-all trunk": any_device(lambda d: any(p.allows(4000) for p in d.ports)),
    "trunk that does not allow its native": any_device(
        lambda d: any(p.native and not p.allows(p.native) for p in d.ports)
    ),
    "native VLAN used for access": any_device(native_in_access),
    "shut port": any_device(lambda d: any(p.shutdown for p in d.ports)),
    "switch linked to itself": lambda t: any(k.a.node == k.b.node for k in t.links),
    "SVI": any_device(
        lambda d: d.kind is DeviceKind.L3_SWITCH and any(i.vlan for i in d.interfaces)
    ),
    "routed port of a switch": any_device(
        lambda d: d.kind is DeviceKind.L3_SWITCH and any(i.port for i in d.interfaces)
    ),
    "subinterfaces on one trunk": any_device(
        lambda d: len([i for i in d.interfaces if i.port and i.vlan]) > 1
    ),
    "untagged beside tagged": any_device(
        lambda d: bool({i.id for i in d.interfaces} & {i.port for i in d.interfaces if i.vlan})
    ),
    "cable without segment": any_device(lambda d: any(i.segment is None for i in d.interfaces)),
    "three segments": any_device(lambda d: len({i.segment for i in d.interfaces}) >= 3),
    "interface without address": any_device(lambda d: any(not i.addresses for i in d.interfaces)),
    "two VRFs": any_device(lambda d: len({i.vrf for i in d.interfaces}) == 2),
    "leak route": any_device(leaks),
    "routes undeclared": any_device(lambda d: d.routes is None),
    "no routes": any_device(lambda d: d.kind.forwards and d.routes == ()),
    "discard route": any_device(lambda d: any(r.discard for r in d.routes or ())),
    "ECMP": any_device(lambda d: any(len(r.next_hops) > 1 for r in d.routes or ())),
    "default route": any_device(lambda d: any(r.prefix.prefixlen == 0 for r in d.routes or ())),
    "IPv6 route": any_device(lambda d: any(r.prefix.version == 6 for r in d.routes or ())),
    "next hop is another router": routed_to_neighbour,
    "next hop is the router itself": routed_to_itself,
    "sources": any_device(lambda d: any(i.sources for i in d.interfaces)),
    "strict": any_device(lambda d: any(i.reverse_path is ReversePath.STRICT for i in d.interfaces)),
    "loose": any_device(lambda d: any(i.reverse_path is ReversePath.LOOSE for i in d.interfaces)),
    "filter in": any_device(lambda d: any(i.filter_in for i in d.interfaces)),
    "filter out": any_device(lambda d: any(i.filter_out for i in d.interfaces)),
    "stateful interface filter": any_device(lambda d: any(f.stateful for f in d.filters)),
    "stateful policy": any_device(lambda d: d.policy is not None and d.policy.stateful),
    "stateless policy": any_device(lambda d: d.policy is not None and not d.policy.stateful),
    "no policy": any_device(lambda d: d.kind.forwards and d.policy is None),
    "management": any_device(lambda d: bool(d.management)),
    "management undeclared": any_device(lambda d: d.management is None),
    "opens": any_device(lambda d: bool(d.opens)),
    "default permit": any_filter(lambda f: f.default is Action.PERMIT),
    "default undeclared": any_filter(lambda f: f.default is None),
    "rules undeclared": any_filter(lambda f: f.rules is None),
    "several rules": any_filter(lambda f: len(f.rules or ()) >= 3),
    "deny before permit": any_filter(
        lambda f: [r.action for r in f.rules or ()][:2] == [Action.DENY, Action.PERMIT]
    ),
    "negated match": any_rule(lambda r: r.sources.negated or r.destinations.negated),
    "match of nothing": any_rule(lambda r: r.sources.ranges == ()),
    "match of both versions": any_rule(
        lambda r: r.sources.ranges is not None and len(r.sources.versions) == 2
    ),
    "interface condition": any_rule(lambda r: bool(r.in_interfaces or r.out_interfaces)),
    "uncertain": any_rule(lambda r: r.uncertain is not None),
    "established": any_rule(lambda r: any(s.established for s in r.services)),
    "opening": any_rule(lambda r: any(s.opening for s in r.services)),
    "source port": any_rule(lambda r: any(s.source_ports for s in r.services)),
    "ICMP type": any_rule(lambda r: any(s.icmp_types for s in r.services)),
    "SCTP": any_rule(lambda r: any(s.protocol == 132 for s in r.services)),
    "ESP": any_rule(lambda r: any(s.protocol == 50 for s in r.services)),
    "any service": any_rule(lambda r: any(s.protocol is None for s in r.services)),
    "two hosts": lambda t: len(t.hosts) > 1,
    "host without address": lambda t: any(not c.addresses for h in t.hosts for c in h.interfaces),
    "host group": lambda t: any(h.count > 1 for h in t.hosts),
    "range of a group": lambda t: any(
        a.low != a.high for h in t.hosts for c in h.interfaces for a in c.addresses
    ),
    "two-homed host that does not forward": lambda t: any(
        len(h.interfaces) > 1 and h.ip_forward is False for h in t.hosts
    ),
    "two-homed host that forwards": lambda t: any(
        len(h.interfaces) > 1 and h.ip_forward for h in t.hosts
    ),
    "two-homed host that may forward": lambda t: any(
        len(h.interfaces) > 1 and h.ip_forward is None for h in t.hosts
    ),
    "host routes": lambda t: any(h.routes for h in t.hosts),
    "next hop of a host": lambda t: any(r.next_hop for h in t.hosts for r in h.routes or ()),
    "two-sided host": lambda t: any(h.two_sided and h.services for h in t.hosts),
    "host cabled to a router": lambda t: any(
        {k.a.node in t.host_by_id, k.b.node in t.host_by_id} == {True, False}
        and not any(d.kind.bridges for d in t.devices if d.id in (k.a.node, k.b.node))
        for k in t.links
    ),
    "link without tag": lambda t: any(k.zones is None for k in t.links),
    "open network": lambda t: any(x.openness is Openness.OPEN for x in t.externals),
    "closed network": lambda t: any(x.openness is Openness.CLOSED for x in t.externals),
    "openness undeclared": lambda t: any(x.openness is None for x in t.externals),
    "network without prefixes": lambda t: any(not x.prefixes for x in t.externals),
    "network without edge": lambda t: any(not x.edges for x in t.externals),
    "edge without address": lambda t: any(not e.addresses for x in t.externals for e in x.edges),
    "peer": lambda t: any(x.peers for x in t.externals),
    "peer inside a segment": lambda t: any(
        a.low in prefix
        for x in t.externals
        for peer in x.peers
        for a in peer.addresses
        for s in t.segments
        for prefix in s.prefixes
    ),
    "channel": lambda t: bool(t.channels),
    "channel of two legs": lambda t: any(len(c.legs) > 1 for c in t.channels),
    "specific flow": lambda t: bool(t.specific_flows),
}


@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_occurs(feature: str) -> None:
    """A sample of a few hundred topologies holds every edge case the laws are about."""
    assert any(map(FEATURES[feature], sample()))


def test_most_examples_are_different() -> None:
    """Choices are not spent on what makes no difference."""
    drawn = sample()
    assert len(drawn) >= EXAMPLES
    assert len(set(drawn)) > 0.7 * len(drawn)
