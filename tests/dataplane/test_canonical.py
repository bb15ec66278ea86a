"""Laws of the canonical form: it suffices, it is one, and it fits its schema."""

import json
from dataclasses import replace
from ipaddress import ip_address, ip_interface, ip_network
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.dataplane.one_header import (
    alone,
    engine_header,
    from_place,
    leaving_out_long_ways,
    sessions_of,
)
from tests.dataplane.plain_headers import Plain, replies_to
from tests.dataplane.plain_walk import PlainWalk
from tests.laws.agreement import header_of, is_icmp_error, proved, reachability
from zonecheck.dataplane import DataPlane, Place
from zonecheck.dataplane.canonical import (
    NoWordsError,
    canonical,
    canonical_bytes,
    canonical_hash,
)
from zonecheck.dataplane.canonical_matches import filter_form
from zonecheck.dataplane.filtering import FilterCompiler
from zonecheck.model.address import AddressRange
from zonecheck.model.closure import Closure
from zonecheck.model.device import (
    Device,
    DeviceKind,
    L3Interface,
    PortMode,
    Route,
    Standby,
    SwitchPort,
)
from zonecheck.model.filter import Action, Filter
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.segment import Segment
from zonecheck.model.service import PortRange
from zonecheck.model.states import states
from zonecheck.model.topology import Topology
from zonecheck.packets import NOTHING, PacketSet, PacketSpace, Rule
from zonecheck.policy.analysis import Analysis
from zonecheck.strategies import HeaderValues, filters, headers, topologies

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "dataplane.schema.json").read_text(encoding="utf-8"))

NEAR = [AddressRange.of_network(ip_network(text)) for text in ("10.0.0.0/30", "2001:db8::/126")]

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _read_back(plane: DataPlane) -> dict[str, Any]:
    form: dict[str, Any] = json.loads(canonical_bytes(canonical(plane)))
    return form


def _plain(values: HeaderValues) -> Plain:
    return Plain(
        values.version,
        values.destination,
        values.source,
        values.protocol,
        values.destination_port,
        values.source_port,
        values.established,
    )


def _form(topology: Topology, closure: Closure = Closure.UPPER) -> dict[str, Any]:
    return _read_back(DataPlane(topology, PacketSpace(), closure))


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_the_form_alone_says_where_a_fresh_packet_is_delivered(
    data: st.DataObject, closure: Closure
) -> None:
    """Without sessions, a reader of the JSON and the engine deliver a header at the same points."""
    topology = data.draw(topologies(undeclared=True))
    reach = reachability(topology, closure)
    walk = PlainWalk(_read_back(reach.plane))
    for _ in range(5):
        values = data.draw(headers(topology, fragments=False))
        for origin in reach.plane.origins:
            note(f"{origin.point} sends {values}")
            answer = proved(reach, origin, header_of(values), with_sessions=False)
            assert walk.send(str(origin.point), _plain(values)) == set(map(str, answer))


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_the_form_alone_says_where_a_packet_of_a_session_is_delivered(
    data: st.DataObject, closure: Closure
) -> None:
    """With every session its conversation can open, both deliver a header at the same points."""
    topology = data.draw(topologies(stateful=True, undeclared=True))
    reach = reachability(topology, closure)
    walk = PlainWalk(_read_back(reach.plane))
    for _ in range(3):
        values = data.draw(headers(topology, fragments=False))
        sessions = walk.sessions_of(_plain(values))
        for origin in reach.plane.origins:
            note(f"{origin.point} sends {values}")
            answer = set(map(str, proved(reach, origin, header_of(values), with_sessions=True)))
            found = walk.send(str(origin.point), _plain(values), sessions)
            assert found <= answer if is_icmp_error(values) else found == answer


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_the_form_alone_says_where_a_fresh_packet_goes_in_a_wide_network(
    data: st.DataObject, closure: Closure
) -> None:
    """Translated, policy-routed or heard behind a frame filter, it is delivered at the same points.

    The engine is asked about this one header: it then knows which translation it took. Of all
    headers at once it delivers it there as well.
    """
    topology = data.draw(topologies(wide=True, undeclared=True))
    with leaving_out_long_ways():
        reach = reachability(topology, closure)
        walk = PlainWalk(_read_back(reach.plane))
        for _ in range(4):
            values = data.draw(headers(topology, fragments=False))
            for origin in reach.plane.origins:
                note(f"{origin.point} sends {values}")
                found = walk.send(str(origin.point), _plain(values))
                assert found == alone(reach.plane, origin, header_of(values))
                answer = proved(reach, origin, header_of(values), with_sessions=False)
                assert found <= set(map(str, answer))


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_the_form_alone_says_what_sessions_and_translations_let_back(
    data: st.DataObject, closure: Closure
) -> None:
    """A packet and what answers it are delivered alike with all that was remembered of both."""
    topology = data.draw(topologies(wide=True, stateful=True, undeclared=True))
    with leaving_out_long_ways():
        reach = reachability(topology, closure)
        walk = PlainWalk(_read_back(reach.plane))
        values = data.draw(headers(topology, fragments=False))
        sessions = walk.sessions_of(_plain(values))
        replies = {
            reply
            for origin in reach.plane.origins
            for _, arrived in walk.delivered(str(origin.point), _plain(values), sessions)
            for reply in replies_to(arrived)
        }
        for header in (_plain(values), *sorted(replies)[:4]):
            for origin in reach.plane.origins:
                note(f"{origin.point} sends {header}")
                found = walk.send(str(origin.point), header, sessions)
                known = sessions_of(reach.plane, sessions)
                assert found == alone(reach.plane, origin, engine_header(header), known)
                answer = proved(reach, origin, engine_header(header), with_sessions=True)
                assert found <= set(map(str, answer))


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_the_form_alone_says_what_every_place_does(data: st.DataObject, closure: Closure) -> None:
    """From each place, whether or not anything reaches it, a reader and the engine go on alike."""
    topology = data.draw(topologies(wide=True, stateful=True, undeclared=True))
    plane = DataPlane(topology, PacketSpace(), closure)
    walk = PlainWalk(_read_back(plane))
    values = [data.draw(headers(topology, fragments=False)) for _ in range(6)]
    with leaving_out_long_ways():
        for node, form in walk.form["nodes"].items():
            for place in (Place(node, interface) for interface in form["places"]):
                for each in values:
                    note(f"{each} at {place}")
                    found = walk.follow(f"{node}/{place.interface}", _plain(each))
                    assert (found, walk.visited) == from_place(plane, place, header_of(each))


