"""Chains laid out as one list decide as the chains do: held against oxidd and an interpreter."""

from functools import cache, reduce
from operator import and_, or_
from typing import NamedTuple

import pytest
from benchmarks.binary_diagrams import BinaryHeaders
from hypothesis import given, settings
from hypothesis import strategies as st
from oxidd.bdd import BDDFunction

from tests.formats.iptables.chains import (
    INTERFACES,
    PREFIXES,
    STATES,
    SYN,
    Drawn,
    DrawnLine,
    Packet,
    accepts,
    number_of,
    tables,
)
from tests.packets.test_rule_lists import as_binary, valid_headers
from zonecheck.dataplane.filtering import FilterCompiler
from zonecheck.formats import Problems
from zonecheck.formats.iptables.interfaces import Interfaces
from zonecheck.formats.iptables.model_rules import RuleMaker
from zonecheck.formats.iptables.product import State
from zonecheck.formats.iptables.read_save import Path, _Layout, read_path
from zonecheck.formats.iptables.save_text import parse_save
from zonecheck.model.closure import Closure
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.packets import ICMP_OF, TCP, Header, Interval, PacketSet, PacketSpace

RUNS = settings(max_examples=250, deadline=None)
ERRORS = {4: (3, 4, 5, 11, 12), 6: (1, 2, 3, 4)}
CLOSED = Interfaces({name: name for name in INTERFACES}, closed=True)


def layout(drawn: Drawn) -> _Layout:
    """Return the steps of drawn chains."""
    problems = Problems()
    found = _Layout(parse_save(drawn.text, "drawn", problems), drawn.version, CLOSED, problems)
    found.add("filter", "FORWARD")
    assert list(problems) == []
    return found


def permitted(
    space: PacketSpace, rules: tuple[Rule, ...], inward: str, closure: Closure, version: int
) -> PacketSet:
    """Return the whole headers of an IP version that rules permit from one interface."""
    item = Filter("f", rules, Action.DENY)
    return FilterCompiler(space, closure).permitted(item, inward, "eth1").whole.only(version)


@cache
def binary(version: int) -> tuple[BinaryHeaders, BDDFunction]:
    """Return the encoding of an IP version and its valid whole headers."""
    headers = BinaryHeaders(version, 1 << 20, 1 << 18)
    free: list[list[Interval] | None] = [None] * 5
    whole = headers.box([*free, [(0, 1)]])
    return headers, valid_headers(headers, version) & whole


class Guess(NamedTuple):
    """What unknown matches answer, and the flags that TCP packets of both kinds have."""

    answers: dict[DrawnLine, bool] = {}  # noqa: RUF012 - never changed
    flags: dict[int, frozenset[str]] = {}  # noqa: RUF012 - never changed


def matched(line: DrawnLine, version: int, state: str, inward: str, guess: Guess) -> BDDFunction:
    """Return what a line matches of packets in a state from an interface, as a diagram."""
    headers, _ = binary(version)
    parts = [headers.true]

    def of(level: int, values: tuple[Interval, ...], *, negated: bool) -> None:
        box = [list(values) if number == level else None for number in range(6)]
        found = headers.box(box)
        parts.append(~found if negated else found)

    if line.protocol is not None:
        number = number_of(line.protocol, version)
        of(2, ((number, number),), negated=line.protocol_negated)
    asks = ((1, line.src), (0, line.dst), (3, line.dports), (4, line.sports), (3, line.type))
    for level, ask in asks:
        if ask is not None:
            of(level, ask.values, negated=ask.negated)
    if line.states is not None and (state in line.states) is line.states_negated:
        return headers.false
    if line.inward is not None and (inward == line.inward) is line.inward_negated:
        return headers.false
    if line.unknown and not guess.answers[line]:
        return headers.false
    if line.syn is not None:
        fitting = [kind for kind, flags in guess.flags.items() if SYN[line.syn](flags)]
        if not fitting:
            return headers.false
        of(5, tuple((kind, kind) for kind in fitting), negated=False)
    return reduce(and_, parts)


def accepted(
    drawn: Drawn,
    state: str,
    inward: str,
    guess: Guess = Guess(),  # noqa: B008 - immutable
) -> BDDFunction:
    """Return what the chains let through, every packet at once."""
    headers, valid = binary(drawn.version)

    def walk(chain: str, live: BDDFunction) -> tuple[BDDFunction, BDDFunction]:
        through, back = headers.false, headers.false
        for line in drawn.chains[chain]:
            hit = live & matched(line, drawn.version, state, inward, guess)
            target = line.target
            if target in (None, "LOG"):
                continue
            live = live & ~hit
            if target == "ACCEPT":
                through = through | hit
            elif target == "RETURN":
                back = back | hit
            elif target in drawn.chains:
                inside, returned = walk(str(target), hit)
                through = through | inside
                if line.goto:
                    back = back | returned
                else:
                    live = live | returned
        return through, back | live

    through, back = walk("FORWARD", valid)
    return through | back if drawn.policy == "ACCEPT" else through


