"""The page on limits says what every report says, and what every verdict means."""

import pytest

from tests.documents.pages import DOCS
from zonecheck.policy import Status
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.words import all_words, phrase, wording

PAGE: dict[Lang, str] = {
    "ja": (DOCS / "limits.ja.md").read_text(encoding="utf-8"),
    "en": (DOCS / "limits.md").read_text(encoding="utf-8"),
}
LIMITS = sorted(code for code in all_words() if code.startswith("limit."))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", LIMITS)
def test_the_limits_of_reports_are_those_of_the_page(code: str, lang: Lang) -> None:
    """Word for word."""
    assert f"- {wording(code, lang)}\n" in PAGE[lang]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("status", Status)
def test_every_verdict_has_a_row(status: Status, lang: Lang) -> None:
    """With the word of reports, in Japanese, and its id."""
    word = f"{phrase('ja', f'status.{status.value}')} " if lang == "ja" else ""
    assert f"\n| {word}`{status.value}` |" in PAGE[lang]
