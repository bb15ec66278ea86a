"""First-match lists: the compiled set is what the list says, header by header."""

from random import Random

import pytest
from benchmarks.binary_diagrams import BinaryHeaders
from benchmarks.rule_lists import STYLES, Style, rule_list
from hypothesis import given, settings
from hypothesis import strategies as st
from oxidd.bdd import BDDFunction

from tests.packets.drawing import GRIDS, first_match, rule_lists, versions
from zonecheck.packets import (
    ICMP_OF,
    MAXIMA,
    NOTHING,
    SCTP,
    TCP,
    UDP,
    Field,
    Header,
    Interval,
    PacketSet,
    PacketSpace,
    Rule,
    complement,
)
from zonecheck.packets.diagram import DiagramTable
from zonecheck.packets.rule_compiler import compile_rules, decisions_of, overlay_of_decisions
from zonecheck.packets.services import CellServices, services_for

drawn_lists = versions.flatmap(lambda version: st.tuples(st.just(version), rule_lists(version)))


def permitted(version: int, rules: list[Rule], *, default: bool) -> PacketSet:
    """Return the plane of `version` of a compiled list."""
    space = PacketSpace()
    lists = (rules, []) if version == 4 else ([], rules)
    return space.from_rules(*lists, default=default).only(version)


@given(drawn_lists, st.booleans())
def test_the_first_matching_rule_decides(drawn: tuple[int, list[Rule]], default: bool) -> None:
    """On every cell the compiled set agrees with walking the list from the top."""
    version, rules = drawn
    found = permitted(version, rules, default=default)
    for header in GRIDS[version]:
        assert found.contains(header) == first_match(rules, header, default=default)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
@pytest.mark.parametrize("default", [False, True])
def test_lists_of_many_blocks_keep_their_order(style: Style, default: bool) -> None:
    """Across block boundaries the earlier rule still wins, on headers near the rules' corners."""
    rules = rule_list(style, 700)
    found = permitted(4, rules, default=default)
    random = Random(7)
    for _ in range(600):
        header = _corner(random, rules)
        assert found.contains(header) == first_match(rules, header, default=default)


def _corner(random: Random, rules: list[Rule]) -> Header:
    """Return a header whose every field is a bound of some rule, or next to one."""
    first, second = random.sample(rules, 2)
    fields = []
    for field, name in ((Field.DST, "dst"), (Field.SRC, "src"), (Field.DST_PORT, "dst_ports")):
        intervals = getattr(random.choice((first, first, second)), name) or [(0, 9)]
        bound = random.choice(random.choice(intervals)) + random.choice((0, 0, -1, 1))
        fields.append(min(max(bound, 0), MAXIMA[4][field]))
    dst, src, port = fields
    protocol = random.choice((TCP, TCP, UDP))
    return Header(4, dst, src, protocol, port, random.randrange(1 << 16))


@settings(max_examples=50)
@given(versions.flatmap(lambda version: st.tuples(st.just(version), *[rule_lists(version, 4)] * 3)))
def test_overlay_is_associative_and_joins_lists(
    drawn: tuple[int, list[Rule], list[Rule], list[Rule]],
) -> None:
    """Overlaying the parts of a list, grouped either way, is compiling the whole list."""
    version, *parts = drawn
    decisions = [decisions_of(part, version) for part in parts]
    whole = decisions_of([*parts[0], *parts[1], *parts[2]], version)
    matches = {match[Field.PROTOCOL :] for match, _ in whole}
    for most_cells in (0, 1 << 20):
        services = services_for(DiagramTable(), version, matches, most_cells)
        assert isinstance(services, CellServices) == (most_cells > 0)
        a, b, c = (overlay_of_decisions(services, part, version) for part in decisions)
        left = services.overlay(services.overlay(a, b), c)
        right = services.overlay(a, services.overlay(b, c))
        assert left == right == overlay_of_decisions(services, whole, version)


