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

from tests.dataplane.plain_walk import Plain, PlainWalk
from tests.laws.agreement import header_of, is_icmp_error, proved, reachability
from zonecheck.dataplane import DataPlane, FilterStep, Place
from zonecheck.dataplane.canonical import canonical, canonical_bytes, canonical_hash
from zonecheck.dataplane.canonical_matches import filter_form
from zonecheck.dataplane.filtering import FilterCompiler
from zonecheck.model.address import AddressRange
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, DeviceKind, L3Interface, Route
from zonecheck.model.filter import Action, Filter
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.profile import Profile
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology
from zonecheck.packets import NOTHING, Header, PacketSet, PacketSpace, Rule
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
        values = data.draw(headers(topology))
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
        values = data.draw(headers(topology))
        sessions = walk.sessions_of(_plain(values))
        for origin in reach.plane.origins:
            note(f"{origin.point} sends {values}")
            answer = set(map(str, proved(reach, origin, header_of(values), with_sessions=True)))
            found = walk.send(str(origin.point), _plain(values), sessions)
            assert found <= answer if is_icmp_error(values) else found == answer


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_the_form_alone_says_what_every_place_does(data: st.DataObject, closure: Closure) -> None:
    """At each place, whether or not anything reaches it, a reader and the engine do the same."""
    topology = data.draw(topologies(stateful=True, undeclared=True))
    plane = DataPlane(topology, PacketSpace(), closure)
    walk = PlainWalk(_read_back(plane))
    values = [data.draw(headers(topology)) for _ in range(6)]
    for node, form in walk.form["nodes"].items():
        for place in (Place(node, interface) for interface in form["places"]):
            for each in values:
                note(f"{each} at {place}")
                found = walk.step(f"{node}/{place.interface}", _plain(each))
                assert found == _step(plane, place, header_of(each))


def _step(plane: DataPlane, place: Place, header: Header) -> tuple[set[str], set[str]]:
    """Return what the engine does with one header at a place, without sessions."""
    transfer = plane.transfer(place)
    if not transfer.accepted.contains(header):
        return set(), set()
    if not all(_fresh(plane, step, header) for step in transfer.inbound):
        return set(), set()
    found = {str(transfer.point)} if transfer.taken.contains(header) else set()
    further: set[str] = set()
    if transfer.kept.contains(header):
        return found, further
    for emission in transfer.emissions:
        if not emission.headers.contains(header):
            continue
        if all(_fresh(plane, step, header) for step in (*emission.policy, *emission.steps)):
            found |= {str(p) for p, taken in emission.deliveries if taken.contains(header)}
            further |= {
                f"{p.node}/{p.interface}" for p, taken in emission.places if taken.contains(header)
            }
    return found, further


def _fresh(plane: DataPlane, step: FilterStep, header: Header) -> bool:
    allowed = plane.filters.permitted(step.filter, step.in_interface, step.out_interface)
    stateful = step.filter.stateful and step.filter.rules is not None
    return allowed.contains(header) and (not stateful or plane.filters.new.contains(header))


@settings(SLOW, max_examples=300)
@given(filters(near=NEAR, interfaces=("a", "b"), max_rules=5, undeclared=True))
def test_the_form_of_a_filter_permits_what_the_filter_permits(item: Filter) -> None:
    """Read back as boxes, the rules permit the very same set between every two interfaces."""
    space = PacketSpace()
    for closure in Closure:
        compiler = FilterCompiler(space, closure)
        for pair in ((None, None), ("a", "b"), ("b", "a"), ("a", "a")):
            form = filter_form(item, closure, conditions=pair != (None, None))
            assert _permitted(space, form, *pair) == compiler.permitted(item, *pair)
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
@given(topologies(stateful=True, undeclared=True), st.sampled_from(Closure))
def test_every_form_fits_the_schema(topology: Topology, closure: Closure) -> None:
    """The schema closes every mapping: the form has no key that it does not list."""
    jsonschema.Draft202012Validator(SCHEMA).validate(_form(topology, closure))


@SLOW
@given(topologies(stateful=True, undeclared=True), st.randoms(use_true_random=False))
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
        externals=mixed([replace(e, edges=mixed(e.edges)) for e in topology.externals]),
    )
    for closure in Closure:
        assert _form(shuffled, closure) == _form(topology, closure)


@SLOW
@given(topologies(undeclared=True))
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
@given(topologies(undeclared=True), st.sampled_from(Closure))
def test_a_point_lies_in_the_zone_that_verdicts_give_it(
    topology: Topology, closure: Closure
) -> None:
    """The zone beside a point is the one checks use under that closure."""
    analysis = Analysis(topology, Profile("", "", "", "", (), ()), closure)
    points = _form(topology, closure)["points"]
    assert {str(o.point): analysis.zone_of(o.point) for o in analysis.reach.plane.origins} == {
        name: point["zone"] for name, point in points.items()
    }


def test_an_id_with_a_slash_has_no_form() -> None:
    """Two places could share a name, so the form refuses."""
    plane = DataPlane(Topology("x", segments=(Segment("a/b"),)), PacketSpace(), Closure.UPPER)
    with pytest.raises(ValueError, match="slash"):
        canonical(plane)


def test_addresses_read_the_same_in_every_python() -> None:
    """IPv6 addresses are written with all digits, those that embed IPv4 included."""
    design = Topology("x", segments=(Segment("s", prefixes=(ip_network("::ffff:0:0/96"),)),))
    owns = _form(design)["points"]["s/*"]["owns"]
    start = "0000:0000:0000:0000:0000:ffff:"
    assert owns == [[start + "0000:0000", start + "ffff:ffff"]]