@RUNS
@given(tables(), st.sampled_from(INTERFACES), st.sampled_from(STATES))
def test_a_list_accepts_just_what_its_chains_accept(drawn: Drawn, inward: str, state: str) -> None:
    """For packets of one state the two diagrams are one, with jumps, gotos, returns, negations."""
    headers, _ = binary(drawn.version)
    steps = layout(drawn)
    rules = RuleMaker(steps.universe)._of_state(steps.steps, State(state), untracked=False)
    space = PacketSpace()
    expected = accepted(drawn, state, inward)
    for closure in Closure:
        found = permitted(space, rules, inward, closure, drawn.version)
        assert as_binary(headers, found) == expected


@settings(RUNS, max_examples=60)
@given(tables(), st.sampled_from(INTERFACES))
def test_what_is_read_holds_for_every_state_a_packet_may_be_in(drawn: Drawn, inward: str) -> None:
    """New packets lie between the closures, invalid ones below the upper; sessions are exact."""
    version = drawn.version
    headers, valid = binary(version)
    problems = Problems()
    found = read_path(
        parse_save(drawn.text, "drawn", problems), Path.FORWARD, version, CLOSED, problems
    )
    assert found is not None
    space = PacketSpace()
    upper, lower = (
        as_binary(headers, permitted(space, found.new, inward, closure, version))
        for closure in (Closure.UPPER, Closure.LOWER)
    )
    new, invalid = (accepted(drawn, state, inward) for state in ("NEW", "INVALID"))
    assert (new | invalid) & ~upper == headers.false
    if version == 6:
        # Neighbour discovery is never tracked.
        assert accepted(drawn, "UNTRACKED", inward) & ~upper == headers.false
    assert lower & ~new == headers.false
    kinds = [(kind, kind) for kind in ERRORS[version]]
    protocol = ICMP_OF[version]
    errors = valid & headers.box([None, None, [(protocol, protocol)], kinds, None, None])
    established, related = (accepted(drawn, state, inward) for state in ("ESTABLISHED", "RELATED"))
    expected = (errors & related) | (~errors & established)
    if found.sessions is None:
        assert expected == valid
    else:
        sessions = permitted(space, found.sessions, inward, Closure.UPPER, version)
        assert as_binary(headers, sessions) == expected


FLAGS = {
    0: (frozenset({"SYN"}), frozenset(), frozenset({"FIN"}), frozenset({"SYN", "PSH"})),
    1: (frozenset({"ACK"}), frozenset({"ACK", "PSH"}), frozenset({"RST"})),
}


@st.composite
def headers_near(draw: st.DrawFn, version: int) -> Header:
    """Draw a header at the edges of what lines ask for."""
    ends = [low for low, _ in PREFIXES[version]] + [5]
    protocol = draw(st.sampled_from((TCP, TCP, 17, ICMP_OF[version], 47)))
    numbered = protocol in (TCP, 17)
    port = draw(st.sampled_from((0, 22, 80, 85, 91, 443, 444, 1024)))
    kind = draw(st.sampled_from((0, 3, 8, 9)))
    return Header(
        version,
        draw(st.sampled_from(ends)),
        draw(st.sampled_from(ends)),
        protocol,
        port if numbered else kind if protocol == ICMP_OF[version] else 0,
        draw(st.sampled_from((0, 80, 1024))) if numbered else 0,
        draw(st.integers(0, 1)) if protocol == TCP else 0,
    )


@settings(RUNS, max_examples=100)
@given(st.data(), tables(rich=True), st.sampled_from(INTERFACES), st.sampled_from(STATES))
def test_no_packet_fares_otherwise_than_both_closures_allow(
    data: st.DataObject, drawn: Drawn, inward: str, state: str
) -> None:
    """Whatever unknown matches answer and whatever flags TCP packets have; the interpreter agrees.

    The lower closure speaks of openers with SYN alone, and of what tracking does not call invalid.
    """
    version = drawn.version
    headers, valid = binary(version)
    unknown = [line for chain in drawn.chains.values() for line in chain if line.unknown]
    answers = {line: data.draw(st.booleans()) for line in dict.fromkeys(unknown)}
    flags = {kind: data.draw(st.sampled_from(FLAGS[kind])) for kind in FLAGS}
    passes = accepted(drawn, state, inward, Guess(answers, flags))
    for header in data.draw(st.lists(headers_near(version), max_size=3)):
        packet = Packet(
            *(header.src, header.dst, header.protocol, header.dst_port, header.src_port),
            flags[header.flag] if header.protocol == TCP else frozenset(),
            state,
            inward,
        )
        point = headers.box([[(value, value)] for value in header.values()])
        assert (point & passes != headers.false) == accepts(drawn, packet, answers.__getitem__)
    problems = Problems()
    found = read_path(
        parse_save(drawn.text, "drawn", problems), Path.FORWARD, version, CLOSED, problems
    )
    assert found is not None
    of_session = state in ("ESTABLISHED", "RELATED")
    rules = found.sessions if of_session else found.new
    if rules is None:
        assert passes == valid
        return
    kinds = [(kind, kind) for kind in ERRORS[version]]
    protocol = [(ICMP_OF[version], ICMP_OF[version])]
    errors = valid & headers.box([None, None, protocol, kinds, None, None])
    asked = errors if state == "RELATED" else valid & ~errors if of_session else valid
    space = PacketSpace()
    upper, lower = (
        as_binary(headers, permitted(space, rules, inward, closure, version))
        for closure in (Closure.UPPER, Closure.LOWER)
    )
    if state != "UNTRACKED" or version == 6:
        assert passes & asked & ~upper == headers.false
    if state not in ("INVALID", "UNTRACKED") and flags[0] == {"SYN"}:
        assert lower & asked & ~passes == headers.false


