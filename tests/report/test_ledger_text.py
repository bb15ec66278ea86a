"""The ledger in text: as long as there is something to say, and no longer."""

from dataclasses import replace

import pytest

from tests.report import samples
from zonecheck.policy.verdict import Assumption, CheckResult, Status
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.text.ledger import (
    MOST_CHECKS,
    declared_values,
    ground_text,
    ledger_lines,
)
from zonecheck.report.words import phrase

SHARED = Assumption("proxy-arp", "fw", samples.at(1))
OTHER = Assumption("management", "fw", samples.at(2))


def checks(first: int, count: int, *assumptions: Assumption) -> tuple[CheckResult, ...]:
    """Return holding checks that rest on some assumptions."""
    return tuple(
        CheckResult(f"check-{number}", Status.HOLDS, None, assumptions=assumptions)
        for number in range(first, first + count)
    )


def resting_line(results: tuple[CheckResult, ...], lang: Lang, *, verbose: bool = False) -> str:
    """Return what is said to rest on the shared assumption."""
    given = replace(samples.empty(), results=results, assumptions=(SHARED,))
    return ledger_lines(given, lang, verbose=verbose)[-1]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("resting", "others"), [(80, 0), (80, 3), (40, 40), (3, 80)])
def test_no_line_of_the_ledger_names_more_than_a_few_checks(
    resting: int, others: int, lang: Lang
) -> None:
    """Those that rest on an assumption are counted, or those are named that do not."""
    results = (*checks(0, resting, SHARED), *checks(resting, others, OTHER))
    line = resting_line(results, lang)
    assert line.count("check-") <= MOST_CHECKS
    if resting > MOST_CHECKS:
        assert str(resting) in line or str(resting - MOST_CHECKS) in line
    for each in checks(resting, others if others <= MOST_CHECKS else 0):
        assert each.check in line


@pytest.mark.parametrize("lang", LANGS)
def test_all_that_rests_on_an_assumption_is_named_on_request(lang: Lang) -> None:
    """`-v` keeps nothing back."""
    line = resting_line(checks(0, 80, SHARED), lang, verbose=True)
    assert line.count("check-") == 80


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("values", [("false",), ("true",), ("ids", "sandbox"), ()])
def test_a_declared_value_is_no_basis(values: tuple[str, ...], lang: Lang) -> None:
    """It is told as what is declared, also if that is nothing; a basis is told where one is."""
    bare = Assumption("attribute-capabilities", "fw", samples.at(3), declared=values)
    word = phrase(lang, "report.basis", basis="")
    assert word not in ground_text(bare, lang)
    told = phrase(lang, "report.declared", values=declared_values(bare, lang))
    assert ground_text(bare, lang) == told
    assert "true" not in told
    assert "false" not in told
    grounded = replace(bare, basis="contract 7")
    assert ground_text(grounded, lang).startswith(told)
    assert ground_text(grounded, lang).endswith(phrase(lang, "report.basis", basis="contract 7"))