@settings(SLOW, max_examples=300)
@given(filters(near=NEAR, interfaces=("a", "b"), max_rules=5, undeclared=True))
def test_the_form_of_a_filter_permits_what_the_filter_permits(item: Filter) -> None:
    """Read back as boxes, the rules permit the very same set between every two interfaces."""
    space = PacketSpace()
    for closure in Closure:
        compiler = FilterCompiler(space, closure)
        for pair in ((None, None), ("a", "b"), ("b", "a"), ("a", "a")):
            form = filter_form(item, closure, conditions=pair != (None, None))
            told = _permitted(space, form, *pair).with_fragments()
            assert told == compiler.permitted(item, *pair)
            assert form["stateful"] == (item.stateful and item.rules is not None)


def _permitted(space: PacketSpace, form: Any, incoming: str | None, out: str | None) -> PacketSet:
    boxes: dict[int, list[Rule]] = {4: [], 6: []}
    for rule in form["rules"]:
        if incoming not in rule.get("in", [incoming]) or out not in rule.get("out", [out]):
            continue
        match, permit = rule["match"], rule["action"] == "permit"
        for version in boxes:
            src, dst = (_intervals(match.get(key), version) for key in ("src", "dst"))
            for service in match.get("services", [{}]):
                if service.get("version", version) == version:
                    flags = [(1, 1)] if "established" in service else None
                    flags = [(0, 0)] if "opening" in service else flags
                    protocols, dst_ports, src_ports = (
                        None if key not in service else [(low, high) for low, high in service[key]]
                        for key in ("protocols", "dst_ports", "src_ports")
                    )
                    box = Rule(permit, dst, src, protocols, dst_ports, src_ports, flags)
                    boxes[version].append(box)
    return space.from_rules(boxes[4], boxes[6], default=form["default"] == "permit")


def _intervals(pairs: Any, version: int) -> list[tuple[int, int]] | None:
    if pairs is None:
        return None
    bounds = [(ip_address(low), ip_address(high)) for low, high in pairs]
    return [(int(a), int(b)) for a, b in bounds if a.version == version] or list(NOTHING)


def test_the_filter_at_the_way_out_is_in_the_form() -> None:
    """A list that denies everything on the way out stops in the form what it stops in fact."""
    shut = Filter("shut", (), Action.DENY)
    for name in (None, "shut"):
        walk = PlainWalk(_form(_two_links(filters=(shut,), filter_out=name)))
        found = walk.send("a/eth0", _between("10.0.1.5", "10.0.2.5"))
        assert ("b/eth0" in found) == (name is None)


