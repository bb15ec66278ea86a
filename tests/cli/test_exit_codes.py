"""Exit codes: what they are, and that no format has a say in them."""

from collections.abc import Callable
from importlib import import_module
from itertools import product

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.report import samples
from zonecheck.cli import main
from zonecheck.cli.exit_code import LEVELS, exit_code
from zonecheck.cli.format_names import IN_FILES
from zonecheck.cli.verify_formats import FORMATS as EVERY_FORMAT
from zonecheck.model.profile import CheckPolicy
from zonecheck.policy.verdict import CheckResult, Status, Verification

FORMATS = tuple(form for form in EVERY_FORMAT if form not in IN_FILES)
OPTIONS = ((), ("--allow-unknown",), ("--fail-on", "advice"), ("-v",), ("-q",), ("--lang", "en"))


def verdict(status: Status, level: str = "error", check: str = "zone-assignment") -> CheckResult:
    """Return a bare verdict."""
    return CheckResult(check, status, CheckPolicy(check, (), level))


def verification(*results: CheckResult) -> Verification:
    """Return bare verdicts together."""
    return Verification("n", "f", "p", results, (), ())


@pytest.mark.parametrize(
    ("results", "fail_on", "allow", "code"),
    [
        ((), "error", False, 0),
        ((verdict(Status.HOLDS),), "error", False, 0),
        ((verdict(Status.VIOLATED),), "error", False, 1),
        ((verdict(Status.UNKNOWN),), "error", False, 2),
        ((verdict(Status.UNKNOWN),), "error", True, 0),
        ((verdict(Status.VIOLATED), verdict(Status.UNKNOWN)), "error", False, 1),
        ((verdict(Status.VIOLATED, "warning"),), "error", False, 0),
        ((verdict(Status.VIOLATED, "warning"),), "warning", False, 1),
        ((verdict(Status.VIOLATED, "advice"),), "warning", False, 0),
        ((verdict(Status.VIOLATED, "advice"),), "advice", False, 1),
        ((verdict(Status.WAIVED), verdict(Status.NOT_IN_PROFILE)), "error", False, 0),
        ((verdict(Status.NOT_RUN),), "error", False, 0),
    ],
)
def test_the_code_says_the_worst(
    results: tuple[CheckResult, ...], fail_on: str, allow: bool, code: int
) -> None:
    """1 is a violation at or above the level, else 2 is something unknown, else 0."""
    assert exit_code(verification(*results), fail_on, allow_unknown=allow) == code


def test_what_was_asked_for_and_not_run_is_unknown() -> None:
    """A check asked for by name that needs an input not given is no success."""
    assert exit_code(verification(verdict(Status.NOT_RUN)), asked=("zone-assignment",)) == 2


@given(
    st.lists(st.tuples(st.sampled_from(Status), st.sampled_from(LEVELS))),
    st.sampled_from(LEVELS),
)
def test_unknown_is_never_success(found: list[tuple[Status, str]], fail_on: str) -> None:
    """Exit code 0 without `--allow-unknown` means that nothing is unknown."""
    results = verification(*(verdict(status, level) for status, level in found))
    if exit_code(results, fail_on) == 0:
        assert all(status is not Status.UNKNOWN for status, _ in found)


@pytest.mark.parametrize("make", [samples.verification, samples.holding, samples.empty])
@pytest.mark.parametrize("options", OPTIONS)
def test_the_code_never_depends_on_the_format(
    make: Callable[[], Verification],
    options: tuple[str, ...],
    verdicts: Callable[[Verification], None],
) -> None:
    """Every format of the same verdicts ends in the same code."""
    verdicts(make())
    codes = {
        CliRunner().invoke(main, ["verify", "x", "--format", form, *options]).exit_code
        for form in FORMATS
    }
    assert len(codes) == 1


@pytest.mark.parametrize(("form", "lang"), list(product(FORMATS, ("ja", "en"))))
def test_bad_input_ends_in_two_whatever_the_format(form: str, lang: str) -> None:
    """A file that is not there is said on stderr, in one line or more, without a traceback."""
    arguments = ["verify", "nowhere.zones.yaml", "--format", form, "--lang", lang]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "nowhere.zones.yaml" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_unexpected_error_is_one_line_and_two(
    lang: str, sample_design: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug of ours reads as such, never as a verdict."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr(import_module("zonecheck.cli.verify"), "verify_topology", fail)
    result = CliRunner().invoke(main, ["verify", "x", "--lang", lang])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "ZeroDivisionError: two lines" in result.stderr
    debug = CliRunner().invoke(main, ["verify", "x", "--debug"])
    assert isinstance(debug.exception, ZeroDivisionError)


def test_interruption_is_130(sample_design: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is no verdict either."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(import_module("zonecheck.cli.verify"), "verify_topology", interrupt)
    assert CliRunner().invoke(main, ["verify", "x"]).exit_code == 130


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify"],
        ["nothing"],
        ["verify", "x", "--format", "docx"],
        ["verify", "x", "--check", "no-such-check"],
        ["verify", "x", "--profile", "no-such-profile"],
    ],
)
def test_wrong_usage_is_two(arguments: list[str], sample_design: None) -> None:
    """Usage errors do not read as violations."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
