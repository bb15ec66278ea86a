"""Workflow commands: one a finding, and no name begins another."""

import re
from urllib.parse import unquote

import pytest

from tests.report import samples
from tests.report.test_golden import same_as_golden
from tests.report.wholes import (
    HOSTILE,
    SAMPLES,
    THRESHOLDS,
    hostile,
    of_every_kind,
    whole_of,
)
from zonecheck.policy.verdict import Status
from zonecheck.policy.weight import Weigh
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.machine.annotations import render_annotations
from zonecheck.report.printable import printable

COMMAND = re.compile(
    r"::(?P<level>error|warning|notice) file=(?P<file>[^,:]*),line=[1-9][0-9]*(,col=[1-9][0-9]*)?"
    r",title=(?P<title>[^,:]*)::(?P<body>.*)"
)
ORDER = ["error", "warning", "notice"]


def commands(text: str) -> list[re.Match[str]]:
    """Return the commands of a text that has nothing else in it."""
    lines = text.removesuffix("\n").split("\n")
    found = [COMMAND.fullmatch(line) for line in lines]
    assert None not in found, text
    return [each for each in found if each is not None]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_each_finding_has_an_annotation(name: str, lang: Lang) -> None:
    """And each missing declaration; one more sums up and comes first."""
    verification = SAMPLES[name]()
    shown = (Status.VIOLATED, Status.WAIVED, Status.UNKNOWN)
    results = [result for result in verification.results if result.status in shown]
    expected = sum(len(result.findings) + len(result.missing) for result in results)
    found = commands(render_annotations(whole_of(verification), lang))
    assert len(found) == expected + 1
    assert found[0]["title"] == "zonecheck"
    levels = [ORDER.index(each["level"]) for each in found[1:]]
    assert levels == sorted(levels)


@pytest.mark.parametrize("weigh", THRESHOLDS)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_an_error_is_there_exactly_where_the_command_fails(name: str, weigh: Weigh) -> None:
    """Nobody looks at the annotations of a green job for errors, or at a red one for none."""
    whole = whole_of(SAMPLES[name](), weigh)
    found = commands(render_annotations(whole, "en"))
    errors = [each for each in found[1:] if each["level"] == "error"]
    assert bool(errors) is (whole.exit_code != 0)
    assert (found[0]["level"] == "error") is (whole.exit_code != 0)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_begins_a_command(text: str, lang: Lang) -> None:
    """As many commands as without it, of the same levels, and the name reads back."""
    found = commands(render_annotations(hostile(text), lang))
    tame = commands(render_annotations(of_every_kind(), lang))
    assert [each["level"] for each in found] == [each["level"] for each in tame]
    bodies = "".join(unquote(each["body"]) for each in found)
    assert printable(text) in bodies
    assert printable(text) in unquote(found[1]["file"])


def test_places_are_those_of_the_findings() -> None:
    """File, line and column."""
    text = render_annotations(whole_of(samples.verification()), "en")
    assert "file=sample.zones.yaml,line=52,col=3," in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_commands_are_as_reviewed(lang: Lang) -> None:
    """Word for word."""
    same_as_golden(f"everything.{lang}.github.txt", render_annotations(of_every_kind(), lang))