def test_a_host_that_forwards_is_a_next_hop_in_the_form() -> None:
    """What is sent to a host as a next hop goes on from there iff it forwards."""
    for forwards in (False, True):
        route = Route(ip_network("10.0.9.0/24"), next_hops=(ip_address("10.0.2.5"),))
        walk = PlainWalk(_form(_two_links(routes=(route,), forwards=forwards)))
        found = walk.send("a/eth0", _between("10.0.1.5", "10.0.9.5"))
        assert ("c/eth0" in found) == forwards


def _two_links(
    *,
    filters: tuple[Filter, ...] = (),
    filter_out: str | None = None,
    routes: tuple[Route, ...] = (),
    forwards: bool = False,
) -> Topology:
    """Return host a, a router, host b, and host c on a link behind b."""
    prefixes = {"s1": "10.0.1.0/24", "s2": "10.0.2.0/24", "s9": "10.0.9.0/24"}
    cards = {"a": [("s1", "10.0.1.5")], "b": [("s2", "10.0.2.5"), ("s9", "10.0.9.1")]}
    cards["c"] = [("s9", "10.0.9.5")]
    router = Device(
        "r",
        DeviceKind.ROUTER,
        (
            L3Interface("one", "s1", (ip_interface("10.0.1.1/24"),)),
            L3Interface("two", "s2", (ip_interface("10.0.2.1/24"),), filter_out=filter_out),
        ),
        routes=routes,
        filters=filters,
    )
    return Topology(
        "x",
        segments=tuple(Segment(s, prefixes=(ip_network(p),)) for s, p in prefixes.items()),
        hosts=tuple(
            Host(
                name,
                tuple(
                    HostInterface(f"eth{i}", s, (AddressRange.of_address(ip_address(ip)),))
                    for i, (s, ip) in enumerate(each)
                ),
                ip_forward=forwards and name == "b",
                routes=() if forwards and name == "b" else None,
            )
            for name, each in cards.items()
        ),
        devices=(router,),
    )


def _between(source: str, destination: str) -> Plain:
    return Plain(4, int(ip_address(destination)), int(ip_address(source)), 17, 53, 1024, False)


@SLOW
@given(topologies(wide=True, undeclared=True), st.sampled_from(Closure))
def test_every_form_fits_the_schema(topology: Topology, closure: Closure) -> None:
    """The schema closes every mapping: the form has no key that it does not list."""
    jsonschema.Draft202012Validator(SCHEMA).validate(_form(topology, closure))


@SLOW
@given(topologies(wide=True, undeclared=True), st.randoms(use_true_random=False))
def test_the_order_of_declarations_does_not_matter(topology: Topology, random: Any) -> None:
    """Only the order of rules is meant; that of elements, cards, links and routes is not."""

    def mixed(items: Any) -> Any:
        return items if items is None else tuple(random.sample(items, len(items)))

    shuffled = replace(
        topology,
        segments=mixed([replace(s, prefixes=mixed(s.prefixes)) for s in topology.segments]),
        hosts=mixed([replace(h, interfaces=mixed(h.interfaces)) for h in topology.hosts]),
        devices=mixed(
            [
                replace(
                    d,
                    interfaces=mixed(d.interfaces),
                    ports=mixed(d.ports),
                    routes=mixed(d.routes),
                    filters=mixed(d.filters),
                    management=mixed(d.management),
                    opens=mixed(d.opens),
                )
                for d in topology.devices
            ]
        ),
        links=mixed(topology.links),
        tunnels=mixed(topology.tunnels),
        externals=mixed([replace(e, edges=mixed(e.edges)) for e in topology.externals]),
    )
    for closure in Closure:
        assert _form(shuffled, closure) == _form(topology, closure)


@SLOW
@given(topologies(wide=True, undeclared=True))
def test_what_no_packet_meets_is_not_in_the_form(topology: Topology) -> None:
    """Names of designs, notes, counts and declared flows change no hash."""
    other = replace(
        topology,
        name=topology.name + "x",
        hosts=tuple(replace(h, note="x", count=h.count + 1) for h in topology.hosts),
        segments=tuple(replace(s, note="x") for s in topology.segments),
        channels=(),
        specific_flows=(),
    )
    assert canonical_hash(_form(other)) == canonical_hash(_form(topology))


