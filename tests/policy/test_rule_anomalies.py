"""Anomalies of rules: as a person would find them packet by packet, and as the naive method does.

The judge here knows no packet sets. It walks a small world of packets in which every rule drawn
is told apart from every other, and reads docs/hygiene.md to the letter: what cannot be decided
is decided in every possible way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from ipaddress import ip_address
from itertools import pairwise, product
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zonecheck.dataplane.filtering import FilterCompiler
from zonecheck.model.address import AddressRange
from zonecheck.model.closure import Closure
from zonecheck.model.filter import ANY_ADDRESS, Action, AddressMatch, Filter, Rule
from zonecheck.model.service import PortRange, Service
from zonecheck.model.source import NOWHERE, Source
from zonecheck.packets import PacketSpace
from zonecheck.policy.hygiene.any_any import only_by_any
from zonecheck.policy.hygiene.rule_anomalies import Anomaly, Kind, anomalies

# --- a small world -------------------------------------------------------------------------------

INTERFACES = ("a", "b")
INSIDE = {4: ("10.0.0.0", "10.0.0.1", "10.0.0.2"), 6: ("2001:db8::", "2001:db8::1")}
OUTSIDE = {4: ("0.0.0.0", "255.255.255.255"), 6: ("::", "ffff::")}
TCP, UDP, GRE, UNNAMED = 6, 17, 47, 99
ICMP = {4: 1, 6: 58}


class Seen(NamedTuple):
    """A packet between two interfaces."""

    way: tuple[str, str]
    version: int
    source: str
    destination: str
    protocol: int
    port: int = 0
    source_port: int = 0
    established: bool = False


def _world() -> Iterator[Seen]:
    for version in (4, 6):
        addresses = INSIDE[version] + OUTSIDE[version]
        contents: list[tuple[int, int, int, bool]] = [
            (TCP, port, source, flag)
            for port, source, flag in product((1, 2, 3), (1, 2), (False, True))
        ]
        contents += [(UDP, port, source, False) for port, source in product((1, 2, 3), (1, 2))]
        contents += [(ICMP[version], kind, 0, False) for kind in (8, 9)]
        contents += [(number, 0, 0, False) for number in (ICMP[10 - version], GRE, UNNAMED)]
        ways = product(INTERFACES, INTERFACES)
        for way, one, other, rest in product(ways, addresses, addresses, contents):
            yield Seen(way, version, one, other, *rest)


WORLD = tuple(_world())


def fits(rule: Rule, packet: Seen) -> bool:
    """Return whether a packet is all that a rule says, what cannot be decided left out."""
    for named, interface in zip((rule.in_interfaces, rule.out_interfaces), packet.way, strict=True):
        if named and interface not in named:
            return False
    return (
        holds(rule.sources, packet.source)
        and holds(rule.destinations, packet.destination)
        and (not rule.services or any(serves(service, packet) for service in rule.services))
    )


def holds(match: AddressMatch, address: str) -> bool:
    """Return whether a match holds for an address."""
    if match.ranges is None:
        return True
    found = ip_address(address)
    if found.version not in {item.version for item in match.ranges}:
        return False
    return any(found in item for item in match.ranges) != match.negated


def serves(service: Service, packet: Seen) -> bool:
    """Return whether a packet is of a service."""
    if service.protocol is None:
        return True
    numbers = service.icmp_types or service.ports
    return (
        service.protocol == packet.protocol
        and (not numbers or any(packet.port in item for item in numbers))
        and (
            not service.source_ports
            or any(packet.source_port in item for item in service.source_ports)
        )
        and (not service.established or packet.established)
        and (not service.opening or not packet.established)
        and (not service.icmp_types or packet.protocol == ICMP[packet.version])
    )


# --- lists ---------------------------------------------------------------------------------------

ACTIONS = st.sampled_from((Action.PERMIT, Action.DENY))
ENDS = st.lists(st.sampled_from(INTERFACES), max_size=1).map(tuple)


@st.composite
def matches(draw: st.DrawFn) -> AddressMatch:
    """Draw addresses: any, some inside, or those outside these."""
    if draw(st.booleans()):
        return ANY_ADDRESS
    known = [*INSIDE[4], *INSIDE[6]]
    chosen = draw(st.lists(st.sampled_from(known), max_size=3, unique=True))
    ranges = tuple(AddressRange.of_address(ip_address(text)) for text in sorted(chosen))
    return AddressMatch(ranges, negated=bool(ranges) and draw(st.booleans()))


@st.composite
def services(draw: st.DrawFn) -> Service:
    """Draw a service of the small world."""
    protocol = draw(st.sampled_from((None, TCP, TCP, UDP, *ICMP.values(), GRE)))
    ports = draw(st.sampled_from(((), (PortRange(1, 1),), (PortRange(2, 2),), (PortRange(1, 2),))))
    if protocol in (TCP, UDP):
        flag = draw(st.sampled_from(("", "established", "opening"))) if protocol == TCP else ""
        sources = draw(st.sampled_from(((), (), (PortRange(1, 1),))))
        return Service(
            protocol, ports, sources, established=flag == "established", opening=flag == "opening"
        )
    if protocol in ICMP.values():
        types = draw(st.sampled_from(((), (PortRange(8, 8),))))
        return Service(protocol, icmp_types=types)
    return Service(protocol)


@st.composite
def written_rules(draw: st.DrawFn) -> Rule:
    """Draw a rule, perhaps undecidable, perhaps of a line with others."""
    line = draw(st.sampled_from((0, 0, 0, 1, 2)))
    return Rule(
        draw(ACTIONS),
        "",
        draw(matches()),
        draw(matches()),
        tuple(draw(st.lists(services(), max_size=2))),
        draw(ENDS),
        draw(ENDS),
        uncertain=draw(st.sampled_from((None, None, None, "fqdn example.jp", "object:x"))),
        macs=draw(st.sampled_from(((), (), (), ("00:00:5e:00:53:01",)))),
        source=Source("other", line, 1) if line else NOWHERE,
    )


@st.composite
def written_filters(draw: st.DrawFn, *, undecidable: bool = True) -> Filter:
    """Draw a filter whose rules are called by their numbers."""
    drawn = draw(st.lists(written_rules(), max_size=6))
    kept = draw(st.sampled_from((False, False, True)))
    stateful = kept or draw(st.booleans())
    cut = draw(st.integers(0, len(drawn))) if kept else len(drawn)
    if not undecidable:
        drawn = [replace(rule, uncertain=None, macs=()) for rule in drawn]
    named = [replace(rule, name=str(number)) for number, rule in enumerate(drawn)]
    return Filter(
        "drawn",
        tuple(named[:cut]),
        draw(st.sampled_from((Action.DENY, Action.DENY, Action.PERMIT, None))),
        stateful=stateful,
        loose=stateful and draw(st.booleans()),
        session_rules=tuple(named[cut:]) if kept else None,
    )


# --- the judge -----------------------------------------------------------------------------------

Found = dict[str, tuple[str, frozenset[str]]]
Lines = list[list[Rule]]


def line_of(rule: Rule) -> object:
    """Return what a rule stands and falls with."""
    return rule.name if rule.source == NOWHERE else (rule.source, rule.action)


def is_decidable(rule: Rule) -> bool:
    """Return whether it is known what a rule matches."""
    return rule.uncertain is None and not rule.macs


def readings(matching: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield which of some rules match, in every way the undecidable ones may turn out."""
    open_rules = [rule for rule in matching if not is_decidable(rule)]
    for turned in product((False, True), repeat=len(open_rules)):
        left_out = [rule for rule, on in zip(open_rules, turned, strict=True) if not on]
        yield [rule for rule in matching if rule not in left_out]