@settings(max_examples=50)
@given(drawn_lists, st.booleans())
def test_cells_and_diagrams_compile_alike(drawn: tuple[int, list[Rule]], default: bool) -> None:
    """How services are held while compiling leaves no trace in the result."""
    version, rules = drawn
    space = PacketSpace()
    valid = space.everything.roots[version == 6]
    cells, diagrams = (
        compile_rules(space.table, rules, version, valid, default=default, most_cells=most)
        for most in (1 << 20, 0)
    )
    assert cells == diagrams


@settings(max_examples=50)
@given(drawn_lists)
def test_the_default_decides_exactly_the_unmatched(drawn: tuple[int, list[Rule]]) -> None:
    """Permit by default adds what deny by default leaves undecided, and no matched header."""
    version, rules = drawn
    space = PacketSpace()
    lists = (rules, []) if version == 4 else ([], rules)
    strict, lenient = (space.from_rules(*lists, default=default) for default in (False, True))
    inverted = [
        Rule(not r.permit, r.dst, r.src, r.protocols, r.dst_ports, r.src_ports, r.flags)
        for r in rules
    ]
    lists = (inverted, []) if version == 4 else ([], inverted)
    assert strict <= lenient
    assert ~space.from_rules(*lists, default=True) == strict


def test_none_and_empty_mean_any_and_nothing_is_written_out() -> None:
    """An unset field matches every header; `NOTHING`, a full complement, matches none."""
    space = PacketSpace()
    deny = {"default": False}
    assert space.from_rules([Rule(permit=True, dst=())], [Rule(permit=True)], **deny) == (
        space.everything
    )
    nothing = complement([(0, MAXIMA[4][Field.DST])], MAXIMA[4][Field.DST])
    assert nothing == NOTHING
    assert space.from_rules([Rule(permit=True, dst=nothing)], [], **deny).is_empty


def valid_headers(headers: BinaryHeaders, version: int) -> BDDFunction:
    """Return the valid headers as a binary diagram, written from the definition."""
    ports, icmp = [(TCP, TCP), (UDP, UDP), (SCTP, SCTP)], (ICMP_OF[version],) * 2
    zero: list[Interval] = [(0, 0)]
    others = complement([*ports, icmp], 255)
    return (
        headers.box([None, None, ports[:1], None, None, [(0, 1)]])
        | headers.box([None, None, [*ports, icmp], zero, zero, [(2, 2)]])
        | headers.box([None, None, ports[1:], None, None, zero])
        | headers.box([None, None, [icmp], [(0, 255)], zero, zero])
        | headers.box([None, None, others, zero, zero, zero])
    )


def as_binary(headers: BinaryHeaders, found: PacketSet) -> BDDFunction:
    """Return the set as a binary diagram, by way of its boxes."""
    result = headers.false
    for box in found.boxes():
        result = result | headers.box(box.fields)
    return result


@settings(max_examples=60, deadline=None)
@given(drawn_lists, st.booleans())
def test_binary_diagrams_agree(drawn: tuple[int, list[Rule]], default: bool) -> None:
    """Small lists give the same set, and the same number of headers, as oxidd's diagrams."""
    version, rules = drawn
    headers = BinaryHeaders(version)
    ours = permitted(version, rules, default=default)
    theirs = headers.permitted(rules, default=default) & valid_headers(headers, version)
    assert as_binary(headers, ours) == theirs
    assert sum(box.size for box in ours.boxes()) == theirs.sat_count(headers.bits)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_binary_diagrams_agree_on_lists_with_negated_matches(style: Style) -> None:
    """A list of several blocks, every seventh match negated, gives oxidd's set."""
    rules = [
        _negated(rule) if index % 7 == 0 else rule
        for index, rule in enumerate(rule_list(style, 150))
    ]
    headers = BinaryHeaders(4, 1 << 20, 1 << 18)
    ours = permitted(4, rules, default=False)
    theirs = headers.permitted(rules, default=False) & valid_headers(headers, 4)
    assert as_binary(headers, ours) == theirs


def _negated(rule: Rule) -> Rule:
    src = complement(rule.src, MAXIMA[4][Field.SRC]) if rule.src else None
    ports = complement(rule.dst_ports, MAXIMA[4][Field.DST_PORT]) if rule.dst_ports else None
    return Rule(rule.permit, rule.dst, src, rule.protocols, ports)