@SLOW
@given(topologies(wide=True, undeclared=True), st.sampled_from(Closure))
def test_a_point_lies_in_the_zone_that_verdicts_give_it(
    topology: Topology, closure: Closure
) -> None:
    """The zone beside a point is the one checks use under that closure."""
    analysis = Analysis(topology, Profile("", "", "", "", (), ()), closure)
    points = _read_back(analysis.plane)["points"]
    assert {str(o.point): analysis.zone_of(o.point) for o in analysis.plane.origins} == {
        name: point["zone"] for name, point in points.items()
    }


STANDBY = Standby("b", policy=Filter("p", (), Action.DENY))


def _pair(*routes: Route) -> Topology:
    """Return a firewall with a standby member that denies everything, between two links."""
    two = _two_links(routes=routes)
    policy = Filter("p", (), Action.PERMIT)
    devices = tuple(replace(d, policy=policy, standby=(STANDBY,)) for d in two.devices)
    return replace(two, devices=devices)


def test_a_form_is_of_one_state() -> None:
    """The member in charge and the routes in use are chosen, and the form says by what state."""
    near, far = (ip_address(f"10.0.{n}.77") for n in (1, 2))
    prefix = ip_network("10.0.9.0/24")
    design = _pair(Route(prefix, (near,)), Route(prefix, (far,), distance=10))
    forms = {state.state: _form(state) for state in states(design)}
    assert {name: form["state"] for name, form in forms.items()} == {n: n for n in forms}
    policies = {name: form["nodes"]["r"]["policy"]["default"] for name, form in forms.items()}
    assert policies == {"": "permit", "b": "deny", "r distance 10": "permit"}
    hops = {n: f["nodes"]["r"]["tables"]["default"][str(prefix)] for n, f in forms.items()}
    assert hops[""] == hops["b"] == [{"interface": "one", "next_hop": str(near)}]
    assert hops["r distance 10"] == [{"interface": "two", "next_hop": str(far)}]


def test_a_design_in_no_single_state_has_no_form() -> None:
    """Members and routes of several states in one form would be no network at all."""
    with pytest.raises(ValueError, match="one state"):
        _form(_pair())


def test_domains_that_only_a_frame_filter_tells_apart_are_two() -> None:
    """A transparent firewall sees what passes between domains with the same members."""
    allowed = (PortRange(10, 20),)
    trunk = SwitchPort("t", PortMode.TRUNK, allowed=allowed, native=10)
    access = SwitchPort("u", PortMode.ACCESS, vlan=10)
    switches = tuple(Device(s, DeviceKind.L2_SWITCH, ports=(trunk, access)) for s in ("x", "y"))
    sides = tuple(L3Interface(name, s) for name, s in (("a", "s10"), ("b", "s20")))
    bridge = Device("tf", DeviceKind.TRANSPARENT_FIREWALL, sides, policy=Filter("p"))
    host = Host("h", (HostInterface("eth0", None),))
    segments = tuple(Segment(f"s{vlan}", vlan=vlan) for vlan in (10, 20))
    ends = [LinkEnd(s.id, "t") for s in switches]
    links = tuple(Link(end, LinkEnd("h", f"eth{n}")) for n, end in enumerate(ends, 7))
    members = ["s10/*", "s20/*", "tf/a", "tf/b"]
    for devices, times in (((*switches, bridge), 2), ((*switches[:1], bridge), 1)):
        topology = Topology("x", segments=segments, devices=devices, hosts=(host,), links=links)
        drawn = [link for link in links if link.a.node in topology.device_by_id]
        form = _form(replace(topology, links=tuple(drawn)))
        assert form["domains"].count(members) == times
        jsonschema.Draft202012Validator(SCHEMA).validate(form)


def test_an_id_with_a_slash_has_no_form() -> None:
    """Two places could share a name, so the form refuses."""
    plane = DataPlane(Topology("x", segments=(Segment("a/b"),)), PacketSpace(), Closure.UPPER)
    with pytest.raises(NoWordsError) as caught:
        canonical(plane)
    assert caught.value.reason == Message.of("error.slash-in-id", given="a/b")


def test_addresses_read_the_same_in_every_python() -> None:
    """IPv6 addresses are written with all digits, those that embed IPv4 included."""
    design = Topology("x", segments=(Segment("s", prefixes=(ip_network("::ffff:0:0/96"),)),))
    owns = _form(design)["points"]["s/*"]["owns"]
    start = "0000:0000:0000:0000:0000:ffff:"
    assert owns == [[start + "0000:0000", start + "ffff:ffff"]]