class Judge:
    """The definitions, packet by packet."""

    def __init__(self, item: Filter) -> None:
        self.item = item
        everything = [*(item.rules or ()), *(item.session_rules or ())]
        self.lines: dict[object, list[Rule]] = {}
        for rule in everything:
            self.lines.setdefault(line_of(rule), []).append(rule)
        strict = item.stateful and not item.loose
        new = [p for p in WORLD if not (strict and p.established)]
        self.new = [(p, [r for r in item.rules or () if fits(r, p)]) for p in new]
        sessions = item.session_rules or ()
        self.met = [met for _, met in self.new if met]
        self.met += [met for p in WORLD if (met := [r for r in sessions if fits(r, p)])]
        # Packets that meet the same rules are alike.
        self.met = list({tuple(rule.name for rule in met): met for met in self.met}.values())

    def found(self) -> Found:
        """Return what is wrong with each line, by the name of its first rule."""
        hit = {line_of(read[0]) for met in self.met for read in readings(met) if read}
        dead = [line for line in self.lines if line not in hit]
        found = {self.name(line): self.without_effect(line) for line in dead}
        gone = {line for line in dead if self.permits(line)}
        for line in self.lines:
            if line in dead or not self.permits(line):
                continue
            if not self.is_needed(line, gone):
                found[self.name(line)] = "needless", self.successors(line, gone)
                gone.add(line)
            elif self.admits_any(line):
                found[self.name(line)] = "any-any", frozenset()
        return {name: (kind, causes) for name, (kind, causes) in found.items() if kind}

    def name(self, line: object) -> str:
        return self.lines[line][0].name

    def permits(self, line: object) -> bool:
        return self.lines[line][0].action is Action.PERMIT

    def without_effect(self, line: object) -> tuple[str, frozenset[str]]:
        deciding: set[object] = set()
        matched = set()
        for at, met in enumerate(self.met):
            if any(line_of(rule) == line for rule in met):
                matched.add(at)
                deciding.add(line_of(next(filter(is_decidable, met))))
        names = frozenset(map(self.name, deciding))
        if not deciding:
            return ("never-hit" if self.permits(line) else ""), names
        opposed = {other for other in deciding if self.permits(other) != self.permits(line)}
        if not opposed:
            return "redundant", names
        (only,) = deciding if len(deciding) == 1 else (None,)
        theirs = {at for at, met in enumerate(self.met) if only in map(line_of, met)}
        surely = {
            at
            for at, met in enumerate(self.met)
            if any(line_of(rule) == line and is_decidable(rule) for rule in met)
        }
        return ("contradictory" if only is not None and theirs <= surely else "shadowed"), names

    def verdict(self, read: Sequence[Rule]) -> Action:
        return read[0].action if read else self.item.default or Action.DENY

    def is_needed(self, line: object, gone: set[object]) -> bool:
        for met in self.met:
            left = [rule for rule in met if line_of(rule) not in gone]
            for read in readings(left):
                without = [rule for rule in read if line_of(rule) != line]
                if self.verdict(read) != self.verdict(without):
                    return True
        return False

    def successors(self, line: object, gone: set[object]) -> frozenset[str]:
        found = set()
        for met in self.met:
            left = [rule for rule in met if line_of(rule) not in gone]
            own = [at for at, rule in enumerate(left) if line_of(rule) == line]
            others = [r for r in left if line_of(r) != line and is_decidable(r)]
            if own and others and own[0] < left.index(others[0]):
                found.add(self.name(line_of(others[0])))
        return frozenset(found)

    def admits_any(self, line: object) -> bool:
        return any(
            is_decidable(rule) and rule in (self.item.rules or ()) and self.admits(rule, version)
            for rule in self.lines[line]
            for version in (4, 6)
        )

    def admits(self, rule: Rule, version: int) -> bool:
        ways = product(rule.in_interfaces or INTERFACES, rule.out_interfaces or INTERFACES)
        between = set(ways)
        return all(rule in met for p, met in self.new if p.version == version and p.way in between)