def test_interpreter_and_diagrams_agree_on_a_table_written_by_hand() -> None:
    """A return, a goto and a negation, worked out on paper."""
    text = """*filter
:FORWARD DROP [0:0]
:ONE - [0:0]
:TWO - [0:0]
-A FORWARD -s 10.0.0.0/8 -j ONE
-A FORWARD -p tcp -m tcp --dport 22 -j ACCEPT
-A ONE -p udp -j RETURN
-A ONE ! -d 10.1.0.0/16 -g TWO
-A ONE -j ACCEPT
-A TWO -p tcp -m tcp --dport 80 -j ACCEPT
COMMIT
"""
    problems = Problems()
    found = read_path(parse_save(text, "x", problems), Path.FORWARD, 4, CLOSED, problems)
    assert found is not None
    space = PacketSpace()
    passed = permitted(space, found.new, "eth0", Closure.LOWER, 4)
    inside, near, away = 0x0A000001, 0x0A010001, 0xC0A80001

    def passes(src: int, dst: int, protocol: int, port: int) -> bool:
        return passed.contains(Header(4, dst, src, protocol, port, 9))

    assert passes(inside, near, TCP, 5)
    assert passes(inside, away, TCP, 80)
    assert passes(inside, away, TCP, 22)
    assert not passes(inside, away, TCP, 5)
    assert not passes(inside, near, 17, 22)
    assert passes(away, inside, TCP, 22)
    assert not passes(away, inside, TCP, 80)
    assert found.sessions == found.new


@pytest.mark.parametrize(
    ("asked", "above", "below"),
    [
        ("-m recent --update", True, False),
        ("-p tcp -m tcp --syn", True, False),
        ("-p tcp -m tcp ! --syn", True, False),
        ("-p udp", False, False),
        ("-p tcp", True, True),
    ],
)
def test_a_return_that_may_match_leaves_what_follows_in_doubt(
    asked: str, above: bool, below: bool
) -> None:
    """A TCP opener is dropped after the return, unless it did return; headers are not only SYN."""
    head = "*filter\n:FORWARD ACCEPT [0:0]\n:ONE - [0:0]\n-A FORWARD -j ONE\n"
    text = f"{head}-A ONE {asked} -j RETURN\n-A ONE -j DROP\nCOMMIT\n"
    problems = Problems()
    found = read_path(parse_save(text, "x", problems), Path.FORWARD, 4, CLOSED, problems)
    assert found is not None
    space = PacketSpace()
    upper, lower = (
        permitted(space, found.new, "eth0", closure, 4).contains(Header(4, 1, 2, TCP, 80, 9))
        for closure in (Closure.UPPER, Closure.LOWER)
    )
    assert (upper, lower) == (above, below)


@pytest.mark.parametrize(("verdict", "uncertain"), [("ACCEPT", None), ("DROP", "--syn")])
def test_a_match_on_syn_is_certain_for_a_permit_and_not_for_a_deny(
    verdict: str, uncertain: str | None
) -> None:
    """The opener with SYN is what a permit is about; a deny lets other flags through."""
    text = f"*filter\n:FORWARD DROP [0:0]\n-A FORWARD -p tcp --syn -j {verdict}\nCOMMIT\n"
    problems = Problems()
    found = read_path(parse_save(text, "x", problems), Path.FORWARD, 4, CLOSED, problems)
    assert found is not None
    assert (found.new[0].uncertain, found.new[0].services[0].opening) == (uncertain, True)


def test_drawn_tables_have_every_kind_of_line() -> None:
    """Otherwise the laws above would say less than they seem to."""
    seen: list[Drawn] = []

    @settings(max_examples=200, deadline=None, database=None, derandomize=True)
    @given(tables(rich=True))
    def gather(drawn: Drawn) -> None:
        seen.append(drawn)

    gather()
    listed = [line for drawn in seen for chain in drawn.chains.values() for line in chain]
    for wanted in ("ACCEPT", "DROP", "REJECT", "RETURN", "LOG", None, "THREE"):
        assert any(line.target == wanted for line in listed)
    assert any(line.goto for line in listed)
    assert any(line.unknown and line.target == "RETURN" for line in listed)
    assert any(line.src is not None and line.src.negated for line in listed)
    assert reduce(or_, ({line.states is not None} for line in listed)) == {True, False}
