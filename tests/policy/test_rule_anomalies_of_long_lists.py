"""Long lists, made and real: exactly what the naive method finds."""

import os
from pathlib import Path

import pytest
from benchmarks.naive_anomalies import called, naive_anomalies
from benchmarks.rule_anomalies import filter_of
from benchmarks.rule_lists import STYLES, Style

from zonecheck.formats import Problems
from zonecheck.formats.iptables.read_save import read_openers
from zonecheck.formats.iptables.save_text import read_save
from zonecheck.model.filter import Action, Filter
from zonecheck.policy.hygiene.rule_anomalies import anomalies

CORPUS = os.environ.get("ZONECHECK_CORPUS")
needs_corpus = pytest.mark.skipif(CORPUS is None, reason="ZONECHECK_CORPUS is unset")
FIREWALLS = (("medium-sized-company", "FORWARD"), ("veroneau", "INPUT"))


def found(item: Filter) -> dict[str, tuple[str, frozenset[str]]]:
    """Return the anomalies of a filter as the naive method says them."""
    return {
        called(each.rule): (each.kind.value, frozenset(map(called, each.causes)))
        for each in anomalies(item)
    }


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_thousand_made_rules_have_the_anomalies_the_naive_method_finds(style: Style) -> None:
    """Rule for rule the same kinds and the same causes, and there are some."""
    item = filter_of(style, 1_000)
    expected = naive_anomalies(item)
    assert expected
    assert found(item) == expected


@needs_corpus
@pytest.mark.parametrize("default", Action)
@pytest.mark.parametrize(("name", "chain"), FIREWALLS)
def test_real_firewalls_have_the_anomalies_the_naive_method_finds(
    name: str, chain: str, default: Action
) -> None:
    """Lines of the file become several rules, and many of those are undecidable."""
    problems = Problems()
    tables = read_save(str(Path(CORPUS or "") / "iptables" / f"{name}.iptables-save"), problems)
    problems.raise_if_any()
    assert tables is not None
    openers = read_openers(tables, chain, 4, problems)
    problems.raise_if_any()
    assert openers is not None
    item = Filter(chain, openers[0], default)
    assert len(openers[0]) > 10
    assert found(item) == naive_anomalies(item)