def shown(found: Sequence[Anomaly]) -> Found:
    """Return anomalies as the judge says them."""
    return {
        each.rule.name: (each.kind.value, frozenset(cause.name for cause in each.causes))
        for each in found
    }


# --- laws ----------------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(written_filters())
def test_anomalies_are_those_found_packet_by_packet(item: Filter) -> None:
    """Kinds and causes agree with the definitions read to the letter."""
    assert shown(anomalies(item, INTERFACES)) == Judge(item).found()


@settings(max_examples=60, deadline=None)
@given(written_filters(), st.integers(0, 6))
def test_what_any_any_permits_alone_make_idle_is_no_anomaly_without_them(
    drawn: Filter, at: int
) -> None:
    """And what is one without them, packet by packet, is not laid to them."""
    rules = drawn.rules or ()
    item = replace(drawn, rules=(*rules[:at], Rule(Action.PERMIT, "any"), *rules[at:]))
    found = anomalies(item, INTERFACES)
    by_any = only_by_any(item, INTERFACES, found)
    permits = {line_of(each.rule) for each in found if each.kind is Kind.ANY_ANY}

    def kept(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(rule for rule in rules if line_of(rule) not in permits)

    sessions = None if item.session_rules is None else kept(item.session_rules)
    without = Judge(replace(item, rules=kept(item.rules or ()), session_rules=sessions)).found()
    for each in found:
        alone = each.kind is not Kind.ANY_ANY and each.rule.name not in without
        assert (id(each) in by_any) == (alone and bool(permits))


@settings(max_examples=50, deadline=None)
@given(written_filters())
def test_the_packet_shown_is_one_the_rule_matches_and_a_cause_decides(item: Filter) -> None:
    """It lies in the sets of both, and opposes the rule unless it is merely redundant."""
    space = PacketSpace()
    compiler = FilterCompiler(space, Closure.UPPER)
    for each in anomalies(item, INTERFACES):
        assert (each.header is None) == (each.kind in (Kind.NEEDLESS, Kind.NEVER_HIT, Kind.ANY_ANY))
        if each.header is None:
            continue
        alone = [
            Filter("alone", (replace(rule, action=Action.PERMIT, uncertain=None, macs=()),))
            for rule in [*(item.rules or ()), *(item.session_rules or ())]
            if line_of(rule) == line_of(each.rule)
        ]
        assert any(compiler.permitted(one, None, None).contains(each.header) for one in alone)
        if each.kind is not Kind.REDUNDANT:
            assert any(cause.action is not each.rule.action for cause in each.causes)


@settings(max_examples=60, deadline=None)
@given(written_filters(), st.sampled_from(Closure))
def test_all_rules_reported_can_go_together(item: Filter, closure: Closure) -> None:
    """Without them the same packets pass, between whatever interfaces; any-any permits stay."""
    reported = {
        line_of(each.rule) for each in anomalies(item, INTERFACES) if each.kind is not Kind.ANY_ANY
    }

    def kept(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(rule for rule in rules if line_of(rule) not in reported)

    compiler = FilterCompiler(PacketSpace(), closure)
    assume(item.default is not None)
    lists = [(item.rules or (), True), (item.session_rules or (), False)]
    for rules, new in lists:
        whole = Filter("whole", rules, item.default)
        less = Filter("less", kept(rules), item.default)
        relevant = compiler.opening(item) if new and item.stateful else compiler.everything.whole
        for way in product(INTERFACES, INTERFACES):
            before = compiler.permitted(whole, *way) & relevant
            assert compiler.permitted(less, *way) & relevant == before


def kinds(item: Filter) -> dict[str, Kind]:
    """Return what is wrong with each rule by name."""
    return {each.rule.name: each.kind for each in anomalies(item, INTERFACES)}


@settings(max_examples=30, deadline=None)
@given(written_filters())
def test_rules_that_never_meet_may_change_places(item: Filter) -> None:
    """Of two neighbours that no packet meets both of, it does not matter which comes first."""
    rules = item.rules or ()
    for at, (one, other) in enumerate(pairwise(rules)):
        apart = not any(fits(one, p) and fits(other, p) for p in WORLD)
        if apart and one.source == other.source == NOWHERE:
            swapped = (*rules[:at], other, one, *rules[at + 2 :])
            assert kinds(replace(item, rules=swapped)) == kinds(item)


@settings(max_examples=40, deadline=None)
@given(written_filters())
def test_a_deny_with_something_left_to_deny_is_no_anomaly_even_if_the_default_denies_too(
    item: Filter,
) -> None:
    """An explicit deny of all at the end changes nothing, unless nothing gets that far."""
    item = replace(item, default=Action.DENY)
    last = Rule(Action.DENY, "last")
    rules = item.rules or ()
    surely = [rule for rule in rules if is_decidable(rule)]
    arrives = any(not any(fits(r, p) for r in surely) for p, _ in Judge(item).new)
    after = kinds(replace(item, rules=(*rules, last)))
    assert (after.pop("last", None) is None) == arrives
    assert after == kinds(item)


@settings(max_examples=40, deadline=None)
@given(written_filters(), st.booleans())
def test_a_rule_split_in_two_is_as_good_as_one(item: Filter, permits: bool) -> None:
    """A rule nothing else reaches into may become two that cover the same."""
    action = Action.PERMIT if permits else Action.DENY
    low, high = (
        AddressMatch((AddressRange(ip_address(f"192.0.2.{a}"), ip_address(f"192.0.2.{b}")),))
        for a, b in ((0, 99), (100, 255))
    )
    elsewhere = [r for r in item.rules or () if not holds(r.destinations, "192.0.2.1")]
    item = replace(item, rules=tuple(elsewhere), default=Action.DENY if permits else item.default)
    rules = item.rules or ()
    both = AddressMatch((*(low.ranges or ()), *(high.ranges or ())))
    whole = (Rule(action, "whole", destinations=both), *rules)
    parts = tuple(Rule(action, f"part {m.ranges}", destinations=m) for m in (low, high))
    assert kinds(replace(item, rules=whole)) == kinds(item)
    assert kinds(replace(item, rules=(*parts, *rules))) == kinds(item)


def test_a_list_that_is_not_declared_has_no_anomalies() -> None:
    """There is nothing to say of it."""
    assert anomalies(Filter("undeclared", None)) == ()


@pytest.mark.parametrize("service", [(), (Service(TCP), Service(UDP), Service(1), Service(None))])
def test_a_permit_of_everything_is_one_however_it_is_written(
    service: tuple[Service, ...],
) -> None:
    """`any`, 0.0.0.0/0 and services that include any service say the same."""
    whole = AddressMatch((AddressRange(ip_address("0.0.0.0"), ip_address("255.255.255.255")),))
    for match in (ANY_ADDRESS, whole):
        rule = Rule(
            Action.PERMIT, "any", destinations=match, services=service, in_interfaces=("a",)
        )
        assert kinds(Filter("one", (rule,))) == {"any": Kind.ANY_ANY}
