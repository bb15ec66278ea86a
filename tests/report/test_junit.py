"""JUnit documents: valid, red exactly where the command fails, whatever names are in them."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from tests.report import samples
from tests.report.test_golden import same_as_golden
from tests.report.wholes import HOSTILE, SAMPLES, THRESHOLDS, hostile, of_every_kind, whole_of
from zonecheck.policy.weight import Weigh
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.machine.junit import render_junit
from zonecheck.report.printable import printable
from zonecheck.report.whole import WholeReport

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parent / "junit.xsd"))


def parsed(whole: WholeReport, lang: Lang = "en") -> ET.Element:
    """Return a document, valid."""
    text = render_junit(whole, lang)
    SCHEMA.validate(text)
    return ET.fromstring(text)


def outcomes(root: ET.Element) -> set[str]:
    """Return the kinds of outcomes that are no pass."""
    return {child.tag for case in root.iter("testcase") for child in case} - {"system-out"}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_document_is_valid_and_counts_right(name: str, lang: Lang) -> None:
    """The counts are those of the cases, suite by suite and together."""
    root = parsed(whole_of(SAMPLES[name](), own=samples.waived()), lang)
    for suite in root:
        cases = list(suite.iter("testcase"))
        assert suite.get("tests") == str(len(cases))
        for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(key) == str(len(list(suite.iter(tag))))
    for key in ("tests", "failures", "errors"):
        assert root.get(key) == str(sum(int(suite.get(key, "")) for suite in root))


@pytest.mark.parametrize("weigh", THRESHOLDS)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_document_is_red_exactly_where_the_command_fails(name: str, weigh: Weigh) -> None:
    """A failure is exit code 1, an error alone 2, neither 0."""
    whole = whole_of(SAMPLES[name](), weigh)
    found = outcomes(parsed(whole))
    assert ("failure" in found) is (whole.exit_code == 1)
    assert bool({"failure", "error"} & found) is (whole.exit_code != 0)


@pytest.mark.parametrize("weigh", THRESHOLDS)
def test_only_what_holds_passes(weigh: Weigh) -> None:
    """Waived, tolerated and not run checks are skipped with the reason, never a pass."""
    whole = whole_of(samples.verification(), weigh)
    for case in parsed(whole).iter("testcase"):
        result = whole.city.verification.result(case.get("name", ""))
        passes = len(case) == 1
        assert passes is (result.status.value == "holds"), result.check


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_breaks_a_document(text: str) -> None:
    """Nor does it add an element, and it can be read as it was, escapes aside."""
    root, tame = parsed(hostile(text)), parsed(of_every_kind())
    assert [each.tag for each in root.iter()] == [each.tag for each in tame.iter()]
    assert printable(text) in "".join(root.itertext())


def test_ids_are_the_same_in_every_language() -> None:
    """Only titles and sentences differ."""

    def ids(lang: Lang) -> list[tuple[str | None, ...]]:
        cases = parsed(of_every_kind(), lang).iter("testcase")
        return [(case.get("name"), case.get("classname")) for case in cases]

    assert ids("ja") == ids("en")


@pytest.mark.parametrize("lang", LANGS)
def test_the_document_is_as_reviewed(lang: Lang) -> None:
    """Word for word."""
    same_as_golden(f"everything.{lang}.xml", render_junit(of_every_kind(), lang))
