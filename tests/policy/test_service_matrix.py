"""The matrix of one firewall: classes of equal rights, held against a verified analyser."""

import os
import re
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonecheck.formats import Problems
from zonecheck.formats.iptables.read_save import read_openers
from zonecheck.formats.iptables.save_text import read_save
from zonecheck.model.filter import Action, Filter
from zonecheck.model.service import PortRange, Service
from zonecheck.packets import Box, Intervals, normalise
from zonecheck.policy.questions.service_matrix import (
    Rights,
    ServiceMatrix,
    matrix_of_rules,
    rights_of,
)

CORPUS = os.environ.get("ZONECHECK_CORPUS")
needs_corpus = pytest.mark.skipif(CORPUS is None, reason="ZONECHECK_CORPUS is unset")
FIREWALLS = (("medium-sized-company", "FORWARD"), ("veroneau", "INPUT"))
SPAN = re.compile(r"\{?(\d+(?:\.\d+){3})(?: \.\. (\d+(?:\.\d+){3})\})?")


def answered(name: str, chain: str, port: int) -> ServiceMatrix:
    """Return our answer for a firewall of the corpus, from source port 10000."""
    problems = Problems()
    path = Path(CORPUS or "") / "iptables" / f"{name}.iptables-save"
    tables = read_save(str(path), problems)
    problems.raise_if_any()
    assert tables is not None
    found = read_openers(tables, chain, 4, problems)
    problems.raise_if_any()
    assert found is not None
    service = Service(6, (PortRange(port, port),), (PortRange(10000, 10000),))
    return matrix_of_rules(chain, {4: Filter(chain, found[0], Action.DENY)}, service)


def expected(name: str, chain: str, port: int) -> tuple[set[Intervals], set[tuple[Intervals, ...]]]:
    """Return the analyser's classes as address sets, and its pairs of them."""
    path = Path(CORPUS or "") / "iptables" / "expected" / f"{name}.{chain}.txt"
    part = path.read_text(encoding="utf-8").split(f"10000->{port} ")[1].split("=========== TCP")[0]
    classes: dict[str, Intervals] = {}
    for letter, text in re.findall(r"^(\w+) \|-> (.+)$", part, re.MULTILINE):
        spans = [
            (int(ip_address(low)), int(ip_address(high or low))) for low, high in SPAN.findall(text)
        ]
        classes[letter] = normalise(spans, (1 << 32) - 1)
    pairs = re.findall(r"^\((\w+),(\w+)\)$", part, re.MULTILINE)
    return set(classes.values()), {(classes[one], classes[other]) for one, other in pairs}


@needs_corpus
@pytest.mark.parametrize("port", [22, 80])
@pytest.mark.parametrize(("name", "chain"), FIREWALLS)
def test_real_firewalls_have_the_rights_the_verified_analyser_finds(
    name: str, chain: str, port: int
) -> None:
    """Classes are the same address sets, and the same classes may open the service to the same."""
    (rights,) = answered(name, chain, port).rights
    classes, pairs = expected(name, chain, port)
    assert len(classes) > 1
    assert set(rights.classes) == classes
    found = {(rights.classes[one], rights.classes[other]) for one, other in rights.pairs}
    assert found == pairs


VALUES = st.integers(0, 15)
SPANS = st.lists(st.tuples(VALUES, VALUES).map(lambda pair: (min(pair), max(pair))), min_size=1)
ENDS = st.lists(st.tuples(SPANS, SPANS), max_size=4)
ALL = 0xFFFFFFFF


def boxes(drawn: list[tuple[list[tuple[int, int]], list[tuple[int, int]]]]) -> list[Box]:
    """Return boxes between drawn destinations and sources, the last values at the top end."""

    def placed(spans: list[tuple[int, int]]) -> Intervals:
        return normalise([(low, high if high < 15 else ALL) for low, high in spans], ALL)

    free = ((0, 255),)
    return [Box(4, placed(dst), placed(src), free, free, free, free) for dst, src in drawn]


def reached(rights: Rights, source: int, destination: int) -> bool:
    """Return what a matrix says of two addresses."""
    numbers = [
        next(
            number
            for number, parts in enumerate(rights.classes)
            if any(low <= address <= high for low, high in parts)
        )
        for address in (source, destination)
    ]
    return (numbers[0], numbers[1]) in rights.pairs


@given(ENDS)
def test_classes_part_all_addresses_and_say_just_who_reaches_whom(
    drawn: list[tuple[list[tuple[int, int]], list[tuple[int, int]]]],
) -> None:
    """Every address is in one class, and two addresses reach each other as some box says."""
    listed = boxes(drawn)
    rights = rights_of(4, listed)
    assert normalise([part for each in rights.classes for part in each], ALL) == ((0, ALL),)
    assert sum(h - low + 1 for each in rights.classes for low, h in each) == ALL + 1
    within = [*range(17), ALL]
    for source in within:
        for destination in within:
            direct = any(
                any(low <= destination <= high for low, high in box.dst)
                and any(low <= source <= high for low, high in box.src)
                for box in listed
            )
            assert reached(rights, source, destination) == direct


@given(ENDS)
def test_no_two_classes_have_equal_rights(
    drawn: list[tuple[list[tuple[int, int]], list[tuple[int, int]]]],
) -> None:
    """A class differs from every other in whom it reaches or by whom it is reached."""
    rights = rights_of(4, boxes(drawn))
    numbers = range(len(rights.classes))
    told = {
        (
            frozenset(other for one, other in rights.pairs if one == number),
            frozenset(one for one, other in rights.pairs if other == number),
        )
        for number in numbers
    }
    assert len(told) == len(rights.classes)
