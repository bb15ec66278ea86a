"""Root causes come first, and nothing is lost in the ordering."""

from hypothesis import given
from hypothesis import strategies as st

from zonecheck.policy.verdict import CheckResult, Status
from zonecheck.report.text.root_causes import by_root_cause

IDS = ("a", "b", "c", "d", "e")


def _result(check: str, *causes: str, status: Status = Status.VIOLATED) -> CheckResult:
    return CheckResult(check, status, None, consequence_of=causes)


def test_consequences_stand_under_their_cause() -> None:
    """Whatever the order of the results, a cause stands before what it entails."""
    results = [_result("c", "b"), _result("b", "a"), _result("a"), _result("d")]
    found = [(result.check, depth) for result, depth in by_root_cause(results)]
    assert found == [("a", 0), ("b", 1), ("c", 2), ("d", 0)]


def test_a_cause_that_is_not_violated_is_none() -> None:
    """Only violated checks take part."""
    results = [_result("a", status=Status.HOLDS), _result("b", "a")]
    assert [(r.check, d) for r, d in by_root_cause(results)] == [("b", 0)]


@given(
    st.lists(
        st.tuples(st.sampled_from(IDS), st.lists(st.sampled_from(IDS), max_size=3)),
        unique_by=lambda pair: pair[0],
    )
)
def test_every_violated_check_is_shown_once(pairs: list[tuple[str, list[str]]]) -> None:
    """Also when causes are missing or go in circles."""
    results = [_result(name, *causes) for name, causes in pairs]
    shown = [result.check for result, _ in by_root_cause(results)]
    assert sorted(shown) == sorted(name for name, _ in pairs)
