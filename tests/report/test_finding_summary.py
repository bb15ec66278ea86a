"""A finding is told once: evidence is what its sentence does not say already."""

from dataclasses import replace

import pytest

from tests.report import samples
from zonecheck.model.message import Message
from zonecheck.policy.verdict import CheckResult, Finding, MissingControl, Status
from zonecheck.report.finding_summary import evidence_lines
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.text.verification import render_text
from zonecheck.report.words import phrase

AT = samples.at(5)
MESSAGE = Message.of("zone-assignment.link", node="sw1/1", tags="lgwan", zones="internet")


def finding(control: MissingControl) -> Finding:
    """Return a finding about one place, with what is missing there or elsewhere."""
    return Finding(MESSAGE, (), control, AT)


@pytest.mark.parametrize("lang", LANGS)
def test_a_control_that_is_missing_where_the_sentence_says_is_not_told_again(lang: Lang) -> None:
    """In no format: the text report has lines of its own."""
    found = finding(MissingControl("sw1/1", AT))
    assert evidence_lines(found, lang) == []
    result = CheckResult("zone-assignment", Status.VIOLATED, None, findings=(found,))
    given = replace(samples.empty(), results=(result,))
    text = render_text(given, samples.topology(), samples.profile(), lang)
    assert text.count("sw1/1") == 1
    assert phrase(lang, "report.missing-control", place="") not in text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "control", [MissingControl("sw2/7", AT), MissingControl("sw1/1", samples.at(9))]
)
def test_a_control_that_is_missing_elsewhere_is_told(control: MissingControl, lang: Lang) -> None:
    """Another element, or another line of the file."""
    (line,) = evidence_lines(finding(control), lang)
    assert control.place in line
    assert str(control.source.line) in line
