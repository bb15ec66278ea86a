"""Each word that changes where packets go is in the form: left out of it, the walk would differ."""

import json
from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_address, ip_interface, ip_network
from typing import Any, NamedTuple

import pytest

from tests.dataplane.one_header import alone, engine_header, sessions_of
from tests.dataplane.plain_headers import Plain
from tests.dataplane.plain_walk import PlainWalk
from zonecheck.dataplane import DataPlane
from zonecheck.dataplane.canonical import canonical, canonical_bytes
from zonecheck.model.address import AddressRange
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, DeviceKind, L3Interface, PolicyRoute, Route
from zonecheck.model.external import External, ExternalEdge
from zonecheck.model.filter import Action, AddressMatch, Filter, Rule
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.model.segment import Segment
from zonecheck.model.service import PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.model.tunnel import Tunnel
from zonecheck.packets import PacketSpace

TCP, UDP = 6, 17
PREFIXES = {"s1": "10.0.1.0/24", "s2": "10.0.2.0/24", "s3": "10.0.3.0/24"}
A, B, WEB = "10.0.1.5", "10.0.2.5", "192.0.2.5"


def _span(low: str, high: str = "") -> AddressRange:
    return AddressRange(ip_address(low), ip_address(high or low))


def _match(low: str, high: str = "") -> AddressMatch:
    return AddressMatch((_span(low, high),))


def _header(src: str, dst: str, protocol: int = UDP, port: int = 80, sport: int = 1024) -> Plain:
    return Plain(4, int(ip_address(dst)), int(ip_address(src)), protocol, port, sport, False)


def _net(**said: Any) -> Topology:
    """Return host a, a router, host b and a network whose edge is on a third link."""
    router = Device(
        "r",
        DeviceKind.ROUTER,
        (
            L3Interface("one", "s1", (ip_interface("10.0.1.1/24"),)),
            L3Interface("two", "s2", (ip_interface("10.0.2.1/24"),), filter_out="out"),
        ),
        filters=said.pop("filters", (Filter("out", (), Action.PERMIT),)),
        policy=said.pop("policy", None),
    )
    more = said.pop("more", ())
    outer = {key: said.pop(key) for key in ("tunnels",) if key in said}
    cards = {"a": ("s1", A), "b": ("s2", B)}
    return Topology(
        "x",
        segments=tuple(Segment(s, prefixes=(ip_network(p),)) for s, p in PREFIXES.items()),
        hosts=tuple(Host(n, (HostInterface("e", s, (_span(i),)),)) for n, (s, i) in cards.items()),
        devices=(replace(router, **said), *more),
        externals=(External("x", (ExternalEdge("e", "s3", (_span("10.0.2.77"),)),)),),
        **outer,
    )


def _filter(*rules: Rule, default: Action = Action.DENY, **said: Any) -> Filter:
    return Filter("p", rules, default, **said)


def _only(protocol: int, port: int, **said: Any) -> Filter:
    return _filter(
        Rule(Action.PERMIT, "x", services=(Service(protocol, (PortRange(port, port),)),)), **said
    )


TO_B = NatRule("to", DESTINATION_NAT, destinations=_match(WEB), destination_to=_span(B))
RANGE = NatRule(
    "range",
    DESTINATION_NAT,
    destinations=_match("192.0.2.4", "192.0.2.7"),
    destination_to=_span("10.0.2.4", "10.0.2.7"),
    one_to_one=True,
)
FROM_POOL = NatRule("pool", SOURCE_NAT, sources=_match(A), source_to=(_span("192.0.2.9"),))
POOLED = Filter("out", (Rule(Action.PERMIT, "x", _match("192.0.2.9")),), Action.DENY)
SEES = _filter(Rule(Action.PERMIT, "x", AddressMatch(), _match(WEB)))
DENIES = Rule(Action.DENY, "x")
BRIDGE = Device(
    "tf",
    DeviceKind.TRANSPARENT_FIREWALL,
    (L3Interface("near", "s2"), L3Interface("far", "s3")),
    policy=_filter(default=Action.PERMIT),
)
BEYOND = (Route(ip_network("10.0.9.0/24"), (ip_address("10.0.2.77"),)),)
AWAY = PolicyRoute("away", sources=_match(A), interface="one")
TUNNEL = Tunnel("t", "vxlan", "s3", (ip_address("10.0.1.1"), ip_address(A)))
UP = _header(A, B, TCP, 80)._replace(established=True)


class Word(NamedTuple):
    """A design that says a word, one that does not, and a header they treat differently."""

    said: Topology
    unsaid: Topology
    header: Plain
    origin: str = "a/e"
    before: Plain | None = None


WORDS = {
    "a destination translation": Word(_net(nat=(TO_B,)), _net(), _header(A, WEB)),
    "the port of a translation": Word(
        _net(nat=(replace(TO_B, port_to=8080),), policy=_only(UDP, 8080)),
        _net(nat=(TO_B,), policy=_only(UDP, 8080)),
        _header(A, WEB),
    ),
    "a translation that keeps positions": Word(
        _net(nat=(RANGE,)), _net(nat=(replace(RANGE, one_to_one=False),)), _header(A, WEB)
    ),
    "the port of one that keeps positions": Word(
        _net(nat=(replace(RANGE, port_to=8080),), policy=_only(UDP, 8080)),
        _net(nat=(RANGE,), policy=_only(UDP, 8080)),
        _header(A, WEB),
    ),
    "where a translation is": Word(
        _net(nat=(replace(TO_B, in_interfaces=("two",)),)), _net(nat=(TO_B,)), _header(A, WEB)
    ),
    "a rule that shields": Word(
        _net(nat=(NatRule("no", DESTINATION_NAT, sources=_match(A)), TO_B)),
        _net(nat=(TO_B,)),
        _header(A, WEB),
    ),
    "a source translation before the filter at the way out": Word(
        _net(nat=(FROM_POOL,), filters=(POOLED,)), _net(filters=(POOLED,)), _header(A, B)
    ),
    "the way out of a source translation": Word(
        _net(nat=(replace(FROM_POOL, out_interfaces=("one",)),), filters=(POOLED,)),
        _net(nat=(FROM_POOL,), filters=(POOLED,)),
        _header(A, B),
    ),
    "a translation remembered": Word(
        _net(nat=(FROM_POOL,)),
        _net(),
        _header(B, "192.0.2.9", sport=80, port=1024),
        "b/e",
        _header(A, B),
    ),
    "a policy that sees the original": Word(
        _net(nat=(TO_B,), policy=SEES, policy_sees_original=True),
        _net(nat=(TO_B,), policy=SEES),
        _header(A, WEB),
    ),
    "a deny of a MAC address": Word(
        _net(policy=_filter(replace(DENIES, macs=("00:00:5e:00:53:01",)), default=Action.PERMIT)),
        _net(policy=_filter(DENIES, default=Action.PERMIT)),
        _header(A, B),
    ),
    "pickup of sessions under way": Word(
        _net(policy=_only(TCP, 80, stateful=True, loose=True)),
        _net(policy=_only(TCP, 80, stateful=True)),
        UP,
    ),
    "what of a session passes": Word(
        _net(policy=_only(TCP, 80, stateful=True, session_rules=())),
        _net(policy=_only(TCP, 80, stateful=True)),
        UP,
        "a/e",
        _header(A, B, TCP, 80),
    ),
    "an application gateway": Word(
        _net(policy=_only(TCP, 21, stateful=True, alg=("ftp",))),
        _net(policy=_only(TCP, 21, stateful=True)),
        _header(B, A, TCP, 5000, 20),
        "b/e",
        _header(A, B, TCP, 21),
    ),
    "a policy route": Word(_net(policy_routes=(AWAY,)), _net(), _header(A, B)),
    "where a policy route is": Word(
        _net(policy_routes=(replace(AWAY, in_interfaces=("two",)),)),
        _net(policy_routes=(AWAY,)),
        _header(A, B),
    ),
    "a next hop behind a transparent firewall": Word(
        _net(routes=BEYOND, more=(BRIDGE,)), _net(routes=BEYOND), _header(A, "10.0.9.1")
    ),
    "the policy of a transparent firewall": Word(
        _net(routes=BEYOND, more=(replace(BRIDGE, policy=_filter()),)),
        _net(routes=BEYOND, more=(BRIDGE,)),
        _header(A, "10.0.9.1"),
    ),
    "a tunnel that ends here": Word(
        _net(tunnels=(TUNNEL,)), _net(), _header(A, "10.0.1.1", port=4789)
    ),
    "a tunnel that starts here": Word(
        _net(tunnels=(TUNNEL,)), _net(), _header("10.0.1.1", A, port=4789), "r/one"
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_a_word_is_in_the_form(name: str) -> None:
    """The walk delivers where the engine does, elsewhere than without the word."""
    word = WORDS[name]
    answers = [_delivered(design, word, walks=True) for design in (word.said, word.unsaid)]
    assert answers == [_delivered(d, word, walks=False) for d in (word.said, word.unsaid)]
    assert answers[0] != answers[1]


def _delivered(design: Topology, word: Word, *, walks: bool) -> set[str]:
    plane = DataPlane(design, PacketSpace(), Closure.UPPER)
    walk = PlainWalk(json.loads(canonical_bytes(canonical(plane))))
    known = walk.sessions_of(word.before) if word.before is not None else frozenset()
    if walks:
        return walk.send(word.origin, word.header, known)
    origin = next(o for o in plane.origins if str(o.point) == word.origin)
    return alone(plane, origin, engine_header(word.header), sessions_of(plane, known))


ORDERED: dict[str, Callable[[Topology], Topology]] = {
    "translations": lambda d: _with(d, nat=d.devices[0].nat[::-1]),
    "policy routes": lambda d: _with(d, policy_routes=d.devices[0].policy_routes[::-1]),
}


def _with(design: Topology, **said: Any) -> Topology:
    return replace(design, devices=(replace(design.devices[0], **said), *design.devices[1:]))


@pytest.mark.parametrize("name", ORDERED)
def test_an_order_that_means_something_is_kept(name: str) -> None:
    """The first that matches decides, so the form of the other order is another."""
    other = replace(AWAY, interface="two")
    design = _net(nat=(TO_B, RANGE), policy_routes=(AWAY, other))
    forms = [
        canonical(DataPlane(d, PacketSpace(), Closure.UPPER))
        for d in (design, ORDERED[name](design))
    ]
    assert forms[0] != forms[1]
